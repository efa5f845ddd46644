"""The day's script: what comes where with what, and what must come of it (`movements.csv`, `consignments.csv`).

`second_items.csv` names the second item of those consignments that are released in two parts, under two regimes.
"""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache, cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

NO_POST = "no post"
"""Where goods are counted that are brought to no checkpoint: those of pipelines, power lines and non-stop flights."""

Notice: TypeAlias = Literal["in time", "short", "after crossing", "late", "recorded late", "none"]
Change: TypeAlias = Literal["", "before crossing", "under way"]
Permit: TypeAlias = Literal["", "valid", "defect accepted", "defect refused", "missing"]
Approval: TypeAlias = Literal["", "at once", "after release", "refused"]
Payment: TypeAlias = Literal["at once", "after release", "tomorrow", "none"]
Rules: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """The second item of a consignment; its regime is not that of the first."""

    goods: str
    code: str
    origin: str
    proof: str
    regime: str


@dataclass(frozen=True, kw_only=True)
class Goods:
    """One consignment. `papers_code` and `packages` are those of its papers, the code and what was found may differ.

    `post` is where it is to be shown, empty where it has to be shown nowhere, and `shown_at` where it is. `insists`:
    its importer has release asked for although the goods are prohibited, or restricted and without a permit yet.
    `leaves` is what becomes of an order to leave. `surfaces`: a ground that comes on record after the release.
    """

    key: str
    movement: str
    number: int
    goods: str
    code: str
    papers_code: str
    origin: str
    proof: str
    packages: int
    packages_found: int
    kilograms: int
    declarant: str
    principal: str
    regime: str
    term: Literal["", "ends", "runs"]
    duty: str
    tax: str
    fee: str
    payment: Payment
    permit: Permit
    approval: Approval
    use: Literal["", "use", "disposal", "movement"]
    insists: bool
    leaves: Literal["", "at once", "not", "recorded late"]
    post: str
    shown_at: str
    outcome: str
    findings: Rules
    second: Item | None
    surfaces: bool


@dataclass(frozen=True, kw_only=True)
class Call:
    """A place to which the vehicle comes, and what is done with goods there."""

    place: str
    work: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Movement:
    """One vehicle on one journey, or a pipeline. It `comes` so long after the day began, or that many days before.

    `calls` is what was planned, `came` what it did, `changes` when that was told of beforehand. `non_stop`: it is said
    not to stop; where it does, `stops` says what the officer decides. `broken` are the seals that do not reach customs
    intact. `adds` are goods of another movement's consignment that are found on this one, and the code that its papers
    give them.
    """

    key: str
    mode: str
    vehicle: str
    carrier: str
    calls: tuple[Call, ...]
    came: tuple[Call, ...]
    changes: Change
    comes: timedelta
    days_ago: int
    notice: Notice
    non_stop: bool
    stops: Literal["", "exempt", "exemption lost"]
    seals: tuple[str, ...]
    broken: tuple[str, ...]
    adds: tuple[str, str] | None
    findings: Rules
    goods: tuple[Goods, ...]

    @property
    def post(self) -> str:
        """Where the vehicle is to be shown, empty where nowhere."""
        if self.exempt:
            return ""
        anywhere = self.mode in ("road", "rail") or self.stops
        return next((call.place for call in self.came if call.work or anywhere), "")

    @property
    def exempt(self) -> bool:
        """Whether it has to be shown nowhere (Art. 37(3))."""
        return not self.came or (self.non_stop and self.stops != "exemption lost")

    @property
    def told(self) -> tuple[Call, ...]:
        """What was told last of its journey, before it went it."""
        return self.came if self.changes else self.calls

    @property
    def announced(self) -> bool:
        return self.notice != "none"


@dataclass(frozen=True)
class Script:
    """All of the day, by key: `FRP1` is a movement, `FRP1-2` its second consignment."""

    movements: Mapping[str, Movement]

    @cached_property
    def goods(self) -> dict[str, Goods]:
        return {each.key: each for movement in self.movements.values() for each in movement.goods}

    @cached_property
    def posts(self) -> tuple[str, ...]:
        """Every post at which something is shown, in the order of the movements."""
        places = [movement.post for movement in self.movements.values()]
        places += [place for goods in self.goods.values() for place in (goods.post, goods.shown_at)]
        return tuple(dict.fromkeys(place for place in places if place))


@cache
def load() -> Script:
    """The script that stands beside this module. Raises ValueError for goods whose movement is not in it."""
    seconds = {row.pop("consignment"): Item(**row) for row in rows("second_items.csv")}
    movements = {row["movement"]: row for row in rows("movements.csv")}
    surfacing = {row["adds"].partition("=")[0] for row in movements.values()}
    goods = defaultdict[str, list[Goods]](list)
    for row in rows("consignments.csv"):
        goods[row["movement"]].append(_goods(row, seconds, surfacing))
    if strangers := sorted(set(goods) - set(movements)):
        raise ValueError(f"consignments.csv names movements that movements.csv does not: {', '.join(strangers)}")
    return Script({key: _movement(row, goods[key]) for key, row in movements.items()})


def rows(name: str) -> Iterator[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as lines:
        yield from csv.DictReader(lines)


def _movement(row: Mapping[str, str], goods: list[Goods]) -> Movement:
    hours, minutes = row["comes"].split(":")
    added, _, code = row["adds"].partition("=")
    told: dict[str, Any] = {
        **row,
        "key": row["movement"],
        "calls": _calls(row["calls"]),
        "came": _calls(row["came"] or row["calls"]),
        "comes": timedelta(hours=int(hours), minutes=int(minutes)),
        "days_ago": int(row["days_ago"] or 0),
        "non_stop": _yes(row["non_stop"]),
        "adds": (added, code) if added else None,
        "goods": tuple(goods),
        **{name: tuple(row[name].split()) for name in ("seals", "broken", "findings")},
    }
    del told["movement"]
    return Movement(**told)


def _calls(cell: str) -> tuple[Call, ...]:
    """Such as `ASB-AIR=unload+load MRY-AIR`: places, and what is done with goods there."""
    split = (call.partition("=") for call in cell.split())
    return tuple(Call(place=place, work=tuple(sorted(work.split("+"))) if work else ()) for place, _, work in split)


def _goods(row: Mapping[str, str], seconds: Mapping[str, Item], surfacing: set[str]) -> Goods:
    key = f"{row['movement']}-{row['number']}"
    told: dict[str, Any] = {
        **row,
        "key": key,
        "papers_code": row["papers_code"] or row["code"],
        "packages_found": int(row["packages_found"] or row["packages"]),
        "shown_at": row["shown_at"] or row["post"],
        "insists": _yes(row["insists"]),
        "findings": tuple(row["findings"].split()),
        "second": seconds.get(key),
        "surfaces": key in surfacing,
        **{name: int(row[name]) for name in ("number", "packages", "kilograms")},
    }
    return Goods(**told)


def _yes(cell: str) -> bool:
    return {"yes": True, "no": False}[cell]
