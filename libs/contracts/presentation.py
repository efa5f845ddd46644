"""What `presentation` writes: at which checkpoint vehicle and goods are to be shown, and how they were found."""

from dataclasses import dataclass
from typing import Literal, Self

from pydantic import model_validator

from contracts.event import Event, defined_in
from contracts.examinations import EXAMINATIONS
from contracts.links import FactsPassedOn
from contracts.papers import Location
from contracts.seals import Seal
from contracts.stating import StatementDiffers, Stater
from contracts.values import (
    CallNumber,
    CheckpointCode,
    ConsignmentId,
    Instant,
    MovementId,
    Number,
    Packages,
    Text,
    Word,
)
from law import Finding

TOPIC = "customs.presentation.v1"


class _OfEither(Event):
    """Of a movement or of a consignment."""

    movement: MovementId | None = None
    consignment: ConsignmentId | None = None

    @model_validator(mode="after")
    def _of_either(self) -> Self:
        if (self.movement is None) == (self.consignment is None):
            raise ValueError("a checkpoint is determined either for a movement or for a consignment")
        return self


@dataclass(frozen=True, kw_only=True, slots=True)
class ToBeShown:
    """The part of a consignment that this vehicle brought, and where it is to be shown; `call`, where not the first."""

    movement: MovementId
    checkpoint: CheckpointCode
    call: CallNumber | None = None


class CheckpointDetermined(_OfEither):
    """The checkpoint of a vehicle, or of goods: by the journey as planned, by the facts, or by the officer's decision.

    `further` are other places at which parts of the same goods are to be shown; `replaces` is the checkpoint that was
    determined before and is none any more. Article and rule are those of the mode of transport (Art. 38(1)). `call` is
    which call at the checkpoint it is, and `further_calls` those at the others, where not all are the first.
    """

    type: Literal["CheckpointDetermined"] = "CheckpointDetermined"
    article: Word = "38(1)(5)"
    rule: Word = "P7"
    checkpoint: CheckpointCode
    basis: Literal["journey", "facts", "officer"]
    further: tuple[CheckpointCode, ...] = ()
    replaces: CheckpointCode | None = None
    call: CallNumber | None = None
    further_calls: tuple[CallNumber, ...] = ()


class CheckpointWithdrawn(_OfEither):
    """What was determined holds no more, and nothing stands in its place: by the facts there is no checkpoint here."""

    type: Literal["CheckpointWithdrawn"] = "CheckpointWithdrawn"
    article: Word = "38(1)"
    rule: Word = "P10"
    checkpoint: CheckpointCode


class VehiclePresented(Event):
    """The carrier showed the vehicle to customs; `shown` is when.

    `seals_put_on` are those that were put on there, in the place of others or as new ones.
    """

    type: Literal["VehiclePresented"] = "VehiclePresented"
    article: Word = "37(2)"
    rule: Word = "P1"
    movement: MovementId
    checkpoint: CheckpointCode
    seals_found_intact: tuple[Number, ...] | None = None
    seals_put_on: tuple[Seal, ...] = ()
    findings: tuple[Finding, ...] = ()
    shown: Instant | None = None
    stated_by: Stater | None = None


class VehiclePresentationCorrected(Event):
    """How and where the vehicle was shown, as was stated for `corrects`, is as it stands here; `shown` is when.

    What follows of findings is recorded and withdrawn by itself.
    """

    type: Literal["VehiclePresentationCorrected"] = "VehiclePresentationCorrected"
    article: Word = "37(2)"
    rule: Word = "P1"
    movement: MovementId
    checkpoint: CheckpointCode
    seals_found_intact: tuple[Number, ...] | None = None
    seals_put_on: tuple[Seal, ...] = ()
    shown: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class VehiclePresentationWithdrawn(Event):
    """The vehicle was not shown, as was stated for `withdraws`; its findings are withdrawn by themselves."""

    type: Literal["VehiclePresentationWithdrawn"] = "VehiclePresentationWithdrawn"
    article: Word = "37(2)"
    rule: Word = "P1"
    movement: MovementId
    withdraws: Instant
    reason: Text | None = None


