"""Prohibited goods that did not leave at once: their temporary storage, its terms, and what comes after them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from clearance.export import Export, left_by, that_left
from clearance.placement import Begun, Placements, begun, that_have_to_leave
from clearance.storage_terms import StorageTerm, less, with_term, without_term
from clearance.upstream import Arrival, Goods, Presentation
from contracts.clearance import (
    DisposalReferred,
    ImmediateExportCorrected,
    ImmediateExportDone,
    StorageTermEnded,
    StorageTermEndWithdrawn,
    StorageTermWithdrawn,
    TemporaryStorageStarted,
)
from contracts.declarations import Declared
from contracts.measures import Measures
from contracts.statements import first
from contracts.values import ConsignmentId, Instant, MovementId
from decider import Due, Input, Matter, OpenPoint, Stream, each_changed, opens, replace
from law import terms
from law.act import STORAGE
from law.calendar import term_ends
from law.rule import Fact, Happened, rule
from law.rulebook import loaded, term_of

STORAGE_TERM = "StorageTerm"
"""The deadline at which the term of temporary storage ends."""

Said: TypeAlias = TemporaryStorageStarted | StorageTermWithdrawn | StorageTermEnded | StorageTermEndWithdrawn
Stored: TypeAlias = Said | DisposalReferred


@dataclass(frozen=True, kw_only=True)
class Storage:
    """Until when goods may be stored, since they were placed first.

    `ended` are the terms whose end stands as recorded, and is not withdrawn; `fired` are the ends that have passed.
    """

    terms: tuple[StorageTerm, ...] = ()
    ended: tuple[StorageTerm, ...] = ()
    fired: tuple[Instant, ...] = ()


@rule()
def goods_are_stored(
    asked: Stream,
    arrival: Arrival,
    declared: Declared,
    measures: Measures,
    placements: Placements,
    storage: Storage,
) -> list[Stored]:
    """Art. 7(1) para 2 [L3]: what cannot leave at once, or did not, is stored for a term, and the Art. 9 persons pay.

    The term runs from the placement, which is the officer's statement and counts whether or not the prohibition and
    the crossing are on record by then, and not before the goods have crossed. Of several the one that happened first
    begins it. The terms are as they follow from all that is known of the goods; what was found of other goods, or
    rests on no placement any more, is withdrawn.
    """
    if not placements.stated:
        return []
    stored = begun(arrival, declared, measures, placements)
    return terms_stated(asked.id, stored, terms_that_hold(stored, whole(arrival, declared, measures, stored)), storage)


def whole(arrival: Arrival, declared: Declared, measures: Measures, stored: Sequence[Begun]) -> bool:
    """Whether all that have to leave are stored."""
    return len(stored) == max(1, len([*that_have_to_leave(arrival, declared, measures)]))


@rule()
def three_days_or_as_an_act_sets(of: Fact, goods: Goods | None) -> StorageTerm | None:
    """Art. 7(1) para 2 [L3]: the term is three days, unless an act sets another for goods of that code and origin.

    By the law of the day on which the storage began, as it was known when that and the goods were on record.
    """
    dates = {"occurred": of.occurred, "recorded": of.recorded}
    found = goods and term_of(STORAGE, goods.code, origin=goods.origin, area=goods.area, acts=loaded(), **dates)
    if not goods or not found:
        return StorageTerm(until=terms.ends(terms.TEMPORARY_STORAGE, **dates), codes=(goods.code,) if goods else ())
    act, row = found
    return StorageTerm(
        until=term_ends(of.occurred, row.count, row.unit),
        act=act.id,
        citation=act.citation,
        layer=act.layer,
        origin=None if row.origin == "*" else row.origin,
        codes=(goods.code,),
    )


def terms_that_hold(stored: Sequence[Begun], whole: bool) -> tuple[StorageTerm, ...]:
    """One of the Code's for all where no act sets another for any, and all are stored since one day."""
    found = tuple[StorageTerm, ...]()
    for each in stored:
        if term := three_days_or_as_an_act_sets(each.fact, each.goods):
            found = with_term(found, term)
    if len(found) != 1 or found[0].act or not whole:
        return found
    return (replace(found[0], codes=()),)


