"""From TOML files to acts. What could not be obeyed, cited or told apart is not loaded, and the message names the file.

`docs/acts.md` says how an act is written.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any, TypeVar

from law.act import (
    ORIGIN_PROOF_MISSING,
    STORAGE,
    Act,
    ActArticle,
    ActFact,
    ActGround,
    ActList,
    ActTerm,
    Heading,
    Layer,
    Measure,
    NoticeContent,
    Permit,
    Procedure,
    ProcedureMode,
)
from law.checkpoints import find
from law.rates import rates
from law.rows import dates_in_order, read, row
from law.rule import rule

Named = TypeVar("Named", Permit, ActList, ActTerm)
TABLES = ("measures", "grounds", "procedures", "permits", "lists", "terms", "rates")
LONGEST = {"days": 36_500, "months": 1_200, "years": 100}
"""A term that ends after all instants that are taken could not be reckoned."""
REQUIRED = {"prohibition": None, "restriction": "the kind of permit", "control": "the body that approves"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _StatedGround:
    provision: str
    rule: str
    on: ActFact


@dataclass(frozen=True, kw_only=True, slots=True)
class _StatedProcedure:
    """As it stands in the file, where both signatures are asked for."""

    checkpoint: str
    version: str
    modes: tuple[ProcedureMode, ...]
    notice_required: bool
    lead: int | None = None
    asks: tuple[NoticeContent, ...] = ()
    signed_by_administration: date
    signed_by_customs: date


def load(*of: Path) -> tuple[Act, ...]:
    """Every act of these folders; a ValueError names the file, what is wrong in it and what to do."""
    acts = tuple(_read(path) for folder in of for path in sorted(folder.glob("*.toml")))
    for one, other in combinations(acts, 2):
        if (one.id, one.known_from) == (other.id, other.known_from) and _overlap(one, other):
            raise ValueError(
                f"{one.id}: two versions known from {one.known_from} are in force on the same day; end the first the "
                "day before, or state a later known_from"
            )
    for known in sorted({act.known_from for act in acts}):
        _refuse_two_procedures(latest(acts, known))
        _refuse_two_terms(latest(acts, known))
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
    heading = row(Heading, {name: value for name, value in stated.items() if name not in TABLES}, "heading")
    dates_in_order(heading.in_force_from, heading.in_force_to)
    tables = {name: _table(name, stated.get(name, [])) for name in TABLES}
    measures = tuple(_measure(each, f"measures {n}") for n, each in tables["measures"])
    _refuse_overlaps(measures)
    return Act(
        **{each.name: getattr(heading, each.name) for each in fields(heading)},
        measures=measures,
        grounds=_grounds(heading.id, heading.layer, tables["grounds"]),
        procedures=tuple(_procedure(heading, each, f"procedures {n}") for n, each in tables["procedures"]),
        permits=_each_once("kind", [row(Permit, each, f"permits {n}") for n, each in tables["permits"]]),
        lists=_each_once("name", [row(ActList, each, f"lists {n}") for n, each in tables["lists"]]),
        terms=_terms([_term(each, f"terms {n}") for n, each in tables["terms"]]),
        rates=tuple(rates(heading, each, f"rates {n}") for n, each in tables["rates"]),
    )


def _table(name: str, stated: Any) -> list[tuple[int, dict[str, Any]]]:
    if not isinstance(stated, list) or not all(isinstance(each, dict) for each in stated):
        raise ValueError(f"{name} is no table of rows; write [[{name}]] before each row")
    return list(enumerate(stated, start=1))


def _measure(stated: Mapping[str, Any], where: str) -> Measure:
    measure = row(Measure, stated, where)
    _check_goods(measure.prefix, measure.origin, where)
    if (measure.direction, measure.zone) != ("in", "*"):
        raise ValueError(
            f"{where}: no rule applies direction {measure.direction!r} in zone {measure.zone!r}, so it would be loaded "
            "and never obeyed; state direction in and zone *, or leave it out"
        )
    if (needed := REQUIRED[measure.kind]) and measure.requires is None:
        raise ValueError(f"{where}: a {measure.kind} states in `requires` {needed}")
    if measure.kind == "prohibition" and measure.requires is not None:
        raise ValueError(f"{where}: a prohibition requires nothing; take out `requires` or make it a restriction")
    return measure


def _check_goods(prefix: str, origin: str, where: str) -> None:
    if not re.fullmatch(r"[0-9]{2,9}", prefix):
        raise ValueError(f"{where}: the prefix {prefix!r} is not two to nine digits")
    if not re.fullmatch(r"\*|[A-Z]{2}", origin):
        raise ValueError(f"{where}: the origin {origin!r} is neither * nor two capital letters")


def _same_goods(one: Measure | ActTerm, other: Measure | ActTerm) -> bool:
    """Whether some goods are of both; a term without a prefix is for no goods in particular."""
    if one.prefix is None or other.prefix is None:
        return False
    same_codes = one.prefix.startswith(other.prefix) or other.prefix.startswith(one.prefix)
    return same_codes and (one.origin == other.origin or "*" in (one.origin, other.origin))


def _refuse_overlaps(measures: Sequence[Measure]) -> None:
    for one, other in combinations(measures, 2):
        if (one.kind, one.requires) == (other.kind, other.requires) and _same_goods(one, other):
            raise ValueError(
                f"the {one.kind} on {one.prefix} of origin {one.origin} and that on {other.prefix} of origin "
                f"{other.origin} overlap; leave the narrower one out"
            )


def _grounds(act: str, layer: Layer, stated: list[tuple[int, dict[str, Any]]]) -> tuple[ActGround, ...]:
    found: list[ActGround] = []
    for number, each in stated:
        ground = row(_StatedGround, each, f"grounds {number}")
        if not proof_of_origin_is_left_alone(layer, ground.on, ground.rule):
            raise ValueError(
                f"grounds {number}: a missing proof of origin is no ground (Art. 20(2)); only a treaty could make it "
                "one, so take it out"
            )
        made = ActGround(article=ActArticle(f"{act} {ground.provision}"), rule=ground.rule, on=ground.on)
        if made in found:
            raise ValueError(f"grounds {number}: the same ground stands above it; leave one out")
        found.append(made)
    return tuple(found)


@rule()
def proof_of_origin_is_left_alone(layer: Layer, on: ActFact, rule: str) -> bool:
    """Art. 20(2) [L8]: no act below a treaty makes a defective or missing proof of origin a ground of refusal."""
    return layer == "treaty" or (on != ORIGIN_PROOF_MISSING and rule != "L8")


def _procedure(heading: Heading, stated: Mapping[str, Any], where: str) -> Procedure:
    for party in ("administration", "customs"):
        if f"signed_by_{party}" not in stated:
            raise ValueError(
                f"{where}: {party} has not signed it, and the two agree on a procedure together (Art. 37(2-1)); state "
                f"the day in signed_by_{party}"
            )
    agreed = row(_StatedProcedure, stated, where)
    if find(agreed.checkpoint) is None:
        raise ValueError(f"{where}: there is no checkpoint {agreed.checkpoint}; the codes stand in checkpoints.csv")
    if not agreed.modes or (agreed.lead is not None and agreed.lead < 1):
        raise ValueError(f"{where}: name at least one mode, and a lead of one minute or more or none")
    if heading.in_force_from < max(agreed.signed_by_administration, agreed.signed_by_customs):
        raise ValueError(
            f"{where}: it is in force before both have signed it; begin with the day of the later signature"
        )
    return Procedure(**{each.name: getattr(agreed, each.name) for each in fields(agreed)})


def _refuse_two_procedures(acts: Sequence[Act]) -> None:
    """Of one checkpoint and mode on one day, as known at one time; versions of an act follow one another anyway."""
    agreed = [(act, each) for act in acts for each in act.procedures]
    for (act, one), (other_act, other) in combinations(agreed, 2):
        if one.checkpoint == other.checkpoint and set(one.modes) & set(other.modes) and _overlap(act, other_act):
            raise ValueError(
                f"{act.id} and {other_act.id}: {one.version} and {other.version} are two procedures for "
                f"{one.checkpoint} at one time; end the first the day before"
            )


def _term(stated: Mapping[str, Any], where: str) -> ActTerm:
    term = row(ActTerm, stated, where)
    if not 1 <= term.count <= LONGEST[term.unit]:
        raise ValueError(
            f"{where}: a term has a count of one or more and at most a hundred years, not {term.count} {term.unit}"
        )
    if term.prefix is not None:
        _check_goods(term.prefix, term.origin, where)
    elif term.name == STORAGE or term.origin != "*":
        raise ValueError(f"{where}: a term of {term.name} for some goods names them by their `prefix`; state it")
    return term


def _terms(found: list[ActTerm]) -> tuple[ActTerm, ...]:
    """Of storage, one for each kind of goods; of other names, each once."""
    _each_once("name", [each for each in found if each.name != STORAGE])
    return tuple(found)


def _refuse_two_terms(acts: Sequence[Act]) -> None:
    """Of storage, for the same goods on one day, as known at one time."""
    stored = [(act, each) for act in acts for each in act.terms if each.name == STORAGE]
    for (act, one), (other_act, other) in combinations(stored, 2):
        if _same_goods(one, other) and _overlap(act, other_act):
            raise ValueError(
                f"{act.id} and {other_act.id}: the terms of {STORAGE} on {one.prefix} of origin {one.origin} and on "
                f"{other.prefix} of origin {other.origin} overlap; leave one out, or end it the day before"
            )


def _each_once(name: str, found: list[Named]) -> tuple[Named, ...]:
    seen: set[str] = set()
    for each in found:
        stated = str(getattr(each, name))
        if stated in seen:
            raise ValueError(f"{name} {stated!r} stands in it twice; leave one out")
        seen.add(stated)
    return tuple(found)


def _overlap(one: Act, other: Act) -> bool:
    return one.covers(other.in_force_from) or other.covers(one.in_force_from)
