"""How an officer of customs found vehicle and goods that were shown (Art. 37(2)), and what he decided.

On a finding, or on where the checkpoint of a vehicle is (Art. 38(1)).
"""

from typing import Literal, TypeAlias

from contracts.event import Event, defined_in
from contracts.seals import Seal, SealFound
from contracts.stating import Stater
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

Packaging: TypeAlias = Literal["whole", "breached", "breached_at_crossing"]
"""The last: it was so when they crossed, as was noted then."""
Condition: TypeAlias = Literal["unchanged", "changed", "changed_at_crossing"]


class _OfAVehicle(Event):
    article: Word = "37(2)"
    rule: Word = "P2"
    movement: MovementId


class VehicleExamined(_OfAVehicle):
    """An officer looked at the vehicle at `examined`: how he found its seals, and which customs opened and put on.

    What follows of findings is recorded and withdrawn by itself.
    """

    type: Literal["VehicleExamined"] = "VehicleExamined"
    checkpoint: CheckpointCode
    seals: tuple[SealFound, ...] = ()
    seals_opened: tuple[Number, ...] = ()
    seals_put_on: tuple[Seal, ...] = ()
    examined: Instant
    stated_by: Stater | None = None


class VehicleExaminationCorrected(_OfAVehicle):
    """What was stated of the examination at `corrects` is as it stands here."""

    type: Literal["VehicleExaminationCorrected"] = "VehicleExaminationCorrected"
    checkpoint: CheckpointCode
    seals: tuple[SealFound, ...] = ()
    seals_opened: tuple[Number, ...] = ()
    seals_put_on: tuple[Seal, ...] = ()
    examined: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class VehicleExaminationWithdrawn(_OfAVehicle):
    """The vehicle was not looked at, as was stated for `withdraws`."""

    type: Literal["VehicleExaminationWithdrawn"] = "VehicleExaminationWithdrawn"
    withdraws: Instant
    reason: Text | None = None


class VehicleFindingDecided(_OfAVehicle):
    """An officer says what a finding comes from, and what follows from it, by which provision; `decided` is when."""

    type: Literal["VehicleFindingDecided"] = "VehicleFindingDecided"
    finding: Finding
    cause: Text
    consequence: Text
    provision: Text | None = None
    decided: Instant
    stated_by: Stater | None = None


class VehicleFindingDecisionCorrected(_OfAVehicle):
    """What was stated of the decision at `corrects` is as it stands here."""

    type: Literal["VehicleFindingDecisionCorrected"] = "VehicleFindingDecisionCorrected"
    finding: Finding
    cause: Text
    consequence: Text
    provision: Text | None = None
    decided: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class VehicleFindingDecisionWithdrawn(_OfAVehicle):
    """Nothing was decided on the finding, as was stated for `withdraws`."""

    type: Literal["VehicleFindingDecisionWithdrawn"] = "VehicleFindingDecisionWithdrawn"
    finding: Finding
    withdraws: Instant
    reason: Text | None = None


class _OfGoods(Event):
    article: Word = "37(2)"
    rule: Word = "P2"
    consignment: ConsignmentId


class GoodsExamined(_OfGoods):
    """An officer looked at the goods, or those of one vehicle, at `examined`: only what he says he found is found.

    `seals` are those of their containers. What follows of findings is recorded and withdrawn by itself.
    """

    type: Literal["GoodsExamined"] = "GoodsExamined"
    checkpoint: CheckpointCode
    movement: MovementId | None = None
    packages_found: Packages | None = None
    packaging: Packaging | None = None
    condition: Condition | None = None
    seals: tuple[SealFound, ...] = ()
    seals_opened: tuple[Number, ...] = ()
    seals_put_on: tuple[Seal, ...] = ()
    examined: Instant
    stated_by: Stater | None = None


class GoodsExaminationCorrected(_OfGoods):
    """What was stated of the examination at `corrects` is as it stands here."""

    type: Literal["GoodsExaminationCorrected"] = "GoodsExaminationCorrected"
    checkpoint: CheckpointCode
    movement: MovementId | None = None
    packages_found: Packages | None = None
    packaging: Packaging | None = None
    condition: Condition | None = None
    seals: tuple[SealFound, ...] = ()
    seals_opened: tuple[Number, ...] = ()
    seals_put_on: tuple[Seal, ...] = ()
    examined: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class GoodsExaminationWithdrawn(_OfGoods):
    """The goods were not looked at, as was stated for `withdraws`."""

    type: Literal["GoodsExaminationWithdrawn"] = "GoodsExaminationWithdrawn"
    withdraws: Instant
    reason: Text | None = None


class GoodsFindingDecided(_OfGoods):
    """An officer says what a finding comes from, and what follows from it, by which provision; `decided` is when."""

    type: Literal["GoodsFindingDecided"] = "GoodsFindingDecided"
    finding: Finding
    cause: Text
    consequence: Text
    provision: Text | None = None
    decided: Instant
    stated_by: Stater | None = None


class GoodsFindingDecisionCorrected(_OfGoods):
    """What was stated of the decision at `corrects` is as it stands here."""

    type: Literal["GoodsFindingDecisionCorrected"] = "GoodsFindingDecisionCorrected"
    finding: Finding
    cause: Text
    consequence: Text
    provision: Text | None = None
    decided: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class GoodsFindingDecisionWithdrawn(_OfGoods):
    """Nothing was decided on the finding, as was stated for `withdraws`."""

    type: Literal["GoodsFindingDecisionWithdrawn"] = "GoodsFindingDecisionWithdrawn"
    finding: Finding
    withdraws: Instant
    reason: Text | None = None


class CheckpointDecided(Event):
    """An officer said then where the checkpoint of the vehicle is, and why; that it is there now follows by itself."""

    type: Literal["CheckpointDecided"] = "CheckpointDecided"
    article: Word = "38(1)"
    rule: Word = "P8"
    movement: MovementId
    checkpoint: CheckpointCode
    call: CallNumber | None = None
    decided: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class CheckpointDecisionCorrected(Event):
    """What was stated to have been decided at `corrects` is as it stands here; `decided` is when."""

    type: Literal["CheckpointDecisionCorrected"] = "CheckpointDecisionCorrected"
    article: Word = "38(1)"
    rule: Word = "P8"
    movement: MovementId
    checkpoint: CheckpointCode
    call: CallNumber | None = None
    decided: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class CheckpointDecisionWithdrawn(Event):
    """What was stated to have been decided at `withdraws` holds no more: the text, and the facts, say where it is."""

    type: Literal["CheckpointDecisionWithdrawn"] = "CheckpointDecisionWithdrawn"
    article: Word = "38(1)"
    rule: Word = "P8"
    movement: MovementId
    withdraws: Instant
    reason: Text | None = None


EXAMINATIONS: tuple[type[Event], ...] = defined_in(__name__)
"""What is found and decided holds nothing: shown is enough."""
