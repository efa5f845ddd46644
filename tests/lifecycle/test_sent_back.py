"""Goods that may not be imported have to leave again, once an officer has decided that they are such.

A release that is asked for all the same is refused.
"""

from client.scenarios.documents import carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border, facts

MOVEMENT, CONSIGNMENT = carnet("L-waste"), "L-waste-1"
STREAM = f"consignment/{CONSIGNMENT}"


async def test_prohibited_goods_are_sent_back_and_their_release_is_refused_under_article_7_1(border: Border) -> None:
    await road.notice(border, MOVEMENT, CONSIGNMENT)
    await road.crossing(border, MOVEMENT, CONSIGNMENT, goods=road.WASTE)
    asked = await border.until_open("clearance", STREAM, "DecideOnGoodsInDoubt")
    assert (asked.who, asked.article) == ("officer", "22(4)")
    await road.found(border, CONSIGNMENT, road.WASTE["code"])
    point = await border.until_open("clearance", STREAM, "RecordImmediateExport")
    assert (point.who, point.article) == ("carrier", "7(1)")
    assert await border.cited("clearance", STREAM) == [
        ("GoodsInDoubt", "22(4)"), ("GoodsDoubtDecided", "22(2)"), ("GoodsDoubtWithdrawn", "22(4)"),
        ("ImportProhibited", "7(1)"), ("ImmediateExportOrdered", "7(1)"),
    ]  # fmt: skip

    await border.until_measured(STREAM, "prohibitions")
    answer = await border.act("officer", "/releases", consignment=CONSIGNMENT, regime=road.REGIME)
    assert answer.outcome == "refused"
    (event,) = answer.events
    assert (event.type, event.data["article"]) == ("ReleaseRefused", "7(1)")
    (ground,) = event.data["grounds"]
    assert (ground["rule"], ground["article"], ground["layer"]) == ("L2", "7(1)", "by-law")
    assert facts(ground) == {
        "act": "SAMPLE-PROHIBITIONS",
        "citation": "Sample act on prohibited imports (invented), item 1",
        "codes": [road.WASTE["code"]],
    }

    done = await border.act("officer", "/immediate-exports", consignment=CONSIGNMENT)
    assert [(event.type, event.data["article"]) for event in done.events] == [("ImmediateExportDone", "7(1)")]
    shown = await border.until("clearance", STREAM, lambda shown: shown.open_points == ())
    assert [each["done"] for each in shown.state["export"]["exports"]["stated"]] == [True]
    assert await border.cited("release", STREAM) == [("ReleaseRefused", "7(1)")]
