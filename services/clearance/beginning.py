"""What begins clearance, and when it began (Art. 29(1)(1)).

The declaration, or the documents of Art. 40; words and other acts only where the Code provides it, as an officer says.
"""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.clearance import (
    ClearanceStartCorrected,
    ClearanceStarted,
    DeclarationCorrected,
    DeclarationLodged,
)
from contracts.goods import Documents, GoodsItems
from contracts.names import OfConsignment
from contracts.parties import Parties
from contracts.stating import Stater
from contracts.values import Company, ConsignmentId, Form, Instant, Payments, Regime, Spoken, Text
from decider import Matter, Stream, in_order, replace
from law.rule import rule

Begins: TypeAlias = ClearanceStarted | ClearanceStartCorrected


@dataclass(frozen=True, kw_only=True)
class BeginClearance(OfConsignment):
    """The officer takes words, or another act, for the beginning of clearance, as `provision` lets him (Art. 29(1)(1)).

    They are those of the declarant, and declare no more than the `items` that they name.
    """

    form: Spoken
    provision: Text
    declarant: Company
    principal: Company | None = None
    previous_documents: Documents = ()
    parties: Parties = ()
    items: GoodsItems = ()
    regime: Regime | None = None
    payments: Payments = ()


@dataclass(frozen=True, kw_only=True)
class Start:
    """What begins clearance."""

    trigger: Form
    at: Instant
    provision: Text | None = None
    declarant: Company | None = None
    principal: Company | None = None
    by: Stater | None = None


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """With what it began, as stands on record, and all that would have begun it."""

    begun: Start | None = None
    starts: tuple[Start, ...] = ()


def begins(id_: ConsignmentId, start: Start, clearance: Clearance) -> list[Begins]:
    """Once; and what was before that and is recorded later moves it."""
    if clearance.begun is None:
        return [clearance_begins(id_, start)]
    if start.at < clearance.begun.at:
        return [clearance_began_then(id_, start, clearance.begun)]
    return []


@rule()
def clearance_begins(consignment: ConsignmentId, start: Start) -> ClearanceStarted:
    """Art. 29(1)(1) [C3]: clearance begins with the declaration or the Art. 40 documents, or with words or other acts.

    The cases in which words or acts will do are in chapters outside the source: an officer names the provision.
    """
    return ClearanceStarted(
        consignment=consignment,
        trigger=start.trigger,
        started=start.at,
        provision=start.provision,
        declarant=start.declarant,
        principal=start.principal,
        stated_by=start.by,
    )


@rule()
def clearance_began_then(consignment: ConsignmentId, start: Start, before: Start) -> ClearanceStartCorrected:
    """Art. 29(1)(1) [C3]: it is the first presentation that begins clearance, whichever was recorded first."""
    return ClearanceStartCorrected(
        consignment=consignment,
        trigger=start.trigger,
        started=start.at,
        corrects=before.at,
        provision=start.provision,
        declarant=start.declarant,
        principal=start.principal,
        stated_by=start.by,
    )


def beginning_moves(asked: Stream, clearance: Clearance) -> list[ClearanceStartCorrected]:
    """Where the time of a declaration was put right, what is first now begins it."""
    begun, first = clearance.begun, min(clearance.starts, key=lambda each: each.at, default=None)
    if begun is None or first is None or first.at == begun.at:
        return []
    return [clearance_began_then(asked.id, first, begun)]


def start_of(event: Begins) -> Start:
    return Start(
        trigger=event.trigger,
        at=event.started,
        provision=event.provision,
        declarant=event.declarant,
        principal=event.principal,
        by=event.stated_by,
    )


def recorded(clearance: Clearance, event: Begins | DeclarationLodged | DeclarationCorrected) -> Clearance:
    """A declaration that is withdrawn has begun it all the same."""
    starts = clearance.starts
    match event:
        case ClearanceStarted() | ClearanceStartCorrected():
            start = start_of(event)
            return replace(clearance, begun=start, starts=in_order({*starts, start}))
        case DeclarationLodged(form="declaration", lodged=at):
            return replace(clearance, starts=in_order({*starts, Start(trigger="declaration", at=at)}))
        case DeclarationCorrected(form="declaration", lodged=at, corrects=wrong):
            others = (each for each in starts if (each.trigger, each.at) != ("declaration", wrong))
            return replace(clearance, starts=in_order({*others, Start(trigger="declaration", at=at)}))
        case DeclarationLodged() | DeclarationCorrected():
            return clearance
        case _:
            assert_never(event)


MATTER = Matter(folds=(recorded,), follows=(beginning_moves,))
