"""What `clearance` writes: what was declared, what is to be paid, what may not come in, and when all is in hand."""

from typing import Literal, TypeAlias

from contracts import amendments, doubts, fates, officers, readiness
from contracts.event import Event, defined_in
from contracts.goods import Document, GoodsItem
from contracts.known import ToBeMatched
from contracts.links import FactsPassedOn
from contracts.parties import Party
from contracts.placements import EVENTS as PLACEMENTS
from contracts.stating import StatementDiffers, Stater
from contracts.values import (
    Agency,
    Amount,
    Company,
    ConsignmentId,
    Country,
    Currency,
    Day,
    Form,
    GoodsCode,
    Instant,
    MovementId,
    Name,
    Number,
    Payment,
    PermitLines,
    Regime,
    Sum,
    Text,
    Word,
)
from law import Finding

TOPIC = "customs.clearance.v1"
NotExported: TypeAlias = Literal["impossible", "not_done"]
"""Why goods that have to leave did not."""
Asked: TypeAlias = Literal["amendment", "correction", "withdrawal"]
"""What is asked of customs concerning a declaration that it has accepted."""


CostBearer: TypeAlias = Literal["article_9_persons", "declarants", "carriers", "other_persons"]


class ClearanceStarted(Event):
    """Customs clearance began then, and with what: with words or other acts by a `provision` that an officer names.

    `declarant` and `principal` say whose documents of Art. 40, words or act it was; a declaration says that itself.
    """

    type: Literal["ClearanceStarted"] = "ClearanceStarted"
    article: Word = "29(1)(1)"
    rule: Word = "C3"
    consignment: ConsignmentId
    trigger: Form
    started: Instant
    provision: Text | None = None
    declarant: Company | None = None
    principal: Company | None = None
    stated_by: Stater | None = None


class ClearanceStartCorrected(Event):
    """Customs clearance began then, and not at `corrects`: what began it was recorded late, or put right since."""

    type: Literal["ClearanceStartCorrected"] = "ClearanceStartCorrected"
    article: Word = "29(1)(1)"
    rule: Word = "C3"
    consignment: ConsignmentId
    trigger: Form
    started: Instant
    corrects: Instant
    provision: Text | None = None
    declarant: Company | None = None
    principal: Company | None = None
    stated_by: Stater | None = None


class _Declares(ToBeMatched):
    """Goods as a declaration has them; `principal` is the one for whom a broker acts, `payments` what it computes.

    `reference` is the declarant's own number of the declaration (LRN), `office` the customs office that it names.
    """

    consignment: ConsignmentId
    declarant: Company
    principal: Company | None = None
    form: Form
    declaration_type: Word | None = None
    office: Word | None = None
    reference: Number | None = None
    previous_documents: tuple[Document, ...] = ()
    dispatched_from: Country | None = None
    destined_for: Country | None = None
    parties: tuple[Party, ...] = ()
    items: tuple[GoodsItem, ...]
    regime: Regime | None = None
    payments: tuple[Payment, ...] = ()


class DeclarationLodged(_Declares):
    """The goods were declared to customs; `lodged` is when."""

    type: Literal["DeclarationLodged"] = "DeclarationLodged"
    article: Word = "29(1)(1)"
    rule: Word = "C3"
    lodged: Instant
    findings: tuple[Finding, ...] = ()
    stated_by: Stater | None = None


class DeclarationRegistered(ToBeMatched):
    """The declaration has this number; `registered` is since when."""

    type: Literal["DeclarationRegistered"] = "DeclarationRegistered"
    article: Word = "31(1)"
    rule: Word = "C8"
    consignment: ConsignmentId
    number: Word
    registered: Instant
    stated_by: Stater | None = None


class RegistrationCorrected(ToBeMatched):
    """The number that was stated to be the declaration's since `corrects` was wrong: it is this, since `registered`."""

    type: Literal["RegistrationCorrected"] = "RegistrationCorrected"
    article: Word = "31(1)"
    rule: Word = "C8"
    consignment: ConsignmentId
    number: Word
    registered: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class RegistrationWithdrawn(ToBeMatched):
    """The declaration did not get this number, as was stated for `withdraws`."""

    type: Literal["RegistrationWithdrawn"] = "RegistrationWithdrawn"
    article: Word = "31(1)"
    rule: Word = "C8"
    consignment: ConsignmentId
    number: Word
    withdraws: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class _Accepts(ToBeMatched):
    """What customs accepted, told as far as it was on record, as is the number of the declaration."""

    article: Word = "20(4)"
    rule: Word = "O18"
    consignment: ConsignmentId
    number: Word | None = None
    declarant: Company | None = None
    principal: Company | None = None
    form: Form | None = None
    declaration_type: Word | None = None
    office: Word | None = None
    reference: Number | None = None
    previous_documents: tuple[Document, ...] = ()
    dispatched_from: Country | None = None
    destined_for: Country | None = None
    parties: tuple[Party, ...] = ()
    items: tuple[GoodsItem, ...] = ()
    regime: Regime | None = None
    accepted: Instant
    stated_by: Stater | None = None


