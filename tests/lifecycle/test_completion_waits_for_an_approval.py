"""Goods under veterinary control are released, and cleared only when the body in charge has approved."""

from client.scenarios.documents import Command, carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-meat"), "L-meat-1"
STREAM = f"consignment/{CONSIGNMENT}"
MEAT = {"code": "020230100", "origin": "KZ"}


async def test_completion_waits_for_the_approval_of_article_29_2_and_release_does_not(border: Border) -> None:
    await road.crossing(border, MOVEMENT, CONSIGNMENT, goods=MEAT)
    point = await border.until_open("clearance", STREAM, "RecordApproval")
    assert (point.who, point.article) == ("agency", "29(2) para 2")
    await road.goods_shown(border, CONSIGNMENT)
    await road.declared(border, CONSIGNMENT, **MEAT)
    answer = await road.released(border, CONSIGNMENT)
    assert [event.type for event in answer.events] == ["GoodsReleased"]
    await road.accepted(border, CONSIGNMENT)
    await road.paid(border, CONSIGNMENT)
    await border.until_paid(STREAM, "150.50")
    assert await border.cited("release", STREAM) == [("GoodsReleased", "5(1)(20)")]

    approved = await border.act(
        "agency", "/approvals", consignment=CONSIGNMENT, agency="veterinary", granted=True, reference="V-1"
    )
    assert [event.type for event in approved.events] == ["AgencyApprovalGranted"]
    completed = await border.until_recorded("release", STREAM, "ClearanceCompleted")
    assert (completed["data"]["article"], completed["data"]["rule"]) == ("29(2)", "C4")


async def test_a_body_that_refuses_holds_up_completion_alone(border: Border) -> None:
    consignment = "L-meat-2"
    stream = f"consignment/{consignment}"
    await road.crossing(border, carnet("L-meat-refused"), consignment, goods=MEAT)
    await road.goods_shown(border, consignment)
    await road.declared(border, consignment, **MEAT)
    refused: Command = {"consignment": consignment, "agency": "veterinary", "granted": False, "reference": "V-2"}
    await border.act("agency", "/approvals", **refused)
    answer = await road.released(border, consignment)
    assert answer.outcome == "recorded"
    await road.accepted(border, consignment)
    await road.paid(border, consignment)
    await border.until_paid(stream, "150.50")
    assert await border.cited("release", stream) == [("GoodsReleased", "5(1)(20)")]
