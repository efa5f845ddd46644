"""A vehicle, and the parts of its state, one per author, each folded from that author's events alone."""

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
from contracts.presentation import (
    CheckpointDetermined,
    CheckpointWithdrawn,
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    VehiclePresented,
)
from contracts.replacing import replace
from contracts.values import CheckpointCode, Instant, Journey, Seal
from law import Finding
from presentation import rules
from presentation.journey import UNKNOWN, Call, Lost, Plan, Visit, Way, came_to, lost_by, planned

Heard: TypeAlias = (
    ArrivalNotified | JourneyChanged | BorderCrossed | VehicleArrived | Chapter8NotApplicable | ExemptionLost
)
Own: TypeAlias = (
    CheckpointDetermined | CheckpointWithdrawn | VehiclePresented | VehicleFindingsRecorded | VehicleFindingsWithdrawn
)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: how it was to come in, how it did, and under which seals."""

    way: Way = UNKNOWN
    seals: tuple[Seal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The vehicle as the officer found it."""

    checkpoint: CheckpointCode
    seals_found_intact: tuple[Seal, ...] = ()
    shown: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What this service itself recorded."""

    determined: tuple[CheckpointCode, ...] = ()
    shown: Shown | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Movement:
    arrival: Arrival = Arrival()
    own: Presentation = Presentation()


def arrival_said(arrival: Arrival, event: Heard) -> Arrival:
    way = way_said(arrival.way, event)
    return Arrival(way=way, seals=event.seals if isinstance(event, BorderCrossed) else arrival.seals)


def way_said(way: Way, event: Heard) -> Way:
    match event:
        case ArrivalNotified(submitted=stated, mode=mode):
            # A notice that tells no journey leads to its own checkpoint, and is of goods that are unloaded there.
            calls = calls_of(event.journey) or (Call(place=event.checkpoint, here=True),)
            return planned(way, Plan(stated=stated, mode=mode, calls=calls))
        case JourneyChanged(stated=stated, mode=mode, journey=journey):
            return planned(way, Plan(stated=stated, mode=mode, calls=calls_of(journey)))
        case BorderCrossed(mode=mode, place=place, crossed=crossed):
            return replace(way, mode=mode, place=place, crossed=crossed)
        case VehicleArrived():
            return came_to(way, visit(event))
        case Chapter8NotApplicable():
            return replace(way, exempt=True)
        case ExemptionLost(stopped=stopped, present_at=present_at):
            return lost_by(way, Lost(stopped=stopped, present_at=present_at))
        case _:
            assert_never(event)


def calls_of(journey: Journey) -> tuple[Call, ...]:
    """Art. 38(1) [P8]: any goods work makes a call one that counts: unloading, loading or reloading."""
    return tuple(Call(place=call.place, here=bool(call.work or call.unloads)) for call in journey)


def visit(event: VehicleArrived) -> Visit:
    """Art. 38(1) [P8]: a landing or a stop without goods work is on record and nobody's checkpoint."""
    silent = event.work is None and event.unloads is None
    return Visit(
        arrived=event.arrived,
        place=event.checkpoint,
        mode=event.mode,
        here=None if silent else bool(event.work or event.unloads),
    )


def presentation_recorded(own: Presentation, event: Own) -> Presentation:
    match event:
        case CheckpointDetermined(checkpoint=checkpoint, further=further):
            return replace(own, determined=(checkpoint, *further))
        case CheckpointWithdrawn():
            return replace(own, determined=())
        case VehiclePresented(checkpoint=checkpoint, seals_found_intact=seals, findings=found, shown=instant):
            shown = Shown(checkpoint=checkpoint, seals_found_intact=seals, shown=instant)
            return replace(own, shown=shown, findings=rules.all_of(own.findings, found))
        case VehicleFindingsRecorded(findings=found):
            return replace(own, findings=rules.all_of(own.findings, found))
        case VehicleFindingsWithdrawn(findings=gone):
            return replace(own, findings=rules.further(own.findings, gone))
        case _:
            assert_never(event)
