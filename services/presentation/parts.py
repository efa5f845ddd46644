"""A consignment, and the parts of its state, one per author, each folded from that author's events alone."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from contracts.arrival import ConsignmentAnnounced, GoodsCrossed
from contracts.presentation import (
    CheckpointDetermined,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    GoodsPresented,
)
from contracts.values import CheckpointCode, Instant, Packages
from law import Finding
from presentation import rules

Heard: TypeAlias = ConsignmentAnnounced | GoodsCrossed
Own: TypeAlias = CheckpointDetermined | GoodsPresented | GoodsFindingsRecorded | GoodsFindingsWithdrawn


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: where the goods were to come in, and how they did, in the order in which it happened."""

    planned: CheckpointCode | None = None
    crossings: tuple[rules.Crossing, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The goods as the officer found them."""

    checkpoint: CheckpointCode
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    shown: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What this service itself recorded."""

    determined: CheckpointCode | None = None
    shown: Shown | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Consignment:
    arrival: Arrival = Arrival()
    own: Presentation = Presentation()


def arrival_said(arrival: Arrival, event: Heard) -> Arrival:
    match event:
        case ConsignmentAnnounced(route=route, checkpoint=checkpoint):
            return replace(arrival, planned=route[0] if route else checkpoint)
        case GoodsCrossed():
            return replace(arrival, crossings=rules.in_order(arrival.crossings, event))
        case _:
            assert_never(event)


def presentation_recorded(own: Presentation, event: Own) -> Presentation:
    match event:
        case CheckpointDetermined(checkpoint=checkpoint):
            return replace(own, determined=checkpoint)
        case GoodsPresented(findings=found):
            shown = Shown(
                checkpoint=event.checkpoint,
                packages_found=event.packages_found,
                packaging_breached=event.packaging_breached,
                condition_changed=event.condition_changed,
                shown=event.shown,
            )
            return replace(own, shown=shown, findings=rules.all_of(own.findings, found))
        case GoodsFindingsRecorded(findings=found):
            return replace(own, findings=rules.all_of(own.findings, found))
        case GoodsFindingsWithdrawn(findings=gone):
            return replace(own, findings=rules.further(own.findings, gone))
        case _:
            assert_never(event)
