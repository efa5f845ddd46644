"""What this service recorded of the storage of goods: its terms and their ends, each folded event by event."""

from typing import TypeAlias, assert_never

from clearance.parts import STORAGE_TERM, Clearance, Storage, StorageTerm
from contracts.clearance import (
    DisposalReferred,
    StorageTermEnded,
    StorageTermEndWithdrawn,
    StorageTermWithdrawn,
    TemporaryStorageStarted,
)
from contracts.measures import in_order
from contracts.replacing import replace
from contracts.values import Instant
from law import Due

Said: TypeAlias = TemporaryStorageStarted | StorageTermWithdrawn | StorageTermEnded | StorageTermEndWithdrawn
Stored: TypeAlias = Said | DisposalReferred


def goods_stored(own: Clearance, event: Stored | Due) -> Clearance:
    match event:
        case TemporaryStorageStarted():
            return term_begun(own, event)
        case StorageTermWithdrawn():
            return still_due(replace(own, terms=without_term(own.terms, term_said(event))))
        case StorageTermEnded(until=until):
            return fired(replace(own, ended=with_term(own.ended, term_said(event))), until, STORAGE_TERM)
        case DisposalReferred():
            return own  # It rests on the end of the term, and is withdrawn with it.
        case StorageTermEndWithdrawn():
            return replace(own, ended=without_term(own.ended, term_said(event)))
        case Due(name=name, instant=instant):
            return fired(own, instant, name)
        case _:
            assert_never(event)


def term_begun(own: Clearance, event: TemporaryStorageStarted) -> Clearance:
    """A term that ends with another one has its deadline, pending or fired."""
    term = term_said(event)
    started = min(own.storage.started, event.started) if own.storage else event.started
    before = without_term(own.terms, replace(term, until=event.instead_of)) if event.instead_of else own.terms
    shared = event.until in {each.until for each in own.terms}
    due = own.due if shared else tuple(sorted((*own.due, (event.until, STORAGE_TERM))))
    storage = Storage(consignment=event.consignment, started=started)
    return still_due(replace(own, storage=storage, terms=with_term(before, term), due=due))


def still_due(own: Clearance) -> Clearance:
    """Without the deadlines of terms that hold no more, or within which the goods left."""
    ends = {each.until for each in own.terms if not left_by(each.until, own.export_done, own.exported)}
    return replace(own, due=tuple(each for each in own.due if each[0] in ends))


def fired(own: Clearance, instant: Instant, name: str) -> Clearance:
    return replace(own, due=tuple(each for each in own.due if each != (instant, name)))


def left_by(until: Instant, done: bool, exported: Instant | None) -> bool:
    """The last instant is in time; where it is not stated when the goods left, they left in time."""
    return done and (exported is None or exported <= until)


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


def with_term(terms: tuple[StorageTerm, ...], said: StorageTerm) -> tuple[StorageTerm, ...]:
    """One for each act, origin and end, with the goods that it is for by now; one for all goods stands by itself."""
    same = tuple(each for each in terms if _alike(each, said))
    codes = {code for each in (*same, said) for code in each.codes}
    return in_order((*(each for each in terms if each not in same), replace(said, codes=tuple(sorted(codes)))))


def without_term(terms: tuple[StorageTerm, ...], said: StorageTerm) -> tuple[StorageTerm, ...]:
    return in_order(less(terms, (said,)))


def less(terms: tuple[StorageTerm, ...], others: tuple[StorageTerm, ...]) -> tuple[StorageTerm, ...]:
    """What is in these and not in the others: of a term, its goods that no other one like it is for."""
    left = []
    for each in terms:
        same = [other for other in others if _alike(each, other)]
        there = {code for other in same for code in other.codes}
        codes = tuple(code for code in each.codes if code not in there)
        if codes or not same:
            left.append(replace(each, codes=codes))
    return tuple(left)


def _alike(one: StorageTerm, other: StorageTerm) -> bool:
    """Whether they are one term but for the goods; one for all goods is like no term for some."""
    return (one.act, one.origin, one.until, not one.codes) == (other.act, other.origin, other.until, not other.codes)
