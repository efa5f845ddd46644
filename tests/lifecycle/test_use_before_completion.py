"""Somebody wants to dispose of goods whose clearance is not complete: that is blocked, and moving them is not."""

from client.scenarios.documents import Command, carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-use"), "L-use-1"


async def test_disposal_before_completion_is_blocked_under_article_36_and_movement_is_not(border: Border) -> None:
    await road.crossing(border, MOVEMENT, CONSIGNMENT)
    await road.goods_shown(border, CONSIGNMENT)
    await road.declared(border, CONSIGNMENT)
    await road.released(border, CONSIGNMENT)
    use: Command = {"consignment": CONSIGNMENT, "use": "disposal"}
    blocked = await border.act("officer", "/uses", **use)
    assert blocked.outcome == "refused"
    (event,) = blocked.events
    assert (event.type, event.data["article"], event.data["rule"]) == ("UseBlocked", "36", "F18")
    assert [(ground["rule"], ground["article"]) for ground in event.data["grounds"]] == [("F18", "36")]
    moved = await border.act("officer", "/uses", consignment=CONSIGNMENT, use="movement")
    assert moved.outcome == "nothing new"

    await road.accepted(border, CONSIGNMENT)
    await road.paid(border, CONSIGNMENT)
    await border.until_recorded("release", f"consignment/{CONSIGNMENT}", "ClearanceCompleted")
    assert (await border.act("officer", "/uses", **use)).outcome == "nothing new"
