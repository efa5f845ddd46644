"""Where a vehicle was, by each of its journeys, and which two of them cannot both be true (Art. 37(1))."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import takewhile
from typing import TypeAlias, assert_never

from arrival.posts import at_two_posts
from arrival.vehicle.told import RecordElsewhere, WithdrawElsewhere
from contracts import streams
from contracts.arrival import VehicleAtTwoPlaces, VehicleAtTwoPlacesWithdrawn, VehicleSighted
from contracts.spelling import folded
from contracts.values import Country, Instant, MovementId, Number
from contracts.vehicle import IdentityKind
from contracts.whereabouts import AllSeen, Seen, VehicleId
from decider import Input, Matter, all_changed, in_order, replace, without
from law import Finding
from law.rule import Fact, Happened, both

Found: TypeAlias = VehicleAtTwoPlaces | VehicleAtTwoPlacesWithdrawn
JOURNEYS_KEPT = 50
"""So many journeys of a vehicle are kept, the last ones: a lorry makes thousands. Older ones are compared no more, and
what was found of them stays."""
WITHIN = timedelta(days=1)
"""Nobody looks further than that for what was at once."""


@dataclass(frozen=True, kw_only=True)
class RecordSightings:
    """A journey says where the vehicle was, all of it; without any place, that it was made with another."""

    vehicle: VehicleId
    kind: IdentityKind
    identity: Number
    nationality: Country | None = None
    movement: MovementId
    seen: AllSeen = ()


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """The vehicle was there then; `known` is since when that is on record."""

    place: Seen
    known: Instant

    @property
    def fact(self) -> Fact:
        return Happened(self.place.at, self.known)


@dataclass(frozen=True, kw_only=True)
class Journey:
    """What one movement says of it, in the order of time."""

    movement: MovementId
    nationality: Country | None = None
    seen: tuple[Sighting, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A finding, and the journey that was told of it."""

    movement: MovementId
    finding: Finding

    @property
    def movements(self) -> set[str]:
        """Both."""
        return {self.movement, str(dict(self.finding.facts)["movement"])}


@dataclass(frozen=True, kw_only=True)
class Sightings:
    """The last of its journeys, sorted, and what is found of them."""

    journeys: tuple[Journey, ...] = ()
    conflicts: tuple[Conflict, ...] = ()

    def of(self, movement: MovementId) -> Journey | None:
        return next((each for each in self.journeys if each.movement == movement), None)


def sighted(asked: Input[RecordSightings], sightings: Sightings) -> list[VehicleSighted]:
    said, stands = asked.content, sightings.of(asked.content.movement)
    if said.seen == places(stands) and (stands is None or said.nationality == stands.nationality):
        return []
    return [VehicleSighted(**vars(said))]


def places(of: Journey | None) -> tuple[Seen, ...]:
    return tuple(each.place for each in of.seen) if of else ()


def found(asked: Input[RecordSightings], sightings: Sightings) -> list[Found]:
    """What the findings are by all that is known, as far as the record says otherwise, for each journey."""
    said = asked.content
    vehicle, now = said.vehicle, tuple(conflicts(folded(said.identity), sightings.journeys))
    concerned = sorted({each.movement for each in (*now, *sightings.conflicts)})
    return [event for each in concerned for event in changed(vehicle, each, now, sightings.conflicts)]


def changed(vehicle: VehicleId, of: MovementId, now: Iterable[Conflict], on_record: Iterable[Conflict]) -> list[Found]:
    return all_changed(
        [each.finding for each in now if each.movement == of],
        [each.finding for each in on_record if each.movement == of],
        begin=lambda new: VehicleAtTwoPlaces(vehicle=vehicle, movement=of, findings=new),
        end=lambda gone: VehicleAtTwoPlacesWithdrawn(vehicle=vehicle, movement=of, findings=gone),
    )


def conflicts(identity: Number, journeys: Iterable[Journey]) -> Iterator[Conflict]:
    """Each sighting is held against the next one elsewhere on another journey: whatever is at once has such a pair."""
    seen = [(sighting, journey) for journey in journeys for sighting in journey.seen]
    seen.sort(key=lambda each: (each[0].place.at, each[0].place.place, each[1].movement))
    for number, (one, of) in enumerate(seen):
        near = takewhile(lambda each, at=one.place.at: each[0].place.at - at < WITHIN, seen[number + 1 :])  # type: ignore[misc]
        for other, another in near:
            if one.place.place != other.place.place and may_be_one(of, another):
                yield from told_both(identity, (one, of), (other, another))
                break


def may_be_one(one: Journey, other: Journey) -> bool:
    """Two journeys, and not of two vehicles that have one number in two countries."""
    countries = {one.nationality, other.nationality} - {None}
    return one.movement != other.movement and len(countries) < 2


def told_both(identity: Number, one: tuple[Sighting, Journey], other: tuple[Sighting, Journey]) -> Iterator[Conflict]:
    fact = both(one[0].fact, other[0].fact)
    for (here, of), (there, another) in ((one, other), (other, one)):
        told = (("movement", another.movement), ("vehicle", identity))
        if finding := at_two_posts(fact, here.place, there.place, told):
            yield Conflict(movement=of.movement, finding=finding)


def recorded(sightings: Sightings, event: VehicleSighted | Found, known: Instant) -> Sightings:
    match event:
        case VehicleSighted():
            return sighted_anew(sightings, event, known)
        case VehicleAtTwoPlaces(movement=movement, findings=new):
            begun = (Conflict(movement=movement, finding=each) for each in new)
            return replace(sightings, conflicts=in_order((*sightings.conflicts, *begun)))
        case VehicleAtTwoPlacesWithdrawn(movement=movement, findings=gone):
            ended = [Conflict(movement=movement, finding=each) for each in gone]
            return replace(sightings, conflicts=without(sightings.conflicts, ended))
        case _:
            assert_never(event)


def sighted_anew(sightings: Sightings, event: VehicleSighted, known: Instant) -> Sightings:
    before = sightings.of(event.movement)
    since = {each.place: each.known for each in before.seen} if before else {}
    seen = tuple(Sighting(place=each, known=since.get(each, known)) for each in event.seen)
    others = (each for each in sightings.journeys if each.movement != event.movement)
    said = (Journey(movement=event.movement, nationality=event.nationality, seen=seen),) if seen else ()
    return forgotten(replace(sightings, journeys=(*others, *said)))


def forgotten(sightings: Sightings) -> Sightings:
    """All but the last journeys, and what is on record of these."""
    by_time = sorted(sightings.journeys, key=lambda each: (each.seen[-1].place.at, each.movement))
    kept = tuple(sorted(by_time[-JOURNEYS_KEPT:], key=lambda each: each.movement))
    names = {each.movement for each in kept}
    gone = {each.movement for each in by_time} - names
    return Sightings(journeys=kept, conflicts=tuple(each for each in sightings.conflicts if not gone & each.movements))


def tell_the_journey(event: Found) -> list[tuple[str, RecordElsewhere | WithdrawElsewhere]]:
    tells = RecordElsewhere if isinstance(event, VehicleAtTwoPlaces) else WithdrawElsewhere
    told = tells(movement=event.movement, vehicle=event.vehicle, findings=event.findings)
    return [(streams.movement(event.movement), told)]


MATTER = Matter(commands=(sighted,), folds=(recorded,), follows=(found,), tells=(tell_the_journey,))
