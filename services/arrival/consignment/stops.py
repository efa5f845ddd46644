"""What goods hear of a stop of their vehicle (Art. 37(3))."""

from dataclasses import dataclass

from arrival.consignment.told import elsewhen
from contracts.arrival import ExemptionLost, StopRecorded
from contracts.values import CheckpointCode, ConsignmentId, Instant, MovementId
from decider import Input, Matter


@dataclass(frozen=True, kw_only=True)
class RecordGoodsStop:
    """The vehicle with this consignment was not to stop, and did."""

    consignment: ConsignmentId
    movement: MovementId
    place: CheckpointCode
    stopped: Instant
    exemption_lost: bool


@dataclass(frozen=True, kw_only=True)
class LoseGoodsExemption:
    """By the officer's decision the vehicle with this consignment lost its exemption (Art. 37(3))."""

    consignment: ConsignmentId
    movement: MovementId
    present_at: CheckpointCode
    stopped: Instant


def stop(asked: Input[RecordGoodsStop]) -> list[StopRecorded]:
    told = asked.content
    return [StopRecorded(occurred=elsewhen(told.stopped, asked.occurred), **vars(told))]


def lose_exemption(asked: Input[LoseGoodsExemption]) -> list[ExemptionLost]:
    told = asked.content
    return [ExemptionLost(occurred=elsewhen(told.stopped, asked.occurred), **vars(told))]


MATTER = Matter(
    commands=(stop, lose_exemption),
    unfolded=(StopRecorded, ExemptionLost),  # Passed on as it was told; nothing here asks for it again.
)
