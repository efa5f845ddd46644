"""A consignment, and the parts of its state, one per author, each folded from that author's events alone."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from contracts.arrival import GoodsCrossed
from contracts.clearance import (
    ClearanceStarted,
    DeclarationAccepted,
    DisposalReferred,
    ImmediateExportDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    PaymentAssessed,
    PaymentReceived,
    ReadyForRelease,
    StorageTermEnded,
    StorageTermEndWithdrawn,
    TemporaryStorageStarted,
)
from contracts.presentation import CheckpointDetermined, GoodsPresented
from contracts.values import Amount, CheckpointCode, ConsignmentId, Instant, ItemNumber, NineDigits, Sum, Text, Word
from law import Due, Layer

Told: TypeAlias = ClearanceStarted | DeclarationAccepted | PaymentAssessed | PaymentReceived | ReadyForRelease
Forbidden: TypeAlias = ImportProhibited | ImportProhibitionWithdrawn
Leaving: TypeAlias = ImmediateExportOrdered | ImmediateExportOrderWithdrawn | ImmediateExportDone
Stored: TypeAlias = TemporaryStorageStarted | StorageTermEnded | DisposalReferred | StorageTermEndWithdrawn
Own: TypeAlias = Told | Forbidden | Leaving | Stored

STORAGE_TERM = "StorageTerm"
"""The deadline at which the term of temporary storage ends."""


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: since when the goods are in the country, and what their papers name."""

    crossed: Instant | None = None
    codes: tuple[NineDigits, ...] = ()


def arrival_said(arrival: Arrival, event: GoodsCrossed) -> Arrival:
    """Of a consignment on several vehicles the crossing that happened first counts, and the goods of all."""
    crossed = min(arrival.crossed, event.crossed) if arrival.crossed else event.crossed
    codes = {*arrival.codes, *(line.code for line in event.goods)}
    return Arrival(crossed=crossed, codes=tuple(sorted(codes)))


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What `presentation` said."""

    checkpoint: CheckpointCode | None = None
    shown: bool = False


def presentation_said(presentation: Presentation, event: CheckpointDetermined | GoodsPresented) -> Presentation:
    match event:
        case CheckpointDetermined(checkpoint=checkpoint):
            return replace(presentation, checkpoint=checkpoint)
        case GoodsPresented():
            return replace(presentation, shown=True)
        case _:
            assert_never(event)


@dataclass(frozen=True, kw_only=True)
class Prohibition:
    """An act, and those of the goods whose import it forbids."""

    act: Word
    citation: Text
    layer: Layer
    codes: tuple[NineDigits, ...]


@dataclass(frozen=True, kw_only=True)
class Storage:
    """Until when the goods may be stored; `ended` is the end of a term that stands as recorded, and not withdrawn."""

    consignment: ConsignmentId
    until: Instant
    ended: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Clearance:
    """What this service itself recorded."""

    started: bool = False
    accepted: Instant | None = None
    codes: tuple[NineDigits, ...] = ()
    items: tuple[ItemNumber, ...] = ()
    assessed: Sum | None = None
    received: tuple[tuple[Word, Amount], ...] = ()
    prohibitions: tuple[Prohibition, ...] = ()
    export_ordered: bool = False
    export_done: bool = False
    exported: Instant | None = None
    storage: Storage | None = None
    due: tuple[tuple[Instant, Word], ...] = ()
    ready: bool = False


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """All that clearance knows of it."""

    arrival: Arrival = Arrival()
    presentation: Presentation = Presentation()
    own: Clearance = Clearance()


def clearance_recorded(own: Clearance, event: Own | Due) -> Clearance:
    match event:
        case ClearanceStarted():
            return replace(own, started=True)
        case DeclarationAccepted(accepted=accepted, items=items):
            numbers = tuple(range(1, len(items) + 1))
            codes = tuple(sorted({item.code for item in items}))
            return replace(own, accepted=accepted, items=numbers, codes=codes)
        case PaymentAssessed(total=total):
            return replace(own, assessed=total)
        case PaymentReceived(reference=reference, amount=amount):
            return replace(own, received=tuple(sorted((*own.received, (reference, amount)))))
        case ReadyForRelease():
            return replace(own, ready=True)
        case _:
            return goods_kept_out(own, event)


def goods_kept_out(own: Clearance, event: Forbidden | Leaving | Stored | Due) -> Clearance:
    match event:
        case ImportProhibited() | ImportProhibitionWithdrawn():
            return replace(own, prohibitions=goods_forbidden(own.prohibitions, event))
        case ImmediateExportOrdered() | ImmediateExportOrderWithdrawn() | ImmediateExportDone():
            return goods_leaving(own, event)
        case _:
            return goods_stored(own, event)


def goods_forbidden(prohibitions: tuple[Prohibition, ...], event: Forbidden) -> tuple[Prohibition, ...]:
    others = tuple(each for each in prohibitions if each.act != event.act)
    codes = {code for each in prohibitions if each.act == event.act for code in each.codes}
    match event:
        case ImportProhibited(act=act, citation=citation, layer=layer):
            joined = Prohibition(act=act, citation=citation, layer=layer, codes=tuple(sorted({*codes, *event.codes})))
            return tuple(sorted((*others, joined), key=lambda each: each.act))
        case ImportProhibitionWithdrawn():
            left = tuple(sorted(codes - set(event.codes)))
            same = (replace(each, codes=left) for each in prohibitions if left and each.act == event.act)
            return tuple(sorted((*others, *same), key=lambda each: each.act))
        case _:
            assert_never(event)


def goods_leaving(own: Clearance, event: Leaving) -> Clearance:
    match event:
        case ImmediateExportOrdered():
            return replace(own, export_ordered=True)
        case ImmediateExportOrderWithdrawn():
            return replace(own, export_ordered=False)
        case ImmediateExportDone(exported=exported):
            due = tuple(each for each in own.due if not left_by(each[0], True, exported))
            return replace(own, export_done=True, exported=exported, due=due)
        case _:
            assert_never(event)


def goods_stored(own: Clearance, event: Stored | Due) -> Clearance:
    match event:
        case TemporaryStorageStarted(consignment=id_, until=until):
            storage = Storage(consignment=id_, until=until, ended=own.storage.ended if own.storage else None)
            pending = not left_by(until, own.export_done, own.exported)
            return replace(own, storage=storage, due=((until, STORAGE_TERM),) if pending else ())
        case StorageTermEnded(consignment=id_, until=until):
            return replace(own, storage=Storage(consignment=id_, until=until, ended=until), due=())
        case DisposalReferred():
            return own  # It rests on the end of the term, and is withdrawn with it.
        case StorageTermEndWithdrawn():
            return replace(own, storage=replace(own.storage, ended=None) if own.storage else None)
        case Due(name=name, instant=instant):
            return replace(own, due=tuple(each for each in own.due if each != (instant, name)))
        case _:
            assert_never(event)


def left_by(until: Instant, done: bool, exported: Instant | None) -> bool:
    """The last instant is in time; where it is not stated when the goods left, they left in time."""
    return done and (exported is None or exported <= until)
