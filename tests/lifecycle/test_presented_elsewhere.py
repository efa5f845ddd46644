"""Goods are shown at another checkpoint than theirs: it is recorded, and stops nothing."""

from client.scenarios.documents import carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border, facts

MOVEMENT, CONSIGNMENT = carnet("L-elsewhere"), "L-elsewhere-1"
HOWDAN = "HWD-ROD"


async def test_goods_that_are_shown_elsewhere_are_a_finding_and_are_released(border: Border) -> None:
    await road.crossing(border, MOVEMENT, CONSIGNMENT)
    answer = await road.goods_shown(border, CONSIGNMENT, checkpoint=HOWDAN)
    (event,) = answer.events
    (finding,) = event.data["findings"]
    assert (event.type, finding["rule"]) == ("GoodsPresented", "P8")
    assert facts(finding) == {"determined": road.FARAP, "shown": HOWDAN}
    await road.declared(border, CONSIGNMENT)
    released = await road.released(border, CONSIGNMENT)
    assert [event.type for event in released.events] == ["GoodsReleased"]
