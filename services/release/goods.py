"""Which items of a consignment are meant, and in which part each of them was released.

A unit is an item by its number or, while none are declared, None: the goods as one.
"""

from dataclasses import dataclass
from typing import TypeAlias

from contracts.declarations import Declared, Version
from contracts.doubts import is_doubt
from contracts.goods import GoodsItem
from contracts.measures import Measure
from contracts.release import GivenBefore, GoodsReleased
from contracts.stating import Stater
from contracts.values import Country, GoodsCode, Instant, ItemNumber, NineDigits, Regime
from decider import Matter, in_order, replace
from law.findings import Facts, Finding
from law.rule import Happened

Unit: TypeAlias = ItemNumber | None
Items: TypeAlias = tuple[ItemNumber, ...]


@dataclass(frozen=True, kw_only=True)
class Item:
    """Goods as declared, with the regime that is declared for them."""

    number: ItemNumber
    code: NineDigits
    origin: Country | None = None
    regime: Regime | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """Goods released together; without `items` all that is in no other part.

    With `given` the release was not decided on the record; `by` has stated it. `doubts` are what was in doubt of them
    when they were released.
    """

    items: Items = ()
    regime: Regime
    runs_for_a_term: bool = False
    released: Instant | None = None
    known: Instant
    given: GivenBefore | None = None
    by: Stater | None = None
    doubts: tuple[Finding, ...] = ()

    @property
    def fact(self) -> Happened:
        """That they were released."""
        return Happened(self.released or self.known, self.known)


@dataclass(frozen=True, kw_only=True)
class Released:
    """What was released, in parts."""

    parts: tuple[Part, ...] = ()

    @property
    def items(self) -> Items:
        """() where it is the goods as one."""
        return () if part_of(None, self) else tuple(sorted({each for part in self.parts for each in part.items}))


def items_of(version: Version | None) -> tuple[Item, ...]:
    """The regime of a declaration is that of each item which does not depart from it."""
    if version is None:
        return ()
    return tuple(
        Item(number=number, code=each.code, origin=each.origin, regime=each.regime or version.regime)
        for number, each in enumerate(version.items, start=1)
    )


def established(declared: Declared) -> tuple[Item, ...]:
    """Each item as an officer has decided that it is, where he has, with the regime that is declared for it."""
    there = zip(items_of(declared.stands), declared.established, strict=True)
    return tuple(replace(item, code=each.code, origin=each.origin) for item, each in there)


def units(declared: Declared, released: Released) -> set[Unit]:
    """All there are: as declared, and as released under a number that is not declared."""
    named: set[Unit] = {*declared.numbers}
    return (named or {None}) | {each for part in released.parts for each in part.items}


def part_of(unit: Unit, released: Released) -> Part | None:
    """A part that names no items has all that no other part has."""
    naming = (part for part in released.parts if unit in part.items)
    return next(naming, next((part for part in released.parts if not part.items), None))


def still_to_release(asked: Items, declared: Declared, released: Released) -> Items | None:
    """Those asked for, or all, without what has been released; None where nothing is left, () for the goods as one."""
    if not released.parts:
        return tuple(sorted({*asked}))
    wanted = {*asked} or declared.numbers
    if not wanted:
        return None if part_of(None, released) else ()
    return tuple(sorted(each for each in wanted if part_of(each, released) is None)) or None


def touched(measure: Measure, items: Items, declared: Declared) -> tuple[GoodsCode, ...]:
    """The codes of a measure that these items are of, as declared or as an officer has decided.

    The goods as one are all of them; an item that is not declared may be of any goods that no declared item names.
    """
    if not items:
        return measure.codes
    there = declared.established
    asked = [there[number - 1] for number in items if number <= len(there)]
    unnamed = {*measure.codes} - {item.code for item in there} if {*items} - declared.numbers else set()
    return tuple(code for code in measure.codes if code in unnamed or any(is_of(each, code, measure) for each in asked))


def is_of(item: GoodsItem, code: GoodsCode, measure: Measure) -> bool:
    """An item whose origin is not known is of none that an act names (Art. 20(1)-(3))."""
    return item.code == code and measure.origin in (None, item.origin)


def named(items: Items) -> Facts:
    return (("items", tuple(str(each) for each in items)),) if items else ()


def recorded(released: Released, event: GoodsReleased, known: Instant) -> Released:
    part = Part(
        items=event.items,
        regime=event.regime,
        runs_for_a_term=event.runs_for_a_term,
        released=event.released,
        known=known,
        given=event.given,
        by=event.stated_by if event.given else None,
        doubts=tuple(each for each in event.findings if is_doubt(each)),
    )
    return Released(parts=in_order({*released.parts, part}))


MATTER = Matter(folds=(recorded,))
