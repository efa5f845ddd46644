"""The parts of a consignment, and which of them was shown by what: each at its own place (Arts 37(2), 38(1))."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from contracts.calls import numbers, unless_first
from contracts.presentation import ToBeShown
from contracts.values import CheckpointCode, Instant, MovementId
from law.calendar import EARLIEST
from law.rule import rule
from presentation.checkpoint import Place, checkpoint_of_goods
from presentation.consignment.upstream import Carriage
from presentation.way import ON_LAND, Way


@dataclass(frozen=True, kw_only=True)
class Part:
    """What came in with a vehicle, and is to be shown at one place; no place is known of what nothing unloads yet.

    `call`: which call at that place unloads it. `there`: since when it is at that place, None while that is only
    expected. `crossed`: when the vehicle did. `due`: since when it is to be shown.
    """

    movement: MovementId
    place: CheckpointCode | None
    crossed: Instant
    due: Instant
    call: int = 1
    there: Instant | None = None


class Showing(Protocol):
    """As a carrier states it: where, when and, if it says so, from which vehicle, and which of its calls there."""

    @property
    def movement(self) -> MovementId | None: ...

    @property
    def checkpoint(self) -> CheckpointCode: ...

    @property
    def call(self) -> int | None: ...

    @property
    def at(self) -> Instant | None: ...


@rule()
def parts_of(carriages: Iterable[Carriage]) -> tuple[Part, ...]:
    """Art. 37(2) [P1]: each part of goods is shown at its own place: what each call of a vehicle unloads there.

    Of what has crossed, as far as the chapter on arrival applies to it.
    """
    return tuple(part for each in carriages if each.way.crossed and each.way.applies for part in _of_one(each))


def _of_one(carriage: Carriage) -> Iterable[Part]:
    way, movement = carriage.way, carriage.movement
    crossed = way.crossed or EARLIEST
    found = checkpoint_of_goods(way)
    if found is None:
        return (Part(movement=movement, place=None, crossed=crossed, due=crossed),)
    there, due = _there(way, crossed), way.to_be_shown_since or crossed
    return (
        Part(movement=movement, place=each.checkpoint, call=each.call, crossed=crossed, due=due, there=there.get(each))
        for each in found.calls
    )


def _there(way: Way, crossed: Instant) -> Mapping[Place, Instant]:
    """Since when goods are at the places that facts have settled."""
    if way.lost:
        return {Place(checkpoint=way.lost.present_at): way.lost.stopped}
    if way.by_mode in ON_LAND:
        return {Place(checkpoint=way.place): crossed} if way.place else {}
    numbered = zip(way.visits, numbers(way.visits), strict=True)
    return {Place(checkpoint=visit.place, call=number): visit.arrived for visit, number in numbered}


def to_be_shown(part: Part) -> ToBeShown | None:
    """None of what nothing unloads."""
    if part.place is None:
        return None
    return ToBeShown(movement=part.movement, checkpoint=part.place, call=unless_first(part.call))


@rule()
def shown_by(showing: Showing, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Art. 37(2) [P1]: what is shown at a place is what is to be shown there, of the vehicle that is named.

    Where none is named, of each that had crossed by then; of several calls there those that had been made by then, or
    the one that is named. Shown elsewhere it is what was to be shown by then, if that
    is of one vehicle: of several nobody could tell which.
    """
    alone = len({part.movement for part in parts}) == 1
    meant = tuple(part for part in parts if _may_be(part, showing, alone))
    for place in (showing.checkpoint, None):
        if here := tuple(part for part in meant if part.place == place):
            return _of_the_call(here, showing)
    settled = tuple(part for part in meant if part.there and _by_then(part.there, showing))
    found = settled or (meant if len(meant) == 1 else ())
    return found if len({part.movement for part in found}) == 1 else ()


def _of_the_call(here: tuple[Part, ...], showing: Showing) -> tuple[Part, ...]:
    """Of what one vehicle unloads there at several calls."""
    if named := tuple(part for part in here if part.call == showing.call):
        return named
    earliest = {part.movement: part for part in sorted(here, key=lambda each: each.call, reverse=True)}
    return tuple(
        part for part in here if part is earliest[part.movement] or (part.there and _by_then(part.there, showing))
    )


def _may_be(part: Part, showing: Showing, alone: bool) -> bool:
    if showing.movement:
        return showing.movement == part.movement
    return alone or _by_then(part.crossed, showing)


def _by_then(instant: Instant, showing: Showing) -> bool:
    return showing.at is None or instant <= showing.at
