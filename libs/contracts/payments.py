"""What is to be paid for a consignment, and what came in, folded from what `clearance` says."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias, assert_never

from contracts.clearance import PaymentAssessed, PaymentReceived
from contracts.values import Amount, Sum, Word
from decider import replace

Said: TypeAlias = PaymentAssessed | PaymentReceived


@dataclass(frozen=True, kw_only=True)
class Payments:
    """What was computed, and what came in under which reference."""

    assessed: Sum | None = None
    received: tuple[tuple[Word, Amount], ...] = ()

    @property
    def are_collected(self) -> bool:
        """Nothing is while nothing was computed."""
        total = sum((amount for _, amount in self.received), start=Decimal(0))
        return self.assessed is not None and total >= self.assessed


def paid(payments: Payments, event: Said) -> Payments:
    match event:
        case PaymentAssessed(total=total):
            return replace(payments, assessed=total)
        case PaymentReceived(reference=reference, amount=amount):
            return replace(payments, received=tuple(sorted((*payments.received, (reference, amount)))))
        case _:
            assert_never(event)
