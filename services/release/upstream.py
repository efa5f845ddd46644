"""What release takes of what other services say, and what it leaves aside on purpose."""

from dataclasses import dataclass

from contracts.approvals import Approvals, body_said
from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    Chapter8NotApplicable,
    ConsignmentAnnounced,
    ExemptionLost,
    GoodsArrived,
    GoodsCrossed,
    GoodsJourneyChanged,
    JourneyChanged,
    NoticeFindingsRecorded,
    NoticeFindingsWithdrawn,
    StopRecorded,
    VehicleArrived,
)
from contracts.clearance import (
    ClearanceStarted,
    DeclarationAccepted,
    DisposalReferred,
    ImmediateExportDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    PermitRecorded,
    ReadyForRelease,
    StorageTermEnded,
    StorageTermEndWithdrawn,
    StorageTermWithdrawn,
    TemporaryStorageStarted,
)
from contracts.known import Crossed, named_at_the_crossing
from contracts.measures import Measures, measured
from contracts.payments import Payments, paid
from contracts.permits import Requirements, permitted
from contracts.presentation import (
    CheckpointDetermined,
    CheckpointWithdrawn,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    GoodsPresented,
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    VehiclePresented,
)
from contracts.values import CheckpointCode, Country, Instant, ItemNumber, NineDigits, Number, Regime
from decider import Matter, replace
from law.calendar import EARLIEST
from law.rule import Fact, Happened

LEAVES_ASIDE: tuple[type, ...] = (
    ArrivalNotified, JourneyChanged, BorderCrossed, VehicleArrived, NoticeFindingsRecorded, NoticeFindingsWithdrawn,
    ConsignmentAnnounced, GoodsJourneyChanged, GoodsArrived, StopRecorded, Chapter8NotApplicable, ExemptionLost,
    VehiclePresented, VehicleFindingsRecorded, VehicleFindingsWithdrawn,
    GoodsPresented, GoodsFindingsRecorded, GoodsFindingsWithdrawn,
    ClearanceStarted, PermitRecorded, ImmediateExportOrdered, ImmediateExportOrderWithdrawn,
    TemporaryStorageStarted, StorageTermWithdrawn, StorageTermEnded, StorageTermEndWithdrawn, DisposalReferred,
)  # fmt: skip
"""Whether goods were shown and found as they should be withholds no release, and what `clearance` concludes from these
it says in events of its own."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: when the goods crossed first, and how those outside know them by their papers."""

    crossed: Instant | None = None
    papers: Crossed = Crossed()


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What `presentation` said."""

    checkpoint: CheckpointCode | None = None


@dataclass(frozen=True, kw_only=True)
class Item:
    """Goods as declared, with the regime that is declared for them."""

    number: ItemNumber
    code: NineDigits
    origin: Country | None = None
    regime: Regime | None = None


@dataclass(frozen=True, kw_only=True)
class Declared:
    """What was declared, when, and under which number of the declarant's own (`reference`).

    `regime` is that of the declaration, which an item may depart from.
    """

    items: tuple[Item, ...] = ()
    regime: Regime | None = None
    accepted: Instant | None = None
    reference: Number | None = None

    @property
    def numbers(self) -> set[ItemNumber]:
        return {item.number for item in self.items}


@dataclass(frozen=True, kw_only=True)
class Export:
    """Whether goods that may not come in have left."""

    done: bool = False


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Of which items a release can be decided on; `as_a_whole` of goods that were declared without any."""

    items: tuple[ItemNumber, ...] = ()
    as_a_whole: bool = False
    known: Instant = EARLIEST

    @property
    def fact(self) -> Fact:
        """That it was said, of some of them, last."""
        return Happened(self.known, self.known)


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """What `clearance` said."""

    declared: Declared = Declared()
    measures: Measures = Measures()
    requirements: Requirements = Requirements()
    approvals: Approvals = Approvals()
    payments: Payments = Payments()
    export: Export = Export()
    readiness: Readiness = Readiness()


def crossed(arrival: Arrival, event: GoodsCrossed) -> Arrival:
    """Of a consignment on several vehicles the crossing that happened first counts."""
    return replace(arrival, crossed=min(arrival.crossed, event.crossed) if arrival.crossed else event.crossed)


def has_its_checkpoint(_: Presentation, event: CheckpointDetermined | CheckpointWithdrawn) -> Presentation:
    return Presentation(checkpoint=event.checkpoint if isinstance(event, CheckpointDetermined) else None)


def declared(_: Declared, event: DeclarationAccepted) -> Declared:
    items = tuple(
        Item(number=number, code=item.code, origin=item.origin, regime=item.regime or event.regime)
        for number, item in enumerate(event.items, start=1)
    )
    return Declared(items=items, regime=event.regime, accepted=event.accepted, reference=event.reference)


def exported(_: Export, event: ImmediateExportDone) -> Export:
    return Export(done=True)


def ready(readiness: Readiness, event: ReadyForRelease, known: Instant) -> Readiness:
    items = tuple(sorted({*readiness.items, *event.items}))
    return Readiness(items=items, as_a_whole=readiness.as_a_whole or not event.items, known=known)


MATTER = Matter(
    folds=(
        crossed, named_at_the_crossing, has_its_checkpoint, declared, exported, ready,
        measured, permitted, body_said, paid,
    )
)  # fmt: skip
