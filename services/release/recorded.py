"""What this service recorded of a consignment, folded event by event."""

from typing import TypeAlias, TypeVar, assert_never

from contracts.release import (
    ClearanceCompleted,
    ClearanceCompletionWithdrawn,
    GoodsReleased,
    GroundAfterRelease,
    GroundAfterReleaseWithdrawn,
    RegimeEnded,
    ReleaseFindingsRecorded,
    ReleaseFindingsWithdrawn,
    ReleaseRefused,
    ReleaseWithheld,
    UseBlocked,
)
from contracts.replacing import replace
from release.parts import End, Part, Release

Said: TypeAlias = ReleaseRefused | ReleaseWithheld | UseBlocked
Noted: TypeAlias = ReleaseFindingsRecorded | ReleaseFindingsWithdrawn | GroundAfterRelease | GroundAfterReleaseWithdrawn
Own: TypeAlias = GoodsReleased | Said | Noted | RegimeEnded | ClearanceCompleted | ClearanceCompletionWithdrawn

One = TypeVar("One")


def release_recorded(own: Release, event: Own) -> Release:
    match event:
        case GoodsReleased(items=items, regime=regime, runs_for_a_term=runs, released=instant, findings=found):
            part = Part(items=items, regime=regime, runs_for_a_term=runs, released=instant)
            return replace(own, parts=all_of(own.parts, (part,)), findings=all_of(own.findings, found))
        case ReleaseRefused() | ReleaseWithheld() | UseBlocked():
            return own  # A refusal changes nothing: it may be asked again.
        case RegimeEnded(items=items, ended=instant):
            return replace(own, ends=all_of(own.ends, (End(items=items, ended=instant),)))
        case ClearanceCompleted():
            return replace(own, completed=True)
        case ClearanceCompletionWithdrawn():
            return replace(own, completed=False)
        case _:
            return noted_of_release(own, event)


def noted_of_release(own: Release, event: Noted) -> Release:
    match event:
        case ReleaseFindingsRecorded(findings=found):
            return replace(own, findings=all_of(own.findings, found))
        case ReleaseFindingsWithdrawn(findings=gone):
            return replace(own, findings=tuple(each for each in own.findings if each not in gone))
        case GroundAfterRelease(grounds=grounds):
            return replace(own, grounds_after=all_of(own.grounds_after, grounds))
        case GroundAfterReleaseWithdrawn(grounds=gone):
            return replace(own, grounds_after=tuple(each for each in own.grounds_after if each not in gone))
        case _:
            assert_never(event)


def all_of(recorded: tuple[One, ...], more: tuple[One, ...]) -> tuple[One, ...]:
    """In one order, each once, whichever came first."""
    return tuple(sorted({*recorded, *more}, key=repr))
