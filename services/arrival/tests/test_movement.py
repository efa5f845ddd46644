from dataclasses import replace
from datetime import timedelta

import pytest

from arrival import movement
from arrival.consignment import AnnounceConsignment, RecordGoodsArrival, RecordGoodsCrossing
from arrival.movement import Movement, NotifyArrival, RecordArrival, RecordCrossing
from arrival.rules import notice_is_due, notice_is_missing
from contracts.arrival import ArrivalNotified, BorderCrossed, VehicleArrived
from contracts.values import Arrived, GoodsLine, Papers
from law import Finding
from law.tests.deciding import NOON, given, play, when

SOON = NOON + timedelta(hours=3)
WATER = GoodsLine(code="220110110", origin="UZ")
NOTICE = NotifyArrival(
    movement="M1",
    checkpoint="FRP-MIX",
    mode="road",
    expected=SOON,
    vehicle="TM 1234 AB",
    carrier="Sample Haulage",
    route=("FRP-MIX", "TLM-ROD"),
    consignments=("C2", "C1", "C2"),
)
NOTIFIED = ArrivalNotified(
    movement="M1",
    checkpoint="FRP-MIX",
    mode="road",
    expected=SOON,
    vehicle="TM 1234 AB",
    carrier="Sample Haulage",
    route=("FRP-MIX", "TLM-ROD"),
    consignments=("C1", "C2"),
)
CROSSING = RecordCrossing(
    movement="M1",
    direction="in",
    mode="road",
    place="FRP-MIX",
    seals=("S2", "S1", "S2"),
    papers=(Papers(consignment="C3"), Papers(consignment="C1", packages=12, goods=(WATER,))),
)
CROSSED = BorderCrossed(
    movement="M1",
    direction="in",
    mode="road",
    place="FRP-MIX",
    crossed=NOON,
    seals=("S1", "S2"),
    papers=(Papers(consignment="C1", packages=12, goods=(WATER,)), Papers(consignment="C3")),
)
ARRIVAL = RecordArrival(movement="M1", checkpoint="FRP-MIX")
ARRIVED = VehicleArrived(movement="M1", checkpoint="FRP-MIX", arrived=NOON)


@pytest.mark.law("A1")
def test_art_37_2_1_a_notice_is_recorded_as_it_came() -> None:
    assert when(movement, given(movement), NOTICE) == [NOTIFIED]


@pytest.mark.law("A1")
def test_art_37_2_1_a_notice_after_the_crossing_or_of_a_time_gone_by_is_recorded_all_the_same() -> None:
    late = replace(NOTICE, expected=NOON - timedelta(days=3))
    expected = NOTIFIED.model_copy(update={"expected": NOON - timedelta(days=3)})
    assert when(movement, given(movement, CROSSED, ARRIVED), late) == [expected]


@pytest.mark.law("A1")
def test_art_37_2_1_each_consignment_in_a_notice_hears_of_it_once() -> None:
    told = AnnounceConsignment(
        consignment="C1",
        movement="M1",
        checkpoint="FRP-MIX",
        mode="road",
        expected=SOON,
        route=("FRP-MIX", "TLM-ROD"),
    )
    assert movement.follow(NOTIFIED) == [
        ("consignment/C1", told),
        ("consignment/C2", replace(told, consignment="C2")),
    ]


def test_how_a_vehicle_crossed_goes_before_what_a_later_notice_says() -> None:
    assert movement.evolve(Movement(crossed=True, mode="rail"), NOTIFIED) == Movement(
        crossed=True, mode="rail", notified=True
    )


def test_a_second_notice_adds_nothing() -> None:
    assert when(movement, given(movement, NOTIFIED), replace(NOTICE, checkpoint="SRK-MIX")) == []


@pytest.mark.law("A9")
def test_art_5_1_21_a_a_crossing_without_a_notice_begins_the_import() -> None:
    assert when(movement, given(movement), CROSSING) == [CROSSED]


@pytest.mark.law("A9")
def test_art_5_1_21_a_a_crossing_is_the_same_with_a_notice_that_named_other_goods_and_another_place() -> None:
    elsewhere = NOTIFIED.model_copy(update={"checkpoint": "SRK-MIX", "route": ("SRK-MIX",)})
    assert when(movement, given(movement, elsewhere), CROSSING) == [CROSSED]


