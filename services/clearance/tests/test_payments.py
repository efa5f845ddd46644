"""Payments as they are stated: once more, otherwise, put right, taken back, paid back (Art. 29(2))."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.payments import CorrectPayment, RecordPayment, ReversePayment, WithdrawPayment
from contracts.clearance import PaymentCorrected, PaymentReceived, PaymentReversed, PaymentWithdrawn
from contracts.stating import StatementDiffers, Stater
from decider import Party, Subject
from decider.tests.kit import NOON, given, when

TREASURY = Subject("treasury-1", "treasury", Party(number="77", issuer="TM"))
OTHER = Subject("treasury-2", "treasury", Party(number="78", issuer="TM"))
OFFICER = Subject("officer-1", "officer")
BY = Stater(role="treasury", party="77", issuer="TM")
LATER = datetime(2026, 3, 4, tzinfo=UTC)

PAY = RecordPayment(consignment="C1", amount=Decimal("10.00"), reference="T-1")
PAID = PaymentReceived(consignment="C1", amount=Decimal("10.00"), reference="T-1", received=NOON, stated_by=BY)
CORRECT = CorrectPayment(consignment="C1", reference="T-1", corrects=NOON, amount=Decimal("9.00"))
CORRECTED = PaymentCorrected(
    consignment="C1", reference="T-1", amount=Decimal("9.00"), received=NOON, corrects=NOON, stated_by=BY
)
WITHDRAW = WithdrawPayment(consignment="C1", reference="T-1", withdraws=NOON)
WITHDRAWN = PaymentWithdrawn(consignment="C1", reference="T-1", withdraws=NOON)
REVERSE = ReversePayment(consignment="C1", amount=Decimal("4.00"), reference="R-1", reverses="T-1")
REVERSED = PaymentReversed(
    consignment="C1", amount=Decimal("4.00"), reference="R-1", reverses="T-1", reversed=NOON, stated_by=BY
)
NOTHING = StatementDiffers(article="29(2)", rule="L9", statement="CorrectPayment", amend_by=("RecordPayment",))


def said(*before: Any, asked: Any, by: Subject = TREASURY, instant: datetime = NOON) -> list[Any]:
    return when(consignment, given(consignment, *before), asked, instant, subject=by)


def in_all(*events: Any) -> Decimal:
    standing = [each for each in given(consignment, *events).payments.received if not each.struck]
    return sum((-each.amount if each.reverses else each.amount for each in standing), start=Decimal(0))


def test_a_payment_says_when_and_by_whom_it_was_stated() -> None:
    assert said(asked=PAY) == [PAID]


def test_the_same_again_is_nothing_new_whoever_says_it_and_when() -> None:
    assert said(PAID, asked=PAY, by=OTHER, instant=LATER) == []


def test_another_amount_under_the_reference_differs_and_says_what_stands_whose_it_is_and_what_to_do() -> None:
    other = RecordPayment(consignment="C1", amount=Decimal("11.00"), reference="T-1")
    assert said(PAID, asked=other) == [
        StatementDiffers(
            article="29(2)",
            rule="L9",
            statement="RecordPayment",
            differing=("amount",),
            stands=(("amount", "10.00"),),
            stands_by=BY,
            stands_since=NOON,
            amend_by=("CorrectPayment", "WithdrawPayment"),
        )
    ]
    assert in_all(PAID, *said(PAID, asked=other)) == 10


def test_what_was_wrong_is_put_right_under_the_time_that_it_was_stated_for() -> None:
    assert said(PAID, asked=CORRECT) == [CORRECTED]
    assert in_all(PAID, CORRECTED) == 9
    assert said(PAID, CORRECTED, asked=CORRECT) == []


def test_its_time_is_put_right_too() -> None:
    later = CorrectPayment(consignment="C1", reference="T-1", corrects=NOON, amount=Decimal("10.00"), received=LATER)
    (event,) = said(PAID, asked=later)
    assert (event.received, event.corrects) == (LATER, NOON)
    assert said(PAID, event, asked=later) == []


@pytest.mark.parametrize("asked", [CORRECT, WITHDRAW])
def test_what_stands_for_another_time_is_not_amended_unseen(asked: Any) -> None:
    moved = PAID.model_copy(update={"received": LATER})
    (told,) = said(moved, asked=asked)
    assert (told.outcome, told.stands_since, told.amend_by) == ("differs", LATER, ("CorrectPayment", "WithdrawPayment"))


@pytest.mark.parametrize("asked", [CORRECT, WITHDRAW])
def test_whoever_stated_it_amends_it_and_an_officer_and_nobody_else(asked: Any) -> None:
    assert said(PAID, asked=asked)[0].outcome == "recorded"
    assert said(PAID, asked=asked, by=Subject("another person", "treasury", TREASURY.party))[0].outcome == "recorded"
    assert said(PAID, asked=asked, by=OFFICER)[0].outcome == "recorded"
    (told,) = said(PAID, asked=asked, by=OTHER)
    assert (told.outcome, told.stands_by) == ("differs", BY)


def test_what_never_was_is_taken_back_and_may_be_stated_again() -> None:
    assert said(PAID, asked=WITHDRAW) == [WITHDRAWN]
    assert in_all(PAID, WITHDRAWN) == 0
    assert said(PAID, WITHDRAWN, asked=WITHDRAW) == []
    assert said(PAID, WITHDRAWN, asked=PAY) == [PAID]


def test_where_nothing_stands_it_says_how_to_state_it() -> None:
    assert said(asked=CORRECT) == [NOTHING]
    assert said(PAID, WITHDRAWN, asked=CORRECT) == [NOTHING]


def test_what_goes_back_is_a_fact_of_its_own_and_may_come_before_the_payment() -> None:
    assert said(PAID, asked=REVERSE) == said(asked=REVERSE) == [REVERSED]
    assert in_all(PAID, REVERSED) == in_all(REVERSED, PAID) == 6
    assert said(REVERSED, asked=REVERSE) == []
    (told,) = said(REVERSED, asked=ReversePayment(consignment="C1", amount=Decimal(1), reference="R-1", reverses="T-2"))
    assert (told.outcome, told.differing) == ("differs", ("amount", "reverses"))


def test_a_payment_under_the_reference_of_what_went_back_is_not_the_same() -> None:
    (told,) = said(REVERSED, asked=RecordPayment(consignment="C1", amount=Decimal("4.00"), reference="R-1"))
    assert (told.outcome, told.differing) == ("differs", ("reverses",))


def test_what_went_back_is_put_right_as_what_it_is() -> None:
    right = CorrectPayment(consignment="C1", reference="R-1", corrects=NOON, amount=Decimal("3.00"))
    (event,) = said(REVERSED, asked=right)
    assert event.reverses == "T-1"
    assert in_all(PAID, REVERSED, event) == 7
    (event,) = said(REVERSED, asked=replace(right, reverses="T-2"))
    assert event.reverses == "T-2"
    (event,) = said(PAID, asked=replace(CORRECT, reverses="T-2"))
    assert event.reverses is None


@pytest.mark.law("L9")
def test_art_29_2_a_payment_is_counted_once_however_its_reference_is_spelt() -> None:
    assert said(PAID, asked=replace(PAY, reference="t 1")) == []
    (put_right,) = said(PAID, asked=replace(CORRECT, reference="T1"))
    assert in_all(PAID, put_right) == Decimal("9.00")
    (gone,) = said(PAID, asked=replace(WITHDRAW, reference="T1"))
    assert in_all(PAID, gone) == 0
