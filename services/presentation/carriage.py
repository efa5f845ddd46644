"""Goods on the vehicles that carry them: a consignment may be spread over several, each on a way of its own."""

from dataclasses import dataclass

from contracts.replacing import replace
from contracts.values import CheckpointCode, Instant, MovementId, Packages
from law.calendar import LATEST
from presentation.journey import UNKNOWN, Determined, Way, applies, by, checkpoint_of_goods, settled


@dataclass(frozen=True, kw_only=True)
class Carriage:
    """The goods, or part of them, on one vehicle."""

    movement: MovementId
    way: Way = UNKNOWN
    packages: Packages | None = None


def with_change(carriages: tuple[Carriage, ...], changed: Carriage) -> tuple[Carriage, ...]:
    """As they crossed, those that did not yet behind them, whatever was recorded first."""
    others = (each for each in carriages if each.movement != changed.movement)
    return tuple(sorted((*others, changed), key=lambda each: (each.way.crossed or LATEST, each.movement)))


def of(carriages: tuple[Carriage, ...], movement: MovementId) -> Carriage:
    """The one on this vehicle."""
    return next((each for each in carriages if each.movement == movement), Carriage(movement=movement))


def checkpoint(carriages: tuple[Carriage, ...]) -> Determined | None:
    """Of goods on several vehicles the one that crossed first settles it, of those by which they come in at all."""
    found = (checkpoint_of_goods(each.way) for each in carriages)
    return next((each for each in found if each), None)


def crossed_by(carriages: tuple[Carriage, ...], shown: Instant | None) -> tuple[Carriage, ...]:
    """Those that had crossed by then, as far as the chapter on arrival applies to them."""
    return tuple(each for each in at(carriages, shown) if each.way.crossed and applies(each.way))


def settled_for(crossed: tuple[Carriage, ...]) -> tuple[CheckpointCode, ...]:
    """The places to show the goods, by the first of these that settles any."""
    found = (settled(each.way, checkpoint_of_goods(each.way)) for each in crossed)
    return next((places for places in found if places), ())


def all_outside(carriages: tuple[Carriage, ...], shown: Instant | None) -> bool:
    """None of what carries them fell under the chapter on arrival by then."""
    return bool(carriages) and not any(applies(each.way) for each in at(carriages, shown))


def at(carriages: tuple[Carriage, ...], shown: Instant | None) -> tuple[Carriage, ...]:
    """As things had come out by then."""
    return tuple(replace(each, way=by(each.way, shown)) for each in carriages)
