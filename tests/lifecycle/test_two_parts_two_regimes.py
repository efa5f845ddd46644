"""A consignment is released in two parts under two regimes, and cleared when both have run their course."""

from client.scenarios import documents
from client.scenarios.documents import TEMPORARY, Command, carnet
from client.scenarios.road import CROSSING, DECLARATION, RELEASE
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-parts"), "L-parts-1"
CRANE = "843149000"
STREAM = f"consignment/{CONSIGNMENT}"


async def test_each_part_is_released_under_its_own_regime_and_the_whole_is_completed_at_the_end(border: Border) -> None:
    papers = documents.papers([CONSIGNMENT], [documents.CAR, {"code": CRANE}])
    await border.say(CROSSING, documents.crossing(MOVEMENT, papers))
    await road.goods_shown(border, CONSIGNMENT)
    await border.until_open("clearance", STREAM, "LodgeDeclaration")
    lines = [documents.item(), documents.item(code=CRANE, regime=TEMPORARY)]
    await border.say(DECLARATION, documents.declaration(CONSIGNMENT, items=lines))
    await border.until_open("release", STREAM, "ReleaseGoods")
    first = await border.say(RELEASE, documents.release(CONSIGNMENT, items=[1]))
    term: Command = {"regime": TEMPORARY, "runs_for_a_term": True}
    second = await border.say(RELEASE, documents.release(CONSIGNMENT, items=[2], **term))
    for answer, items, regime in ((first, [1], road.REGIME), (second, [2], TEMPORARY)):
        (event,) = answer.events
        assert (event.data["items"], event.data["regime"]) == (items, regime)
        assert event.data["findings"] == []
    await road.accepted(border, CONSIGNMENT)
    await road.paid(border, CONSIGNMENT)
    await border.until_open("release", STREAM, "EndRegime")
    ended = await border.act("officer", "/regime-ends", consignment=CONSIGNMENT, items=[2])
    assert ended.events[0].type == "RegimeEnded"
    await border.until_recorded("release", STREAM, "ClearanceCompleted")
