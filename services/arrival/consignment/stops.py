"""What goods hear of a stop of their vehicle (Art. 37(3))."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from arrival.consignment.crossing import Crossed, WithdrawGoodsCrossing
from arrival.consignment.told import elsewhen
from contracts.arrival import ExemptionLossWithdrawn, ExemptionLost, StopRecorded, StopWithdrawn
from contracts.values import CheckpointCode, ConsignmentId, Instant, MovementId
from decider import Input, Matter, in_order, replace

Said: TypeAlias = StopRecorded | StopWithdrawn | ExemptionLost | ExemptionLossWithdrawn
Gone: TypeAlias = StopWithdrawn | ExemptionLossWithdrawn


@dataclass(frozen=True, kw_only=True)
class RecordGoodsStop:
    """The vehicle with this consignment was not to stop, and did."""

    consignment: ConsignmentId
    movement: MovementId
    place: CheckpointCode
    stopped: Instant
    exemption_lost: bool
    corrects: Instant | None = None
    instead_of: CheckpointCode | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsStop:
    """The vehicle with this consignment did not stop there."""

    consignment: ConsignmentId
    movement: MovementId
    place: CheckpointCode
    stopped: Instant


@dataclass(frozen=True, kw_only=True)
class LoseGoodsExemption:
    """By the officer's decision the vehicle with this consignment lost its exemption (Art. 37(3))."""

    consignment: ConsignmentId
    movement: MovementId
    present_at: CheckpointCode
    stopped: Instant


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsLoss:
    """The decision on a stop of the vehicle with this consignment is gone with it, or was not that one."""

    consignment: ConsignmentId
    movement: MovementId
    present_at: CheckpointCode
    stopped: Instant


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A stop that the goods heard of, with the vehicle that they were on."""

    movement: MovementId
    place: CheckpointCode
    stopped: Instant
    exemption_lost: bool


@dataclass(frozen=True, kw_only=True)
class Loss:
    """A decision that the goods heard of, on a stop of the vehicle that they were on."""

    movement: MovementId
    stopped: Instant
    present_at: CheckpointCode


@dataclass(frozen=True, kw_only=True)
class Stops:
    """All that they heard of, in one order."""

    heard: tuple[Stop, ...] = ()
    losses: tuple[Loss, ...] = ()


def stop(asked: Input[RecordGoodsStop], stops: Stops) -> list[StopRecorded]:
    """Once; goods that did not hear of it as it was stated first hear of it as it is."""
    told = asked.content
    corrects = told.corrects and without_stop(stops, *place_of(told)) != stops.heard
    happened = None if corrects else elsewhen(told.stopped, asked.occurred)
    event = StopRecorded(occurred=happened, **vars(told))
    if not corrects:
        event = event.model_copy(update={"corrects": None, "instead_of": None})
    return [] if stop_of(event) in stops.heard else [event]


def place_of(told: RecordGoodsStop | StopRecorded) -> tuple[MovementId, CheckpointCode, Instant]:
    """Of the stop that is replaced."""
    return told.movement or "", told.instead_of or told.place, told.corrects or told.stopped


def not_stop(asked: Input[WithdrawGoodsStop], stops: Stops) -> list[StopWithdrawn]:
    told = asked.content
    named = told.movement, told.place, told.stopped
    return [
        stop_is_gone(told.consignment, each)
        for each in stops.heard
        if (each.movement, each.place, each.stopped) == named
    ]


def not_lose_exemption(asked: Input[WithdrawGoodsLoss], stops: Stops) -> list[ExemptionLossWithdrawn]:
    told = asked.content
    gone = Loss(movement=told.movement, stopped=told.stopped, present_at=told.present_at)
    return [loss_is_gone(told.consignment, gone)] if gone in stops.losses else []


def lose_exemption(asked: Input[LoseGoodsExemption], stops: Stops) -> list[ExemptionLost]:
    told = asked.content
    event = ExemptionLost(occurred=elsewhen(told.stopped, asked.occurred), **vars(told))
    return [] if loss_of(event) in stops.losses else [event]


def were_not_aboard(asked: Input[WithdrawGoodsCrossing], crossed: Crossed, stops: Stops) -> list[Gone]:
    """Goods that did not cross with a vehicle did not stop with it."""
    told = asked.content
    return all_gone_with(told.consignment, told.movement, stops) if crossed.names(told) else []


def all_gone_with(consignment: ConsignmentId, movement: MovementId, stops: Stops) -> list[Gone]:
    return [
        *(loss_is_gone(consignment, each) for each in stops.losses if each.movement == movement),
        *(stop_is_gone(consignment, each) for each in stops.heard if each.movement == movement),
    ]


def stop_is_gone(consignment: ConsignmentId, of: Stop) -> StopWithdrawn:
    return StopWithdrawn(consignment=consignment, movement=of.movement, place=of.place, withdraws=of.stopped)


def loss_is_gone(consignment: ConsignmentId, of: Loss) -> ExemptionLossWithdrawn:
    return ExemptionLossWithdrawn(
        consignment=consignment, movement=of.movement, present_at=of.present_at, stopped=of.stopped
    )


def stop_of(event: StopRecorded) -> Stop:
    return Stop(
        movement=event.movement or "",
        place=event.place,
        stopped=event.stopped,
        exemption_lost=event.exemption_lost,
    )


def loss_of(event: ExemptionLost | ExemptionLossWithdrawn) -> Loss:
    return Loss(movement=event.movement or "", stopped=event.stopped, present_at=event.present_at)


def recorded(stops: Stops, event: Said) -> Stops:
    match event:
        case StopRecorded():
            said, others = stop_of(event), replace(stops, heard=without_stop(stops, *place_of(event)))
            return replace(
                stops, heard=in_order((*without_stop(others, said.movement, said.place, said.stopped), said))
            )
        case StopWithdrawn(movement=movement, place=place, withdraws=stopped):
            return replace(stops, heard=without_stop(stops, movement or "", place, stopped))
        case ExemptionLost():
            return replace(stops, losses=in_order({*stops.losses, loss_of(event)}))
        case ExemptionLossWithdrawn():
            return replace(stops, losses=tuple(each for each in stops.losses if each != loss_of(event)))
        case _:
            assert_never(event)


def without_stop(stops: Stops, movement: MovementId, place: CheckpointCode, stopped: Instant) -> tuple[Stop, ...]:
    named = movement, place, stopped
    return tuple(each for each in stops.heard if (each.movement, each.place, each.stopped) != named)


MATTER = Matter(commands=(stop, not_stop, lose_exemption, not_lose_exemption, were_not_aboard), folds=(recorded,))
