"""Whether goods that may not come in have left again, as was stated, folded from what `clearance` says."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.clearance import (
    ImmediateExportCorrected,
    ImmediateExportDone,
    ImmediateExportNotDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImmediateExportWithdrawn,
    NotExported,
)
from contracts.measures import Measures
from contracts.statements import by_then, first, last, standing, with_said, with_struck
from contracts.stating import Stater
from contracts.values import GoodsCode, Instant, MovementId
from decider import in_order, replace
from law.calendar import LATEST

Said: TypeAlias = (
    ImmediateExportDone | ImmediateExportNotDone | ImmediateExportCorrected | ImmediateExportWithdrawn
    | ImmediateExportOrdered | ImmediateExportOrderWithdrawn
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Leaving:
    """That the goods left then or, where it is not done, that they did not; `known` is when that was recorded."""

    done: bool
    why: NotExported | None = None
    at: Instant | None = None
    known: Instant
    by: Stater | None = None
    struck: bool = False


@dataclass(frozen=True, kw_only=True)
class Again:
    """Goods that came to be prohibited `since` then, when others had left already, and have an order of their own."""

    after: Instant
    since: Instant
    codes: tuple[GoodsCode, ...] = ()
    movements: tuple[MovementId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Exports:
    """All that was stated of their leaving, and what has to leave after that."""

    stated: tuple[Leaving, ...] = ()
    again: tuple[Again, ...] = ()

    @property
    def done(self) -> bool:
        """All that have to leave did."""
        return bool(self.gone) and not self.waiting

    @property
    def gone(self) -> tuple[Instant, ...]:
        """When some left, in order; what is on record without its time was behind all that had to."""
        return tuple(sorted(each.at or LATEST for each in standing(self.stated) if each.done))

    @property
    def waiting(self) -> tuple[Again, ...]:
        """Of those that came to be prohibited after some had left, such as did not leave since."""
        return tuple(each for each in self.again if not any(at > each.after for at in self.gone))

    @property
    def after(self) -> Instant | None:
        """When the last left, of which others wait still."""
        return max((each.after for each in self.waiting), default=None)

    def left_of(self, codes: tuple[GoodsCode, ...]) -> Leaving | None:
        """That goods of these codes left, all of them; such as came to be prohibited later, later."""
        after = {next((each.after for each in self.again if code in each.codes), None) for code in codes} or {None}
        found = [self.said_first(done=True, after=each) for each in after]
        return None if None in found else last(each for each in found if each)

    @property
    def left(self) -> Instant | None:
        """When they did first, whichever was recorded first; None where that is not on record."""
        gone = self.said_first(done=True)
        return gone.at if gone else None

    @property
    def not_done(self) -> Leaving | None:
        """The first statement that they did not leave."""
        return self.said_first(done=False)

    def as_of(self, instant: Instant) -> "Exports":
        """What had happened by then; what is on record without its time had."""
        again = tuple(each for each in self.again if each.since <= instant)
        return Exports(stated=by_then(self.stated, instant), again=again)

    def said_first(self, *, done: bool, after: Instant | None = None) -> Leaving | None:
        of_it = (each for each in self.stated if each.done == done)
        return first(each for each in of_it if after is None or each.at is None or each.at > after)


def still_here(measures: Measures, exports: Exports) -> Measures:
    """Without the prohibitions of what came with some vehicles only, once that has left: the rest may come in."""
    if not exports.done:
        return measures
    return replace(measures, prohibitions=tuple(each for each in measures.prohibitions if each.movement is None))


def leaving_was_stated(exports: Exports, event: Said, known: Instant) -> Exports:
    match event:
        case ImmediateExportDone(exported=at):
            said = Leaving(done=True, at=at, known=known, by=event.stated_by)
            return replace(exports, stated=with_said(exports.stated, said))
        case ImmediateExportNotDone(stated=at):
            said = Leaving(done=False, why=event.why, at=at, known=known, by=event.stated_by)
            return replace(exports, stated=with_said(exports.stated, said))
        case ImmediateExportCorrected(done=done, exported=at, corrects=wrong):
            said = Leaving(done=done, why=event.why, at=at, known=known, by=event.stated_by)
            return replace(exports, stated=with_said(exports.stated, said, wrong))
        case ImmediateExportWithdrawn(withdraws=wrong):
            return replace(exports, stated=with_struck(exports.stated, wrong))
        case ImmediateExportOrdered() | ImmediateExportOrderWithdrawn():
            return replace(exports, again=ordered_again(exports.again, event))
        case _:
            assert_never(event)


def ordered_again(
    again: tuple[Again, ...], event: ImmediateExportOrdered | ImmediateExportOrderWithdrawn
) -> tuple[Again, ...]:
    """The order by which the first of them have to leave is none of these."""
    others = tuple(each for each in again if each.after != event.after)
    if event.after is None or not isinstance(event, ImmediateExportOrdered):
        return others
    new = Again(
        after=event.after, since=event.since or event.after, codes=event.codes or (), movements=event.movements or ()
    )
    return in_order((*others, new))
