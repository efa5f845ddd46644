"""A day's outage: everything at the post is recorded a day late, the last first, and comes to the same findings."""

from datetime import UTC, datetime, timedelta

from client.scenarios.documents import Command
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = "L-outage", "L-outage-1"
STREAM = f"consignment/{CONSIGNMENT}"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def at(hours: int) -> str:
    return (YESTERDAY + timedelta(hours=hours)).isoformat()


async def test_facts_recorded_a_day_late_and_the_last_first_leave_no_finding(border: Border) -> None:
    released: Command = {"consignment": CONSIGNMENT, "regime": road.REGIME, "occurred": at(4)}
    early = await border.act("officer", "/releases", **released)
    assert {finding["rule"] for event in early.events for finding in event.data["findings"]} == {"F4", "F6"}
    await border.act(
        "declarant", "/declarations", consignment=CONSIGNMENT, declarant="Hazar Logistika HJ", form="declaration",
        regime=road.REGIME, items=[{**road.CAR, "origin_proof": "certificate"}], occurred=at(3),
    )  # fmt: skip
    shown: Command = {"consignment": CONSIGNMENT, "checkpoint": road.FARAP, "packages_found": 12}
    await border.act("officer", "/goods-presentations", **shown, occurred=at(2))
    await road.crossing(border, MOVEMENT, CONSIGNMENT, occurred=at(1))

    shown_there = await border.until("release", STREAM, lambda shown: "findings" not in shown.state)
    taken_back = [e["data"]["findings"] for e in shown_there.timeline if e["type"] == "ReleaseFindingsWithdrawn"]
    assert {finding["rule"] for findings in taken_back for finding in findings} == {"F4", "F6"}
    await border.until_recorded("release", STREAM, "ClearanceCompleted")
