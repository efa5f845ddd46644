"""Showings of goods, as they are stated: each of its own time, and of the vehicle that it names (Art. 37(2))."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from contracts.papers import Location
from contracts.spelling import folded
from contracts.statements import first, said_for, standing, with_said, with_struck
from contracts.stating import Stater
from contracts.values import CheckpointCode, Instant, MovementId, Number, Packages
from decider import in_order, replace, without
from law.rule import Fact, Happened
from presentation.consignment.parts import Part, shown_by


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The goods as the officer found them, of a vehicle where one is named; `known` is when that was recorded."""

    checkpoint: CheckpointCode
    movement: MovementId | None = None
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    location: Location | None = None
    container_seals_intact: tuple[Number, ...] | None = None
    call: int | None = None
    at: Instant | None = None
    known: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def fact(self) -> Fact:
        """That they were shown so."""
        return Happened(self.at or self.known, self.known)

    @property
    def spelt(self) -> "Shown":
        """As it is compared."""
        intact = self.container_seals_intact
        return replace(self, container_seals_intact=intact and tuple(sorted({folded(each) for each in intact})))


def that_count(showings: Iterable[Shown], parts: tuple[Part, ...]) -> Mapping[Part, Shown]:
    """Of each part that was shown the first showing: it is looked at once, later is not between crossing and that."""
    found: dict[Part, Shown] = {}
    left = standing(showings)
    while (showing := first(left)) is not None:
        for part in shown_by(showing, parts):
            found.setdefault(part, showing)
        left = without(left, (showing,))
    return found


def of_vehicle(showings: tuple[Shown, ...], movement: MovementId | None) -> tuple[Shown, ...]:
    """Those that name it, or of None those that name none."""
    return tuple(each for each in showings if each.movement == movement)


def meant(showings: tuple[Shown, ...], movement: MovementId | None, at: Instant) -> tuple[Shown, ...]:
    """Among which somebody who names this vehicle, or none, means one of that time; which names it goes first."""
    unnamed = of_vehicle(showings, None)
    for among in (of_vehicle(showings, movement), unnamed if movement else showings):
        if said_for(among, at):
            return among
    return of_vehicle(showings, movement) if movement else showings


def with_shown(showings: tuple[Shown, ...], shown: Shown) -> tuple[Shown, ...]:
    """In the place of what was stated of the same vehicle for the same time."""
    same = of_vehicle(showings, shown.movement)
    return in_order((*without(showings, same), *with_said(same, shown)))


def but_for(showings: tuple[Shown, ...], movement: MovementId | None, at: Instant) -> tuple[Shown, ...]:
    """Without what stands of that vehicle for that time."""
    gone = said_for(of_vehicle(showings, movement), at)
    return tuple(each for each in showings if each is not gone)


def with_one_struck(showings: tuple[Shown, ...], movement: MovementId | None, at: Instant) -> tuple[Shown, ...]:
    same = of_vehicle(showings, movement)
    return in_order((*without(showings, same), *with_struck(same, at)))
