"""Where a vehicle came to, as it stands on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from contracts import calls
from contracts.arrival import ArrivalWithdrawn, VehicleArrived
from contracts.statements import standing
from contracts.stating import Stater
from contracts.values import Arrived, CheckpointCode, ConsignmentId, Instant, Mode, Work
from contracts.vehicle import MeansOfTransport, in_one_spelling
from decider import replace
from law.rule import Fact, Happened


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A call at a checkpoint. What was not stated is None: of what was done with goods, that is as planned.

    `known` is since when it is on record that it came there at that time.
    """

    at: Instant
    checkpoint: CheckpointCode
    mode: Mode | None = None
    vehicle: MeansOfTransport | None = None
    work: tuple[Work, ...] | None = None
    unloads: tuple[ConsignmentId, ...] | None = None
    call: int | None = None
    by: Stater | None = None
    known: Instant
    struck: bool = False

    @property
    def fact(self) -> Fact:
        """That it came there."""
        return Happened(self.at, self.known)

    @property
    def spelt(self) -> "Visit":
        """As it is compared."""
        return replace(self, vehicle=in_one_spelling(self.vehicle))


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Each call once, in the order in which it came to them, and those that were taken back."""

    stated: tuple[Visit, ...] = ()

    @property
    def places(self) -> tuple[Visit, ...]:
        """Those that stand."""
        return standing(self.stated)

    def at(self, checkpoint: CheckpointCode, at: Instant) -> Visit | None:
        """What was stated of that place for that time."""
        return next((each for each in self.stated if (each.checkpoint, each.at) == (checkpoint, at)), None)

    def that_call(self, checkpoint: CheckpointCode, at: Instant, call: int | None) -> Visit | None:
        """What stands of the call that is meant by these."""
        return calls.that_call(self.places, checkpoint, at, call)

    def meant(self, checkpoint: CheckpointCode, at: Instant) -> Visit | None:
        """What somebody means who puts right, or takes back, what was stated of that place for that time."""
        return (
            self.at(checkpoint, at)
            or calls.nearest(self.places, checkpoint, at)
            or calls.nearest(self.stated, checkpoint, at)
        )

    def but_for(self, visit: Visit | None) -> "Visits":
        return Visits(stated=tuple(each for each in self.stated if each != visit))

    def number_of(self, visit: Visit) -> int:
        """Which call at its place it is."""
        return dict(zip(self.places, calls.numbers(self.places), strict=True))[visit]


def recorded(visits: Visits, event: VehicleArrived | ArrivalWithdrawn, known: Instant) -> Visits:
    before = visits.at(*replaced_by(event))
    now = (event.checkpoint, event.arrived) if isinstance(event, VehicleArrived) else None
    others = [each for each in visits.stated if each != before and (each.checkpoint, each.at) != now]
    match event:
        case VehicleArrived():
            stays = before and (before.checkpoint, before.at) == (event.checkpoint, event.arrived) and not before.struck
            visit = visit_of(event, before.known if before and stays else known)
            return Visits(stated=in_order_of_time((*others, visit)))
        case ArrivalWithdrawn():
            return Visits(stated=in_order_of_time((*others, *((replace(before, struck=True),) if before else ()))))
        case _:
            assert_never(event)


def replaced_by(event: VehicleArrived | ArrivalWithdrawn) -> tuple[CheckpointCode, Instant]:
    """The place and the time for which that was stated in the place of which this stands."""
    if isinstance(event, ArrivalWithdrawn):
        return event.checkpoint, event.withdraws
    return event.instead_of or event.checkpoint, event.corrects or event.arrived


def visit_of(event: VehicleArrived, known: Instant) -> Visit:
    return Visit(
        checkpoint=event.checkpoint,
        at=event.arrived,
        mode=event.mode,
        vehicle=event.vehicle,
        work=event.work,
        unloads=event.unloads,
        call=event.call,
        by=event.stated_by,
        known=known,
    )


def in_order_of_time(visits: Iterable[Visit]) -> tuple[Visit, ...]:
    return tuple(sorted(visits, key=lambda each: (each.at, each.checkpoint)))


def came_to(visit: Visit) -> Arrived:
    return Arrived(
        checkpoint=visit.checkpoint, arrived=visit.at, mode=visit.mode, unloads=visit.unloads, call=visit.call
    )
