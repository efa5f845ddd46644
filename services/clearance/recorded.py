"""What this service recorded of a consignment, folded event by event."""

from collections.abc import Callable
from typing import TypeAlias, TypeVar, assert_never

from clearance.parts import Approval, Clearance, Decision, Permit, Referral, Satisfied
from clearance.stored import Stored, goods_stored, still_due
from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    ClearanceStarted,
    DeclarationAccepted,
    ImmediateExportDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    PaymentAssessed,
    PaymentReceived,
    PermitDecided,
    PermitRecorded,
    PermitReferralWithdrawn,
    PermitReferred,
    ReadyForRelease,
    RestrictionOpened,
    RestrictionSatisfactionWithdrawn,
    RestrictionSatisfied,
    RestrictionWithdrawn,
)
from contracts.measures import Applied, Lifted, in_order, with_measure
from contracts.replacing import replace
from law import Due
from law.calendar import EARLIEST

Told: TypeAlias = ClearanceStarted | DeclarationAccepted | PaymentAssessed | PaymentReceived | ReadyForRelease
Referred: TypeAlias = PermitReferred | PermitReferralWithdrawn
Met: TypeAlias = RestrictionSatisfied | RestrictionSatisfactionWithdrawn
Approved: TypeAlias = AgencyApprovalGranted | AgencyApprovalRefused
Permitted: TypeAlias = PermitRecorded | PermitDecided | Referred | Met
Leaving: TypeAlias = ImmediateExportOrdered | ImmediateExportOrderWithdrawn | ImmediateExportDone
Own: TypeAlias = Told | Applied | Lifted | Permitted | Approved | Leaving | Stored

Said = TypeVar("Said", bound=Permit | Decision | Approval)


def clearance_recorded(own: Clearance, event: Own | Due) -> Clearance:
    match event:
        case ClearanceStarted():
            return replace(own, started=True)
        case DeclarationAccepted(accepted=accepted, items=items):
            return replace(own, accepted=accepted, items=items)
        case PaymentAssessed(total=total):
            return replace(own, assessed=total)
        case PaymentReceived(reference=reference, amount=amount):
            return replace(own, received=tuple(sorted((*own.received, (reference, amount)))))
        case ReadyForRelease(items=items):
            ready = tuple(sorted({*own.ready, *items}))
            return replace(own, ready=ready, ready_as_a_whole=own.ready_as_a_whole or not items)
        case _:
            return goods_measured(own, event)


def goods_measured(
    own: Clearance, event: Applied | Lifted | Approved | Permitted | Leaving | Stored | Due
) -> Clearance:
    match event:
        case ImportProhibited() | ImportProhibitionWithdrawn():
            return replace(own, prohibitions=with_measure(own.prohibitions, event, None))
        case RestrictionOpened(permit=permit) | RestrictionWithdrawn(permit=permit):
            return replace(own, restrictions=with_measure(own.restrictions, event, permit))
        case AgencyApprovalRequested(agency=agency) | AgencyApprovalRequestWithdrawn(agency=agency):
            return replace(own, controls=with_measure(own.controls, event, agency))
        case AgencyApprovalGranted() | AgencyApprovalRefused():
            return replace(own, approvals=with_approval(own.approvals, event))
        case _:
            return goods_permitted(own, event)


def goods_permitted(own: Clearance, event: Permitted | Leaving | Stored | Due) -> Clearance:
    match event:
        case RestrictionSatisfied() | RestrictionSatisfactionWithdrawn():
            return replace(own, satisfied=with_goods_permitted(own.satisfied, event))
        case PermitRecorded() | PermitDecided() | PermitReferred() | PermitReferralWithdrawn():
            return permit_seen(own, event)
        case _:
            return goods_kept_out(own, event)


def permit_seen(own: Clearance, event: PermitRecorded | PermitDecided | Referred) -> Clearance:
    """What the officer has decided on waits for him no longer."""
    kind, number = event.permit, event.number
    others = tuple(each for each in own.referrals if (each.kind, each.number) != (kind, number))
    match event:
        case PermitRecorded(issued_by=issued_by, lines=lines, presented=presented):
            permit = Permit(kind=kind, number=number, issued_by=issued_by, lines=lines, at=presented)
            return replace(own, permits=last_of(own.permits, permit, lambda each: (each.kind, each.number)))
        case PermitDecided(accepted=accepted, decided=decided):
            word = Decision(kind=kind, number=number, accepted=accepted, at=decided or EARLIEST)
            decisions = last_of(own.decisions, word, lambda each: (each.kind, each.number))
            return replace(own, decisions=decisions, referrals=others)
        case PermitReferred(findings=findings):
            waiting = Referral(kind=kind, number=number, findings=findings)
            return replace(own, referrals=in_order((*others, waiting)))
        case PermitReferralWithdrawn():
            return replace(own, referrals=others)
        case _:
            assert_never(event)


def with_goods_permitted(satisfied: tuple[Satisfied, ...], event: Met) -> tuple[Satisfied, ...]:
    act, layer, kind, number = event.act, event.layer, event.permit, event.number
    of_it = {Satisfied(act=act, layer=layer, kind=kind, number=number, code=code) for code in event.codes}
    met = isinstance(event, RestrictionSatisfied)
    return in_order(tuple({*satisfied} | of_it if met else {*satisfied} - of_it))


def with_approval(approvals: tuple[Approval, ...], event: Approved) -> tuple[Approval, ...]:
    granted = isinstance(event, AgencyApprovalGranted)
    word = Approval(agency=event.agency, granted=granted, reference=event.reference, at=event.decided)
    return last_of(approvals, word, lambda each: each.agency)


def last_of(known: tuple[Said, ...], said: Said, of: Callable[[Said], object]) -> tuple[Said, ...]:
    """Of what was said of the same thing, what happened last stands, whichever was recorded first."""
    others = tuple(each for each in known if of(each) != of(said))
    same = (each for each in known if of(each) == of(said))
    return in_order((*others, max((said, *same), key=lambda each: (each.at, repr(each)))))


def goods_kept_out(own: Clearance, event: Leaving | Stored | Due) -> Clearance:
    match event:
        case ImmediateExportOrdered() | ImmediateExportOrderWithdrawn() | ImmediateExportDone():
            return goods_leaving(own, event)
        case _:
            return goods_stored(own, event)


def goods_leaving(own: Clearance, event: Leaving) -> Clearance:
    match event:
        case ImmediateExportOrdered():
            return replace(own, export_ordered=True)
        case ImmediateExportOrderWithdrawn():
            return replace(own, export_ordered=False)
        case ImmediateExportDone(exported=exported):
            return still_due(replace(own, export_done=True, exported=exported))
        case _:
            assert_never(event)
