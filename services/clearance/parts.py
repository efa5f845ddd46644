"""A consignment, and the parts of its state, one per author, each folded from that author's events alone."""

from dataclasses import dataclass
from typing import assert_never

from contracts.arrival import Chapter8NotApplicable, ExemptionLost, GoodsCrossed
from contracts.measures import Measure
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn, GoodsPresented
from contracts.replacing import replace
from contracts.values import (
    Agency,
    Amount,
    CheckpointCode,
    Company,
    ConsignmentId,
    Country,
    Exemption,
    GoodsItem,
    Instant,
    ItemNumber,
    MovementId,
    NineDigits,
    PermitLines,
    Sum,
    Text,
    Word,
)
from law import Finding, Layer

STORAGE_TERM = "StorageTerm"
"""The deadline at which the term of temporary storage ends."""


@dataclass(frozen=True, kw_only=True)
class Goods:
    """Goods as the measures of an act see them."""

    code: NineDigits
    origin: Country | None = None


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: since when the goods are in the country, with what, and what their papers name.

    `exempt` are the movements to which the chapter on arrival does not apply, `lost` those to which it does after all.
    """

    crossed: Instant | None = None
    movements: tuple[MovementId, ...] = ()
    goods: tuple[Goods, ...] = ()
    exempt: tuple[tuple[MovementId, Exemption], ...] = ()
    lost: tuple[MovementId, ...] = ()


def arrival_said(arrival: Arrival, event: GoodsCrossed | Chapter8NotApplicable | ExemptionLost) -> Arrival:
    """Of a consignment on several vehicles the crossing that happened first counts, and the goods of all."""
    match event:
        case GoodsCrossed():
            crossed = min(arrival.crossed, event.crossed) if arrival.crossed else event.crossed
            goods = {*arrival.goods, *(Goods(code=line.code, origin=line.origin) for line in event.goods)}
            movements = tuple(sorted({*arrival.movements, event.movement}))
            return replace(arrival, crossed=crossed, movements=movements, goods=tuple(sorted(goods, key=repr)))
        case Chapter8NotApplicable(movement=movement, exemption=exemption):
            return replace(arrival, exempt=tuple(sorted({*arrival.exempt, (movement or "", exemption)})))
        case ExemptionLost(movement=movement):
            return replace(arrival, lost=tuple(sorted({*arrival.lost, movement or ""})))
        case _:
            assert_never(event)


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What `presentation` said."""

    checkpoint: CheckpointCode | None = None
    shown: bool = False


def presentation_said(
    presentation: Presentation, event: CheckpointDetermined | CheckpointWithdrawn | GoodsPresented
) -> Presentation:
    match event:
        case CheckpointDetermined(checkpoint=checkpoint):
            return replace(presentation, checkpoint=checkpoint)
        case CheckpointWithdrawn():
            return replace(presentation, checkpoint=None)
        case GoodsPresented():
            return replace(presentation, shown=True)
        case _:
            assert_never(event)


@dataclass(frozen=True, kw_only=True)
class Permit:
    """A permit as it was presented last."""

    kind: Word
    number: Word
    issued_by: Company
    lines: PermitLines
    at: Instant


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The officer's last word on a permit."""

    kind: Word
    number: Word
    accepted: bool
    at: Instant


@dataclass(frozen=True, kw_only=True)
class Referral:
    """A permit that waits for the officer, and its defects."""

    kind: Word
    number: Word
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Satisfied:
    """Goods for which the requirement of an act is met, and by which permit."""

    act: Word
    layer: Layer
    kind: Word
    number: Word
    code: NineDigits


@dataclass(frozen=True, kw_only=True)
class Approval:
    """A body's last word."""

    agency: Agency
    granted: bool
    reference: Word
    at: Instant


@dataclass(frozen=True, kw_only=True)
class Storage:
    """Since when goods are stored, by the first statement that they did not leave."""

    consignment: ConsignmentId
    started: Instant


@dataclass(frozen=True, kw_only=True)
class StorageTerm:
    """Until when goods may be stored: those of these codes or, without any, all that have to leave.

    `act` sets the term, and the Code where there is none; with `origin` it does so for goods of that origin.
    """

    until: Instant
    act: Word | None = None
    citation: Text | None = None
    layer: Layer = "code"
    origin: Country | None = None
    codes: tuple[NineDigits, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """What this service itself recorded.

    `ready` are the items of which that was said; `ready_as_a_whole` is said of goods that were declared without any.
    `ended` are the terms of storage whose end stands as recorded, and is not withdrawn.
    """

    started: bool = False
    accepted: Instant | None = None
    items: tuple[GoodsItem, ...] = ()
    assessed: Sum | None = None
    received: tuple[tuple[Word, Amount], ...] = ()
    prohibitions: tuple[Measure, ...] = ()
    restrictions: tuple[Measure, ...] = ()
    controls: tuple[Measure, ...] = ()
    permits: tuple[Permit, ...] = ()
    decisions: tuple[Decision, ...] = ()
    referrals: tuple[Referral, ...] = ()
    satisfied: tuple[Satisfied, ...] = ()
    approvals: tuple[Approval, ...] = ()
    export_ordered: bool = False
    export_done: bool = False
    exported: Instant | None = None
    storage: Storage | None = None
    terms: tuple[StorageTerm, ...] = ()
    ended: tuple[StorageTerm, ...] = ()
    due: tuple[tuple[Instant, Word], ...] = ()
    ready: tuple[ItemNumber, ...] = ()
    ready_as_a_whole: bool = False


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """All that clearance knows of it."""

    arrival: Arrival = Arrival()
    presentation: Presentation = Presentation()
    own: Clearance = Clearance()
