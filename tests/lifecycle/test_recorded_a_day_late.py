"""A day's outage: everything at the post is recorded a day late, the last first, and comes to the same findings."""

from datetime import UTC, datetime, timedelta

from client.scenarios import documents
from client.scenarios.documents import carnet, note
from client.scenarios.road import ACCEPTANCE, DECLARATION, GOODS, RELEASE
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-outage"), note("L-outage-1")
STREAM = f"consignment/{CONSIGNMENT}"
YESTERDAY = datetime.now(UTC) - timedelta(days=1)


def at(hours: int) -> str:
    return (YESTERDAY + timedelta(hours=hours)).isoformat()


async def test_facts_recorded_a_day_late_and_the_last_first_leave_no_finding(border: Border) -> None:
    early = await border.say(RELEASE, documents.release(CONSIGNMENT, occurred=at(4)))
    assert {finding["rule"] for event in early.events for finding in event.data["findings"]} == {"F4", "F6"}
    await border.say(ACCEPTANCE, documents.acceptance(CONSIGNMENT, occurred=at(4)))
    await border.say(DECLARATION, documents.declaration(CONSIGNMENT, payments=[], occurred=at(3)))
    await border.say(GOODS, documents.goods(CONSIGNMENT, occurred=at(2)))
    await road.crossing(border, MOVEMENT, CONSIGNMENT, occurred=at(1))

    shown = await border.until("release", STREAM, lambda shown: "findings" not in shown.state)
    taken_back = [e["data"]["findings"] for e in shown.timeline if e["type"] == "ReleaseFindingsWithdrawn"]
    assert {finding["rule"] for findings in taken_back for finding in findings} == {"F4", "F6"}
    await border.until_recorded("release", STREAM, "ClearanceCompleted")
