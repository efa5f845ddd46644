"""What `arrival` says of goods: how they were to come in, and how they did, on each vehicle that carries them."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.arrival import (
    Chapter8NotApplicable,
    ConsignmentAnnounced,
    ExemptionLost,
    GoodsArrived,
    GoodsCrossed,
    GoodsJourneyChanged,
)
from contracts.values import CheckpointCode, Instant, Mode, MovementId, Packages
from decider import Matter, replace
from law.calendar import LATEST
from presentation.way import ON_LAND, UNKNOWN, Call, Lost, Plan, Visit, Way, by, came_to, lost_by, planned

Heard: TypeAlias = (
    ConsignmentAnnounced | GoodsJourneyChanged | GoodsCrossed | GoodsArrived | Chapter8NotApplicable | ExemptionLost
)


@dataclass(frozen=True, kw_only=True)
class Carriage:
    """The goods, or part of them, on one vehicle."""

    movement: MovementId
    way: Way = UNKNOWN
    packages: Packages | None = None


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """The goods on the vehicles that carry them: a consignment may be spread over several, each on its own way."""

    carriages: tuple[Carriage, ...] = ()


def arrival_said(arrival: Arrival, event: Heard, known: Instant) -> Arrival:
    if event.movement is None:
        return arrival
    before = of(arrival.carriages, event.movement)
    after = replace(before, way=way_said(before.way, event, known))
    if isinstance(event, GoodsCrossed):
        after = replace(after, packages=event.packages)
    return Arrival(carriages=with_change(arrival.carriages, after))


def way_said(way: Way, event: Heard, known: Instant) -> Way:
    match event:
        case ConsignmentAnnounced(submitted=stated, mode=mode, route=route, unloaded_at=unloaded_at):
            line = route or (event.checkpoint,)
            return planned(way, Plan(stated=stated, known=known, mode=mode, calls=calls_of(mode, line, unloaded_at)))
        case GoodsJourneyChanged(stated=stated, mode=mode, route=route, unloaded_at=unloaded_at):
            return planned(way, Plan(stated=stated, known=known, mode=mode, calls=calls_of(mode, route, unloaded_at)))
        case GoodsCrossed(mode=mode, place=place, crossed=crossed):
            return replace(way, mode=mode, place=place, crossed=crossed, known=known)
        case GoodsArrived(arrived=arrived, checkpoint=checkpoint, mode=mode, unloaded=unloaded):
            return came_to(way, Visit(arrived=arrived, known=known, place=checkpoint, mode=mode, here=unloaded))
        case Chapter8NotApplicable():
            return replace(way, exempt=True)
        case ExemptionLost(stopped=stopped, present_at=present_at):
            return lost_by(way, Lost(stopped=stopped, known=known, present_at=present_at))
        case _:
            assert_never(event)


def calls_of(
    mode: Mode, route: tuple[CheckpointCode, ...], unloaded_at: tuple[CheckpointCode, ...]
) -> tuple[Call, ...]:
    """On land the line that the goods go along, otherwise the places that unload them."""
    return tuple(Call(place=place, here=True) for place in (route if mode in ON_LAND else unloaded_at))


def with_change(carriages: tuple[Carriage, ...], changed: Carriage) -> tuple[Carriage, ...]:
    """As they crossed, those that did not yet behind them, whatever was recorded first."""
    others = (each for each in carriages if each.movement != changed.movement)
    return tuple(sorted((*others, changed), key=lambda each: (each.way.crossed or LATEST, each.movement)))


def of(carriages: tuple[Carriage, ...], movement: MovementId) -> Carriage:
    """The one on this vehicle."""
    return next((each for each in carriages if each.movement == movement), Carriage(movement=movement))


def crossed_by(carriages: tuple[Carriage, ...], shown: Instant | None) -> tuple[Carriage, ...]:
    """Those that had crossed by then, as far as the chapter on arrival applies to them."""
    return tuple(each for each in at(carriages, shown) if each.way.crossed and each.way.applies)


def all_outside(carriages: tuple[Carriage, ...], shown: Instant | None) -> bool:
    """None of what carries them fell under the chapter on arrival by then."""
    return bool(carriages) and not any(each.way.applies for each in at(carriages, shown))


def at(carriages: tuple[Carriage, ...], shown: Instant | None) -> tuple[Carriage, ...]:
    """As things had come out by then."""
    return tuple(replace(each, way=by(each.way, shown)) for each in carriages)


MATTER = Matter(folds=(arrival_said,))
