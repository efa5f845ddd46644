"""What events say of the goods to those outside, who know them by other numbers than ours."""

from typing import TypeAlias

from clearance.upstream import Presentation
from contracts.amendments import DeclarationAmendmentWithdrawn
from contracts.clearance import (
    AcceptanceCorrected,
    AcceptanceWithdrawn,
    AgencyApprovalCorrected,
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    AgencyApprovalWithdrawn,
    DeclarationAccepted,
    DeclarationAmended,
    DeclarationAmendmentDecided,
    DeclarationAmendmentRequested,
    DeclarationCorrected,
    DeclarationLodged,
    DeclarationRegistered,
    DeclarationWithdrawn,
    DisposalReferred,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    PaymentAssessed,
    PaymentAssessmentWithdrawn,
    PermitDecided,
    PermitDecisionCorrected,
    PermitDecisionWithdrawn,
    PermitReferralWithdrawn,
    PermitReferred,
    RegistrationCorrected,
    RegistrationWithdrawn,
    RestrictionOpened,
    RestrictionSatisfactionWithdrawn,
    RestrictionWithdrawn,
    StorageTermEnded,
    StorageTermEndWithdrawn,
    StorageTermWithdrawn,
    TemporaryStorageStarted,
)
from contracts.declarations import Declared
from contracts.doubts import GoodsDoubtDecided, GoodsDoubtWithdrawn, GoodsInDoubt
from contracts.fates import OtherFateApplies, OtherFateWithdrawn
from contracts.known import Crossed, known_by
from contracts.officers import DisposalDecided, RefusedApprovalDecided
from contracts.readiness import ReadyForRelease, ReadyForReleaseWithdrawn
from decider import Matter

Acted: TypeAlias = (
    DeclarationLodged | DeclarationRegistered | RegistrationCorrected | RegistrationWithdrawn
    | DeclarationAccepted | AcceptanceCorrected | AcceptanceWithdrawn | DeclarationAmended
    | DeclarationCorrected | DeclarationWithdrawn | DeclarationAmendmentRequested | DeclarationAmendmentDecided
    | PaymentAssessed | PaymentAssessmentWithdrawn | ImportProhibited | ImportProhibitionWithdrawn
    | RestrictionOpened | RestrictionWithdrawn | PermitReferred | PermitReferralWithdrawn | PermitDecided
    | PermitDecisionCorrected | PermitDecisionWithdrawn | RestrictionSatisfactionWithdrawn
    | AgencyApprovalRequested | AgencyApprovalRequestWithdrawn | AgencyApprovalGranted | AgencyApprovalRefused
    | AgencyApprovalCorrected | AgencyApprovalWithdrawn | ImmediateExportOrdered | ImmediateExportOrderWithdrawn
    | TemporaryStorageStarted | StorageTermWithdrawn | StorageTermEnded | DisposalReferred
    | StorageTermEndWithdrawn | ReadyForRelease | GoodsInDoubt | GoodsDoubtWithdrawn | GoodsDoubtDecided
    | OtherFateApplies | OtherFateWithdrawn | DisposalDecided | RefusedApprovalDecided
    | DeclarationAmendmentWithdrawn | ReadyForReleaseWithdrawn
)  # fmt: skip
"""Events on which declarants, carriers, bodies of control and officers act."""


def to_be_matched(event: Acted, presentation: Presentation, crossed: Crossed, declared: Declared) -> Acted:
    known = known_by(event, presentation.checkpoint, crossed, declared.reference, declared.number)
    return event.model_copy(update={"known_by": known})


MATTER = Matter(completes=(to_be_matched,))
