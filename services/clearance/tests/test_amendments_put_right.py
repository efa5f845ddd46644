"""What was lodged is put right also after it was amended, and an amendment is put right and taken back by itself."""

from dataclasses import replace
from datetime import timedelta

import pytest

from clearance.amendment import DecideAmendment
from clearance.consignment import consignment
from clearance.declaration import WithdrawDeclaration
from clearance.tests.declared import SHOWN, WATER, crossed, items, ready
from clearance.tests.test_acceptance import ANOTHER, BROKER, LODGE, OFFICER
from clearance.tests.test_amendment import (
    ACCEPTING,
    AMEND,
    AMENDING,
    BEFORE,
    CORRECT,
    LATER,
    LATEST,
    LODGING,
    Done,
    declared,
    said,
)
from contracts.amendments import DeclarationAmendmentWithdrawn
from decider.tests.kit import NOON, facts

HOUR = timedelta(hours=1)
WRONG = items((WATER, "KZ"))
OTHERWISE = replace(LODGE, items=WRONG)
PUT_RIGHT: Done = (replace(CORRECT, items=LODGE.items, payments=LODGE.payments), BROKER, LATEST)
AMENDMENT_PUT_RIGHT: Done = (replace(CORRECT, corrects=LATER, items=WRONG), BROKER, LATEST)
NOT_AMENDED: Done = (WithdrawDeclaration(consignment="C1", withdraws=LATER), BROKER, LATEST)


def standing(*done: Done) -> object:
    """What is declared and what follows, without what was struck."""
    state, _ = said(*done)
    of = state.declared
    asked = tuple(each for each in of.requests if not each.struck)
    left = replace(state.declared, taken_back=(), requests=asked, corrections=())
    return facts((left, state.measures, state.payments, consignment.open_points(state)))


@pytest.mark.law("C3")
def test_art_31_1_what_was_lodged_is_put_right_after_it_was_amended_and_the_amendment_stands() -> None:
    state, events = said((OTHERWISE, BROKER, NOON), AMENDING, PUT_RIGHT)
    assert [event.type for event in events][:1] == ["DeclarationCorrected"]
    assert facts(replace(state.declared, corrections=())) == facts(said(LODGING, AMENDING)[0].declared)
    assert said((OTHERWISE, BROKER, NOON), AMENDING, PUT_RIGHT, PUT_RIGHT)[1] == []


@pytest.mark.law("C3")
def test_art_31_1_an_amendment_is_put_right_by_its_time_and_what_was_lodged_stays() -> None:
    wrong: Done = (replace(AMEND, items=WRONG), BROKER, LATER)
    assert standing(LODGING, AMENDING, AMENDMENT_PUT_RIGHT) == standing(LODGING, wrong)
    (told,) = said(LODGING, AMENDING, (replace(AMENDMENT_PUT_RIGHT[0], lodged=NOON), BROKER, LATEST))[1]
    assert (told.type, told.stands_since) == ("StatementDiffers", NOON)


@pytest.mark.law("C3")
@pytest.mark.parametrize("before", [(LODGING,), (LODGING, ACCEPTING)], ids=["amended", "only asked for"])
def test_art_31_1_an_amendment_that_never_was_leaves_what_was_declared_before(before: tuple[Done, ...]) -> None:
    state, events = said(*before, AMENDING, NOT_AMENDED)
    assert isinstance(events[0], DeclarationAmendmentWithdrawn)
    assert (events[0].withdraws, events[0].only_requested) == (LATER, len(before) == 2)
    assert standing(*before, AMENDING, NOT_AMENDED) == standing(*before)
    assert [each.struck for each in (*state.declared.taken_back, *state.declared.requests)] == [True]
    assert said(*before, AMENDING, NOT_AMENDED, NOT_AMENDED)[1] == []
    again = (*before, AMENDING, NOT_AMENDED, AMENDING)
    assert standing(*again) == standing(*before, AMENDING)


