"""Several of what there may be several of: vehicles, places, stops, findings. The second does not cost the first."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations

import pytest

from arrival.consignment import consignment
from arrival.consignment.announcement import AnnounceConsignment
from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing
from arrival.movement import movement
from arrival.movement.notice import NotifyArrival
from arrival.movement.stops import RecordStop
from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    ExemptionLost,
    JourneyChanged,
    NoticeFindingsRecorded,
    NoticeFindingsWithdrawn,
    StopRecorded,
    VehicleArrived,
)
from contracts.papers import Papers
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from decider.tests.kit import NOON, folded, given, play, when
from law import Finding

PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")

LATER = NOON + timedelta(hours=3)
ANNOUNCE = AnnounceConsignment(consignment="C1", movement="M1", checkpoint="FRP-MIX", mode="road", expected=NOON)
CROSS = RecordGoodsCrossing(consignment="C1", movement="M1", direction="in", mode="road", place="FRP-MIX", crossed=NOON)
ARRIVE = RecordGoodsArrival(consignment="C1", movement="M1", checkpoint="FRP-MIX", arrived=NOON)
NOTIFIED = ArrivalNotified(
    movement="M1", checkpoint="ASB-AIR", mode="air", expected=NOON, submitted=NOON, vehicle=PLANE,
    carrier="Sample Airways", consignments=("C1",),
)  # fmt: skip
CROSSED = BorderCrossed(
    movement="M1", direction="in", mode="air", place="ASB-AIR", crossed=NOON, papers=(Papers(consignment="C1"),)
)


def stopped(place: str, lost: bool = False) -> StopRecorded:
    return StopRecorded(movement="M1", place=place, stopped=NOON, exemption_lost=lost)


@pytest.mark.law("F8")
@pytest.mark.parametrize("told", [ANNOUNCE, CROSS, ARRIVE])
def test_art_5_1_19_28_goods_on_two_vehicles_hear_each_thing_of_each_of_them_once(told: object) -> None:
    other = replace(told, movement="M2")  # type: ignore[type-var]
    for order in permutations([told, other, told, other]):
        _, recorded = play(consignment, order)
        assert sorted(event.movement for event in recorded) == ["M1", "M2"]


@pytest.mark.law("F8")
def test_art_5_1_19_28_goods_that_come_to_two_places_stay_recorded_at_both() -> None:
    elsewhere = replace(ARRIVE, checkpoint="TLM-ROD")
    state, _ = play(consignment, [ARRIVE, elsewhere])
    assert [visit.checkpoint for visit in state.visits.places] == ["FRP-MIX", "TLM-ROD"]
    assert [when(consignment, state, each) for each in (ARRIVE, elsewhere)] == [[], []]


def test_findings_on_a_notice_stand_beside_one_another_and_are_withdrawn_one_by_one() -> None:
    one, other = (
        Finding(rule="A4", article="37(2-1)", facts=(("checkpoint", each),)) for each in ("ASB-AIR", "MRY-AIR")
    )
    state = given(movement, *(NoticeFindingsRecorded(movement="M1", findings=(each,)) for each in (one, other)))
    assert {*state.notice.findings} == {one, other}
    gone = NoticeFindingsWithdrawn(movement="M1", findings=(one,))
    assert folded(movement, state, gone).notice.findings == (other,)


@pytest.mark.law("A1")
def test_art_37_2_1_goods_of_a_notice_without_a_journey_are_unloaded_at_its_checkpoint() -> None:
    (told,) = [each for _, each in movement.react(NOTIFIED)]
    assert isinstance(told, AnnounceConsignment)
    assert (told.unloaded_at, told.route) == (("ASB-AIR",), ())
    (told,) = [each for _, each in movement.react(NOTIFIED.model_copy(update={"mode": "road"}))]
    assert isinstance(told, AnnounceConsignment)
    assert (told.unloaded_at, told.route) == ((), ("ASB-AIR",))


@pytest.mark.law("P10")
def test_art_38_what_was_said_last_counts_also_from_nine_to_ten_and_of_two_at_once_always_the_same() -> None:
    said = [
        JourneyChanged(movement="M1", mode="air", journey=(Call(place=place),), stated=NOON + timedelta(hours=hours))
        for place, hours in (("ASB-AIR", 2), ("MRY-AIR", 3), ("TKB-AIR", 3))
    ]
    assert [each.stated.hour for each in said if each.stated] == [9, 10, 10]
    plans = {given(movement, *order).route.plan for order in permutations(said)}
    assert len(plans) == 1
    assert plans.pop().at == said[-1].stated
    untimed = said[1].model_copy(update={"stated": None})
    assert {given(movement, *order).route.plan for order in permutations([said[0], untimed])} == {
        given(movement, said[0]).route.plan
    }


@pytest.mark.law("P10")
def test_art_38_places_stand_in_the_order_in_which_it_came_to_them() -> None:
    came = [
        VehicleArrived(movement="M1", checkpoint=place, arrived=arrived)
        for place, arrived in (("MRY-AIR", NOON), ("ASB-AIR", LATER), ("DSH-AIR", LATER))
    ]
    for order in permutations(came):
        places = [visit.checkpoint for visit in given(movement, *order).visits.places]
        assert places == ["MRY-AIR", "ASB-AIR", "DSH-AIR"]


@pytest.mark.law("A8")
def test_art_37_3_each_stop_is_recorded_by_itself_and_only_the_one_decided_on_costs_the_exemption() -> None:
    state = given(movement, stopped("MRY-AIR"), stopped("ASB-AIR"), stopped("MRY-AIR"))
    assert [each.place for each in state.stops.made] == ["ASB-AIR", "MRY-AIR"]
    later = RecordStop(movement="M1", place="DSH-AIR")
    (recorded,) = when(movement, state, later, LATER)
    assert recorded == stopped("DSH-AIR").model_copy(update={"stopped": LATER})
    lost = ExemptionLost(movement="M1", present_at="DSH-AIR", stopped=LATER)
    state = given(movement, stopped("MRY-AIR"), recorded, lost)
    assert [(each.place, each.present_at) for each in state.stops.made] == [("MRY-AIR", None), ("DSH-AIR", "DSH-AIR")]
    for order in permutations([stopped("MRY-AIR"), recorded]):
        assert [each.place for each in given(movement, *order).stops.made] == ["MRY-AIR", "DSH-AIR"]


@pytest.mark.law("A8")
def test_art_37_3_a_stop_elsewhere_at_the_same_time_is_decided_on_by_itself() -> None:
    decided = RecordStop(movement="M1", place="ASB-AIR", exemption_lost=True, present_at="ASB-AIR")
    state = given(movement, *when(movement, given(movement), decided))
    assert [event.type for event in when(movement, state, RecordStop(movement="M1", place="MRY-AIR"))] == [
        "StopRecorded"
    ]


def test_a_notice_names_its_goods_once_whether_it_lists_them_or_its_journey_does() -> None:
    notice = NotifyArrival(
        movement="M1", checkpoint="ASB-AIR", mode="air", expected=NOON, vehicle=PLANE, carrier="Sample Airways",
        consignments=("C2", "C1"), journey=(Call(place="ASB-AIR", unloads=("C3", "C1")),),
    )  # fmt: skip
    assert when(movement, given(movement), notice)[0].consignments == ("C1", "C2", "C3")
