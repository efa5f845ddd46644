"""The order in which one shipment's entries are told: causes before effects, and otherwise as they were recorded.

No clock is common to all services, so three facts of the entries themselves come before the time of recording:

1. entries of one service on one partition stand in the order of their positions;
2. an entry stands behind the one that led to it (`causationid`);
3. an entry stands behind everything that its service had applied from other services when it was decided (`seen`:
   per upstream a position on the entry's own partition).

Among entries that these leave open the one recorded first (`recordedtime`) comes first, then by `id`: so the order is
the same at every telling.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import heapify, heappop, heappush
from typing import Any, NamedTuple, TypeAlias

Document: TypeAlias = Mapping[str, Any]


class Place(NamedTuple):
    """Where an entry stands, which is its `id` taken apart."""

    service: str
    partition: int
    position: int


def place(id_: str) -> Place:
    service, partition, position = id_.split("/")
    return Place(service, int(partition), int(position))


def in_order(entries: Iterable[Document]) -> list[Document]:
    """Each entry once. Raises ValueError where entries are each other's causes, which no journal can hold."""
    by_place = {place(entry["id"]): entry for entry in entries}
    behind: dict[Place, set[Place]] = {each: set() for each in by_place}
    missing = dict.fromkeys(by_place, 0)
    for each, entry in by_place.items():
        for before in set(_before(each, entry, behind)):
            behind[before].add(each)
            missing[each] += 1
    ready = [_rank(by_place[each], each) for each, count in missing.items() if not count]
    heapify(ready)
    told = []
    while ready:
        _, each = heappop(ready)
        told.append(by_place[each])
        for after in behind[each]:
            missing[after] -= 1
            if not missing[after]:
                heappush(ready, _rank(by_place[after], after))
    if len(told) < len(by_place):
        raise ValueError("these entries name each other as their cause; run the audit (make verify)")
    return told


def _before(own: Place, entry: Document, known: Iterable[Place]) -> Iterator[Place]:
    """The known entries directly before one: of its own partition, its cause, and the last that it had seen of each."""
    places = sorted(known)
    limits = [(own.service, own.position - 1), *_seen(entry.get("seen", ""))]
    for service, limit in limits:
        reached = [each for each in places if each[:2] == (service, own.partition) and each.position <= limit]
        yield from reached[-1:]
    if (cause := entry.get("causationid")) and place(cause) in places:
        yield place(cause)


def _seen(text: str) -> list[tuple[str, int]]:
    pairs = (part.split("=") for part in text.split(",") if part)
    return [(service, int(position)) for service, position in pairs]


def _rank(entry: Document, own: Place) -> tuple[str, Place]:
    return str(entry["recordedtime"]), own


def is_input(entry: Document) -> bool:
    return "idempotencykey" in entry


def folded(told: Sequence[Document]) -> list[tuple[Document, Document | None]]:
    """Events, each with the input that led to it; inputs of their own only where no event came of them."""
    inputs = {entry["id"]: entry for entry in told if is_input(entry)}
    fruitful = {entry.get("causationid") for entry in told if not is_input(entry)}
    return [
        (entry, inputs.get(entry.get("causationid", "")) if not is_input(entry) else None)
        for entry in told
        if not (is_input(entry) and entry["id"] in fruitful)
    ]
