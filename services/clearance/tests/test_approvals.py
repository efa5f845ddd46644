"""Bodies' words as they are stated: once more, otherwise, put right, taken back (Art. 29(2) para 2)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clearance.approvals import CorrectApproval, RecordApproval, WithdrawApproval
from clearance.consignment import consignment
from clearance.tests.declared import BEEF, crossed, lodge
from contracts.clearance import (
    AgencyApprovalCorrected,
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalWithdrawn,
)
from contracts.stating import StatementDiffers, Stater
from decider import Party, Subject
from decider.tests.kit import NOON, given, play, when

BODY = Subject("vet-1", "agency", Party(number="77", issuer="TM"))
OTHER = Subject("vet-2", "agency", Party(number="78", issuer="TM"))
OFFICER = Subject("officer-1", "officer")
BY = Stater(role="agency", party="77", issuer="TM")
HOUR = timedelta(hours=1)
LATER = NOON + HOUR

NAMED: dict[str, Any] = {"consignment": "C1", "agency": "veterinary", "reference": "V-1"}
APPROVE = RecordApproval(**NAMED, granted=True)
REFUSE = replace(APPROVE, granted=False)
GRANTED = AgencyApprovalGranted(**NAMED, decided=NOON, stated_by=BY)
REFUSED = AgencyApprovalRefused(**NAMED, decided=NOON, stated_by=BY)
CORRECT = CorrectApproval(**NAMED, corrects=NOON, granted=False)
CORRECTED = AgencyApprovalCorrected(**NAMED, granted=False, decided=NOON, corrects=NOON, stated_by=BY)
WITHDRAW = WithdrawApproval(**NAMED, withdraws=NOON)
WITHDRAWN = AgencyApprovalWithdrawn(**NAMED, withdraws=NOON)
LATER_WORD = AgencyApprovalRefused(**{**NAMED, "reference": "V-2"}, decided=LATER, stated_by=BY)


def said(*before: Any, asked: Any, by: Subject = BODY, instant: Any = NOON) -> list[Any]:
    return when(consignment, given(consignment, *before), asked, instant, subject=by)


def counts(*events: Any) -> list[bool]:
    return [each.granted for each in given(consignment, *events).approvals.last]


def test_a_word_says_by_whom_it_was_stated() -> None:
    assert said(asked=APPROVE) == [GRANTED]
    assert said(asked=REFUSE) == [REFUSED]


def test_the_same_word_is_nothing_new_whoever_states_it_and_when() -> None:
    assert said(GRANTED, asked=APPROVE, by=OTHER, instant=LATER) == []
    assert said(GRANTED, asked=APPROVE, instant=NOON - HOUR) == []


def test_the_opposite_under_the_same_reference_differs_and_says_what_stands() -> None:
    assert said(GRANTED, asked=REFUSE, instant=LATER) == [
        StatementDiffers(
            article="29(2) para 2",
            rule="C5",
            statement="RecordApproval",
            differing=("granted",),
            stands=(("granted", "True"),),
            stands_by=BY,
            stands_since=NOON,
            amend_by=("CorrectApproval", "WithdrawApproval"),
        )
    ]
    assert counts(GRANTED, *said(GRANTED, asked=REFUSE)) == [True]


def test_what_was_wrong_is_put_right_under_the_time_that_it_was_stated_for() -> None:
    assert said(GRANTED, asked=CORRECT) == [CORRECTED]
    assert counts(GRANTED, CORRECTED) == [False]
    assert said(GRANTED, CORRECTED, asked=CORRECT) == []
    assert types(said(GRANTED.model_copy(update={"decided": LATER}), asked=CORRECT)) == ["StatementDiffers"]


def types(events: list[Any]) -> list[str]:
    return [event.type for event in events]


def test_with_its_right_time_a_word_may_be_the_last_one_or_not() -> None:
    assert counts(GRANTED, LATER_WORD) == [False]
    (moved,) = said(GRANTED, asked=replace(CORRECT, granted=True, decided=LATER + HOUR))
    assert counts(GRANTED, LATER_WORD, moved) == [True]


@pytest.mark.parametrize("asked", [CORRECT, WITHDRAW])
def test_the_body_that_said_it_amends_it_and_an_officer_and_nobody_else(asked: Any) -> None:
    assert said(GRANTED, asked=asked)[0].outcome == "recorded"
    assert said(GRANTED, asked=asked, by=OFFICER)[0].outcome == "recorded"
    (told,) = said(GRANTED, asked=asked, by=OTHER)
    assert (told.outcome, told.stands_by) == ("differs", BY)


@pytest.mark.law("C5", "L10")
def test_art_29_2_with_the_last_word_taken_back_the_one_before_it_stands_again() -> None:
    later = replace(WITHDRAW, reference="V-2", withdraws=LATER)
    (gone,) = said(GRANTED, LATER_WORD, asked=later)
    assert counts(GRANTED, LATER_WORD, gone) == counts(LATER_WORD, GRANTED, gone) == [True]
    assert [each.struck for each in given(consignment, GRANTED, LATER_WORD, gone).approvals.words].count(True) == 1


@pytest.mark.law("C5")
def test_art_29_2_a_body_that_said_nothing_is_still_to_be_asked_and_may_say_it_again() -> None:
    state, _ = play(consignment, [crossed(), lodge((BEEF, "UZ")), APPROVE])
    gone = given(consignment, GRANTED, WITHDRAWN)
    assert "RecordApproval" not in [point.act for point in consignment.open_points(state)]
    (event,) = when(consignment, state, WITHDRAW)
    after = consignment.evolve(state, event, NOON)
    assert "RecordApproval" in [point.act for point in consignment.open_points(after)]
    assert when(consignment, gone, WITHDRAW, subject=BODY) == []
    assert when(consignment, gone, APPROVE, subject=BODY) == [GRANTED]
    nothing = StatementDiffers(
        article="29(2) para 2", rule="C5", statement="CorrectApproval", amend_by=("RecordApproval",)
    )
    assert when(consignment, gone, CORRECT, subject=BODY) == said(asked=CORRECT) == [nothing]


@pytest.mark.law("C5")
@pytest.mark.parametrize("agency", ["Veterinary", " VETERINARY", "veterinary."])
def test_art_29_2_a_body_is_the_one_that_the_act_names_however_it_is_spelt(agency: str) -> None:
    state, _ = play(consignment, [crossed(), lodge((BEEF, "UZ")), replace(APPROVE, agency=agency)])
    assert "RecordApproval" not in [point.act for point in consignment.open_points(state)]
    state, _ = play(consignment, [crossed(), lodge((BEEF, "UZ")), replace(REFUSE, agency=agency)])
    assert "DecideOnRefusedApproval" in [point.act for point in consignment.open_points(state)]


def test_a_word_in_another_spelling_of_body_and_reference_is_the_same_word() -> None:
    spelt: dict[str, Any] = {"agency": "Veterinary", "reference": "v1"}
    assert said(GRANTED, asked=replace(APPROVE, **spelt)) == []
    assert types(said(GRANTED, asked=replace(REFUSE, **spelt))) == ["StatementDiffers"]
    (put_right,) = said(GRANTED, asked=replace(CORRECT, **spelt))
    assert counts(GRANTED, put_right) == [False]
    (gone,) = said(GRANTED, asked=replace(WITHDRAW, **spelt))
    assert counts(GRANTED, gone) == []