class VehicleFindingsRecorded(Event):
    """What a crossing that was recorded after the presentation shows of the vehicle."""

    type: Literal["VehicleFindingsRecorded"] = "VehicleFindingsRecorded"
    article: Word = "37(2)"
    rule: Word = "P2"
    movement: MovementId
    findings: tuple[Finding, ...]


class VehicleFindingsWithdrawn(Event):
    """What of the findings on the vehicle does not hold, by what was recorded after them."""

    type: Literal["VehicleFindingsWithdrawn"] = "VehicleFindingsWithdrawn"
    article: Word = "37(2)"
    rule: Word = "P2"
    movement: MovementId
    findings: tuple[Finding, ...]


class GoodsPresented(Event):
    """The carrier showed the goods to customs, `location` is where they lay; `shown` is when.

    `movement` is the vehicle that brought what was shown, where that was said: goods that came with several, or are
    unloaded at several places, are shown in parts. `container_seals_intact` are the seals of their containers that were
    found whole, where somebody looked.
    """

    type: Literal["GoodsPresented"] = "GoodsPresented"
    article: Word = "37(2)"
    rule: Word = "P1"
    consignment: ConsignmentId
    checkpoint: CheckpointCode
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    location: Location | None = None
    findings: tuple[Finding, ...] = ()
    shown: Instant | None = None
    stated_by: Stater | None = None
    container_seals_intact: tuple[Number, ...] | None = None
    movement: MovementId | None = None
    call: CallNumber | None = None


class GoodsPresentationCorrected(Event):
    """How and where the goods were shown, as was stated for `corrects`, is as it stands here; `shown` is when.

    `stated_of` is the vehicle that it had been stated of, None where of none. What follows of findings is recorded and
    withdrawn by itself.
    """

    type: Literal["GoodsPresentationCorrected"] = "GoodsPresentationCorrected"
    article: Word = "37(2)"
    rule: Word = "P1"
    consignment: ConsignmentId
    checkpoint: CheckpointCode
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    location: Location | None = None
    shown: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None
    container_seals_intact: tuple[Number, ...] | None = None
    movement: MovementId | None = None
    call: CallNumber | None = None
    stated_of: MovementId | None = None


class GoodsPresentationWithdrawn(Event):
    """The goods were not shown, as was stated for `withdraws`, of the vehicle `stated_of` where it was of one.

    Their findings are withdrawn by themselves.
    """

    type: Literal["GoodsPresentationWithdrawn"] = "GoodsPresentationWithdrawn"
    article: Word = "37(2)"
    rule: Word = "P1"
    consignment: ConsignmentId
    withdraws: Instant
    reason: Text | None = None
    stated_of: MovementId | None = None


class PartsStillToBePresented(Event):
    """Of goods of which a part was shown, those parts that came in and were not; none where nothing waits any more."""

    type: Literal["PartsStillToBePresented"] = "PartsStillToBePresented"
    article: Word = "37(2)"
    rule: Word = "P1"
    consignment: ConsignmentId
    parts: tuple[ToBeShown, ...] = ()


class GoodsFindingsRecorded(Event):
    """What a crossing that was recorded after the presentation shows of the goods."""

    type: Literal["GoodsFindingsRecorded"] = "GoodsFindingsRecorded"
    article: Word = "37(2)"
    rule: Word = "P2"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]


class GoodsFindingsWithdrawn(Event):
    """What of the findings on the goods does not hold, by what was recorded after them."""

    type: Literal["GoodsFindingsWithdrawn"] = "GoodsFindingsWithdrawn"
    article: Word = "37(2)"
    rule: Word = "P2"
    consignment: ConsignmentId
    findings: tuple[Finding, ...]


EVENTS: tuple[type[Event], ...] = (
    *defined_in(__name__), *EXAMINATIONS, StatementDiffers, FactsPassedOn,
)  # fmt: skip
