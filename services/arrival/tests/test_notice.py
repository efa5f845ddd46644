from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from arrival.consignment.announcement import AnnounceConsignment
from arrival.movement import duty, movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.journey import ChangeJourney
from arrival.movement.notice import NotifyArrival
from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    Chapter8NotApplicable,
    ExemptionLost,
    NoticeFindingsRecorded,
    NoticeFindingsWithdrawn,
    StopRecorded,
    VehicleArrived,
)
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from decider import OpenPoint
from decider.tests.kit import NOON, folded, given, when
from law import Finding
from law.rule import Happened

PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")

BEFORE, LONG_BEFORE = NOON - timedelta(minutes=45), NOON - timedelta(days=2)
JOURNEY = (Call(place="TMB-AIR", work=("unload",), unloads=("C1",)), Call(place="MRY-AIR", unloads=("C3",)))
NOTICE = NotifyArrival(
    movement="M1",
    checkpoint="TMB-AIR",
    mode="air",
    expected=NOON,
    vehicle=PLANE,
    carrier="Sample Airways",
    journey=JOURNEY,
    consignments=("C2", "C1", "C2"),
)
NOTIFIED = ArrivalNotified(
    movement="M1",
    checkpoint="TMB-AIR",
    mode="air",
    expected=NOON,
    submitted=LONG_BEFORE,
    received=LONG_BEFORE,
    vehicle=PLANE,
    carrier="Sample Airways",
    journey=JOURNEY,
    consignments=("C1", "C2", "C3"),
)
LAND = RecordArrival(movement="M1", checkpoint="TMB-AIR")
LANDED = VehicleArrived(movement="M1", checkpoint="TMB-AIR", arrived=NOON)
CROSSED = BorderCrossed(movement="M1", direction="in", mode="air", place="TMB-AIR", crossed=BEFORE, notice_due=True)
MISSING = Finding(rule="A9", article="37(2-1)", facts=(("checkpoint", "TMB-AIR"),))
LATE = Finding(
    rule="A4",
    article="37(2-1)",
    facts=(("arrived", NOON.isoformat()), ("checkpoint", "TMB-AIR"), ("received", NOON.isoformat())),
)
SHORT = Finding(
    rule="A4",
    article="default:arrival.notice.lead.air",
    layer="default",
    facts=(("checkpoint", "TMB-AIR"), ("minutes", "45"), ("minutes_wanted", "120")),
)
OUTSIDE = Chapter8NotApplicable(movement="M1", exemption="non_stop")


def found(*findings: Finding) -> NoticeFindingsRecorded:
    return NoticeFindingsRecorded(movement="M1", findings=findings)


@pytest.mark.law("A1")
def test_art_37_2_1_a_notice_is_recorded_as_it_came_and_when() -> None:
    assert when(movement, given(movement), NOTICE, LONG_BEFORE) == [NOTIFIED]


@pytest.mark.law("A1")
def test_art_37_2_1_a_notice_after_the_crossing_or_of_a_time_gone_by_is_recorded_all_the_same() -> None:
    late = replace(NOTICE, expected=NOON - timedelta(days=3))
    (recorded, *_) = when(movement, given(movement, CROSSED, LANDED), late)
    assert recorded == NOTIFIED.model_copy(update={"expected": late.expected, "submitted": NOON, "received": NOON})


@pytest.mark.law("A1")
def test_art_37_2_1_each_consignment_in_a_notice_hears_of_it_once_and_of_its_own_part_only() -> None:
    told = AnnounceConsignment(
        consignment="C1",
        movement="M1",
        checkpoint="TMB-AIR",
        mode="air",
        expected=NOON,
        submitted=LONG_BEFORE,
        unloaded_at=("TMB-AIR",),
    )
    assert movement.react(NOTIFIED) == [
        ("consignment/C1", told),
        ("consignment/C2", replace(told, consignment="C2", unloaded_at=())),
        ("consignment/C3", replace(told, consignment="C3", unloaded_at=("MRY-AIR",))),
    ]


def test_the_same_notice_is_nothing_new_and_another_one_differs() -> None:
    assert when(movement, given(movement, NOTIFIED), replace(NOTICE, consignments=("C3", "C2", "C1"))) == []
    (told,) = when(movement, given(movement, NOTIFIED), replace(NOTICE, carrier="Other Airways"))
    assert (told.outcome, told.differing, told.stands_since) == ("differs", ("carrier",), LONG_BEFORE)
    assert told.amend_by == ("AmendNotice", "CorrectNotice", "WithdrawNotice")