def terms_stated(
    id_: ConsignmentId, stored: Sequence[Begun], hold: tuple[StorageTerm, ...], storage: Storage
) -> list[Stored]:
    """What begins anew stands before what is withdrawn, so that a deadline that both have stays as it is."""
    gone, found = [*less(storage.terms, hold)], list[Stored]()
    for term in less(hold, storage.terms):
        same = [each for each in gone if (each.act, each.origin, each.codes) == (term.act, term.origin, term.codes)]
        gone = [each for each in gone if each not in same]
        of_it = next(each for each in stored if not term.codes or (each.goods and each.goods.code in term.codes))
        found.append(term_begins(id_, of_it, term, same[0].until if same else None))
    return [*found, *(does_not_hold(StorageTermWithdrawn, id_, each) for each in gone)]


def term_begins(
    id_: ConsignmentId, of: Begun, term: StorageTerm, instead_of: Instant | None
) -> TemporaryStorageStarted:
    return TemporaryStorageStarted(
        layer=term.layer,
        consignment=id_,
        place=of.place,
        started=of.fact.occurred,
        until=term.until,
        instead_of=instead_of,
        act=term.act,
        citation=term.citation,
        codes=term.codes or None,
        origin=term.origin,
    )


def does_not_hold(
    which: type[StorageTermWithdrawn] | type[StorageTermEndWithdrawn], id_: ConsignmentId, term: StorageTerm
) -> StorageTermWithdrawn | StorageTermEndWithdrawn:
    """Of a term, that it was stated, or that its end was found: by what is known now it was not to be."""
    return which(
        layer=term.layer,
        consignment=id_,
        until=term.until,
        act=term.act,
        codes=term.codes or None,
        origin=term.origin,
    )


@rule(otherwise=True)
def term_is_kept(_: Fact, until: Instant, *, fired: bool, left: Instant | None, now: Instant) -> bool:
    """Art. 7(1) para 2 [L3]: goods that have to leave do so within the term, its last instant included.

    That they left is measured by when it occurred, whenever it was recorded; that they did not is known only once the
    term has passed, by the deadline or by what is recorded after it.
    """
    has_passed = fired or until < now
    return not has_passed or (left is not None and left <= until)


@rule(by="officer")
def disposal_is_referred(id_: ConsignmentId, term: StorageTerm) -> DisposalReferred:
    """Art. 7(1) para 2 [L4]: after the term the goods are disposed of, under a chapter that is not in the source.

    So the officer is told, and no clock runs.
    """
    until = term.until
    return DisposalReferred(occurred=until, consignment=id_, until=until, codes=term.codes or None, origin=term.origin)


def ends_of_terms(
    asked: Input[object], measures: Measures, export: Export, placements: Placements, storage: Storage
) -> list[Stored]:
    """The ends of terms as they follow from all that is known; what was found too early is withdrawn."""
    stay, now = first(placements.standing), asked.recorded
    began = Happened(stay.at, stay.known) if stay and export.ordered else None
    past = [each for each in storage.terms if began and not is_kept(each, began, measures, export, storage, now)]
    events = each_changed(
        past,
        storage.ended,
        begins=lambda term: (term_ended(asked.id, term), disposal_is_referred(asked.id, term)),
        ends=lambda term: (does_not_hold(StorageTermEndWithdrawn, asked.id, term),),
        less=less,
    )
    return [event for several in events for event in several]


def is_kept(term: StorageTerm, began: Fact, measures: Measures, export: Export, storage: Storage, now: Instant) -> bool:
    gone = that_left(term.codes, measures, export)
    left = (gone.at or term.until) if gone else None  # Recorded without its time, it was in time.
    return term_is_kept(began, term.until, fired=term.until in storage.fired, left=left, now=now)


