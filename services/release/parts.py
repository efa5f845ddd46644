"""A consignment, and the parts of its state, one per author, each folded from that author's events alone."""

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeAlias, TypeVar, assert_never

from contracts.arrival import GoodsCrossed
from contracts.clearance import (
    DeclarationAccepted,
    ImmediateExportDone,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    PaymentAssessed,
    PaymentReceived,
    ReadyForRelease,
)
from contracts.release import (
    ClearanceCompleted,
    GoodsReleased,
    GroundAfterRelease,
    GroundAfterReleaseWithdrawn,
    RegimeEnded,
    ReleaseFindingsRecorded,
    ReleaseFindingsWithdrawn,
    ReleaseRefused,
)
from contracts.values import CheckpointCode, Instant, NineDigits, Regime, Sum, Text, Word
from law import Finding, Ground, Layer

Forbidden: TypeAlias = ImportProhibited | ImportProhibitionWithdrawn
Told: TypeAlias = (
    DeclarationAccepted | Forbidden | ImmediateExportDone | PaymentAssessed | PaymentReceived | ReadyForRelease
)
Noted: TypeAlias = ReleaseFindingsRecorded | ReleaseFindingsWithdrawn | GroundAfterRelease | GroundAfterReleaseWithdrawn
Own: TypeAlias = GoodsReleased | ReleaseRefused | Noted | RegimeEnded | ClearanceCompleted


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: when the goods crossed first."""

    crossed: Instant | None = None


def arrival_said(arrival: Arrival, event: GoodsCrossed) -> Arrival:
    """Of a consignment on several vehicles the crossing that happened first counts."""
    return Arrival(crossed=min(arrival.crossed, event.crossed) if arrival.crossed else event.crossed)


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What `presentation` said."""

    checkpoint: CheckpointCode | None = None


@dataclass(frozen=True, kw_only=True)
class Prohibition:
    """An act, and those of the goods whose import it forbids."""

    act: Word
    citation: Text
    layer: Layer
    codes: tuple[NineDigits, ...]


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """What `clearance` said."""

    regime: Regime | None = None
    declared: Instant | None = None
    prohibitions: tuple[Prohibition, ...] = ()
    exported: bool = False
    assessed: Sum | None = None
    received: Sum = Decimal(0)
    ready: bool = False


def clearance_said(clearance: Clearance, event: Told) -> Clearance:
    match event:
        case DeclarationAccepted(regime=regime, accepted=accepted):
            return replace(clearance, regime=regime, declared=accepted)
        case ImportProhibited() | ImportProhibitionWithdrawn():
            return replace(clearance, prohibitions=goods_forbidden(clearance.prohibitions, event))
        case ImmediateExportDone():
            return replace(clearance, exported=True)
        case PaymentAssessed(total=total):
            return replace(clearance, assessed=total)
        case PaymentReceived(amount=amount):
            return replace(clearance, received=clearance.received + amount)
        case ReadyForRelease():
            return replace(clearance, ready=True)
        case _:
            assert_never(event)


def goods_forbidden(prohibitions: tuple[Prohibition, ...], event: Forbidden) -> tuple[Prohibition, ...]:
    others = tuple(each for each in prohibitions if each.act != event.act)
    codes = {code for each in prohibitions if each.act == event.act for code in each.codes}
    match event:
        case ImportProhibited(act=act, citation=citation, layer=layer):
            joined = Prohibition(act=act, citation=citation, layer=layer, codes=tuple(sorted({*codes, *event.codes})))
            return tuple(sorted((*others, joined), key=lambda each: each.act))
        case ImportProhibitionWithdrawn():
            left = tuple(sorted(codes - set(event.codes)))
            same = (replace(each, codes=left) for each in prohibitions if left and each.act == event.act)
            return tuple(sorted((*others, *same), key=lambda each: each.act))
        case _:
            assert_never(event)


@dataclass(frozen=True, kw_only=True)
class Release:
    """What this service itself recorded; `ended_at` is the last end stated, the only one that can still count.

    `findings` and `grounds_after` are those of the release that stand: recorded, and not withdrawn.
    """

    released: bool = False
    released_at: Instant | None = None
    regime: Regime | None = None
    findings: tuple[Finding, ...] = ()
    grounds_after: tuple[Ground, ...] = ()
    runs_for_a_term: bool = False
    regime_ended: bool = False
    ended_at: Instant | None = None
    completed: bool = False


def release_recorded(own: Release, event: Own) -> Release:
    match event:
        case GoodsReleased(regime=regime, runs_for_a_term=runs, released=instant, findings=found):
            placed = replace(own, released=True, released_at=instant, regime=regime, runs_for_a_term=runs)
            return replace(placed, findings=all_of(own.findings, found))
        case ReleaseRefused():
            return own  # A refusal changes nothing: it may be asked again.
        case RegimeEnded(ended=instant):
            return replace(own, regime_ended=True, ended_at=instant)
        case ClearanceCompleted():
            return replace(own, completed=True)
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


Recorded = TypeVar("Recorded", Finding, Ground)


def all_of(recorded: tuple[Recorded, ...], more: tuple[Recorded, ...]) -> tuple[Recorded, ...]:
    """In one order, each once, whichever came first."""
    return tuple(sorted(set(recorded) | set(more), key=repr))


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """All that release knows of it."""

    arrival: Arrival = Arrival()
    presentation: Presentation = Presentation()
    clearance: Clearance = Clearance()
    own: Release = Release()
