"""Prohibited goods that did not leave at once are stored; what comes to be known late puts their term right."""

from datetime import UTC, datetime, timedelta

from client.scenarios import documents
from client.scenarios.documents import Command, carnet, note
from client.scenarios.road import CROSSING
from law.calendar import days_after
from tests.lifecycle import road
from tests.lifecycle.border import Border

MOVEMENT, CONSIGNMENT = carnet("L-stored"), "L-stored-1"
STREAM, PLACE = f"consignment/{CONSIGNMENT}", "Farap, store 2"


async def test_storage_that_is_recorded_after_its_term_is_referred_and_an_export_within_it_takes_that_back(
    border: Border,
) -> None:
    now = datetime.now(UTC)
    crossed, stored, left = (now - timedelta(days=days) for days in (7, 6, 5))
    until = days_after(stored, 3)
    await road.crossing(border, MOVEMENT, CONSIGNMENT, goods=road.WASTE, occurred=crossed.isoformat())
    await road.found(border, CONSIGNMENT, road.WASTE["code"])
    await border.until_open("clearance", STREAM, "RecordImmediateExport")

    kept: Command = {"consignment": CONSIGNMENT, "occurred": crossed.isoformat()}
    said = await border.act("officer", "/immediate-exports", **kept, done=False, why="impossible")
    assert [(event.type, event.data["article"]) for event in said.events] == [("ImmediateExportNotDone", "7(1) para 2")]
    point = await border.until_open("clearance", STREAM, "PlaceInStorage")
    assert (point.who, point.article) == ("officer", "7(1) para 2")
    late = await border.act("officer", "/placements", **kept | {"occurred": stored.isoformat()}, place=PLACE)
    assert [(event.type, event.data["article"]) for event in late.events] == [
        ("GoodsPlacedInStorage", "7(1) para 2"), ("TemporaryStorageStarted", "7(1) para 2"),
        ("StorageTermEnded", "7(1) para 2"), ("DisposalReferred", "7(1) para 2"),
    ]  # fmt: skip
    assert {datetime.fromisoformat(event.data["until"]) for event in late.events[1:]} == {until}
    assert late.events[1].data["place"] == PLACE
    assert late.events[1].data["cost_bearer"] == "article_9_persons"
    point = await border.until_open("clearance", STREAM, "DecideDisposal")
    assert (point.who, point.article) == ("officer", "7(1) para 2")

    done = await border.act("officer", "/immediate-exports", consignment=CONSIGNMENT, occurred=left.isoformat())
    assert [event.type for event in done.events] == ["ImmediateExportDone", "StorageTermEndWithdrawn"]
    assert done.events[1].data["withdraws"] == ["DisposalReferred", "StorageTermEnded"]
    await border.until("clearance", STREAM, lambda shown: shown.open_points == ())


async def test_goods_of_one_consignment_have_each_its_term_and_the_event_names_the_act_that_sets_it(
    border: Border,
) -> None:
    """The placement is recorded before anybody knows what the goods are, or that they have crossed; then as one."""
    movement, consignment = carnet("L-two-terms"), note("L-two-terms-1")
    stream = f"consignment/{consignment}"
    now = datetime.now(UTC)
    crossed, stored = now - timedelta(days=3), now - timedelta(days=2)
    early = await border.act(
        "officer", "/placements", consignment=consignment, place=PLACE, occurred=stored.isoformat()
    )
    assert [event.type for event in early.events] == ["GoodsPlacedInStorage"]

    papers = documents.papers([consignment], [road.WASTE, {"code": "930690900"}])
    await border.say(CROSSING, documents.crossing(movement, papers, occurred=crossed.isoformat()))
    await road.found(border, consignment, road.WASTE["code"], "930690900")
    await border.until_open("clearance", stream, "DecideDisposal")
    shown = await border.until_open("clearance", stream, "RecordImmediateExport")
    assert shown.who == "carrier"
    cited = await border.cited("clearance", stream)
    assert [type_ for type_, _ in cited if "rohibit" not in type_ and "Doubt" not in type_] == [
        "GoodsPlacedInStorage", "TemporaryStorageStarted", "ImmediateExportOrdered", "TemporaryStorageStarted",
        "TemporaryStorageStarted", "StorageTermWithdrawn", "StorageTermEnded", "DisposalReferred",
    ]  # fmt: skip
    own = (await border.until("clearance", stream, lambda shown: True)).state["storage"]
    terms = {term["codes"][0]: (term.get("act"), datetime.fromisoformat(term["until"])) for term in own["terms"]}
    assert terms == {
        "391530000": (None, days_after(stored, 3)), "930690900": ("SAMPLE-STORAGE", days_after(stored, 1)),
    }  # fmt: skip
    assert [term["codes"] for term in own["ended"]] == [["930690900"]]
