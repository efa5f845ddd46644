"""Goods are to be disposed of before their release: that is blocked. Moving them is not; a release permits both."""

from client.scenarios.documents import Command, carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-use"), "L-use-1"


async def test_disposal_before_release_is_blocked_under_article_36_and_not_after_it(border: Border) -> None:
    await road.crossing(border, MOVEMENT, CONSIGNMENT)
    await road.goods_shown(border, CONSIGNMENT)
    await road.declared(border, CONSIGNMENT)
    use: Command = {"consignment": CONSIGNMENT, "use": "disposal"}
    blocked = await border.act("officer", "/uses", **use)
    assert blocked.outcome == "refused"
    (event,) = blocked.events
    assert (event.type, event.data["article"], event.data["rule"]) == ("UseBlocked", "36", "F18")
    assert [(ground["rule"], ground["article"]) for ground in event.data["grounds"]] == [("F18", "36")]
    moved = await border.act("officer", "/uses", consignment=CONSIGNMENT, use="movement")
    assert moved.outcome == "nothing new"
    (excused,) = (await border.act("officer", "/uses", **use, provision="Code, Art. 34")).events
    assert (excused.type, excused.data["article"], excused.data["provision"]) == ("UseAllowed", "36", "Code, Art. 34")

    await road.released(border, CONSIGNMENT)
    await road.accepted(border, CONSIGNMENT)
    await border.until_recorded("clearance", f"consignment/{CONSIGNMENT}", "PaymentAssessed")
    assert (await border.act("officer", "/uses", **use)).outcome == "nothing new"
    await road.paid(border, CONSIGNMENT)
    await border.until_recorded("release", f"consignment/{CONSIGNMENT}", "ClearanceCompleted")
    assert (await border.act("officer", "/uses", **use)).outcome == "nothing new"
