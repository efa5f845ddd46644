"""A carrier shows a lorry, with his own word on its seals; an officer looks, and decides on what he found."""

from client.scenarios import documents
from client.scenarios.documents import carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-found"), "L-found-1"
STREAM = f"movement/{MOVEMENT}"
DAMAGED = {"rule": "P2", "article": "37(2)", "layer": "code", "facts": [["damaged", ["S2"]]]}


async def test_the_carrier_certifies_nothing_and_the_officer_finds_and_decides_seal_by_seal(border: Border) -> None:
    await road.crossing(border, MOVEMENT, CONSIGNMENT, seals=[{"number": "S1"}, {"number": "S2"}])
    await border.until_open("presentation", STREAM, "PresentVehicle")
    shown = await border.act("carrier", "/vehicle-presentations", **documents.vehicle(MOVEMENT))
    assert [(event.type, event.data["findings"]) for event in shown.events] == [("VehiclePresented", [])]

    looked = {"movement": MOVEMENT, "checkpoint": road.FARAP}
    seals = [{"number": "S1", "state": "intact"}, {"number": "s-2", "state": "damaged"}]
    answer = await border.act("officer", "/vehicle-examinations", **looked, seals=seals)
    assert [event.type for event in answer.events] == ["VehicleExamined", "VehicleFindingsRecorded"]
    assert answer.events[1].data["findings"] == [DAMAGED]
    decided = await border.act(
        "officer", "/vehicle-finding-decisions", movement=MOVEMENT, finding=DAMAGED, cause="an accident on the road",
        consequence="none",
    )  # fmt: skip
    assert [(event.type, event.data["finding"]) for event in decided.events] == [("VehicleFindingDecided", DAMAGED)]

    await road.goods_shown(border, CONSIGNMENT)
    await road.declared(border, CONSIGNMENT)
    released = await road.released(border, CONSIGNMENT)
    assert [event.type for event in released.events] == ["GoodsReleased"]
