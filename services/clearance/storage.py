"""Prohibited goods that did not leave at once: their temporary storage, its terms, and what comes after them."""

from clearance.measures import goods_of, may_come_in
from clearance.parts import STORAGE_TERM, Clearance, Consignment, Goods, StorageTerm
from clearance.recorded import Own
from clearance.stored import less, with_term
from contracts.clearance import (
    DisposalReferred,
    StorageTermEnded,
    StorageTermEndWithdrawn,
    StorageTermWithdrawn,
    TemporaryStorageStarted,
)
from contracts.values import ConsignmentId, Instant
from law import terms
from law.act import STORAGE
from law.calendar import term_ends
from law.rulebook import loaded, term_of


def goods_are_stored(id_: ConsignmentId, occurred: Instant, recorded: Instant, consignment: Consignment) -> list[Own]:
    """Art. 7(1) para 2 [L3]: what cannot leave at once, or did not, is stored for a term, and the Art. 9 persons pay.

    That it cannot or did not is the officer's statement. Of several the one that happened first begins the term, and
    it is recorded whether or not the prohibition and the crossing are on record by then.
    """
    stored = consignment.own.storage
    started = min(stored.started, occurred) if stored else occurred
    return terms_stated(id_, started, terms_that_hold(consignment, started, recorded), consignment.own)


def three_days_or_as_an_act_sets(goods: Goods, occurred: Instant, recorded: Instant) -> StorageTerm:
    """Art. 7(1) para 2 [L3]: the term is three days, unless an act sets another for goods of that code and origin.

    By the law of the day on which the storage began, as it is known by now.
    """
    acts = loaded()
    found = term_of(STORAGE, goods.code, origin=goods.origin, occurred=occurred, recorded=recorded, acts=acts)
    if found is None:
        until = terms.ends(terms.TEMPORARY_STORAGE, occurred=occurred, recorded=recorded)
        return StorageTerm(until=until, codes=(goods.code,))
    act, row = found
    return StorageTerm(
        until=term_ends(occurred, row.count, row.unit),
        act=act.id,
        citation=act.citation,
        layer=act.layer,
        origin=None if row.origin == "*" else goods.origin,
        codes=(goods.code,),
    )


def terms_that_hold(consignment: Consignment, occurred: Instant, recorded: Instant) -> tuple[StorageTerm, ...]:
    """Of the goods that may not come in, as far as they are known; the Code's for all where no act sets another."""
    own, found = consignment.own, tuple[StorageTerm, ...]()
    for each in goods_of(consignment):
        if not may_come_in(own, each):
            found = with_term(found, three_days_or_as_an_act_sets(each, occurred, recorded))
    if any(each.act for each in found):
        return found
    return (StorageTerm(until=terms.ends(terms.TEMPORARY_STORAGE, occurred=occurred, recorded=recorded)),)


def terms_of_storage(id_: ConsignmentId, consignment: Consignment, recorded: Instant) -> list[Own]:
    """The terms as they follow from all that is known of the goods; what was stated of other goods is withdrawn."""
    stored = consignment.own.storage
    if stored is None:
        return []
    return terms_stated(id_, stored.started, terms_that_hold(consignment, stored.started, recorded), consignment.own)


def terms_stated(id_: ConsignmentId, started: Instant, hold: tuple[StorageTerm, ...], own: Clearance) -> list[Own]:
    """What begins anew stands before what is withdrawn, so that a deadline that both have stays as it is."""
    gone, found = [*less(own.terms, hold)], list[Own]()
    for term in less(hold, own.terms):
        same = [each for each in gone if (each.act, each.origin, each.codes) == (term.act, term.origin, term.codes)]
        gone = [each for each in gone if each not in same]
        found.append(term_begins(id_, started, term, same[0].until if same else None))
    return [*found, *(does_not_hold(StorageTermWithdrawn, id_, each) for each in gone)]


def term_begins(id_: ConsignmentId, started: Instant, term: StorageTerm, instead_of: Instant | None) -> Own:
    return TemporaryStorageStarted(
        layer=term.layer,
        consignment=id_,
        started=started,
        until=term.until,
        instead_of=instead_of,
        act=term.act,
        citation=term.citation,
        codes=term.codes or None,
        origin=term.origin,
    )


def does_not_hold(
    which: type[StorageTermWithdrawn] | type[StorageTermEndWithdrawn], id_: ConsignmentId, term: StorageTerm
) -> Own:
    """Of a term, that it was stated, or that its end was found: by what is known now it was not to be."""
    return which(
        layer=term.layer,
        consignment=id_,
        until=term.until,
        act=term.act,
        codes=term.codes or None,
        origin=term.origin,
    )


def term_is_kept(until: Instant, *, fired: bool, occurred: Instant | None, recorded: Instant) -> bool:
    """Art. 7(1) para 2 [L3]: goods that have to leave do so within the term, its last instant included.

    That they left is measured by when it occurred, whenever it was recorded; that they did not is known only once the
    term has passed, by the deadline or by what is recorded after it.
    """
    has_passed = fired or until < recorded
    return not has_passed or (occurred is not None and occurred <= until)


def disposal_is_referred(id_: ConsignmentId, term: StorageTerm) -> DisposalReferred:
    """Art. 7(1) para 2 [L4]: after the term the goods are disposed of, under a chapter that is not in the source.

    So the officer is told, and no clock runs.
    """
    until = term.until
    return DisposalReferred(occurred=until, consignment=id_, until=until, codes=term.codes or None, origin=term.origin)


def ends_of_terms(id_: ConsignmentId, consignment: Consignment, recorded: Instant) -> list[Own]:
    """The ends of terms as they follow from all that is known; what was found too early is withdrawn."""
    own = consignment.own
    past = tuple(each for each in own.terms if own.export_ordered and not is_kept(each, own, recorded))
    found: list[Own] = [does_not_hold(StorageTermEndWithdrawn, id_, each) for each in less(own.ended, past)]
    for term in less(past, own.ended):
        found += [term_ended(id_, term), disposal_is_referred(id_, term)]
    return found


def is_kept(term: StorageTerm, own: Clearance, recorded: Instant) -> bool:
    left = (own.exported or term.until) if own.export_done else None  # Recorded without its time, it was in time.
    fired = (term.until, STORAGE_TERM) not in own.due
    return term_is_kept(term.until, fired=fired, occurred=left, recorded=recorded)


def term_ended(id_: ConsignmentId, term: StorageTerm) -> Own:
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