class DeclarationAccepted(_Accepts):
    """Customs accepted the declaration, as it stood then; terms that count from its acceptance begin at `accepted`."""

    type: Literal["DeclarationAccepted"] = "DeclarationAccepted"


class AcceptanceCorrected(_Accepts):
    """Customs did not accept the declaration at `corrects`, as was stated, but at `accepted`, as it stood then."""

    type: Literal["AcceptanceCorrected"] = "AcceptanceCorrected"
    corrects: Instant
    reason: Text | None = None


class AcceptanceWithdrawn(ToBeMatched):
    """Customs did not accept the declaration, as was stated for `withdraws`; what was requested since stays asked."""

    type: Literal["AcceptanceWithdrawn"] = "AcceptanceWithdrawn"
    article: Word = "20(4)"
    rule: Word = "O18"
    consignment: ConsignmentId
    number: Word | None = None
    withdraws: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class DeclarationAmended(_Declares):
    """From `amended` on the goods are declared so, in the place of how they were since `replaces`."""

    type: Literal["DeclarationAmended"] = "DeclarationAmended"
    article: Word = "31(1)"
    rule: Word = "C8"
    number: Word | None = None
    amended: Instant
    replaces: Instant
    reason: Text | None = None
    findings: tuple[Finding, ...] = ()
    stated_by: Stater | None = None


class DeclarationCorrected(_Declares):
    """What was stated to be declared at `corrects` was wrong: it was this, at `lodged`.

    `corrected` is when it was put right, unless an officer did that, or gave leave: after acceptance it takes his.
    """

    type: Literal["DeclarationCorrected"] = "DeclarationCorrected"
    article: Word = "31(1)"
    rule: Word = "C8"
    number: Word | None = None
    lodged: Instant
    corrects: Instant
    corrected: Instant | None = None
    reason: Text | None = None
    findings: tuple[Finding, ...] = ()
    stated_by: Stater | None = None


class DeclarationWithdrawn(ToBeMatched):
    """The declaration that was lodged at `withdraws` stands no longer, from `withdrawn` on."""

    type: Literal["DeclarationWithdrawn"] = "DeclarationWithdrawn"
    article: Word = "31(1)"
    rule: Word = "C8"
    consignment: ConsignmentId
    number: Word | None = None
    withdraws: Instant
    withdrawn: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class DeclarationAmendmentRequested(ToBeMatched):
    """After acceptance customs is asked to let the declaration be amended, corrected or withdrawn, as `asks` says.

    `requested` is when; `replaces` names what is meant by its time. Without a declaration it is to be withdrawn. What
    is `undone` was on record as done, before it was known that customs had accepted by then.
    """

    type: Literal["DeclarationAmendmentRequested"] = "DeclarationAmendmentRequested"
    article: Word = "31(1)"
    rule: Word = "C8"
    consignment: ConsignmentId
    number: Word | None = None
    asks: Asked
    requested: Instant
    replaces: Instant
    declarant: Company | None = None
    principal: Company | None = None
    form: Form | None = None
    declaration_type: Word | None = None
    office: Word | None = None
    reference: Number | None = None
    previous_documents: tuple[Document, ...] | None = None
    dispatched_from: Country | None = None
    destined_for: Country | None = None
    parties: tuple[Party, ...] | None = None
    items: tuple[GoodsItem, ...] | None = None
    regime: Regime | None = None
    payments: tuple[Payment, ...] | None = None
    lodged: Instant | None = None
    undone: bool = False
    reason: Text | None = None
    stated_by: Stater | None = None
    who: Literal["officer"] = "officer"


