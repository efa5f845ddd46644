"""A stop that is stated again, decided on otherwise, put right, or taken back: the vehicle's, and that of its goods."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from arrival.consignment import consignment
from arrival.consignment.stops import RecordGoodsStop, WithdrawGoodsLoss, WithdrawGoodsStop
from arrival.movement import movement
from arrival.movement.stops import CorrectStop, RecordStop, WithdrawStop
from contracts.arrival import (
    BorderCrossed,
    Chapter8NotApplicable,
    ExemptionLossWithdrawn,
    ExemptionLost,
    StopRecorded,
    StopWithdrawn,
    VehicleArrived,
)
from contracts.papers import Papers
from contracts.stating import Stater
from contracts.values import Stopped
from decider import Subject
from decider.tests.kit import NOON, given, when

LATER = NOON + timedelta(hours=1)
MARY, ASHGABAT = "MRY-AIR", "ASB-AIR"
OFFICER = Subject("officer-1", "officer", None, (MARY,))
BY = Stater(role="officer", checkpoints=(MARY,))
CARRIER = Subject("carrier-1", "carrier")
OUTSIDE = Chapter8NotApplicable(movement="M1", exemption="non_stop")
FLOWN = BorderCrossed(
    movement="M1", direction="in", mode="air", non_stop=True, crossed=NOON, papers=(Papers(consignment="C1"),)
)
STOP = RecordStop(movement="M1", place=MARY)
DECIDED = RecordStop(movement="M1", place=MARY, exemption_lost=True, present_at=ASHGABAT)
OF_M1: dict[str, Any] = {"movement": "M1", "consignments": ("C1",)}
STOPPED = StopRecorded(**OF_M1, place=MARY, stopped=NOON, stated_by=BY)
FOR_GOOD = STOPPED.model_copy(update={"exemption_lost": True, "present_at": ASHGABAT})
LOST = ExemptionLost(**OF_M1, present_at=ASHGABAT, stopped=NOON)
NOT_LOST = ExemptionLossWithdrawn(**OF_M1, present_at=ASHGABAT, stopped=NOON)
CORRECT = CorrectStop(movement="M1", place=MARY, corrects=NOON, reason="decided anew")
WITHDRAW = WithdrawStop(movement="M1", place=MARY, withdraws=NOON)
GONE = StopWithdrawn(**OF_M1, place=MARY, withdraws=NOON)


def said(*before: Any, asked: Any, by: Subject = OFFICER, instant: Any = NOON) -> list[Any]:
    return when(movement, given(movement, OUTSIDE, FLOWN, *before), asked, instant, subject=by)


@pytest.mark.law("A8")
def test_art_37_3_a_stop_and_what_is_decided_of_it_are_stated_once_and_differ_if_said_otherwise() -> None:
    assert said(asked=DECIDED) == [FOR_GOOD, LOST]
    assert said(FOR_GOOD, LOST, asked=DECIDED) == []
    assert said(FOR_GOOD, LOST, asked=DECIDED, instant=LATER)[0].stopped == LATER
    (told,) = said(FOR_GOOD, LOST, asked=replace(DECIDED, present_at=MARY))
    assert (told.outcome, told.stands, told.stands_by) == ("differs", (("present_at", ASHGABAT),), BY)
    assert told.amend_by == ("CorrectStop", "WithdrawStop")


@pytest.mark.law("A8")
def test_art_37_3_what_was_decided_is_put_right_without_a_gap() -> None:
    found = said(FOR_GOOD, LOST, asked=CORRECT)
    undecided = STOPPED.model_copy(update={"corrects": NOON, "reason": "decided anew"})
    assert found == [undecided, NOT_LOST]
    assert given(movement, FOR_GOOD, LOST, *found) == given(movement, STOPPED)
    assert [each.type for each in said(STOPPED, asked=replace(CORRECT, exemption_lost=True, present_at=MARY))] == [
        "StopRecorded",
        "ExemptionLost",
    ]
    elsewhere = said(FOR_GOOD, LOST, asked=replace(CORRECT, exemption_lost=True, present_at=MARY))
    assert [each.type for each in elsewhere] == ["StopRecorded", "ExemptionLost", "ExemptionLossWithdrawn"]
    state = given(movement, FOR_GOOD, LOST, *elsewhere)
    assert state.stops.made == (Stopped(place=MARY, stopped=NOON, present_at=MARY),)
    assert said(FOR_GOOD, LOST, *elsewhere, asked=replace(CORRECT, exemption_lost=True, present_at=MARY)) == []


def test_its_place_and_time_are_put_right_too_and_a_decision_that_stays_is_not_told_anew() -> None:
    moved = replace(CORRECT, right_place="DSH-AIR", exemption_lost=True, present_at=ASHGABAT)
    (event,) = said(FOR_GOOD, LOST, asked=moved)
    assert (event.place, event.instead_of, event.stopped, event.corrects) == ("DSH-AIR", MARY, NOON, NOON)
    assert given(movement, FOR_GOOD, LOST, event).stops.made == (
        Stopped(place="DSH-AIR", stopped=NOON, present_at=ASHGABAT),
    )
    assert said(FOR_GOOD, LOST, event, asked=moved) == []
    later = said(FOR_GOOD, LOST, asked=replace(moved, stopped=LATER))
    assert [each.type for each in later] == ["StopRecorded", "ExemptionLost", "ExemptionLossWithdrawn"]
    other = STOPPED.model_copy(update={"place": "DSH-AIR"})
    assert [each.outcome for each in said(FOR_GOOD, LOST, other, asked=moved)] == ["differs"]
    gone = GONE.model_copy(update={"place": "DSH-AIR"})
    assert [each.outcome for each in said(FOR_GOOD, LOST, other, gone, asked=moved)] == ["recorded"]


@pytest.mark.parametrize("asked", [CORRECT, WITHDRAW])
def test_it_is_amended_by_an_officer_and_under_its_time(asked: Any) -> None:
    assert {each.outcome for each in said(FOR_GOOD, asked=asked, by=Subject("officer-2", "officer"))} == {"recorded"}
    assert [each.outcome for each in said(FOR_GOOD, asked=asked, by=CARRIER)] == ["differs"]
    moved = FOR_GOOD.model_copy(update={"stopped": LATER})
    assert [each.amend_by for each in said(moved, asked=asked)] == [("RecordStop",)]


@pytest.mark.law("A8")
def test_art_37_3_with_a_stop_that_never_was_the_decision_on_it_is_gone() -> None:
    assert said(STOPPED, asked=WITHDRAW) == [GONE]
    assert said(FOR_GOOD, LOST, asked=WITHDRAW) == [GONE, NOT_LOST]
    stops = given(movement, FOR_GOOD, LOST, GONE, NOT_LOST).stops
    assert (stops.made, [(each.struck, each.present_at) for each in stops.stated]) == ((), [(True, ASHGABAT)])
    assert said(FOR_GOOD, LOST, GONE, NOT_LOST, asked=WITHDRAW) == []
    assert said(FOR_GOOD, LOST, GONE, NOT_LOST, asked=STOP) == [STOPPED]
    landed = VehicleArrived(movement="M1", checkpoint=MARY, arrived=NOON)
    state = given(movement, OUTSIDE, FLOWN, landed, STOPPED)
    assert movement.open_points(state) == ()
    state = given(movement, OUTSIDE, FLOWN, landed, STOPPED, GONE)
    assert [point.act for point in movement.open_points(state)] == ["RecordStop"]


def test_where_it_is_shown_is_named_in_a_correction_as_in_a_stop() -> None:
    with pytest.raises(ValidationError, match="present_at"):
        TypeAdapter(CorrectStop).validate_python(
            {"movement": "M1", "place": MARY, "corrects": NOON, "exemption_lost": True}
        )


# --- what the goods hear ---

ABOARD: dict[str, Any] = {"consignment": "C1", "movement": "M1"}
HEARD = StopRecorded(**ABOARD, place=MARY, stopped=NOON, exemption_lost=True)
LOSS = ExemptionLost(**ABOARD, present_at=ASHGABAT, stopped=NOON)


@pytest.mark.law("A8")
def test_art_37_3_goods_hear_of_another_stop_of_none_and_of_no_loss() -> None:
    corrected = FOR_GOOD.model_copy(update={"corrects": LATER, "instead_of": "DSH-AIR"})
    told = RecordGoodsStop(
        **ABOARD, place=MARY, stopped=NOON, exemption_lost=True, corrects=LATER, instead_of="DSH-AIR"
    )
    assert movement.react(corrected) == [("consignment/C1", told)]
    gone = WithdrawGoodsStop(**ABOARD, place=MARY, stopped=NOON)
    assert movement.react(GONE) == [("consignment/C1", gone)]
    no_loss = WithdrawGoodsLoss(**ABOARD, present_at=ASHGABAT, stopped=NOON)
    assert movement.react(NOT_LOST) == [("consignment/C1", no_loss)]
    assert when(consignment, given(consignment, HEARD, LOSS), gone) == [
        StopWithdrawn(**ABOARD, place=MARY, withdraws=NOON)
    ]
    (event,) = when(consignment, given(consignment, HEARD, LOSS), no_loss)
    assert event == ExemptionLossWithdrawn(**ABOARD, present_at=ASHGABAT, stopped=NOON)
    assert given(consignment, HEARD, LOSS, event) == given(consignment, HEARD)
    assert [when(consignment, given(consignment), each) for each in (gone, no_loss)] == [[], []]


def test_goods_hear_of_a_stop_put_right_in_the_place_of_what_they_heard_or_as_of_any() -> None:
    before = StopRecorded(**ABOARD, place="DSH-AIR", stopped=LATER)
    told = RecordGoodsStop(
        **ABOARD, place=MARY, stopped=NOON, exemption_lost=True, corrects=LATER, instead_of="DSH-AIR"
    )
    (event,) = when(consignment, given(consignment, before), told, LATER)
    assert event == HEARD.model_copy(update={"corrects": LATER, "instead_of": "DSH-AIR"})
    assert given(consignment, before, event) == given(consignment, HEARD)
    assert when(consignment, given(consignment), told, LATER) == [HEARD.model_copy(update={"occurred": NOON})]
    assert when(consignment, given(consignment, before, event), told) == []
