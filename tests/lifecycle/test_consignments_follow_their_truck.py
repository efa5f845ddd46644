"""A truck crosses with many consignments: each is told in its own stream, on its own partition, exactly once."""

import asyncio

from client.scenarios import documents
from client.scenarios.documents import carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT = carnet("L-truck")
CONSIGNMENTS = tuple(f"L-truck-{number:02}" for number in range(30))


async def test_a_crossing_reaches_every_consignment_of_the_truck_once_on_its_own_partition(border: Border) -> None:
    papers = documents.papers(CONSIGNMENTS)
    crossing = documents.crossing(MOVEMENT, papers)
    send = border.act("officer", "/border-crossings", "L-truck/crossing", **crossing)
    again = border.act("officer", "/border-crossings", "L-truck/crossing", **crossing)
    first, second = await asyncio.gather(send, again)
    assert first == second
    (crossed,) = first.events

    streams = [f"consignment/{each}" for each in CONSIGNMENTS]
    told = await asyncio.gather(*(border.until_recorded("arrival", each, "GoodsCrossed") for each in streams))
    heard = await asyncio.gather(*(border.until_open("presentation", each, "PresentGoods") for each in streams))
    assert {point.place for point in heard} == {road.FARAP}
    for stream, event in zip(streams, told, strict=True):
        shown = await border.read("arrival", stream)
        assert shown is not None
        assert [entry["type"] for entry in shown.timeline] == ["RecordGoodsCrossing", "GoodsCrossed"]
        given = shown.timeline[0]
        assert (given["client"], given["causationid"], given["correlationid"]) == (
            "agenda",
            crossed.id,
            first.receipt.id,
        )
        downstream = await border.until_recorded("presentation", stream, "CheckpointDetermined")
        assert downstream["causationid"] == event["id"]
        assert partition(downstream["id"]) == partition(event["id"])
    assert len({partition(event["id"]) for event in told}) > 10


def partition(entry_id: str) -> str:
    return entry_id.split("/")[1]
