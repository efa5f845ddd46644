"""Several vehicles, places, decisions and findings; and what is recorded later than it happened."""

from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    Chapter8NotApplicable,
    ConsignmentAnnounced,
    ExemptionLost,
    GoodsArrived,
    GoodsCrossed,
    GoodsJourneyChanged,
    JourneyChanged,
    VehicleArrived,
)
from contracts.presentation import (
    CheckpointDetermined,
    CheckpointWithdrawn,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    GoodsPresented,
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    VehiclePresented,
)
from contracts.tests.kit import sealed
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from decider import OpenPoint
from decider.tests.kit import NOON, folded, given, play, when
from law import Finding
from presentation.consignment import consignment
from presentation.consignment.presentation import PresentGoods
from presentation.movement import movement
from presentation.movement.presentation import PresentVehicle

LORRY = MeansOfTransport(kind="registration_plate", identity="01-AG-1234")

SOON, LATER, LAST = (NOON + timedelta(hours=hours) for hours in (1, 2, 3))
FARAP, SARAHS, ASHGABAT, MARY = "FRP-MIX", "SRK-MIX", "ASB-AIR", "MRY-AIR"
CROSSED = BorderCrossed(movement="M1", direction="in", mode="air", place=ASHGABAT, crossed=NOON, seals=sealed("S1"))
FIRST = GoodsCrossed(consignment="C1", movement="M2", direction="in", mode="road", place=FARAP, crossed=NOON)
GOODS_BY_AIR = FIRST.model_copy(update={"mode": "air"})
OUTSIDE = Chapter8NotApplicable(movement="M1", consignment="C1", exemption="non_stop")
LOST = ExemptionLost(movement="M1", consignment="C1", present_at=MARY, stopped=SOON)
SHOW = PresentGoods(consignment="C1", checkpoint=FARAP)


def unloaded(place: str, arrived: datetime) -> GoodsArrived:
    return GoodsArrived(consignment="C1", movement="M2", checkpoint=place, arrived=arrived, unloaded=True)


def found(rule: str, article: str, *facts: tuple[str, Any]) -> Finding:
    return Finding(rule=rule, article=article, facts=facts)


def misplaced(determined: str, shown: str) -> Finding:
    return found("P8", "38(1)", ("determined", determined), ("shown", shown))


@pytest.mark.law("P1")
def test_art_37_2_it_was_shown_when_it_was_whenever_that_is_recorded() -> None:
    (shown,) = when(movement, given(movement), PresentVehicle(movement="M1", checkpoint=ASHGABAT), SOON, LAST)
    assert shown.shown == SOON
    (shown,) = when(consignment, given(consignment), SHOW, SOON, LAST)
    assert shown.shown == SOON


@pytest.mark.law("P1")
def test_art_37_2_whether_it_had_been_shown_goes_by_when_it_was_and_not_by_when_that_is_recorded() -> None:
    vehicle = given(movement, VehiclePresented(movement="M1", checkpoint=ASHGABAT, shown=LATER))
    show = PresentVehicle(movement="M1", checkpoint=ASHGABAT)
    for instant, types in ((SOON, ["VehiclePresented"]), (LATER, []), (LAST, ["StatementDiffers"])):
        assert [each.type for each in when(movement, vehicle, show, instant, LAST + timedelta(days=1))] == types


@pytest.mark.law("P2", "A8")
def test_art_37_3_goods_are_outside_only_where_all_that_carries_them_is() -> None:
    breached = PresentGoods(consignment="C1", checkpoint=FARAP, packaging_breached=True)
    rules = {
        (OUTSIDE,): [],
        (OUTSIDE, FIRST): ["P2"],
        (OUTSIDE, LOST): ["P2"],
        (): ["P2"],
    }
    for before, expected in rules.items():
        shown = when(consignment, given(consignment, *before), breached, LATER)[0]
        assert [each.rule for each in shown.findings] == expected


