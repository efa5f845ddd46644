"""What is told to whom of a vehicle's doings: each consignment hears its own part, and of no other one."""

from collections.abc import Callable
from typing import TypedDict

from arrival.journey import places, where_unloaded
from arrival.parts import Own, came_to, journey_of
from arrival.told import (
    AnnounceConsignment,
    LoseGoodsExemption,
    RecordGoodsArrival,
    RecordGoodsCrossing,
    RecordGoodsJourney,
    RecordGoodsStop,
    Told,
)
from contracts import streams
from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    ExemptionLost,
    JourneyChanged,
    StopRecorded,
    VehicleArrived,
)
from contracts.values import Arrived, CheckpointCode, ConsignmentId, Instant, Journey, Mode, MovementId

ON_LAND: tuple[Mode, ...] = ("road", "rail")


class Way(TypedDict):
    """How a journey leads for one consignment."""

    route: tuple[CheckpointCode, ...]
    unloaded_at: tuple[CheckpointCode, ...]


def told(event: Own) -> list[tuple[str, Told]]:
    """Art. 5(1)(19), 5(1)(28) [F8]: a vehicle is not the goods on it, so each consignment is told what befalls it."""
    match event:
        case ArrivalNotified():
            found = of_notice(event)
        case JourneyChanged():
            found = of_journey(event)
        case BorderCrossed():
            found = of_crossing(event)
        case VehicleArrived(movement=movement, consignments=consignments):
            found = of_arrivals(movement, consignments, (came_to(event),))
        case StopRecorded(movement=str() as movement, consignments=consignments):
            found = of_stop(movement, consignments, event.place, event.stopped, event.exemption_lost)
        case ExemptionLost(movement=str() as movement, consignments=consignments):
            found = of_loss(movement, consignments, event.stopped, event.present_at)
        case _:
            return []  # An exemption is told with the crossing; what is found of a notice is the administration's.
    return [(streams.consignment(each.consignment), each) for each in found]


def of_notice(notice: ArrivalNotified) -> list[Told]:
    """Art. 37(2-1) [A1]: the notice is of goods as well as of vehicles, so each consignment in it hears of it."""
    way = of_the_way(notice.mode, journey_of(notice))
    return [
        AnnounceConsignment(
            consignment=each,
            movement=notice.movement,
            checkpoint=notice.checkpoint,
            mode=notice.mode,
            expected=notice.expected,
            submitted=notice.submitted,
            **way(each),
        )
        for each in notice.consignments
    ]


def of_journey(changed: JourneyChanged) -> list[Told]:
    """Art. 38 [P10]: the goods hear how their vehicle's journey leads now, as far as it concerns them."""
    way = of_the_way(changed.mode, changed.journey)
    return [
        RecordGoodsJourney(
            consignment=each, movement=changed.movement, mode=changed.mode, stated=changed.stated, **way(each)
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


def of_crossing(crossing: BorderCrossed) -> list[Told]:
    """Art. 5(1)(19), 5(1)(28) [F8]: the goods that the papers name have crossed, whatever the notice says.

    They also hear of the arrivals and stops that were recorded before.
    """
    crossed: list[Told] = [
        RecordGoodsCrossing(
            consignment=papers.consignment,
            movement=crossing.movement,
            direction=crossing.direction,
            mode=crossing.mode,
            place=crossing.place,
            crossed=crossing.crossed,
            non_stop=crossing.non_stop,
            packages=papers.packages,
            goods=papers.goods,
        )
        for papers in crossing.papers
    ]
    consignments = tuple(papers.consignment for papers in crossing.papers)
    arrived = (*((crossing.arrived,) if crossing.arrived else ()), *crossing.further)
    found = [*crossed, *of_arrivals(crossing.movement, consignments, arrived)]
    for stop in crossing.stopped:
        lost = stop.present_at
        found += of_stop(crossing.movement, consignments, stop.place, stop.stopped, lost is not None)
        found += of_loss(crossing.movement, consignments, stop.stopped, lost) if lost else ()
    return found


def of_arrivals(
    movement: MovementId, consignments: tuple[ConsignmentId, ...], arrived: tuple[Arrived, ...]
) -> list[Told]:
    """Art. 5(1)(19), 5(1)(28) [F8]: goods arrive with the vehicle that they crossed in, and hear if they left it."""
    found: list[Told] = []
    for place in arrived:
        unloads = None if place.unloads is None else frozenset(place.unloads)
        found += (
            RecordGoodsArrival(
                consignment=each,
                movement=movement,
                mode=place.mode,
                checkpoint=place.checkpoint,
                arrived=place.arrived,
                unloaded=None if unloads is None else each in unloads,
            )
            for each in consignments
        )
    return found


def of_stop(
    movement: MovementId, consignments: tuple[ConsignmentId, ...], place: CheckpointCode, stopped: Instant, lost: bool
) -> list[Told]:
    """Art. 37(3) [A8]: what the officer decides of a stop concerns the goods as much as the vehicle."""
    return [
        RecordGoodsStop(consignment=each, movement=movement, place=place, stopped=stopped, exemption_lost=lost)
        for each in consignments
    ]


def of_loss(
    movement: MovementId, consignments: tuple[ConsignmentId, ...], stopped: Instant, present_at: CheckpointCode
) -> list[Told]:
    """Art. 37(3) [A8]: where the exemption is lost, the goods are shown where the vehicle is."""
    return [
        LoseGoodsExemption(consignment=each, movement=movement, stopped=stopped, present_at=present_at)
        for each in consignments
    ]
