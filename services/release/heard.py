"""What `clearance` said of a consignment, folded event by event."""

from typing import TypeAlias, assert_never

from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    DeclarationAccepted,
    ImmediateExportDone,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    PaymentAssessed,
    PaymentReceived,
    PermitDecided,
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
from release.parts import Approval, Clearance, Item, Referral, Satisfied

Met: TypeAlias = RestrictionSatisfied | RestrictionSatisfactionWithdrawn
Referred: TypeAlias = PermitReferred | PermitReferralWithdrawn | PermitDecided
Approved: TypeAlias = AgencyApprovalGranted | AgencyApprovalRefused
Told: TypeAlias = DeclarationAccepted | ImmediateExportDone | PaymentAssessed | PaymentReceived | ReadyForRelease
Heard: TypeAlias = Told | Applied | Lifted | Met | Referred | Approved

HEARS: tuple[type, ...] = (
    DeclarationAccepted,
    ImmediateExportDone,
    PaymentAssessed,
    PaymentReceived,
    ReadyForRelease,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    RestrictionOpened,
    RestrictionWithdrawn,
    RestrictionSatisfied,
    RestrictionSatisfactionWithdrawn,
    PermitReferred,
    PermitReferralWithdrawn,
    PermitDecided,
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    AgencyApprovalGranted,
    AgencyApprovalRefused,
)


def clearance_said(clearance: Clearance, event: Heard) -> Clearance:
    match event:
        case DeclarationAccepted(accepted=accepted, regime=regime):
            return replace(clearance, declared=accepted, regime=regime, items=declared_items(event))
        case ImmediateExportDone():
            return replace(clearance, exported=True)
        case PaymentAssessed(total=total):
            return replace(clearance, assessed=total)
        case PaymentReceived(amount=amount):
            return replace(clearance, received=clearance.received + amount)
        case ReadyForRelease(items=items):
            ready = tuple(sorted({*clearance.ready, *items}))
            return replace(clearance, ready=ready, ready_as_a_whole=clearance.ready_as_a_whole or not items)
        case _:
            return goods_measured(clearance, event)


def declared_items(event: DeclarationAccepted) -> tuple[Item, ...]:
    return tuple(
        Item(number=number, code=item.code, origin=item.origin, regime=item.regime or event.regime)
        for number, item in enumerate(event.items, start=1)
    )


def goods_measured(clearance: Clearance, event: Applied | Lifted | Met | Referred | Approved) -> Clearance:
    match event:
        case ImportProhibited() | ImportProhibitionWithdrawn():
            return replace(clearance, prohibitions=with_measure(clearance.prohibitions, event, None))
        case RestrictionOpened(permit=permit) | RestrictionWithdrawn(permit=permit):
            return replace(clearance, restrictions=with_measure(clearance.restrictions, event, permit))
        case AgencyApprovalRequested(agency=agency) | AgencyApprovalRequestWithdrawn(agency=agency):
            return replace(clearance, controls=with_measure(clearance.controls, event, agency))
        case AgencyApprovalGranted() | AgencyApprovalRefused():
            return replace(clearance, approvals=with_approval(clearance.approvals, event))
        case _:
            return goods_permitted(clearance, event)


def with_approval(approvals: tuple[Approval, ...], event: Approved) -> tuple[Approval, ...]:
    """What happened last stands, whichever was recorded first."""
    granted = isinstance(event, AgencyApprovalGranted)
    word = Approval(agency=event.agency, granted=granted, reference=event.reference, at=event.decided)
    same = (each for each in approvals if each.agency == word.agency)
    last = max((word, *same), key=lambda each: (each.at, repr(each)))
    return in_order((*(each for each in approvals if each.agency != word.agency), last))


def goods_permitted(clearance: Clearance, event: Met | Referred) -> Clearance:
    """What the officer has decided on waits for him no longer."""
    kind, number = event.permit, event.number
    match event:
        case RestrictionSatisfied() | RestrictionSatisfactionWithdrawn():
            of_it = {Satisfied(act=event.act, kind=kind, number=number, code=code) for code in event.codes}
            known, met = {*clearance.satisfied}, isinstance(event, RestrictionSatisfied)
            return replace(clearance, satisfied=in_order(tuple(known | of_it if met else known - of_it)))
        case PermitReferred():
            waiting = {*clearance.referrals, Referral(kind=kind, number=number)}
            return replace(clearance, referrals=in_order(tuple(waiting)))
        case PermitReferralWithdrawn() | PermitDecided():
            waiting = {*clearance.referrals} - {Referral(kind=kind, number=number)}
            return replace(clearance, referrals=in_order(tuple(waiting)))
        case _:
            assert_never(event)
