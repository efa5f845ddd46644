"""When a day is over, and how it is told that something came out otherwise than the script says."""

from datetime import UTC, datetime
from typing import Any

import pytest

from deploy.demo.day import Day
from deploy.demo.outcomes import Found, differences
from deploy.demo.script import Script, load
from deploy.demo.tally import STAGES, Tally

DAY = Day(datetime(2026, 3, 1, 18, 0, tzinfo=UTC))
TRUCK = load().trucks["SRB3"]  # Its seal is broken; of its four consignments the third runs for a term that ends.
SCRIPT = Script({"SRB3": TRUCK})


def found(*types: str, waits: tuple[str, ...] = (), findings: tuple[str, ...] = ()) -> Found:
    """Events in this order, a minute apart; the findings stand in the first."""
    events: list[dict[str, Any]] = [
        {"type": name, "time": f"2026-03-01T10:{minute:02}:00Z", "data": {"article": "1"}}
        for minute, name in enumerate(types)
    ]
    events[0]["data"]["findings"] = [{"rule": rule, "article": "37(2)", "facts": []} for rule in findings]
    return Found(tuple(events), waits)


def as_it_must_be() -> dict[str, Found]:
    done = found("PaymentReceived", "GoodsReleased", "ClearanceCompleted")
    truck = found("ArrivalNotified", "BorderCrossed", "VehiclePresented", findings=("P2",))
    return {"SRB3": truck} | {goods.key: done for goods in TRUCK.goods}


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        (found("GoodsReleased", "ClearanceCompleted"), "completed"),
        (found("GoodsReleased", waits=("EndRegime",)), "running"),
        (found("GoodsReleased", waits=("RecordPayment", "EndRegime")), "released, not completed"),
        (found("ImportProhibited", "ImmediateExportDone"), "sent back"),
        (found("GoodsReleased", "ImmediateExportDone"), "ImmediateExportDone and GoodsReleased"),
        (found("GoodsCrossed"), "open"),
    ],
)
def test_an_outcome_is_read_from_events_and_open_points(what: Found, outcome: str) -> None:
    assert what.outcome == outcome


def test_what_comes_out_as_the_script_says_makes_no_difference() -> None:
    assert differences(SCRIPT, DAY, as_it_must_be()) == []


def test_goods_that_came_out_otherwise_are_named_with_what_must_be_and_what_is() -> None:
    came = as_it_must_be() | {"SRB3-2": found("PaymentReceived", "GoodsReleased", "ReleaseRefused", findings=("L8",))}
    assert differences(SCRIPT, DAY, came) == [
        "260301-180000-SRB3-2: outcome must be completed, is released, not completed; "
        "findings must be none, is L8; release refused must be no, is yes"
    ]


def test_a_truck_whose_broken_seal_was_not_found_is_named() -> None:
    came = as_it_must_be() | {"SRB3": found("ArrivalNotified", "BorderCrossed", "VehiclePresented")}
    assert differences(SCRIPT, DAY, came) == ["260301-180000-SRB3: findings must be P2, is none"]


def test_the_day_is_over_when_every_truck_is_shown_and_all_goods_are_done_with() -> None:
    tally = Tally(SCRIPT, DAY)
    assert len(tally.unsettled()) == 5
    tally.hear(DAY.id("SRB3"), "VehiclePresented")
    for goods in TRUCK.goods:
        tally.hear(DAY.id(goods.key), "GoodsPresented")
        tally.hear(DAY.id(goods.key), "GoodsReleased")
    assert tally.unsettled() == [goods.key for goods in TRUCK.goods]
    for goods in TRUCK.goods:
        tally.hear(DAY.id(goods.key), "ClearanceCompleted")
    assert tally.unsettled() == []


def test_goods_under_a_regime_that_runs_on_are_done_with_once_they_are_released_and_paid() -> None:
    script = load()
    tally = Tally(script, DAY)
    for event in ("GoodsPresented", "GoodsReleased"):
        tally.hear(DAY.id("FRP8-3"), event)
    assert "FRP8-3" in tally.unsettled()
    tally.hear(DAY.id("FRP8-3"), "PaymentReceived")
    assert "FRP8-3" not in tally.unsettled()


def test_only_what_is_of_this_run_is_counted() -> None:
    tally = Tally(SCRIPT, DAY)
    tally.hear("260228-180000-SRB3", "ArrivalNotified")
    tally.hear_answers([{"events": [{"type": "ArrivalNotified", "data": {"movement": DAY.id("SRB3")}}]}] * 2)
    assert [tally.count(stage, "SRB-MIX") for stage in STAGES] == [1, 0, 0, 0, 0, 0, 0, 0, 0]
