"""What is to be paid for a consignment, and what came in, folded from what `clearance` says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, assert_never

from contracts.clearance import (
    PaymentAssessed,
    PaymentAssessmentWithdrawn,
    PaymentCorrected,
    PaymentReceived,
    PaymentReversed,
    PaymentWithdrawn,
)
from contracts.spelling import alike, folded
from contracts.stating import Stater
from contracts.values import Amount, Instant, Payment, Sum, Word
from decider import in_order, replace

Said: TypeAlias = (
    PaymentAssessed
    | PaymentAssessmentWithdrawn
    | PaymentReceived
    | PaymentCorrected
    | PaymentReversed
    | PaymentWithdrawn
)


@dataclass(frozen=True, kw_only=True)
class Transfer:
    """A payment by its reference, or the paying back of another, `reverses`, under a reference of its own."""

    reference: Word
    amount: Amount
    reverses: Word | None = None
    at: Instant | None = None
    by: Stater | None = None
    struck: bool = False

    @property
    def spelt(self) -> "Transfer":
        """As it is compared, however the references are spelt."""
        return replace(self, reference=folded(self.reference), reverses=self.reverses and folded(self.reverses))


@dataclass(frozen=True, kw_only=True)
class Payments:
    """What was computed, in all, by duty, tax and fee, and of what; and what came in, or went back, by reference."""

    assessed: Sum | None = None
    computed: tuple[Sum, ...] = ()
    made_up_of: tuple[Payment, ...] = ()
    received: tuple[Transfer, ...] = ()

    @property
    def are_collected(self) -> bool:
        """Nothing is while nothing was computed."""
        standing = [each for each in self.received if not each.struck]
        total = sum((-each.amount if each.reverses else each.amount for each in standing), start=Decimal(0))
        return self.assessed is not None and total >= self.assessed

    def under(self, reference: Word) -> Transfer | None:
        return next((each for each in self.received if alike(each.reference, reference)), None)


def paid(payments: Payments, event: Said) -> Payments:
    match event:
        case PaymentAssessed(total=total):
            return replace(payments, assessed=total, computed=components(event), made_up_of=event.payments)
        case PaymentAssessmentWithdrawn():
            return replace(payments, assessed=None, computed=(), made_up_of=())
        case PaymentReceived() | PaymentCorrected() | PaymentReversed():
            return with_transfer(payments, transfer_of(event))
        case PaymentWithdrawn(reference=reference):
            stood = payments.under(reference)
            return with_transfer(payments, replace(stood, struck=True)) if stood else payments
        case _:
            assert_never(event)


def components(of: PaymentAssessed) -> tuple[Sum, ...]:
    return of.duties, of.taxes, of.fees


def transfer_of(event: PaymentReceived | PaymentCorrected | PaymentReversed) -> Transfer:
    reverses = None if isinstance(event, PaymentReceived) else event.reverses
    at = event.reversed if isinstance(event, PaymentReversed) else event.received
    return Transfer(reference=event.reference, amount=event.amount, reverses=reverses, at=at, by=event.stated_by)


def with_transfer(payments: Payments, transfer: Transfer) -> Payments:
    others = (each for each in payments.received if not alike(each.reference, transfer.reference))
    return replace(payments, received=in_order((*others, transfer)))
