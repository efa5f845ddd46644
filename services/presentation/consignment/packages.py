"""Packages, compared part by part: those shown with those in the papers of the vehicle as it crossed (Art. 37(2))."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from contracts.values import Instant, MovementId, Packages
from law import Facts, Finding
from law.rule import Fact, both, rule
from presentation.consignment.parts import Part
from presentation.consignment.showings import Shown
from presentation.consignment.upstream import Carriage, crossed_by


@dataclass(frozen=True, kw_only=True)
class Together:
    """Vehicles of which a showing shows goods of several, or one: what they bring can only be counted in one.

    `whole`: each part of theirs was shown. `alone`: no other vehicle brings any of the goods.
    """

    movements: tuple[MovementId, ...]
    showings: tuple[Shown, ...]
    whole: bool
    alone: bool

    @property
    def fact(self) -> Fact:
        """That all of it was shown."""
        first, *others = (each.fact for each in self.showings)
        return both(first, *others)

    @property
    def last(self) -> Instant | None:
        """When the last of it was shown; None where that is not on record of all of it."""
        return None if any(each.at is None for each in self.showings) else self.showings[-1].at

    @property
    def facts(self) -> Facts:
        """Which vehicles, where the goods came with others, too."""
        return () if self.alone else (("movements", self.movements),)

    def crossed(self, carriages: tuple[Carriage, ...]) -> tuple[Carriage, ...]:
        """Of these vehicles those that had crossed when the last of it was shown."""
        return tuple(each for each in crossed_by(carriages, self.last) if each.movement in self.movements)


def together(counted: Mapping[Part, Shown], parts: tuple[Part, ...]) -> Iterator[Together]:
    """All that was shown, in order of the vehicles."""
    left = dict.fromkeys(part.movement for part in parts if part in counted)
    every = {part.movement for part in parts}
    while left:
        movements = _linked(next(iter(left)), counted)
        left = {each: None for each in left if each not in movements}
        theirs = [part for part in parts if part.movement in movements]
        showings = dict.fromkeys(counted[part] for part in theirs if part in counted)
        yield Together(
            movements=tuple(sorted(movements)),
            showings=tuple(sorted(showings, key=lambda each: each.fact.occurred)),
            whole=all(part in counted for part in theirs),
            alone=movements == every,
        )


def _linked(movement: MovementId, counted: Mapping[Part, Shown]) -> set[MovementId]:
    """With this vehicle all that share a showing with it, or with one of them."""
    found: set[MovementId] = set()
    more = {movement}
    while more != found:
        found = more
        showings = {showing for part, showing in counted.items() if part.movement in found}
        more = found | {part.movement for part, showing in counted.items() if showing in showings}
    return found


def packages_found(of: Together) -> Packages | None:
    """Not known where all of it was shown and somebody did not count; else what was counted so far."""
    counted = [each.packages_found for each in of.showings if each.packages_found is not None]
    return None if of.whole and len(counted) < len(of.showings) else sum(counted) if counted else None


def packages_stated(group: Together, carriages: tuple[Carriage, ...]) -> Packages | None:
    """By the papers of the vehicles that had crossed by then; not known while any of them is silent."""
    stated = [each.packages for each in group.crossed(carriages)]
    known = [each for each in stated if each is not None]
    return sum(known) if known and len(known) == len(stated) else None


def packages_compared(
    counted: Mapping[Part, Shown], parts: tuple[Part, ...], carriages: tuple[Carriage, ...]
) -> Iterable[Finding]:
    for group in together(counted, parts):
        found, stated = packages_found(group), packages_stated(group, carriages)
        if finding := other_packages_than_the_papers(group.fact, found, stated, group.whole, group.facts):
            yield finding


@rule()
def other_packages_than_the_papers(
    _: Fact,
    found: Packages | None,
    stated: Packages | None,
    whole: bool,
    whose: Facts,
) -> Finding | None:
    """Art. 37(2) [P2]: between crossing and presentation nothing is added to the goods or taken from them.

    Measured by the papers as recorded at the crossing, vehicle by vehicle; where either number is not stated, nothing
    is concluded. Of what is shown at several places nothing is missing until it was shown at all of them.
    """
    if found is None or stated is None or found == stated or (found < stated and not whole):
        return None
    facts: Facts = (*whose, ("packages_found", str(found)), ("packages_stated", str(stated)))
    return Finding(rule="P2", article="37(2)", facts=facts)
