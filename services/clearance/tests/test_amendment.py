"""A declaration amended, corrected or taken back, before customs has accepted it and after that (Art. 31(1))."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clearance.acceptance import AcceptDeclaration
from clearance.amendment import DecideAmendment
from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration, CorrectDeclaration, LodgeDeclaration, WithdrawDeclaration
from clearance.tests.declared import MEDICINE, SHOWN, WATER, crossed, items, no_longer_ready, ready
from clearance.tests.test_acceptance import ANOTHER, BROKER, BY, BY_OFFICER, LODGE, OFFICER, PAYMENTS
from contracts.clearance import (
    DeclarationAccepted,
    DeclarationAmended,
    DeclarationAmendmentDecided,
    DeclarationAmendmentRequested,
    DeclarationCorrected,
    DeclarationWithdrawn,
    PaymentAssessmentWithdrawn,
)
from contracts.goods import Document, GoodsItems
from contracts.stating import StatementDiffers
from contracts.values import Payment
from decider import Subject
from decider.tests.kit import NOON, at, facts, given, step

LATER, LATEST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
OTHER_ITEMS = items((MEDICINE, "UZ"))
OTHER_PAYMENTS = (Payment(kind="duty", amount=Decimal("20.00")),)
AMEND = AmendDeclaration(
    consignment="C1", declarant="Sample Brokers", principal="Sample Imports", items=OTHER_ITEMS,
    regime="free circulation", payments=OTHER_PAYMENTS, reason="it is medicine",
)  # fmt: skip
BODY: dict[str, Any] = {
    "consignment": "C1", "declarant": "Sample Brokers", "principal": "Sample Imports", "form": "declaration",
    "items": OTHER_ITEMS, "regime": "free circulation", "payments": OTHER_PAYMENTS, "stated_by": BY,
}  # fmt: skip
AMENDED = DeclarationAmended(**BODY, amended=LATER, replaces=NOON, reason="it is medicine")
REQUESTED = DeclarationAmendmentRequested(
    **BODY, asks="amendment", requested=LATER, replaces=NOON, reason="it is medicine", previous_documents=(), parties=()
)
CORRECT = CorrectDeclaration(
    consignment="C1", corrects=NOON, declarant="Sample Brokers", principal="Sample Imports", items=OTHER_ITEMS,
    regime="free circulation", payments=OTHER_PAYMENTS,
)  # fmt: skip
WITHDRAW = WithdrawDeclaration(consignment="C1", withdraws=NOON)
ACCEPT = AcceptDeclaration(consignment="C1")
GRANT = DecideAmendment(consignment="C1", requested=LATER, granted=True)
DECIDED = DeclarationAmendmentDecided(
    consignment="C1", asks="amendment", requested=LATER, granted=True, decided=LATEST, stated_by=BY_OFFICER
)
Done = tuple[Any, Subject, datetime]
LODGING: Done = (LODGE, BROKER, NOON)
ACCEPTING: Done = (ACCEPT, OFFICER, NOON)
AMENDING: Done = (AMEND, BROKER, LATER)


def said(*done: Done) -> tuple[Any, list[Any]]:
    """The state after these, each recorded when the last of them had happened, and what the last of them led to."""
    recorded = max(when for _, _, when in done)
    state, events = given(consignment), list[Any]()
    for content, by, when in done:
        state, events = step(consignment, state, at(consignment, when, content, recorded, by))
    return state, events


def declared(*done: Done) -> tuple[GoodsItems, Decimal | None]:
    """As which goods, and what is to be paid."""
    state, _ = said(*done)
    return state.declared.items, state.payments.assessed


BEFORE, AFTER = (items((WATER, "UZ")), Decimal("12.00")), (OTHER_ITEMS, Decimal("20.00"))


@pytest.mark.law("C3")
def test_before_acceptance_an_amendment_is_what_is_declared_from_its_time_on_and_measures_follow() -> None:
    _, events = said(LODGING, AMENDING)
    assert [events[0], events[1].type] == [AMENDED, "RestrictionOpened"]
    assert declared(LODGING, AMENDING, (ACCEPT, OFFICER, LATEST)) == AFTER
    assert said(LODGING, AMENDING, AMENDING)[1] == []
    assert said(LODGING, AMENDING, (AMEND, BROKER, LATEST))[1] == []


def test_what_a_declaration_says_besides_its_goods_is_amended_with_them_and_its_lists_have_no_order() -> None:
    bill, cmr = Document(kind="manifest", number="1"), Document(kind="CMR", number="2")
    lodge = replace(LODGE, reference="2026/1180", previous_documents=(bill, cmr))
    amend = replace(AMEND, reference="2026/1181", office="TM-06", previous_documents=(cmr,))
    state, (event, *_) = said((lodge, BROKER, NOON), (amend, BROKER, LATER))
    assert (event.reference, event.office, event.previous_documents) == ("2026/1181", "TM-06", (cmr,))
    assert (state.declared.reference, state.declared.lodged.reference) == ("2026/1181", "2026/1180")
    again: Done = (replace(lodge, previous_documents=(cmr, bill)), BROKER, NOON)
    assert said((lodge, BROKER, NOON), again)[1] == []
    (told,) = said((lodge, BROKER, NOON), (replace(lodge, reference="2"), BROKER, NOON))[1]
    assert (told.outcome, told.differing) == ("differs", ("reference",))


def test_what_is_accepted_is_the_declaration_as_it_stood_then() -> None:
    _, events = said(LODGING, AMENDING, (ACCEPT, OFFICER, LATEST))
    assert isinstance(events[0], DeclarationAccepted)
    assert events[0].items == OTHER_ITEMS


@pytest.mark.law("C3", "C8")
def test_after_acceptance_an_amendment_is_a_request_and_waits_for_the_officer() -> None:
    state, events = said(LODGING, ACCEPTING, AMENDING)
    assert events == [REQUESTED]
    assert [point.act for point in consignment.open_points(state)] == ["DecideAmendment", "RecordPayment"]
    assert said(LODGING, ACCEPTING, AMENDING, (AMEND, BROKER, LATEST))[1] == []
    assert declared(LODGING, ACCEPTING, AMENDING) == BEFORE


def test_what_is_granted_stands_and_payments_and_measures_follow_it() -> None:
    state, events = said(LODGING, ACCEPTING, AMENDING, (GRANT, OFFICER, LATEST))
    becomes = AMENDED.model_copy(update={"amended": LATEST, "reason": None})
    assert events[:2] == [DECIDED, becomes]
    assert [event.type for event in events[2:]] == ["RestrictionOpened", "PaymentAssessed"]
    assert (state.declared.items, state.payments.assessed, state.declared.accepted) == (*AFTER, NOON)
    assert not state.declared.open_requests


def test_what_is_not_granted_changes_nothing_and_may_be_asked_for_again() -> None:
    no: Done = (replace(GRANT, granted=False, reason="the papers say otherwise"), OFFICER, LATEST)
    assert len(said(LODGING, ACCEPTING, AMENDING, no)[1]) == 1
    assert declared(LODGING, ACCEPTING, AMENDING, no) == BEFORE
    again: Done = (AMEND, BROKER, LATEST)
    assert [event.type for event in said(LODGING, ACCEPTING, AMENDING, no, again)[1]] == [
        "DeclarationAmendmentRequested"
    ]


def test_a_word_on_a_request_is_said_once_another_differs_and_without_a_request_there_is_none() -> None:
    granted = (LODGING, ACCEPTING, AMENDING, (GRANT, OFFICER, LATEST))
    assert said(*granted, (GRANT, OFFICER, LATEST))[1] == []
    for done in ((*granted, (replace(GRANT, granted=False), OFFICER, LATEST)), (LODGING, (GRANT, OFFICER, LATEST))):
        assert [event.type for event in said(*done)[1]] == ["StatementDiffers"]


@pytest.mark.law("O18")
def test_what_turns_out_to_have_come_after_the_acceptance_is_a_request_whichever_was_recorded_first() -> None:
    in_order, late = said(LODGING, ACCEPTING, AMENDING), said(LODGING, AMENDING, ACCEPTING)
    assert [event.type for event in late[1]][:2] == ["DeclarationAccepted", "DeclarationAmendmentRequested"]
    assert late[1][0].items == BEFORE[0]
    assert facts(late[0]) == facts(in_order[0])
    withdrawal: Done = (WITHDRAW, BROKER, LATER)
    assert facts(said(LODGING, withdrawal, ACCEPTING)[0]) == facts(said(LODGING, ACCEPTING, withdrawal)[0])


@pytest.mark.law("O18")
def test_an_amendment_from_before_the_acceptance_that_is_recorded_after_it_is_none_that_is_asked_for() -> None:
    accepting: Done = (ACCEPT, OFFICER, LATEST)
    late, in_order = said(LODGING, accepting, AMENDING), said(LODGING, AMENDING, accepting)
    assert isinstance(late[1][0], DeclarationAmended)
    assert facts(late[0]) == facts(in_order[0])


def test_of_two_amendments_the_later_one_stands_whichever_was_recorded_first() -> None:
    second: Done = (replace(AMEND, items=items((WATER, "KZ"))), BROKER, LATEST)
    assert said(LODGING, AMENDING, second)[0] == said(LODGING, second, AMENDING)[0]
    assert declared(LODGING, second, AMENDING)[0] == items((WATER, "KZ"))


def test_whoever_lodged_it_amends_it_and_an_officer_and_nobody_else() -> None:
    for command in (AMEND, CORRECT, WITHDRAW):
        (told,) = said(LODGING, (command, ANOTHER, LATER))[1]
        assert isinstance(told, StatementDiffers), command
        assert told.stands_by == BY
        assert not isinstance(said(LODGING, (command, OFFICER, LATER))[1][0], StatementDiffers)


def test_where_no_declaration_stands_there_is_nothing_to_amend_but_one_to_lodge() -> None:
    for command in (AMEND, CORRECT, WITHDRAW):
        (told,) = said((command, BROKER, LATER))[1]
        assert told.amend_by == ("LodgeDeclaration",)


def without_what_was_struck(state: Any) -> Any:
    """But for what was put right: that stays on record."""
    return replace(state, declared=replace(state.declared, corrections=()))


def test_what_was_stated_wrongly_is_corrected_and_then_it_never_was_otherwise() -> None:
    state, events = said(LODGING, (CORRECT, BROKER, LATER))
    assert events[0] == DeclarationCorrected(**BODY, lodged=NOON, corrects=NOON, corrected=LATER)
    right = replace(LODGE, items=OTHER_ITEMS, payments=OTHER_PAYMENTS)
    assert facts(without_what_was_struck(state)) == facts(said((right, BROKER, NOON))[0])
    moved: Done = (replace(CORRECT, lodged=LATER), BROKER, LATEST)
    assert facts(without_what_was_struck(said(LODGING, moved)[0])) == facts(said((right, BROKER, LATER))[0])


def test_a_correction_names_the_time_of_what_it_corrects() -> None:
    (told,) = said(LODGING, AMENDING, (replace(CORRECT, corrects=LATEST), BROKER, LATEST))[1]
    assert (told.type, told.stands_since) == ("StatementDiffers", LATER)


def test_what_customs_has_accepted_is_corrected_by_an_officer_or_by_his_leave() -> None:
    assert isinstance(said(LODGING, ACCEPTING, (CORRECT, OFFICER, LATER))[1][0], DeclarationCorrected)
    asking: Done = (CORRECT, BROKER, LATER)
    (asked,) = said(LODGING, ACCEPTING, asking)[1]
    assert (asked.type, asked.asks, asked.lodged) == ("DeclarationAmendmentRequested", "correction", NOON)
    assert said(LODGING, ACCEPTING, asking, asking)[1] == []
    granted = (LODGING, ACCEPTING, asking, (replace(GRANT, asks="correction"), OFFICER, LATEST))
    assert declared(*granted) == AFTER
    assert isinstance(said(*granted)[1][1], DeclarationCorrected)


@pytest.mark.law("C3")
def test_what_is_withdrawn_counts_for_nothing_and_another_declaration_may_be_lodged_and_accepted() -> None:
    withdrawing: Done = (WITHDRAW, BROKER, LATER)
    state, events = said(LODGING, withdrawing)
    assert events == [DeclarationWithdrawn(consignment="C1", withdraws=NOON, withdrawn=LATER, stated_by=BY)]
    assert (state.declared.stands, [each.struck for each in state.declared.versions]) == (None, [True])
    assert said(LODGING, withdrawing, withdrawing)[1] == []
    again: Done = (replace(LODGE, items=OTHER_ITEMS, payments=OTHER_PAYMENTS), BROKER, LATEST)
    assert [event.type for event in said(LODGING, withdrawing, again)[1]][:1] == ["DeclarationLodged"]
    assert declared(LODGING, withdrawing, again, (ACCEPT, OFFICER, LATEST)) == AFTER


def test_after_acceptance_an_officer_decides_on_a_withdrawal_and_then_nothing_is_computed_any_more() -> None:
    withdrawing: Done = (WITHDRAW, BROKER, LATER)
    (asked,) = said(LODGING, ACCEPTING, withdrawing)[1]
    assert (asked.type, asked.asks) == ("DeclarationAmendmentRequested", "withdrawal")
    state, events = said(LODGING, ACCEPTING, withdrawing, (replace(GRANT, asks="withdrawal"), OFFICER, LATEST))
    assert [event.type for event in events] == [
        "DeclarationAmendmentDecided", "DeclarationWithdrawn", "PaymentAssessmentWithdrawn",
    ]  # fmt: skip
    assert events[-1] == PaymentAssessmentWithdrawn(consignment="C1", since=LATEST)
    assert state.payments.assessed is None


def test_of_goods_that_are_declared_otherwise_readiness_stands_where_it_is_still_so_and_else_is_taken_back() -> None:
    known: tuple[Done, ...] = ((crossed(), OFFICER, NOON), (SHOWN, OFFICER, NOON), LODGING)
    water: Done = (replace(AMEND, items=items((WATER, "KZ"))), BROKER, LATER)
    assert said(*known)[1][-1] == ready(1)
    state, events = said(*known, water)
    assert (state.readiness.items, ready(1) in events) == ((1,), False)
    assert said(*known, AMENDING)[1][-1] == no_longer_ready(1)


@pytest.mark.law("C3")
def test_an_amended_declaration_without_a_proof_of_origin_is_noted_as_a_lodged_one_is() -> None:
    unproven = tuple(replace(each, origin="XC", origin_proof="none") for each in OTHER_ITEMS)
    (amended, *_) = said(LODGING, (replace(AMEND, items=unproven), BROKER, LATER))[1]
    assert [finding.rule for finding in amended.findings] == ["L8"]


def test_the_sums_are_compared_and_not_how_they_are_written() -> None:
    alike = AmendDeclaration(
        consignment="C1", declarant="Sample Brokers", principal="Sample Imports", items=LODGE.items,
        regime="free circulation", payments=PAYMENTS[::-1],
    )  # fmt: skip
    assert isinstance(LODGE, LodgeDeclaration)
    assert said(LODGING, (alike, BROKER, LATER))[1] == []


def test_of_several_requests_of_one_instant_each_is_decided_by_itself() -> None:
    asking = (LODGING, ACCEPTING, AMENDING, (WITHDRAW, BROKER, LATER), (GRANT, OFFICER, LATEST))
    state, _ = said(*asking)
    assert [each.asks for each in state.declared.open_requests] == ["withdrawal"]
    (told,) = said(LODGING, ACCEPTING, AMENDING, (replace(AMEND, items=()), BROKER, LATER))[1]
    assert (told.type, told.differing) == ("StatementDiffers", ("items",))


def test_what_was_refused_is_not_asked_for_again_by_the_same_statement() -> None:
    no: Done = (replace(GRANT, granted=False), OFFICER, LATEST)
    assert said(LODGING, ACCEPTING, AMENDING, no, AMENDING)[1] == []
    of_correction, of_withdrawal = (replace(no[0], asks="correction"), replace(no[0], asks="withdrawal"))
    for command, word in ((CORRECT, of_correction), (WITHDRAW, of_withdrawal)):
        asked: Done = (command, BROKER, LATER)
        assert said(LODGING, ACCEPTING, asked, (word, OFFICER, LATEST), asked)[1] == []
