"""An aircraft unloads part of its goods at Ashgabat and part at Mary: vehicle and goods have different checkpoints."""

from client import Document, Stream
from client.scenarios import documents
from client.scenarios.documents import Command, carnet
from client.scenarios.road import CROSSING, GOODS
from tests.lifecycle.border import Border, found

VEHICLE = {"kind": "aircraft_registration", "identity": "EZ-A021"}

MOVEMENT, FIRST, SECOND = carnet("L-air"), "L-air-1", "L-air-2"
ASHGABAT, MARY = "ASB-AIR", "MRY-AIR"


async def checkpoint(border: Border, stream: str, place: str) -> Document:
    """What was determined for the stream, as soon as it is this place by the facts."""

    def so(shown: Stream) -> bool:
        return any(e["type"] == "CheckpointDetermined" and e["data"]["checkpoint"] == place for e in shown.timeline)

    shown = await border.until("presentation", stream, so)
    determined: Document = [e["data"] for e in shown.timeline if e["type"] == "CheckpointDetermined"][-1]
    return determined


async def test_vehicle_and_goods_are_shown_where_article_38_1_puts_each(border: Border) -> None:
    journey = [
        {"place": ASHGABAT, "work": ["unload"], "unloads": [FIRST]},
        {"place": MARY, "work": ["unload"], "unloads": [SECOND]},
    ]
    await border.act(
        "administration", "/arrival-notices", movement=MOVEMENT, checkpoint=ASHGABAT, mode="air",
        expected="2026-03-02T08:00:00Z", vehicle=VEHICLE, carrier="Türkmen Howa Ýollary AK", journey=journey,
        consignments=[FIRST, SECOND],
    )  # fmt: skip
    papers = documents.papers((FIRST, SECOND), ())
    await border.say(CROSSING, documents.crossing(MOVEMENT, papers, mode="air", place=ASHGABAT))
    landed: Command = {"movement": MOVEMENT, "mode": "air", "work": ["unload"]}
    await border.act("officer", "/arrivals", **landed, checkpoint=ASHGABAT, unloads=[FIRST])
    await border.act("officer", "/arrivals", **landed, checkpoint=MARY, unloads=[SECOND])

    vehicle = await checkpoint(border, f"movement/{MOVEMENT}", ASHGABAT)
    first = await checkpoint(border, f"consignment/{FIRST}", ASHGABAT)
    second = await checkpoint(border, f"consignment/{SECOND}", MARY)
    assert (vehicle["rule"], vehicle["article"]) == ("P3", "38(1)(1)")
    assert {(each["rule"], each["article"]) for each in (first, second)} == {("P4", "38(1)(2)")}

    for consignment, place in ((FIRST, ASHGABAT), (SECOND, MARY)):
        point = await border.until_open("presentation", f"consignment/{consignment}", "PresentGoods")
        assert point.place == place
        answer = await border.say(GOODS, documents.goods(consignment, checkpoint=place))
        assert found(answer.events) == []
