"""Prohibited goods that did not leave at once are stored; what comes to be known late puts their term right."""

from datetime import UTC, datetime, timedelta

from law.calendar import days_after
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = "L-stored", "L-stored-1"
STREAM = f"consignment/{CONSIGNMENT}"


async def test_storage_that_is_recorded_after_its_term_is_referred_and_an_export_within_it_takes_that_back(
    border: Border,
) -> None:
    now = datetime.now(UTC)
    crossed, stored, left = (now - timedelta(days=days) for days in (7, 6, 5))
    until = days_after(stored, 3)
    await road.crossing(border, MOVEMENT, CONSIGNMENT, goods=road.WASTE, occurred=crossed.isoformat())
    await border.until_open("clearance", STREAM, "RecordImmediateExport")

    late = await border.act(
        "officer", "/immediate-exports", consignment=CONSIGNMENT, done=False, occurred=stored.isoformat()
    )
    assert [(event["type"], event["data"]["article"]) for event in late["events"]] == [
        ("TemporaryStorageStarted", "7(1) para 2"), ("StorageTermEnded", "7(1) para 2"),
        ("DisposalReferred", "7(1) para 2"),
    ]  # fmt: skip
    assert {datetime.fromisoformat(event["data"]["until"]) for event in late["events"]} == {until}
    assert late["events"][0]["data"]["cost_bearer"] == "article_9_persons"
    point = await border.until_open("clearance", STREAM, "DisposalReferred")
    assert (point["who"], point["article"]) == ("officer", "7(1) para 2")

    done = await border.act("officer", "/immediate-exports", consignment=CONSIGNMENT, occurred=left.isoformat())
    assert [event["type"] for event in done["events"]] == ["ImmediateExportDone", "StorageTermEndWithdrawn"]
    assert done["events"][1]["data"]["withdraws"] == ["DisposalReferred", "StorageTermEnded"]
    await border.until("clearance", STREAM, lambda shown: shown["open_points"] == [])
