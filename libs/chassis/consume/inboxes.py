"""Inboxes: one per upstream and partition. Each takes the record it expects and skips every other one."""

from collections import deque
from dataclasses import dataclass, field
from typing import Any, Literal

from chassis import log
from chassis.service import Service
from chassis.write.inputs import ConsumerPosition, UpstreamEvent, reached
from chassis.write.parking import understand
from entries.entry import Line, entry_id, link, seen_of
from servers.topics import line_of

Taken = Literal["taken", "skipped", "gap", "fork"]


@dataclass(slots=True)
class PartitionInbox:
    """What one partition of a topic is expected to bring next, and what it brought and is not yet used."""

    upstream: str
    partition: int
    consumed: ConsumerPosition
    """The last record taken: its position and chain, and the offset behind it."""
    records: deque[Any] = field(default_factory=deque)
    """What was taken: `Heard` of an upstream, `Line` of an own log."""
    weight: int = 0
    """What the records weigh that wait for the runner."""
    gaps: int = 0
    """How often a gap was met since the last record taken: the reader seeks twice, then waits."""
    stopped: str | None = None
    """Why a human is called: another record stands in the place of the next one. It goes on if that one comes."""

    @property
    def misses(self) -> str:
        place = f"{self.upstream}/{self.partition}"
        return f"{place} misses position {self.consumed.position + 1} (docs/operating.md, A gap)"

    def take(self, record: Any, service: Service | None) -> Taken:
        """Takes the expected record; lower ones were published twice, higher ones stand behind a gap.

        `service` is who hears it, and None where the inbox is of its own log.
        """
        line = line_of(record)
        if line.position <= self.consumed.position:
            return "skipped"
        chain = link(self.consumed.chain, line.value)
        if chain != line.chain and (self.stopped or not line.speaks_of(self.partition)):
            return "skipped"  # Whoever wrote it, it is no entry of this log by its own word; or one has stopped it.
        if line.position > self.consumed.position + 1:
            self.gaps += 1
            return "gap"
        if chain != line.chain:
            what = f"{self.upstream}/{self.partition} holds another entry at position {line.position} than it did"
            self.stopped = f"{what}: a fork (docs/operating.md, A fork)"
            return "fork"
        offset_next = record.offset + 1
        name = (self.upstream, self.partition)
        self.records.append(heard_of(name, line, self.consumed.chain, offset_next, service) if service else line)
        self.weight += len(self.records[-1].value)
        self.consumed = ConsumerPosition(line.position, chain, offset_next)
        self.gaps, self.stopped = 0, None
        return "taken"


def heard_of(name: tuple[str, int], line: Line, previous: bytes, offset_next: int, service: Service) -> UpstreamEvent:
    """A line of an upstream as an input. Of inputs of others, and of events that nobody here takes, no more is decoded
    than what they have seen: they have their place behind that, too.

    What has the right position and chain and yet cannot be read is the upstream's fault: it comes with its trouble.
    """
    upstream, partition = name
    id_ = entry_id(upstream, partition, line.position)
    where = (upstream, partition, line.position, previous, line.chain, offset_next, id_)
    try:
        said = understand(line.value, service.kind_of) if line.kind == "event" else None
        seen = seen_of(line.value)
    except ValueError as error:
        known = line.stream if service.kind_of(line.stream) else ""
        log.error("a record cannot be read", record=id_, stream=known, error=str(error))
        return UpstreamEvent(*where, value=line.value, stream=known, trouble=f"{type(error).__name__} in {upstream}")
    if said is None:
        return UpstreamEvent(*where, seen=seen)
    return UpstreamEvent(
        *where, value=line.value, stream=said.stream, content=said.content, seen=seen, occurred=said.occurred,
        recorded=said.recorded, correlationid=said.correlationid, traceparent=said.traceparent,
    )  # fmt: skip


@dataclass(slots=True)
class Partition:
    """All inboxes of one partition, in the order in which their records may be decided."""

    inboxes: dict[str, PartitionInbox]
    applied: dict[str, int]
    """Per upstream, the last position handed to the runner."""

    def ready(self, limit: int) -> list[UpstreamEvent]:
        """Records whose `seen` is reached, at most `limit`, causes before effects; they leave the inboxes."""
        chosen: list[UpstreamEvent] = []
        moved = True
        while moved and len(chosen) < limit:
            moved = False
            for upstream, inbox in self.inboxes.items():
                while inbox.records and len(chosen) < limit and reached(inbox.records[0].seen, self.applied):
                    heard = inbox.records.popleft()
                    inbox.weight -= len(heard.value)
                    self.applied[upstream] = heard.position
                    chosen.append(heard)
                    moved = True
        return chosen

    def put_back(self, heard: UpstreamEvent) -> None:
        """Takes a record back that was ready and not reached; to be called with the last one first."""
        if self.applied[heard.upstream] == heard.position:
            self.inboxes[heard.upstream].records.appendleft(heard)
            self.inboxes[heard.upstream].weight += len(heard.value)
            self.applied[heard.upstream] = heard.position - 1
