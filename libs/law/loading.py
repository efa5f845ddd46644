"""From TOML files to acts. What could not be obeyed, cited or told apart is not loaded, and the message names the file.

`docs/acts.md` says how an act is written. What no rule reads is not loaded either: it would be published as law, and
nobody would heed it.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import chain, combinations
from pathlib import Path
from typing import Any, TypeVar

from law import stated as rows
from law.act import Act, Heading, MeasureKind, Permit
from law.naming import same_name
from law.points import lifts_something, overlap, refuse_overlaps, refuse_two_on_one_point
from law.rows import dates_in_order, read, row

TABLES = ("measures", "grounds", "procedures", "permits", "terms", "displaces", "preferences")
NOT_READ = ("lists", "rates")
"""Tables of acts that no rule reads yet."""

Row = TypeVar("Row")


def load(*of: Path) -> tuple[Act, ...]:
    """Every act of these folders; a ValueError names the file, what is wrong in it and what to do."""
    acts = tuple(_read(path) for folder in of for path in sorted(folder.glob("*.toml")))
    for one, other in combinations(acts, 2):
        if (one.id, one.known_from) == (other.id, other.known_from) and overlap(one, other):
            raise ValueError(
                f"{one.id}: two versions known from {one.known_from} are in force on the same day; end the first the "
                "day before, or state a later known_from"
            )
    for known in sorted({act.known_from for act in acts}):
        refuse_two_on_one_point(latest(acts, known))
    _refuse_what_speaks_of_nothing(acts)
    return acts


def latest(acts: Iterable[Act], known: date) -> list[Act]:
    """Of each act, the versions that were known last on that day."""
    then = [act for act in acts if act.known_from <= known]
    last = {act.id: max(other.known_from for other in then if other.id == act.id) for act in then}
    return [act for act in then if act.known_from == last[act.id]]


def _read(path: Path) -> Act:
    try:
        return _act(read(path))
    except ValueError as wrong:
        raise ValueError(f"{path.name}: {wrong}") from wrong


def _act(stated: Mapping[str, Any]) -> Act:
    for name in NOT_READ:
        if name in stated:
            raise ValueError(f"no rule reads {name} yet, so they would be published and never obeyed; take them out")
    heading = row(Heading, {name: value for name, value in stated.items() if name not in TABLES}, "heading")
    dates_in_order(heading.in_force_from, heading.in_force_to)
    tables = {name: _table(name, stated.get(name, [])) for name in TABLES}
    measures = tuple(rows.measure(heading, each, where) for where, each in tables["measures"])
    refuse_overlaps(measures)
    return Act(
        **{each.name: getattr(heading, each.name) for each in fields(heading)},
        measures=measures,
        grounds=_each_once([(where, rows.ground(heading, each, where)) for where, each in tables["grounds"]], "ground"),
        procedures=tuple(rows.procedure(heading, each, where) for where, each in tables["procedures"]),
        permits=_each_kind_once([(where, rows.permit(each, where)) for where, each in tables["permits"]]),
        terms=tuple(rows.term(each, where) for where, each in tables["terms"]),
        preferences=_each_once(
            [(where, rows.preference(each, where)) for where, each in tables["preferences"]], "preference"
        ),
        displaces=_each_once(
            [(where, rows.displaced(heading, each, where)) for where, each in tables["displaces"]], "row"
        ),
    )


def _table(name: str, stated: Any) -> list[tuple[str, dict[str, Any]]]:
    """Its rows, each with where it stands."""
    if not isinstance(stated, list) or not all(isinstance(each, dict) for each in stated):
        raise ValueError(f"{name} is no table of rows; write [[{name}]] before each row")
    return [(f"{name} {number}", each) for number, each in enumerate(stated, start=1)]


def _each_once(rows: list[tuple[str, Row]], name: str) -> tuple[Row, ...]:
    found: list[Row] = []
    for where, each in rows:
        if each in found:
            raise ValueError(f"{where}: the same {name} stands above it; leave one out")
        found.append(each)
    return tuple(found)


def _each_kind_once(permits: list[tuple[str, Permit]]) -> tuple[Permit, ...]:
    for (_, one), (where, other) in combinations(permits, 2):
        if same_name(one.kind, other.kind):
            raise ValueError(f"{where}: kind {other.kind!r} stands in it twice; leave one out")
    return tuple(each for _, each in permits)


def _refuse_what_speaks_of_nothing(acts: Sequence[Act]) -> None:
    """A row that no act on file gives anything to speak of while it is in force."""
    for act in acts:
        beside = [other for other in acts if overlap(act, other)]
        known = {other.id for other in acts}
        if wrong := next(chain(_speak_of_nothing(act, beside), _displace_nothing(act, beside, known)), None):
            raise ValueError(f"{act.id}: {wrong}")


def _speak_of_nothing(act: Act, beside: Sequence[Act]) -> Iterator[str]:
    """Permits that are not required, and approvals that are not."""
    for permit in act.permits:
        if not _required("restriction", permit.kind, beside):
            yield (
                f"no restriction requires a {permit.kind!r} while it is in force, so nothing would be asked of it; "
                "load the act that does, or take the row out"
            )
    for ground in act.grounds:
        if ground.body is not None and not _required("control", ground.body, beside):
            yield (
                f"no control requires the approval of {ground.body!r} while it is in force, so it would never be "
                "missed; load the act that does, or take `body` out"
            )


def _required(kind: MeasureKind, what: str, acts: Iterable[Act]) -> bool:
    return any(row.kind == kind and same_name(row.requires, what) for act in acts for row in act.measures)


def _displace_nothing(act: Act, beside: Sequence[Act], known: Container[str]) -> Iterator[str]:
    for each in act.displaces:
        if each.act is not None and each.act not in known:
            yield f"there is no act {each.act} to displace; correct its id, or load it"
        elif not any(lifts_something(each, other) for other in beside):
            yield (
                f"no act below it has such a {each.point} while it is in force, so nothing would be displaced; load "
                "the act that has, or take the row out"
            )
