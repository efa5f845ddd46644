"""What `arrival` says of a vehicle: how it was to come in, how it did, and under which seals."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    Chapter8NotApplicable,
    ExemptionLost,
    JourneyChanged,
    VehicleArrived,
)
from contracts.seals import Seal
from contracts.values import Instant, Journey
from decider import Matter, replace
from law.rule import rule
from presentation.way import UNKNOWN, Call, Lost, Plan, Visit, Way, came_to, lost_by, planned

Heard: TypeAlias = (
    ArrivalNotified | JourneyChanged | BorderCrossed | VehicleArrived | Chapter8NotApplicable | ExemptionLost
)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: how it was to come in, how it did, and under which seals."""

    way: Way = UNKNOWN
    seals: tuple[Seal, ...] = ()


def arrival_said(arrival: Arrival, event: Heard, known: Instant) -> Arrival:
    way = way_said(arrival.way, event, known)
    return Arrival(way=way, seals=event.seals if isinstance(event, BorderCrossed) else arrival.seals)


def way_said(way: Way, event: Heard, known: Instant) -> Way:
    match event:
        case ArrivalNotified(submitted=stated, mode=mode):
            # A notice that tells no journey leads to its own checkpoint, and is of goods that are unloaded there.
            calls = calls_of(event.journey) or (Call(place=event.checkpoint, here=True),)
            return planned(way, Plan(stated=stated, known=known, mode=mode, calls=calls))
        case JourneyChanged(stated=stated, mode=mode, journey=journey):
            return planned(way, Plan(stated=stated, known=known, mode=mode, calls=calls_of(journey)))
        case BorderCrossed(mode=mode, place=place, crossed=crossed):
            return replace(way, mode=mode, place=place, crossed=crossed, known=known)
        case VehicleArrived():
            return came_to(way, visit(event, known))
        case Chapter8NotApplicable():
            return replace(way, exempt=True)
        case ExemptionLost(stopped=stopped, present_at=present_at):
            return lost_by(way, Lost(stopped=stopped, known=known, present_at=present_at))
        case _:
            assert_never(event)


@rule()
def calls_of(journey: Journey) -> tuple[Call, ...]:
    """Art. 38(1) [P8]: any goods work makes a call one that counts: unloading, loading or reloading."""
    return tuple(Call(place=call.place, here=bool(call.work or call.unloads)) for call in journey)


@rule()
def visit(event: VehicleArrived, known: Instant) -> Visit:
    """Art. 38(1) [P8]: a landing or a stop without goods work is on record and nobody's checkpoint."""
    silent = event.work is None and event.unloads is None
    return Visit(
        arrived=event.arrived,
        known=known,
        place=event.checkpoint,
        mode=event.mode,
        here=None if silent else bool(event.work or event.unloads),
    )


MATTER = Matter(folds=(arrival_said,))