class DeclarationAmendmentDecided(ToBeMatched):
    """Customs granted what was requested, or did not; what comes of it when granted is said by an event of its own."""

    type: Literal["DeclarationAmendmentDecided"] = "DeclarationAmendmentDecided"
    article: Word = "31(1)"
    rule: Word = "C8"
    consignment: ConsignmentId
    number: Word | None = None
    asks: Asked
    requested: Instant
    granted: bool
    reason: Text | None = None
    decided: Instant
    stated_by: Stater | None = None


class PaymentAssessed(ToBeMatched):
    """The customs payments, computed; excises stand among the taxes. `payments` are what they are made up of.

    `computed` is since when they are due: since what they are computed of was declared and accepted.
    """

    type: Literal["PaymentAssessed"] = "PaymentAssessed"
    article: Word = "29(2)"
    rule: Word = "L9"
    consignment: ConsignmentId
    duties: Sum
    taxes: Sum
    fees: Sum
    total: Sum
    currency: Currency = "TMT"
    payments: tuple[Payment, ...] = ()
    computed: Instant | None = None


class PaymentAssessmentWithdrawn(ToBeMatched):
    """Nothing is computed of the declaration any more: it was withdrawn, `since` then, or its acceptance was.

    With `computed` it is what was said to be due since then that never was; what was computed otherwise stands.
    """

    type: Literal["PaymentAssessmentWithdrawn"] = "PaymentAssessmentWithdrawn"
    article: Word = "29(2)"
    rule: Word = "L9"
    consignment: ConsignmentId
    computed: Instant | None = None
    since: Instant | None = None


class PaymentReceived(Event):
    """A payment came in; `received` is when."""

    type: Literal["PaymentReceived"] = "PaymentReceived"
    article: Word = "29(2)"
    rule: Word = "L9"
    consignment: ConsignmentId
    amount: Amount
    reference: Word
    currency: Currency = "TMT"
    received: Instant | None = None
    stated_by: Stater | None = None


class PaymentReversed(Event):
    """A payment, `reverses`, was paid back, under a reference of its own; `reversed` is when."""

    type: Literal["PaymentReversed"] = "PaymentReversed"
    article: Word = "29(2)"
    rule: Word = "L9"
    consignment: ConsignmentId
    amount: Amount
    reference: Word
    reverses: Word
    currency: Currency = "TMT"
    reversed: Instant
    stated_by: Stater | None = None


class PaymentCorrected(Event):
    """A payment, or the paying back of one, that was stated for `corrects`, is as it stands here, at `received`."""

    type: Literal["PaymentCorrected"] = "PaymentCorrected"
    article: Word = "29(2)"
    rule: Word = "L9"
    consignment: ConsignmentId
    amount: Amount
    reference: Word
    reverses: Word | None = None
    currency: Currency = "TMT"
    received: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class PaymentWithdrawn(Event):
    """No payment, and no paying back of one, was made under this reference, as was stated for `withdraws`."""

    type: Literal["PaymentWithdrawn"] = "PaymentWithdrawn"
    article: Word = "29(2)"
    rule: Word = "L9"
    consignment: ConsignmentId
    reference: Word
    withdraws: Instant
    reason: Text | None = None


class ImportProhibited(ToBeMatched):
    """An act forbids the import of these goods; with `origin`, because they are of that origin (Art. 20(1), L7)."""

    type: Literal["ImportProhibited"] = "ImportProhibited"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    codes: tuple[GoodsCode, ...]
    act: Word
    citation: Text
    origin: Word | None = None
    movement: MovementId | None = None


class ImportProhibitionWithdrawn(ToBeMatched):
    """What was recorded of an act's prohibition does not hold: by a fact that was recorded late another law applies."""

    type: Literal["ImportProhibitionWithdrawn"] = "ImportProhibitionWithdrawn"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    codes: tuple[GoodsCode, ...]
    act: Word
    origin: Word | None = None
    movement: MovementId | None = None


class RestrictionOpened(ToBeMatched):
    """An act lets these goods in only with a permit of this kind; until it is met, their release is withheld.

    With `origin`, because they are of that origin.
    """

    type: Literal["RestrictionOpened"] = "RestrictionOpened"
    article: Word = "7(1) para 3"
    rule: Word = "L5"
    consignment: ConsignmentId
    codes: tuple[GoodsCode, ...]
    permit: Word
    act: Word
    citation: Text
    origin: Word | None = None
    movement: MovementId | None = None


