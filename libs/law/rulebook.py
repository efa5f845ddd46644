"""Acts beside the Code, loaded from TOML, each with two dates: in force from, and known from.

What was known last of an act is the whole of it: a later version, also one with an effect in the past, replaces all
that was known before. A question with the same pair (occurred, recorded) so has the same answer for ever.
"""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, Literal, NewType, TypeAlias, get_args

from law.calendar import day

RULEBOOK = "2026.1"

Layer: TypeAlias = Literal["treaty", "code", "by-law"]
ActArticle = NewType("ActArticle", str)
ActFact: TypeAlias = Literal["origin_proof_missing", "restriction_not_met", "payment_not_made"]

FOLDER = Path(__file__).with_name("acts")
ORIGIN_PROOF_MISSING: ActFact = "origin_proof_missing"


@dataclass(frozen=True, kw_only=True, slots=True)
class Measure:
    """One row of an act: what it forbids, by the beginning of the nine-digit code."""

    kind: Literal["prohibition"]
    prefix: str
    direction: str
    origin: str
    zone: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ActGround:
    """A provision of an act that lets customs withhold or refuse: on which fact, under which rule of the catalogue.

    The facts are a closed list, so that none of them comes back under another spelling.
    """

    article: ActArticle
    rule: str
    on: ActFact


@dataclass(frozen=True, kw_only=True, slots=True)
class Act:
    """`in_force_to` is the last day in force; None while no end is set."""

    id: str
    title: str
    layer: Layer
    citation: str
    in_force_from: date
    in_force_to: date | None
    known_from: date
    source: str
    sample: bool
    measures: tuple[Measure, ...]
    grounds: tuple[ActGround, ...]


def prohibitions(
    code: str, *, direction: str, occurred: datetime, recorded: datetime, acts: Iterable[Act]
) -> list[Act]:
    """The acts that forbid these goods to move in this direction, as of then, sorted by id."""
    return [
        act
        for act in in_force(acts, occurred=occurred, recorded=recorded)
        if any(row.direction == direction and code.startswith(row.prefix) for row in act.measures)
    ]


def in_force(acts: Iterable[Act], *, occurred: datetime, recorded: datetime) -> list[Act]:
    """Of each act what was known last when it was recorded, where that was in force when it happened, sorted by id."""
    known = [act for act in acts if act.known_from <= day(recorded)]
    latest = {act.id: max(other.known_from for other in known if other.id == act.id) for act in known}
    when = day(occurred)
    applied = [act for act in known if act.known_from == latest[act.id] and _covers(act, when)]
    return sorted(applied, key=lambda act: act.id)


@cache
def loaded() -> tuple[Act, ...]:
    """The acts that come with this rulebook."""
    return load(FOLDER)


def load(folder: Path) -> tuple[Act, ...]:
    """Every act of a folder; a ValueError names the file and what is wrong in it."""
    acts = tuple(_read(path) for path in sorted(folder.glob("*.toml")))
    for one, other in combinations(acts, 2):
        if (one.id, one.known_from) == (other.id, other.known_from) and _overlap(one, other):
            raise ValueError(f"{one.id}: two versions known from {one.known_from} are in force on the same day")
    return acts


def _read(path: Path) -> Act:
    try:
        return _act(tomllib.loads(path.read_text(encoding="utf-8")))
    except (KeyError, TypeError, ValueError) as wrong:
        raise ValueError(f"{path.name}: {wrong!r}") from wrong


def _act(rows: Mapping[str, Any]) -> Act:
    if rows["layer"] not in get_args(Layer):
        raise ValueError(f"the layer {rows['layer']!r} is none of {get_args(Layer)}")
    for name in ("id", "title", "citation", "source"):
        if not isinstance(rows[name], str) or not rows[name].strip():
            raise ValueError(f"{name} is empty: nothing may rest on an act that cannot be cited")
    ends = rows.get("in_force_to")
    if ends is not None and ends < rows["in_force_from"]:
        raise ValueError("in force to a day before it is in force")
    measures = tuple(_measure(row) for row in rows.get("measures", ()))
    _refuse_twice(measures)
    return Act(
        id=rows["id"],
        title=rows["title"],
        layer=rows["layer"],
        citation=rows["citation"],
        in_force_from=_date(rows["in_force_from"]),
        in_force_to=None if ends is None else _date(ends),
        known_from=_date(rows["known_from"]),
        source=rows["source"],
        sample=bool(rows.get("sample", False)),
        measures=measures,
        grounds=tuple(_ground(rows["id"], rows["layer"], row) for row in rows.get("grounds", ())),
    )


def _measure(row: Mapping[str, Any]) -> Measure:
    measure = Measure(**row)
    if not (measure.prefix.isascii() and measure.prefix.isdigit() and 2 <= len(measure.prefix) <= 9):
        raise ValueError(f"the prefix {measure.prefix!r} is not two to nine digits")
    if (measure.kind, measure.direction, measure.origin, measure.zone) != ("prohibition", "in", "*", "*"):
        raise ValueError(f"no rule would apply {measure}: it would be loaded and never obeyed")
    return measure


def _ground(act: str, layer: str, row: Mapping[str, str]) -> ActGround:
    on = _fact(row["on"])
    if not proof_of_origin_is_left_alone(layer, on, row["rule"]):
        raise ValueError("a missing proof of origin is no ground (Art. 20(2)); only a treaty could make it one")
    return ActGround(article=ActArticle(f"{act} {row['provision']}"), rule=row["rule"], on=on)


def _fact(name: str) -> ActFact:
    known: tuple[ActFact, ...] = get_args(ActFact)
    for fact in known:
        if fact == name:
            return fact
    raise ValueError(f"the fact {name!r} is none of {known}: add it there first, with what it means for Art. 20(2)")


def proof_of_origin_is_left_alone(layer: str, on: ActFact, rule: str) -> bool:
    """Art. 20(2) [L8]: no act below a treaty makes a defective or missing proof of origin a ground of refusal."""
    return layer == "treaty" or (on != ORIGIN_PROOF_MISSING and rule != "L8")


def _refuse_twice(measures: Sequence[Measure]) -> None:
    for one, other in combinations(measures, 2):
        if one == other:
            raise ValueError(f"the same measure stands in it twice: {one}")


def _date(value: object) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        raise TypeError(f"{value!r} is not a date")
    return value


def _covers(act: Act, when: date) -> bool:
    return act.in_force_from <= when and (act.in_force_to is None or when <= act.in_force_to)


def _overlap(one: Act, other: Act) -> bool:
    return _covers(one, other.in_force_from) or _covers(other, one.in_force_from)
