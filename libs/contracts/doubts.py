"""Goods of which papers and declaration say different things, and what customs decides that they are (Arts 19, 22)."""

from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.event import Event, defined_in
from contracts.goods import OriginArea
from contracts.known import ToBeMatched
from contracts.stating import Stater
from contracts.values import ConsignmentId, Country, Instant, ItemNumber, NineDigits, Text, Word
from law import Finding

EvidenceKind: TypeAlias = Literal[
    "examination", "samples", "expert_opinion", "origin_proof", "shipping_papers", "other_documents"
]
Evidence: TypeAlias = Annotated[tuple[EvidenceKind, ...], Field(min_length=1, max_length=9)]
"""On what customs rests what it decides of goods."""
DOUBTS = frozenset({"K5", "K6", "O13", "O15"})
"""The rules under which goods are in doubt."""


class GoodsInDoubt(ToBeMatched):
    """Papers say otherwise than the declaration what goods are, or alone that they may not come in: an officer decides.

    Nobody is refused a release for that, and nobody has to take goods out: the Code's closed list has no such ground.
    """

    type: Literal["GoodsInDoubt"] = "GoodsInDoubt"
    article: Word = "22(4)"
    rule: Word = "K6"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]
    who: Literal["officer"] = "officer"


class GoodsDoubtWithdrawn(ToBeMatched):
    """Nothing is left to be decided on of these: the officer has decided, or papers and declaration agree by now."""

    type: Literal["GoodsDoubtWithdrawn"] = "GoodsDoubtWithdrawn"
    article: Word = "22(4)"
    rule: Word = "K6"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]


class GoodsDoubtDecided(ToBeMatched):
    """The officer decided what the goods are: an `item`, or without one goods that no item declares.

    Code and origin where he decided on them; with neither item nor code, that the goods of the papers beside the
    declared ones are not there. `decided` is when; the decision binds, and measures follow from it (Art. 22(3)).
    """

    type: Literal["GoodsDoubtDecided"] = "GoodsDoubtDecided"
    article: Word = "22(2)"
    rule: Word = "K4"
    consignment: ConsignmentId
    item: ItemNumber | None = None
    code: NineDigits | None = None
    origin: Country | None = None
    origin_area: OriginArea | None = None
    evidence: tuple[EvidenceKind, ...]
    reason: Text | None = None
    decided: Instant
    findings: tuple[Finding, ...] = ()
    stated_by: Stater | None = None


EVENTS: tuple[type[Event], ...] = defined_in(__name__)


def concerns(doubt: Finding, item: ItemNumber) -> bool:
    """One that names no items is of goods that may be in any."""
    items = dict(doubt.facts).get("items")
    return items is None or str(item) in items


def is_doubt(finding: Finding) -> bool:
    """Whether it is one of these, among others that a release was recorded with."""
    return finding.rule in DOUBTS
