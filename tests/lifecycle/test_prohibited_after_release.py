"""Goods are released, and a second vehicle brings papers by which an officer finds some of them prohibited."""

from client.scenarios.documents import carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border, facts

CONSIGNMENT = "L-after-1"
STREAM = f"consignment/{CONSIGNMENT}"


async def test_a_prohibition_that_comes_on_record_after_the_release_is_put_before_the_officer(border: Border) -> None:
    await road.crossing(border, carnet("L-after-A"), CONSIGNMENT)
    await road.goods_shown(border, CONSIGNMENT)
    await road.declared(border, CONSIGNMENT)
    answer = await road.released(border, CONSIGNMENT)
    assert [event.type for event in answer.events] == ["GoodsReleased"]

    await road.crossing(border, carnet("L-after-B"), CONSIGNMENT, goods=road.WASTE)
    assert "ImportProhibited" in await road.found(border, CONSIGNMENT, road.WASTE["code"])
    event = await border.until_recorded("release", STREAM, "GroundAfterRelease")
    (ground,) = event["data"]["grounds"]
    assert (ground["rule"], ground["article"], facts(ground)["codes"]) == ("L2", "7(1)", [road.WASTE["code"]])
    point = await border.until_open("release", STREAM, "DecideOnGroundAfterRelease")
    assert (point.who, point.article) == ("officer", "7(1)")
    await border.act(
        "officer", "/ground-decisions", consignment=CONSIGNMENT, act=facts(ground)["act"],
        consequence="the goods are taken back and leave", provision="Art. 7(1)",
    )  # fmt: skip
    shown = await border.read("release", STREAM)
    assert shown is not None
    assert point.act not in {each.act for each in shown.open_points}

    await road.accepted(border, CONSIGNMENT)
    await road.paid(border, CONSIGNMENT)
    await border.until_recorded("release", STREAM, "ClearanceCompleted")
    assert [type_ for type_, _ in await border.cited("release", STREAM)] == [
        "GoodsReleased", "GroundAfterRelease", "GroundAfterReleaseDecided", "ClearanceCompleted",
    ]  # fmt: skip
