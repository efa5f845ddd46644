"""How a journey was said to lead, by notices and by itself: which of it counts, and whom it names (Art. 38)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.arrival import (
    ArrivalNotified,
    JourneyChanged,
    JourneyCorrected,
    JourneyWithdrawn,
    NoticeAmended,
    NoticeCorrected,
    Noticed,
    NoticeWithdrawn,
)
from contracts.papers import Papers
from contracts.statements import standing
from contracts.stating import Stater
from contracts.values import Call, CheckpointCode, ConsignmentId, Instant, Journey, Leads, Mode
from decider import replace
from law.calendar import EARLIEST

Notified: TypeAlias = ArrivalNotified | NoticeAmended | NoticeCorrected
Said: TypeAlias = Notified | NoticeWithdrawn | JourneyChanged | JourneyCorrected | JourneyWithdrawn


@dataclass(frozen=True, kw_only=True)
class OfNotice:
    """What a notice says besides its journey."""

    checkpoint: CheckpointCode
    expected: Instant
    told: Journey = ()
    consignments: tuple[ConsignmentId, ...] = ()
    papers: tuple[Papers, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A journey as it was said to lead, by itself or by a notice."""

    mode: Mode
    journey: Journey
    notice: OfNotice | None = None
    at: Instant | None = None
    by: Stater | None = None
    struck: bool = False

    @property
    def names(self) -> tuple[ConsignmentId, ...]:
        return self.notice.consignments if self.notice else unloaded_by(self.journey)

    @property
    def leads(self) -> Leads:
        return Leads(mode=self.mode, journey=self.journey, stated=self.at)


@dataclass(frozen=True, kw_only=True)
class Route:
    """All that was said of it, in the order in which it was said, and what of it was taken back."""

    said: tuple[Plan, ...] = ()

    @property
    def standing(self) -> tuple[Plan, ...]:
        return standing(self.said)

    @property
    def plan(self) -> Plan | None:
        """What was said last of the journey counts, whatever was recorded last."""
        return last_of(self.standing)

    @property
    def notice(self) -> Plan | None:
        """The notice as it was given, or amended, last."""
        return last_of(tuple(each for each in self.standing if each.notice))

    @property
    def named(self) -> tuple[ConsignmentId, ...]:
        """By the notice that counts, and by all that was said of the journey by itself."""
        by = [each for each in self.standing if each.notice is None or each == self.notice]
        return tuple(sorted({name for each in by for name in each.names}))

    @property
    def mode(self) -> Mode | None:
        return self.plan.mode if self.plan else None

    def journey_at(self, at: Instant) -> Plan | None:
        """What was said of the journey then, by itself."""
        return next((each for each in self.said if each.notice is None and each.at == at), None)


def said_at(plan: Plan) -> Instant:
    return plan.at or EARLIEST


def last_of(plans: tuple[Plan, ...]) -> Plan | None:
    """Of several at once always the same; what a ship unloads is not written out to find that out of one."""
    last = max((said_at(each) for each in plans), default=None)
    at_once = [each for each in plans if said_at(each) == last]
    return max(at_once, key=repr) if at_once[1:] else next(iter(at_once), None)


def unloaded_by(journey: Journey) -> tuple[ConsignmentId, ...]:
    """All that a journey names."""
    return tuple(sorted({each for call in journey for each in call.unloads}))


def in_sets(journey: Journey) -> Journey:
    """The order of places says how it leads; that of what is done there, and with which goods, says nothing."""
    return tuple(
        replace(call, work=tuple(sorted({*call.work})), unloads=tuple(sorted({*call.unloads}))) for call in journey
    )


def journey_of(notice: Notified | Noticed) -> Journey:
    """A notice that tells no journey leads to its own checkpoint, and is of goods that are unloaded there."""
    return notice.journey or (Call(place=notice.checkpoint, work=("unload",)),)


def noticed(plan: Plan | None) -> Noticed | None:
    """A notice, as its goods hear of it."""
    if plan is None or plan.notice is None:
        return None
    return Noticed(
        checkpoint=plan.notice.checkpoint,
        mode=plan.mode,
        expected=plan.notice.expected,
        submitted=plan.at,
        journey=plan.notice.told,
        consignments=plan.notice.consignments,
        papers=plan.notice.papers,
    )


def recorded(route: Route, event: Said) -> Route:
    match event:
        case ArrivalNotified() | NoticeAmended():
            return with_plan(route, plan_of(event))
        case NoticeCorrected(corrects=at):
            return with_plan(without(route, at, notice=True), plan_of(event))
        case JourneyChanged():
            return route if event.again else with_plan(route, journey_said(event))
        case JourneyCorrected(corrects=at):
            return with_plan(without(route, at, notice=False), journey_said(event))
        case NoticeWithdrawn(withdraws=at):
            return struck(route, at, notice=True)
        case JourneyWithdrawn(withdraws=at):
            return struck(route, at, notice=False)
        case _:
            assert_never(event)


def plan_of(event: Notified) -> Plan:
    of = OfNotice(
        checkpoint=event.checkpoint,
        expected=event.expected,
        told=event.journey,
        consignments=event.consignments,
        papers=event.papers,
    )
    journey = in_sets(journey_of(event))
    return Plan(mode=event.mode, journey=journey, notice=of, at=event.submitted, by=event.stated_by)


def journey_said(event: JourneyChanged | JourneyCorrected) -> Plan:
    return Plan(mode=event.mode, journey=in_sets(event.journey), at=event.stated, by=event.stated_by)


def with_plan(route: Route, plan: Plan) -> Route:
    """What was taken back of the same time is stated again."""
    others = [each for each in route.said if each != plan and not (each.struck and of_one(each, plan))]
    return Route(said=in_order_of_time((*others, plan)))


def of_one(plan: Plan, other: Plan) -> bool:
    return (plan.at, plan.notice is None) == (other.at, other.notice is None)


def without(route: Route, at: Instant, *, notice: bool) -> Route:
    return Route(said=tuple(each for each in route.said if (each.at, each.notice is not None) != (at, notice)))


def struck(route: Route, at: Instant, *, notice: bool) -> Route:
    return Route(
        said=tuple(
            replace(each, struck=True) if (each.at, each.notice is not None) == (at, notice) else each
            for each in route.said
        )
    )


def in_order_of_time(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    several = tuple(plans)
    times = Counter(said_at(each) for each in several)
    return tuple(sorted(several, key=lambda each: (said_at(each), repr(each) if times[said_at(each)] > 1 else "")))
