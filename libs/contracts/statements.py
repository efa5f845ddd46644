"""Several statements of one fact, each for its own time; which of them counts is the question of its matter."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from contracts.stating import Stated, same
from decider import in_order, replace
from law.calendar import EARLIEST


class Timed(Protocol):
    """What happened then, or has no time on record."""

    @property
    def at(self) -> datetime | None: ...


F = TypeVar("F", bound=Stated)
T = TypeVar("T", bound=Timed)


def standing(several: Iterable[F]) -> tuple[F, ...]:
    """But for those that were taken back."""
    return tuple(each for each in several if not each.struck)


def by_then(several: Iterable[T], at: datetime) -> tuple[T, ...]:
    """Those that had happened by then; what is on record without its time had."""
    return tuple(each for each in several if each.at is None or each.at <= at)


def first(several: Iterable[F]) -> F | None:
    """Of those that stand; what was recorded without its time was before all others."""
    return min(standing(several), key=_when, default=None)


def last(several: Iterable[F]) -> F | None:
    """Of those that stand."""
    return max(standing(several), key=_when, default=None)


def said_for(several: Iterable[F], at: datetime | None) -> F | None:
    """The one that stands for this time; what was recorded without its time stands for any."""
    stand = standing(several)
    exactly = (each for each in stand if each.at == at)
    return next(exactly, next((each for each in stand if each.at is None), None))


def put_right_by(several: Sequence[F], right: F, corrects: datetime) -> F | None:
    """What a correction speaks of: what stands for the time that it corrects or, where nothing does, what stands.

    Where something else was said for the right time, that is in its way.
    """
    wrong, there = said_for(several, corrects), said_for(several, right.at)
    if wrong and there and there is not wrong and not same(right, there):
        return there
    return wrong or there or last(several)


def taken_back_by(several: Sequence[F], withdraws: datetime) -> F | None:
    """What a withdrawal speaks of: what stands for that time, or stood; where nothing did, what stands."""
    gone = (each for each in several if each.struck and each.at == withdraws)
    return said_for(several, withdraws) or next(gone, last(several))


def with_said(several: tuple[F, ...], said: F, instead_of: datetime | None = None) -> tuple[F, ...]:
    """In the place of what was said for the same time and, where it puts that right, for another."""
    wrong = said_for(several, instead_of) if instead_of else None
    return in_order((*(each for each in several if each.at != said.at and each is not wrong), said))


def with_struck(several: tuple[F, ...], at: datetime) -> tuple[F, ...]:
    """What was said for this time stays, and counts no more."""
    gone = said_for(several, at)
    return in_order(replace(each, struck=True) if each is gone else each for each in several)  # type: ignore[type-var]


def _when(said: Stated) -> datetime:
    return said.at or EARLIEST