class RestrictionWithdrawn(ToBeMatched):
    """A restriction does not hold: by a fact that was recorded late another law applies."""

    type: Literal["RestrictionWithdrawn"] = "RestrictionWithdrawn"
    article: Word = "7(1) para 3"
    rule: Word = "L5"
    consignment: ConsignmentId
    codes: tuple[GoodsCode, ...]
    permit: Word
    act: Word
    origin: Word | None = None
    movement: MovementId | None = None


class PermitRecorded(Event):
    """A permit was presented; what it lacks (Art. 7(5)) is a finding, and whether it will do is the officer's word."""

    type: Literal["PermitRecorded"] = "PermitRecorded"
    article: Word = "7(5)"
    rule: Word = "K1"
    consignment: ConsignmentId
    permit: Word
    number: Word
    issued_by: Company
    lines: PermitLines
    issued: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    presented: Instant
    findings: tuple[Finding, ...] = ()
    stated_by: Stater | None = None


class PermitCorrected(Event):
    """A permit that was stated to have been presented at `corrects` is as it stands here, and was at `presented`."""

    type: Literal["PermitCorrected"] = "PermitCorrected"
    article: Word = "7(5)"
    rule: Word = "K1"
    consignment: ConsignmentId
    permit: Word
    number: Word
    issued_by: Company
    lines: PermitLines
    issued: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    presented: Instant
    corrects: Instant
    findings: tuple[Finding, ...] = ()
    reason: Text | None = None
    stated_by: Stater | None = None


class PermitWithdrawn(Event):
    """No permit of this number was presented, as was stated for `withdraws`."""

    type: Literal["PermitWithdrawn"] = "PermitWithdrawn"
    article: Word = "7(5)"
    rule: Word = "K1"
    consignment: ConsignmentId
    permit: Word
    number: Word
    withdraws: Instant
    reason: Text | None = None


class PermitReferred(ToBeMatched):
    """A permit goes to the officer with these defects: whether it will do is for him to decide."""

    type: Literal["PermitReferred"] = "PermitReferred"
    article: Word = "7(5)"
    rule: Word = "K1"
    consignment: ConsignmentId
    permit: Word
    number: Word
    findings: tuple[Finding, ...]
    who: Literal["officer"] = "officer"


class PermitReferralWithdrawn(ToBeMatched):
    """There is nothing, or something else, to decide on of a permit: by what was recorded since."""

    type: Literal["PermitReferralWithdrawn"] = "PermitReferralWithdrawn"
    article: Word = "7(5)"
    rule: Word = "K1"
    consignment: ConsignmentId
    permit: Word
    number: Word
    findings: tuple[Finding, ...]


class PermitDecided(ToBeMatched):
    """The officer decided whether a permit with a defect meets the restriction; `decided` is when."""

    type: Literal["PermitDecided"] = "PermitDecided"
    article: Word = "7(5)"
    rule: Word = "K1"
    consignment: ConsignmentId
    permit: Word
    number: Word
    accepted: bool
    decided: Instant | None = None
    stated_by: Stater | None = None


class PermitDecisionCorrected(ToBeMatched):
    """What was recorded for `corrects` of the officer's decision on a permit is as it stands here; he made it then."""

    type: Literal["PermitDecisionCorrected"] = "PermitDecisionCorrected"
    article: Word = "7(5)"
    rule: Word = "K1"
    consignment: ConsignmentId
    permit: Word
    number: Word
    accepted: bool
    decided: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class PermitDecisionWithdrawn(ToBeMatched):
    """The officer made no decision on this permit, as was recorded for `withdraws`."""

    type: Literal["PermitDecisionWithdrawn"] = "PermitDecisionWithdrawn"
    article: Word = "7(5)"
    rule: Word = "K1"
    consignment: ConsignmentId
    permit: Word
    number: Word
    withdraws: Instant
    reason: Text | None = None


class RestrictionSatisfied(Event):
    """The requirement of an act is met for these goods, by this permit; `met` is since when."""

    type: Literal["RestrictionSatisfied"] = "RestrictionSatisfied"
    article: Word = "7(1) para 3"
    rule: Word = "L5"
    consignment: ConsignmentId
    codes: tuple[GoodsCode, ...]
    permit: Word
    number: Word
    act: Word
    met: Instant | None = None


