"""How a journey leads, as it was said last, and who has to hear of it (Art. 38)."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, TypedDict

from arrival.consignment.announcement import RecordGoodsJourney, WithdrawGoodsJourney
from arrival.movement.route import Plan, Route, in_sets, recorded
from contracts import streams
from contracts.arrival import (
    ArrivalNotified,
    JourneyChanged,
    JourneyCorrected,
    JourneyWithdrawn,
    NoticeAmended,
    NoticeCorrected,
    NoticeWithdrawn,
)
from contracts.calls import Numbered, along, numbers_beside
from contracts.names import NamedJourney, OfMovement
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import (
    CheckpointCode,
    ConsignmentId,
    Instant,
    Journey,
    Leads,
    Mode,
    MovementId,
    Text,
)
from decider import Input, Matter
from law.rule import rule

ON_LAND: tuple[Mode, ...] = ("road", "rail")


@dataclass(frozen=True, kw_only=True)
class ChangeJourney(OfMovement):
    """Administration or carrier tell the whole of a journey that leads, or led, otherwise than was said (Art. 38)."""

    mode: Mode
    journey: NamedJourney


@dataclass(frozen=True, kw_only=True)
class CorrectJourney(ChangeJourney):
    """What was stated of a journey was wrong; the whole of it stands here, and `stated`, where its time was, too."""

    corrects: Instant
    stated: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawJourney(OfMovement):
    """What was stated of a journey was never said; what was said before it counts again."""

    withdraws: Instant
    reason: Text | None = None


JOURNEY = Amendable(article="38", rule="P10", states=ChangeJourney, amends=(CorrectJourney, WithdrawJourney))


Anew: TypeAlias = NoticeAmended | NoticeCorrected | NoticeWithdrawn | JourneyCorrected | JourneyWithdrawn


class Way(TypedDict):
    """How a journey leads for one consignment."""

    route: tuple[CheckpointCode, ...]
    unloaded_at: tuple[CheckpointCode, ...]
    unloading_calls: tuple[int, ...]


@rule()
def change_journey(asked: Input[ChangeJourney], route: Route) -> list[JourneyChanged | StatementDiffers]:
    """Art. 38 [P10]: a journey may come out otherwise than was said, so it is told anew, as often as need be.

    One that was said before what is on record, and is recorded after it, changes nothing but who has heard of it.
    """
    said = as_said(asked.content, asked.occurred)
    event = JourneyChanged(
        movement=asked.id,
        mode=said.mode,
        journey=asked.content.journey,
        stated=said.at,
        consignments=said.names,
        stated_by=stater(asked.subject),
    )
    found = stated(asked, said, route.journey_at(asked.occurred), JOURNEY, lambda: event)
    if event not in found:
        return [*found]
    after = recorded(route, event)
    counts = after.plan is not None and after.plan.leads == said.leads
    event = event.model_copy(update={"consignments": after.named if counts else further(after.named, route.named)})
    return [event, *also_told(route, event)]


def as_said(said: ChangeJourney, at: Instant) -> Plan:
    return Plan(mode=said.mode, journey=in_sets(said.journey), at=at)


def correct_journey(asked: Input[CorrectJourney], route: Route) -> list[JourneyCorrected | StatementDiffers]:
    said = asked.content
    at, before = said.stated or said.corrects, route.journey_at(said.corrects)
    right = JourneyCorrected(
        movement=said.movement,
        mode=said.mode,
        journey=said.journey,
        stated=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    right = right.model_copy(update=what_follows(route, recorded(route, right)))
    return corrected(asked, as_said(said, at), before, said.corrects, JOURNEY, lambda: right)


def withdraw_journey(asked: Input[WithdrawJourney], route: Route) -> list[JourneyWithdrawn | StatementDiffers]:
    said = asked.content
    gone = JourneyWithdrawn(movement=said.movement, withdraws=said.withdraws, reason=said.reason)
    gone = gone.model_copy(update=what_follows(route, recorded(route, gone)))
    return withdrawn(asked, route.journey_at(said.withdraws), said.withdraws, JOURNEY, lambda: gone)


class Follows(TypedDict):
    """How the journey leads by what stands, who is to hear that, and whom nothing names any more."""

    leads: Leads | None
    hear: tuple[ConsignmentId, ...]
    left: tuple[ConsignmentId, ...]


def what_follows(before: Route, after: Route) -> Follows:
    leads = after.plan.leads if after.plan else None
    was = before.plan.leads if before.plan else None
    hear = after.named if leads != was else further(after.named, before.named)
    return Follows(leads=leads, hear=hear, left=further(before.named, after.named))


def leads_together(route: Route, event: ArrivalNotified) -> dict[str, Any]:
    """Where a notice is not all that is said: how the journey leads by it and what stands, and who hears that."""
    after = recorded(route, event)
    if after.plan is None or after.plan == after.last:
        return {}
    follows = what_follows(route, after)
    return {"leads": follows["leads"], "hear": tuple(sorted({*follows["hear"], *event.consignments}))}


def also_told(route: Route, event: ArrivalNotified | JourneyChanged) -> list[JourneyChanged]:
    """The journey that counts, for those consignments that the event itself does not tell of it."""
    after = recorded(route, event)
    if after.plan is None:
        return []
    anew = after.named if after.plan != route.plan else further(after.named, route.named)
    is_in_it = after.plan.at == (event.submitted if isinstance(event, ArrivalNotified) else event.stated)
    rest = further(anew, event.consignments) if is_in_it else anew
    return [to_be_told(event.movement, after.plan, rest, anew=after.plan != after.last)] if rest else []


def to_be_told(
    movement: MovementId, plan: Plan, consignments: tuple[ConsignmentId, ...], *, anew: bool
) -> JourneyChanged:
    """What was said before, to those that have not heard of it."""
    return JourneyChanged(
        movement=movement,
        mode=plan.mode,
        journey=plan.journey,
        stated=plan.at,
        consignments=consignments,
        again=True,
        anew=anew,
        stated_by=plan.by,
    )


def further(these: tuple[ConsignmentId, ...], those: tuple[ConsignmentId, ...]) -> tuple[ConsignmentId, ...]:
    """These without those."""
    return tuple(sorted(set(these) - set(those)))


def places(journey: Journey) -> tuple[CheckpointCode, ...]:
    return tuple(dict.fromkeys(call.place for call in journey))


def where_unloaded(journey: Journey) -> Callable[[ConsignmentId], tuple[Numbered, ...]]:
    """Of each consignment the calls at which the journey unloads it, without going through the journey for each.

    A call that unloads and names nothing unloads what no other call names.
    """
    named: dict[ConsignmentId, dict[Numbered, None]] = {}
    calls = list(zip(journey, along(call.place for call in journey), strict=True))
    for call, numbered in calls:
        for each in call.unloads:
            named.setdefault(each, {})[numbered] = None
    unnamed = dict.fromkeys(numbered for call, numbered in calls if "unload" in call.work and not call.unloads)
    return lambda consignment: tuple(named.get(consignment, unnamed))


@rule()
def tell_the_goods(changed: JourneyChanged) -> list[tuple[str, RecordGoodsJourney]]:
    """Art. 38 [P10]: the goods hear how their vehicle's journey leads now, as far as it concerns them."""
    way = of_the_way(changed.mode, changed.journey)
    return [
        (
            streams.consignment(each),
            RecordGoodsJourney(
                consignment=each,
                movement=changed.movement,
                mode=changed.mode,
                stated=changed.stated,
                anew=changed.anew,
                **way(each),
            ),
        )
        for each in changed.consignments
    ]


