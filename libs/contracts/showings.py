"""When goods were shown to customs, folded from what `presentation` says: wherever it is asked whether they were."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.presentation import GoodsPresentationCorrected, GoodsPresentationWithdrawn, GoodsPresented
from contracts.values import Instant
from decider import in_order

Shown: TypeAlias = GoodsPresented | GoodsPresentationCorrected | GoodsPresentationWithdrawn


@dataclass(frozen=True, kw_only=True)
class Showings:
    """The times at which goods were shown, None where one is not on record."""

    at: tuple[Instant | None, ...] = ()


def shown(showings: Showings, event: Shown) -> Showings:
    match event:
        case GoodsPresented(shown=at):
            return Showings(at=in_order({*showings.at, at}))
        case GoodsPresentationCorrected(shown=at, corrects=wrong):
            return Showings(at=in_order({*but_for(wrong, showings.at), at}))
        case GoodsPresentationWithdrawn(withdraws=wrong):
            return Showings(at=but_for(wrong, showings.at))
        case _:
            assert_never(event)


def but_for(wrong: Instant, shown: tuple[Instant | None, ...]) -> tuple[Instant | None, ...]:
    """What was recorded without its time is amended under any."""
    gone = wrong if wrong in shown else None
    return tuple(each for each in shown if each != gone)
