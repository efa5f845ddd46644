"""Of which goods a release can be decided on: said of them, and taken back where it does not hold any more."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from contracts.event import Event, defined_in
from contracts.known import ToBeMatched
from contracts.values import ConsignmentId, Instant, ItemNumber, Word
from law.calendar import EARLIEST
from law.rule import Fact, Happened


class ReadyForRelease(ToBeMatched):
    """These items can be released; the article is that of a release, for payments belong to the end of clearance.

    Without items it is said of goods that are declared as one. It tells the officer that he can decide, and binds
    nobody.
    """

    type: Literal["ReadyForRelease"] = "ReadyForRelease"
    article: Word = "5(1)(20)"
    rule: Word = "L1"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...]


class ReadyForReleaseWithdrawn(ToBeMatched):
    """These items, or the goods as one, wait for something again: a part that came later, a doubt, a requirement.

    What was released stays released, and whoever asks for a release is refused for grounds alone.
    """

    type: Literal["ReadyForReleaseWithdrawn"] = "ReadyForReleaseWithdrawn"
    article: Word = "5(1)(20)"
    rule: Word = "L1"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...]


EVENTS: tuple[type[Event], ...] = defined_in(__name__)
Said: TypeAlias = ReadyForRelease | ReadyForReleaseWithdrawn


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Of which items it is said, `known` since it was last; `as_a_whole` of goods that were declared without any."""

    items: tuple[ItemNumber, ...] = ()
    as_a_whole: bool = False
    known: Instant = EARLIEST

    @property
    def fact(self) -> Fact:
        """That it was said, of some of them, last."""
        return Happened(self.known, self.known)


def said(readiness: Readiness, event: Said, known: Instant) -> Readiness:
    """Folded from what `clearance` says: there, and wherever it is heard."""
    match event:
        case ReadyForRelease(items=items):
            now = tuple(sorted({*readiness.items, *items}))
            return Readiness(items=now, as_a_whole=readiness.as_a_whole or not items, known=known)
        case ReadyForReleaseWithdrawn(items=gone):
            left = tuple(each for each in readiness.items if each not in gone)
            whole = readiness.as_a_whole and bool(gone)
            return Readiness(items=left, as_a_whole=whole, known=readiness.known) if left or whole else Readiness()
        case _:
            assert_never(event)
