"""What `clearance` writes: what was declared, what is to be paid, what may not come in, and when all is in hand."""

from typing import Literal

from contracts.event import Event
from contracts.values import (
    Amount,
    Company,
    ConsignmentId,
    Currency,
    Form,
    GoodsItem,
    Instant,
    ItemNumber,
    NineDigits,
    Regime,
    Sum,
    Text,
    Word,
)
from law import Finding, Layer

TOPIC = "customs.clearance.v1"


class ClearanceStarted(Event):
    """Customs clearance began, and with what."""

    type: Literal["ClearanceStarted"] = "ClearanceStarted"
    article: Word = "29(1)(1)"
    consignment: ConsignmentId
    trigger: Form


class DeclarationAccepted(Event):
    """The goods were declared. `principal` is the one for whom a broker acts."""

    type: Literal["DeclarationAccepted"] = "DeclarationAccepted"
    article: Word = "31(1)"
    consignment: ConsignmentId
    declarant: Company
    principal: Company | None = None
    form: Form
    items: tuple[GoodsItem, ...]
    regime: Regime | None = None
    accepted: Instant
    findings: tuple[Finding, ...] = ()


class PaymentAssessed(Event):
    """The customs payments, computed; excises stand among the taxes."""

    type: Literal["PaymentAssessed"] = "PaymentAssessed"
    article: Word = "5(1)(18)"
    consignment: ConsignmentId
    duties: Sum
    taxes: Sum
    fees: Sum
    total: Sum
    currency: Currency = "TMT"


class PaymentReceived(Event):
    """A payment came in."""

    type: Literal["PaymentReceived"] = "PaymentReceived"
    article: Word = "29(2)"
    consignment: ConsignmentId
    amount: Amount
    reference: Word
    currency: Currency = "TMT"


class ImportProhibited(Event):
    """An act forbids the import of these goods."""

    type: Literal["ImportProhibited"] = "ImportProhibited"
    article: Word = "7(1)"
    consignment: ConsignmentId
    codes: tuple[NineDigits, ...]
    act: Word
    citation: Text
    layer: Layer


class ImportProhibitionWithdrawn(Event):
    """What was recorded of an act's prohibition does not hold: by a fact that was recorded late another law applies."""

    type: Literal["ImportProhibitionWithdrawn"] = "ImportProhibitionWithdrawn"
    article: Word = "7(1)"
    consignment: ConsignmentId
    codes: tuple[NineDigits, ...]
    act: Word


class ImmediateExportOrdered(Event):
    """Prohibited goods are in the country and have to leave it at once."""

    type: Literal["ImmediateExportOrdered"] = "ImmediateExportOrdered"
    article: Word = "7(1)"
    consignment: ConsignmentId
    who: Literal["carrier"] = "carrier"


class ImmediateExportOrderWithdrawn(Event):
    """No prohibition is left that the order to take the goods out could rest on."""

    type: Literal["ImmediateExportOrderWithdrawn"] = "ImmediateExportOrderWithdrawn"
    article: Word = "7(1)"
    consignment: ConsignmentId


class ImmediateExportDone(Event):
    """The goods were taken out again; `exported` is when."""

    type: Literal["ImmediateExportDone"] = "ImmediateExportDone"
    article: Word = "7(1)"
    consignment: ConsignmentId
    exported: Instant | None = None


class TemporaryStorageStarted(Event):
    """Prohibited goods that did not leave at once are stored; `instead_of` is the end of the term stated before."""

    type: Literal["TemporaryStorageStarted"] = "TemporaryStorageStarted"
    article: Word = "7(1) para 2"
    consignment: ConsignmentId
    started: Instant
    until: Instant
    cost_bearer: Literal["article_9_persons"] = "article_9_persons"
    instead_of: Instant | None = None


class StorageTermEnded(Event):
    """The goods are still there at the end of their term of temporary storage, `until`, which is when it happened."""

    type: Literal["StorageTermEnded"] = "StorageTermEnded"
    article: Word = "7(1) para 2"
    consignment: ConsignmentId
    until: Instant


class DisposalReferred(Event):
    """The goods are to be disposed of after their term, which is for an officer to see to: nothing is computed."""

    type: Literal["DisposalReferred"] = "DisposalReferred"
    article: Word = "7(1) para 2"
    consignment: ConsignmentId
    until: Instant
    who: Literal["officer"] = "officer"


class StorageTermEndWithdrawn(Event):
    """The end of the term at `until` does not hold, nor what rested on it: a fact recorded late shows it otherwise."""

    type: Literal["StorageTermEndWithdrawn"] = "StorageTermEndWithdrawn"
    article: Word = "7(1) para 2"
    consignment: ConsignmentId
    until: Instant
    withdraws: tuple[Word, ...] = ("DisposalReferred", "StorageTermEnded")


class ReadyForRelease(Event):
    """These items can be released; the article is that of a release, for payments belong to the end of clearance."""

    type: Literal["ReadyForRelease"] = "ReadyForRelease"
    article: Word = "5(1)(20)"
    consignment: ConsignmentId
    items: tuple[ItemNumber, ...]


EVENTS: tuple[type[Event], ...] = (
    ClearanceStarted,
    DeclarationAccepted,
    PaymentAssessed,
    PaymentReceived,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImmediateExportDone,
    TemporaryStorageStarted,
    StorageTermEnded,
    DisposalReferred,
    StorageTermEndWithdrawn,
    ReadyForRelease,
)
