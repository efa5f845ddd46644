"""What is said of goods to those outside stands in every event on which they act, however it came about."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest

from clearance import known
from clearance.acceptance import AcceptDeclaration, CorrectRegistration, RegisterDeclaration, WithdrawRegistration
from clearance.consignment import consignment
from clearance.tests.declared import CIGARETTES, SHOWN, WATER, crossed, lodge
from contracts import clearance
from contracts.arrival import GoodsCrossingCorrected, GoodsCrossingWithdrawn
from contracts.known import KnownBy, ToBeMatched
from contracts.papers import Container, Papers, TransportDocument
from contracts.presentation import CheckpointDetermined
from decider import Input
from decider.tests.kit import NOON, SOMEBODY, at, folded, given

BILL = TransportDocument(kind="bill_of_lading", number="HZF/26/00731", issuer="Hazar Ferry Lines")
HOUSE = TransportDocument(kind="house_bill_of_lading", number="HZF/26/00731-H1", parent="HZF/26/00731")
PAPERS = Papers(consignment="C1", documents=(HOUSE, BILL), containers=(Container(number="SRHU1000019"),))
CROSSED = crossed((WATER, "UZ")).model_copy(update={"papers": PAPERS})
DETERMINED = CheckpointDetermined(consignment="C1", checkpoint="FRP-MIX", basis="facts")
ACCEPT = AcceptDeclaration(consignment="C1")
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
    assert [event.type for event in events] == ["ReadyForRelease", "DeclarationAccepted", "PaymentAssessed"]
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
    assert {event.known_by for event in recorded(LODGE, register, ACCEPT)} == {both}
    assert {event.known_by for event in recorded(LODGE, register, right, ACCEPT)} == {
        replace(both, number="93012026/000418")
    }
    assert {event.known_by for event in recorded(LODGE, register, gone, ACCEPT)} == {replace(both, number=None)}


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
    assert [(event.type, event.known_by) for event in recorded(barred, declared)] == [
        ("GoodsInDoubt", KnownBy(movements=("M1",))),
        ("ImportProhibited", KnownBy(movements=("M1",))),
        ("ImmediateExportOrdered", KnownBy(movements=("M1",))),
    ]


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
