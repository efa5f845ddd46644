"""A vehicle that has to be brought to its checkpoint and shown, with its seals as they were."""

from dataclasses import dataclass
from typing import assert_never

from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    Chapter8NotApplicable,
    ExemptionLost,
    JourneyChanged,
    VehicleArrived,
)
from contracts.presentation import VehicleFindingsRecorded, VehicleFindingsWithdrawn, VehiclePresented
from contracts.replacing import replace
from contracts.values import KnownCheckpoint, MovementId, Seals
from law import Finding, Input, OpenPoint
from presentation import rules, vehicle
from presentation.journey import applies, by, checkpoint_of_vehicle, settled
from presentation.vehicle import Arrival, Heard, Movement, Own, Shown


@dataclass(frozen=True, kw_only=True)
class PresentVehicle:
    """The carrier shows the vehicle to customs; which seals are intact is the officer's word (Art. 37(2))."""

    movement: MovementId
    checkpoint: KnownCheckpoint
    seals_found_intact: Seals = ()


HEARS: tuple[type, ...] = (
    ArrivalNotified,
    JourneyChanged,
    BorderCrossed,
    VehicleArrived,
    Chapter8NotApplicable,
    ExemptionLost,
)


INITIAL = Movement()


def decide(given: Input[PresentVehicle | Heard], movement: Movement) -> list[Own]:
    match given.content:
        case PresentVehicle(movement=id_, checkpoint=checkpoint, seals_found_intact=seals):
            before = movement.own.shown
            if before and not rules.was_shown_before(given.occurred, before.shown):
                return []  # It was shown already, and is looked at once.
            intact = tuple(sorted(set(seals)))
            shown = Shown(checkpoint=checkpoint, seals_found_intact=intact, shown=given.occurred)
            presented = VehiclePresented(movement=id_, **vars(shown), findings=findings(shown, movement.arrival))
            return [presented, *late_findings(id_, evolve(movement, presented))]
        case Chapter8NotApplicable() | ExemptionLost() as heard:
            return concluded(heard.movement, movement) if heard.movement else []
        case ArrivalNotified() | JourneyChanged() | BorderCrossed() | VehicleArrived() as heard:
            return concluded(heard.movement, movement)
        case unknown:
            assert_never(unknown)


def concluded(id_: MovementId, movement: Movement) -> list[Own]:
    """Where it is to be shown, and what the findings are, by all that is known."""
    found = checkpoint_of_vehicle(movement.arrival.way)
    return [*rules.checkpoint_is(found, movement.own.determined, movement=id_), *late_findings(id_, movement)]


def late_findings(id_: MovementId, movement: Movement) -> list[Own]:
    """What the findings are by all that is known, as far as the record says otherwise."""
    if movement.own.shown is None:
        return []
    now, before = findings(movement.own.shown, movement.arrival), movement.own.findings
    gone, new = rules.further(before, now), rules.further(now, before)
    found: list[Own] = [VehicleFindingsWithdrawn(movement=id_, findings=gone)] if gone else []
    return [*found, VehicleFindingsRecorded(movement=id_, findings=new)] if new else found


def findings(shown: Shown, arrival: Arrival) -> tuple[Finding, ...]:
    """By what had happened when it was shown; none of what is outside the chapter on arrival."""
    way = by(arrival.way, shown.shown)
    if not applies(way):
        return ()
    found = (
        rules.seals_are_intact(arrival.seals if way.crossed else (), shown.seals_found_intact),
        rules.shown_at_its_checkpoint(shown.checkpoint, settled(way, checkpoint_of_vehicle(way))),
    )
    return tuple(finding for finding in found if finding)


def evolve(movement: Movement, event: Heard | Own) -> Movement:
    match event:
        case ArrivalNotified() | JourneyChanged() | BorderCrossed() | VehicleArrived():
            return replace(movement, arrival=vehicle.arrival_said(movement.arrival, event))
        case Chapter8NotApplicable() | ExemptionLost():
            return replace(movement, arrival=vehicle.arrival_said(movement.arrival, event))
        case _:
            return replace(movement, own=vehicle.presentation_recorded(movement.own, event))


def open_points(movement: Movement) -> tuple[OpenPoint, ...]:
    way = movement.arrival.way
    found = checkpoint_of_vehicle(way) if way.crossed or way.lost else None
    return rules.still_to_be_shown("PresentVehicle", movement.own.shown is not None, found)
