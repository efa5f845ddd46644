"""Which checkpoint is whose, by every mode of transport: as planned, as it happened, and as the officer decides."""

from datetime import timedelta
from itertools import product
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
    GoodsPresented,
    VehicleFindingsRecorded,
    VehiclePresented,
)
from contracts.tests.kit import sealed
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from decider import OpenPoint
from decider.tests.kit import NOON, given, play, when
from law import Finding
from presentation.consignment import consignment
from presentation.consignment.presentation import PresentGoods
from presentation.movement import movement
from presentation.movement.presentation import PresentVehicle

PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")

SOON, LATER = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
ASHGABAT, MARY, DASHOGUZ = "ASB-AIR", "MRY-AIR", "DSH-AIR"
OF_VEHICLES = {"air": ("38(1)(1)", "P3"), "sea": ("38(1)(3)", "P5"), "river": ("38(1)(3)", "P5")}
OF_GOODS = {"air": ("38(1)(2)", "P4"), "sea": ("38(1)(4)", "P6"), "river": ("38(1)(4)", "P6")}
NOTIFIED = ArrivalNotified(
    movement="M1", checkpoint=ASHGABAT, mode="air", expected=NOON, submitted=NOON, vehicle=PLANE,
    carrier="Sample Airways",
    journey=(Call(place=DASHOGUZ), Call(place=ASHGABAT, work=("load",)), Call(place=MARY, unloads=("C1",))),
)  # fmt: skip
CROSSED = BorderCrossed(movement="M1", direction="in", mode="air", place=ASHGABAT, crossed=NOON, seals=sealed("S1"))
ANNOUNCED = ConsignmentAnnounced(
    consignment="C1", movement="M1", checkpoint=ASHGABAT, mode="air", expected=NOON, submitted=NOON,
    unloaded_at=(MARY,),
)  # fmt: skip
GOODS_CROSSED = GoodsCrossed(consignment="C1", movement="M1", direction="in", mode="air", place=ASHGABAT, crossed=NOON)
OUTSIDE = Chapter8NotApplicable(movement="M1", exemption="non_stop")
GOODS_OUTSIDE = Chapter8NotApplicable(movement="M1", consignment="C1", exemption="non_stop")
LOST = ExemptionLost(movement="M1", present_at=MARY, stopped=SOON)
GOODS_LOST = ExemptionLost(movement="M1", consignment="C1", present_at=MARY, stopped=SOON)


def landed(place: str, *work: Any, arrived: Any = SOON, **more: Any) -> VehicleArrived:
    return VehicleArrived(movement="M1", checkpoint=place, arrived=arrived, work=work, **more)


def goods_landed(place: str, unloaded: bool | None, arrived: Any = SOON) -> GoodsArrived:
    return GoodsArrived(consignment="C1", movement="M1", checkpoint=place, arrived=arrived, unloaded=unloaded)


def determined(place: str, basis: Any, mode: str = "air", **more: Any) -> CheckpointDetermined:
    """Of the vehicle, or of the goods where `consignment` is named."""
    article, rule = (OF_GOODS if "consignment" in more else OF_VEHICLES)[mode]
    whose = more if "consignment" in more else {"movement": "M1", **more}
    return CheckpointDetermined(article=article, rule=rule, checkpoint=place, basis=basis, **whose)


def by_mode(event: Any, mode: str) -> Any:
    return event.model_copy(update={"mode": mode})


@pytest.mark.law("P3", "P5", "P8")
@pytest.mark.parametrize("mode", ["air", "sea", "river"])
def test_art_38_1_the_first_place_with_goods_work_is_the_vehicles_whatever_the_work(mode: str) -> None:
    works: tuple[tuple[Any, ...], ...] = ((), ("unload",), ("load",), ("reload",))
    for one, other in product(works, works):
        state, recorded = play(
            movement,
            [by_mode(CROSSED, mode), landed(ASHGABAT, *one), landed(MARY, *other, arrived=LATER)],
        )
        place = ASHGABAT if one else MARY if other else None
        assert recorded == ([determined(place, "facts", mode)] if place else [])
        open_to_him = [("PresentVehicle", place)] if place else [("DetermineCheckpoint", ASHGABAT)]
        assert [(point.act, point.place) for point in movement.open_points(state)] == open_to_him


