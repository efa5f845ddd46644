"""What is to be paid for a consignment, and what came in, folded from what `clearance` says."""

from collections.abc import Iterator
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
from contracts.statements import by_then
from contracts.stating import Stater
from contracts.values import Amount, Instant, Payment, Sum, Word
from decider import in_order, replace
from law.calendar import EARLIEST

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
class Assessment:
    """What was computed, in all, by duty, tax and fee, and of what: due since `at`, and no more since `until`."""

    total: Sum
    sums: tuple[Sum, ...] = ()
    made_up_of: tuple[Payment, ...] = ()
    at: Instant | None = None
    until: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Payments:
    """What was computed, in the order of time, of which the last is due; and what came in, or went back."""

    assessments: tuple[Assessment, ...] = ()
    received: tuple[Transfer, ...] = ()

    @property
    def due(self) -> Assessment | None:
        """What was computed last, unless nothing is any more."""
        return self.assessments[-1] if self.assessments and not self.assessments[-1].until else None

    @property
    def standing(self) -> tuple[Assessment, ...]:
        """Those of the declaration that is not withdrawn."""
        return tuple(each for each in self.assessments if not each.until)

    @property
    def assessed(self) -> Sum | None:
        return self.due.total if self.due else None

    @property
    def are_collected(self) -> bool:
        """Nothing is while nothing was computed."""
        standing = [each for each in self.received if not each.struck]
        total = sum((-each.amount if each.reverses else each.amount for each in standing), start=Decimal(0))
        return self.assessed is not None and total >= self.assessed

    def as_of(self, instant: Instant) -> "Payments":
        """What was due then, and what had come in; what is on record without its time was before all."""
        then = by_then(self.assessments, instant)
        still = (replace(each, until=None) if each.until and each.until > instant else each for each in then)
        return Payments(
            assessments=tuple(still),
            received=by_then(self.received, instant),
        )

    def under(self, reference: Word) -> Transfer | None:
        return next((each for each in self.received if alike(each.reference, reference)), None)


def paid(payments: Payments, event: Said) -> Payments:
    match event:
        case PaymentAssessed():
            return with_assessment(payments, event)
        case PaymentAssessmentWithdrawn():
            return replace(payments, assessments=tuple(no_more(payments.assessments, event)))
        case PaymentReceived() | PaymentCorrected() | PaymentReversed():
            return with_transfer(payments, transfer_of(event))
        case PaymentWithdrawn(reference=reference):
            stood = payments.under(reference)
            return with_transfer(payments, replace(stood, struck=True)) if stood else payments
        case _:
            assert_never(event)


def with_assessment(payments: Payments, event: PaymentAssessed) -> Payments:
    """In the place of what was computed for the same time."""
    said = Assessment(total=event.total, sums=components(event), made_up_of=event.payments, at=event.computed)
    others = (each for each in payments.assessments if each.at != said.at)
    return replace(payments, assessments=tuple(sorted((*others, said), key=lambda each: each.at or EARLIEST)))


def no_more(assessments: tuple[Assessment, ...], event: PaymentAssessmentWithdrawn) -> Iterator[Assessment]:
    for each in assessments:
        if each.until or (event.computed and each.at != event.computed):
            yield each
        elif event.since:
            yield replace(each, until=event.since)


def components(of: PaymentAssessed) -> tuple[Sum, ...]:
    return of.duties, of.taxes, of.fees


def transfer_of(event: PaymentReceived | PaymentCorrected | PaymentReversed) -> Transfer:
    reverses = None if isinstance(event, PaymentReceived) else event.reverses
    at = event.reversed if isinstance(event, PaymentReversed) else event.received
    return Transfer(reference=event.reference, amount=event.amount, reverses=reverses, at=at, by=event.stated_by)


def with_transfer(payments: Payments, transfer: Transfer) -> Payments:
    others = (each for each in payments.received if not alike(each.reference, transfer.reference))
    return replace(payments, received=in_order((*others, transfer)))