def test_a_vehicle_crosses_once_on_a_journey() -> None:
    assert when(movement, given(movement, CROSSED), replace(CROSSING, place="SRK-MIX")) == []


@pytest.mark.law("A9")
def test_art_37_2_1_a_lorry_that_arrives_unannounced_is_no_finding() -> None:
    with_goods = VehicleArrived(movement="M1", checkpoint="FRP-MIX", arrived=NOON, consignments=("C1", "C3"))
    assert when(movement, given(movement, CROSSED), ARRIVAL) == [with_goods]


@pytest.mark.law("A9")
def test_art_37_2_1_a_vehicle_of_which_nothing_is_known_arrives_without_a_finding() -> None:
    assert when(movement, given(movement), ARRIVAL) == [ARRIVED]


@pytest.mark.law("A9")
def test_art_37_2_1_a_notice_is_missing_only_where_one_was_due_and_none_came() -> None:
    missing = Finding(rule="A9", article="37(2-1)", facts=(("checkpoint", "FRP-MIX"),))
    assert notice_is_missing(False, "rail", "FRP-MIX") == missing
    assert notice_is_missing(True, "rail", "FRP-MIX") is None
    assert notice_is_missing(False, "road", "FRP-MIX") is None
    assert when(movement, Movement(crossed=True, mode="rail"), ARRIVAL) == [
        VehicleArrived(movement="M1", checkpoint="FRP-MIX", arrived=NOON, findings=(missing,))
    ]


@pytest.mark.law("A9")
@pytest.mark.parametrize(
    ("mode", "checkpoint", "due"),
    [
        ("road", "FRP-MIX", False),
        ("road", "TKB-SEA", False),
        ("rail", "FRP-MIX", True),
        ("rail", "AKY-RLW", True),
        ("air", "ASB-AIR", True),
        ("sea", "TKB-SEA", True),
        ("rail", "GRB-ROD", False),
        (None, "FRP-MIX", False),
        ("rail", "XXX-XXX", False),
    ],
)
def test_art_37_2_1_a_notice_is_due_from_the_offices_that_the_article_names(
    mode: str | None, checkpoint: str, due: bool
) -> None:
    assert notice_is_due(mode, checkpoint) is due


def test_a_vehicle_arrives_once() -> None:
    assert when(movement, given(movement, CROSSED, ARRIVED), replace(ARRIVAL, checkpoint="SRK-MIX")) == []


@pytest.mark.law("F8")
def test_art_5_1_19_28_a_crossing_is_told_to_the_goods_on_the_papers_and_to_no_others() -> None:
    told = RecordGoodsCrossing(
        consignment="C1",
        movement="M1",
        direction="in",
        mode="road",
        place="FRP-MIX",
        crossed=NOON,
        packages=12,
        goods=(WATER,),
    )
    assert movement.follow(CROSSED) == [
        ("consignment/C1", told),
        ("consignment/C3", replace(told, consignment="C3", packages=None, goods=())),
    ]


@pytest.mark.law("F8")
def test_art_5_1_19_28_an_arrival_is_told_to_the_goods_that_crossed() -> None:
    arrived = ARRIVED.model_copy(update={"consignments": ("C1",)})
    told = RecordGoodsArrival(consignment="C1", movement="M1", checkpoint="FRP-MIX", arrived=NOON)
    assert movement.follow(arrived) == [("consignment/C1", told)]


@pytest.mark.law("F8")
def test_art_5_1_19_28_goods_hear_of_an_arrival_that_was_recorded_before_their_crossing() -> None:
    _, recorded = play(movement, [NOTICE, ARRIVAL, CROSSING])
    came = Arrived(checkpoint="FRP-MIX", arrived=NOON)
    assert recorded == [NOTIFIED, ARRIVED, CROSSED.model_copy(update={"arrived": came})]
    assert [(stream, type(told).__name__) for event in recorded[1:] for stream, told in movement.follow(event)] == [
        ("consignment/C1", "RecordGoodsCrossing"),
        ("consignment/C3", "RecordGoodsCrossing"),
        ("consignment/C1", "RecordGoodsArrival"),
        ("consignment/C3", "RecordGoodsArrival"),
    ]
