"""One order for what a state holds several of."""

from collections.abc import Iterable
from typing import TypeVar

One = TypeVar("One")


def in_order(several: Iterable[One]) -> tuple[One, ...]:
    """The same order whatever was folded first, so that states are equal by their bytes."""
    found = tuple(several)
    return tuple(sorted(found, key=repr)) if len(found) > 1 else found