@pytest.mark.law("P4", "P6", "P8")
@pytest.mark.parametrize("mode", ["air", "sea", "river"])
def test_art_38_1_goods_belong_to_each_place_that_unloads_them_and_to_none_that_does_not(mode: str) -> None:
    for one, other in product((True, False), (True, False)):
        came = (goods_landed(ASHGABAT, one), goods_landed(MARY, other, LATER))
        state, recorded = play(consignment, [by_mode(GOODS_CROSSED, mode), *came])
        places = tuple(place for place, here in ((ASHGABAT, one), (MARY, other)) if here)
        assert state.checkpoint.places == places
        assert {(event.article, event.rule) for event in recorded} == ({OF_GOODS[mode]} if places else set())


@pytest.mark.law("P3", "P8", "P10")
def test_art_38_1_1_an_aircraft_is_expected_at_the_first_call_with_goods_work() -> None:
    assert when(movement, given(movement), NOTIFIED) == [determined(ASHGABAT, "journey")]
    elsewhere = NOTIFIED.model_copy(update={"checkpoint": DASHOGUZ})
    assert when(movement, given(movement), elsewhere) == [determined(ASHGABAT, "journey")]
    without = elsewhere.model_copy(update={"journey": ()})
    assert when(movement, given(movement), without) == [determined(DASHOGUZ, "journey")]


@pytest.mark.law("P3", "P5", "P8")
@pytest.mark.parametrize("mode", ["air", "sea", "river"])
@pytest.mark.parametrize("calls", [1, 2, 3])
def test_art_38_1_a_call_without_goods_work_counts_for_nothing_alone_or_among_others(mode: str, calls: int) -> None:
    works: tuple[dict[str, Any], ...] = ({}, {"work": ("load",)}, {"work": ("reload",)}, {"unloads": ("C1",)})
    for done in product(works, repeat=calls):
        planned = [Call(place=place, **work) for place, work in zip((MARY, ASHGABAT, DASHOGUZ), done, strict=False)]
        told = JourneyChanged(movement="M1", mode="air", journey=tuple(planned), stated=NOON)
        expected = [call.place for call in planned if call.work or call.unloads][:1]
        assert play(movement, [by_mode(told, mode)])[1] == [determined(each, "journey", mode) for each in expected]
        notified = NOTIFIED.model_copy(update={"journey": tuple(planned), "mode": mode})
        assert play(movement, [notified])[1] == [determined(each, "journey", mode) for each in expected]


@pytest.mark.law("P3", "P5", "P8")
@pytest.mark.parametrize(("work", "unloads"), [((), None), (None, ()), ((), ())])
def test_art_38_1_a_stop_of_which_is_stated_that_nothing_was_done_is_nobodys_checkpoint(
    work: Any, unloads: Any
) -> None:
    came = VehicleArrived(movement="M1", checkpoint=ASHGABAT, arrived=SOON, work=work, unloads=unloads)
    planned = NOTIFIED.model_copy(update={"journey": (Call(place=ASHGABAT, work=("load",)),)})
    _, recorded = play(movement, [planned, CROSSED, came])
    assert recorded[1:] == [CheckpointWithdrawn(movement="M1", checkpoint=ASHGABAT)]
    assert play(movement, [CROSSED, came])[1] == []


@pytest.mark.law("P4", "P8")
def test_art_38_1_2_goods_and_their_aircraft_may_have_different_checkpoints() -> None:
    assert when(movement, given(movement), NOTIFIED)[0].checkpoint == ASHGABAT
    assert when(consignment, given(consignment), ANNOUNCED) == [determined(MARY, "journey", consignment="C1")]


@pytest.mark.law("P10")
def test_art_38_what_was_done_there_is_as_planned_where_nothing_else_is_stated() -> None:
    came = VehicleArrived(movement="M1", checkpoint=ASHGABAT, arrived=SOON)
    state, recorded = play(movement, [NOTIFIED, CROSSED, came])
    assert recorded == [determined(ASHGABAT, "journey")]
    elsewhere = PresentVehicle(movement="M1", checkpoint=MARY, seals_found_intact=("S1",))
    assert when(movement, state, elsewhere, LATER)[0].findings != ()
    assert play(movement, [CROSSED, came])[1] == []


@pytest.mark.law("P10")
def test_art_38_a_place_that_it_came_to_goes_before_all_that_was_planned_and_a_correction_before_that() -> None:
    state, recorded = play(movement, [NOTIFIED, CROSSED, landed(MARY, "unload")])
    assert recorded[1:] == [determined(MARY, "facts", replaces=ASHGABAT)]
    corrected = landed(MARY, corrects=SOON)
    assert when(movement, state, corrected) == [determined(ASHGABAT, "journey", replaces=MARY)]


