"""A stop of a vehicle that was not to stop, and what the officer decides of it (Art. 37(3))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from arrival.consignment.stops import LoseGoodsExemption, RecordGoodsStop
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visits
from contracts import streams
from contracts.arrival import ExemptionLost, StopRecorded
from contracts.values import CheckpointCode, ConsignmentId, Instant, KnownCheckpoint, MovementId, Stopped
from decider import Input, Matter, OpenPoint, opens, replace
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class RecordStop:
    """A vehicle that was not to stop did; the officer decides what that means, and where it is shown (Art. 37(3))."""

    movement: MovementId
    place: KnownCheckpoint
    exemption_lost: bool = False
    present_at: KnownCheckpoint | None = None

    def __post_init__(self) -> None:
        if self.exemption_lost != (self.present_at is not None):
            raise ValueError("`present_at` is named where the exemption is lost, and only there")


@dataclass(frozen=True, kw_only=True)
class Stops:
    """All of them, in the order in which they happened."""

    made: tuple[Stopped, ...] = ()


@rule(by="officer")
def record_stop(asked: Input[RecordStop], vehicle: Vehicle, stops: Stops) -> list[StopRecorded | ExemptionLost]:
    """Art. 37(3) [A8]: what a stop is, and where to show vehicle and goods after it, is what the officer decides.

    Only by that decision does the chapter apply again; once taken it stands.
    """
    stop, occurred = asked.content, asked.occurred
    same = [each for each in stops.made if (each.place, each.stopped) == (stop.place, occurred)]
    if same and (same[0].present_at or not stop.exemption_lost):
        return []
    stopped = StopRecorded(
        movement=stop.movement,
        place=stop.place,
        stopped=occurred,
        exemption_lost=stop.exemption_lost,
        consignments=vehicle.consignments,
    )
    if stop.present_at is None:
        return [stopped]
    lost = ExemptionLost(
        movement=stop.movement, present_at=stop.present_at, stopped=occurred, consignments=vehicle.consignments
    )
    return [stopped, lost]


@opens("RecordStop")
@rule(by="officer")
def stop_is_to_be_decided(vehicle: Vehicle, visits: Visits, stops: Stops) -> Iterator[OpenPoint]:
    """Art. 37(3) [A8]: the arrival of a vehicle that was not to stop is put before the officer."""
    if vehicle.exemption != "non_stop":
        return
    decided = {stop.place for stop in stops.made}
    for visit in visits.places:
        if visit.checkpoint not in decided:
            yield OpenPoint(act="RecordStop", who="officer", article="37(3)", place=visit.checkpoint)


def recorded(stops: Stops, event: StopRecorded | ExemptionLost) -> Stops:
    match event:
        case StopRecorded(place=place, stopped=stopped):
            return Stops(made=stops_with(stops.made, Stopped(place=place, stopped=stopped)))
        case ExemptionLost(present_at=present_at, stopped=stopped):
            return Stops(made=lost_by(stops.made, stopped, present_at))
        case _:
            assert_never(event)


def stops_with(stops: tuple[Stopped, ...], stop: Stopped) -> tuple[Stopped, ...]:
    """Each stop once; one by which the exemption is lost stays that."""
    if any((each.place, each.stopped) == (stop.place, stop.stopped) for each in stops):
        return stops
    return tuple(sorted((*stops, stop), key=lambda each: (each.stopped, each.place)))


def lost_by(stops: tuple[Stopped, ...], stopped: Instant, present_at: CheckpointCode) -> tuple[Stopped, ...]:
    return tuple(replace(each, present_at=present_at) if each.stopped == stopped else each for each in stops)


def tell_of_a_stop(event: StopRecorded) -> list[tuple[str, RecordGoodsStop]]:
    return of_stop(event.movement or "", event.consignments, event.place, event.stopped, event.exemption_lost)


def tell_of_a_loss(event: ExemptionLost) -> list[tuple[str, LoseGoodsExemption]]:
    return of_loss(event.movement or "", event.consignments, event.stopped, event.present_at)


@rule(by="officer")
def of_stop(
    movement: MovementId, consignments: tuple[ConsignmentId, ...], place: CheckpointCode, stopped: Instant, lost: bool
) -> list[tuple[str, RecordGoodsStop]]:
    """Art. 37(3) [A8]: what the officer decides of a stop concerns the goods as much as the vehicle."""
    return [
        (
            streams.consignment(each),
            RecordGoodsStop(consignment=each, movement=movement, place=place, stopped=stopped, exemption_lost=lost),
        )
        for each in consignments
    ]


@rule(by="officer")
def of_loss(
    movement: MovementId, consignments: tuple[ConsignmentId, ...], stopped: Instant, present_at: CheckpointCode
) -> list[tuple[str, LoseGoodsExemption]]:
    """Art. 37(3) [A8]: where the exemption is lost, the goods are shown where the vehicle is."""
    return [
        (
            streams.consignment(each),
            LoseGoodsExemption(consignment=each, movement=movement, stopped=stopped, present_at=present_at),
        )
        for each in consignments
    ]


MATTER = Matter(
    commands=(record_stop,),
    folds=(recorded,),
    tells=(tell_of_a_stop, tell_of_a_loss),
    open_points=(stop_is_to_be_decided,),
)
