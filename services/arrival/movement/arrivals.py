"""Where a vehicle came to, and what was done with goods there (Arts 37(1), 38)."""

from dataclasses import dataclass
from typing import Any

from arrival.consignment.arrivals import RecordGoodsArrival, WithdrawGoodsArrival
from arrival.movement.duty import is_due
from arrival.movement.route import Route
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visit, Visits, came_to, recorded, replaced_by, visit_of
from contracts import mode, streams
from contracts.arrival import ArrivalWithdrawn, VehicleArrived
from contracts.names import ConsignmentNames, OfMovement
from contracts.stating import Amendable, StatementDiffers, corrected, differs, same, stated, stater, withdrawn
from contracts.values import (
    Arrived,
    CallNumber,
    CheckpointCode,
    ConsignmentId,
    Instant,
    KnownCheckpoint,
    Mode,
    MovementId,
    Text,
    Work,
    Works,
)
from contracts.vehicle import MeansOfTransport
from decider import Input, Matter, replace
from law.rule import Fact, Happened, rule


@dataclass(frozen=True, kw_only=True)
class RecordArrival(OfMovement):
    """A vehicle has come to a checkpoint (Art. 37(1)); what was done with goods there, left out, is as planned for it.

    `call` says which call at that place it is, where it comes there more than once. Left out, it is the first, or
    another one where the vehicle was elsewhere in between. Said again of the same call, what is left out is not stated,
    and says nothing against what was.
    """

    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    vehicle: MeansOfTransport | None = None
    call: CallNumber | None = None
    work: Works | None = None
    unloads: ConsignmentNames | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectArrival(RecordArrival):
    """What was stated of an arrival was wrong; the whole of it stands here.

    `checkpoint` is the place that was stated; the right one stands in `right_place`, where that was wrong, too, and the
    right time in `arrived`.
    """

    corrects: Instant
    right_place: KnownCheckpoint | None = None
    arrived: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawArrival(OfMovement):
    """The vehicle did not come there, as was stated; `mode` tells places of one name apart."""

    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    withdraws: Instant
    reason: Text | None = None


ARRIVAL = Amendable(article="37(1)", rule="P10", states=RecordArrival, amends=(CorrectArrival, WithdrawArrival))


@rule()
def record_arrival(
    asked: Input[RecordArrival], route: Route, vehicle: Vehicle, visits: Visits
) -> list[VehicleArrived | StatementDiffers]:
    """Art. 38 [P10]: each call of a vehicle at a place is on record once, with what was done there as it happened.

    Of a vehicle that was not to stop, an arrival by itself decides nothing.
    """
    said = asked.content
    before = visits.that_call(said.checkpoint, asked.occurred, said.call)
    visit = as_stated(said, asked, before)
    if before and said.call and visits.number_of(before) == said.call:
        visit = replace(visit, call=before.call)
    came = arrived(asked, visit, route, vehicle, visits)
    return stated(asked, visit, before, ARRIVAL, lambda: came)


def correct_arrival(
    asked: Input[CorrectArrival], route: Route, vehicle: Vehicle, visits: Visits
) -> list[VehicleArrived | StatementDiffers]:
    """Another place to which it is said to have come, too, is an arrival of its own, and is not replaced."""
    said = asked.content
    place, at = said.right_place or said.checkpoint, said.arrived or said.corrects
    before = visits.at(said.checkpoint, said.corrects) or visits.at(place, at)
    before = before or visits.meant(said.checkpoint, said.corrects)
    stays = before is not None and (before.checkpoint, before.at) == (place, at)
    known = before.known if before and stays else asked.recorded
    visit = replace(as_stated(said, Happened(at, known), None), checkpoint=place)
    known_as = said.call or (before.call if before and before.checkpoint == place else None)
    if there := visits.but_for(before).that_call(place, at, known_as):
        again = same(visit, there) and there.at == at and (before is None or before.struck)
        return [] if again else [differs(asked, ARRIVAL, visit, there)]
    came = arrived(asked, visit, route, vehicle, visits).model_copy(
        update={"occurred": None, "corrects": said.corrects, "reason": said.reason}
        | {"left": left_by(visit, before, vehicle), "instead_of": None if place == said.checkpoint else said.checkpoint}
    )
    return corrected(asked, visit, before, said.corrects, ARRIVAL, lambda: came)


