"""What `presentation` writes: at which checkpoint vehicle and goods are to be shown, and how they were found."""

from typing import Literal, Self

from pydantic import model_validator

from contracts.event import Event
from contracts.values import CheckpointCode, ConsignmentId, Instant, MovementId, Packages, Seal, Word
from law import Finding

TOPIC = "customs.presentation.v1"


class CheckpointDetermined(Event):
    """The checkpoint of a vehicle, or of goods, as the notice lets expect or as the crossing has settled."""

    type: Literal["CheckpointDetermined"] = "CheckpointDetermined"
    article: Word = "38(1)(5)"
    movement: MovementId | None = None
    consignment: ConsignmentId | None = None
    checkpoint: CheckpointCode
    basis: Literal["notice", "crossing"]

    @model_validator(mode="after")
    def _of_one(self) -> Self:
        if (self.movement is None) == (self.consignment is None):
            raise ValueError("a checkpoint is determined either for a movement or for a consignment")
        return self


class VehiclePresented(Event):
    """The carrier showed the vehicle to customs; `shown` is when."""

    type: Literal["VehiclePresented"] = "VehiclePresented"
    article: Word = "37(2)"
    movement: MovementId
    checkpoint: CheckpointCode
    seals_found_intact: tuple[Seal, ...] = ()
    findings: tuple[Finding, ...] = ()
    shown: Instant | None = None


class VehicleFindingsRecorded(Event):
    """What a crossing that was recorded after the presentation shows of the vehicle."""

    type: Literal["VehicleFindingsRecorded"] = "VehicleFindingsRecorded"
    article: Word = "37(2)"
    movement: MovementId
    findings: tuple[Finding, ...]


class VehicleFindingsWithdrawn(Event):
    """What of the findings on the vehicle does not hold, by what was recorded after them."""

    type: Literal["VehicleFindingsWithdrawn"] = "VehicleFindingsWithdrawn"
    article: Word = "37(2)"
    movement: MovementId
    findings: tuple[Finding, ...]


class GoodsPresented(Event):
    """The carrier showed the goods to customs; `shown` is when."""

    type: Literal["GoodsPresented"] = "GoodsPresented"
    article: Word = "37(2)"
    consignment: ConsignmentId
    checkpoint: CheckpointCode
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    findings: tuple[Finding, ...] = ()
    shown: Instant | None = None


class GoodsFindingsRecorded(Event):
    """What a crossing that was recorded after the presentation shows of the goods."""

    type: Literal["GoodsFindingsRecorded"] = "GoodsFindingsRecorded"
    article: Word = "37(2)"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]


class GoodsFindingsWithdrawn(Event):
    """What of the findings on the goods does not hold, by what was recorded after them."""

    type: Literal["GoodsFindingsWithdrawn"] = "GoodsFindingsWithdrawn"
    article: Word = "37(2)"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]


EVENTS: tuple[type[Event], ...] = (
    CheckpointDetermined,
    VehiclePresented,
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    GoodsPresented,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
)
