"""A consignment is released in two parts under two regimes, and cleared when both have run their course."""

from client.scenarios.documents import Command
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = "L-parts", "L-parts-1"
STREAM = f"consignment/{CONSIGNMENT}"
TRANSIT = "temporary import"


async def test_each_part_is_released_under_its_own_regime_and_the_whole_is_completed_at_the_end(border: Border) -> None:
    await road.crossing(border, MOVEMENT, CONSIGNMENT)
    await road.goods_shown(border, CONSIGNMENT)
    await border.until_open("clearance", STREAM, "LodgeDeclaration")
    await border.act(
        "declarant", "/declarations", consignment=CONSIGNMENT, declarant="Hazar Logistika HJ", form="declaration",
        regime=road.REGIME, payments=[{"kind": "duty", "amount": "150.50"}],
        items=[{**road.CAR, "origin_proof": "certificate"}, {**road.CAR, "code": "843149000", "regime": TRANSIT,
               "origin_proof": "certificate"}],
    )  # fmt: skip
    await border.until_open("release", STREAM, "ReleaseGoods")
    part: Command = {"consignment": CONSIGNMENT}
    first = await border.act("officer", "/releases", **part, items=[1], regime=road.REGIME)
    second = await border.act("officer", "/releases", **part, items=[2], regime=TRANSIT, runs_for_a_term=True)
    for answer, items, regime in ((first, [1], road.REGIME), (second, [2], TRANSIT)):
        (event,) = answer.events
        assert (event.data["items"], event.data["regime"]) == (items, regime)
        assert event.data["findings"] == []
    await road.paid(border, CONSIGNMENT)
    await border.until_open("release", STREAM, "EndRegime")
    ended = await border.act("officer", "/regime-ends", consignment=CONSIGNMENT, items=[2])
    assert ended.events[0].type == "RegimeEnded"
    await border.until_recorded("release", STREAM, "ClearanceCompleted")
