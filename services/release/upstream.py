"""What release takes of what other services say, and what it leaves aside on purpose."""

from dataclasses import dataclass

from contracts.approvals import Approvals, body_said
from contracts.arrival import (
    ArrivalNotified,
    ArrivalWithdrawn,
    BorderCrossed,
    ConsignmentAnnounced,
    ConsignmentAnnouncementWithdrawn,
    CrossingCorrected,
    CrossingWithdrawn,
    GoodsArrivalWithdrawn,
    GoodsArrived,
    GoodsCrossed,
    GoodsCrossingCorrected,
    GoodsCrossingWithdrawn,
    GoodsJourneyChanged,
    GoodsJourneyWithdrawn,
    GoodsLeft,
    JourneyChanged,
    JourneyCorrected,
    JourneyWithdrawn,
    NoticeAmended,
    NoticeCorrected,
    NoticeFindingsRecorded,
    NoticeFindingsWithdrawn,
    NoticeWithdrawn,
    StopRecorded,
    StopWithdrawn,
    VehicleArrived,
    VehicleAtTwoPlaces,
    VehicleAtTwoPlacesWithdrawn,
    VehicleSighted,
    WhereaboutsFindingsRecorded,
    WhereaboutsFindingsWithdrawn,
)
from contracts.clearance import (
    ClearanceStartCorrected,
    ClearanceStarted,
    DisposalReferred,
    PermitCorrected,
    PermitDecisionCorrected,
    PermitDecisionWithdrawn,
    PermitRecorded,
    PermitWithdrawn,
    StorageTermEnded,
    StorageTermEndWithdrawn,
    StorageTermWithdrawn,
    TemporaryStorageStarted,
)
from contracts.declarations import (
    Declared,
    OfCustoms,
    TakenBack,
    Version,
    Whole,
    customs_said,
    decided_on,
    declares,
    doubted,
    numbered,
)
from contracts.doubts import GoodsDoubtDecided
from contracts.elsewhere import ArrivalElsewhereWithdrawn, VehicleArrivedElsewhere
from contracts.examinations import EXAMINATIONS
from contracts.exemptions import Exemptions, chapter_8_applies
from contracts.exports import Exports, leaving_was_stated
from contracts.fates import OtherFateApplies, OtherFateWithdrawn
from contracts.goods import GoodsItem
from contracts.known import Crossed, named_at_the_crossing
from contracts.links import FactsPassedOn, LinkAsked, LinkRefused, linked
from contracts.measures import Measures, measured
from contracts.notices import ArrivalInformed
from contracts.officers import DisposalDecided, RefusedApprovalDecided
from contracts.payments import Payments, paid
from contracts.payments import Said as SaidOfPayments
from contracts.permits import Requirements, permitted
from contracts.placements import GoodsPlacedInStorage, PlacementCorrected, PlacementWithdrawn
from contracts.presentation import (
    CheckpointDetermined,
    CheckpointWithdrawn,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    PartsStillToBePresented,
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    VehiclePresentationCorrected,
    VehiclePresentationWithdrawn,
    VehiclePresented,
)
from contracts.readiness import Readiness, said
from contracts.showings import Showings, shown
from contracts.stating import StatementDiffers
from contracts.undecided import StopUndecided, StopUndecidedWithdrawn
from contracts.values import CheckpointCode, Instant, MovementId
from decider import Matter, in_order, replace

