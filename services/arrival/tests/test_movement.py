from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing
from arrival.consignment.stops import LoseGoodsExemption, RecordGoodsStop
from arrival.movement import movement
from arrival.movement.arrivals import RecordArrival, done_there
from arrival.movement.crossing import RecordCrossing
from arrival.movement.stops import RecordStop
from contracts.arrival import BorderCrossed, Chapter8NotApplicable, ExemptionLost, StopRecorded, VehicleArrived
from contracts.papers import GoodsLine, Papers
from contracts.tests.kit import sealed
from contracts.values import Arrived, Stopped
from decider import OpenPoint
from decider.tests.kit import NOON, given, play, when

SOON = NOON + timedelta(hours=3)
WATER = GoodsLine(code="220110110", origin="UZ")
CROSSING = RecordCrossing(
    movement="M1",
    direction="in",
    mode="road",
    place="FRP-MIX",
    seals=sealed("S2", "S1", "S2"),
    papers=(Papers(consignment="C3"), Papers(consignment="C1", packages=12, goods=(WATER,))),
)
CROSSED = BorderCrossed(
    movement="M1",
    direction="in",
    mode="road",
    place="FRP-MIX",
    crossed=NOON,
    seals=sealed("S1", "S2"),
    papers=(Papers(consignment="C1", packages=12, goods=(WATER,)), Papers(consignment="C3")),
)
ARRIVAL = RecordArrival(movement="M1", checkpoint="FRP-MIX")
ARRIVED = VehicleArrived(movement="M1", checkpoint="FRP-MIX", arrived=NOON)
WITH_GOODS = ARRIVED.model_copy(update={"consignments": ("C1", "C3")})

PAPERS = (Papers(consignment="C1"), Papers(consignment="C2"))
FLIGHT = RecordCrossing(movement="M1", direction="in", mode="air", non_stop=True, papers=PAPERS)
FLOWN = BorderCrossed(movement="M1", direction="in", mode="air", crossed=NOON, non_stop=True, papers=PAPERS)
OUTSIDE = Chapter8NotApplicable(movement="M1", exemption="non_stop")
STOP = RecordStop(movement="M1", place="MRY-AIR")
STOPPED = StopRecorded(movement="M1", place="MRY-AIR", stopped=SOON, consignments=("C1", "C2"))
LOST = ExemptionLost(movement="M1", present_at="ASB-AIR", stopped=SOON, consignments=("C1", "C2"))
DECIDED = replace(STOP, exemption_lost=True, present_at="ASB-AIR")
STOPPED_FOR_GOOD = STOPPED.model_copy(update={"exemption_lost": True, "present_at": "ASB-AIR"})


@pytest.mark.law("A9")
def test_art_5_1_21_a_a_crossing_without_a_notice_begins_the_import() -> None:
    assert when(movement, given(movement), CROSSING) == [CROSSED]


def test_a_vehicle_crosses_once_on_a_journey() -> None:
    (told,) = when(movement, given(movement, CROSSED), replace(CROSSING, place="SRK-MIX"))
    assert (told.outcome, told.differing, told.stands) == ("differs", ("place",), (("place", "FRP-MIX"),))


@pytest.mark.law("P10")
def test_art_38_a_vehicle_may_come_to_several_places_and_to_each_once() -> None:
    assert when(movement, given(movement, CROSSED), ARRIVAL) == [WITH_GOODS]
    elsewhere = WITH_GOODS.model_copy(update={"checkpoint": "TLM-ROD", "arrived": SOON})
    state = given(movement, CROSSED, WITH_GOODS)
    assert when(movement, state, replace(ARRIVAL, checkpoint="TLM-ROD"), SOON) == [elsewhere]
    assert when(movement, state, ARRIVAL, SOON) == []


