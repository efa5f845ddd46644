"""What is to be paid, and what has come in (Arts 5(1)(18), 29(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from clearance.declaration import LodgeDeclaration, declares
from clearance.goods import Declared
from clearance.measures import all_have_to_leave
from clearance.upstream import Arrival, Presentation
from contracts.clearance import PaymentAssessed, PaymentReceived
from contracts.measures import Measures
from contracts.payments import Payments, paid
from contracts.values import Amount, ConsignmentId, Payment, PaymentKind, Word
from decider import Input, Matter, OpenPoint, opens
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class RecordPayment:
    """The treasury has received a payment, in manats (Art. 29(2))."""

    consignment: ConsignmentId
    amount: Amount
    reference: Word


def assessed(asked: Input[LodgeDeclaration], declared: Declared) -> list[PaymentAssessed]:
    said = asked.content
    return [payments_are_assessed(said.consignment, said.payments)] if declares(asked, declared) else []


@rule()
def payments_are_assessed(consignment: ConsignmentId, payments: tuple[Payment, ...]) -> PaymentAssessed:
    """Art. 5(1)(18) [C16]: customs payments are duties, taxes and fees, and an excise collected by customs is a tax."""
    duties, taxes, fees = of(payments, "duty"), of(payments, "tax", "excise"), of(payments, "fee")
    total = duties + taxes + fees
    return PaymentAssessed(
        consignment=consignment, duties=duties, taxes=taxes, fees=fees, total=total, payments=payments
    )


def of(payments: tuple[Payment, ...], *kinds: PaymentKind) -> Decimal:
    return sum((payment.amount for payment in payments if payment.kind in kinds), start=Decimal(0))


def come_in(asked: Input[RecordPayment], payments: Payments) -> list[PaymentReceived]:
    """The same sum under the same reference is the same payment; too much is taken, for no article refuses it."""
    said = asked.content
    if (said.reference, said.amount) in payments.received:
        return []
    return [PaymentReceived(consignment=said.consignment, amount=said.amount, reference=said.reference)]


@opens("RecordPayment")
@rule()
def still_to_be_paid(
    arrival: Arrival, declared: Declared, presentation: Presentation, measures: Measures, payments: Payments
) -> Iterator[OpenPoint]:
    """Art. 29(2) [L9]: what was computed is to come in; this belongs to the end of clearance and holds no release."""
    if payments.assessed is None or payments.are_collected or all_have_to_leave(arrival, declared, measures):
        return
    yield OpenPoint(act="RecordPayment", who="declarant", article="29(2)", place=presentation.checkpoint)


MATTER = Matter(commands=(assessed, come_in), folds=(paid,), open_points=(still_to_be_paid,))