@pytest.mark.law("P10")
def test_art_38_an_earlier_landing_that_is_recorded_later_determines_anew() -> None:
    _, recorded = play(movement, [CROSSED, landed(MARY, "unload", arrived=LATER), landed(ASHGABAT, "load")])
    assert recorded == [determined(MARY, "facts"), determined(ASHGABAT, "facts", replaces=MARY)]


@pytest.mark.law("P10")
def test_art_38_goods_that_stay_aboard_have_no_checkpoint_here() -> None:
    state, recorded = play(consignment, [ANNOUNCED, GOODS_CROSSED, goods_landed(MARY, False)])
    assert recorded[1:] == [CheckpointWithdrawn(consignment="C1", checkpoint=MARY)]
    assert consignment.open_points(state) == ()
    assert when(consignment, state, goods_landed(MARY, False)) == []


@pytest.mark.law("P10")
def test_art_38_a_journey_that_is_told_anew_determines_anew_and_an_older_one_does_not() -> None:
    anew = JourneyChanged(movement="M1", mode="air", journey=(Call(place=MARY, work=("load",)),), stated=SOON)
    older = anew.model_copy(update={"stated": NOON - timedelta(hours=1)})
    state, recorded = play(movement, [NOTIFIED, anew])
    assert recorded[1:] == [determined(MARY, "journey", replaces=ASHGABAT)]
    assert play(movement, [anew, NOTIFIED])[0].arrival == state.arrival
    assert when(movement, given(movement, NOTIFIED, *recorded[:1]), older) == []
    of_goods = GoodsJourneyChanged(consignment="C1", movement="M1", mode="air", stated=SOON, unloaded_at=(ASHGABAT,))
    assert play(consignment, [ANNOUNCED, of_goods])[1][1:] == [
        determined(ASHGABAT, "journey", consignment="C1", replaces=MARY)
    ]


@pytest.mark.law("P7")
def test_art_38_1_5_by_rail_the_crossing_settles_it_and_the_journey_or_an_arrival_lets_it_be_expected() -> None:
    line = GoodsJourneyChanged(consignment="C1", movement="M1", mode="rail", stated=NOON, route=("AKY-RLW", "SRK-MIX"))
    by_rail = by_mode(GOODS_CROSSED, "rail").model_copy(update={"place": "SRK-MIX"})
    assert [event.checkpoint for event in play(consignment, [line, by_rail])[1]] == ["AKY-RLW", "SRK-MIX"]
    came = landed("SRK-MIX", mode="rail")
    state, recorded = play(movement, [came])
    assert [(event.rule, event.checkpoint, event.basis) for event in recorded] == [("P7", "SRK-MIX", "facts")]
    shown = PresentVehicle(movement="M1", checkpoint="AKY-RLW")
    assert when(movement, state, shown, LATER)[0].findings == ()


@pytest.mark.law("P8")
def test_art_38_1_goods_unloaded_at_several_places_are_shown_at_any_of_them() -> None:
    came = (GOODS_CROSSED, goods_landed(ASHGABAT, True), goods_landed(MARY, True))
    state, recorded = play(consignment, came)
    assert recorded[-1] == determined(ASHGABAT, "facts", consignment="C1", further=(MARY,))
    for place in (ASHGABAT, MARY):
        assert when(consignment, state, PresentGoods(consignment="C1", checkpoint=place), LATER)[0].findings == ()
    elsewhere = PresentGoods(consignment="C1", checkpoint=DASHOGUZ)
    facts = (("determined", ASHGABAT), ("further", (MARY,)), ("shown", DASHOGUZ))
    assert when(consignment, state, elsewhere, LATER)[0].findings == (Finding(rule="P8", article="38(1)", facts=facts),)


@pytest.mark.law("P8")
def test_art_38_1_a_plan_is_not_held_against_the_carrier_and_a_landing_that_is_recorded_late_is() -> None:
    shown = PresentVehicle(movement="M1", checkpoint=DASHOGUZ, seals_found_intact=("S1",))
    state, recorded = play(movement, [NOTIFIED, CROSSED], NOON)
    (presented,) = when(movement, state, shown, LATER)
    assert presented.findings == ()
    state = given(movement, NOTIFIED, CROSSED, *recorded, presented)
    late = Finding(rule="P8", article="38(1)", facts=(("determined", ASHGABAT), ("shown", DASHOGUZ)))
    assert when(movement, state, landed(ASHGABAT, "load")) == [VehicleFindingsRecorded(movement="M1", findings=(late,))]
    after = landed(ASHGABAT, "load", arrived=LATER + timedelta(hours=1))
    assert when(movement, state, after) == []


