"""The line to a post is cut: its officer releases goods by hand, and that is stated a day later."""

from datetime import UTC, datetime, timedelta
from typing import Any

from client import Answer
from client.scenarios.documents import carnet
from tests.lifecycle import road
from tests.lifecycle.border import Border, facts

YESTERDAY = datetime.now(UTC) - timedelta(days=1)
GIVEN = {"officer": "FRP-0217", "post": "Farap", "reason": "the line to the post was cut"}


def at(hours: int) -> str:
    return (YESTERDAY + timedelta(hours=hours)).isoformat()


async def asked(border: Border, consignment: str, hours: int, **more: Any) -> Answer:
    return await border.act(
        "officer", "/releases", consignment=consignment, regime=road.REGIME, occurred=at(hours), **more
    )


async def test_a_release_given_before_a_ground_came_is_no_refusal_and_one_given_against_it_is_a_supervisor_s_case(
    border: Border,
) -> None:
    consignment = "L-given-1"
    stream = f"consignment/{consignment}"
    await road.crossing(border, carnet("L-given-A"), consignment, goods=road.WASTE, occurred=at(1))
    await road.goods_shown(border, consignment, occurred=at(2))
    await road.found(border, consignment, road.WASTE["code"])
    await border.until_measured(stream, "prohibitions")
    refused = await asked(border, consignment, 3)
    assert refused.outcome == "refused"

    answer = await asked(border, consignment, 3, given=GIVEN, mode="road")
    released, after = answer.events
    assert (released.type, released.data["given"]["post"]) == ("GoodsReleased", "FRP-MIX")
    assert datetime.fromisoformat(released.data["released"]) == datetime.fromisoformat(at(3))
    assert (after.type, after.data["who"]) == ("GroundAfterRelease", "officer")  # It came on record only today.

    now = datetime.now(UTC).isoformat()
    second = "L-given-2"
    await road.crossing(border, carnet("L-given-B"), second, goods=road.WASTE, occurred=at(1))
    await road.goods_shown(border, second, occurred=at(2))
    await road.found(border, second, road.WASTE["code"])
    await border.until_measured(f"consignment/{second}", "prohibitions")
    answer = await border.act("officer", "/releases", consignment=second, regime=road.REGIME, given=GIVEN, mode="road")
    released, after = answer.events
    assert now < released.data["released"]
    assert "L2" in {finding["rule"] for finding in released.data["findings"]}
    assert after.data["who"] == "supervisor"
    point = await border.until_open("release", f"consignment/{second}", "DecideOnGroundAfterRelease")
    assert (point.who, point.article) == ("supervisor", "7(1)")
    (ground,) = after.data["grounds"]
    decision: dict[str, Any] = {
        "consignment": second, "act": facts(ground)["act"], "consequence": "the goods are taken back and leave",
        "provision": "Art. 7(1)",
    }  # fmt: skip
    await border.act("officer", "/ground-decisions", **decision)
    assert [each.who for each in await open_points(border, second) if each.act == point.act] == ["supervisor"]
    await border.act("supervisor", "/ground-decisions", **decision)
    assert [each.who for each in await open_points(border, second) if each.act == point.act] == []


async def open_points(border: Border, consignment: str) -> Any:
    shown = await border.read("release", f"consignment/{consignment}")
    return shown.open_points if shown else ()
