"""When goods were shown to customs, folded from what `presentation` says: wherever it is asked whether they were."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.presentation import GoodsPresentationCorrected, GoodsPresentationWithdrawn, GoodsPresented
from contracts.values import Instant, MovementId
from decider import in_order, replace

Shown: TypeAlias = GoodsPresented | GoodsPresentationCorrected | GoodsPresentationWithdrawn


@dataclass(frozen=True, kw_only=True)
class Showing:
    """Goods were shown then, of this vehicle, as far as either is on record."""

    movement: MovementId | None = None
    at: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Showings:
    """How often goods were shown."""

    shown: tuple[Showing, ...] = ()


def shown(showings: Showings, event: Shown) -> Showings:
    match event:
        case GoodsPresented(movement=movement, shown=at):
            return Showings(shown=in_order({*showings.shown, Showing(movement=movement, at=at)}))
        case GoodsPresentationCorrected(movement=movement, shown=at, corrects=wrong, stated_of=of):
            others = but_for(Showing(movement=of, at=wrong), showings.shown)
            return Showings(shown=in_order({*others, Showing(movement=movement, at=at)}))
        case GoodsPresentationWithdrawn(withdraws=wrong, stated_of=of):
            return Showings(shown=but_for(Showing(movement=of, at=wrong), showings.shown))
        case _:
            assert_never(event)


def but_for(wrong: Showing, shown: tuple[Showing, ...]) -> tuple[Showing, ...]:
    """What was recorded without its time is amended under any."""
    gone = wrong if wrong in shown else replace(wrong, at=None)
    return tuple(each for each in shown if each != gone)
