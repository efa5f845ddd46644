"""Since when payments are due: since what they are computed of was declared and accepted (Arts 5(1)(18), 29(2))."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from clearance.acceptance import AcceptDeclaration, CorrectAcceptance, WithdrawAcceptance
from clearance.amendment import DecideAmendment
from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration, CorrectDeclaration, LodgeDeclaration, WithdrawDeclaration
from clearance.tests.declared import WATER, items
from contracts.clearance import PaymentAssessed, PaymentAssessmentWithdrawn
from contracts.payments import Payments
from contracts.values import Payment
from decider import Subject
from decider.tests.kit import NOON, at, step

OFFICER = Subject("officer-1", "officer")
HOUR, MAY = timedelta(hours=1), NOON + timedelta(days=61)
GOODS: Any = {"consignment": "C1", "declarant": "Sample Imports", "items": items((WATER, "UZ")), "regime": "transit"}


def duty(amount: int) -> tuple[Payment, ...]:
    return (Payment(kind="duty", amount=Decimal(amount)),)


LODGE = LodgeDeclaration(form="declaration", payments=duty(10), **GOODS)
ACCEPT = AcceptDeclaration(consignment="C1")
AMEND = AmendDeclaration(payments=duty(25), **GOODS)
GRANT = DecideAmendment(consignment="C1", asks="amendment", requested=MAY, granted=True)
LODGED, ACCEPTED = (LODGE, NOON), (ACCEPT, NOON + HOUR)
GRANTED = [(AMEND, MAY), (GRANT, MAY + HOUR)]


def recorded(*said: tuple[Any, datetime]) -> tuple[Any, list[Any]]:
    """The state, and what is said of what is due."""
    state, events = consignment.INITIAL, []
    for content, instant in said:
        given = at(consignment, instant, content, MAY + timedelta(days=9), OFFICER)
        state, led_to = step(consignment, state, given)
        events += [each for each in led_to if each.type.startswith("PaymentAssess")]
    return state, events


def due(payments: Payments) -> list[tuple[int, datetime | None, datetime | None]]:
    return [(int(each.total), each.at, each.until) for each in payments.assessments]


@pytest.mark.law("C16")
def test_art_5_1_18_what_is_due_is_due_since_it_was_accepted_and_what_is_amended_since_then() -> None:
    for order in permutations([LODGED, ACCEPTED]):
        state, events = recorded(*order)
        assert due(state.payments) == [(10, NOON + HOUR, None)]
        assert [each.computed for each in events] == [NOON + HOUR]
    state, events = recorded(LODGED, ACCEPTED, *GRANTED)
    assert due(state.payments) == [(10, NOON + HOUR, None), (25, MAY + HOUR, None)]
    assert state.payments.assessed == 25
    assert state.payments.as_of(MAY).assessed == 10


@pytest.mark.law("C16")
def test_art_5_1_18_what_is_put_right_was_never_due_otherwise() -> None:
    right = CorrectDeclaration(form="declaration", corrects=NOON, payments=duty(12), **GOODS)
    state, events = recorded(LODGED, ACCEPTED, (right, MAY))
    assert due(state.payments) == [(12, NOON + HOUR, None)]
    assert [each.type for each in events] == ["PaymentAssessed", "PaymentAssessed"]
    of_another_time = CorrectAcceptance(consignment="C1", corrects=NOON + HOUR, accepted=NOON + 2 * HOUR)
    state, events = recorded(LODGED, ACCEPTED, *GRANTED, (of_another_time, MAY + 2 * HOUR))
    assert due(state.payments) == [(10, NOON + 2 * HOUR, None), (25, MAY + HOUR, None)]
    assert events[2:] == [
        PaymentAssessmentWithdrawn(consignment="C1", computed=NOON + HOUR),
        events[0].model_copy(update={"computed": NOON + 2 * HOUR}),
    ]


@pytest.mark.law("C16")
def test_art_5_1_18_of_a_declaration_that_is_withdrawn_nothing_is_due_since_then_and_of_none_accepted_nothing() -> None:
    gone = WithdrawDeclaration(consignment="C1", withdraws=NOON)
    state, events = recorded(LODGED, ACCEPTED, (gone, MAY))
    assert events[1:] == [PaymentAssessmentWithdrawn(consignment="C1", since=MAY)]
    assert (state.payments.assessed, state.payments.as_of(MAY - HOUR).assessed) == (None, 10)
    another = (replace(LODGE, payments=duty(7)), MAY + HOUR)
    state, events = recorded(LODGED, ACCEPTED, (gone, MAY), another, (ACCEPT, MAY + 2 * HOUR))
    assert due(state.payments) == [(10, NOON + HOUR, MAY), (7, MAY + 2 * HOUR, None)]
    never = WithdrawAcceptance(consignment="C1", withdraws=NOON + HOUR)
    state, events = recorded(LODGED, ACCEPTED, *GRANTED, (never, MAY))
    assert (events[-1], due(state.payments)) == (PaymentAssessmentWithdrawn(consignment="C1"), [])


def test_what_is_amended_and_leaves_the_payments_as_they_were_computes_nothing_anew() -> None:
    same = (replace(AMEND, payments=duty(10), reference="LRN 2"), MAY)
    _, events = recorded(LODGED, ACCEPTED, same, (GRANT, MAY + HOUR))
    assert [type(each) for each in events] == [PaymentAssessed]
