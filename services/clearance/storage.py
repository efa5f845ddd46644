"""Prohibited goods that did not leave at once: their temporary storage, its term, and what comes after it."""

from clearance.parts import Clearance, Consignment
from clearance.recorded import Own
from contracts.clearance import DisposalReferred, StorageTermEnded, StorageTermEndWithdrawn, TemporaryStorageStarted
from contracts.values import ConsignmentId, Instant
from law import terms


def goods_are_stored(id_: ConsignmentId, occurred: Instant, recorded: Instant, own: Clearance) -> list[Own]:
    """Art. 7(1) para 2 [L3]: what cannot leave at once, or did not, is stored for a term, and the Art. 9 persons pay.

    That it cannot or did not is the officer's statement. Of several the one that happened first begins the term, and
    it is recorded whether or not the prohibition and the crossing are on record by then.
    """
    until = terms.ends(terms.TEMPORARY_STORAGE, occurred=occurred, recorded=recorded)
    if own.storage is not None and own.storage.until <= until:
        return []
    before = own.storage.until if own.storage else None
    return [TemporaryStorageStarted(consignment=id_, started=occurred, until=until, instead_of=before)]


def term_is_kept(until: Instant, *, fired: bool, occurred: Instant | None, recorded: Instant) -> bool:
    """Art. 7(1) para 2 [L3]: goods that have to leave do so within the term, its last instant included.

    That they left is measured by when it occurred, whenever it was recorded; that they did not is known only once the
    term has passed, by the deadline or by what is recorded after it.
    """
    has_passed = fired or until < recorded
    return not has_passed or (occurred is not None and occurred <= until)


def disposal_is_referred(id_: ConsignmentId, until: Instant) -> DisposalReferred:
    """Art. 7(1) para 2 [L4]: after the term the goods are disposed of, under a chapter that is not in the source.

    So the officer is told, and no clock runs.
    """
    return DisposalReferred(occurred=until, consignment=id_, until=until)


def term_of_storage(id_: ConsignmentId, consignment: Consignment, recorded: Instant) -> list[Own]:
    """The end of the term as it follows from all that is known; what was found too early is withdrawn."""
    own, storage = consignment.own, consignment.own.storage
    if storage is None:
        return []
    left = (own.exported or storage.until) if own.export_done else None  # Recorded without its time, it was in time.
    kept = term_is_kept(storage.until, fired=not own.due, occurred=left, recorded=recorded)
    ended = None if kept or not own.export_ordered else storage.until
    if ended == storage.ended:
        return []
    found: list[Own] = []
    if storage.ended is not None:
        found.append(StorageTermEndWithdrawn(consignment=id_, until=storage.ended))
    if ended is not None:
        found += [StorageTermEnded(occurred=ended, consignment=id_, until=ended), disposal_is_referred(id_, ended)]
    return found