@pytest.mark.law("O18")
def test_what_turns_out_to_have_been_put_right_after_the_acceptance_is_a_request_whichever_was_recorded_first() -> None:
    lodging: Done = (OTHERWISE, BROKER, NOON - HOUR)
    right: Done = (replace(PUT_RIGHT[0], corrects=NOON - HOUR), BROKER, LATER)
    late, in_order = said(lodging, right, ACCEPTING), said(lodging, ACCEPTING, right)
    assert [event.type for event in late[1]][:2] == ["DeclarationAccepted", "DeclarationAmendmentRequested"]
    assert (late[1][0].items, late[1][1].asks) == (WRONG, "correction")
    assert facts(late[0].declared) == facts(in_order[0].declared)
    assert late[0].payments.assessed == in_order[0].payments.assessed
    granting: Done = (
        DecideAmendment(consignment="C1", asks="correction", requested=LATER, granted=True),
        OFFICER,
        LATEST,
    )
    assert said(lodging, right, ACCEPTING, granting)[0].declared.items == LODGE.items
    by_officer: Done = (right[0], OFFICER, LATER)
    assert said(lodging, by_officer, ACCEPTING)[0].declared.items == LODGE.items
    before: Done = (right[0], BROKER, NOON - HOUR / 2)
    assert said(lodging, before, ACCEPTING)[0].declared.items == LODGE.items


@pytest.mark.law("O18")
def test_of_two_corrections_after_the_acceptance_both_are_asked_for_and_what_was_lodged_stands() -> None:
    lodging: Done = (OTHERWISE, BROKER, NOON - HOUR)
    one: Done = (replace(PUT_RIGHT[0], corrects=NOON - HOUR), BROKER, LATER)
    other: Done = (replace(PUT_RIGHT[0], corrects=NOON - HOUR, items=AMEND.items), BROKER, LATEST)
    state, _ = said(lodging, one, other, ACCEPTING)
    assert state.declared.items == WRONG
    assert [(each.asks, each.at) for each in state.declared.open_requests] == [
        ("correction", LATER), ("correction", LATEST),
    ]  # fmt: skip


def test_an_amendment_that_customs_has_granted_or_accepted_is_taken_back_by_its_leave() -> None:
    accepting: Done = (ACCEPTING[0], OFFICER, LATEST)
    (asked,) = said(LODGING, AMENDING, accepting, NOT_AMENDED)[1]
    assert (asked.type, asked.asks, asked.replaces) == ("DeclarationAmendmentRequested", "withdrawal", LATER)
    granting: Done = (
        DecideAmendment(consignment="C1", asks="withdrawal", requested=LATEST, granted=True),
        OFFICER,
        LATEST,
    )
    granted = (LODGING, AMENDING, accepting, NOT_AMENDED, granting)
    assert [event.type for event in said(*granted)[1]][:2] == [
        "DeclarationAmendmentDecided", "DeclarationAmendmentWithdrawn",
    ]  # fmt: skip
    assert declared(*granted) == BEFORE
    by_officer: Done = (NOT_AMENDED[0], OFFICER, LATEST)
    assert declared(LODGING, AMENDING, accepting, by_officer) == BEFORE


def test_that_an_amendment_was_taken_back_after_the_acceptance_is_a_request_whichever_was_recorded_first() -> None:
    accepting: Done = (ACCEPTING[0], OFFICER, LATEST)
    late, in_order = said(LODGING, AMENDING, NOT_AMENDED, accepting), said(LODGING, AMENDING, accepting, NOT_AMENDED)
    assert facts(late[0].declared) == facts(in_order[0].declared)
    assert late[0].payments.assessed == in_order[0].payments.assessed


def test_whoever_amended_it_takes_it_back_and_nobody_else_and_no_time_is_of_nothing() -> None:
    for done in ((NOT_AMENDED[0], ANOTHER, LATEST), (replace(NOT_AMENDED[0], withdraws=LATEST), BROKER, LATEST)):
        assert [event.type for event in said(LODGING, AMENDING, done)[1]] == ["StatementDiffers"]
    whole: Done = (WithdrawDeclaration(consignment="C1", withdraws=NOON), BROKER, LATEST)
    assert said(LODGING, AMENDING, whole)[1][0].type == "DeclarationWithdrawn"
    assert said(LODGING, AMENDING, NOT_AMENDED, whole)[1][0].type == "DeclarationWithdrawn"


def test_of_goods_that_were_not_declared_otherwise_readiness_is_said_anew() -> None:
    known: tuple[Done, ...] = ((crossed(), OFFICER, NOON), (SHOWN, OFFICER, NOON), LODGING)
    assert ready(1) not in said(*known, AMENDING)[1]
    assert said(*known, AMENDING, NOT_AMENDED)[1][-1] == ready(1)