LEAVES_ASIDE: tuple[type, ...] = (
    ArrivalInformed, VehicleArrivedElsewhere, ArrivalElsewhereWithdrawn, StopUndecided, StopUndecidedWithdrawn,
    ArrivalNotified, JourneyChanged, BorderCrossed, VehicleArrived, NoticeFindingsRecorded, NoticeFindingsWithdrawn,
    ConsignmentAnnounced, GoodsJourneyChanged, GoodsArrived, StopRecorded, NoticeAmended, NoticeCorrected,
    NoticeWithdrawn, JourneyCorrected, JourneyWithdrawn, ConsignmentAnnouncementWithdrawn, GoodsJourneyWithdrawn,
    CrossingCorrected, CrossingWithdrawn, ArrivalWithdrawn, GoodsArrivalWithdrawn, StopWithdrawn, VehiclePresented,
    VehiclePresentationCorrected, VehiclePresentationWithdrawn, VehicleFindingsRecorded, VehicleFindingsWithdrawn,
    GoodsFindingsRecorded, GoodsFindingsWithdrawn, PartsStillToBePresented, PermitRecorded, PermitCorrected,
    PermitWithdrawn, PermitDecisionCorrected, PermitDecisionWithdrawn, ClearanceStarted, ClearanceStartCorrected,
    TemporaryStorageStarted, StorageTermWithdrawn,
    StorageTermEnded, StorageTermEndWithdrawn, DisposalReferred, DisposalDecided, RefusedApprovalDecided,
    OtherFateApplies, OtherFateWithdrawn, GoodsPlacedInStorage, PlacementCorrected, PlacementWithdrawn,
    StatementDiffers, LinkAsked, LinkRefused, FactsPassedOn, GoodsLeft, VehicleSighted, VehicleAtTwoPlaces,
    VehicleAtTwoPlacesWithdrawn, *EXAMINATIONS, WhereaboutsFindingsRecorded, WhereaboutsFindingsWithdrawn,
)  # fmt: skip
"""How goods were found when shown withholds no release, and what `clearance` concludes it says in its own events."""


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """When the goods crossed with a vehicle."""

    movement: MovementId
    at: Instant


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: when the goods crossed, with each vehicle, and how those outside know them."""

    crossings: tuple[Crossing, ...] = ()
    exemptions: Exemptions = Exemptions()
    papers: Crossed = Crossed()

    @property
    def crossed(self) -> Instant | None:
        """Of a consignment on several vehicles the crossing that happened first counts."""
        return min((each.at for each in self.crossings), default=None)

    @property
    def last_crossed(self) -> Instant | None:
        """When all of them were in the country."""
        return max((each.at for each in self.crossings), default=None)


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What `presentation` said."""

    checkpoint: CheckpointCode | None = None
    showings: Showings = Showings()


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """What `clearance` said."""

    declared: Declared = Declared()
    measures: Measures = Measures()
    requirements: Requirements = Requirements()
    approvals: Approvals = Approvals()
    payments: Payments = Payments()
    export: Exports = Exports()
    readiness: Readiness = Readiness()


def crossed(arrival: Arrival, event: GoodsCrossed | GoodsCrossingCorrected | GoodsCrossingWithdrawn) -> Arrival:
    others = tuple(each for each in arrival.crossings if each.movement != event.movement)
    if isinstance(event, GoodsCrossingWithdrawn):
        return replace(arrival, crossings=others)
    return replace(arrival, crossings=in_order((*others, Crossing(movement=event.movement, at=event.crossed))))


def has_its_checkpoint(presentation: Presentation, event: CheckpointDetermined | CheckpointWithdrawn) -> Presentation:
    return replace(presentation, checkpoint=event.checkpoint if isinstance(event, CheckpointDetermined) else None)


def declared_now(declared: Declared, event: Whole | TakenBack, known: Instant) -> Declared:
    return in_short(declares(declared, event, known))


def done_by_customs(declared: Declared, event: OfCustoms, known: Instant) -> Declared:
    return in_short(customs_said(declared, event, known))


def decided_in_short(declared: Declared, event: GoodsDoubtDecided, known: Instant) -> Declared:
    return in_short(decided_on(declared, event, known))


def in_short(declared: Declared) -> Declared:
    """As much of a declaration as a release and its findings rest on; the whole of it stands in `clearance`."""
    return replace(
        declared,
        versions=tuple(version_in_short(each) for each in declared.versions),
        before=tuple(version_in_short(each) for each in declared.before),
        taken_back=tuple(version_in_short(each) for each in declared.taken_back),
        named=(),
        acceptance=declared.acceptance and replace(declared.acceptance, by=None),
        requests=tuple(replace(each, version=None, by=None) for each in declared.requests),
        decisions=tuple(replace(each, by=None) for each in declared.decisions),
        decided=tuple(replace(each, by=None, evidence=()) for each in declared.decided),
    )


OF_GOODS = ("code", "origin", "origin_area", "regime")


def version_in_short(of: Version) -> Version:
    """When it was declared and by which number, and of each of the goods code, origin and regime."""
    return Version(
        declarant=of.declarant,
        form=of.form,
        reference=of.reference,
        regime=of.regime,
        items=tuple(GoodsItem(**{name: getattr(each, name) for name in OF_GOODS}) for each in of.items),
        at=of.at,
        known=of.known,
        struck=of.struck,
        withdrawn=of.withdrawn,
    )


def paid_now(payments: Payments, event: SaidOfPayments) -> Payments:
    """What is due in all, and what came in; what it is due for, and who stated it, stands in `clearance`."""
    found = paid(payments, event)
    return Payments(
        assessments=tuple(replace(each, sums=(), made_up_of=()) for each in found.assessments),
        received=tuple(replace(each, by=None) if each.by else each for each in found.received),
    )


MATTER = Matter(
    folds=(
        crossed, chapter_8_applies, shown, named_at_the_crossing, has_its_checkpoint, declared_now, done_by_customs,
        decided_in_short, doubted, numbered, leaving_was_stated, said, measured, permitted, body_said, paid_now,
        linked,
    ),
)  # fmt: skip