def tell_anew(event: Anew) -> list[tuple[str, RecordGoodsJourney | WithdrawGoodsJourney]]:
    """What counts, to whom it is new; and that there is nothing, to those that nothing names any more."""
    found: list[tuple[str, RecordGoodsJourney | WithdrawGoodsJourney]] = [
        *told_of_the_way(event.movement, event.leads, event.hear)
    ]
    found += (
        (streams.consignment(each), WithdrawGoodsJourney(consignment=each, movement=event.movement))
        for each in event.left
    )
    return found


def told_of_the_way(
    movement: MovementId, leads: Leads | None, hear: tuple[ConsignmentId, ...]
) -> Iterator[tuple[str, RecordGoodsJourney]]:
    if leads is None:
        return
    way, by, since = of_the_way(leads.mode, leads.journey), leads.mode, leads.stated
    for each in hear:
        told = RecordGoodsJourney(consignment=each, movement=movement, mode=by, stated=since, anew=True, **way(each))
        yield streams.consignment(each), told


def of_the_way(mode: Mode | None, journey: Journey) -> Callable[[ConsignmentId], Way]:
    """On land goods go where the line leads, otherwise each to where it is unloaded."""
    if mode in ON_LAND:
        line = Way(route=places(journey), unloaded_at=(), unloading_calls=())
        return lambda consignment: line
    unloaded = where_unloaded(journey)
    return lambda consignment: unloaded_in(unloaded(consignment))


def unloaded_in(calls: tuple[Numbered, ...]) -> Way:
    numbers = numbers_beside([number for _, number in calls])
    return Way(route=(), unloaded_at=tuple(place for place, _ in calls), unloading_calls=numbers)


MATTER = Matter(
    commands=(change_journey, correct_journey, withdraw_journey), folds=(recorded,), tells=(tell_the_goods, tell_anew)
)
