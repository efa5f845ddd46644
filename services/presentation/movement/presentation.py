"""Showing the vehicle, with its seals as they were (Art. 37(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.presentation import VehicleFindingsRecorded, VehicleFindingsWithdrawn, VehiclePresented
from contracts.seals import Seal, SealNumbers, Seals, missing
from contracts.seals import in_order as sorted_once
from contracts.values import CheckpointCode, Instant, KnownCheckpoint, MovementId, Number
from decider import Input, Matter, OpenPoint, all_changed, in_order, opens, replace, without
from law import Finding
from law.rule import Fact, Happened, rule
from presentation.checkpoint import checkpoint_of_vehicle, settled, shown_elsewhere
from presentation.movement.upstream import Arrival
from presentation.showing import still_to_be_shown, was_shown_before
from presentation.way import by

Found: TypeAlias = VehicleFindingsRecorded | VehicleFindingsWithdrawn


@dataclass(frozen=True, kw_only=True)
class PresentVehicle:
    """The carrier shows the vehicle to customs; which seals are intact is the officer's word (Art. 37(2)).

    Those by their numbers, however spelt; `seals_put_on` are new ones.
    """

    movement: MovementId
    checkpoint: KnownCheckpoint
    seals_found_intact: SealNumbers = ()
    seals_put_on: Seals = ()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The vehicle as the officer found it."""

    checkpoint: CheckpointCode
    seals_found_intact: tuple[Number, ...] = ()
    shown: Instant | None = None
    known: Instant

    @property
    def fact(self) -> Fact:
        """That it was shown so."""
        return Happened(self.shown or self.known, self.known)


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """The vehicle as it was shown, None while it was not, and what is found of it."""

    shown: Shown | None = None
    findings: tuple[Finding, ...] = ()


def present(asked: Input[PresentVehicle], arrival: Arrival, presentation: Presentation) -> list[VehiclePresented]:
    """It is looked at once."""
    said, before = asked.content, presentation.shown
    if before and not was_shown_before(asked, before.shown):
        return []
    intact = tuple(sorted(set(said.seals_found_intact)))
    shown = Shown(checkpoint=said.checkpoint, seals_found_intact=intact, shown=asked.occurred, known=asked.recorded)
    return [
        VehiclePresented(
            movement=said.movement,
            checkpoint=shown.checkpoint,
            seals_found_intact=intact,
            seals_put_on=sorted_once(said.seals_put_on),
            shown=shown.shown,
            findings=findings(shown, arrival),
        )
    ]


def findings_follow(asked: Input[object], arrival: Arrival, presentation: Presentation) -> list[Found]:
    """What the findings are by all that is known, as far as the record says otherwise."""
    if presentation.shown is None:
        return []
    return all_changed(
        findings(presentation.shown, arrival),
        presentation.findings,
        begin=lambda new: VehicleFindingsRecorded(movement=asked.id, findings=new),
        end=lambda gone: VehicleFindingsWithdrawn(movement=asked.id, findings=gone),
    )


def findings(shown: Shown, arrival: Arrival) -> tuple[Finding, ...]:
    """By what had happened when it was shown; none of what is outside the chapter on arrival."""
    way = by(arrival.way, shown.shown)
    if not way.applies:
        return ()
    found = (
        broken_seals(shown.fact, arrival.seals if way.crossed else (), shown.seals_found_intact),
        shown_elsewhere(shown.fact, shown.checkpoint, settled(way, checkpoint_of_vehicle(way))),
    )
    return tuple(finding for finding in found if finding)


@rule()
def broken_seals(_: Fact, crossed_with: tuple[Seal, ...], found_intact: tuple[Number, ...]) -> Finding | None:
    """Art. 37(2) [P2]: every seal that was on the vehicle when it crossed is intact when it is shown.

    The article forbids the damage and names no refusal, so this is a finding; cause and consequence are the officer's.
    A number is the same in another spelling, and is shown as it was written at the crossing.
    """
    broken = missing(crossed_with, found_intact)
    return Finding(rule="P2", article="37(2)", facts=(("broken", broken),)) if broken else None


def recorded(presentation: Presentation, event: VehiclePresented | Found, known: Instant) -> Presentation:
    match event:
        case VehiclePresented(checkpoint=checkpoint, seals_found_intact=seals, findings=found, shown=instant):
            shown = Shown(checkpoint=checkpoint, seals_found_intact=seals, shown=instant, known=known)
            return Presentation(shown=shown, findings=in_order({*presentation.findings, *found}))
        case VehicleFindingsRecorded(findings=found):
            return replace(presentation, findings=in_order({*presentation.findings, *found}))
        case VehicleFindingsWithdrawn(findings=gone):
            return replace(presentation, findings=without(presentation.findings, gone))
        case _:
            assert_never(event)


@opens("PresentVehicle")
def still_to_be_done(arrival: Arrival, presentation: Presentation) -> Iterator[OpenPoint]:
    way = arrival.way
    found = checkpoint_of_vehicle(way) if way.crossed or way.lost else None
    yield from still_to_be_shown("PresentVehicle", presentation.shown is not None, found)


MATTER = Matter(commands=(present,), folds=(recorded,), follows=(findings_follow,), open_points=(still_to_be_done,))
