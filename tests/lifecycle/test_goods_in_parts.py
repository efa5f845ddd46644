"""Goods in several parts: each waits where it is to be shown, and a release of them for the last of these."""

from client.scenarios import documents
from client.scenarios.documents import Command, carnet
from client.scenarios.road import CROSSING, GOODS
from tests.lifecycle import road
from tests.lifecycle.border import Border, facts, found

FARAP, TALIMARJAN = "FRP-MIX", "TLM-ROD"
PORT, SECOND_PORT = "TKB-SEA", "TST-SEA"
"""The second port is of these tests' own: `tests/reference/checkpoints.csv`."""


async def places_that_wait(border: Border, consignment: str) -> list[str | None]:
    shown = await border.read("presentation", f"consignment/{consignment}")
    return [point.place for point in shown.open_points] if shown else []


async def test_of_two_lorries_each_is_waited_for_at_its_own_post_and_goods_are_ready_once_both_were_shown(
    border: Border,
) -> None:
    first, second, goods = carnet("L-parts-of-1"), carnet("L-parts-of-2"), "L-parts-of"
    stream = f"consignment/{goods}"
    for movement, place in ((first, FARAP), (second, TALIMARJAN)):
        await border.say(CROSSING, documents.crossing(movement, documents.papers((goods,)), place=place))
    await border.until("presentation", stream, lambda shown: len(shown.open_points) == 2)
    assert await places_that_wait(border, goods) == [FARAP, TALIMARJAN]
    assert goods in await border.waiting(GOODS, FARAP) & await border.waiting(GOODS, TALIMARJAN)

    answer = await border.say(GOODS, documents.goods(goods, checkpoint=FARAP))
    assert [event.type for event in answer.events] == ["GoodsPresented", "PartsStillToBePresented"]
    assert found(answer.events) == []
    assert await places_that_wait(border, goods) == [TALIMARJAN]
    assert goods not in await border.waiting(GOODS, FARAP)

    await road.declared(border, goods)
    recorded = [type_ for type_, _ in await border.cited("clearance", stream)]
    assert "DeclarationLodged" in recorded
    assert "ReadyForRelease" not in recorded
    fewer = await border.say(GOODS, documents.goods(goods, checkpoint=TALIMARJAN, movement=second, packages_found=11))
    (finding,) = fewer.events[0].data["findings"]
    assert facts(finding) == {"movements": [second], "packages_found": "11", "packages_stated": "12"}
    assert await places_that_wait(border, goods) == []
    await border.until_recorded("clearance", stream, "ReadyForRelease")


async def test_what_a_ship_unloads_at_two_ports_is_shown_at_both_and_counted_together(border: Border) -> None:
    movement, goods = carnet("L-two-ports"), "L-two-ports-1"
    await border.say(CROSSING, documents.crossing(movement, documents.papers((goods,)), mode="sea", place=PORT))
    called: Command = {"movement": movement, "mode": "sea", "work": ["unload"], "unloads": [goods]}
    for port in (PORT, SECOND_PORT):
        await border.act("officer", "/arrivals", **called, checkpoint=port)
    await border.until("presentation", f"consignment/{goods}", lambda shown: len(shown.open_points) == 2)
    first = await border.say(GOODS, documents.goods(goods, checkpoint=PORT, packages_found=5))
    assert found(first.events) == []
    assert await places_that_wait(border, goods) == [SECOND_PORT]
    second = await border.say(GOODS, documents.goods(goods, checkpoint=SECOND_PORT, packages_found=7))
    assert (second.events[0].type, found(second.events)) == ("GoodsPresented", [])
    assert await places_that_wait(border, goods) == []
