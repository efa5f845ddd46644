"""Ends of regimes as they are stated: once more, put right, taken back; and the end of clearance (Art. 29(2))."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.release import RegimeEndCorrected, RegimeEnded, RegimeEndWithdrawn
from contracts.stating import StatementDiffers, Stater
from decider import Subject
from decider.tests.kit import NOON, facts, given, when
from release.consignment import consignment
from release.regime import CorrectRegimeEnd, EndRegime, WithdrawRegimeEnd
from release.tests.goods import ASSESSED, CROSSED, LAWFUL, PAID, SHOWN, released

OFFICER = Subject("officer-1", "officer", checkpoints=("FRP-MIX",))
DECLARANT = Subject("declarant-1", "declarant")
BY = Stater(role="officer", checkpoints=("FRP-MIX",))
HOUR = timedelta(hours=1)
EARLIER, LATER = NOON - HOUR, NOON + HOUR

END = EndRegime(consignment="C1", items=(1,))
ENDED = RegimeEnded(consignment="C1", items=(1,), ended=NOON, stated_by=BY)
CORRECT = CorrectRegimeEnd(consignment="C1", corrects=NOON, stated_for=(1,), items=(1,), ended=LATER)
CORRECTED = RegimeEndCorrected(consignment="C1", items=(1,), ended=LATER, corrects=NOON, stated_for=(1,), stated_by=BY)
WITHDRAW = WithdrawRegimeEnd(consignment="C1", items=(1,), withdraws=NOON)
WITHDRAWN = RegimeEndWithdrawn(consignment="C1", items=(1,), withdraws=NOON)
AT_NOON = released(1, term=True).model_copy(update={"released": NOON})
BEFORE = (CROSSED, SHOWN, LAWFUL, ASSESSED, PAID, AT_NOON, released(2).model_copy(update={"released": NOON}))


def said(*before: Any, asked: Any, by: Subject = OFFICER, instant: Any = NOON) -> list[Any]:
    return when(consignment, given(consignment, *before), asked, instant, subject=by)


def types(events: list[Any]) -> list[str]:
    return [event.type for event in events]


def ends(*events: Any) -> Any:
    return facts(given(consignment, *events).ends.standing)


def test_an_end_says_when_and_by_whom_it_was_stated_and_the_same_again_is_nothing_new() -> None:
    assert said(asked=END) == [ENDED]
    assert said(ENDED, asked=END) == []
    assert [event.ended for event in said(ENDED, asked=END, instant=EARLIER)] == [EARLIER]


def test_what_was_wrong_is_put_right_under_the_time_and_the_items_that_it_was_stated_for() -> None:
    assert said(ENDED, asked=CORRECT) == [CORRECTED]
    assert said(ENDED, CORRECTED, asked=CORRECT) == []
    assert ends(ENDED, CORRECTED) == ends(ENDED.model_copy(update={"ended": LATER}))
    of_all = RegimeEnded(consignment="C1", ended=NOON, stated_by=BY)
    (event,) = said(ENDED, of_all, asked=replace(CORRECT, items=(2, 1, 2)))
    right = ENDED.model_copy(update={"items": (1, 2), "ended": LATER})
    assert ends(ENDED, of_all, event) == ends(right, of_all)
    assert said(ENDED, of_all, event, asked=replace(CORRECT, items=(1, 2))) == []


@pytest.mark.parametrize(
    "asked",
    [replace(CORRECT, stated_for=(2,)), replace(CORRECT, stated_for=()), replace(WITHDRAW, items=())],
    ids=["other items", "all", "none of all"],
)
def test_what_was_stated_for_other_items_is_not_amended(asked: Any) -> None:
    (told,) = said(ENDED, asked=asked)
    assert told == StatementDiffers(article="29(2)", rule="C4", statement=type(asked).__name__, amend_by=("EndRegime",))


@pytest.mark.parametrize("asked", [CORRECT, WITHDRAW])
def test_what_stands_for_another_time_is_not_amended_unseen_and_not_by_others(asked: Any) -> None:
    (told,) = said(ENDED.model_copy(update={"ended": EARLIER}), asked=asked)
    assert (told.outcome, told.stands_since) == ("differs", EARLIER)
    (told,) = said(ENDED, asked=asked, by=DECLARANT)
    assert (told.outcome, told.stands_by) == ("differs", BY)


@pytest.mark.law("C4")
def test_art_29_2_an_end_that_never_was_takes_back_the_end_of_clearance_and_may_be_stated_again() -> None:
    done = (*BEFORE, *said(*BEFORE, asked=END, instant=NOON))
    assert {"RegimeEnded", "ClearanceCompleted"} <= {*types(list(done))}
    gone = said(*done, asked=WITHDRAW)
    assert gone[0] == WITHDRAWN
    assert types(gone) == ["RegimeEndWithdrawn", "ClearanceCompletionWithdrawn"]
    assert said(*done, *gone, asked=WITHDRAW) == []
    assert types(said(*done, *gone, asked=END)) == ["RegimeEnded", "ClearanceCompleted"]
    points = [point.act for point in consignment.open_points(given(consignment, *done, *gone))]
    assert "EndRegime" in points


@pytest.mark.law("C4")
def test_art_29_2_with_the_end_that_counts_taken_back_another_one_counts() -> None:
    done = (*BEFORE, ENDED, RegimeEnded(consignment="C1", ended=LATER), *said(*BEFORE, ENDED, asked=END)[1:])
    gone = said(*done, asked=WITHDRAW)
    assert given(consignment, *done, *gone).completion.completed == LATER


@pytest.mark.law("C4")
@pytest.mark.parametrize(("right", "completed"), [(EARLIER, None), (LATER, LATER)])
def test_art_29_2_an_end_put_right_to_a_time_before_the_release_ends_nothing(right: Any, completed: Any) -> None:
    done = (*BEFORE, *said(*BEFORE, asked=END))
    events = said(*done, asked=replace(CORRECT, ended=right))
    assert types(events)[1] == "ClearanceCompletionWithdrawn"
    assert given(consignment, *done, *events).completion.completed == completed
