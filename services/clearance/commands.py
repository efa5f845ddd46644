"""What people and other bodies tell clearance."""

from dataclasses import dataclass
from typing import TypeAlias

from contracts.values import (
    Agency,
    Amount,
    Company,
    ConsignmentId,
    Form,
    GoodsItems,
    Payments,
    PermitLines,
    Regime,
    Word,
)


@dataclass(frozen=True, kw_only=True)
class LodgeDeclaration:
    """The declarant, or a broker for its principal, sets clearance going, and declares the goods (Art. 29(1)(1))."""

    consignment: ConsignmentId
    declarant: Company
    principal: Company | None = None
    form: Form
    items: GoodsItems = ()
    regime: Regime | None = None
    payments: Payments = ()


@dataclass(frozen=True, kw_only=True)
class PresentPermit:
    """The declarant, or the body that issued it, presents a permit that an act requires (Art. 7(1) para 3, 7(5))."""

    consignment: ConsignmentId
    permit: Word
    number: Word
    issued_by: Company
    lines: PermitLines = ()


@dataclass(frozen=True, kw_only=True)
class DecideOnPermit:
    """The officer decides whether a permit with a defect meets what is required (Art. 7(5))."""

    consignment: ConsignmentId
    permit: Word
    number: Word
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class RecordApproval:
    """A body of state control approves of the goods, or refuses to (Art. 29(2) para 2)."""

    consignment: ConsignmentId
    agency: Agency
    granted: bool
    reference: Word


@dataclass(frozen=True, kw_only=True)
class RecordPayment:
    """The treasury has received a payment, in manats (Art. 29(2))."""

    consignment: ConsignmentId
    amount: Amount
    reference: Word


@dataclass(frozen=True, kw_only=True)
class RecordImmediateExport:
    """The carrier has taken prohibited goods out again, or not, which is the officer's word (Art. 7(1))."""

    consignment: ConsignmentId
    done: bool = True


Command: TypeAlias = (
    LodgeDeclaration | PresentPermit | DecideOnPermit | RecordApproval | RecordPayment | RecordImmediateExport
)
