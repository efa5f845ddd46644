"""A stop of a vehicle that was not to stop, and what the officer decides of it (Art. 37(3))."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from arrival.movement.stops_told import tell_of_a_loss, tell_of_a_stop, tell_of_no_loss, tell_of_no_stop
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visits
from contracts.arrival import ExemptionLossWithdrawn, ExemptionLost, StopRecorded, StopWithdrawn
from contracts.calls import nearest
from contracts.names import OfMovement
from contracts.statements import standing
from contracts.stating import (
    Amendable,
    StatementDiffers,
    Stater,
    corrected,
    differs,
    same,
    stated,
    stater,
    withdrawn,
)
from contracts.values import CheckpointCode, Instant, KnownCheckpoint, Mode, Stopped, Text
from decider import Input, Matter, OpenPoint, opens, replace
from law.rule import rule

Said: TypeAlias = StopRecorded | StopWithdrawn | ExemptionLost | ExemptionLossWithdrawn
Recorded: TypeAlias = StopRecorded | ExemptionLost | StatementDiffers
PutRight: TypeAlias = StopRecorded | ExemptionLost | ExemptionLossWithdrawn | StatementDiffers
TakenBack: TypeAlias = StopWithdrawn | ExemptionLossWithdrawn | StatementDiffers


@dataclass(frozen=True, kw_only=True)
class RecordStop(OfMovement):
    """A vehicle that was not to stop did; the officer decides what that means, and where it is shown (Art. 37(3)).

    `mode` tells places of one name apart, and is no part of what is stated.
    """

    place: KnownCheckpoint
    mode: Mode | None = None
    exemption_lost: bool = False
    present_at: KnownCheckpoint | None = None

    def __post_init__(self) -> None:
        if self.exemption_lost != (self.present_at is not None):
            raise ValueError("`present_at` is named where the exemption is lost, and only there")


@dataclass(frozen=True, kw_only=True)
class CorrectStop(RecordStop):
    """What was stated of a stop, or decided of it, was wrong; the whole of it stands here.

    `place` is what was stated; the right one stands in `right_place`, where that was wrong, too, and the right time in
    `stopped`.
    """

    corrects: Instant
    right_place: KnownCheckpoint | None = None
    stopped: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawStop(OfMovement):
    """The vehicle did not stop there, as was stated; what was decided of it is gone with it."""

    place: KnownCheckpoint
    mode: Mode | None = None
    withdraws: Instant
    reason: Text | None = None


STOP = Amendable(article="37(3)", rule="A8", states=RecordStop, amends=(CorrectStop, WithdrawStop))


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A stop as it was stated, and where the officer decided that vehicle and goods are shown after it."""

    place: CheckpointCode
    exemption_lost: bool = False
    present_at: CheckpointCode | None = None
    at: Instant
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Stops:
    """All of them, in the order in which they happened, and those that were taken back."""

    stated: tuple[Stop, ...] = ()

    @property
    def made(self) -> tuple[Stopped, ...]:
        """Those that stand."""
        made = standing(self.stated)
        return tuple(Stopped(place=each.place, stopped=each.at, present_at=each.present_at) for each in made)

    def of(self, place: CheckpointCode, at: Instant) -> Stop | None:
        return next((each for each in self.stated if (each.place, each.at) == (place, at)), None)


@rule(by="officer")
def record_stop(asked: Input[RecordStop], vehicle: Vehicle, stops: Stops) -> list[Recorded]:
    """Art. 37(3) [A8]: what a stop is, and where to show vehicle and goods after it, is what the officer decides.

    Only by that decision does the chapter apply again; once taken it stands, unless it is put right.
    """
    said = asked.content
    stop = as_stated(said, said.place, asked.occurred)
    found = stated(asked, stop, stops.of(said.place, stop.at), STOP, lambda: recorded_as(asked, stop, vehicle))
    return [*found, *lost_by(asked, stop, vehicle)] if found and found[0].outcome == "recorded" else [*found]


def correct_stop(asked: Input[CorrectStop], vehicle: Vehicle, stops: Stops) -> list[PutRight]:
    """A decision that stays stands all the while; a stop on record by itself is not replaced."""
    said, before = asked.content, stops.of(asked.content.place, asked.content.corrects)
    stop = as_stated(said, said.right_place or said.place, said.stopped or said.corrects)
    there = stops.of(stop.place, stop.at)
    if there and there != before and not there.struck:
        again = same(stop, there) and (before is None or before.struck)
        return [] if again else [differs(asked, STOP, stop, there)]
    right = recorded_as(asked, stop, vehicle).model_copy(
        update={"corrects": said.corrects, "reason": said.reason}
        | {"instead_of": None if stop.place == said.place else said.place}
    )
    found = corrected(asked, stop, before, said.corrects, STOP, lambda: right)
    if right not in found or before is None or (stop.present_at, stop.at) == (before.present_at, before.at):
        return [*found]
    return [*found, *lost_by(asked, stop, vehicle), *not_lost_by(asked, before, vehicle)]


