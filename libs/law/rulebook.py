"""The acts beside the Code, and what of them applies to a fact; each act has two dates, in force from and known from.

What was known last of an act is the whole of it: a later version, also one with an effect in the past, replaces all
that was known before. A question with the same pair (occurred, recorded) so has the same answer for ever.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import NamedTuple

from law.act import (
    Act,
    ActArticle,
    ActFact,
    ActGround,
    ActTerm,
    FindingLayer,
    Layer,
    Measure,
    MeasureKind,
    Permit,
    Procedure,
    TermName,
)
from law.calendar import day
from law.loading import latest, load
from law.naming import same_name
from law.precedence import Asked, displaced, highest
from law.reference import folders

__all__ = [
    "RULEBOOK", "Act", "ActArticle", "ActFact", "ActGround", "ActTerm", "FindingLayer", "Layer", "Measure",
    "MeasureKind", "Procedure", "applied", "fate_of", "grounds_of", "in_force", "in_force_on", "load", "loaded",
    "permit_of", "preferred_by", "procedure", "term_of",
]  # fmt: skip

RULEBOOK = "2026.3"


def applied(
    kind: MeasureKind,
    code: str,
    *,
    origin: str | None,
    direction: str,
    occurred: datetime,
    recorded: datetime,
    acts: Iterable[Act],
) -> list[tuple[Act, Measure]]:
    """The measures of this kind on these goods, each with its act, as of then; sorted by act.

    Of goods whose origin is not known, only what holds for any origin.
    """
    goods, when, known = _Goods(code, origin, direction), day(occurred), day(recorded)
    found = _loaded_applied(kind, goods, when, known) if acts is loaded() else _applied(kind, goods, when, known, acts)
    if not found:
        return found
    then = in_force_on(acts, when=when, known=known)
    return [
        (act, row) for act, row in found if not displaced(act, Asked(kind, code, origin, requires=row.requires), then)
    ]


class _Goods(NamedTuple):
    """What a measure goes by."""

    code: str
    origin: str | None
    direction: str


def _applied(
    kind: MeasureKind, goods: _Goods, when: date, known: date, acts: Iterable[Act]
) -> list[tuple[Act, Measure]]:
    """Whether or not a treaty comes in their place."""
    return [
        (act, row)
        for act in in_force_on(acts, when=when, known=known)
        for row in act.measures
        if (row.kind, row.direction) == (kind, goods.direction)
        and goods.code.startswith(row.prefix)
        and row.origin in ("*", goods.origin)
    ]


@lru_cache(maxsize=16_384)
def _loaded_applied(kind: MeasureKind, goods: _Goods, when: date, known: date) -> list[tuple[Act, Measure]]:
    """By the acts on file: the same few kinds of goods come in on the same few days."""
    return _applied(kind, goods, when, known, loaded())


def fate_of(prohibitions: Iterable[tuple[Act, Measure]]) -> tuple[Act, str] | None:
    """What becomes of goods that these acts prohibit in the place of export, as the highest of them provides it.

    With its act; None where none of them provides other.
    """
    return highest((act, row.fate) for act, row in prohibitions if row.fate)


def procedure(
    checkpoint: str, mode: str, *, occurred: datetime, recorded: datetime, acts: Iterable[Act]
) -> Procedure | None:
    """The procedure for this checkpoint and mode that is agreed, or that a treaty sets, as of then; None where none is.

    A treaty that names no lead, or asks for nothing, leaves what was agreed.
    """
    then = in_force(acts, occurred=occurred, recorded=recorded)
    asked = Asked("procedure", checkpoint=checkpoint, mode=mode)
    found = [
        (act, row)
        for act in then
        for row in act.procedures
        if row.checkpoint == checkpoint and mode in row.modes and not displaced(act, asked, then)
    ]
    if (first := highest(found)) is None:
        return None
    lead = highest((act, row.lead) for act, row in found if row.lead)
    asks = highest((act, row.asks) for act, row in found if row.asks)
    return replace(first[1], lead=lead[1] if lead else None, asks=asks[1] if asks else ())


def term_of(
    name: TermName, code: str, *, origin: str | None, occurred: datetime, recorded: datetime, acts: Iterable[Act]
) -> tuple[Act, ActTerm] | None:
    """The term of this name that an act sets for these goods, with its act, as of then; None where none does.

    Of goods whose origin is not known, only one that holds for any origin.
    """
    then, asked = in_force(acts, occurred=occurred, recorded=recorded), Asked(name, code, origin)
    return highest(
        (act, row)
        for act in then
        for row in act.terms
        if row.name == name
        and code.startswith(row.prefix)
        and row.origin in ("*", origin)
        and not displaced(act, asked, then)
    )


def permit_of(kind: str, *, occurred: datetime, recorded: datetime, acts: Iterable[Act]) -> tuple[Act, Permit] | None:
    """What is asked of permits of this kind, with the act that says it, as of then; None where none does."""
    then = in_force(acts, occurred=occurred, recorded=recorded)
    return highest((act, row) for act in then for row in act.permits if same_name(row.kind, kind))


def grounds_of(
    code: str | None,
    *,
    origin: str | None,
    regime: str | None,
    occurred: datetime,
    recorded: datetime,
    acts: Iterable[Act],
) -> list[tuple[Act, ActGround]]:
    """The provisions by which a release of these goods under this regime is withheld or refused, as of then.

    Of goods that are not known, or whose origin is not, only those that are for any.
    """  # fmt: skip
    then = in_force(acts, occurred=occurred, recorded=recorded)
    return [
        (act, row)
        for act in then
        for row in act.grounds
        if (row.prefix is None or (code or "").startswith(row.prefix))
        and row.origin in ("*", origin)
        and (row.regime is None or same_name(row.regime, regime))
        and not displaced(act, Asked("ground", code, origin, on=row.on, regime=regime), then)
    ]


def preferred_by(
    code: str, *, origin: str | None, occurred: datetime, recorded: datetime, acts: Iterable[Act]
) -> list[Act]:
    """The acts that give goods of this code and origin a tariff preference, as of then; none where it is not known."""
    return [
        act
        for act in in_force(acts, occurred=occurred, recorded=recorded)
        if any(row.origin == origin and code.startswith(row.prefix or "") for row in act.preferences)
    ]


def in_force(acts: Iterable[Act], *, occurred: datetime, recorded: datetime) -> list[Act]:
    """Of each act what was known last when it was recorded, where that was in force when it happened, sorted by id."""
    return in_force_on(acts, when=day(occurred), known=day(recorded))


def in_force_on(acts: Iterable[Act], *, when: date, known: date) -> list[Act]:
    """The same by days at Ashgabat."""
    return _loaded_on(when, known) if acts is loaded() else _on(acts, when, known)


def _on(acts: Iterable[Act], when: date, known: date) -> list[Act]:
    return sorted((act for act in latest(acts, known) if act.covers(when)), key=lambda act: act.id)


@lru_cache(maxsize=1024)
def _loaded_on(when: date, known: date) -> list[Act]:
    """Of the acts on file, which are asked at every input, for the same few days."""
    return _on(loaded(), when, known)


@cache
def loaded() -> tuple[Act, ...]:
    """The acts that come with this rulebook, and those of the folder that SERHET_REFERENCE names."""
    return load(*(folder / "acts" for folder in folders()))
