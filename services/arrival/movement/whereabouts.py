"""Where a vehicle was on its journey: at a post that was not open, or not for its mode; what cannot be (Art. 37(1))."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, assert_never

from arrival.movement.arrivals import CorrectArrival, RecordArrival, WithdrawArrival
from arrival.movement.crossing import CorrectCrossing, RecordCrossing, WithdrawCrossing
from arrival.movement.elsewhere import (
    CorrectArrivalElsewhere,
    OutsidePosts,
    RecordArrivalElsewhere,
    WithdrawArrivalElsewhere,
)
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visits
from arrival.posts import at_two_posts, post_not_established, there_before_it_crossed, without_legal_basis
from arrival.vehicle.sightings import RecordSightings
from arrival.vehicle.told import RecordElsewhere, WithdrawElsewhere
from contracts import streams
from contracts.arrival import (
    ArrivalWithdrawn,
    BorderCrossed,
    CrossingCorrected,
    CrossingWithdrawn,
    VehicleArrived,
    WhereaboutsFindingsRecorded,
    WhereaboutsFindingsWithdrawn,
)
from contracts.spelling import folded
from contracts.values import CheckpointCode, Mode, Number
from contracts.vehicle import IdentityKind, MeansOfTransport
from contracts.whereabouts import LASTING, Seen, Whereabouts
from decider import Input, Matter, all_changed, in_order, replace, without
from law import Finding
from law.rule import Fact, Happened, both

Moves: TypeAlias = (
    RecordCrossing | CorrectCrossing | WithdrawCrossing | RecordArrival | CorrectArrival | WithdrawArrival
    | RecordArrivalElsewhere | CorrectArrivalElsewhere | WithdrawArrivalElsewhere
)  # fmt: skip
Moved: TypeAlias = BorderCrossed | CrossingCorrected | CrossingWithdrawn | VehicleArrived | ArrivalWithdrawn
Found: TypeAlias = WhereaboutsFindingsRecorded | WhereaboutsFindingsWithdrawn


@dataclass(frozen=True, kw_only=True)
class Known:
    """A vehicle by its identity, as that is compared."""

    kind: IdentityKind
    identity: Number


@dataclass(frozen=True, kw_only=True)
class Named:
    """A vehicle that was named with the arrival at a place, or with the crossing; struck where it is no more."""

    vehicle: Known
    came_to: CheckpointCode | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Tracked:
    """Each vehicle that the journey was ever said to be made with, and what is found, by itself and by others."""

    named: tuple[Named, ...] = ()
    findings: tuple[Finding, ...] = ()
    elsewhere: tuple[Finding, ...] = ()

    @property
    def vehicles(self) -> tuple[Known, ...]:
        return in_order({each.vehicle for each in self.named})


@dataclass(frozen=True, kw_only=True)
class Spot:
    """Where it was, by which fact, and with which vehicle, as far as one is stated."""

    place: Seen
    fact: Fact
    vehicle: MeansOfTransport | None = None
    mode: Mode | None = None


def crossed(vehicle: Vehicle) -> Spot | None:
    crossing = vehicle.crossing
    if crossing is None or crossing.struck or crossing.place is None:
        return None
    place = Seen(place=crossing.place, at=crossing.at)
    fact = Happened(crossing.at, crossing.known)
    return Spot(place=place, fact=fact, vehicle=crossing.vehicle, mode=crossing.mode)


def came(vehicle: Vehicle, visits: Visits) -> list[Spot]:
    """An arrival that names no vehicle is of the one that crossed."""
    crossing = vehicle.crossing
    own = crossing.vehicle if crossing and not crossing.struck else None
    return [
        Spot(
            place=Seen(place=each.checkpoint, at=each.at),
            fact=each.fact,
            vehicle=each.vehicle or own,
            mode=each.mode or vehicle.mode,
        )
        for each in visits.places
    ]


def spots(vehicle: Vehicle, visits: Visits) -> list[Spot]:
    """In the order of time."""
    crossing = crossed(vehicle)
    every = [*((crossing,) if crossing else ()), *came(vehicle, visits)]
    return sorted(every, key=lambda each: (each.place.at, each.place.place))


def findings_follow(
    asked: Input[Moves], vehicle: Vehicle, visits: Visits, outside: OutsidePosts, tracked: Tracked
) -> list[Found]:
    """What this journey by itself says that cannot be, as far as the record says otherwise."""
    return all_changed(
        in_order({*findings(vehicle, visits), *of_other_places(vehicle, outside)}),
        tracked.findings,
        begin=lambda new: WhereaboutsFindingsRecorded(movement=asked.id, findings=new),
        end=lambda gone: WhereaboutsFindingsWithdrawn(movement=asked.id, findings=gone),
    )


def findings(vehicle: Vehicle, visits: Visits) -> Iterator[Finding]:
    """One after the other: whatever is at once has such a pair."""
    crossing = crossed(vehicle)
    yield from of_posts(vehicle, visits)
    for one, other in pairwise(spots(vehicle, visits)):
        if found := at_two_posts(both(one.fact, other.fact), one.place, other.place):
            yield found
    for each in came(vehicle, visits) if crossing else ():
        if crossing and (early := there_before_it_crossed(both(each.fact, crossing.fact), each.place, crossing.place)):
            yield early


def of_posts(vehicle: Vehicle, visits: Visits) -> Iterator[Finding]:
    """None of what the chapter on arrival does not cover (Art. 37(3))."""
    for each in spots(vehicle, visits) if not vehicle.exemption else ():
        if found := post_not_established(each.fact, each.place, each.mode):
            yield found


def of_other_places(vehicle: Vehicle, outside: OutsidePosts) -> Iterator[Finding]:
    """Where it crossed, or came to, and no checkpoint is."""
    crossing = vehicle.crossing if vehicle.crossed and not vehicle.exemption else None
    places = [(each.fact, each.elsewhere, each.at) for each in outside.standing]
    if crossing and crossing.elsewhere:
        places.append((Happened(crossing.at, crossing.known), crossing.elsewhere, crossing.at))
    for fact, place, at in places:
        if found := without_legal_basis(fact, place, at):
            yield found


def elsewhere(
    asked: Input[RecordElsewhere | WithdrawElsewhere], tracked: Tracked
) -> list[WhereaboutsFindingsRecorded | WhereaboutsFindingsWithdrawn]:
    """What the vehicle says of this journey and another, as far as it is not on record."""
    said = asked.content
    new = without(said.findings, tracked.elsewhere)
    if isinstance(said, RecordElsewhere):
        return [WhereaboutsFindingsRecorded(movement=asked.id, vehicle=said.vehicle, findings=new)] if new else []
    gone = without(said.findings, new)
    return [WhereaboutsFindingsWithdrawn(movement=asked.id, vehicle=said.vehicle, findings=gone)] if gone else []


def where_it_was(event: Moved, vehicle: Vehicle, visits: Visits, tracked: Tracked) -> Moved:
    """Of every vehicle that was ever named, so that one that is named no more hears it, too."""
    if not tracked.vehicles:
        return event
    every = [(known_as(each.vehicle), each) for each in spots(vehicle, visits)]
    told = tuple(whereabouts(each, [spot for known, spot in every if known == each]) for each in tracked.vehicles)
    return event.model_copy(update={"whereabouts": told})


def whereabouts(known: Known, seen: list[Spot]) -> Whereabouts:
    named = [each.vehicle for each in seen if each.vehicle]
    return Whereabouts(
        kind=known.kind,
        identity=named[0].identity if named else known.identity,
        nationality=next((each.nationality for each in named if each.nationality), None),
        seen=tuple(each.place for each in seen),
    )


def known_as(vehicle: MeansOfTransport | None) -> Known | None:
    """None of what cannot be told from others on another journey."""
    if vehicle is None or vehicle.kind not in LASTING:
        return None
    return Known(kind=vehicle.kind, identity=folded(vehicle.identity))


def tell_the_vehicle(event: Moved) -> list[tuple[str, RecordSightings]]:
    found = []
    for each in event.whereabouts or ():
        vehicle = streams.vehicle_id(each.kind, each.identity)
        told = RecordSightings(
            vehicle=vehicle,
            kind=each.kind,
            identity=each.identity,
            nationality=each.nationality,
            movement=event.movement,
            seen=each.seen,
        )
        found.append((streams.vehicle(vehicle), told))
    return found


def named(tracked: Tracked, event: Moved) -> Tracked:
    """What was named with the same crossing, or arrival, before is struck."""
    place = event.checkpoint if isinstance(event, VehicleArrived | ArrivalWithdrawn) else None
    gone = {place, (event.instead_of or place) if isinstance(event, VehicleArrived) else place}
    now = None if isinstance(event, CrossingWithdrawn | ArrivalWithdrawn) else known_as(event.vehicle)
    before = {replace(each, struck=True) if each.came_to in gone else each for each in tracked.named}
    if now:
        again = Named(vehicle=now, came_to=place)
        before = {*(before - {replace(again, struck=True)}), again}
    return replace(tracked, named=in_order(before))


def recorded(tracked: Tracked, event: Found) -> Tracked:
    before = tracked.elsewhere if event.vehicle else tracked.findings
    match event:
        case WhereaboutsFindingsRecorded(findings=new):
            after = in_order({*before, *new})
        case WhereaboutsFindingsWithdrawn(findings=gone):
            after = without(before, gone)
        case _:
            assert_never(event)
    return replace(tracked, elsewhere=after) if event.vehicle else replace(tracked, findings=after)


MATTER = Matter(
    commands=(elsewhere,),
    folds=(named, recorded),
    follows=(findings_follow,),
    completes=(where_it_was,),
    tells=(tell_the_vehicle,),
)