@pytest.mark.law("A8", "P1")
def test_art_37_3_what_is_outside_the_chapter_has_no_checkpoint_and_nothing_to_be_shown() -> None:
    state, recorded = play(movement, [OUTSIDE, NOTIFIED, CROSSED, landed(ASHGABAT, "unload")])
    assert (recorded, movement.open_points(state)) == ([], ())
    shown = PresentVehicle(movement="M1", checkpoint=DASHOGUZ)
    assert when(movement, state, shown, LATER)[0].findings == ()
    goods, recorded = play(consignment, [GOODS_OUTSIDE, ANNOUNCED, GOODS_CROSSED, goods_landed(MARY, True)])
    assert (recorded, consignment.open_points(goods)) == ([], ())
    breached = PresentGoods(consignment="C1", checkpoint=DASHOGUZ, packaging_breached=True)
    assert when(consignment, goods, breached, LATER)[0].findings == ()


@pytest.mark.law("A8", "P10")
def test_art_37_3_what_was_expected_of_a_vehicle_that_then_does_not_stop_is_withdrawn() -> None:
    assert play(movement, [NOTIFIED, OUTSIDE])[1] == [
        determined(ASHGABAT, "journey"),
        CheckpointWithdrawn(movement="M1", checkpoint=ASHGABAT),
    ]


@pytest.mark.law("A8", "P1")
def test_art_37_3_after_a_stop_vehicle_and_goods_are_shown_where_the_officer_says() -> None:
    officer = {"article": "37(3)", "rule": "A8", "checkpoint": MARY, "basis": "officer"}
    state, recorded = play(movement, [OUTSIDE, CROSSED, LOST])
    assert recorded == [CheckpointDetermined(movement="M1", **officer)]
    assert movement.open_points(state) == (OpenPoint(act="PresentVehicle", who="carrier", article="37(2)", place=MARY),)
    goods, recorded = play(consignment, [GOODS_OUTSIDE, GOODS_CROSSED, GOODS_LOST])
    assert recorded == [CheckpointDetermined(consignment="C1", **officer)]
    assert consignment.open_points(goods) == (
        OpenPoint(act="PresentGoods", who="carrier", article="37(2)", place=MARY),
    )


@pytest.mark.law("A8", "P2", "P8")
def test_what_loses_its_exemption_is_to_be_shown_since_it_stopped() -> None:
    vehicle, goods = (
        given(movement, OUTSIDE, CROSSED, LOST),
        given(consignment, GOODS_OUTSIDE, GOODS_CROSSED, GOODS_LOST),
    )
    points = [*movement.open_points(vehicle), *consignment.open_points(goods)]
    assert [(point.act, point.since) for point in points] == [("PresentVehicle", SOON), ("PresentGoods", SOON)]


def test_art_37_3_what_is_shown_after_the_decision_is_measured_and_what_was_shown_before_it_is_not() -> None:
    state = given(movement, OUTSIDE, CROSSED, LOST)
    shown = PresentVehicle(movement="M1", checkpoint=ASHGABAT, seals_found_intact=())
    rules = [finding.rule for finding in when(movement, state, shown, LATER)[0].findings]
    assert rules == ["P2", "P8"]
    assert when(movement, state, shown, NOON)[0].findings == ()


def test_of_several_decisions_the_one_on_the_first_stop_counts() -> None:
    second = LOST.model_copy(update={"present_at": DASHOGUZ, "stopped": LATER})
    assert given(movement, LOST, second).arrival.way.lost == given(movement, second, LOST).arrival.way.lost


def test_vehicles_and_goods_shown_once_are_not_asked_for_again() -> None:
    shown = VehiclePresented(movement="M1", checkpoint=MARY, shown=LATER)
    assert movement.open_points(given(movement, CROSSED, landed(MARY, "load"), shown)) == ()
    goods = GoodsPresented(consignment="C1", checkpoint=MARY, shown=LATER)
    assert consignment.open_points(given(consignment, GOODS_CROSSED, goods_landed(MARY, True), goods)) == ()


@pytest.mark.law("P4")
def test_art_38_1_2_goods_that_stay_on_one_aircraft_may_come_in_by_another_vehicle() -> None:
    by_road = GoodsCrossed(consignment="C1", movement="M2", direction="in", mode="road", place="FRP-MIX", crossed=LATER)
    state, _ = play(consignment, [GOODS_CROSSED, goods_landed(MARY, False), by_road])
    assert state.checkpoint.places == ("FRP-MIX",)
    state, _ = play(consignment, [GOODS_CROSSED, goods_landed(MARY, True), by_road])
    assert state.checkpoint.places == (MARY, "FRP-MIX")