@pytest.mark.law("A2")
def test_art_37_2_1_a_notice_names_the_procedure_that_it_follows() -> None:
    at_mary = replace(NOTICE, checkpoint="MRY-AIR")
    assert when(movement, given(movement), at_mary)[0].procedure == "MRY-AIR/1"
    assert when(movement, given(movement), replace(at_mary, mode="rail"))[0].procedure is None


@pytest.mark.law("A9")
def test_art_37_2_1_of_what_crossed_unannounced_there_is_no_notice_yet_and_nothing_is_found() -> None:
    point = OpenPoint(act="NotifyArrival", who="administration", article="37(2-1)", place="TMB-AIR")
    assert movement.open_points(given(movement, CROSSED)) == (point,)
    for state in (
        given(movement),
        given(movement, NOTIFIED, CROSSED),
        given(movement, CROSSED, LANDED),
        given(movement, OUTSIDE, CROSSED),
        given(movement, CROSSED.model_copy(update={"notice_due": False})),
    ):
        assert movement.open_points(state) == ()


@pytest.mark.law("A9")
def test_art_37_2_1_a_notice_is_missing_once_the_vehicle_is_there_and_one_was_due() -> None:
    due = LANDED.model_copy(update={"notice_due": True})
    assert when(movement, given(movement, CROSSED), LAND) == [due, found(MISSING)]
    assert when(movement, given(movement), replace(LAND, mode="air")) == [
        due.model_copy(update={"mode": "air"}),
        found(MISSING),
    ]
    assert when(movement, given(movement, NOTIFIED, CROSSED), LAND) == [due]
    assert when(movement, given(movement), LAND) == [LANDED]


@pytest.mark.law("A9")
def test_art_37_2_1_a_lorry_that_arrives_unannounced_is_no_finding() -> None:
    by_road = CROSSED.model_copy(update={"mode": "road", "place": "FRP-MIX"})
    assert [event.type for event in when(movement, given(movement, by_road), replace(LAND, checkpoint="FRP-MIX"))] == [
        "VehicleArrived"
    ]


@pytest.mark.law("A9")
def test_art_37_2_1_the_mode_may_come_to_be_known_after_the_arrival() -> None:
    by_air = BorderCrossed(movement="M1", direction="in", mode="air", place="TMB-AIR", crossed=NOON)
    state = given(movement, LANDED, by_air)
    anything = ChangeJourney(movement="M1", mode="air", journey=())
    assert when(movement, state, anything)[-1] == found(MISSING)


@pytest.mark.law("A9", "A4")
def test_art_37_2_1_a_notice_that_is_recorded_late_takes_back_that_it_is_missing() -> None:
    state = given(movement, CROSSED, LANDED, found(MISSING))
    withdrawn = NoticeFindingsWithdrawn(movement="M1", findings=(MISSING,))
    assert when(movement, state, NOTICE, LONG_BEFORE) == [NOTIFIED, withdrawn]
    assert when(movement, state, NOTICE)[1:] == [withdrawn, found(LATE)]
    assert given(movement, CROSSED, LANDED, found(MISSING), withdrawn).notice.findings == ()


@pytest.mark.law("A4")
def test_art_37_2_1_a_notice_that_comes_with_the_vehicle_is_late_and_one_before_it_is_not() -> None:
    on_time = NOTIFIED.model_copy(
        update={"submitted": NOON - timedelta(minutes=120), "received": NOON - timedelta(minutes=120)}
    )
    assert when(movement, given(movement, CROSSED, on_time), LAND)[1:] == []
    late = NOTIFIED.model_copy(update={"submitted": NOON, "received": NOON})
    assert when(movement, given(movement, CROSSED, late), LAND)[1:] == [found(LATE)]


@pytest.mark.law("A4")
def test_art_37_2_1_a_notice_of_an_unknown_time_or_that_nobody_owed_is_not_late() -> None:
    untimed = NOTIFIED.model_copy(update={"submitted": None, "received": None})
    assert when(movement, given(movement, CROSSED, untimed), LAND)[1:] == []
    by_road = CROSSED.model_copy(update={"mode": "road", "place": "FRP-MIX"})
    late = NOTIFIED.model_copy(update={"submitted": NOON, "received": NOON, "mode": "road"})
    assert when(movement, given(movement, by_road, late), replace(LAND, checkpoint="FRP-MIX"))[1:] == []


