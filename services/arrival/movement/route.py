"""How a journey was said to lead, by notices and by itself: which of it counts, and whom it names (Art. 38)."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
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
from contracts.values import CONSIGNMENTS_MAX, Call, CheckpointCode, ConsignmentId, Instant, Journey, Leads, Mode
from decider import replace
from law.calendar import EARLIEST, LATEST

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
    instead_of: CheckpointCode | None = None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A journey as it was said to lead, by itself or by a notice."""

    mode: Mode | None
    journey: Journey
    notice: OfNotice | None = None
    at: Instant | None = None
    by: Stater | None = None
    struck: bool = False

    @property
    def names(self) -> tuple[ConsignmentId, ...]:
        return self.notice.consignments if self.notice else unloaded_by(self.journey)

    @property
    def of(self) -> tuple[Instant | None, CheckpointCode | None]:
        """What tells it from others: when it was said, and of a notice for which checkpoint."""
        return self.at, self.notice.checkpoint if self.notice else None

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
    def notices(self) -> Mapping[CheckpointCode, Plan]:
        """Of each checkpoint the notice as it was given, or amended, last; unless it was moved to another one."""
        last: dict[CheckpointCode, Plan] = {}
        for each in self.standing:
            if each.notice:
                last.pop(each.notice.instead_of or "", None)
                last[each.notice.checkpoint] = each
        return last

    @property
    def counting(self) -> tuple[Plan, ...]:
        """The notices that count, and all that was said of the journey by itself."""
        notices = [*self.notices.values()]
        return tuple(each for each in self.standing if each.notice is None or each in notices)

    @property
    def last(self) -> Plan | None:
        """What was said last, whatever was recorded last."""
        return last_of(self.counting)

    @property
    def plan(self) -> Plan | None:
        """How the journey leads by all that counts."""
        last = self.last
        return together(last, self.counting) if last and last.notice else last

    @property
    def named(self) -> tuple[ConsignmentId, ...]:
        return tuple(sorted({name for each in self.counting for name in each.names}))

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


def together(last: Plan, counting: tuple[Plan, ...]) -> Plan:
    """Each administration speaks of its own checkpoint: where another notice was given last, the rest still stands.

    One that tells no journey leaves standing what was told of one that leads there. What was said of the journey by
    itself is the whole of it, and goes before the notices that were given until then.
    """
    whole = last_of(tuple(each for each in counting if each.notice is None))
    since = [each for each in counting if each.notice and (whole is None or said_at(each) > said_at(whole))]
    base = last if last.notice and last.notice.told else leading_there(last, whole, since)
    others = sorted((each for each in since if each != base), key=lambda each: (expected_of(each), str(each.of[1])))
    led_to = {call.place for call in base.journey}
    expected = {at: expected_of(each) for each in since if (at := each.of[1])}
    journey = base.journey
    if base.notice and not base.notice.told and any(each.of[1] not in led_to for each in others):
        journey = own_calls(base)
    for each in others:
        there = each.of[1] in led_to
        journey = with_goods(journey, each) if there else with_calls(journey, own_calls(each), expected)
    if journey == base.journey:
        return base
    return Plan(mode=last.mode, journey=in_sets(of_one_ship(journey)), at=last.at, by=last.by)


def leading_there(last: Plan, whole: Plan | None, since: Iterable[Plan]) -> Plan:
    """What was told last of a journey, if it leads to the checkpoint of this notice; else the notice by itself."""
    told = last_of(tuple(each for each in (whole, *since) if each and (each.notice is None or each.notice.told)))
    return told if told and any(call.place == last.of[1] for call in told.journey) else last


def expected_of(plan: Plan) -> Instant:
    return plan.notice.expected if plan.notice else LATEST


def own_calls(plan: Plan) -> Journey:
    """Those at the checkpoint of a notice, each with what it unloads, so that others do not unload the same."""
    of = plan.notice
    if of is None:
        return ()
    if own := tuple(call for call in of.told if call.place == of.checkpoint):
        return own
    return (Call(place=of.checkpoint, expected=of.expected, work=("unload",), unloads=of.consignments),)


