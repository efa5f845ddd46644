"""A movement as `arrival` has it on record. It hears nobody, so all of it is its own."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    Chapter8NotApplicable,
    ExemptionLost,
    JourneyChanged,
    NoticeFindingsRecorded,
    NoticeFindingsWithdrawn,
    StopRecorded,
    VehicleArrived,
)
from contracts.replacing import replace
from contracts.values import (
    Arrived,
    Call,
    CheckpointCode,
    ConsignmentId,
    Exemption,
    Instant,
    Journey,
    Mode,
    Stopped,
    Work,
)
from law import Finding
from law.calendar import EARLIEST

Announced: TypeAlias = ArrivalNotified | JourneyChanged | NoticeFindingsRecorded | NoticeFindingsWithdrawn
Own: TypeAlias = Announced | BorderCrossed | VehicleArrived | Chapter8NotApplicable | StopRecorded | ExemptionLost


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Whose checkpoint's notice it was, and when it was given; None where that was not recorded."""

    checkpoint: CheckpointCode
    submitted: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The journey as it was said last to lead, by a notice or by a change; `stated` is when."""

    stated: Instant | None = None
    mode: Mode
    journey: Journey


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """How it crossed, with which goods by their papers."""

    mode: Mode
    place: CheckpointCode | None = None
    notice_due: bool = False
    consignments: tuple[ConsignmentId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A checkpoint that it came to. What was not stated is None: of what was done with goods, that is as planned."""

    arrived: Instant
    checkpoint: CheckpointCode
    mode: Mode | None = None
    work: tuple[Work, ...] | None = None
    unloads: tuple[ConsignmentId, ...] | None = None


@dataclass(frozen=True, kw_only=True)
class Movement:
    """`named` are the consignments of notice and journeys; visits and stops stand in the order of what happened."""

    notice: Notice | None = None
    plan: Plan | None = None
    named: tuple[ConsignmentId, ...] = ()
    crossing: Crossing | None = None
    exemption: Exemption | None = None
    visits: tuple[Visit, ...] = ()
    stops: tuple[Stopped, ...] = ()
    findings: tuple[Finding, ...] = ()


def mode_of(movement: Movement) -> Mode | None:
    """How it crossed goes before what is said of its arrivals, and that before what was announced."""
    if movement.crossing:
        return movement.crossing.mode
    stated = [visit.mode for visit in movement.visits if visit.mode]
    if stated:
        return stated[0]
    return movement.plan.mode if movement.plan else None


def recorded(movement: Movement, event: Own) -> Movement:
    match event:
        case ArrivalNotified() | JourneyChanged() | NoticeFindingsRecorded() | NoticeFindingsWithdrawn():
            return announced(movement, event)
        case BorderCrossed():
            return replace(movement, crossing=crossing(event))
        case VehicleArrived():
            return replace(movement, visits=visits_with(movement.visits, event))
        case Chapter8NotApplicable(exemption=exemption):
            return replace(movement, exemption=exemption)
        case StopRecorded(place=place, stopped=stopped):
            return replace(movement, stops=stops_with(movement.stops, Stopped(place=place, stopped=stopped)))
        case ExemptionLost(present_at=present_at, stopped=stopped):
            return replace(movement, stops=lost_by(movement.stops, stopped, present_at))
        case _:
            assert_never(event)


def announced(movement: Movement, event: Announced) -> Movement:
    match event:
        case ArrivalNotified(checkpoint=checkpoint, submitted=submitted):
            notice = Notice(checkpoint=checkpoint, submitted=submitted)
            said = Plan(stated=submitted, mode=event.mode, journey=journey_of(event))
            return replace(planned(movement, said, event.consignments), notice=notice)
        case JourneyChanged(stated=stated, mode=mode, journey=journey):
            return planned(movement, Plan(stated=stated, mode=mode, journey=journey), event.consignments)
        case NoticeFindingsRecorded(findings=found):
            return replace(movement, findings=tuple(sorted({*movement.findings, *found}, key=repr)))
        case NoticeFindingsWithdrawn(findings=gone):
            return replace(movement, findings=tuple(each for each in movement.findings if each not in gone))
        case _:
            assert_never(event)


def journey_of(notice: ArrivalNotified) -> Journey:
    """A notice that tells no journey leads to its own checkpoint, and is of goods that are unloaded there."""
    return notice.journey or (Call(place=notice.checkpoint, work=("unload",)),)


def planned(movement: Movement, said: Plan, consignments: tuple[ConsignmentId, ...]) -> Movement:
    """What was said last of the journey counts, whatever was recorded last."""
    named = tuple(sorted({*movement.named, *consignments}))
    plans = [plan for plan in (movement.plan, said) if plan]
    return replace(movement, named=named, plan=max(plans, key=lambda plan: (plan.stated or EARLIEST, repr(plan))))


def crossing(event: BorderCrossed) -> Crossing:
    return Crossing(
        mode=event.mode,
        place=event.place,
        notice_due=event.notice_due,
        consignments=tuple(papers.consignment for papers in event.papers),
    )


def visits_with(visits: tuple[Visit, ...], event: VehicleArrived) -> tuple[Visit, ...]:
    """Each place once, in the order in which it came to them."""
    visit = Visit(
        checkpoint=event.checkpoint,
        arrived=event.arrived,
        mode=event.mode,
        work=event.work,
        unloads=event.unloads,
    )
    others = (each for each in visits if each.checkpoint != visit.checkpoint)
    return tuple(sorted((*others, visit), key=lambda each: (each.arrived, each.checkpoint)))


def stops_with(stops: tuple[Stopped, ...], stop: Stopped) -> tuple[Stopped, ...]:
    """Each stop once; one by which the exemption is lost stays that."""
    if any((each.place, each.stopped) == (stop.place, stop.stopped) for each in stops):
        return stops
    return tuple(sorted((*stops, stop), key=lambda each: (each.stopped, each.place)))


def lost_by(stops: tuple[Stopped, ...], stopped: Instant, present_at: CheckpointCode) -> tuple[Stopped, ...]:
    return tuple(replace(each, present_at=present_at) if each.stopped == stopped else each for each in stops)


def came_to(visit: Visit | VehicleArrived) -> Arrived:
    return Arrived(checkpoint=visit.checkpoint, arrived=visit.arrived, mode=visit.mode, unloads=visit.unloads)
