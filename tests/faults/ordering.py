"""One partition of one service: positions, chain, and that the topic is the journal again."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256

from tests.faults.evidence import Defect, Entry


def check_topic(found: Sequence[Entry], where: str) -> tuple[list[Entry], list[Defect]]:
    """The first occurrences on a topic, and what is wrong with their order.

    A lower position may stand again with the same bytes; a higher one before its turn is out of order.
    """
    taken: list[Entry] = []
    early: set[int] = set()
    defects: list[Defect] = []
    for entry in found:
        if entry.position == len(taken) + 1:
            taken.append(entry)
        elif entry.position > len(taken):
            early.add(entry.position)
            defects.append(Defect(kind="out of order", text=f"{entry.where} stands before {where}/{len(taken) + 1}"))
        elif entry != taken[entry.position - 1]:
            defects.append(Defect(kind="altered", text=f"{entry.where} stands twice on the topic, with two contents"))
    if missing := [position for position in range(len(taken) + 1, max(early, default=0)) if position not in early]:
        defects.append(Defect(kind="lost", text=f"the topic has no {where}/{missing[0]}, and has later ones"))
    return taken, defects


def check_journal(rows: Sequence[Entry], where: str) -> Iterator[Defect]:
    """Positions 1 to n, one chain from 32 zero bytes, and documents that say where they stand."""
    chain = bytes(32)
    for position, entry in enumerate(rows, start=1):
        if entry.position != position:
            yield Defect(kind="lost", text=f"the journal has no {where}/{position}, but {entry.where}")
            return
        chain = sha256(chain + entry.value).digest()
        if chain != entry.chain:
            yield Defect(kind="altered", text=f"the chain breaks at {entry.where}")
            return
        yield from _check_document(entry)


def _check_document(entry: Entry) -> Iterator[Defect]:
    said = {name: entry.document.get(name) for name in ("id", "source", "subject", "partitionkey")}
    place = {"id": entry.where, "source": f"/services/{entry.service}"}
    if said != place | {"subject": entry.stream, "partitionkey": entry.stream}:
        yield Defect(kind="altered", text=f"the document at {entry.where} says that it is another: {said}")
    if (entry.kind == "input") != ("idempotencykey" in entry.document):
        yield Defect(kind="altered", text=f"{entry.where} is no {entry.kind}")


def check_same(topic: Sequence[Entry], journal: Sequence[Entry], where: str) -> Iterator[Defect]:
    """Journal rows are topic values, byte for byte."""
    for theirs, ours in zip(topic, journal, strict=False):
        if theirs != ours:
            yield Defect(kind="altered", text=f"topic and journal differ at {ours.where}")
            return
    if len(topic) < len(journal):
        yield Defect(kind="lost", text=f"the topic ends at {where}/{len(topic)}, the journal at {len(journal)}")
    if len(topic) > len(journal):
        yield Defect(kind="lost", text=f"the journal ends at {where}/{len(journal)}, the topic at {len(topic)}")


def check_sequences(entries: Iterable[Entry]) -> Iterator[Defect]:
    """A service's entries of one stream count 1, 2, 3, ... and stand on one partition; recorded never goes back."""
    last: dict[tuple[str, str], int] = {}
    partitions: dict[str, int] = {}
    recorded: dict[tuple[str, int], str] = {}
    for entry in entries:
        name, place = (entry.service, entry.stream), (entry.service, entry.partition)
        last[name] = last.get(name, 0) + 1
        if entry.document.get("sequence") != f"{last[name]:010}":
            yield Defect(kind="out of order", text=f"{entry.where} is not the {last[name]}th of {entry.stream}")
        if partitions.setdefault(entry.stream, entry.partition) != entry.partition:
            yield Defect(kind="out of order", text=f"{entry.where}: {entry.stream} stands on two partitions")
        now = str(entry.document.get("recordedtime"))
        if now < recorded.get(place, ""):
            yield Defect(kind="out of order", text=f"{entry.where} was recorded before the entry in front of it")
        recorded[place] = now
