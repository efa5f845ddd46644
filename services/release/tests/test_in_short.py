"""Of declarations and payments a release keeps what it rests on, and no more: the whole stands in `clearance`."""

from datetime import timedelta
from decimal import Decimal

from contracts.clearance import (
    DeclarationAccepted,
    DeclarationAmendmentRequested,
    DeclarationLodged,
    PaymentAssessed,
    PaymentReceived,
)
from contracts.declarations import Acceptance, Version
from contracts.goods import Document, GoodsItem
from contracts.parties import LegalPerson, Party
from contracts.payments import Assessment, Payments, Transfer
from contracts.stating import Stater
from contracts.values import Payment
from decider.tests.kit import NOON, given
from release.consignment import Consignment, consignment
from release.tests.goods import FREE, WATER

BY = Stater(role="broker", party="100")
PAYMENTS = (Payment(kind="duty", amount=Decimal("120.50")),)
LODGED = DeclarationLodged(
    consignment="C1", declarant="Sample Imports", form="declaration", regime=FREE, lodged=NOON,
    principal="Sample Trade", reference="LRN 1", office="FRP", stated_by=BY, payments=PAYMENTS,
    previous_documents=(Document(kind="manifest", number="7"),),
    parties=(Party(role="consignee", company=LegalPerson(name="Sample Trade")),),
    items=(GoodsItem(code=WATER, origin="UZ", regime="transit", net_mass="12.5", description="Water"),),
)  # fmt: skip
ACCEPTED = DeclarationAccepted(consignment="C1", accepted=NOON, stated_by=BY)
ASKED = DeclarationAmendmentRequested(
    consignment="C1", declarant="Sample Imports", form="declaration", asks="amendment", requested=NOON, replaces=NOON,
    payments=PAYMENTS, stated_by=BY,
)  # fmt: skip


def test_a_declaration_stands_with_its_number_and_with_code_origin_and_regime_of_its_goods() -> None:
    state: Consignment = given(consignment, LODGED, ACCEPTED, ASKED)
    declared = state.clearance.declared
    assert declared.versions == (
        Version(
            declarant="Sample Imports", form="declaration", reference="LRN 1", regime=FREE, at=NOON, known=NOON,
            items=(GoodsItem(code=WATER, origin="UZ", regime="transit"),),
        ),
    )  # fmt: skip
    assert declared.acceptance == Acceptance(at=NOON)
    assert [(each.at, each.version, each.by) for each in declared.requests] == [(NOON, None, None)]


def test_of_payments_stands_what_is_due_in_all_and_what_came_in() -> None:
    due = Decimal("120.50")
    assessed = PaymentAssessed(
        consignment="C1", duties=due, taxes=Decimal(0), fees=Decimal(0), total=due, payments=PAYMENTS
    )
    at = NOON + timedelta(hours=1)
    came = PaymentReceived(consignment="C1", amount=due, reference="P-1", received=at, stated_by=BY)
    state: Consignment = given(consignment, assessed, came)
    assert state.clearance.payments == Payments(
        assessments=(Assessment(total=due),), received=(Transfer(reference="P-1", amount=due, at=at),)
    )
    assert state.clearance.payments.are_collected
