"""The parts of a consignment, and which of them was shown by what: each at its own place (Arts 37(2), 38(1))."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from contracts.presentation import ToBeShown
from contracts.values import CheckpointCode, Instant, MovementId
from law.calendar import EARLIEST
from law.rule import rule
from presentation.checkpoint import checkpoint_of_goods
from presentation.consignment.upstream import Carriage
from presentation.way import ON_LAND, Way


@dataclass(frozen=True, kw_only=True)
class Part:
    """What came in with a vehicle, and is to be shown at one place; no place is known of what nothing unloads yet.

    `there`: since when it is at that place, None while that is only expected. `crossed`: when the vehicle did.
    """

    movement: MovementId
    place: CheckpointCode | None
    crossed: Instant
    there: Instant | None = None


class Showing(Protocol):
    """As a carrier states it: where, when and, if it says so, from which vehicle."""

    @property
    def movement(self) -> MovementId | None: ...

    @property
    def checkpoint(self) -> CheckpointCode: ...

    @property
    def at(self) -> Instant | None: ...


@rule()
def parts_of(carriages: Iterable[Carriage]) -> tuple[Part, ...]:
    """Art. 37(2) [P1]: each part of goods is shown at its own place: what a vehicle brought, wherever it unloads it.

    Of what has crossed, as far as the chapter on arrival applies to it.
    """
    return tuple(part for each in carriages if each.way.crossed and each.way.applies for part in _of_one(each))


def _of_one(carriage: Carriage) -> Iterable[Part]:
    way, movement = carriage.way, carriage.movement
    crossed = way.crossed or EARLIEST
    found = checkpoint_of_goods(way)
    if found is None:
        return (Part(movement=movement, place=None, crossed=crossed),)
    there = _there(way, crossed)
    return (Part(movement=movement, place=place, crossed=crossed, there=there.get(place)) for place in found.places)


def _there(way: Way, crossed: Instant) -> Mapping[CheckpointCode, Instant]:
    """Since when goods are at the places that facts have settled."""
    if way.lost:
        return {way.lost.present_at: way.lost.stopped}
    if way.by_mode in ON_LAND:
        return {way.place: crossed} if way.place else {}
    return {visit.place: visit.arrived for visit in way.visits}


def to_be_shown(part: Part) -> ToBeShown | None:
    """None of what nothing unloads."""
    return ToBeShown(movement=part.movement, checkpoint=part.place) if part.place else None


@rule()
def shown_by(showing: Showing, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Art. 37(2) [P1]: what is shown at a place is what is to be shown there, of the vehicle that is named.

    Where none is named, of each that had crossed by then. Shown elsewhere it is what was to be shown by then, if that
    is of one vehicle: of several nobody could tell which.
    """
    alone = len({part.movement for part in parts}) == 1
    meant = tuple(part for part in parts if _may_be(part, showing, alone))
    for place in (showing.checkpoint, None):
        if here := tuple(part for part in meant if part.place == place):
            return here
    settled = tuple(part for part in meant if part.there and _by_then(part.there, showing))
    found = settled or (meant if len(meant) == 1 else ())
    return found if len({part.movement for part in found}) == 1 else ()


def _may_be(part: Part, showing: Showing, alone: bool) -> bool:
    if showing.movement:
        return showing.movement == part.movement
    return alone or _by_then(part.crossed, showing)


def _by_then(instant: Instant, showing: Showing) -> bool:
    return showing.at is None or instant <= showing.at
