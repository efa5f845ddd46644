"""A declaration is lodged, gets its number and is accepted: three acts, in any order of recording (Art. 20(4))."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from clearance.acceptance import (
    AcceptDeclaration,
    CorrectAcceptance,
    CorrectRegistration,
    RegisterDeclaration,
    WithdrawAcceptance,
    WithdrawRegistration,
)
from clearance.amendment import DecideAmendment
from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration, LodgeDeclaration
from clearance.tests.declared import MEDICINE, SHOWN, STARTED, WATER, crossed, items, ready
from contracts.clearance import (
    AcceptanceCorrected,
    AcceptanceWithdrawn,
    DeclarationAccepted,
    DeclarationLodged,
    DeclarationRegistered,
    PaymentAssessed,
    PaymentAssessmentWithdrawn,
)
from contracts.goods import Document
from contracts.papers import Money, Packaging
from contracts.stating import StatementDiffers, Stater
from contracts.values import Payment
from decider import OpenPoint, Party, Subject
from decider.tests.kit import NOON, Said, at, facts, given, live, play, step, when

BROKER = Subject("broker-1", "broker", Party(number="1101", issuer="TM"))
ANOTHER = Subject("broker-2", "broker", Party(number="1102", issuer="TM"))
OFFICER = Subject("officer-1", "officer", None, ("FRP-MIX",))
BY, BY_OFFICER = Stater(role="broker", party="1101", issuer="TM"), Stater(role="officer", checkpoints=("FRP-MIX",))
EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
PAYMENTS = (Payment(kind="duty", amount=Decimal("10.00")), Payment(kind="duty", amount=Decimal("2.00")))
NUMBER = "TM-06/2026/004711"

LODGE = LodgeDeclaration(
    consignment="C1", declarant="Sample Brokers", principal="Sample Imports", form="declaration",
    items=items((WATER, "UZ")), regime="free circulation", payments=PAYMENTS,
)  # fmt: skip
LODGED = DeclarationLodged(
    consignment="C1", declarant="Sample Brokers", principal="Sample Imports", form="declaration",
    items=items((WATER, "UZ")), regime="free circulation", payments=PAYMENTS, lodged=NOON, stated_by=BY,
)  # fmt: skip
REGISTER = RegisterDeclaration(consignment="C1", number=NUMBER)
REGISTERED = DeclarationRegistered(consignment="C1", number=NUMBER, registered=NOON, stated_by=BY_OFFICER)
ACCEPT = AcceptDeclaration(consignment="C1")
ACCEPTED = DeclarationAccepted(
    consignment="C1", declarant="Sample Brokers", principal="Sample Imports", form="declaration",
    items=items((WATER, "UZ")), regime="free circulation", accepted=NOON, stated_by=BY_OFFICER,
)  # fmt: skip
ASSESSED = PaymentAssessed(
    consignment="C1", duties=Decimal("12.00"), taxes=Decimal(0), fees=Decimal(0), total=Decimal("12.00"),
    payments=(Payment(kind="duty", amount=Decimal("12.00")),), computed=NOON,
)  # fmt: skip


def asked(*before: Any, said: Any, by: Subject = OFFICER) -> list[Any]:
    return when(consignment, given(consignment, *before), said, subject=by)


@pytest.mark.law("C3")
def test_a_declaration_says_when_and_by_whom_it_was_lodged() -> None:
    assert asked(said=LODGE, by=BROKER) == [STARTED, LODGED]


@pytest.mark.law("O18", "C16")
def test_art_20_4_customs_accepts_a_declaration_and_then_computes_what_is_to_be_paid() -> None:
    assert asked(STARTED, LODGED, said=ACCEPT) == [ACCEPTED, ASSESSED]
    assert asked(STARTED, LODGED, REGISTERED, said=ACCEPT) == [
        ACCEPTED.model_copy(update={"number": NUMBER}), ASSESSED,
    ]  # fmt: skip


def test_a_declaration_is_accepted_once_whenever_that_is_said_again() -> None:
    before = given(consignment, STARTED, LODGED, ACCEPTED, ASSESSED)
    assert when(consignment, before, ACCEPT, subject=OFFICER) == []
    assert when(consignment, before, ACCEPT, LATER, subject=OFFICER) == []


@pytest.mark.law("O18")
def test_an_acceptance_that_is_recorded_first_tells_what_is_on_record_and_the_payments_follow_the_declaration() -> None:
    (early,) = asked(said=ACCEPT)
    assert early == DeclarationAccepted(consignment="C1", accepted=NOON, stated_by=BY_OFFICER)
    assert asked(early, said=LODGE, by=BROKER) == [STARTED, LODGED, ASSESSED]


def test_no_order_of_lodging_registration_and_acceptance_changes_what_is_known_of_them() -> None:
    acts = [Said(content=each, occurred=NOON, recorded=LATER) for each in (LODGE, REGISTER, ACCEPT, crossed(), SHOWN)]
    ends = [facts(live(consignment, order, LATER)[0]) for order in permutations(acts)]
    assert all(each == ends[0] for each in ends)


@pytest.mark.law("L1", "L5")
def test_measures_and_readiness_look_at_goods_as_they_were_lodged_and_wait_for_no_acceptance() -> None:
    of = replace(LODGE, items=items((MEDICINE, "UZ"), (WATER, "UZ")))
    _, recorded = play(consignment, [crossed(), SHOWN, of])
    assert [event.type for event in recorded[2:]] == ["RestrictionOpened", "ReadyForRelease"]
    assert recorded[-1] == ready(2)
    assert play(consignment, [crossed(), SHOWN, of, ACCEPT])[1][: len(recorded)] == recorded


@pytest.mark.law("O18")
def test_after_lodging_the_officer_is_to_accept_and_no_number_is_asked_for() -> None:
    point = OpenPoint(act="AcceptDeclaration", who="officer", article="20(4)")
    known = (crossed(), SHOWN, STARTED, LODGED)
    assert consignment.open_points(given(consignment, *known)) == (point,)
    assert [each.act for each in consignment.open_points(given(consignment, *known, ACCEPTED, ASSESSED))] == [
        "RecordPayment"
    ]


def test_the_same_declaration_again_is_nothing_new_and_as_the_law_means_it() -> None:
    alike = (Payment(kind="duty", amount=Decimal("12.00")), Payment(kind="fee", amount=Decimal(0)))
    of_items = tuple(replace(each, regime="free circulation") for each in LODGE.items)
    assert asked(STARTED, LODGED, said=LODGE, by=ANOTHER) == []
    assert asked(STARTED, LODGED, said=replace(LODGE, payments=alike, items=of_items)) == []


BOXES = (Packaging(count=500, kind="CT"), Packaging(count=2, kind="BG"))
ITEM: dict[str, Any] = {
    "regime": "free circulation", "quantity": "640", "gross_mass": "9270.0", "packaging": BOXES,
    "value": Money(amount="61500.00", currency="USD"), "containers": ("SRHU1000019",),
    "documents": (Document(kind="705", number="HZF/26/00731"),),
}  # fmt: skip
ITEM_OTHERWISE: dict[str, Any] = {
    "regime": "Free circulation", "quantity": "640.0", "gross_mass": "9270", "packaging": BOXES[::-1],
    "value": Money(amount="61500", currency="USD"), "containers": ("srhu 100001-9",),
    "documents": (Document(kind="705", number="hzf/26/00731"),),
}  # fmt: skip


@pytest.mark.parametrize("changed", [{name: said} for name, said in ITEM_OTHERWISE.items()])
def test_items_whose_numbers_and_measures_are_written_otherwise_are_the_same(changed: dict[str, Any]) -> None:
    one = replace(LODGE, items=(replace(LODGE.items[0], **ITEM),))
    events = asked(STARTED, said=one)
    other = replace(LODGE, items=(replace(LODGE.items[0], **(ITEM | changed)),))
    assert asked(STARTED, *events, said=other) == []


def test_a_declaration_whose_own_numbers_and_sums_are_written_otherwise_is_the_same() -> None:
    duty = Payment(kind="duty", amount=Decimal("21525.00"), base="215250.00", rate="10")
    manifest = Document(kind="785", number="TM012 2026 118")
    one = replace(LODGE, reference="2026/1180 A", payments=(duty,), previous_documents=(manifest,))
    other = replace(
        one, reference="2026/1180a", regime="Free Circulation", payments=(replace(duty, base="215250", rate="10.0"),),
        previous_documents=(replace(manifest, number="TM0122026118"),),
    )  # fmt: skip
    assert asked(STARTED, *asked(STARTED, said=one), said=other) == []
    assert asked(STARTED, LODGED, REGISTERED, said=replace(REGISTER, number=NUMBER.lower())) == []


@pytest.mark.parametrize(
    ("changed", "differing"),
    [
        ({"declarant": "Other Brokers"}, ("declarant",)),
        ({"principal": None}, ("principal",)),
        ({"items": items((MEDICINE, "UZ"))}, ("items",)),
        ({"regime": "transit"}, ("regime",)),
        ({"payments": PAYMENTS[:1]}, ("payments",)),
        ({"office": "FRP-1"}, ("office",)),
    ],
)
def test_another_declaration_differs_and_says_what_stands_and_what_to_do(
    changed: dict[str, Any], differing: tuple[str, ...]
) -> None:
    (told,) = asked(STARTED, LODGED, said=replace(LODGE, **changed), by=ANOTHER)
    assert isinstance(told, StatementDiffers)
    assert (told.differing, told.stands_by, told.stands_since) == (differing, BY, NOON)
    assert told.amend_by == ("AmendDeclaration", "CorrectDeclaration", "WithdrawDeclaration")


def test_another_number_differs_and_the_same_is_nothing_new() -> None:
    assert asked(STARTED, LODGED, REGISTERED, said=REGISTER) == []
    (told,) = asked(STARTED, LODGED, REGISTERED, said=replace(REGISTER, number="TM-06/2026/004712"))
    assert (told.differing, told.stands) == (("number",), (("number", NUMBER),))


def test_a_number_is_corrected_and_taken_back_under_the_time_it_was_stated_for() -> None:
    correct = CorrectRegistration(consignment="C1", corrects=NOON, number="TM-06/2026/004712", registered=LATER)
    (corrected,) = asked(STARTED, LODGED, REGISTERED, said=correct)
    state = given(consignment, STARTED, LODGED, REGISTERED, corrected)
    (right,) = when(consignment, given(consignment), replace(REGISTER, number=correct.number), LATER, subject=OFFICER)
    assert facts(state) == facts(given(consignment, STARTED, LODGED, right))
    (gone,) = when(consignment, state, WithdrawRegistration(consignment="C1", withdraws=LATER), subject=OFFICER)
    assert (gone.type, gone.number) == ("RegistrationWithdrawn", "TM-06/2026/004712")
    assert given(consignment, LODGED, REGISTERED, gone).declared.number is None
    for amends in (correct, WithdrawRegistration(consignment="C1", withdraws=NOON)):
        assert asked(STARTED, LODGED, REGISTERED, said=amends, by=ANOTHER)[0].type == "StatementDiffers"
        assert asked(STARTED, LODGED, said=amends)[0].amend_by == ("RegisterDeclaration",)


CORRECT = CorrectAcceptance(consignment="C1", corrects=NOON, accepted=EARLIER, reason="the second copy")
TAKE_BACK = WithdrawAcceptance(consignment="C1", withdraws=NOON, reason="of another declaration")
AMEND = AmendDeclaration(
    consignment="C1", declarant="Sample Brokers", principal="Sample Imports", items=items((MEDICINE, "UZ")),
    regime="free circulation", payments=PAYMENTS,
)  # fmt: skip


def lived(*said: tuple[Any, Subject, Any]) -> tuple[Any, list[str]]:
    """The state after these, each recorded at once, and the types of what is recorded."""
    state, types = consignment.INITIAL, []
    for content, by, instant in said:
        state, events = step(consignment, state, at(consignment, instant, content, subject=by))
        types += [event.type for event in events]
    return state, types


def of_the_declaration(state: Any) -> Any:
    return facts(state.declared), facts(state.payments)


@pytest.mark.law("O18")
def test_art_20_4_an_acceptance_is_put_right_and_terms_count_from_the_right_time() -> None:
    body = {name: getattr(ACCEPTED, name) for name in ("declarant", "principal", "form", "items", "regime")}
    lodged_before = LODGED.model_copy(update={"lodged": EARLIER})
    begun = STARTED.model_copy(update={"started": EARLIER})
    right, never_due, due = asked(begun, lodged_before, ACCEPTED, ASSESSED, said=CORRECT)
    assert right == AcceptanceCorrected(
        consignment="C1", **body, accepted=EARLIER, corrects=NOON, reason="the second copy", stated_by=BY_OFFICER
    )
    assert (never_due.computed, due) == (NOON, ASSESSED.model_copy(update={"computed": EARLIER}))
    at_once = given(consignment, begun, lodged_before, ACCEPTED.model_copy(update={"accepted": EARLIER}), due)
    put_right = (begun, lodged_before, ACCEPTED, ASSESSED, right, never_due, due)
    assert facts(given(consignment, *put_right)) == facts(at_once)
    assert asked(*put_right, said=replace(CORRECT, corrects=EARLIER)) == []


@pytest.mark.law("O18", "C16")
def test_art_20_4_an_acceptance_that_is_taken_back_is_none_and_nothing_is_computed_of_it() -> None:
    gone = AcceptanceWithdrawn(consignment="C1", withdraws=NOON, reason="of another declaration", stated_by=BY_OFFICER)
    none_assessed = PaymentAssessmentWithdrawn(consignment="C1")
    before = (crossed(), SHOWN, STARTED, LODGED, ready(1), ACCEPTED, ASSESSED)
    assert asked(*before, said=TAKE_BACK) == [gone, none_assessed]
    after = given(consignment, *before, gone, none_assessed)
    assert (after.declared.accepted, after.declared.acceptance.struck) == (None, True)
    assert [point.act for point in consignment.open_points(after)] == ["AcceptDeclaration"]
    assert when(consignment, after, TAKE_BACK, subject=OFFICER) == []
    assert [event.type for event in when(consignment, after, ACCEPT, LATER, subject=OFFICER)] == [
        "DeclarationAccepted", "PaymentAssessed",
    ]  # fmt: skip


@pytest.mark.parametrize("act", [CORRECT, TAKE_BACK])
def test_an_acceptance_is_put_right_under_its_time_by_an_officer_and_where_there_is_one(act: Any) -> None:
    known = (STARTED, LODGED, ACCEPTED, ASSESSED)
    unseen = replace(act, **{"corrects" if act is CORRECT else "withdraws": LATER})
    assert [event.type for event in asked(*known, said=unseen)] == ["StatementDiffers"]
    assert [event.type for event in asked(*known, said=act, by=BROKER)] == ["StatementDiffers"]
    assert asked(STARTED, LODGED, said=act)[0].amend_by == ("AcceptDeclaration",)


def test_what_was_amended_after_the_right_time_of_acceptance_is_a_request() -> None:
    between = NOON - timedelta(minutes=30)
    lodging, amending = (LODGE, BROKER, EARLIER), (AMEND, BROKER, between)
    accepting = (ACCEPT, OFFICER, NOON)
    to_begin_with = EARLIER + timedelta(minutes=10)
    put_right, types = lived(lodging, amending, accepting, (replace(CORRECT, accepted=to_begin_with), OFFICER, LATER))
    assert types[-5:-3] == ["AcceptanceCorrected", "DeclarationAmendmentRequested"]
    right, _ = lived(lodging, (ACCEPT, OFFICER, to_begin_with), amending)
    assert of_the_declaration(put_right) == of_the_declaration(right)


def test_what_an_officer_has_granted_stays_done_whatever_becomes_of_the_acceptance() -> None:
    granting = (DecideAmendment(consignment="C1", requested=LATER, granted=True), OFFICER, LATER)
    granted = ((LODGE, BROKER, NOON), (ACCEPT, OFFICER, NOON), (AMEND, BROKER, LATER), granting)
    before, _ = lived(*granted)
    again = (ACCEPT, OFFICER, NOON + timedelta(minutes=1))
    after, types = lived(*granted, (TAKE_BACK, OFFICER, LATER), again)
    assert types[-3:] == ["PaymentAssessmentWithdrawn", "DeclarationAccepted", "PaymentAssessed"]
    assert after.declared.stands == before.declared.stands


def test_what_was_asked_of_customs_stays_asked_when_the_acceptance_is_taken_back() -> None:
    state, _ = lived(
        (LODGE, BROKER, NOON), (ACCEPT, OFFICER, NOON), (AMEND, BROKER, LATER), (TAKE_BACK, OFFICER, LATER)
    )
    assert [each.asks for each in state.declared.open_requests] == ["amendment"]