class RestrictionSatisfactionWithdrawn(ToBeMatched):
    """This permit does not meet the requirement for these goods, by what was recorded since it was said to."""

    type: Literal["RestrictionSatisfactionWithdrawn"] = "RestrictionSatisfactionWithdrawn"
    article: Word = "7(1) para 3"
    rule: Word = "L5"
    consignment: ConsignmentId
    codes: tuple[GoodsCode, ...]
    permit: Word
    number: Word
    act: Word


class AgencyApprovalRequested(ToBeMatched):
    """An act puts these goods under a body's control: clearance ends only after its approval.

    `since` is when they were named so first, in papers or in a declaration.
    """

    type: Literal["AgencyApprovalRequested"] = "AgencyApprovalRequested"
    article: Word = "29(2) para 2"
    rule: Word = "C5"
    consignment: ConsignmentId
    agency: Agency
    codes: tuple[GoodsCode, ...]
    act: Word
    citation: Text
    since: Instant | None = None
    movement: MovementId | None = None


class AgencyApprovalRequestWithdrawn(ToBeMatched):
    """A body's control does not apply: by a fact that was recorded late another law does."""

    type: Literal["AgencyApprovalRequestWithdrawn"] = "AgencyApprovalRequestWithdrawn"
    article: Word = "29(2) para 2"
    rule: Word = "C5"
    consignment: ConsignmentId
    agency: Agency
    codes: tuple[GoodsCode, ...]
    act: Word
    since: Instant | None = None
    movement: MovementId | None = None


class AgencyApprovalGranted(ToBeMatched):
    """The body approved."""

    type: Literal["AgencyApprovalGranted"] = "AgencyApprovalGranted"
    article: Word = "29(2) para 2"
    rule: Word = "C5"
    consignment: ConsignmentId
    agency: Agency
    reference: Word
    decided: Instant
    stated_by: Stater | None = None


class AgencyApprovalRefused(ToBeMatched):
    """The body refused: that holds up the end of clearance, and no release."""

    type: Literal["AgencyApprovalRefused"] = "AgencyApprovalRefused"
    article: Word = "29(2) para 2"
    rule: Word = "L10"
    consignment: ConsignmentId
    agency: Agency
    reference: Word
    decided: Instant
    stated_by: Stater | None = None


class AgencyApprovalCorrected(ToBeMatched):
    """The word of a body, under its reference, that was stated for `corrects` is as it stands here; so it decided."""

    type: Literal["AgencyApprovalCorrected"] = "AgencyApprovalCorrected"
    article: Word = "29(2) para 2"
    rule: Word = "C5"
    consignment: ConsignmentId
    agency: Agency
    granted: bool
    reference: Word
    decided: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class AgencyApprovalWithdrawn(ToBeMatched):
    """The body said nothing under this reference, as was stated for `withdraws`: neither that it approves, nor not."""

    type: Literal["AgencyApprovalWithdrawn"] = "AgencyApprovalWithdrawn"
    article: Word = "29(2) para 2"
    rule: Word = "C5"
    consignment: ConsignmentId
    agency: Agency
    reference: Word
    withdraws: Instant
    reason: Text | None = None


class ImmediateExportOrdered(ToBeMatched):
    """Prohibited goods are in the country and have to leave it at once.

    `cost_bearers` are those whose costs customs does not compensate (Art. 7(4)): whoever of them has any bears them.
    `movements` are the vehicles with which they came, where what came with others may stay. Goods that came to be
    prohibited `since` then, when others had left already (`after`), have an order of their own, with `codes` where
    those are of no earlier one.
    """

    type: Literal["ImmediateExportOrdered"] = "ImmediateExportOrdered"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    who: Literal["carrier"] = "carrier"
    cost_bearers: tuple[CostBearer, ...] = ("article_9_persons", "declarants", "carriers", "other_persons")
    movements: tuple[MovementId, ...] | None = None
    after: Instant | None = None
    since: Instant | None = None
    codes: tuple[GoodsCode, ...] | None = None


class ImmediateExportOrderWithdrawn(ToBeMatched):
    """No prohibition is left that the order to take the goods out, or that `after` others had left, could rest on."""

    type: Literal["ImmediateExportOrderWithdrawn"] = "ImmediateExportOrderWithdrawn"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    movements: tuple[MovementId, ...] | None = None
    after: Instant | None = None


class ImmediateExportDone(Event):
    """The goods were taken out again; `exported` is when."""

    type: Literal["ImmediateExportDone"] = "ImmediateExportDone"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    exported: Instant | None = None
    stated_by: Stater | None = None