@pytest.mark.parametrize(
    ("work", "unloads", "found"),
    [
        (None, None, (None, None)),
        (None, ("C2", "C1"), (("unload",), ("C1", "C2"))),
        (None, (), ((), ())),
        (("load",), None, (("load",), ())),
        (("load",), ("C1",), (("load", "unload"), ("C1",))),
        (("unload",), None, (("unload",), None)),
    ],
)
def test_what_was_done_at_a_place_is_as_stated_and_as_planned_where_nothing_was(
    work: Any, unloads: Any, found: Any
) -> None:
    assert done_there(work, unloads) == found


@pytest.mark.law("F8")
def test_art_5_1_19_28_a_crossing_is_told_to_the_goods_on_the_papers_and_to_no_others() -> None:
    told = RecordGoodsCrossing(
        consignment="C1",
        movement="M1",
        direction="in",
        mode="road",
        place="FRP-MIX",
        crossed=NOON,
        papers=Papers(consignment="C1", packages=12, goods=(WATER,)),
    )
    assert movement.react(CROSSED) == [
        ("consignment/C1", told),
        ("consignment/C3", replace(told, consignment="C3", papers=Papers(consignment="C3"))),
    ]


@pytest.mark.law("F8")
def test_art_5_1_19_28_an_arrival_tells_the_goods_that_crossed_whether_they_left_the_vehicle() -> None:
    told = RecordGoodsArrival(consignment="C1", movement="M1", checkpoint="FRP-MIX", arrived=NOON)
    assert movement.react(WITH_GOODS) == [
        ("consignment/C1", told),
        ("consignment/C3", replace(told, consignment="C3")),
    ]
    unloaded = WITH_GOODS.model_copy(update={"mode": "air", "unloads": ("C3",)})
    by_air = replace(told, mode="air", unloaded=False)
    assert movement.react(unloaded) == [
        ("consignment/C1", by_air),
        ("consignment/C3", replace(by_air, consignment="C3", unloaded=True)),
    ]


@pytest.mark.law("F8")
def test_art_5_1_19_28_goods_hear_of_arrivals_and_stops_that_were_recorded_before_their_crossing() -> None:
    _, recorded = play(movement, [ARRIVAL, replace(ARRIVAL, checkpoint="TLM-ROD"), DECIDED, CROSSING])
    *_, crossed = recorded
    came = Arrived(checkpoint="FRP-MIX", arrived=NOON)
    assert (crossed.arrived, crossed.further) == (came, (replace(came, checkpoint="TLM-ROD"),))
    assert crossed.stopped == (Stopped(place="MRY-AIR", stopped=NOON, present_at="ASB-AIR"),)
    types = ["RecordGoodsCrossing", "RecordGoodsArrival", "RecordGoodsArrival", "RecordGoodsStop", "LoseGoodsExemption"]
    for stream in ("consignment/C1", "consignment/C3"):
        assert [type(told).__name__ for to, told in movement.react(crossed) if to == stream] == types
    assert [told for event in recorded[:-1] for told in movement.react(event)] == []


@pytest.mark.law("A7")
@pytest.mark.parametrize(
    ("mode", "non_stop", "exemption"),
    [
        ("pipeline", False, "pipeline"),
        ("power_line", False, "power_line"),
        ("air", True, "non_stop"),
        ("sea", True, "non_stop"),
        ("river", True, "non_stop"),
    ],
)
def test_art_37_3_the_chapter_on_arrival_is_not_for_lines_and_for_what_does_not_stop(
    mode: Any, non_stop: bool, exemption: str
) -> None:
    crossing = replace(FLIGHT, mode=mode, non_stop=non_stop)
    outside, crossed = when(movement, given(movement), crossing)
    assert outside == Chapter8NotApplicable(movement="M1", exemption=exemption)
    assert (crossed.type, crossed.place) == ("BorderCrossed", None)


@pytest.mark.law("A7")
def test_art_37_3_who_lands_is_inside_the_chapter() -> None:
    landing = replace(FLIGHT, non_stop=False, place="ASB-AIR")
    assert [event.type for event in when(movement, given(movement), landing)] == ["BorderCrossed"]


