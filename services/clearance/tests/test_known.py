"""What is said of goods to those outside stands in every event on which they act, however it came about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import get_args

import pytest

from clearance import known
from clearance.acceptance import AcceptDeclaration, CorrectRegistration, RegisterDeclaration, WithdrawRegistration
from clearance.consignment import consignment
from clearance.declaration import WithdrawDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.tests.declared import CIGARETTES, SHOWN, WATER, crossed, lodge
from contracts import clearance
from contracts.arrival import GoodsCrossingCorrected, GoodsCrossingWithdrawn
from contracts.known import KnownBy, ToBeMatched
from contracts.papers import Container, Papers, TransportDocument
from contracts.presentation import CheckpointDetermined
from contracts.values import Payment
from decider import Input, Subject
from decider.tests.kit import NOON, SOMEBODY, at, folded, given

BILL = TransportDocument(kind="bill_of_lading", number="HZF/26/00731", issuer="Hazar Ferry Lines")
HOUSE = TransportDocument(kind="house_bill_of_lading", number="HZF/26/00731-H1", parent="HZF/26/00731")
PAPERS = Papers(consignment="C1", documents=(HOUSE, BILL), containers=(Container(number="SRHU1000019"),))
CROSSED = crossed((WATER, "UZ")).model_copy(update={"papers": PAPERS})
DETERMINED = CheckpointDetermined(consignment="C1", checkpoint="FRP-MIX", basis="facts")
ACCEPT = AcceptDeclaration(consignment="C1")
OFFICER = Subject("officer", "officer")
LODGE = replace(lodge((WATER, "UZ")), reference="2026/1180")


def recorded(*history: object) -> Iterator[ToBeMatched]:
    """The events that others act on, as they are recorded."""
    state = consignment.INITIAL
    for content in history:
        if isinstance(content, consignment.HEARS):
            state = folded(consignment, state, content)
        state, events = consignment.outcome(at(consignment, NOON, content), state)
        yield from (event for event in events if isinstance(event, ToBeMatched))


def test_events_of_goods_that_crossed_say_with_what_under_which_papers_and_where() -> None:
    events = list(recorded(CROSSED, DETERMINED, LODGE, SHOWN, ACCEPT))
    assert [event.type for event in events] == [
        "DeclarationLodged", "ReadyForRelease", "DeclarationAccepted", "PaymentAssessed",
    ]  # fmt: skip
    everything = KnownBy(
        checkpoint="FRP-MIX", movements=("M1",), documents=(BILL, HOUSE), containers=("SRHU1000019",),
        reference="2026/1180",
    )  # fmt: skip
    assert {event.known_by for event in events} == {everything}


def test_before_the_crossing_they_say_what_is_known_and_of_nothing_nothing() -> None:
    assert {event.known_by for event in recorded(LODGE, ACCEPT)} == {KnownBy(reference="2026/1180")}
    assert {event.known_by for event in recorded(lodge((WATER, "UZ")), ACCEPT)} == {None}


def test_a_declaration_with_a_number_is_known_by_that_beside_the_declarants_own() -> None:
    register = RegisterDeclaration(consignment="C1", number="93012026/000417")
    right = CorrectRegistration(consignment="C1", corrects=NOON, number="93012026/000418")
    gone = WithdrawRegistration(consignment="C1", withdraws=NOON)
    both = KnownBy(reference="2026/1180", number="93012026/000417")

    def known_then(*history: object) -> list[KnownBy | None]:
        return [event.known_by for event in recorded(LODGE, *history)]

    none = replace(both, number=None)
    assert known_then(register, ACCEPT) == [none, both, both, both]
    assert known_then(register, right, ACCEPT)[-1] == replace(both, number="93012026/000418")
    assert known_then(register, gone, ACCEPT)[-1] == none


def test_goods_on_two_vehicles_are_known_by_both() -> None:
    second = CROSSED.model_copy(update={"movement": "M2", "papers": Papers(consignment="C1", documents=(BILL,))})
    (first, *_) = recorded(CROSSED, second, LODGE, ACCEPT)
    assert first.known_by
    assert (first.known_by.movements, first.known_by.documents) == (("M1", "M2"), (BILL, HOUSE))


def test_goods_are_known_by_the_crossing_as_it_was_put_right_and_by_none_that_was_taken_back() -> None:
    second = CROSSED.model_copy(update={"movement": "M2"})
    right = GoodsCrossingCorrected(
        **{**CROSSED.model_dump(exclude={"type"}), "papers": Papers(consignment="C1", documents=(BILL,))}, corrects=NOON
    )
    gone = GoodsCrossingWithdrawn(consignment="C1", movement="M2", withdraws=NOON)
    (first, *_) = recorded(CROSSED, second, right, gone, LODGE, ACCEPT)
    assert first.known_by == KnownBy(movements=("M1",), documents=(BILL,), reference="2026/1180")


def test_what_is_forbidden_is_said_with_it_too() -> None:
    barred, declared = crossed((CIGARETTES, "XA")), lodge((CIGARETTES, "XA"))
    of_it = KnownBy(movements=("M1",))
    assert [(event.type, event.known_by) for event in recorded(barred, declared)] == [
        ("GoodsInDoubt", of_it), ("DeclarationLodged", of_it), ("GoodsDoubtWithdrawn", of_it),
        ("ImportProhibited", of_it), ("ImmediateExportOrdered", of_it),
    ]  # fmt: skip


def test_what_is_forbidden_no_more_is_said_by_the_numbers_by_which_it_was_forbidden() -> None:
    """The crossing with which they came is taken back: whoever heard of it has its numbers."""
    came_in = crossed((CIGARETTES, "XA"))
    assert came_in.papers
    barred = (
        came_in.model_copy(update={"papers": replace(came_in.papers, documents=(BILL,))}),
        DecideOnGoodsInDoubt(consignment="C1", code=CIGARETTES, origin="XA", evidence=("examination",)),
    )
    gone = GoodsCrossingWithdrawn(consignment="C1", movement="M1", withdraws=NOON)
    told = {event.type: event.known_by for event in recorded(*barred, gone)}
    assert (
        told["ImportProhibited"] == told["ImportProhibitionWithdrawn"] == KnownBy(movements=("M1",), documents=(BILL,))
    )
    assert told["ImmediateExportOrdered"] == told["ImmediateExportOrderWithdrawn"]
    other, crossing = CROSSED.model_copy(update={"movement": "M2"}), KnownBy(reference="2026/1180")
    assert [event.known_by for event in recorded(*barred, gone, LODGE)][-1] == crossing
    assert {event.known_by.movements for event in recorded(*barred, gone, other, LODGE) if event.known_by} == {
        ("M1",),
        ("M2",),
    }


def test_what_is_computed_no_more_is_said_by_the_number_of_the_declaration_that_was_taken_back() -> None:
    paid = replace(LODGE, payments=(Payment(kind="duty", amount=Decimal(5)),))
    gone = WithdrawDeclaration(consignment="C1", withdraws=NOON)
    state = consignment.INITIAL
    for content in (paid, ACCEPT, gone):
        state, events = consignment.outcome(at(consignment, NOON, content, subject=OFFICER), state)
    told = [(event.type, event.known_by) for event in events]
    both = KnownBy(reference="2026/1180")
    assert told == [("DeclarationWithdrawn", both), ("PaymentAssessmentWithdrawn", both)]


def test_no_state_holds_what_is_said_to_those_outside() -> None:
    later = NOON + timedelta(hours=1)
    asked = Input(stream="consignment/C1", content=LODGE, occurred=later, recorded=later, subject=SOMEBODY)
    before = given(consignment, CROSSED, DETERMINED)
    after, events = consignment.outcome(asked, before)
    assert folded(consignment, before, *events, recorded=later) == after
    assert folded(consignment, before, *consignment.decide(asked, before), recorded=later) == after


@pytest.mark.parametrize("event", [each for each in clearance.EVENTS if issubclass(each, ToBeMatched)])
def test_every_event_that_is_to_be_matched_is_completed(event: type) -> None:
    assert event in get_args(known.Acted)
