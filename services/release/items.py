"""Which items of a consignment are meant, and in which part each of them was released.

A unit is an item by its number or, while none are declared, None: the goods as one.
"""

from typing import TypeAlias

from contracts.measures import Measure
from contracts.values import ItemNumber
from release.parts import Clearance, Consignment, Item, Part, Release

Unit: TypeAlias = ItemNumber | None


def numbers(clearance: Clearance) -> set[ItemNumber]:
    return {item.number for item in clearance.items}


def units(consignment: Consignment) -> set[Unit]:
    """All there are: as declared, and as released under a number that is not declared."""
    declared: set[Unit] = {*numbers(consignment.clearance)}
    return (declared or {None}) | {each for part in consignment.own.parts for each in part.items}


def part_of(unit: Unit, own: Release) -> Part | None:
    """A part that names no items has all that no other part has."""
    naming = (part for part in own.parts if unit in part.items)
    return next(naming, next((part for part in own.parts if not part.items), None))


def still_to_release(asked: tuple[ItemNumber, ...], consignment: Consignment) -> tuple[ItemNumber, ...] | None:
    """Those asked for, or all, without what has been released; None where nothing is left, () for the goods as one."""
    own = consignment.own
    if not own.parts:
        return tuple(sorted({*asked}))
    wanted = {*asked} or numbers(consignment.clearance)
    if not wanted:
        return None if part_of(None, own) else ()
    return tuple(sorted(each for each in wanted if part_of(each, own) is None)) or None


def released_items(own: Release) -> tuple[ItemNumber, ...]:
    """() where it is the goods as one."""
    return () if part_of(None, own) else tuple(sorted({each for part in own.parts for each in part.items}))


def touched(measure: Measure, items: tuple[ItemNumber, ...], clearance: Clearance) -> tuple[str, ...]:
    """The codes of a measure that these items are of.

    The goods as one are all of them; an item that is not declared may be of any goods that no declared item names.
    """
    if not items:
        return measure.codes
    asked = [item for item in clearance.items if item.number in items]
    unnamed = {*measure.codes} - {item.code for item in clearance.items} if {*items} - numbers(clearance) else set()
    return tuple(code for code in measure.codes if code in unnamed or any(is_of(each, code, measure) for each in asked))


def is_of(item: Item, code: str, measure: Measure) -> bool:
    """An item whose origin is not declared may be of any."""
    return item.code == code and (measure.origin is None or item.origin in (None, measure.origin))
