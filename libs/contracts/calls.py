"""Calls of a vehicle on a journey: who comes to one place twice has called there twice (Art. 38(1))."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeAlias, TypeVar

from contracts.values import CheckpointCode

Numbered: TypeAlias = tuple[CheckpointCode, int]
"""A place, and which call there."""


class Called(Protocol):
    """A vehicle came to that place; `call`, where its number was stated."""

    @property
    def checkpoint(self) -> CheckpointCode: ...

    @property
    def at(self) -> datetime: ...

    @property
    def call(self) -> int | None: ...


C = TypeVar("C", bound=Called)


def along(places: Iterable[CheckpointCode]) -> list[Numbered]:
    """The places of a journey as it was told, each with its number; named twice in a row it is one call."""
    found: list[Numbered] = []
    for place in places:
        if not found or found[-1][0] != place:
            found.append((place, 1 + sum(before == place for before, _ in dict.fromkeys(found))))
        else:
            found.append(found[-1])
    return found


def with_numbers(places: Sequence[CheckpointCode], calls: Sequence[int]) -> tuple[Numbered, ...]:
    """Places with the numbers that stand beside them; what has none is the first call there."""
    return tuple(zip(places, (*calls, *(1,) * len(places)), strict=False))


def numbers_beside(numbers: Sequence[int]) -> tuple[int, ...]:
    """The numbers that are said beside their places: none, where each is the first call at its own."""
    return tuple(numbers) if any(map(unless_first, numbers)) else ()


def unless_first(number: int) -> int | None:
    """The number of a call as it is said; of the first at its place none is."""
    return number if number > 1 else None


def numbers(calls: Sequence[Called]) -> tuple[int, ...]:
    """Of calls in the order of time: as it was stated, else as they followed one another at their place."""
    taken = {(each.checkpoint, each.call) for each in calls if each.call}
    found: list[int] = []
    for each in calls:
        number = each.call or next(n for n in range(1, len(calls) + 100) if (each.checkpoint, n) not in taken)
        taken.add((each.checkpoint, number))
        found.append(number)
    return tuple(found)


def that_call(calls: Sequence[C], place: CheckpointCode, at: datetime, call: int | None) -> C | None:
    """The call of which somebody speaks who names a place, a time and perhaps a number.

    That of its time or its number. Without a number it is the first there, said with another time, unless the vehicle
    was elsewhere in between: then it is another call.
    """
    here = [(each, number) for each, number in zip(calls, numbers(calls), strict=True) if each.checkpoint == place]
    exactly = [each for each, _ in here if each.at == at]
    stated = [each for each, _ in here if call and each.call == call]
    near = [
        each
        for each, number in here
        if (number == call if call else each.call in (None, 1)) and not _elsewhere_between(calls, each, at)
    ]
    return next(iter((*exactly, *stated, *sorted(near, key=lambda each: abs(each.at - at)))), None)


def _elsewhere_between(calls: Iterable[Called], one: Called, at: datetime) -> bool:
    first, last = sorted((one.at, at))
    return any(each.checkpoint != one.checkpoint and first < each.at < last for each in calls)


def nearest(calls: Iterable[C], place: CheckpointCode, at: datetime) -> C | None:
    """Of all calls at that place the one next to that time."""
    here = (each for each in calls if each.checkpoint == place)
    return min(here, key=lambda each: (abs(each.at - at), each.at), default=None)
