"""Permits as they are stated, and the officer's words on them: again, otherwise, put right, taken back (Art. 7(5))."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.permit_decisions import CorrectPermitDecision, DecideOnPermit, WithdrawPermitDecision
from clearance.permits import CorrectPermit, PresentPermit, WithdrawPermit
from clearance.tests.declared import MEDICINE, RADIO, crossed, measure
from contracts.clearance import (
    PermitCorrected,
    PermitDecided,
    PermitDecisionCorrected,
    PermitDecisionWithdrawn,
    PermitRecorded,
    PermitWithdrawn,
)
from contracts.stating import StatementDiffers, Stater
from contracts.values import PermitLine
from decider import Party, Subject
from decider.tests.kit import NOON, Said, facts, given, live, when

ACT, MEASURE = measure("restriction", MEDICINE)
KIND = MEASURE.requires or ""
DECLARANT = Subject("declarant-1", "declarant", Party(number="77", issuer="TM"))
OTHER = Subject("declarant-2", "declarant", Party(number="78", issuer="TM"))
OFFICER = Subject("officer-1", "officer", checkpoints=("FRP-MIX",))
BY = Stater(role="declarant", party="77", issuer="TM")
BY_OFFICER = Stater(role="officer", checkpoints=("FRP-MIX",))
HOUR = timedelta(hours=1)
LATER = NOON + HOUR

NAMED: dict[str, Any] = {"consignment": "C1", "permit": KIND, "number": "P-1"}
LINE, SHORT = PermitLine(code=MEDICINE, quantity="120", unit="kg"), PermitLine(code="3004")
OF: dict[str, Any] = {**NAMED, "issued_by": "Sample Health Authority"}
PRESENT = PresentPermit(**OF, lines=(LINE,))
PRESENTED = PermitRecorded(**OF, lines=(LINE,), presented=NOON, stated_by=BY)
CORRECT = CorrectPermit(**OF, lines=(LINE, LINE), corrects=NOON)
CORRECTED = PermitCorrected(**OF, lines=(LINE, LINE), presented=NOON, corrects=NOON, stated_by=BY)
WITHDRAW = WithdrawPermit(**NAMED, withdraws=NOON)
WITHDRAWN = PermitWithdrawn(**NAMED, withdraws=NOON)
YES = DecideOnPermit(**NAMED, accepted=True)
NO = replace(YES, accepted=False)
ACCEPTED = PermitDecided(**NAMED, accepted=True, decided=NOON, stated_by=BY_OFFICER)
OTHERWISE = CorrectPermitDecision(**NAMED, corrects=NOON, accepted=False)
TURNED_DOWN = PermitDecisionCorrected(**NAMED, accepted=False, decided=NOON, corrects=NOON, stated_by=BY_OFFICER)
UNDECIDE = WithdrawPermitDecision(**NAMED, withdraws=NOON)
UNDECIDED = PermitDecisionWithdrawn(**NAMED, withdraws=NOON)
GOODS = crossed((MEDICINE, None))


def said(*before: Any, asked: Any, by: Subject = DECLARANT, instant: Any = NOON) -> list[Any]:
    return when(consignment, given(consignment, *before), asked, instant, subject=by)


def decided(*before: Any, asked: Any, instant: Any = NOON) -> list[Any]:
    return said(*before, asked=asked, by=OFFICER, instant=instant)


def types(events: list[Any]) -> list[str]:
    return [event.type for event in events]


def lived(*inputs: tuple[Any, Any]) -> tuple[Any, list[str]]:
    """The state, and the types of all events, after these were said, each when it happened."""
    order = [Said(content=content, occurred=at, recorded=at) for content, at in inputs]
    state, events = live(consignment, order, NOON + 9 * HOUR)
    return state, types(events)


def stands(state: Any) -> Any:
    """What of the permits stands, but for what was struck."""
    return facts(
        [state.permits.standing, [each for each in state.decisions.words if not each.struck], state.requirements]
    )


# --- the permit ---


def test_a_permit_says_by_whom_it_was_presented() -> None:
    assert said(asked=PRESENT) == [PRESENTED]


def test_the_same_permit_is_nothing_new_whoever_presents_it_and_however_its_lines_stand() -> None:
    two = replace(PRESENT, lines=(LINE, SHORT))
    on_record = PRESENTED.model_copy(update={"lines": (LINE, SHORT)})
    turned = replace(PRESENT, lines=(SHORT, replace(LINE, code="3004 90 100")))
    for again in (two, turned):
        assert said(on_record, asked=again, by=OTHER, instant=LATER) == []


@pytest.mark.parametrize(
    ("other", "differing"),
    [
        (replace(PRESENT, lines=(SHORT,)), ("lines",)),
        (replace(PRESENT, lines=(LINE, LINE)), ("lines",)),
        (replace(PRESENT, issued_by="Another Authority"), ("issued_by",)),
    ],
)
def test_another_content_under_its_number_differs_and_changes_nothing(other: Any, differing: Any) -> None:
    (told,) = said(PRESENTED, asked=other)
    assert (told.outcome, told.differing, told.stands_by, told.stands_since) == ("differs", differing, BY, NOON)
    assert told.amend_by == ("CorrectPermit", "WithdrawPermit")
    assert given(consignment, PRESENTED, told) == given(consignment, PRESENTED)


def test_a_permit_is_put_right_under_the_time_for_which_it_stands() -> None:
    assert said(PRESENTED, asked=CORRECT) == [CORRECTED]
    assert said(PRESENTED, CORRECTED, asked=CORRECT) == []
    (moved,) = said(PRESENTED, asked=replace(CORRECT, presented=LATER))
    assert (moved.presented, moved.corrects) == (LATER, NOON)
    assert types(said(PRESENTED, moved, asked=CORRECT)) == ["StatementDiffers"]


def test_what_a_permit_lacks_is_found_of_it_as_it_is_put_right() -> None:
    (event,) = said(PRESENTED, asked=replace(CORRECT, lines=()))
    assert [finding.rule for finding in event.findings] == ["K1"]


@pytest.mark.parametrize(
    ("before", "asked"), [(PRESENTED, CORRECT), (PRESENTED, WITHDRAW)], ids=["corrected", "withdrawn"]
)
def test_who_presented_it_amends_it_and_an_officer_and_nobody_else(before: Any, asked: Any) -> None:
    assert said(before, asked=asked)[0].outcome == "recorded"
    assert said(before, asked=asked, by=OFFICER)[0].outcome == "recorded"
    (told,) = said(before, asked=asked, by=OTHER)
    assert (told.outcome, told.stands_by) == ("differs", BY)


@pytest.mark.law("L5")
def test_art_7_1_a_permit_that_never_was_meets_nothing_and_may_be_presented_again() -> None:
    state, _ = lived((GOODS, NOON), (PRESENT, NOON), (WITHDRAW, LATER))
    assert state.requirements.met == ()
    assert [each.struck for each in state.permits.presented] == [True]
    assert said(PRESENTED, WITHDRAWN, asked=WITHDRAW) == []
    assert said(PRESENTED, WITHDRAWN, asked=PRESENT) == [PRESENTED]
    nothing = StatementDiffers(article="7(5)", rule="K1", statement="CorrectPermit", amend_by=("PresentPermit",))
    assert said(PRESENTED, WITHDRAWN, asked=CORRECT) == said(asked=CORRECT) == [nothing]


@pytest.mark.law("L5", "K1")
def test_art_7_1_what_a_wrong_permit_met_is_withdrawn_and_what_the_right_one_lacks_goes_to_the_officer() -> None:
    wrong = replace(CORRECT, lines=(PermitLine(code=RADIO, quantity="1", unit="piece"),))
    _, events = lived((GOODS, NOON), (PRESENT, NOON), (wrong, LATER))
    assert events[-3:] == ["PermitCorrected", "RestrictionSatisfactionWithdrawn", "PermitReferred"]
    _, events = lived((GOODS, NOON), (replace(PRESENT, lines=wrong.lines), NOON), (CORRECT, LATER))
    assert events[-3:] == ["PermitCorrected", "RestrictionSatisfied", "PermitReferralWithdrawn"]


@pytest.mark.law("K1")
def test_art_7_5_goods_are_not_named_by_a_permit_that_was_taken_back() -> None:
    other = replace(PRESENT, number="P-2", lines=())
    state, _ = lived((GOODS, NOON), (other, NOON), (PRESENT, NOON), (WITHDRAW, LATER))
    (waiting,) = state.requirements.referred
    assert [dict(each.facts) for each in waiting.findings] == [
        {"lines": "none"}, {"goods not named": (MEDICINE,)},
    ]  # fmt: skip


# --- the officer's words ---


def test_a_later_word_is_another_act_and_the_same_is_nothing_new() -> None:
    assert decided(asked=YES) == [ACCEPTED]
    assert decided(ACCEPTED, asked=YES) == decided(ACCEPTED, asked=YES, instant=LATER) == []
    (later,) = decided(ACCEPTED, asked=NO, instant=LATER)
    assert (later.type, later.decided, later.accepted) == ("PermitDecided", LATER, False)
    (again,) = decided(ACCEPTED, later, asked=YES, instant=LATER + HOUR)
    assert (again.type, again.decided) == ("PermitDecided", LATER + HOUR)


def test_another_word_for_the_same_time_differs() -> None:
    (told,) = decided(ACCEPTED, asked=NO)
    assert (told.outcome, told.differing, told.amend_by) == (
        "differs", ("accepted",), ("CorrectPermitDecision", "WithdrawPermitDecision"),
    )  # fmt: skip


def test_a_word_that_was_noted_wrongly_is_put_right_and_one_that_he_never_said_is_taken_back() -> None:
    assert decided(ACCEPTED, asked=OTHERWISE) == [TURNED_DOWN]
    assert decided(ACCEPTED, TURNED_DOWN, asked=OTHERWISE) == []
    assert decided(ACCEPTED, asked=UNDECIDE) == [UNDECIDED]
    assert decided(ACCEPTED, UNDECIDED, asked=UNDECIDE) == []
    assert decided(ACCEPTED, UNDECIDED, asked=YES) == [ACCEPTED]
    for asked in (OTHERWISE, UNDECIDE):
        (told,) = decided(asked=asked)
        assert (told.outcome, told.amend_by) == ("differs", ("DecideOnPermit",))
        (told,) = decided(ACCEPTED.model_copy(update={"decided": LATER}), asked=asked)
        assert (told.outcome, told.stands_since) == ("differs", LATER)


def test_a_word_is_not_put_right_into_the_place_of_another_one_that_says_otherwise() -> None:
    later = ACCEPTED.model_copy(update={"decided": LATER, "accepted": False})
    moved = replace(OTHERWISE, accepted=True, decided=LATER)
    (told,) = decided(ACCEPTED, later, asked=moved)
    assert (told.outcome, told.differing, told.stands_since) == ("differs", ("accepted",), LATER)
    (event,) = decided(ACCEPTED, later, asked=replace(moved, accepted=False))
    words = given(consignment, ACCEPTED, later, event).decisions.words
    assert [(each.at, each.accepted) for each in words] == [(LATER, False)]


@pytest.mark.law("L5", "K1")
def test_art_7_5_with_his_last_word_taken_back_the_one_before_it_counts_again() -> None:
    bare = replace(PRESENT, lines=())
    said_so = [(GOODS, NOON), (bare, NOON), (YES, NOON), (NO, LATER)]
    state, events = lived(*said_so, (WithdrawPermitDecision(**NAMED, withdraws=LATER), LATER + HOUR))
    assert events[-2:] == ["PermitDecisionWithdrawn", "RestrictionSatisfied"]
    assert stands(state) == stands(lived(*said_so[:3])[0])


@pytest.mark.law("L5", "K1")
def test_art_7_5_without_any_word_of_his_a_permit_with_a_defect_waits_for_him_again() -> None:
    bare = replace(PRESENT, lines=())
    state, events = lived((GOODS, NOON), (bare, NOON), (YES, NOON), (UNDECIDE, LATER))
    assert events[-3:] == ["PermitDecisionWithdrawn", "RestrictionSatisfactionWithdrawn", "PermitReferred"]
    assert stands(state) == stands(lived((GOODS, NOON), (bare, NOON))[0])


@pytest.mark.law("K1")
def test_art_7_5_a_word_put_right_to_a_time_after_the_permit_was_presented_is_on_it() -> None:
    bare = replace(PRESENT, lines=())
    before = [(GOODS, NOON), (YES, NOON), (bare, LATER)]
    right = CorrectPermitDecision(**NAMED, corrects=NOON, accepted=True, decided=LATER)
    state, events = lived(*before, (right, LATER + HOUR))
    assert events[-3:] == ["PermitDecisionCorrected", "RestrictionSatisfied", "PermitReferralWithdrawn"]
    assert stands(state) == stands(lived((GOODS, NOON), (bare, LATER), (YES, LATER))[0])
