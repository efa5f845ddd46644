"""When a day is over, and how it is told that something came out otherwise than the script says."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest

from deploy.demo.day import Day
from deploy.demo.living import lives
from deploy.demo.outcomes import Found, differences, found_by, led_otherwise
from deploy.demo.script import NO_POST, Script, load
from deploy.demo.summary import GOODS_LINES, MOVEMENT_LINES, articles_of, counted, summary
from deploy.demo.tally import STAGES, Tally

DAY = Day(datetime(2026, 3, 1, 18, 0, tzinfo=UTC))
TRUCK = load().movements["SRB3"]  # Its seal is broken; of its four consignments the third runs for a term that ends.
SCRIPT = Script({"SRB3": TRUCK})
TERMED = {"data": {"runs_for_a_term": True, "regime": "temporary import"}}


def event(type_: str, minute: int = 0, **data: object) -> dict[str, Any]:
    at = f"2026-03-01T10:{minute:02}:00Z"
    return {"type": type_, "time": at, "recordedtime": at, "data": {"article": "1", **data}}


def finding(rule: str, layer: str = "code") -> dict[str, object]:
    return {"rule": rule, "article": "37(2)", "layer": layer, "facts": []}


def found(*events: str | Mapping[str, Any], findings: tuple[str, ...] = ()) -> Found:
    """Events in this order, a minute apart; the findings stand in the first."""
    said = [event(each, minute) if isinstance(each, str) else each for minute, each in enumerate(events)]
    first = dict(said[0])
    first["data"] = {**first["data"], "findings": [finding(rule) for rule in findings]}
    return Found((first, *said[1:]))


def released(regime: str = "free circulation", minute: int = 30, runs: bool = False) -> dict[str, Any]:
    return event("GoodsReleased", minute, regime=regime, runs_for_a_term=runs)


def crossed() -> dict[str, Any]:
    return event("BorderCrossed", 1, mode="road")


def as_it_must_be() -> dict[str, Found]:
    shown = event("GoodsPresented", 1, checkpoint="SRB-MIX")
    done = {
        goods.key: found(shown, "PaymentReceived", released(goods.regime), "ClearanceCompleted")
        for goods in TRUCK.goods
    }
    arrived = event("VehiclePresented", 2, checkpoint="SRB-MIX")
    return {"SRB3": found("ArrivalNotified", crossed(), arrived, findings=("P2",)), **done}


@pytest.mark.parametrize(
    ("what", "outcome"),
    [
        (found(released(), "ClearanceCompleted"), "completed"),
        (found(released(), "ClearanceCompleted", "ClearanceCompletionWithdrawn"), "released"),
        (found(released(runs=True)), "running"),
        (found(released(runs=True), "RegimeEnded", event("PaymentAssessed", total="20.00")), "unpaid"),
        (found(released(), event("PaymentAssessed", total="20"), event("PaymentReceived", amount="20.00")), "released"),
        (found(released(), "AgencyApprovalRequested", "AgencyApprovalRefused"), "not approved"),
        (found("ImportProhibited", "ImmediateExportDone"), "sent back"),
        (found("ImportProhibited", "TemporaryStorageStarted"), "stored"),
        (found("TemporaryStorageStarted", "StorageTermEnded", "DisposalReferred"), "referred"),
        (found("DisposalReferred", "ImmediateExportDone", "StorageTermEndWithdrawn"), "sent back"),
        (found("RestrictionOpened", "PermitRecorded"), "withheld"),
        (found("GoodsCrossed"), "open"),
    ],
)
def test_an_outcome_is_read_from_events(what: Found, outcome: str) -> None:
    assert what.outcome == outcome


def test_a_finding_that_was_withdrawn_stands_no_more() -> None:
    missing, late = finding("A9"), finding("A4", "default")
    told = Found(
        (
            event("NoticeFindingsRecorded", findings=[missing]),
            event("NoticeFindingsRecorded", findings=[late]),
            event("NoticeFindingsWithdrawn", findings=[missing]),
        )
    )
    assert told.rules == ("A4/default",)


def test_what_comes_out_as_the_script_says_makes_no_difference() -> None:
    assert differences(SCRIPT, DAY, as_it_must_be()) == []


def test_goods_that_came_out_otherwise_are_named_with_what_must_be_and_what_is() -> None:
    shown = event("GoodsPresented", 1, checkpoint="SRK-MIX")
    paid = event("PaymentReceived", amount="1.00")
    came = found(shown, paid, released(), event("PaymentAssessed", total="2.00"), "ReleaseRefused", findings=("L8",))
    assert differences(SCRIPT, DAY, as_it_must_be() | {"SRB3-2": came}) == [
        "260301-180000-SRB3-2: outcome must be completed, is unpaid; shown at must be SRB-MIX, is SRK-MIX; "
        "findings must be none, is L8; release refused must be no, is yes"
    ]


def test_a_vehicle_whose_broken_seal_was_not_found_is_named() -> None:
    arrived = event("VehiclePresented", 2, checkpoint="SRB-MIX")
    came = as_it_must_be() | {"SRB3": found("ArrivalNotified", crossed(), arrived)}
    assert differences(SCRIPT, DAY, came) == ["tir_carnet.260301_180000_SRB3: findings must be P2, is none"]


class Topic:
    """Puts entries on a topic, one after the other, and lets a tally hear them."""

    def __init__(self, tally: Tally) -> None:
        self.tally = tally
        self.position = 0

    def say(self, key: str, *types: str, kind: str = "event") -> None:
        stream = "movement" if key in self.tally.script.movements else "consignment"
        for type_ in types:
            self.position += 1
            self.hear(f"{stream}/{self.tally.day.id(key)}", type_, kind)

    def hear(self, subject: str, type_: str, kind: str = "event") -> None:
        self.tally.hear(
            {"id": f"arrival/3/{self.position}", "subject": subject, **event(type_, checkpoint="X", mode="road")}, kind
        )


def test_the_day_is_over_when_all_that_the_script_awaits_is_heard() -> None:
    tally = Tally(SCRIPT, DAY)
    topic = Topic(tally)
    assert len(tally.unsettled()) == 5
    topic.say("SRB3", "ArrivalNotified", "BorderCrossed", "VehiclePresented")
    for goods in TRUCK.goods:
        topic.say(goods.key, "GoodsPresented", "DeclarationLodged", "DeclarationAccepted")
        topic.say(goods.key, "PaymentReceived", "GoodsReleased")
    assert tally.unsettled() == [goods.key for goods in TRUCK.goods]
    for goods in TRUCK.goods:
        topic.say(goods.key, "ClearanceCompleted")
    assert tally.unsettled() == []


def test_goods_under_a_regime_that_runs_on_are_done_with_once_they_are_released_and_paid() -> None:
    tally = Tally(load(), DAY)
    topic = Topic(tally)
    topic.say("FRP8-3", "GoodsPresented", "DeclarationLodged", "DeclarationAccepted", "GoodsReleased")
    assert "FRP8-3" in tally.unsettled()
    topic.say("FRP8-3", "PaymentReceived")
    assert "FRP8-3" not in tally.unsettled()


def test_only_what_is_of_this_run_is_counted_and_once() -> None:
    tally = Tally(SCRIPT, DAY)
    topic = Topic(tally)
    topic.hear("movement/260228-180000-SRB3", "ArrivalNotified")
    topic.say("SRB3", "NotifyArrival", kind="input")
    topic.say("SRB3", "ArrivalNotified")
    topic.hear(f"movement/{DAY.id('SRB3')}", "ArrivalNotified")
    assert [tally.count(stage, "SRB-MIX") for stage in STAGES] == [1] + [0] * (len(STAGES) - 1)
    assert [each["type"] for each in tally.events("SRB3")] == ["ArrivalNotified"]
    assert "NotifyArrival" in tally.heard("SRB3")
    assert tally.positions == {("arrival", 3): 2}


def test_goods_that_are_shown_nowhere_are_counted_under_no_post() -> None:
    tally = Tally(load(), DAY)
    topic = Topic(tally)
    topic.say("PIP1-1", "GoodsReleased")
    (column,) = (stage for stage in STAGES if stage.event == "GoodsReleased")
    assert tally.count(column, NO_POST) == 1


def test_the_summary_counts_with_articles_what_the_services_recorded() -> None:
    tally = Tally(SCRIPT, DAY)
    topic = Topic(tally)
    topic.say("SRB3", "ArrivalNotified", "BorderCrossed", "VehiclePresented")
    told = found_by(tally)
    lines = {name: (count, articles) for name, count, articles in counted([told["SRB3"]], MOVEMENT_LINES)}
    assert lines["announced"] == (1, ["1"])
    assert lines["arrived without a notice that was due"] == (0, [])
    assert {count for _, count, _ in counted([told["SRB3-1"]], GOODS_LINES)} == {0}


def test_a_life_of_a_kind_that_comes_seldom_has_its_articles_in_the_summary_and_is_named_if_it_came_otherwise() -> None:
    life = next(each for each in lives(DAY) if each.name.startswith("prohibited but for a treaty"))
    tally = Tally(SCRIPT, DAY, [life])
    assert tally.awaited[life.key] == {"GoodsReleased"}
    led = {**as_it_must_be(), life.key: found("ReadyForRelease", event("GoodsReleased", article="5(1)(20)"))}
    assert articles_of(life, led[life.key]) == ["3(2)", "5(1)(20)"]
    assert life.name in [str(cell).strip() for cell in summary(SCRIPT, led, [life]).columns[0].cells]
    assert led_otherwise([life], DAY, led) == []
    barred = {life.key: found("ImportProhibited", "GoodsReleased")}
    assert led_otherwise([life], DAY, barred) == [f"{DAY.id(life.key)}: ImportProhibited must not come"]