@pytest.mark.law("P8")
def test_art_38_1_in_the_air_a_landing_settles_it_also_where_no_crossing_is_on_record() -> None:
    landed = VehicleArrived(movement="M1", checkpoint=ASHGABAT, mode="air", arrived=NOON, work=("load",))
    elsewhere = PresentVehicle(movement="M1", checkpoint=MARY)
    assert when(movement, given(movement, landed), elsewhere, LATER)[0].findings == (misplaced(ASHGABAT, MARY),)


@pytest.mark.law("P2", "P8")
def test_art_37_2_what_happened_at_the_very_instant_of_showing_counts() -> None:
    landed = VehicleArrived(movement="M1", checkpoint=ASHGABAT, arrived=SOON, work=("load",))
    elsewhere = PresentVehicle(movement="M1", checkpoint=MARY, seals_found_intact=("S1",))
    state = given(movement, CROSSED, landed)
    assert when(movement, state, elsewhere, SOON)[0].findings == (misplaced(ASHGABAT, MARY),)
    lost = given(movement, OUTSIDE, CROSSED, LOST)
    shown = PresentVehicle(movement="M1", checkpoint=ASHGABAT, seals_found_intact=("S1",))
    assert when(movement, lost, shown, SOON)[0].findings == (misplaced(MARY, ASHGABAT),)
    assert when(movement, lost, shown, SOON - timedelta(microseconds=1))[0].findings == ()


def test_findings_that_change_are_withdrawn_and_recorded_at_once() -> None:
    landed = [
        VehicleArrived(movement="M1", checkpoint=place, arrived=instant, work=("load",))
        for place, instant in ((MARY, SOON), ("DSH-AIR", NOON))
    ]
    shown = VehiclePresented(movement="M1", checkpoint=ASHGABAT, seals_found_intact=("S1",), shown=LATER)
    state, _ = play(movement, [CROSSED, landed[0]])
    state = folded(movement, state, shown.model_copy(update={"findings": (misplaced(MARY, ASHGABAT),)}))
    assert when(movement, state, landed[1])[1:] == [
        VehicleFindingsWithdrawn(movement="M1", findings=(misplaced(MARY, ASHGABAT),)),
        VehicleFindingsRecorded(movement="M1", findings=(misplaced("DSH-AIR", ASHGABAT),)),
    ]
    goods, _ = play(consignment, [GOODS_BY_AIR, unloaded(MARY, SOON)])
    presented = GoodsPresented(
        consignment="C1", checkpoint=ASHGABAT, shown=LATER, findings=(misplaced(MARY, ASHGABAT),)
    )
    both = found("P8", "38(1)", ("determined", "DSH-AIR"), ("further", (MARY,)), ("shown", ASHGABAT))
    assert when(consignment, folded(consignment, goods, presented), unloaded("DSH-AIR", NOON))[1:] == [
        GoodsFindingsWithdrawn(consignment="C1", findings=(misplaced(MARY, ASHGABAT),)),
        GoodsFindingsRecorded(consignment="C1", findings=(both,)),
    ]


@pytest.mark.law("A8")
def test_art_37_3_the_officers_word_counts_also_where_it_is_heard_before_the_exemption() -> None:
    officer = {"article": "37(3)", "rule": "A8", "checkpoint": MARY, "basis": "officer"}
    crossed = CROSSED.model_copy(update={"mode": "road", "place": FARAP})
    assert play(movement, [crossed, LOST])[1][-1] == CheckpointDetermined(movement="M1", replaces=FARAP, **officer)
    point = OpenPoint(act="PresentVehicle", who="carrier", article="37(2)", place=MARY)
    assert movement.open_points(given(movement, OUTSIDE, LOST)) == (point,)


@pytest.mark.law("A8")
def test_art_37_3_of_two_decisions_the_one_on_the_first_stop_says_where_whichever_is_recorded_first() -> None:
    second = LOST.model_copy(update={"present_at": "DSH-AIR", "stopped": LATER})
    for order in permutations([LOST, second]):
        assert play(movement, [OUTSIDE, CROSSED, *order])[0].checkpoint.places == (MARY,)


