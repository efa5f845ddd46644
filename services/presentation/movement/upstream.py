"""What `arrival` says of a vehicle: how it was to come in, how it did, and under which seals."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.arrival import (
    ArrivalNotified,
    ArrivalWithdrawn,
    BorderCrossed,
    CrossingCorrected,
    CrossingWithdrawn,
    JourneyChanged,
    JourneyCorrected,
    JourneyWithdrawn,
    NoticeAmended,
    NoticeCorrected,
    NoticeWithdrawn,
    VehicleArrived,
)
from contracts.calls import along
from contracts.links import linked
from contracts.seals import Seal
from contracts.values import Instant, Journey, Leads
from decider import Matter, replace
from law.rule import rule
from presentation.way import (
    UNKNOWN,
    Applied,
    Call,
    Plan,
    Visit,
    Way,
    applies,
    came_to,
    crossed_at,
    gone_from,
    led,
    not_crossed,
    planned,
)

Planned: TypeAlias = ArrivalNotified | JourneyChanged
Anew: TypeAlias = NoticeAmended | NoticeCorrected | NoticeWithdrawn | JourneyCorrected | JourneyWithdrawn
Crossed: TypeAlias = BorderCrossed | CrossingCorrected | CrossingWithdrawn
Heard: TypeAlias = Planned | Anew | Crossed | VehicleArrived | ArrivalWithdrawn | Applied


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: how it was to come in, how it did, and under which seals."""

    way: Way = UNKNOWN
    seals: tuple[Seal, ...] = ()


def announced(arrival: Arrival, event: Planned, known: Instant) -> Arrival:
    """By what was said last, but where several statements together say how it leads."""
    match event:
        case ArrivalNotified(leads=Leads() as leads):
            return led_by(arrival, leads, known)
        case ArrivalNotified(submitted=stated, mode=mode):
            # A notice that tells no journey leads to its own checkpoint, and is of goods that are unloaded there.
            calls = calls_of(event.journey) or (Call(place=event.checkpoint, here=True),)
        case JourneyChanged(anew=True):
            return led_by(arrival, Leads(mode=event.mode, journey=event.journey, stated=event.stated), known)
        case JourneyChanged(stated=stated, mode=mode, journey=journey):
            calls = calls_of(journey)
        case _:
            assert_never(event)
    return replace(arrival, way=planned(arrival.way, Plan(stated=stated, known=known, mode=mode, calls=calls)))


def announced_anew(arrival: Arrival, event: Anew, known: Instant) -> Arrival:
    """What was said last may have been put right, or taken back: what counts stands in the event."""
    if event.leads is None:
        return replace(arrival, way=led(arrival.way, None))
    return led_by(arrival, event.leads, known)


def led_by(arrival: Arrival, leads: Leads, known: Instant) -> Arrival:
    plan = Plan(stated=leads.stated, known=known, mode=leads.mode, calls=calls_of(leads.journey))
    return replace(arrival, way=led(arrival.way, plan))


def border_crossed(arrival: Arrival, event: Crossed, known: Instant) -> Arrival:
    if isinstance(event, CrossingWithdrawn):
        return Arrival(way=not_crossed(arrival.way))
    return Arrival(way=crossed_at(arrival.way, event.mode, event.place, event.crossed, known), seals=event.seals)


def arrived(arrival: Arrival, event: VehicleArrived | ArrivalWithdrawn, known: Instant) -> Arrival:
    if isinstance(event, ArrivalWithdrawn):
        return replace(arrival, way=gone_from(arrival.way, event.checkpoint, event.withdraws))
    return replace(arrival, way=came_to(arrival.way, visit(event, known), event.corrects, event.instead_of))


def chapter_applies(arrival: Arrival, event: Applied, known: Instant) -> Arrival:
    return replace(arrival, way=applies(arrival.way, event, known))


@rule()
def calls_of(journey: Journey) -> tuple[Call, ...]:
    """Art. 38(1) [P8]: any goods work makes a call one that counts: unloading, loading or reloading."""
    numbered = zip(journey, along(call.place for call in journey), strict=True)
    return tuple(Call(place=at, number=number, here=bool(call.work or call.unloads)) for call, (at, number) in numbered)


@rule()
def visit(event: VehicleArrived, known: Instant) -> Visit:
    """Art. 38(1) [P8]: a landing or a stop without goods work is on record and nobody's checkpoint."""
    silent = event.work is None and event.unloads is None
    return Visit(
        arrived=event.arrived,
        known=known,
        place=event.checkpoint,
        mode=event.mode,
        here=None if silent else bool(event.work or event.unloads),
        call=event.call,
    )


MATTER = Matter(folds=(announced, announced_anew, border_crossed, arrived, chapter_applies, linked))
