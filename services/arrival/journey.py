"""How a journey leads, as it was said last, and who has to hear of it."""

from collections.abc import Callable
from functools import reduce

from arrival.commands import ChangeJourney
from arrival.parts import Movement, Own, Plan, recorded
from contracts.arrival import ArrivalNotified, JourneyChanged
from contracts.values import CheckpointCode, ConsignmentId, Instant, Journey, MovementId


def is_changed(changed: ChangeJourney, occurred: Instant, movement: Movement) -> list[Own]:
    """Art. 38 [P10]: a journey may come out otherwise than was said, so it is told anew, as often as need be.

    One that was said before what is on record, and is recorded after it, changes nothing but who has heard of it.
    """
    said = Plan(stated=occurred, mode=changed.mode, journey=changed.journey)
    if said == movement.plan:
        return []
    event = to_be_told(changed.movement, said, unloaded_by(changed.journey))
    after = recorded(movement, event)
    named = after.named if after.plan == said else further(after.named, movement.named)
    event = event.model_copy(update={"consignments": named})
    return [event, *also_told(movement, event)]


def also_told(movement: Movement, event: ArrivalNotified | JourneyChanged) -> list[Own]:
    """The journey that counts, for those consignments that the event itself does not tell of it."""
    after = reduce(recorded, (event,), movement)
    if after.plan is None:
        return []
    anew = after.named if after.plan != movement.plan else further(after.named, movement.named)
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