def with_calls(journey: Journey, calls: Journey, expected: Mapping[CheckpointCode, Instant]) -> Journey:
    """Before the first place to which it comes later, as far as that is said."""
    first = calls[0].expected or expected.get(calls[0].place, LATEST)
    times = [call.expected or expected.get(call.place) for call in journey]
    before = next((n for n, at in enumerate(times) if at and at > first), len(journey))
    return (*journey[:before], *calls, *journey[before:])


def with_goods(journey: Journey, notice: Plan) -> Journey:
    """Goods of a notice without a journey are unloaded at its checkpoint, unless the journey has a place for them."""
    if (
        notice.notice is None
        or notice.notice.told
        or any("unload" in each.work and not each.unloads for each in journey)
    ):
        return journey
    more = {*notice.names} - {*unloaded_by(journey)}
    at = next(n for n, call in enumerate(journey) if call.place == notice.of[1])
    call = replace(journey[at], unloads=tuple(sorted({*journey[at].unloads, *more})))
    return (*journey[:at], call, *journey[at + 1 :]) if more else journey


def of_one_ship(journey: Journey) -> Journey:
    """Where several administrations name more goods than one ship has, each call unloads what nobody else names."""
    if sum(len(call.unloads) for call in journey) <= CONSIGNMENTS_MAX:
        return journey
    return tuple(replace(call, unloads=()) for call in journey)


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


def noticed(plan: Plan) -> Noticed:
    """A notice, as its goods hear of it."""
    assert plan.notice
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
        case NoticeCorrected():
            return put_right(route, event)
        case JourneyChanged():
            return route if event.again else with_plan(route, journey_said(event))
        case JourneyCorrected(corrects=at):
            return with_plan(without(route, (at, None)), journey_said(event))
        case NoticeWithdrawn(withdraws=at, checkpoint=of):
            return struck(route, lambda each: each.notice is not None and each.at == at and of in (None, each.of[1]))
        case JourneyWithdrawn(withdraws=at):
            return struck(route, lambda each: each.of == (at, None))
        case _:
            assert_never(event)


def plan_of(event: Notified) -> Plan:
    of = OfNotice(
        checkpoint=event.checkpoint,
        expected=event.expected,
        told=event.journey,
        consignments=event.consignments,
        papers=event.papers,
        instead_of=(event.instead_of or event.checkpoint) if isinstance(event, NoticeAmended) else None,
    )
    journey = in_sets(journey_of(event))
    return Plan(mode=event.mode, journey=journey, notice=of, at=event.submitted, by=event.stated_by)


def put_right(route: Route, event: NoticeCorrected) -> Route:
    """In the place of what it was, and from where an amendment moved it."""
    was, plan = (event.corrects, event.instead_of or event.checkpoint), plan_of(event)
    before = next((each.notice for each in route.said if each.notice and each.of == was), None)
    if before and plan.notice:
        plan = replace(plan, notice=replace(plan.notice, instead_of=before.instead_of))
    return with_plan(without(route, was), plan)


def journey_said(event: JourneyChanged | JourneyCorrected) -> Plan:
    return Plan(mode=event.mode, journey=in_sets(event.journey), at=event.stated, by=event.stated_by)


def with_plan(route: Route, plan: Plan) -> Route:
    """What was taken back of the same time is stated again."""
    others = [each for each in route.said if each != plan and not (each.struck and each.of == plan.of)]
    return Route(said=in_order_of_time((*others, plan)))


def without(route: Route, of: tuple[Instant, CheckpointCode | None]) -> Route:
    return Route(said=tuple(each for each in route.said if each.of != of))


def struck(route: Route, gone: Callable[[Plan], bool]) -> Route:
    return Route(said=tuple(replace(each, struck=True) if gone(each) else each for each in route.said))


def in_order_of_time(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    several = tuple(plans)
    times = Counter(said_at(each) for each in several)
    return tuple(sorted(several, key=lambda each: (said_at(each), repr(each) if times[said_at(each)] > 1 else "")))
