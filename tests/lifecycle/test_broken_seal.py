"""A seal is found broken: it is recorded, and stops nothing."""

from client.scenarios.documents import Command
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = "L-seal", "L-seal-1"


async def test_a_broken_seal_is_a_finding_of_article_37_2_and_the_goods_are_released(border: Border) -> None:
    await road.notice(border, MOVEMENT, CONSIGNMENT)
    await road.crossing(border, MOVEMENT, CONSIGNMENT, seals=["S1", "S2"])
    await road.arrival(border, MOVEMENT)
    point = await border.until_open("presentation", f"movement/{MOVEMENT}", "PresentVehicle")
    shown: Command = {"movement": MOVEMENT, "checkpoint": road.FARAP, "seals_found_intact": ["S1"]}
    vehicle = await border.act("officer", "/vehicle-presentations", **shown)
    await road.goods_shown(border, CONSIGNMENT)
    await road.declared(border, CONSIGNMENT)
    answer = await road.released(border, CONSIGNMENT)

    assert (point.who, point.article, point.place) == ("carrier", "37(2)", road.FARAP)
    assert vehicle.outcome == "recorded"
    (event,) = vehicle.events
    assert event.type == "VehiclePresented"
    assert event.data["findings"] == [
        {"rule": "P2", "article": "37(2)", "layer": "code", "facts": [["broken", ["S2"]]]}
    ]
    assert [event.type for event in answer.events] == ["GoodsReleased"]
    assert answer.events[0].data["findings"] == []
