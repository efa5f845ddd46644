"""A log decided again: every input under the code and the acts of today, after what it was decided after.

What comes out is compared with what stands on record, but for `rulebook` and the trace: what differs is what another
version of the law, or of the code, would have said. Nothing is written.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from chassis.recover.replaying import NotThere, Replay
from chassis.service import Service
from chassis.write.batch import Batch
from chassis.write.held import asking
from chassis.write.inputs import CommandEnvelope, UpstreamEvent, reached
from chassis.write.internal_commands import DUE, fired
from decider import Due
from decider.instants import EARLIEST
from deploy.audit.folding import heard_from
from entries.actor import Actor
from entries.entry import Entry, Line, document, read_document, read_seen, read_time

UNREAD_LENGTH = 300
SAID_OF_ITSELF = ("rulebook", "traceparent")
"""Who decided, and in which trace: what an entry says of that is no part of the decision."""


class Difference(NamedTuple):
    """What one input led to, `then` and `now`, each as documents; `cause` is the id of the input or foreign event."""

    cause: str
    stream: str
    then: tuple[dict[str, Any], ...]
    now: tuple[dict[str, Any], ...]
    unread: str = ""
    """Why this version, with these acts and posts, does not take the input at all."""

    def __str__(self) -> str:
        if self.unread:
            return f"{self.cause} ({self.stream}) cannot be decided any more: {self.unread}"
        then, now = ([one["type"] for one in side] for side in (self.then, self.now))
        if then != now:
            return f"{self.cause} ({self.stream}) led to {_listed(then)}, and now leads to {_listed(now)}"
        where = next(n for n, pair in enumerate(zip(self.then, self.now, strict=True)) if pair[0] != pair[1])
        one, other = self.then[where], self.now[where]
        names = sorted(name for name in {*one, *other} if one.get(name) != other.get(name))
        said = "; ".join(f"{name} was {one.get(name)!r}, is {other.get(name)!r}" for name in names)
        return f"{self.cause} ({self.stream}) led to another {one['type']}: {said}"


class Redecision:
    """One partition of one service, in order. Raises Disagreement or NotThere on a log that cannot be folded."""

    def __init__(self, service: Service, partition: int, upstreams: Mapping[str, Sequence[Line]]) -> None:
        self._service = service
        self._partition = partition
        self._coming = {name: list(heard_from(name, partition, upstreams[name], service)) for name in service.hears}
        self._batch = Batch(service, EARLIEST)
        self._replay = Replay(self._batch, partition, {name: deque(coming) for name, coming in self._coming.items()})
        self._own: Sequence[Line] = ()
        self.inputs = 0
        """How many inputs and foreign events were decided again."""

    def differences(self, own: Sequence[Line], vector: Mapping[str, int]) -> Iterator[Difference]:
        """Decides what led to the entries of `own`, and what was heard up to `vector` and led to nothing."""
        self._own = own
        for group in groups(own):
            said = read_document(group[0].value)
            seen = dict(read_seen(said.get("seen", "")))
            heard = self._cause(said) if group[0].kind == "event" else None
            if heard:
                seen[heard.upstream] = heard.position - 1
            yield from self._hear(seen)
            try:
                now = self._heard_again(heard, said) if heard else self._given_again(group[0], said)
                yield from self._compared(heard.id if heard else said["id"], group, now)
            except (KeyError, ValueError) as error:
                then = tuple(read_document(line.value) for line in group)
                yield Difference(said["id"], group[0].stream, then, (), f"{error!r}"[:UNREAD_LENGTH])
            for line in group:
                self._replay.own(line)
        yield from self._hear(vector)

    def _cause(self, said: Mapping[str, Any]) -> UpstreamEvent:
        """The foreign event that an event names as its cause."""
        upstream, _, position = str(said["causationid"]).rsplit("/", 2)
        return self._record(upstream, int(position))

    def _record(self, upstream: str, position: int) -> UpstreamEvent:
        coming = self._coming[upstream]
        if position > len(coming):
            raise NotThere(f"{upstream}/{self._partition} is wanted up to {position} and ends at {len(coming)}")
        return coming[position - 1]

    def _hear(self, vector: Mapping[str, int]) -> Iterator[Difference]:
        """Decides records that led to nothing, none before what its writer had seen."""
        while behind := [name for name in self._service.hears if self._position(name) < vector.get(name, 0)]:
            following = [self._record(name, self._position(name) + 1) for name in behind]
            applied = {name: self._position(name) for name in self._service.hears}
            heard = next((one for one in following if reached(one.seen, applied)), following[0])
            yield from self._compared(heard.id, (), self._heard_again(heard, None))
            self._replay.upto(heard.upstream, heard.position)

    def _position(self, upstream: str) -> int:
        return self._batch.writer.consumed[upstream, self._partition].position

    def _heard_again(self, heard: UpstreamEvent, said: Mapping[str, Any] | None) -> list[Entry]:
        """What a record leads to, at the instant when that was recorded; where it led to nothing, at the earliest."""
        self.inputs += 1
        if not heard.stream:
            return []
        recorded = read_time(said["recordedtime"]) if said else self._earliest(heard)
        scratch = self._scratch(heard.stream, recorded)
        self._let_know(scratch, heard)
        scratch.decide_event(heard)
        return scratch.writer.entries

    def _earliest(self, heard: UpstreamEvent) -> datetime:
        tail = self._batch.writer.heads[self._partition]
        return max(tail.recorded, read_time(read_document(heard.value)["recordedtime"]))

    def _given_again(self, line: Line, said: dict[str, Any]) -> list[Entry]:
        self.inputs += 1
        scratch = self._scratch(line.stream, read_time(said["recordedtime"]))
        entry = Entry.of(self._partition, line, said)
        if said["type"] == Due.__name__:
            given = fired(scratch.loaded(line.stream, self._partition), DUE.validate_json(entry.data))
        else:
            given = given_of(entry, self._service)
        self._let_know(scratch, given)
        scratch.record_command(given)
        return scratch.writer.entries

    def _let_know(self, scratch: Batch, one: CommandEnvelope | UpstreamEvent) -> None:
        """What the stream had on record by then, where this asks for it."""
        for stream in asking(self._service, [one]):
            before = self._own[: self._replay.position]
            scratch.states[stream].past = [line.value for line in before if line.stream == stream]

    def _scratch(self, stream: str, recorded: datetime) -> Batch:
        """A batch that knows what the log has come to by now of this one stream, and of which nothing is kept."""
        writer, held = self._batch.writer, self._batch.loaded(stream, self._partition)
        scratch = Batch(self._service, recorded)
        scratch.writer.heads, scratch.writer.consumed = dict(writer.heads), dict(writer.consumed)
        scratch.states[stream] = replace(held, written=None, parked=list(held.parked))
        return scratch

    def _compared(self, cause: str, group: Sequence[Line], now: Sequence[Entry]) -> Iterator[Difference]:
        then = [read_document(line.value) for line in group]
        again = [_as_recorded(entry, then[n] if n < len(then) else {}) for n, entry in enumerate(now)]
        if [line.value for line in group] != again:
            stream = now[0].stream if now else group[0].stream
            yield Difference(cause, stream, tuple(then), tuple(map(read_document, again)))


def groups(own: Sequence[Line]) -> Iterator[Sequence[Line]]:
    """Each input with the events that it led to, or the events that one foreign event led to; in order."""
    group: list[Line] = []
    of = ""
    for line in own:
        said = read_document(line.value)
        if line.kind == "event" and said["causationid"] == of:
            group.append(line)
            continue
        if group:
            yield group
        group, of = [line], said["id"] if line.kind == "input" else said["causationid"]
    if group:
        yield group


def given_of(entry: Entry, service: Service) -> CommandEnvelope:
    """An input as it came in. Raises KeyError or ValueError on what this version does not know."""
    said = entry.said
    return CommandEnvelope(
        stream=entry.stream, partition=entry.partition, type=entry.type, data=entry.data,
        content=service.commands[entry.type].validate_json(entry.data, extra="forbid"),
        occurred=read_time(said["time"]), actor=Actor.of(said), client=said["client"],
        key=said["idempotencykey"], requesthash=said["requesthash"], traceparent=entry.traceparent,
        causationid=said.get("causationid"), correlationid=said["correlationid"],
        statedtimes=said.get("statedtimes"),
    )  # fmt: skip


def _as_recorded(entry: Entry, then: Mapping[str, Any]) -> bytes:
    """The entry's document, under the rulebook and in the trace of the one on record."""
    said = dict(entry.said) | {name: then[name] for name in SAID_OF_ITSELF if name in then}
    return document(said, entry.data)


def _listed(types: Sequence[str]) -> str:
    return ", ".join(types) or "nothing"
