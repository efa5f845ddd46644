"""A seal is found broken: it is recorded, and stops nothing."""

from client.scenarios import documents
from client.scenarios.documents import carnet
from client.scenarios.road import VEHICLE
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-seal"), "L-seal-1"


async def test_a_broken_seal_is_a_finding_of_article_37_2_and_the_goods_are_released(border: Border) -> None:
    await road.notice(border, MOVEMENT, CONSIGNMENT)
    await road.crossing(border, MOVEMENT, CONSIGNMENT, seals=[{"number": "S1"}, {"number": "S2"}])
    await road.arrival(border, MOVEMENT)
    point = await border.until_open("presentation", f"movement/{MOVEMENT}", "PresentVehicle")
    vehicle = await border.say(VEHICLE, documents.vehicle(MOVEMENT))
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
