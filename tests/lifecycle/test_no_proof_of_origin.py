"""Goods are declared without a proof of origin that is due: it is noted, and is no reason to refuse them."""

from client.scenarios.documents import carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-origin"), "L-origin-1"
STREAM = f"consignment/{CONSIGNMENT}"


async def test_a_missing_proof_of_origin_is_a_finding_of_article_20_2_and_the_goods_are_released(
    border: Border,
) -> None:
    await road.notice(border, MOVEMENT, CONSIGNMENT)
    await road.crossing(border, MOVEMENT, CONSIGNMENT, goods={**road.CAR, "origin": "XC"})
    await road.goods_shown(border, CONSIGNMENT)
    declared = await road.declared(border, CONSIGNMENT, origin="XC", origin_proof="none")
    await road.accepted(border, CONSIGNMENT)
    await road.paid(border, CONSIGNMENT)
    answer = await road.released(border, CONSIGNMENT)
    await border.until_recorded("release", STREAM, "ClearanceCompleted")

    assert declared.outcome == "recorded"
    (lodged,) = (event.data for event in declared.events if event.type == "DeclarationLodged")
    assert lodged["findings"] == [
        {"rule": "L8", "article": "20(2)", "layer": "code", "facts": [["codes", [road.CAR["code"]]]]}
    ]
    assert answer.outcome == "recorded"
    assert await border.cited("release", STREAM) == [("GoodsReleased", "5(1)(20)"), ("ClearanceCompleted", "29(2)")]
