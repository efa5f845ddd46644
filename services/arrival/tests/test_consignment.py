from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from arrival.consignment import consignment
from arrival.consignment.announcement import AnnounceConsignment, RecordGoodsJourney
from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing
from arrival.consignment.stops import LoseGoodsExemption, RecordGoodsStop
from contracts.arrival import (
    Chapter8NotApplicable,
    ConsignmentAnnounced,
    ExemptionLost,
    GoodsArrived,
    GoodsCrossed,
    GoodsJourneyChanged,
    StopRecorded,
)
from contracts.papers import GoodsLine, Papers
from decider.tests.kit import NOON, given, play, when

WATER = GoodsLine(code="220110110", origin="UZ")
PAPERS = Papers(consignment="C1", packages=12, goods=(WATER,))
ANNOUNCE = AnnounceConsignment(
    consignment="C1", movement="M1", checkpoint="FRP-MIX", mode="road", expected=NOON, route=("FRP-MIX",)
)
ANNOUNCED = ConsignmentAnnounced(
    consignment="C1", movement="M1", checkpoint="FRP-MIX", mode="road", expected=NOON, route=("FRP-MIX",)
)
CROSS = RecordGoodsCrossing(
    consignment="C1",
    movement="M1",
    direction="in",
    mode="road",
    place="FRP-MIX",
    crossed=NOON,
    papers=PAPERS,
)
CROSSED = GoodsCrossed(
    consignment="C1",
    movement="M1",
    direction="in",
    mode="road",
    place="FRP-MIX",
    crossed=NOON,
    papers=PAPERS,
)
ARRIVE = RecordGoodsArrival(consignment="C1", movement="M1", checkpoint="FRP-MIX", arrived=NOON)
ARRIVED = GoodsArrived(consignment="C1", movement="M1", checkpoint="FRP-MIX", arrived=NOON)


def test_art_37_2_1_a_notice_announces_the_consignment() -> None:
    assert when(consignment, given(consignment), ANNOUNCE) == [ANNOUNCED]


@pytest.mark.law("F4")
def test_art_5_1_21_a_the_import_of_goods_begins_when_they_cross_announced_or_not() -> None:
    assert when(consignment, given(consignment), CROSS) == [CROSSED]
    assert when(consignment, given(consignment, ANNOUNCED), CROSS) == [CROSSED]


@pytest.mark.law("F8")
def test_art_5_1_19_28_goods_arrive_in_their_own_stream() -> None:
    assert when(consignment, given(consignment, CROSSED), ARRIVE) == [ARRIVED]


def test_what_is_told_later_keeps_the_time_at_which_it_happened() -> None:
    before = NOON - timedelta(hours=2)
    told = replace(ARRIVE, arrived=before)
    assert when(consignment, given(consignment, CROSSED), told) == [
        ARRIVED.model_copy(update={"arrived": before, "occurred": before})
    ]
    crossed = replace(CROSS, crossed=before)
    assert when(consignment, given(consignment), crossed) == [
        CROSSED.model_copy(update={"crossed": before, "occurred": before})
    ]


@settings(deadline=None)
@for_all(st.permutations([ANNOUNCE, CROSS, ARRIVE, ANNOUNCE, CROSS, ARRIVE]))
def test_each_is_recorded_once_in_whatever_order_it_is_told(told: list[object]) -> None:
    state, recorded = play(consignment, told)
    assert sorted(event.type for event in recorded) == ["ConsignmentAnnounced", "GoodsArrived", "GoodsCrossed"]
    assert state == given(consignment, ANNOUNCED, CROSSED, ARRIVED)


def test_goods_on_two_vehicles_cross_and_arrive_with_each() -> None:
    _, recorded = play(consignment, [CROSS, replace(CROSS, movement="M2"), replace(ARRIVE, movement="M2"), ARRIVE])
    assert [(event.type, event.movement) for event in recorded] == [
        ("GoodsCrossed", "M1"),
        ("GoodsCrossed", "M2"),
        ("GoodsArrived", "M2"),
        ("GoodsArrived", "M1"),
    ]


@pytest.mark.law("F8")
def test_art_5_1_19_28_goods_come_to_each_place_once_and_what_is_said_of_it_later_corrects_it() -> None:
    elsewhere = replace(ARRIVE, checkpoint="TLM-ROD")
    assert when(consignment, given(consignment, CROSSED, ARRIVED), elsewhere) == [
        ARRIVED.model_copy(update={"checkpoint": "TLM-ROD"})
    ]
    assert when(consignment, given(consignment, CROSSED, ARRIVED), ARRIVE) == []
    unloaded = ARRIVED.model_copy(update={"unloaded": True, "corrects": NOON})
    assert when(consignment, given(consignment, CROSSED, ARRIVED), replace(ARRIVE, unloaded=True)) == [unloaded]
    assert given(consignment, ARRIVED, unloaded).visits.places[0].unloaded is True


@pytest.mark.law("A7", "F4")
def test_art_37_3_goods_by_pipeline_cross_and_are_outside_the_chapter_on_arrival() -> None:
    gas = replace(CROSS, mode="pipeline", place=None)
    outside, crossed = when(consignment, given(consignment), gas)
    assert outside == Chapter8NotApplicable(consignment="C1", movement="M1", exemption="pipeline")
    assert (crossed.type, crossed.mode, crossed.place) == ("GoodsCrossed", "pipeline", None)


def test_a_changed_journey_a_stop_and_a_loss_are_passed_on_as_they_were_told_and_the_last_two_once() -> None:
    journey = RecordGoodsJourney(consignment="C1", movement="M1", mode="air", stated=NOON, unloaded_at=("ASB-AIR",))
    stop = RecordGoodsStop(consignment="C1", movement="M1", place="MRY-AIR", stopped=NOON, exemption_lost=True)
    lost = LoseGoodsExemption(consignment="C1", movement="M1", present_at="ASB-AIR", stopped=NOON)
    state, recorded = play(consignment, [journey, stop, lost])
    assert recorded == [
        GoodsJourneyChanged(consignment="C1", movement="M1", mode="air", stated=NOON, unloaded_at=("ASB-AIR",)),
        StopRecorded(consignment="C1", movement="M1", place="MRY-AIR", stopped=NOON, exemption_lost=True),
        ExemptionLost(consignment="C1", movement="M1", present_at="ASB-AIR", stopped=NOON),
    ]
    assert state.stops == given(consignment, *recorded[1:]).stops
    assert [when(consignment, state, each) for each in (stop, lost)] == [[], []]
