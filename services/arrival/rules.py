"""When a notice is missing, and what is told to whom of a vehicle's doings."""

from typing import TypeAlias, assert_never

from arrival.consignment import AnnounceConsignment, RecordGoodsArrival, RecordGoodsCrossing
from contracts import streams
from contracts.arrival import ArrivalNotified, BorderCrossed, VehicleArrived
from contracts.values import CheckpointCode
from law import Finding
from law.checkpoints import find

Told: TypeAlias = AnnounceConsignment | RecordGoodsCrossing | RecordGoodsArrival
Own: TypeAlias = ArrivalNotified | BorderCrossed | VehicleArrived


def notice_is_missing(notified: bool, mode: str | None, checkpoint: CheckpointCode) -> Finding | None:
    """Art. 37(2-1) [A9]: only of a vehicle that is there, where one was due, is it noted that no notice came."""
    if notified or not notice_is_due(mode, checkpoint):
        return None
    return Finding(rule="A9", article="37(2-1)", facts=(("checkpoint", checkpoint),))


def notice_is_due(mode: str | None, checkpoint: CheckpointCode) -> bool:
    """Art. 37(2-1) [A9]: the article names airports, ports and railway stations, so a road post owes no notice."""
    place = find(checkpoint)
    if place is None or mode in (None, "road"):
        return False
    return place.notice_required == "yes" or (place.notice_required == "rail-only" and mode == "rail")


def told(event: Own) -> list[tuple[str, Told]]:
    """Art. 5(1)(19), 5(1)(28) [F8]: a vehicle is not the goods on it, so each consignment is told what befalls it."""
    match event:
        case ArrivalNotified():
            return told_of_notice(event)
        case BorderCrossed():
            return told_of_crossing(event)
        case VehicleArrived():
            return told_of_arrival(event)
        case _:
            assert_never(event)


def told_of_notice(notice: ArrivalNotified) -> list[tuple[str, Told]]:
    """Art. 37(2-1) [A1]: the notice is of goods as well as of vehicles, so each consignment in it hears of it."""
    return [
        (
            streams.consignment(each),
            AnnounceConsignment(
                consignment=each,
                movement=notice.movement,
                checkpoint=notice.checkpoint,
                mode=notice.mode,
                expected=notice.expected,
                route=notice.route,
            ),
        )
        for each in notice.consignments
    ]


def told_of_crossing(crossing: BorderCrossed) -> list[tuple[str, Told]]:
    """Art. 5(1)(19), 5(1)(28) [F8]: the goods that the papers name have crossed, whatever the notice says."""
    crossed: list[tuple[str, Told]] = [
        (
            streams.consignment(papers.consignment),
            RecordGoodsCrossing(
                consignment=papers.consignment,
                movement=crossing.movement,
                direction=crossing.direction,
                mode=crossing.mode,
                place=crossing.place,
                crossed=crossing.crossed,
                packages=papers.packages,
                goods=papers.goods,
            ),
        )
        for papers in crossing.papers
    ]
    if crossing.arrived is None:
        return crossed
    consignments = tuple(papers.consignment for papers in crossing.papers)
    arrival = VehicleArrived(
        movement=crossing.movement,
        checkpoint=crossing.arrived.checkpoint,
        arrived=crossing.arrived.arrived,
        consignments=consignments,
    )
    return [*crossed, *told_of_arrival(arrival)]


def told_of_arrival(arrival: VehicleArrived) -> list[tuple[str, Told]]:
    """Art. 5(1)(19), 5(1)(28) [F8]: goods arrive with the vehicle that they crossed with, each in its own stream."""
    return [
        (
            streams.consignment(each),
            RecordGoodsArrival(
                consignment=each,
                movement=arrival.movement,
                checkpoint=arrival.checkpoint,
                arrived=arrival.arrived,
            ),
        )
        for each in arrival.consignments
    ]