@pytest.mark.law("A7")
def test_art_37_3_an_arrival_switches_nothing_on_for_a_vehicle_that_was_not_to_stop() -> None:
    state = given(movement, OUTSIDE, FLOWN)
    landed = RecordArrival(movement="M1", checkpoint="ASB-AIR", mode="air")
    assert [event.type for event in when(movement, state, landed, SOON)] == ["VehicleArrived"]


@pytest.mark.parametrize(
    "wrong",
    [{"mode": "road", "non_stop": True}, {"mode": "road"}, {"mode": "air"}, {"mode": "pipeline", "non_stop": True}],
)
def test_a_crossing_has_a_place_except_by_line_or_without_a_stop(wrong: dict[str, Any]) -> None:
    command = {"movement": "M1", "direction": "in", **wrong}
    with pytest.raises(ValidationError, match=r"place|non_stop"):
        TypeAdapter(RecordCrossing).validate_python(command)


@pytest.mark.law("A8")
def test_art_37_3_a_stop_is_recorded_and_takes_the_exemption_away_only_where_the_officer_says_so() -> None:
    state = given(movement, OUTSIDE, FLOWN)
    assert when(movement, state, STOP, SOON) == [STOPPED]
    assert when(movement, state, DECIDED, SOON) == [STOPPED_FOR_GOOD, LOST]


@pytest.mark.law("A8")
def test_art_37_3_a_decision_that_was_taken_stands() -> None:
    state = given(movement, OUTSIDE, FLOWN, STOPPED)
    assert when(movement, state, STOP, SOON) == []
    assert [each.outcome for each in when(movement, state, DECIDED, SOON)] == ["differs"]
    lost = given(movement, OUTSIDE, FLOWN, STOPPED_FOR_GOOD, LOST)
    assert when(movement, lost, DECIDED, SOON) == []
    (told,) = when(movement, lost, replace(DECIDED, present_at="TKB-AIR"), SOON)
    assert (told.outcome, told.stands) == ("differs", (("present_at", "ASB-AIR"),))
    (told,) = when(movement, lost, STOP, SOON)
    assert (told.outcome, told.differing) == ("differs", ("exemption_lost", "present_at"))


@pytest.mark.law("A8")
def test_art_37_3_goods_hear_of_the_stop_and_of_where_they_are_to_be_shown() -> None:
    stop = RecordGoodsStop(consignment="C1", movement="M1", place="MRY-AIR", stopped=SOON, exemption_lost=False)
    assert movement.react(STOPPED) == [("consignment/C1", stop), ("consignment/C2", replace(stop, consignment="C2"))]
    lost = LoseGoodsExemption(consignment="C1", movement="M1", present_at="ASB-AIR", stopped=SOON)
    assert movement.react(LOST) == [("consignment/C1", lost), ("consignment/C2", replace(lost, consignment="C2"))]
    assert movement.react(OUTSIDE) == []


@pytest.mark.law("A8")
def test_art_37_3_an_arrival_of_what_was_not_to_stop_is_put_before_the_officer() -> None:
    landed = VehicleArrived(movement="M1", checkpoint="MRY-AIR", arrived=SOON)
    point = OpenPoint(act="RecordStop", who="officer", article="37(3)", place="MRY-AIR")
    assert movement.open_points(given(movement, OUTSIDE, FLOWN, landed)) == (point,)
    assert movement.open_points(given(movement, OUTSIDE, FLOWN, landed, STOPPED)) == ()
    assert movement.open_points(given(movement, CROSSED, landed)) == ()


@pytest.mark.parametrize("wrong", [{"exemption_lost": True}, {"present_at": "ASB-AIR"}])
def test_a_place_to_show_it_is_named_with_the_loss_and_only_with_it(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="present_at"):
        TypeAdapter(RecordStop).validate_python({"movement": "M1", "place": "MRY-AIR", **wrong})


def test_a_vehicle_came_when_the_act_says_so() -> None:
    assert when(movement, given(movement), ARRIVAL, SOON) == [ARRIVED.model_copy(update={"arrived": SOON})]
