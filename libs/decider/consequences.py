"""What follows from all that is known, held against what is on record: what does not hold any more ends, by an event,
and what holds and is not on record begins. Asked whenever what it follows from has changed, so that facts may be
recorded in any order.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

T = TypeVar("T")
E = TypeVar("E")
Less = Callable[[Sequence[T], Sequence[T]], Iterable[T]]


def without(these: Iterable[T], those: Iterable[T]) -> tuple[T, ...]:
    """These but for those, in their order."""
    others = tuple(those)
    return tuple(each for each in these if each not in others)


def each_changed(
    now: Sequence[T],
    on_record: Sequence[T],
    *,
    begins: Callable[[T], E],
    ends: Callable[[T], E],
    less: Less[T] = without,
) -> list[E]:
    """An event for each that ended, then one for each that began."""
    if not now and not on_record:
        return []
    return [*(ends(one) for one in less(on_record, now)), *(begins(one) for one in less(now, on_record))]


def all_changed(
    now: Sequence[T],
    on_record: Sequence[T],
    *,
    begin: Callable[[tuple[T, ...]], E],
    end: Callable[[tuple[T, ...]], E],
) -> list[E]:
    """One event for all that ended, then one for all that began; neither where there are none."""
    if not now and not on_record:
        return []
    ended, begun = without(on_record, now), without(now, on_record)
    return [*([end(ended)] if ended else ()), *([begin(begun)] if begun else ())]


def changed(now: bool, on_record: bool, *, begins: Callable[[], E], ends: Callable[[], E]) -> list[E]:
    """The event by which something begins to hold, or ends to."""
    return [] if now == on_record else [begins() if now else ends()]
