"""Goods in clearance: what was declared and paid, what may not come in, and whether all is in hand for a release."""

from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeAlias, assert_never

from clearance import parts, rules, storage
from clearance.parts import Clearance, Consignment, Own
from contracts.arrival import GoodsCrossed
from contracts.clearance import (
    DeclarationAccepted,
    PaymentReceived,
)
from contracts.presentation import CheckpointDetermined, GoodsPresented
from contracts.values import Amount, Company, ConsignmentId, Form, GoodsItems, Instant, Payments, Regime, Word
from law import Due, Input, OpenPoint


@dataclass(frozen=True, kw_only=True)
class LodgeDeclaration:
    """The declarant, or a broker for its principal, sets clearance going, and declares the goods (Art. 29(1)(1))."""

    consignment: ConsignmentId
    declarant: Company
    principal: Company | None = None
    form: Form
    items: GoodsItems = ()
    regime: Regime | None = None
    payments: Payments = ()


@dataclass(frozen=True, kw_only=True)
class RecordPayment:
    """The treasury has received a payment, in manats (Art. 29(2))."""

    consignment: ConsignmentId
    amount: Amount
    reference: Word


@dataclass(frozen=True, kw_only=True)
class RecordImmediateExport:
    """The carrier has taken prohibited goods out again, or not, which is the officer's word (Art. 7(1))."""

    consignment: ConsignmentId
    done: bool = True


Command: TypeAlias = LodgeDeclaration | RecordPayment | RecordImmediateExport
Heard: TypeAlias = GoodsCrossed | CheckpointDetermined | GoodsPresented
HEARS: tuple[type, ...] = (GoodsCrossed, CheckpointDetermined, GoodsPresented)


INITIAL = Consignment()


def decide(given: Input[Command | Heard | Due], consignment: Consignment) -> list[Own]:
    own = consignment.own
    match given.content:
        case LodgeDeclaration(consignment=id_) as lodged:
            found = declaration(lodged, given.occurred, own)
        case RecordPayment(consignment=id_) as paid:
            found = payment(paid, own)
        case RecordImmediateExport(consignment=id_, done=True):
            found = rules.export_is_done(id_, given.occurred, own)
        case RecordImmediateExport(consignment=id_):
            found = storage.goods_are_stored(id_, given.occurred, given.recorded, own)
        case Due() as fired:
            return at_the_end_of_a_term(evolve(consignment, fired), given.recorded)
        case GoodsCrossed(consignment=id_) | GoodsPresented(consignment=id_):
            found = []
        case CheckpointDetermined():
            return []  # It tells where, and nothing follows from that.
        case unknown:
            assert_never(unknown)
    return [*found, *concluded(id_, reduce(evolve, found, consignment), given.recorded)]


def at_the_end_of_a_term(consignment: Consignment, recorded: Instant) -> list[Own]:
    stored = consignment.own.storage
    return concluded(stored.consignment, consignment, recorded) if stored else []


def concluded(id_: ConsignmentId, consignment: Consignment, recorded: Instant) -> list[Own]:
    """What follows from all that is known, asked at every input and recorded once, whatever came first."""
    found: list[Own] = []
    for follows in CONCLUSIONS:
        found += follows(id_, reduce(evolve, found, consignment), recorded)
    return found


CONCLUSIONS = (rules.prohibitions_that_hold, rules.order_to_leave, storage.term_of_storage, rules.readiness)


def declaration(lodged: LodgeDeclaration, occurred: Instant, own: Clearance) -> list[Own]:
    id_ = lodged.consignment
    found: list[Own] = [] if own.started else [rules.clearance_begins(id_, lodged.form)]
    if own.accepted or not rules.goods_are_declared(lodged.form, lodged.items):
        return found  # Goods are declared once; to amend a declaration is another act.
    missing = rules.proof_of_origin_is_shown(lodged.items)
    accepted = DeclarationAccepted(
        consignment=id_,
        declarant=lodged.declarant,
        principal=lodged.principal,
        form=lodged.form,
        items=lodged.items,
        regime=lodged.regime,
        accepted=occurred,
        findings=(missing,) if missing else (),
    )
    return [*found, accepted, rules.payments_are_assessed(id_, lodged.payments)]


def payment(paid: RecordPayment, own: Clearance) -> list[Own]:
    """The same sum under the same reference is the same payment; too much is taken, for no article refuses it."""
    if (paid.reference, paid.amount) in own.received:
        return []
    return [PaymentReceived(consignment=paid.consignment, amount=paid.amount, reference=paid.reference)]


def evolve(consignment: Consignment, event: Heard | Own | Due) -> Consignment:
    match event:
        case GoodsCrossed():
            return replace(consignment, arrival=parts.arrival_said(consignment.arrival, event))
        case CheckpointDetermined() | GoodsPresented():
            return replace(consignment, presentation=parts.presentation_said(consignment.presentation, event))
        case _:
            return replace(consignment, own=parts.clearance_recorded(consignment.own, event))


def due(consignment: Consignment) -> tuple[tuple[Instant, str], ...]:
    return consignment.own.due


def open_points(consignment: Consignment) -> tuple[OpenPoint, ...]:
    own, place = consignment.own, consignment.presentation.checkpoint
    if own.prohibitions:
        return rules.still_to_leave(own, place)
    points: list[OpenPoint] = []
    if consignment.arrival.crossed and not own.accepted:
        points.append(OpenPoint(act="LodgeDeclaration", who="declarant", article="9", place=place))
    if own.assessed is not None and not rules.payments_are_collected(own):
        points.append(OpenPoint(act="RecordPayment", who="declarant", article="29(2)", place=place))
    return tuple(points)
