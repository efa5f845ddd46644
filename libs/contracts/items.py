"""Statements of some items of a consignment, or of all as one: those of just the same items are of one thing."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias, TypeVar

from contracts.statements import last, said_for
from contracts.stating import Stated
from contracts.values import ItemNumber
from decider import in_order

Items: TypeAlias = tuple[ItemNumber, ...]
"""None named, all of them."""


class OfItems(Stated, Protocol):
    """A statement that says of which."""

    @property
    def items(self) -> Items: ...


F = TypeVar("F", bound=OfItems)


def in_numbers(items: Iterable[ItemNumber]) -> Items:
    """Each once, in their order."""
    return tuple(sorted({*items}))


def of_items(several: Iterable[F], items: Items) -> tuple[F, ...]:
    """Those that were stated for just these."""
    return tuple(each for each in several if each.items == items)


def with_items(several: Iterable[F], items: Items, of_them: Sequence[F]) -> tuple[F, ...]:
    """With these in the place of what was stated for just these items."""
    return in_order((*(each for each in several if each.items != items), *of_them))


def put_right_of_items(several: Sequence[F], right: F, stated_for: Items, corrects: datetime) -> F | None:
    """What a correction speaks of: what stands for that time and those items or, where nothing does, what stands."""
    of_them = of_items(several, stated_for)
    return said_for(of_them, corrects) or said_for(of_items(several, right.items), right.at) or last(of_them)