def term_ended(id_: ConsignmentId, term: StorageTerm) -> StorageTermEnded:
    return StorageTermEnded(
        layer=term.layer,
        occurred=term.until,
        consignment=id_,
        until=term.until,
        act=term.act,
        citation=term.citation,
        codes=term.codes or None,
        origin=term.origin,
    )


def pending(storage: Storage, measures: Measures, export: Export) -> Iterator[tuple[Instant, str]]:
    """The ends of terms that hold, but of those within which the goods left."""
    for term in storage.terms:
        if term.until not in storage.fired and not left_by(term.until, term.codes, measures, export):
            yield term.until, STORAGE_TERM


def recorded(storage: Storage, event: Stored | Due) -> Storage:
    match event:
        case TemporaryStorageStarted():
            return term_begun(storage, event)
        case StorageTermWithdrawn():
            return replace(storage, terms=without_term(storage.terms, term_said(event)))
        case StorageTermEnded(until=until):
            return fired(replace(storage, ended=with_term(storage.ended, term_said(event))), until)
        case DisposalReferred():
            return storage  # It rests on the end of the term, and is withdrawn with it.
        case StorageTermEndWithdrawn():
            return replace(storage, ended=without_term(storage.ended, term_said(event)))
        case Due(instant=instant):
            return fired(storage, instant)
        case _:
            assert_never(event)


def goods_left(storage: Storage, event: ImmediateExportDone | ImmediateExportCorrected) -> Storage:
    """An end within which they left counts as one that has not passed, whichever was recorded first."""
    if isinstance(event, ImmediateExportCorrected) and not event.done:
        return storage
    left = event.exported
    return replace(storage, fired=tuple(until for until in storage.fired if left is not None and until < left))


def term_begun(storage: Storage, event: TemporaryStorageStarted) -> Storage:
    """A term that ends with another one has its deadline, pending or fired; one by itself has one that is pending."""
    term = term_said(event)
    before = storage.terms
    if event.instead_of:
        before = without_term(before, replace(term, until=event.instead_of))
    shared = event.until in {each.until for each in storage.terms}
    left = storage.fired if shared else tuple(each for each in storage.fired if each != event.until)
    return replace(storage, terms=with_term(before, term), fired=left)


def fired(storage: Storage, until: Instant) -> Storage:
    return replace(storage, fired=tuple(sorted({*storage.fired, until})))


def term_said(event: Said) -> StorageTerm:
    """The term that an event speaks of."""
    return StorageTerm(
        until=event.until,
        act=event.act,
        citation=getattr(event, "citation", None),
        layer=event.layer,
        origin=event.origin,
        codes=event.codes or (),
    )


@opens("RecordImmediateExport")
def leaving(
    arrival: Arrival, presentation: Presentation, measures: Measures, export: Export, storage: Storage
) -> Iterator[OpenPoint]:
    """To leave is the carrier's and, after their term, to dispose of goods only the officer's (`disposal`)."""
    if not export.ordered or export.done:
        return
    waiting, here = (
        export.exports.waiting,
        [each for each in storage.terms if not that_left(each.codes, measures, export)],
    )
    runs = less(here, storage.ended)
    if runs or not here:
        until = min((each.until for each in runs), default=None)
        yield OpenPoint(
            act="RecordImmediateExport", who="carrier", article="7(1)", place=presentation.checkpoint,
            since=min((each.since for each in waiting), default=came_with(arrival, export.movements)), until=until,
        )  # fmt: skip


def came_with(arrival: Arrival, movements: tuple[MovementId, ...]) -> Instant | None:
    """When the first of these vehicles crossed; without any, the first of all."""
    return min((each.at for each in arrival.crossings if not movements or each.movement in movements), default=None)


MATTER = Matter(
    folds=(recorded, goods_left),
    follows=(goods_are_stored, ends_of_terms),
    open_points=(leaving,),
    due=(pending,),
)
