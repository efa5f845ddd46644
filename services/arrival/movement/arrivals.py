"""Where a vehicle came to, and what was done with goods there (Arts 37(1), 38)."""

from dataclasses import dataclass

from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.movement.duty import is_due
from arrival.movement.journey import Route
from arrival.movement.vehicle import Vehicle
from contracts import mode, streams
from contracts.arrival import VehicleArrived
from contracts.values import (
    Arrived,
    CheckpointCode,
    ConsignmentId,
    ConsignmentIds,
    Instant,
    KnownCheckpoint,
    Mode,
    MovementId,
    Work,
    Works,
)
from contracts.vehicle import MeansOfTransport
from decider import Input, Matter
from law.rule import Fact, Happened, rule


@dataclass(frozen=True, kw_only=True)
class RecordArrival:
    """A vehicle has come to a checkpoint (Art. 37(1)); what was done with goods there, left out, is as planned for it.

    Said again of the same place with other work, it is a correction: when it arrived stands as it was said first.
    """

    movement: MovementId
    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    vehicle: MeansOfTransport | None = None
    work: Works | None = None
    unloads: ConsignmentIds | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A checkpoint that it came to. What was not stated is None: of what was done with goods, that is as planned."""

    arrived: Instant
    checkpoint: CheckpointCode
    mode: Mode | None = None
    work: tuple[Work, ...] | None = None
    unloads: tuple[ConsignmentId, ...] | None = None
    known: Instant

    @property
    def fact(self) -> Fact:
        """That it came there."""
        return Happened(self.arrived, self.known)


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Each place once, in the order in which it came to them."""

    places: tuple[Visit, ...] = ()


@rule()
def record_arrival(asked: Input[RecordArrival], route: Route, vehicle: Vehicle, visits: Visits) -> list[VehicleArrived]:
    """Art. 38 [P10]: each place that a vehicle comes to is on record once, with what was done there as it happened.

    The same place said again with other work corrects what was said; of a vehicle that was not to stop, an arrival by
    itself decides nothing.
    """
    said = asked.content
    before = next((each for each in visits.places if each.checkpoint == said.checkpoint), None)
    visit = visited(said, asked, before)
    if visit == before:
        return []
    concerned = {*vehicle.consignments, *(visit.unloads or ())}
    by = vehicle.mode or visit.mode or mode_of(vehicle, visits, route)
    return [
        VehicleArrived(
            occurred=None if visit.arrived == asked.occurred else visit.arrived,
            movement=said.movement,
            checkpoint=visit.checkpoint,
            mode=visit.mode,
            arrived=visit.arrived,
            vehicle=said.vehicle,
            work=visit.work,
            unloads=visit.unloads,
            notice_due=is_due(visit.fact, by, visit.checkpoint) is not None,
            corrects=before.arrived if before else None,
            consignments=tuple(sorted({*concerned, *(before.unloads or ())} if before else concerned)),
        )
    ]


def visited(arrival: RecordArrival, said: Fact, before: Visit | None) -> Visit:
    """The place as it is now on record: what is not stated stays as it was said before."""
    work, unloads = done_there(arrival.work, arrival.unloads)
    silent = before is not None and work is None
    return Visit(
        checkpoint=arrival.checkpoint,
        arrived=before.arrived if before else said.occurred,
        known=before.known if before else said.recorded,
        mode=arrival.mode or (before.mode if before else None),
        work=before.work if before and silent else work,
        unloads=before.unloads if before and silent else unloads,
    )


def done_there(
    work: tuple[Work, ...] | None, unloads: tuple[ConsignmentId, ...] | None
) -> tuple[tuple[Work, ...] | None, tuple[ConsignmentId, ...] | None]:
    """Where goods are named there was unloading; where there was none, no goods were unloaded."""
    if work is None and unloads is None:
        return None, None
    unloading: tuple[Work, ...] = ("unload",) if unloads else ()
    done = tuple(sorted({*(work or ()), *unloading}))
    if unloads is None and "unload" not in done:
        return done, ()
    return done, None if unloads is None else tuple(sorted(set(unloads)))


def mode_of(vehicle: Vehicle, visits: Visits, route: Route) -> Mode | None:
    return mode.for_notices(vehicle.mode, (visit.mode for visit in visits.places), route.mode)


def recorded(visits: Visits, event: VehicleArrived, known: Instant) -> Visits:
    """What corrects an arrival is known since that was."""
    before = [each for each in visits.places if each.checkpoint == event.checkpoint]
    visit = Visit(
        checkpoint=event.checkpoint,
        arrived=event.arrived,
        mode=event.mode,
        work=event.work,
        unloads=event.unloads,
        known=before[0].known if before else known,
    )
    others = (each for each in visits.places if each.checkpoint != visit.checkpoint)
    return Visits(places=tuple(sorted((*others, visit), key=lambda each: (each.arrived, each.checkpoint))))


def came_to(visit: Visit | VehicleArrived) -> Arrived:
    return Arrived(checkpoint=visit.checkpoint, arrived=visit.arrived, mode=visit.mode, unloads=visit.unloads)


def tell_the_goods(event: VehicleArrived) -> list[tuple[str, RecordGoodsArrival]]:
    return of_arrivals(event.movement, event.consignments, (came_to(event),))


@rule()
def of_arrivals(
    movement: MovementId, consignments: tuple[ConsignmentId, ...], arrived: tuple[Arrived, ...]
) -> list[tuple[str, RecordGoodsArrival]]:
    """Art. 5(1)(19), 5(1)(28) [F8]: goods arrive with the vehicle that they crossed in, and hear if they left it."""
    found: list[tuple[str, RecordGoodsArrival]] = []
    for place in arrived:
        unloads = None if place.unloads is None else frozenset(place.unloads)
        found += (
            (
                streams.consignment(each),
                RecordGoodsArrival(
                    consignment=each,
                    movement=movement,
                    mode=place.mode,
                    checkpoint=place.checkpoint,
                    arrived=place.arrived,
                    unloaded=None if unloads is None else each in unloads,
                ),
            )
            for each in consignments
        )
    return found


MATTER = Matter(commands=(record_arrival,), folds=(recorded,), tells=(tell_the_goods,))
