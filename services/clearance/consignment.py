"""Goods in clearance: what was declared, permitted, approved and paid, what may not come in, and what is ready."""

from functools import reduce
from typing import TypeAlias, assert_never

from clearance import measures, parts, permits, points, recorded, rules, storage
from clearance.commands import Command as Command
from clearance.commands import DecideOnPermit as DecideOnPermit
from clearance.commands import LodgeDeclaration as LodgeDeclaration
from clearance.commands import PresentPermit as PresentPermit
from clearance.commands import RecordApproval as RecordApproval
from clearance.commands import RecordImmediateExport as RecordImmediateExport
from clearance.commands import RecordPayment as RecordPayment
from clearance.parts import Approval, Clearance, Consignment, Decision, Permit
from clearance.recorded import Own
from contracts.arrival import Chapter8NotApplicable, ExemptionLost, GoodsCrossed
from contracts.clearance import DeclarationAccepted
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn, GoodsPresented
from contracts.replacing import replace
from contracts.values import ConsignmentId, Instant
from law import Due, Input, OpenPoint

OfArrival: TypeAlias = GoodsCrossed | Chapter8NotApplicable | ExemptionLost
OfPresentation: TypeAlias = CheckpointDetermined | CheckpointWithdrawn | GoodsPresented
HEARS: tuple[type, ...] = (
    GoodsCrossed,
    Chapter8NotApplicable,
    ExemptionLost,
    CheckpointDetermined,
    CheckpointWithdrawn,
    GoodsPresented,
)

INITIAL = Consignment()


def decide(given: Input[Command | OfArrival | OfPresentation | Due], consignment: Consignment) -> list[Own]:
    match given.content:
        case Due() as fired:
            return at_the_end_of_a_term(evolve(consignment, fired), given.recorded)
        case CheckpointDetermined() | CheckpointWithdrawn():
            return []  # It tells where, and nothing follows from that.
        case GoodsCrossed() | Chapter8NotApplicable() | ExemptionLost() | GoodsPresented():
            found = []
        case command:
            found = stated(command, given.occurred, given.recorded, consignment)
    return [*found, *concluded(given.content.consignment or "", reduce(evolve, found, consignment), given.recorded)]


def stated(command: Command, occurred: Instant, recorded: Instant, consignment: Consignment) -> list[Own]:
    """What someone states is recorded, whatever it leads to."""
    id_, own = command.consignment, consignment.own
    match command:
        case LodgeDeclaration():
            found = declaration(command, occurred, own)
        case PresentPermit(permit=kind, number=number, issued_by=issued_by, lines=lines):
            permit = Permit(kind=kind, number=number, issued_by=issued_by, lines=lines, at=occurred)
            found = permits.permit_is_presented(id_, permit, own)
        case DecideOnPermit(permit=kind, number=number, accepted=accepted):
            decision = Decision(kind=kind, number=number, accepted=accepted, at=occurred)
            found = permits.permit_is_decided(id_, decision, own)
        case RecordApproval(agency=agency, granted=granted, reference=reference):
            approval = Approval(agency=agency, granted=granted, reference=reference, at=occurred)
            found = rules.body_has_decided(id_, approval, own)
        case RecordPayment(amount=amount, reference=reference):
            found = rules.payment_has_come_in(id_, amount, reference, own)
        case RecordImmediateExport(done=True):
            found = rules.export_is_done(id_, occurred, own)
        case RecordImmediateExport():
            found = storage.goods_are_stored(id_, occurred, recorded, consignment)
        case _:
            assert_never(command)
    return found


def at_the_end_of_a_term(consignment: Consignment, recorded: Instant) -> list[Own]:
    stored = consignment.own.storage
    return concluded(stored.consignment, consignment, recorded) if stored else []


def concluded(id_: ConsignmentId, consignment: Consignment, recorded: Instant) -> list[Own]:
    """What follows from all that is known, asked at every input and recorded once, whatever came first."""
    found: list[Own] = []
    for follows in CONCLUSIONS:
        found += follows(id_, reduce(evolve, found, consignment), recorded)
    return found


CONCLUSIONS = (
    measures.measures_that_hold,
    permits.requirements_met,
    permits.referrals,
    rules.order_to_leave,
    storage.terms_of_storage,
    storage.ends_of_terms,
    rules.readiness,
)


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


def evolve(consignment: Consignment, event: OfArrival | OfPresentation | Own | Due) -> Consignment:
    match event:
        case GoodsCrossed() | Chapter8NotApplicable() | ExemptionLost():
            return replace(consignment, arrival=parts.arrival_said(consignment.arrival, event))
        case CheckpointDetermined() | CheckpointWithdrawn() | GoodsPresented():
            return replace(consignment, presentation=parts.presentation_said(consignment.presentation, event))
        case _:
            return replace(consignment, own=recorded.clearance_recorded(consignment.own, event))


def due(consignment: Consignment) -> tuple[tuple[Instant, str], ...]:
    return consignment.own.due


def open_points(consignment: Consignment) -> tuple[OpenPoint, ...]:
    return points.open_points(consignment)
