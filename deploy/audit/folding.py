"""From entries alone: whether a partition's log is whole, and what it comes to."""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import NamedTuple

from chassis.consume.inboxes import heard_of
from chassis.recover.replaying import Disagreement, Replay
from chassis.service import Service
from chassis.write.batch import Batch
from chassis.write.inputs import INTERNAL, ParkedRecord, Receipt, UpstreamEvent
from decider.instants import EARLIEST
from entries.entry import START, Entry, Line, entry_id, link, partition_of, read_seen, read_time


class State(NamedTuple):
    """What is stored of a stream: how many entries it has, its state's bytes, its next deadline."""

    sequence: int
    state: bytes
    due: datetime | None


@dataclass(slots=True)
class Account:
    """What one side says that a partition has come to."""

    states: dict[str, State] = field(default_factory=dict)
    receipts: dict[tuple[str, str], Receipt] = field(default_factory=dict)
    parked: list[ParkedRecord] = field(default_factory=list)
    agenda: set[tuple[int, str]] = field(default_factory=set)
    """What was told and not taken yet: (partition, key)."""
    numbers: set[tuple[str, str]] = field(default_factory=set)
    """By which number which stream is found."""

    def digest(self) -> bytes:
        hashed = sha256()
        found = sorted(self.agenda), sorted(self.numbers)
        for part in (sorted(self.states.items()), sorted(self.receipts.items()), self.parked, *found):
            hashed.update(repr(part).encode())
        return hashed.digest()


PLACED = ("id", "source", "subject", "partitionkey", "sequence")


@dataclass(slots=True)
class Sequel:
    """What the entries of one partition say of their places, set against where they stand and what stands before."""

    service: Service
    partition: int
    recorded: datetime = EARLIEST
    """Of the entry before."""
    seen: tuple[tuple[str, int], ...] = ()
    """Likewise."""

    def wrong(self, entry: Entry, line: Line, place: int) -> Iterator[str]:
        """What is not as it must be of the next entry, which is at this `place` among those of its stream."""
        said, seen = entry.said, read_seen(entry.said.get("seen", ""))
        id_ = entry_id(self.service.name, self.partition, line.position)
        stands = (id_, f"/services/{self.service.name}", line.stream, line.stream, f"{place:010}")
        if (named := tuple(map(said.get, PLACED))) != stands:
            yield from (
                f"its {n} is {is_}, not {s}" for n, is_, s in zip(PLACED, named, stands, strict=True) if is_ != s
            )
        if place == 1 and partition_of(line.stream) != self.partition:
            yield f"its stream belongs to partition {partition_of(line.stream)}"
        if entry.recorded < self.recorded:
            yield f"its recordedtime {said['recordedtime']} is before that of the entry before it"
        told = said.get("client") == INTERNAL and said.get("causationid")
        if line.kind == "input" and not told and read_time(said["time"]) > entry.recorded:
            yield f"its time {said['time']} is after its recordedtime {said['recordedtime']}"
        if seen != self.seen:
            now = dict(seen)
            yield from (
                f"it has seen less of {name} than the one before it" for name, at in self.seen if now.get(name, 0) < at
            )
        self.recorded, self.seen = entry.recorded, seen


def in_order(lines: Iterable[Line], where: str) -> list[Line]:
    """The lines at positions 1 to n, each once. Lower ones may stand again, but with the same bytes.

    Raises Disagreement on a position with two contents, or one that is missing below a higher one.
    """
    taken: list[Line] = []
    highest = 0
    for line in lines:
        highest = max(highest, line.position)
        if line.position == len(taken) + 1:
            taken.append(line)
        elif 0 < line.position <= len(taken) and taken[line.position - 1].value != line.value:
            raise Disagreement(f"{where}: position {line.position} stands twice, with two contents")
    if highest > len(taken):
        raise Disagreement(f"{where}: position {len(taken) + 1} is missing, {highest} is there")
    return taken


def check_chain(lines: Sequence[Line], where: str) -> None:
    """Recomputes the chain over lines in order. Raises Disagreement at the first that does not fit."""
    chain = START
    for line in lines:
        chain = link(chain, line.value)
        if chain != line.chain:
            raise Disagreement(f"{where}: the chain breaks at position {line.position} ({line.stream})")


def check_same(topic: Sequence[Line], journal: Sequence[Line], where: str) -> None:
    """A topic is its journal again. Raises Disagreement at the first entry that differs or is missing."""
    for ours, theirs in zip(journal, topic, strict=False):
        if ours != theirs:
            raise Disagreement(f"{where}: topic and journal differ at position {ours.position} ({ours.stream})")
    if len(topic) != len(journal):
        raise Disagreement(f"{where}: the topic ends at position {len(topic)}, the journal at {len(journal)}")


def fold(
    service: Service,
    partition: int,
    own: Iterable[Line],
    upstreams: Mapping[str, Sequence[Line]],
    vector: Mapping[str, int],
) -> Account:
    """What one partition comes to: own entries in order, each after what it had seen, then upstreams up to `vector`.

    Nothing is decided. Raises Disagreement on what cannot be folded, or says of itself what is not so, and NotThere
    where an upstream's lines do not reach.
    """
    batch = Batch(service, EARLIEST)
    heard = {name: deque(heard_from(name, partition, upstreams[name], service)) for name in service.hears}
    replay, sequel = Replay(batch, partition, heard), Sequel(service, partition)
    for line in own:
        try:
            for what in sequel.wrong(replay.own(line), line, batch.states[line.stream].sequence):
                raise Disagreement(f"{service.name}/{partition} at position {line.position} ({line.stream}): {what}")
        except (ValueError, KeyError) as error:
            where = f"{service.name}/{partition} at position {line.position} ({line.stream})"
            raise Disagreement(f"{where} cannot be read: {error!r}") from error
    for upstream, position in sorted(vector.items()):
        replay.upto(upstream, position)
    return _account(batch)


def heard_from(upstream: str, partition: int, lines: Sequence[Line], service: Service) -> Iterator[UpstreamEvent]:
    """An upstream's lines as the records that a service hears, in order."""
    previous = START
    for line in lines:
        yield heard_of((upstream, partition), line, previous, 0, service)
        previous = line.chain


def _account(batch: Batch) -> Account:
    """Told commands are all pending here: which of them were taken is on other partitions."""
    account = Account(receipts=batch.new_receipts)
    for name, held in batch.states.items():
        if held.sequence or held.state != held.kind.initial:
            due = min((at for at, _ in held.kind.due(held.state)), default=None)
            account.states[name] = State(held.sequence, held.kind.states.dump(held.state), due)
        account.parked += held.parked
    account.parked.sort()
    account.agenda = {(told.partition, told.key) for told in batch.writer.internal_commands}
    account.numbers = {(number, stream) for number, stream, _ in batch.writer.numbers}
    return account