@pytest.mark.law("P7")
def test_art_38_1_how_it_goes_is_known_from_the_first_arrival_that_says_so() -> None:
    silent = VehicleArrived(movement="M1", checkpoint=FARAP, arrived=NOON, work=("load",))
    by_road = VehicleArrived(movement="M1", checkpoint=SARAHS, arrived=SOON, mode="road")
    assert play(movement, [silent, by_road])[0].checkpoint.places == (FARAP,)
    goods = GoodsArrived(consignment="C1", movement="M1", checkpoint=FARAP, arrived=NOON, mode="road")
    assert play(consignment, [goods])[0].checkpoint.places == (FARAP,)


@pytest.mark.law("P10")
def test_art_38_what_was_said_last_counts_also_from_nine_to_ten_and_of_two_at_once_always_the_same() -> None:
    hours = ((ASHGABAT, 2), (MARY, 3), ("DSH-AIR", 3))
    said = [
        JourneyChanged(
            movement="M1", mode="air", journey=(Call(place=place, work=("load",)),), stated=NOON + timedelta(hours=hour)
        )
        for place, hour in hours
    ]
    assert {play(movement, order)[0].checkpoint.places for order in permutations(said)} in ({(MARY,)}, {("DSH-AIR",)})
    of_goods = [
        GoodsJourneyChanged(
            consignment="C1", movement="M1", mode="air", unloaded_at=(place,), stated=NOON + timedelta(hours=hour)
        )
        for place, hour in ((MARY, 2), (ASHGABAT, 3))
    ]
    assert {play(consignment, order)[0].checkpoint.places for order in permutations(of_goods)} == {(ASHGABAT,)}
    announced = ConsignmentAnnounced(
        consignment="C1", movement="M1", checkpoint=MARY, mode="air", expected=NOON, submitted=NOON, unloaded_at=(MARY,)
    )
    for order in permutations([announced, of_goods[1]]):
        assert play(consignment, order)[0].checkpoint.places == (ASHGABAT,)
    untimed = said[1].model_copy(update={"stated": None})
    assert {play(movement, order)[0].checkpoint.places for order in permutations([said[0], untimed])} == {(ASHGABAT,)}


@pytest.mark.law("P3", "P10")
def test_art_38_1_1_the_first_landing_is_the_first_that_happened() -> None:
    landed = [
        VehicleArrived(movement="M1", checkpoint=place, arrived=instant, work=("load",))
        for place, instant in ((MARY, NOON), (ASHGABAT, SOON), ("DSH-AIR", SOON))
    ]
    for order in permutations(landed):
        state, _ = play(movement, [CROSSED, *order])
        assert [visit.place for visit in state.arrival.way.visits] == [MARY, ASHGABAT, "DSH-AIR"]
        assert state.checkpoint.places == (MARY,)


@pytest.mark.law("P3", "P8")
def test_art_38_1_a_landing_of_which_only_the_unloaded_goods_are_named_is_one_with_goods_work() -> None:
    landed = VehicleArrived(movement="M1", checkpoint=MARY, arrived=SOON, unloads=("C1",))
    assert play(movement, [CROSSED, landed])[0].checkpoint.places == (MARY,)


@pytest.mark.law("P4", "P10")
def test_art_38_1_2_where_nothing_is_unloaded_any_more_one_withdrawal_stands_for_all_places() -> None:
    state, _ = play(consignment, [GOODS_BY_AIR, unloaded(ASHGABAT, NOON), unloaded(MARY, SOON)])
    assert state.checkpoint.places == (ASHGABAT, MARY)
    assert when(consignment, state, OUTSIDE.model_copy(update={"movement": "M2"})) == [
        CheckpointWithdrawn(consignment="C1", checkpoint=ASHGABAT)
    ]


def test_what_is_said_of_goods_and_of_no_vehicle_is_of_no_carriage() -> None:
    lost = LOST.model_copy(update={"movement": None})
    assert given(consignment, lost) == given(consignment)
    assert when(consignment, given(consignment, FIRST), lost)[0].checkpoint == FARAP
    notified = ArrivalNotified(
        movement="M1",
        checkpoint=FARAP,
        mode="road",
        expected=NOON,
        vehicle=LORRY,
        carrier="Hazar Logistika",
    )
    assert when(movement, given(movement, notified), OUTSIDE.model_copy(update={"movement": None})) == []
