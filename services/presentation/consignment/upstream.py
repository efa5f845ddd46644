"""What `arrival` says of goods: how they were to come in, and how they did, on each vehicle that carries them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar, assert_never

from contracts.arrival import (
    ConsignmentAnnounced,
    GoodsArrivalWithdrawn,
    GoodsArrived,
    GoodsCrossed,
    GoodsCrossingCorrected,
    GoodsCrossingWithdrawn,
    GoodsJourneyChanged,
    GoodsJourneyWithdrawn,
)
from contracts.calls import with_numbers
from contracts.links import linked
from contracts.papers import Papers
from contracts.seals import Seal, in_order
from contracts.values import CheckpointCode, Instant, MovementId, Packages
from decider import Matter, replace
from law.calendar import LATEST
from presentation.way import (
    ON_LAND,
    UNKNOWN,
    Applied,
    Call,
    Plan,
    Visit,
    Way,
    applies,
    by,
    came_to,
    crossed_at,
    gone_from,
    led,
    not_crossed,
    planned,
)

Planned: TypeAlias = ConsignmentAnnounced | GoodsJourneyChanged | GoodsJourneyWithdrawn
Crossed: TypeAlias = GoodsCrossed | GoodsCrossingCorrected | GoodsCrossingWithdrawn
Heard: TypeAlias = Planned | Crossed | GoodsArrived | GoodsArrivalWithdrawn | Applied


@dataclass(frozen=True, kw_only=True)
class Carriage:
    """The goods, or part of them, on one vehicle."""

    movement: MovementId
    way: Way = UNKNOWN
    packages: Packages | None = None
    container_seals: tuple[Seal, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AlsoNamed:
    """A movement that was joined into another: a name of that vehicle on that journey."""

    movement: MovementId
    into: MovementId


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """The goods on the vehicles that carry them: a consignment may be spread over several, each on its own way."""

    carriages: tuple[Carriage, ...] = ()
    joined: tuple[AlsoNamed, ...] = ()

    def name_of(self, movement: MovementId | None) -> MovementId | None:
        """Under which the vehicle stands."""
        into = {each.movement: each.into for each in self.joined}
        for _ in self.joined:  # No name leads further than by all of them, whatever was told of them.
            movement = into.get(movement, movement) if movement else movement
        return movement


class OfVehicle(Protocol):
    """Said of goods that one vehicle brought, by one of its names; of those of no one in particular by none."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def movement(self) -> MovementId | None: ...


S = TypeVar("S", bound=OfVehicle)


def as_named(said: Iterable[S], arrival: Arrival) -> tuple[S, ...]:
    """Each of its vehicle under the name under which that stands, whichever of its names was stated."""
    if not arrival.joined:
        return tuple(said)
    return tuple(replace(each, movement=arrival.name_of(each.movement)) for each in said)


def announced(arrival: Arrival, event: Planned, known: Instant) -> Arrival:
    """What stands in the place of another announcement says nothing of the way: that is told behind it."""
    before = of(arrival.carriages, event.movement)
    match event:
        case ConsignmentAnnounced(mode=mode):
            calls = calls_of(event, event.route or (event.checkpoint,))
            plan = Plan(stated=event.submitted, known=known, mode=mode, calls=calls)
            way = before.way if event.instead_of else planned(before.way, plan)
        case GoodsJourneyChanged(mode=mode):
            calls = calls_of(event, event.route)
            plan = Plan(stated=event.stated, known=known, mode=mode, calls=calls)
            way = led(before.way, plan) if event.anew else planned(before.way, plan)
        case GoodsJourneyWithdrawn(movement=movement, joined_into=into):
            way = led(before.way, None)
            arrival = replace(arrival, joined=with_name(arrival.joined, movement, into))
        case _:
            assert_never(event)
    return with_change(arrival, replace(before, way=way))


def with_name(joined: tuple[AlsoNamed, ...], movement: MovementId, into: MovementId | None) -> tuple[AlsoNamed, ...]:
    new = {AlsoNamed(movement=movement, into=into)} if into else set()
    return tuple(sorted({*joined, *new}, key=lambda each: (each.movement, each.into)))


