"""The day's script: which truck comes where with what, and what must come of it (`trucks.csv`, `consignments.csv`)."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

Outcome: TypeAlias = Literal["completed", "running", "sent back"]
Rules: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Goods:
    """One consignment. `papers_code` and `packages` are those of its papers, the code and what was found may differ.

    `insists`: its importer has release asked for although the goods are prohibited.
    """

    key: str
    truck: str
    post: str
    number: int
    goods: str
    code: str
    papers_code: str
    origin: str
    proof: str
    packages: int
    packages_found: int
    declarant: str
    principal: str
    regime: str
    term: Literal["", "ends", "runs"]
    duty: str
    tax: str
    fee: str
    payment: Literal["at once", "after release", "none"]
    insists: bool
    outcome: Outcome
    findings: Rules


@dataclass(frozen=True, kw_only=True)
class Truck:
    """One movement. It `comes` so long after the day began; `broken` are the seals that do not reach customs intact."""

    key: str
    post: str
    vehicle: str
    carrier: str
    comes: timedelta
    announced: bool
    seals: tuple[str, ...]
    broken: tuple[str, ...]
    findings: Rules
    goods: tuple[Goods, ...]


@dataclass(frozen=True)
class Script:
    """All of the day, by key: `FRP1` is a truck, `FRP1-2` its second consignment."""

    trucks: Mapping[str, Truck]

    @property
    def goods(self) -> dict[str, Goods]:
        return {each.key: each for truck in self.trucks.values() for each in truck.goods}

    @property
    def posts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(truck.post for truck in self.trucks.values()))

    def coming(self, post: str) -> list[Truck]:
        """The post's trucks, in the order in which they come."""
        return sorted((truck for truck in self.trucks.values() if truck.post == post), key=lambda truck: truck.comes)


@cache
def load() -> Script:
    """The script that stands beside this module. Raises ValueError for goods whose truck is not in it."""
    goods = list(_rows("consignments.csv"))
    trucks = {row["truck"]: _truck(row, goods) for row in _rows("trucks.csv")}
    if strangers := sorted({row["truck"] for row in goods} - set(trucks)):
        raise ValueError(f"consignments.csv names trucks that trucks.csv does not: {', '.join(strangers)}")
    return Script(trucks)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with Path(__file__).with_name(name).open(encoding="utf-8", newline="") as rows:
        yield from csv.DictReader(rows)


def _truck(row: Mapping[str, str], goods: list[dict[str, str]]) -> Truck:
    hours, minutes = row["comes"].split(":")
    return Truck(
        key=row["truck"],
        post=row["post"],
        vehicle=row["vehicle"],
        carrier=row["carrier"],
        comes=timedelta(hours=int(hours), minutes=int(minutes)),
        announced=_yes(row["announced"]),
        seals=tuple(row["seals"].split()),
        broken=tuple(row["broken"].split()),
        findings=tuple(row["findings"].split()),
        goods=tuple(_goods(each, row["post"]) for each in goods if each["truck"] == row["truck"]),
    )


def _goods(row: Mapping[str, str], post: str) -> Goods:
    told: dict[str, Any] = {
        **row,
        "key": f"{row['truck']}-{row['number']}",
        "post": post,
        "number": int(row["number"]),
        "papers_code": row["papers_code"] or row["code"],
        "packages": int(row["packages"]),
        "packages_found": int(row["packages_found"] or row["packages"]),
        "insists": _yes(row["insists"]),
        "findings": tuple(row["findings"].split()),
    }
    return Goods(**told)


def _yes(cell: str) -> bool:
    return {"yes": True, "no": False}[cell]