def arrived(asked: Input[Any], visit: Visit, route: Route, vehicle: Vehicle, visits: Visits) -> VehicleArrived:
    by = vehicle.mode or visit.mode or mode_of(vehicle, visits, route)
    return VehicleArrived(
        movement=asked.id,
        checkpoint=visit.checkpoint,
        mode=visit.mode,
        arrived=visit.at,
        vehicle=visit.vehicle,
        work=visit.work,
        unloads=visit.unloads,
        call=visit.call,
        notice_due=is_due(visit.fact, by, visit.checkpoint) is not None,
        consignments=concerned(visit, vehicle),
        stated_by=stater(asked.subject),
    )


def concerned(visit: Visit, vehicle: Vehicle) -> tuple[ConsignmentId, ...]:
    """The goods that crossed with it, and those that are said to have left it there."""
    return tuple(sorted({*vehicle.consignments, *(visit.unloads or ())}))


def left_by(visit: Visit, before: Visit | None, vehicle: Vehicle) -> tuple[ConsignmentId, ...]:
    """Those that an arrival concerned only as it was stated before."""
    was = concerned(before, vehicle) if before else ()
    return tuple(sorted({*was} - {*concerned(visit, vehicle)}))


def withdraw_arrival(
    asked: Input[WithdrawArrival], vehicle: Vehicle, visits: Visits
) -> list[ArrivalWithdrawn | StatementDiffers]:
    said, before = asked.content, visits.meant(asked.content.checkpoint, asked.content.withdraws)
    gone = ArrivalWithdrawn(
        movement=said.movement,
        checkpoint=said.checkpoint,
        withdraws=said.withdraws,
        consignments=concerned(before, vehicle) if before else (),
        reason=said.reason,
    )
    return withdrawn(asked, before, said.withdraws, ARRIVAL, lambda: gone)


def as_stated(said: RecordArrival, fact: Fact, before: Visit | None) -> Visit:
    """What is not stated is as it was said before."""
    work, unloads = done_there(said.work, said.unloads)
    silent = before is not None and work is None
    return Visit(
        checkpoint=said.checkpoint,
        at=fact.occurred,
        known=fact.recorded,
        mode=said.mode or (before.mode if before else None),
        call=said.call or (before.call if before else None),
        vehicle=said.vehicle or (before.vehicle if before else None),
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
    return mode.as_it_came(vehicle.mode, (visit.mode for visit in visits.places), route.mode)


def tell_the_goods(event: VehicleArrived) -> list[tuple[str, RecordGoodsArrival]]:
    came = came_to(visit_of(event, event.arrived))
    return of_arrivals(event.movement, event.consignments, (came,), event.corrects, event.instead_of)


def tell_those_that_did_not_come(event: VehicleArrived | ArrivalWithdrawn) -> list[tuple[str, WithdrawGoodsArrival]]:
    """The goods that are not told where the vehicle came to instead."""
    left = event.left if isinstance(event, VehicleArrived) else event.consignments
    place, at = replaced_by(event)
    return [
        (
            streams.consignment(each),
            WithdrawGoodsArrival(consignment=each, movement=event.movement, checkpoint=place, withdraws=at),
        )
        for each in left
    ]


@rule()
def of_arrivals(
    movement: MovementId,
    consignments: tuple[ConsignmentId, ...],
    arrived: tuple[Arrived, ...],
    corrects: Instant | None = None,
    instead_of: CheckpointCode | None = None,
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
                    call=place.call,
                    corrects=corrects,
                    instead_of=instead_of,
                ),
            )
            for each in consignments
        )
    return found


MATTER = Matter(
    commands=(record_arrival, correct_arrival, withdraw_arrival),
    folds=(recorded,),
    tells=(tell_the_goods, tell_those_that_did_not_come),
)