def goods_crossed(arrival: Arrival, event: Crossed, known: Instant) -> Arrival:
    before = of(arrival.carriages, event.movement)
    if isinstance(event, GoodsCrossingWithdrawn):
        return with_change(arrival, replace(before, way=not_crossed(before.way), packages=None, container_seals=()))
    way = crossed_at(before.way, event.mode, event.place, event.crossed, known)
    seals = seals_named_in(event.papers)
    return with_change(arrival, replace(before, way=way, packages=event.packages, container_seals=seals))


def seals_named_in(papers: Papers | None) -> tuple[Seal, ...]:
    """Of containers: each says which container it is on."""
    containers = papers.containers or () if papers else ()
    return in_order(replace(seal, on=seal.on or each.number) for each in containers for seal in each.seals or ())


def goods_came(arrival: Arrival, event: GoodsArrived | GoodsArrivalWithdrawn, known: Instant) -> Arrival:
    before = of(arrival.carriages, event.movement)
    if isinstance(event, GoodsArrivalWithdrawn):
        return with_change(arrival, replace(before, way=gone_from(before.way, event.checkpoint, event.withdraws)))
    visit = Visit(
        arrived=event.arrived,
        known=known,
        place=event.checkpoint,
        mode=event.mode,
        here=event.unloaded,
        call=event.call,
    )
    return with_change(arrival, replace(before, way=came_to(before.way, visit, event.corrects, event.instead_of)))


def chapter_applies(arrival: Arrival, event: Applied, known: Instant) -> Arrival:
    if event.movement is None:
        return arrival
    before = of(arrival.carriages, event.movement)
    return with_change(arrival, replace(before, way=applies(before.way, event, known)))


def calls_of(said: ConsignmentAnnounced | GoodsJourneyChanged, route: tuple[CheckpointCode, ...]) -> tuple[Call, ...]:
    """On land the line that the goods go along, otherwise the calls that unload them."""
    if said.mode in ON_LAND:
        return tuple(Call(place=place, here=True) for place in route)
    numbered = with_numbers(said.unloaded_at, said.unloading_calls)
    return tuple(Call(place=place, number=number, here=True) for place, number in numbered)


def with_change(arrival: Arrival, changed: Carriage) -> Arrival:
    """As they crossed, those that did not yet behind them, whatever was recorded first; without one that never was."""
    carriages = [each for each in arrival.carriages if each.movement != changed.movement]
    if changed != Carriage(movement=changed.movement):
        carriages.append(changed)
    return replace(
        arrival, carriages=tuple(sorted(carriages, key=lambda each: (each.way.crossed or LATEST, each.movement)))
    )


def of(carriages: tuple[Carriage, ...], movement: MovementId) -> Carriage:
    """The one on this vehicle."""
    return next((each for each in carriages if each.movement == movement), Carriage(movement=movement))


def crossed_by(carriages: tuple[Carriage, ...], shown: Instant | None) -> tuple[Carriage, ...]:
    """Those that had crossed by then, as far as the chapter on arrival applies to them."""
    return tuple(each for each in at(carriages, shown) if each.way.crossed and each.way.applies)


def container_seals(crossed: tuple[Carriage, ...]) -> tuple[Seal, ...]:
    """Of all vehicles."""
    return in_order(seal for each in crossed for seal in each.container_seals)


def all_outside(carriages: tuple[Carriage, ...], shown: Instant | None) -> bool:
    """None of what carries them fell under the chapter on arrival by then."""
    return bool(carriages) and not any(each.way.applies for each in at(carriages, shown))


def at(carriages: tuple[Carriage, ...], shown: Instant | None) -> tuple[Carriage, ...]:
    """As things had come out by then."""
    return tuple(replace(each, way=by(each.way, shown)) for each in carriages)


MATTER = Matter(folds=(announced, goods_crossed, goods_came, chapter_applies, linked))