class ImmediateExportNotDone(Event):
    """The goods could not be taken out at once, or were not, by `stated`; where they are placed is told by itself."""

    type: Literal["ImmediateExportNotDone"] = "ImmediateExportNotDone"
    article: Word = "7(1) para 2"
    rule: Word = "L3"
    consignment: ConsignmentId
    why: NotExported = "not_done"
    stated: Instant
    stated_by: Stater | None = None


class ImmediateExportCorrected(Event):
    """What was stated of the goods' leaving for `corrects` is as it stands here: they left at `exported`, or not."""

    type: Literal["ImmediateExportCorrected"] = "ImmediateExportCorrected"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    done: bool
    why: NotExported | None = None
    exported: Instant
    corrects: Instant
    reason: Text | None = None
    stated_by: Stater | None = None


class ImmediateExportWithdrawn(Event):
    """What was stated for `withdraws` never was: that the goods left, or that they did not."""

    type: Literal["ImmediateExportWithdrawn"] = "ImmediateExportWithdrawn"
    article: Word = "7(1)"
    rule: Word = "L2"
    consignment: ConsignmentId
    withdraws: Instant
    reason: Text | None = None


class TemporaryStorageStarted(ToBeMatched):
    """Prohibited goods that did not leave at once are stored since they were placed, or crossed, if that was later.

    `instead_of` is the end of the term stated before.

    `codes` where some of the goods are meant; `act` sets the term for these, and with `origin` for those of it alone.
    """

    type: Literal["TemporaryStorageStarted"] = "TemporaryStorageStarted"
    article: Word = "7(1) para 2"
    rule: Word = "L3"
    consignment: ConsignmentId
    place: Name | None = None
    started: Instant
    until: Instant
    cost_bearer: Literal["article_9_persons"] = "article_9_persons"
    instead_of: Instant | None = None
    act: Word | None = None
    citation: Text | None = None
    codes: tuple[GoodsCode, ...] | None = None
    origin: Word | None = None


class StorageTermWithdrawn(ToBeMatched):
    """The term that ends at `until` does not hold for these goods, or for all: by what is known now it is another."""

    type: Literal["StorageTermWithdrawn"] = "StorageTermWithdrawn"
    article: Word = "7(1) para 2"
    rule: Word = "L3"
    consignment: ConsignmentId
    until: Instant
    act: Word | None = None
    codes: tuple[GoodsCode, ...] | None = None
    origin: Word | None = None


class StorageTermEnded(ToBeMatched):
    """The goods are still there at the end of their term of temporary storage, `until`, which is when it happened.

    `codes` where some of the goods are meant; `act` and `origin` as where the term was stated.
    """

    type: Literal["StorageTermEnded"] = "StorageTermEnded"
    article: Word = "7(1) para 2"
    rule: Word = "L3"
    consignment: ConsignmentId
    until: Instant
    act: Word | None = None
    citation: Text | None = None
    codes: tuple[GoodsCode, ...] | None = None
    origin: Word | None = None


class DisposalReferred(ToBeMatched):
    """The goods are to be disposed of after their term, which is for an officer to see to: nothing is computed.

    All that have to leave, or those of these `codes`, with `origin` those of it alone.
    """

    type: Literal["DisposalReferred"] = "DisposalReferred"
    article: Word = "7(1) para 2"
    rule: Word = "L4"
    consignment: ConsignmentId
    until: Instant
    who: Literal["officer"] = "officer"
    codes: tuple[GoodsCode, ...] | None = None
    origin: Word | None = None


class StorageTermEndWithdrawn(ToBeMatched):
    """The end of the term at `until` does not hold, nor what rested on it: a fact recorded late shows it otherwise."""

    type: Literal["StorageTermEndWithdrawn"] = "StorageTermEndWithdrawn"
    article: Word = "7(1) para 2"
    rule: Word = "L3"
    consignment: ConsignmentId
    until: Instant
    withdraws: tuple[Word, ...] = ("DisposalReferred", "StorageTermEnded")
    act: Word | None = None
    codes: tuple[GoodsCode, ...] | None = None
    origin: Word | None = None


BESIDE = (*amendments.EVENTS, *doubts.EVENTS, *fates.EVENTS, *officers.EVENTS, *readiness.EVENTS, *PLACEMENTS)
"""Those of matters that have a file of their own."""
EVENTS: tuple[type[Event], ...] = (*defined_in(__name__), *BESIDE, StatementDiffers, FactsPassedOn)
