"""Goods come in by road, are shown, declared, paid and released, and customs is done with them."""

from client.scenarios.documents import carnet
from client.scenarios.road import PLAIN, Lorry
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-released"), "L-released-1"
STREAM = f"consignment/{CONSIGNMENT}"


async def test_goods_that_are_in_order_are_released_and_their_clearance_is_completed(border: Border) -> None:
    *_, vehicle, _, _, _, _, answer = await border.go(PLAIN, Lorry(movement=MOVEMENT, consignments=(CONSIGNMENT,)))
    await border.until_recorded("release", STREAM, "ClearanceCompleted")

    assert vehicle.events[0].data["findings"] == []
    assert answer.outcome == "recorded"
    assert answer.events[0].data["findings"] == []
    assert await border.cited("arrival", f"movement/{MOVEMENT}") == [
        ("ArrivalNotified", "37(2-1)"), ("BorderCrossed", "5(1)(21)(a)"), ("VehicleArrived", "37(1)"),
    ]  # fmt: skip
    await border.until_recorded("arrival", STREAM, "GoodsArrived")
    assert sorted(await border.cited("arrival", STREAM)) == [
        ("ConsignmentAnnounced", "37(2-1)"), ("GoodsArrived", "37(1)"), ("GoodsCrossed", "5(1)(21)(a)"),
    ]  # fmt: skip
    assert await border.cited("presentation", STREAM) == [
        ("CheckpointDetermined", "38(1)(5)"),
        ("GoodsPresented", "37(2)"),
    ]
    assert sorted(await border.cited("clearance", STREAM)) == [  # Payment waits for no readiness, nor this for that.
        ("ClearanceStarted", "29(1)(1)"), ("DeclarationAccepted", "20(4)"), ("DeclarationLodged", "29(1)(1)"),
        ("PaymentAssessed", "29(2)"), ("PaymentReceived", "29(2)"), ("ReadyForRelease", "5(1)(20)"),
    ]  # fmt: skip
    assert await border.cited("release", STREAM) == [("GoodsReleased", "5(1)(20)"), ("ClearanceCompleted", "29(2)")]


async def test_release_waits_for_no_payment_and_completion_does(border: Border) -> None:
    movement, consignment = carnet("L-paid-later"), "L-paid-later-1"
    stream = f"consignment/{consignment}"
    await road.crossing(border, movement, consignment)
    await road.goods_shown(border, consignment)
    await road.declared(border, consignment)
    await road.accepted(border, consignment)
    answer = await road.released(border, consignment)
    assert [event.type for event in answer.events] == ["GoodsReleased"]

    await road.paid(border, consignment)
    completed = await border.until_recorded("release", stream, "ClearanceCompleted")
    assert completed["data"]["article"] == "29(2)"
    assert await border.cited("release", stream) == [("GoodsReleased", "5(1)(20)"), ("ClearanceCompleted", "29(2)")]