@pytest.mark.law("A4")
def test_art_37_2_1_a_lead_shorter_than_usual_is_shown_as_a_default_and_not_as_late() -> None:
    short = NOTIFIED.model_copy(update={"submitted": BEFORE, "received": BEFORE})
    assert when(movement, given(movement, CROSSED, short), LAND)[1:] == [found(SHORT)]


@pytest.mark.law("A2", "A4")
def test_art_37_2_1_what_the_procedure_wants_goes_before_what_is_usual() -> None:
    landed = replace(LAND, checkpoint="MRY-AIR")
    on_time = NOTIFIED.model_copy(
        update={
            "checkpoint": "MRY-AIR",
            "submitted": NOON - timedelta(minutes=60),
            "received": NOON - timedelta(minutes=60),
        }
    )
    assert when(movement, given(movement, CROSSED, on_time), landed)[1:] == []
    late = on_time.model_copy(update={"submitted": BEFORE, "received": BEFORE})
    facts = (("checkpoint", "MRY-AIR"), ("minutes", "45"), ("minutes_wanted", "60"))
    short = Finding(rule="A2", article="37(2-1)", layer="by-law", facts=facts)
    assert when(movement, given(movement, CROSSED, late), landed)[1:] == [found(short)]


@pytest.mark.law("A4")
def test_art_37_2_1_where_the_procedure_names_no_lead_the_usual_one_is_shown() -> None:
    at_sea = {"mode": "sea", "checkpoint": "TKB-SEA"}
    notified = NOTIFIED.model_copy(update={**at_sea, "submitted": BEFORE, "received": BEFORE})
    (_, shown) = when(movement, given(movement, notified), replace(LAND, checkpoint="TKB-SEA"))
    assert [(each.layer, each.article) for each in shown.findings] == [("default", "default:arrival.notice.lead.sea")]


@pytest.mark.law("A3")
def test_art_37_2_1_a_road_post_owes_a_notice_where_its_procedure_says_so() -> None:
    by_road = CROSSED.model_copy(update={"mode": "road", "place": "HWD-ROD"})
    missing = replace(MISSING, layer="by-law", facts=(("checkpoint", "HWD-ROD"),))
    assert when(movement, given(movement, by_road), replace(LAND, checkpoint="HWD-ROD"))[1:] == [found(missing)]
    assert when(movement, given(movement, by_road), replace(LAND, checkpoint="ART-ROD"))[1:] == []


@pytest.mark.law("A3")
@pytest.mark.parametrize(
    ("mode", "checkpoint", "due"),
    [
        ("road", "FRP-MIX", None),
        ("road", "HWD-ROD", "by-law"),
        ("road", "TKB-SEA", None),
        ("rail", "FRP-MIX", "code"),
        ("rail", "AKY-RLW", "code"),
        ("air", "TMB-AIR", "code"),
        ("sea", "TKB-SEA", "code"),
        ("rail", "GRB-ROD", None),
        (None, "FRP-MIX", None),
        ("rail", "XXX-XXX", None),
        ("air", None, None),
    ],
)
def test_art_37_2_1_a_notice_is_due_from_the_offices_that_the_article_names(
    mode: Any, checkpoint: str | None, due: str | None
) -> None:
    assert duty.is_due(Happened(NOON, NOON), mode, checkpoint) == due


@pytest.mark.law("A8", "A9")
def test_art_37_3_of_a_vehicle_that_was_not_to_stop_no_notice_is_missing_or_late() -> None:
    flown = CROSSED.model_copy(update={"place": None, "non_stop": True})
    stopped = StopRecorded(movement="M1", place="TMB-AIR", stopped=NOON, exemption_lost=True)
    lost = ExemptionLost(movement="M1", present_at="TMB-AIR", stopped=NOON)
    for state in (given(movement, OUTSIDE, flown), given(movement, OUTSIDE, flown, stopped, lost)):
        assert [event.type for event in when(movement, state, LAND)] == ["VehicleArrived"]
        assert [event.type for event in when(movement, folded(movement, state, LANDED), NOTICE)] == ["ArrivalNotified"]
