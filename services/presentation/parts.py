"""A consignment, and the parts of its state, one per author, each folded from that author's events alone."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.arrival import (
    Chapter8NotApplicable,
    ConsignmentAnnounced,
    ExemptionLost,
    GoodsArrived,
    GoodsCrossed,
    GoodsJourneyChanged,
)
from contracts.presentation import (
    CheckpointDetermined,
    CheckpointWithdrawn,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    GoodsPresented,
)
from contracts.replacing import replace
from contracts.values import CheckpointCode, Instant, Mode, Packages
from law import Finding
from presentation import carriage, rules
from presentation.carriage import Carriage
from presentation.journey import ON_LAND, Call, Lost, Plan, Visit, Way, came_to, lost_by, planned

Heard: TypeAlias = (
    ConsignmentAnnounced | GoodsJourneyChanged | GoodsCrossed | GoodsArrived | Chapter8NotApplicable | ExemptionLost
)
Own: TypeAlias = (
    CheckpointDetermined | CheckpointWithdrawn | GoodsPresented | GoodsFindingsRecorded | GoodsFindingsWithdrawn
)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: how the goods were to come in, and how they did, vehicle by vehicle."""

    carriages: tuple[Carriage, ...] = ()


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

    determined: tuple[CheckpointCode, ...] = ()
    shown: Shown | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Consignment:
    arrival: Arrival = Arrival()
    own: Presentation = Presentation()


def arrival_said(arrival: Arrival, event: Heard) -> Arrival:
    if event.movement is None:
        return arrival
    before = carriage.of(arrival.carriages, event.movement)
    after = replace(before, way=way_said(before.way, event))
    if isinstance(event, GoodsCrossed):
        after = replace(after, packages=event.packages)
    return Arrival(carriages=carriage.with_change(arrival.carriages, after))


def way_said(way: Way, event: Heard) -> Way:
    match event:
        case ConsignmentAnnounced(submitted=stated, mode=mode, route=route, unloaded_at=unloaded_at):
            line = route or (event.checkpoint,)
            return planned(way, Plan(stated=stated, mode=mode, calls=calls_of(mode, line, unloaded_at)))
        case GoodsJourneyChanged(stated=stated, mode=mode, route=route, unloaded_at=unloaded_at):
            return planned(way, Plan(stated=stated, mode=mode, calls=calls_of(mode, route, unloaded_at)))
        case GoodsCrossed(mode=mode, place=place, crossed=crossed):
            return replace(way, mode=mode, place=place, crossed=crossed)
        case GoodsArrived(arrived=arrived, checkpoint=checkpoint, mode=mode, unloaded=unloaded):
            return came_to(way, Visit(arrived=arrived, place=checkpoint, mode=mode, here=unloaded))
        case Chapter8NotApplicable():
            return replace(way, exempt=True)
        case ExemptionLost(stopped=stopped, present_at=present_at):
            return lost_by(way, Lost(stopped=stopped, present_at=present_at))
        case _:
            assert_never(event)


def calls_of(
    mode: Mode, route: tuple[CheckpointCode, ...], unloaded_at: tuple[CheckpointCode, ...]
) -> tuple[Call, ...]:
    """On land the line that the goods go along, otherwise the places that unload them."""
    return tuple(Call(place=place, here=True) for place in (route if mode in ON_LAND else unloaded_at))


def presentation_recorded(own: Presentation, event: Own) -> Presentation:
    match event:
        case CheckpointDetermined(checkpoint=checkpoint, further=further):
            return replace(own, determined=(checkpoint, *further))
        case CheckpointWithdrawn():
            return replace(own, determined=())
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
