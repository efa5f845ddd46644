"""What is to be paid, and what has come in (Arts 5(1)(18), 29(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from clearance.measures import all_have_to_leave
from clearance.upstream import Arrival, Presentation
from contracts.clearance import (
    PaymentAssessed,
    PaymentAssessmentWithdrawn,
    PaymentCorrected,
    PaymentReceived,
    PaymentReversed,
    PaymentWithdrawn,
)
from contracts.declarations import Declared
from contracts.measures import Measures
from contracts.names import OfConsignment
from contracts.payments import Assessment, Payments, Transfer, components, paid
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import Amount, ConsignmentId, Instant, Payment, PaymentKind, Text, Word
from decider import Input, Matter, OpenPoint, Stream, opens
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class RecordPayment(OfConsignment):
    """The treasury has received a payment, in manats (Art. 29(2))."""

    amount: Amount
    reference: Word


@dataclass(frozen=True, kw_only=True)
class ReversePayment(OfConsignment):
    """The treasury has paid a payment back, or a part of it, under a reference of its own (Art. 29(2))."""

    amount: Amount
    reference: Word
    reverses: Word


@dataclass(frozen=True, kw_only=True)
class CorrectPayment(OfConsignment):
    """What was stated of a payment, or of one that went back, was wrong; `received`, where its time was, too.

    `reverses` where what went back was another one.
    """

    reference: Word
    corrects: Instant
    amount: Amount
    reverses: Word | None = None
    received: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawPayment(OfConsignment):
    """What was stated of a payment, or of one that went back, never was."""

    reference: Word
    withdraws: Instant
    reason: Text | None = None


AMENDS = (CorrectPayment, WithdrawPayment)
PAYMENT = Amendable(article="29(2)", rule="L9", states=RecordPayment, amends=AMENDS)
REVERSAL = Amendable(article="29(2)", rule="L9", states=ReversePayment, amends=AMENDS)


def assessed(
    asked: Stream, declared: Declared, payments: Payments
) -> list[PaymentAssessed | PaymentAssessmentWithdrawn]:
    """Of what customs has accepted, as it was declared then and each time that it was amended since.

    Of nothing while it has accepted nothing.
    """
    if not payments.standing and declared.accepted is None:
        return []
    if declared.accepted is None or declared.stands is None:
        gone = PaymentAssessmentWithdrawn(consignment=asked.id, since=declared.withdrawn)
        return [gone] if payments.standing else []
    now = [payments_are_assessed(asked.id, of, at) for at, of in computed(declared, declared.accepted)]
    new = [each for each in now if not any(same(each, stands) for stands in payments.standing)]
    instants = {each.computed for each in now}
    gone_by = [each.at for each in payments.standing if each.at and each.at not in instants]
    return [*(PaymentAssessmentWithdrawn(consignment=asked.id, computed=at) for at in gone_by), *new]


def computed(declared: Declared, accepted: Instant) -> Iterator[tuple[Instant, tuple[Payment, ...]]]:
    """Since when which payments are due; what is amended and leaves them as they were computes nothing anew."""
    then = declared.as_of(accepted) or declared.lodged
    if then is None:
        return
    yield max(accepted, then.at), then.payments
    for before, after in pairwise([then, *(each for each in declared.versions if each.at > max(accepted, then.at))]):
        if after.payments != before.payments:
            yield after.at, after.payments


def same(computed: PaymentAssessed, stands: Assessment) -> bool:
    """What the sums were made up of, and since when they are due, was not always recorded."""
    return (
        components(computed) == stands.sums
        and stands.made_up_of in ((), computed.payments)
        and stands.at in (None, computed.computed)
    )


@rule()
def payments_are_assessed(
    consignment: ConsignmentId, payments: tuple[Payment, ...], computed: Instant | None = None
) -> PaymentAssessed:
    """Art. 5(1)(18) [C16]: customs payments are duties, taxes and fees, and an excise collected by customs is a tax."""
    duties, taxes, fees = of(payments, "duty"), of(payments, "tax", "excise"), of(payments, "fee")
    total = duties + taxes + fees
    return PaymentAssessed(
        consignment=consignment,
        duties=duties,
        taxes=taxes,
        fees=fees,
        total=total,
        payments=payments,
        computed=computed,
    )


def of(payments: tuple[Payment, ...], *kinds: PaymentKind) -> Decimal:
    return sum((payment.amount for payment in payments if payment.kind in kinds), start=Decimal(0))


def come_in(asked: Input[RecordPayment], payments: Payments) -> list[PaymentReceived | StatementDiffers]:
    """Too much is taken, for no article refuses it."""
    said = asked.content
    fact = Transfer(reference=said.reference, amount=said.amount)
    received = PaymentReceived(
        consignment=said.consignment,
        amount=said.amount,
        reference=said.reference,
        received=asked.occurred,
        stated_by=stater(asked.subject),
    )
    return stated(asked, fact, payments.under(said.reference), PAYMENT, lambda: received)


def gone_back(asked: Input[ReversePayment], payments: Payments) -> list[PaymentReversed | StatementDiffers]:
    """A fact with a date of its own, recorded also where the payment is recorded only later."""
    said = asked.content
    fact = Transfer(reference=said.reference, amount=said.amount, reverses=said.reverses)
    back = PaymentReversed(
        consignment=said.consignment,
        amount=said.amount,
        reference=said.reference,
        reverses=said.reverses,
        reversed=asked.occurred,
        stated_by=stater(asked.subject),
    )
    return stated(asked, fact, payments.under(said.reference), REVERSAL, lambda: back)


def put_right(asked: Input[CorrectPayment], payments: Payments) -> list[PaymentCorrected | StatementDiffers]:
    """A payment stays a payment, and what was paid back stays that."""
    said, stands = asked.content, payments.under(asked.content.reference)
    at = said.received or said.corrects
    reverses = (said.reverses or stands.reverses) if stands and stands.reverses else None
    fact = Transfer(reference=said.reference, amount=said.amount, reverses=reverses, at=at)
    right = PaymentCorrected(
        consignment=said.consignment,
        amount=said.amount,
        reference=said.reference,
        reverses=reverses,
        received=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    return corrected(asked, fact, stands, said.corrects, PAYMENT, lambda: right)


def taken_back(asked: Input[WithdrawPayment], payments: Payments) -> list[PaymentWithdrawn | StatementDiffers]:
    said = asked.content
    gone = PaymentWithdrawn(
        consignment=said.consignment, reference=said.reference, withdraws=said.withdraws, reason=said.reason
    )
    return withdrawn(asked, payments.under(said.reference), said.withdraws, PAYMENT, lambda: gone)


@opens("RecordPayment")
@rule()
def still_to_be_paid(
    arrival: Arrival, declared: Declared, presentation: Presentation, measures: Measures, payments: Payments
) -> Iterator[OpenPoint]:
    """Art. 29(2) [L9]: what was computed is to come in; this belongs to the end of clearance and holds no release."""
    if payments.assessed is None or payments.are_collected or all_have_to_leave(arrival, declared, measures):
        return
    since = due_since(payments) or declared.accepted
    yield OpenPoint(act="RecordPayment", who="declarant", article="29(2)", place=presentation.checkpoint, since=since)


def due_since(payments: Payments) -> Instant | None:
    """When there came to be something that had not come in: what was computed anew, or went back."""
    since: Instant | None = None
    times = {*(each.at for each in payments.assessments), *(each.at for each in payments.received)}
    for at in sorted(each for each in times if each):
        then = payments.as_of(at)
        since = None if then.are_collected or then.assessed is None else since or at
    return since


MATTER = Matter(
    commands=(come_in, gone_back, put_right, taken_back),
    folds=(paid,),
    follows=(assessed,),
    open_points=(still_to_be_paid,),
)