def withdraw_stop(asked: Input[WithdrawStop], vehicle: Vehicle, stops: Stops) -> list[TakenBack]:
    said, before = asked.content, stops.of(asked.content.place, asked.content.withdraws)
    gone = StopWithdrawn(
        movement=said.movement,
        place=said.place,
        withdraws=said.withdraws,
        consignments=vehicle.consignments,
        reason=said.reason,
    )
    found = withdrawn(asked, before, said.withdraws, STOP, lambda: gone)
    return [*found, *(not_lost_by(asked, before, vehicle) if before and gone in found else ())]


def as_stated(said: RecordStop, place: CheckpointCode, at: Instant) -> Stop:
    return Stop(place=place, exemption_lost=said.exemption_lost, present_at=said.present_at, at=at)


def recorded_as(asked: Input[Any], stop: Stop, vehicle: Vehicle) -> StopRecorded:
    return StopRecorded(
        movement=asked.id,
        place=stop.place,
        stopped=stop.at,
        exemption_lost=stop.exemption_lost,
        present_at=stop.present_at,
        consignments=vehicle.consignments,
        stated_by=stater(asked.subject),
    )


def lost_by(asked: Input[Any], stop: Stop, vehicle: Vehicle) -> list[ExemptionLost]:
    if stop.present_at is None:
        return []
    goods = vehicle.consignments
    return [ExemptionLost(movement=asked.id, present_at=stop.present_at, stopped=stop.at, consignments=goods)]


def not_lost_by(asked: Input[Any], stop: Stop, vehicle: Vehicle) -> list[ExemptionLossWithdrawn]:
    if stop.present_at is None:
        return []
    goods = vehicle.consignments
    return [ExemptionLossWithdrawn(movement=asked.id, present_at=stop.present_at, stopped=stop.at, consignments=goods)]


@opens("RecordStop")
@rule(by="officer")
def stop_is_to_be_decided(vehicle: Vehicle, visits: Visits, stops: Stops) -> Iterator[OpenPoint]:
    """Art. 37(3) [A8]: the arrival of a vehicle that was not to stop is put before the officer."""
    if vehicle.exemption != "non_stop":
        return
    decided = [nearest(visits.places, stop.place, stop.stopped) for stop in stops.made]
    for visit in visits.places:
        if visit not in decided:
            yield OpenPoint(act="RecordStop", who="officer", article="37(3)", place=visit.checkpoint, since=visit.at)


def recorded(stops: Stops, event: Said) -> Stops:
    match event:
        case StopRecorded(place=place, stopped=stopped):
            gone = {(place, stopped), (event.instead_of or place, event.corrects or stopped)}
            others = (each for each in stops.stated if (each.place, each.at) not in gone)
            return Stops(stated=in_order_of_time((*others, stop_of(event))))
        case StopWithdrawn(place=place, withdraws=stopped):
            was = place, stopped
            return of_each(stops, lambda each: replace(each, struck=True) if (each.place, each.at) == was else each)
        case ExemptionLost(present_at=present_at, stopped=stopped):
            return of_each(stops, lambda each: decided(each, present_at) if each.at == stopped else each)
        case ExemptionLossWithdrawn(present_at=present_at, stopped=stopped):
            gone_loss = present_at, stopped
            return of_each(stops, lambda each: decided(each, None) if (each.present_at, each.at) == gone_loss else each)
        case _:
            assert_never(event)


def of_each(stops: Stops, changed: Callable[[Stop], Stop]) -> Stops:
    return Stops(stated=tuple(changed(each) for each in stops.stated))


def decided(stop: Stop, present_at: CheckpointCode | None) -> Stop:
    """What was taken back stays as it was stated."""
    return stop if stop.struck else replace(stop, exemption_lost=present_at is not None, present_at=present_at)


def stop_of(event: StopRecorded) -> Stop:
    lost, to = event.exemption_lost, event.present_at
    return Stop(place=event.place, exemption_lost=lost, present_at=to, at=event.stopped, by=event.stated_by)


def in_order_of_time(stops: Iterable[Stop]) -> tuple[Stop, ...]:
    return tuple(sorted(stops, key=lambda each: (each.at, each.place)))


MATTER = Matter(
    commands=(record_stop, correct_stop, withdraw_stop),
    folds=(recorded,),
    tells=(tell_of_a_stop, tell_of_no_stop, tell_of_a_loss, tell_of_no_loss),
    open_points=(stop_is_to_be_decided,),
)
