"""The rows of an act as they stand in its file: each as what it says, or a ValueError that says what to do."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, get_args

from law.act import (
    ActArticle,
    ActFact,
    ActGround,
    ActTerm,
    Displaced,
    Effect,
    Heading,
    Layer,
    Measure,
    NoticeContent,
    Permit,
    Point,
    Preference,
    Procedure,
    ProcedureMode,
)
from law.checkpoints import find
from law.naming import plain
from law.origins import ANY
from law.proofs import proof_of_origin_is_left_alone
from law.rows import row

LONGEST = {"days": 36_500, "months": 1_200, "years": 100}
"""A term that ends after all instants that are taken could not be reckoned."""
AREA = 64
"""No door takes a longer name of an area."""
REQUIRED = {"prohibition": None, "restriction": "the kind of permit", "control": "the body that approves"}
RULES: Mapping[ActFact, str] = {"payment_not_made": "L9", "approval_not_given": "L10"}
"""Under which rule of the catalogue each fact is no ground, where no act makes it one."""
OF_A_MEASURE = ("act", "prefix", "origin")
READ: Mapping[Point, tuple[str, ...]] = {
    "prohibition": OF_A_MEASURE,
    "restriction": (*OF_A_MEASURE, "requires"),
    "control": (*OF_A_MEASURE, "requires"),
    "temporary storage": OF_A_MEASURE,
    "procedure": ("act", "checkpoint", "modes"),
    "ground": (*OF_A_MEASURE, "on", "regime"),
}
"""What says which rows of acts are meant; nothing else of a displacing row would be read."""
NAMES_IT = {"procedure": ("checkpoint", "modes"), "ground": ("on",)}
OF_EVERY_POINT = {"point", "provision"}


@dataclass(frozen=True, kw_only=True, slots=True)
class _StatedGround:
    provision: str
    on: ActFact
    effect: Effect
    prefix: str | None = None
    origin: str = "*"
    regime: str | None = None
    body: str | None = None


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


@dataclass(frozen=True, kw_only=True, slots=True)
class _SetProcedure:
    """As a treaty sets it."""

    checkpoint: str
    version: str
    modes: tuple[ProcedureMode, ...]
    notice_required: bool
    lead: int | None = None
    asks: tuple[NoticeContent, ...] = ()


def measure(heading: Heading, stated: Mapping[str, Any], where: str) -> Measure:
    said = row(Measure, stated, where)
    check_goods(said.prefix, said.origin, where)
    if (said.direction, said.zone) != ("in", "*"):
        raise ValueError(
            f"{where}: no rule applies direction {said.direction!r} in zone {said.zone!r}, so it would be loaded "
            "and never obeyed; state direction in and zone *, or leave it out"
        )
    if (needed := REQUIRED[said.kind]) and said.requires is None:
        raise ValueError(f"{where}: a {said.kind} states in `requires` {needed}")
    if said.kind == "prohibition" and said.requires is not None:
        raise ValueError(f"{where}: a prohibition requires nothing; take out `requires` or make it a restriction")
    if said.kind != "prohibition" and said.fate is not None:
        raise ValueError(f"{where}: only prohibited goods have a `fate`; take it out or make it a prohibition")
    check_proof(heading.layer, said.requires, where)
    return said


def check_goods(prefix: str | None, origin: str, where: str) -> None:
    """Without a prefix they are any goods."""
    if prefix is not None and not re.fullmatch(r"[0-9]{2,9}", prefix):
        raise ValueError(f"{where}: the prefix {prefix!r} is not two to nine digits")
    if not re.fullmatch(r"\*|[A-Z]{2}", origin) and not 3 <= len(plain(origin)) <= len(origin) <= AREA:
        raise ValueError(
            f"{where}: the origin {origin!r} is neither * nor a country by two capital letters, nor by its name, in 3 "
            f"to {AREA} characters, a group or a union of countries, a region or a part of one (Art. 12(3))"
        )


def check_proof(layer: Layer, required: str | None, where: str) -> None:
    if required is not None and not proof_of_origin_is_left_alone(layer, required):
        raise ValueError(
            f"{where}: {required!r} is a proof of origin, and goods are not kept for want of one (Art. 20(2)); only a "
            "treaty could require it, so take the row out"
        )


def ground(heading: Heading, stated: Mapping[str, Any], where: str) -> ActGround:
    said = row(_StatedGround, stated, where)
    check_goods(said.prefix, said.origin, where)
    if said.on == "payment_not_made" and said.body is not None:
        raise ValueError(f"{where}: no body approves of a payment; take out `body`")
    check_proof(heading.layer, said.body, where)
    return ActGround(
        article=ActArticle(f"{heading.id} {said.provision}"),
        rule=RULES[said.on],
        **{each.name: getattr(said, each.name) for each in fields(said) if each.name != "provision"},
    )


def procedure(heading: Heading, stated: Mapping[str, Any], where: str) -> Procedure:
    """A treaty's is in force with it; any other is agreed, and needs both hands."""
    agreed = row(_SetProcedure, stated, where) if heading.layer == "treaty" else _agreed(heading, stated, where)
    check_post(agreed.checkpoint, agreed.modes, where)
    if not agreed.modes or (agreed.lead is not None and agreed.lead < 1):
        raise ValueError(f"{where}: name at least one mode, and a lead of one minute or more or none")
    return Procedure(layer=heading.layer, **{each.name: getattr(agreed, each.name) for each in fields(agreed)})


