"""Whether goods that may not come in have left again, as was stated, folded from what `clearance` says."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.clearance import (
    ImmediateExportCorrected,
    ImmediateExportDone,
    ImmediateExportNotDone,
    ImmediateExportWithdrawn,
    NotExported,
)
from contracts.measures import Measures
from contracts.statements import by_then, first, standing, with_said, with_struck
from contracts.stating import Stater
from contracts.values import Instant
from decider import replace

Said: TypeAlias = ImmediateExportDone | ImmediateExportNotDone | ImmediateExportCorrected | ImmediateExportWithdrawn


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
class Exports:
    """All that was stated of their leaving."""

    stated: tuple[Leaving, ...] = ()

    @property
    def done(self) -> bool:
        return any(each.done for each in standing(self.stated))

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
        return Exports(stated=by_then(self.stated, instant))

    def said_first(self, *, done: bool) -> Leaving | None:
        return first(each for each in self.stated if each.done == done)


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
        case _:
            assert_never(event)
