"""How a journey leads, as it was said last, and who has to hear of it (Art. 38)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypedDict, assert_never

from arrival.consignment.announcement import RecordGoodsJourney
from contracts import streams
from contracts.arrival import ArrivalNotified, JourneyChanged
from contracts.values import Call, CheckpointCode, ConsignmentId, Instant, Journey, KnownJourney, Mode, MovementId
from decider import Input, Matter
from law.calendar import EARLIEST
from law.rule import rule

ON_LAND: tuple[Mode, ...] = ("road", "rail")


@dataclass(frozen=True, kw_only=True)
class ChangeJourney:
    """Administration or carrier tell the whole of a journey that leads, or led, otherwise than was said (Art. 38)."""

    movement: MovementId
    mode: Mode
    journey: KnownJourney


@dataclass(frozen=True, kw_only=True)
class Plan:
    """The journey as it was said last to lead, by a notice or by a change; `stated` is when."""

    stated: Instant | None = None
    mode: Mode
    journey: Journey


@dataclass(frozen=True, kw_only=True)
class Route:
    """The journey that counts, and all consignments that notice and journeys named."""

    plan: Plan | None = None
    named: tuple[ConsignmentId, ...] = ()

    @property
    def mode(self) -> Mode | None:
        return self.plan.mode if self.plan else None


class Way(TypedDict):
    """How a journey leads for one consignment."""

    route: tuple[CheckpointCode, ...]
    unloaded_at: tuple[CheckpointCode, ...]


@rule()
def change_journey(asked: Input[ChangeJourney], route: Route) -> list[JourneyChanged]:
    """Art. 38 [P10]: a journey may come out otherwise than was said, so it is told anew, as often as need be.

    One that was said before what is on record, and is recorded after it, changes nothing but who has heard of it.
    """
    changed = asked.content
    said = Plan(stated=asked.occurred, mode=changed.mode, journey=changed.journey)
    if said == route.plan:
        return []
    event = to_be_told(changed.movement, said, unloaded_by(changed.journey))
    after = recorded(route, event)
    named = after.named if after.plan == said else further(after.named, route.named)
    event = event.model_copy(update={"consignments": named})
    return [event, *also_told(route, event)]


def also_told(route: Route, event: ArrivalNotified | JourneyChanged) -> list[JourneyChanged]:
    """The journey that counts, for those consignments that the event itself does not tell of it."""
    after = recorded(route, event)
    if after.plan is None:
        return []
    anew = after.named if after.plan != route.plan else further(after.named, route.named)
    is_in_it = after.plan.stated == (event.submitted if isinstance(event, ArrivalNotified) else event.stated)
    rest = further(anew, event.consignments) if is_in_it else anew
    return [to_be_told(event.movement, after.plan, rest)] if rest else []


def to_be_told(movement: MovementId, plan: Plan, consignments: tuple[ConsignmentId, ...]) -> JourneyChanged:
    return JourneyChanged(
        movement=movement, mode=plan.mode, journey=plan.journey, stated=plan.stated, consignments=consignments
    )


def further(these: tuple[ConsignmentId, ...], those: tuple[ConsignmentId, ...]) -> tuple[ConsignmentId, ...]:
    """These without those."""
    return tuple(sorted(set(these) - set(those)))


def unloaded_by(journey: Journey) -> tuple[ConsignmentId, ...]:
    """All that a journey names."""
    return tuple(sorted({each for call in journey for each in call.unloads}))


def places(journey: Journey) -> tuple[CheckpointCode, ...]:
    return tuple(dict.fromkeys(call.place for call in journey))


def where_unloaded(journey: Journey) -> Callable[[ConsignmentId], tuple[CheckpointCode, ...]]:
    """Of each consignment the places at which the journey unloads it, without going through the journey for each.

    A call that unloads and names nothing unloads what no other call names.
    """
    named: dict[ConsignmentId, dict[CheckpointCode, None]] = {}
    for call in journey:
        for each in call.unloads:
            named.setdefault(each, {})[call.place] = None
    unnamed = dict.fromkeys(call.place for call in journey if "unload" in call.work and not call.unloads)
    return lambda consignment: tuple(named.get(consignment, unnamed))


def recorded(route: Route, event: ArrivalNotified | JourneyChanged) -> Route:
    """What was said last of the journey counts, whatever was recorded last."""
    match event:
        case ArrivalNotified(submitted=submitted, mode=mode):
            said = Plan(stated=submitted, mode=mode, journey=journey_of(event))
        case JourneyChanged(stated=stated, mode=mode, journey=journey):
            said = Plan(stated=stated, mode=mode, journey=journey)
        case _:
            assert_never(event)
    plans = [plan for plan in (route.plan, said) if plan]
    last = max(plans, key=lambda plan: (plan.stated or EARLIEST, repr(plan)))
    return Route(plan=last, named=tuple(sorted({*route.named, *event.consignments})))


def journey_of(notice: ArrivalNotified) -> Journey:
    """A notice that tells no journey leads to its own checkpoint, and is of goods that are unloaded there."""
    return notice.journey or (Call(place=notice.checkpoint, work=("unload",)),)


@rule()
def tell_the_goods(changed: JourneyChanged) -> list[tuple[str, RecordGoodsJourney]]:
    """Art. 38 [P10]: the goods hear how their vehicle's journey leads now, as far as it concerns them."""
    way = of_the_way(changed.mode, changed.journey)
    return [
        (
            streams.consignment(each),
            RecordGoodsJourney(
                consignment=each, movement=changed.movement, mode=changed.mode, stated=changed.stated, **way(each)
            ),
        )
        for each in changed.consignments
    ]


def of_the_way(mode: Mode, journey: Journey) -> Callable[[ConsignmentId], Way]:
    """On land goods go where the line leads, otherwise each to where it is unloaded."""
    if mode in ON_LAND:
        line = Way(route=places(journey), unloaded_at=())
        return lambda consignment: line
    unloaded = where_unloaded(journey)
    return lambda consignment: Way(route=(), unloaded_at=unloaded(consignment))


MATTER = Matter(commands=(change_journey,), folds=(recorded,), tells=(tell_the_goods,))