def check_post(code: str, modes: Iterable[str], where: str) -> None:
    if (post := find(code)) is None:
        raise ValueError(f"{where}: there is no checkpoint {code}; the codes stand in checkpoints.csv")
    if strange := [mode for mode in modes if not post.takes(mode)]:
        raise ValueError(
            f"{where}: {code} is no checkpoint for {strange[0]}, so nothing comes there that it could be for; take the "
            f"mode out or write one of {', '.join(post.modes)}"
        )


def _agreed(heading: Heading, stated: Mapping[str, Any], where: str) -> _StatedProcedure:
    for party in ("administration", "customs"):
        if f"signed_by_{party}" not in stated:
            raise ValueError(
                f"{where}: {party} has not signed it, and the two agree on a procedure together (Art. 37(2-1)); state "
                f"the day in signed_by_{party}"
            )
    agreed = row(_StatedProcedure, stated, where)
    if heading.in_force_from < max(agreed.signed_by_administration, agreed.signed_by_customs):
        raise ValueError(
            f"{where}: it is in force before both have signed it; begin with the day of the later signature"
        )
    return agreed


def term(stated: Mapping[str, Any], where: str) -> ActTerm:
    said = row(ActTerm, stated, where)
    if not 1 <= said.count <= LONGEST[said.unit]:
        raise ValueError(
            f"{where}: a term has a count of one or more and at most a hundred years, not {said.count} {said.unit}"
        )
    check_goods(said.prefix, said.origin, where)
    return said


def preference(stated: Mapping[str, Any], where: str) -> Preference:
    said = row(Preference, stated, where)
    if said.origin == ANY:
        raise ValueError(f"{where}: a preference is for one origin; name the country, or what stands in its place")
    check_goods(said.prefix, said.origin, where)
    return said


def permit(stated: Mapping[str, Any], where: str) -> Permit:
    said = row(Permit, stated, where)
    if not said.issued_by:
        raise ValueError(f"{where}: name in `issued_by` at least one body that gives it")
    if said.valid_for is None and "valid_unit" in stated:
        raise ValueError(
            f"{where}: valid_unit is that of `valid_for`; state how many {said.valid_unit}, or take it out"
        )
    if said.valid_for is not None and not 1 <= said.valid_for <= LONGEST[said.valid_unit]:
        raise ValueError(f"{where}: a permit is valid for one or more {said.valid_unit} and at most a hundred years")
    return said


def displaced(heading: Heading, stated: Mapping[str, Any], where: str) -> Displaced:
    if heading.layer != "treaty":
        raise ValueError(
            f"{where}: only a treaty takes the place of other acts (Art. 3(2)), not a {heading.layer}; change the act "
            "itself by a version with a later known_from"
        )
    said = row(Displaced, stated, where)
    if not_read := sorted(stated.keys() - OF_EVERY_POINT - {*READ[said.point]}):
        raise ValueError(
            f"{where}: a {said.point} is not found by {', '.join(not_read)}; take out or write "
            f"{', '.join(READ[said.point])}"
        )
    named = NAMES_IT.get(said.point, ("prefix",))
    if missing := [name for name in named if not getattr(said, name)]:
        raise ValueError(f"{where}: say which {said.point} it is; {', '.join(missing)} is missing")
    if unknown := sorted({*said.modes} - {*get_args(ProcedureMode)}):
        raise ValueError(f"{where}: modes is {unknown[0]!r}; write one of {', '.join(get_args(ProcedureMode))}")
    if said.checkpoint:
        check_post(said.checkpoint, said.modes, where)
    check_goods(said.prefix, said.origin, where)
    return said
