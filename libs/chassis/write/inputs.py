"""What waits to be decided, what comes of it, and what a stream tells another."""

import asyncio
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from decider.instants import EARLIEST
from entries.actor import ITSELF, Actor
from entries.entry import START

INTERNAL = "agenda"
"""The client under whose keys a service tells itself things."""


class PartitionHead(NamedTuple):
    """The end of a partition of the own journal."""

    position: int
    chain: bytes
    recorded: datetime


class ConsumerPosition(NamedTuple):
    """How far an upstream's partition was applied, and the offset at which to look for the next record."""

    position: int
    chain: bytes
    offset_next: int


UNHEARD = ConsumerPosition(0, START, 0)
"""Where a partition of which nothing was applied begins."""


class PassedDeadline(NamedTuple):
    """A stream of which a deadline has passed."""

    stream: str
    partition: int


class Receipt(NamedTuple):
    """Which entries answered a key: the input at `position`, `size` entries in all."""

    requesthash: str
    partition: int
    position: int
    size: int


class Answer(NamedTuple):
    """What a command is told: an HTTP status, and an answer or a problem document as JSON."""

    status: int
    body: bytes


class CommandEnvelope(NamedTuple):
    """An input by the service's own door or agenda. `occurred` is None where nobody stated it.

    Without a `traceparent` it begins a trace.
    """

    stream: str
    partition: int
    type: str
    content: Any
    data: bytes
    occurred: datetime | None
    actor: Actor
    client: str
    key: str
    requesthash: str
    traceparent: str = ""
    causationid: str | None = None
    correlationid: str | None = None
    asked: datetime | None = None
    """When upstreams were asked for whatever they had recorded, where that must be known to decide this."""
    founds: bool = True
    """Whether a stream of which nothing is on record may begin with it."""
    answer: "asyncio.Future[Answer] | None" = None
    statedtimes: str | None = None
    """Times in it as they were written, where that was not in UTC."""


class UpstreamEvent(NamedTuple):
    """A record of an upstream. `stream` is empty for what this service does not take: it moves a position only."""

    upstream: str
    partition: int
    position: int
    previous: bytes
    chain: bytes
    offset_next: int
    id: str = ""
    value: bytes = b""
    seen: tuple[tuple[str, int], ...] = ()
    stream: str = ""
    content: Any = None
    correlationid: str = ""
    actor: Actor = ITSELF
    occurred: datetime | None = None
    recorded: datetime = EARLIEST
    """By its own service."""
    traceparent: str = ""
    trouble: str | None = None
    """Why it can never be decided, where that is known: then there is no `content`."""


class Causation(NamedTuple):
    """What everything that follows from one input has in common. `id` is the causing entry's."""

    id: str
    correlationid: str
    actor: Actor
    traceparent: str
    occurred: datetime
    recorded: datetime
    told: bool = False
    """Whether another stream of this service tells it."""


class ParkedRecord(NamedTuple):
    """A parked record: the entry that parked it, whose stream it is of, and the record itself."""

    partition: int
    position: int
    stream: str
    record: str
    cause: str
    value: bytes


class Told(NamedTuple):
    """A command by which an event tells another stream; what is told again keeps its time, and whose act it was."""

    stream: str
    type: str
    data: bytes
    occurred: datetime | None = None
    actor: Actor | None = None


class InternalCommand(NamedTuple):
    """A command that one stream sends another: a row of the agenda."""

    partition: int
    key: str
    due: datetime
    stream: str
    type: str
    data: bytes
    occurred: datetime
    causationid: str
    correlationid: str
    traceparent: str
    actor: Actor

    def row(self) -> tuple[Any, ...]:
        """By the columns of the agenda."""
        return *self[:-1], *self.actor


AGENDA_COLUMNS = (*InternalCommand._fields[:-1], *Actor._fields)


def reached(seen: Iterable[tuple[str, int]], applied: Mapping[str, int]) -> bool:
    """Whether everything that a record has seen was applied here too, as far as this service listens to it."""
    return all(applied[upstream] >= position for upstream, position in seen if upstream in applied)
