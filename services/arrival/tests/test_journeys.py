"""What was said of a journey, and is put right or taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from arrival.movement import movement
from arrival.movement.journey import ChangeJourney, CorrectJourney, WithdrawJourney
from contracts.arrival import JourneyChanged
from contracts.stating import Stater
from contracts.values import Call, Leads
from decider import Subject
from decider.tests.kit import NOON, given, when

SOON, LATER = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
CARRIER, BY = Subject("carrier-1", "carrier"), Stater(role="carrier")
MARY, ASHGABAT = Call(place="MRY-AIR", unloads=("C2",)), Call(place="ASB-AIR", unloads=("C1", "C3"))
CHANGE = ChangeJourney(movement="M1", mode="air", journey=(ASHGABAT,))
FIRST = JourneyChanged(movement="M1", mode="air", journey=(MARY,), stated=NOON, consignments=("C2",), stated_by=BY)
SECOND = JourneyChanged(
    movement="M1", mode="air", journey=(ASHGABAT,), stated=SOON, consignments=("C1", "C2", "C3"), stated_by=BY
)
CORRECT = CorrectJourney(movement="M1", mode="air", journey=(Call(place="TMB-AIR", unloads=("C1",)),), corrects=SOON)
WITHDRAW = WithdrawJourney(movement="M1", withdraws=SOON)


def said(*before: Any, asked: Any, instant: Any = LATER, by: Subject = CARRIER) -> list[Any]:
    return when(movement, given(movement, *before), asked, instant, subject=by)


@pytest.mark.law("P10")
def test_art_38_the_same_time_and_another_journey_differ_and_another_time_is_a_change() -> None:
    assert said(FIRST, asked=CHANGE, instant=SOON) == [SECOND]
    in_other_order = replace(CHANGE, journey=(replace(ASHGABAT, unloads=("C3", "C1")),))
    assert said(FIRST, SECOND, asked=in_other_order, instant=SOON) == []
    (told,) = said(FIRST, SECOND, asked=replace(CHANGE, mode="sea", journey=(MARY,)), instant=SOON)
    assert (told.outcome, told.differing, told.stands_since) == ("differs", ("journey", "mode"), SOON)
    assert told.amend_by == ("CorrectJourney", "WithdrawJourney")


def test_what_was_said_is_put_right_as_if_only_that_had_been_said() -> None:
    (event,) = said(FIRST, SECOND, asked=CORRECT)
    assert (event.stated, event.corrects, event.stated_by) == (SOON, SOON, BY)
    assert event.leads == Leads(mode="air", journey=CORRECT.journey, stated=SOON)
    assert (event.hear, event.left) == (("C1", "C2"), ("C3",))
    alone = SECOND.model_copy(update={"journey": CORRECT.journey})
    assert given(movement, FIRST, SECOND, event) == given(movement, FIRST, alone)
    assert said(FIRST, SECOND, event, asked=CORRECT) == []
    (moved,) = said(FIRST, SECOND, asked=replace(CORRECT, stated=NOON - timedelta(hours=1)))
    assert moved.leads == Leads(mode="air", journey=FIRST.journey, stated=NOON)


def test_what_was_never_said_leaves_what_was_said_before() -> None:
    (event,) = said(FIRST, SECOND, asked=WITHDRAW)
    assert event.leads == Leads(mode="air", journey=FIRST.journey, stated=NOON)
    assert (event.hear, event.left) == (("C2",), ("C1", "C3"))
    state = given(movement, FIRST, SECOND, event)
    assert [each.struck for each in state.route.said] == [False, True]
    assert said(FIRST, SECOND, event, asked=WITHDRAW) == []
    assert said(FIRST, SECOND, event, asked=CHANGE, instant=SOON) == [SECOND]
    assert given(movement, FIRST, SECOND, event, SECOND) == given(movement, FIRST, SECOND)
    (none,) = said(SECOND, asked=WITHDRAW)
    assert (none.leads, none.hear, none.left) == (None, (), ("C1", "C3"))
    assert [type(told).__name__ for _, told in movement.react(none)] == ["WithdrawGoodsJourney"] * 2


@pytest.mark.parametrize("asked", [CORRECT, WITHDRAW])
def test_it_is_amended_by_whoever_said_it_or_an_officer_and_under_its_time(asked: Any) -> None:
    assert [each.outcome for each in said(SECOND, asked=asked, by=Subject("officer-1", "officer"))] == ["recorded"]
    assert [each.outcome for each in said(SECOND, asked=asked, by=Subject("port", "administration"))] == ["differs"]
    assert [each.amend_by for each in said(FIRST, asked=asked)] == [("ChangeJourney",)]


def test_what_is_told_again_is_said_once() -> None:
    again = FIRST.model_copy(update={"again": True, "consignments": ("C9",)})
    assert given(movement, FIRST, again) == given(movement, FIRST)
