"""A vehicle that has to be brought to its checkpoint and shown, with its seals as they were."""

from dataclasses import asdict, dataclass, replace
from typing import TypeAlias, assert_never

from contracts.arrival import ArrivalNotified, BorderCrossed
from contracts.presentation import (
    CheckpointDetermined,
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    VehiclePresented,
)
from contracts.values import CheckpointCode, Instant, KnownCheckpoint, MovementId, Seal
from law import Finding, Input, OpenPoint
from presentation import rules


@dataclass(frozen=True, kw_only=True)
class PresentVehicle:
    """The carrier shows the vehicle to customs; which seals are intact is the officer's word (Art. 37(2))."""

    movement: MovementId
    checkpoint: KnownCheckpoint
    seals_found_intact: tuple[Seal, ...] = ()


Heard: TypeAlias = ArrivalNotified | BorderCrossed
Own: TypeAlias = CheckpointDetermined | VehiclePresented | VehicleFindingsRecorded | VehicleFindingsWithdrawn
HEARS: tuple[type, ...] = (ArrivalNotified, BorderCrossed)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: where it was to come in, where and when it did, and under which seals."""

    planned: CheckpointCode | None = None
    crossed_at: CheckpointCode | None = None
    crossed: Instant | None = None
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

    determined: CheckpointCode | None = None
    shown: Shown | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Movement:
    arrival: Arrival = Arrival()
    own: Presentation = Presentation()


INITIAL = Movement()


def decide(given: Input[PresentVehicle | Heard], movement: Movement) -> list[Own]:
    match given.content:
        case PresentVehicle(movement=id_, checkpoint=checkpoint, seals_found_intact=seals):
            before = movement.own.shown
            if before and not rules.was_shown_before(given.occurred, before.shown):
                return []  # It was shown already, and is looked at once.
            intact = tuple(sorted(set(seals)))
            shown = Shown(checkpoint=checkpoint, seals_found_intact=intact, shown=given.occurred)
            presented = VehiclePresented(movement=id_, **asdict(shown), findings=findings(shown, movement.arrival))
            return [presented, *late_findings(id_, evolve(movement, presented))]
        case ArrivalNotified(movement=id_) | BorderCrossed(movement=id_):
            return [*checkpoint_determined(id_, movement), *late_findings(id_, movement)]
        case unknown:
            assert_never(unknown)


def checkpoint_determined(id_: MovementId, movement: Movement) -> list[Own]:
    """Recorded at each change of the result, and not otherwise."""
    found = rules.first_checkpoint_along_the_line(movement.arrival.planned, movement.arrival.crossed_at)
    if found is None or found[0] == movement.own.determined:
        return []
    return [CheckpointDetermined(movement=id_, checkpoint=found[0], basis=found[1])]


def late_findings(id_: MovementId, movement: Movement) -> list[Own]:
    """What the findings are by all that is known, as far as the record says otherwise."""
    if movement.own.shown is None:
        return []
    now, before = findings(movement.own.shown, movement.arrival), movement.own.findings
    gone, new = rules.further(before, now), rules.further(now, before)
    found: list[Own] = [VehicleFindingsWithdrawn(movement=id_, findings=gone)] if gone else []
    return [*found, VehicleFindingsRecorded(movement=id_, findings=new)] if new else found


def findings(shown: Shown, arrival: Arrival) -> tuple[Finding, ...]:
    if arrival.crossed is None or not rules.came_before(arrival.crossed, shown.shown):
        return ()
    found = (
        rules.seals_are_intact(arrival.seals, shown.seals_found_intact),
        rules.shown_at_its_checkpoint(shown.checkpoint, arrival.crossed_at),
    )
    return tuple(finding for finding in found if finding)


def evolve(movement: Movement, event: Heard | Own) -> Movement:
    match event:
        case ArrivalNotified() | BorderCrossed():
            return replace(movement, arrival=heard(movement.arrival, event))
        case _:
            return replace(movement, own=recorded(movement.own, event))


def heard(arrival: Arrival, event: Heard) -> Arrival:
    match event:
        case ArrivalNotified(route=route, checkpoint=checkpoint):
            return replace(arrival, planned=route[0] if route else checkpoint)
        case BorderCrossed(place=place, crossed=crossed, seals=seals):
            return replace(arrival, crossed_at=place, crossed=crossed, seals=seals)
        case _:
            assert_never(event)


def recorded(own: Presentation, event: Own) -> Presentation:
    match event:
        case CheckpointDetermined(checkpoint=checkpoint):
            return replace(own, determined=checkpoint)
        case VehiclePresented(checkpoint=checkpoint, seals_found_intact=seals, findings=found, shown=instant):
            shown = Shown(checkpoint=checkpoint, seals_found_intact=seals, shown=instant)
            return replace(own, shown=shown, findings=rules.all_of(own.findings, found))
        case VehicleFindingsRecorded(findings=found):
            return replace(own, findings=rules.all_of(own.findings, found))
        case VehicleFindingsWithdrawn(findings=gone):
            return replace(own, findings=rules.further(own.findings, gone))
        case _:
            assert_never(event)


def open_points(movement: Movement) -> tuple[OpenPoint, ...]:
    return rules.still_to_be_shown("PresentVehicle", movement.own.shown is not None, movement.arrival.crossed_at)
