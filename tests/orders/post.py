"""The services at one post without servers: logs by partition, readers that go their own pace, an agenda, a clock.

A world is moved one step at a time, and what a step does is done by the chassis: each service is a `Batch` that never
ends, so commands, records, deadlines and what streams tell one another are decided and recorded as they are at work,
and a record is read once `reached` says so. Which of the open steps comes next is all that is chosen here. A door that
asks is open once all that others recorded was heard.
"""

from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from chassis.consume.inboxes import heard_of
from chassis.service import Service
from chassis.write.batch import Batch
from chassis.write.held import asking
from chassis.write.inputs import (
    AGENDA_COLUMNS,
    UNHEARD,
    CommandEnvelope,
    InternalCommand,
    PartitionHead,
    UpstreamEvent,
    reached,
)
from chassis.write.internal_commands import from_row
from decider.tests.kit import facts
from entries.actor import Actor
from entries.entry import START, Entry, Line
from law.calendar import LATEST
from tests.orders.examples import services

Step: TypeAlias = Callable[[], None]
SOMEBODY = Actor("officer-1", "user", "officer")
"""An officer: what happened before it is recorded counts by his word, also when customs had a notice."""
Reader: TypeAlias = tuple[str, str, int]
"""Who reads, whom, and which partition."""


@dataclass(frozen=True)
class Act:
    """What somebody does at a service's door, as soon as `may` holds of the world."""

    name: str
    service: str
    stream: str
    command: Any
    occurred: datetime
    may: Callable[["World"], bool] = lambda world: True


@dataclass
class World:
    """All services, what they recorded, and how far each has heard the others."""

    acts: tuple[Act, ...]
    partitions: Mapping[str, int]
    now: datetime
    late: datetime
    without: frozenset[str] = frozenset()
    """Cares that are not taken: `seen`, `asking`."""
    services: dict[str, Service] = field(default_factory=lambda: {each.name: each for each in services()})
    logs: dict[tuple[str, int], list[Entry]] = field(default_factory=lambda: defaultdict(list))
    told: dict[tuple[str, str], deque[InternalCommand]] = field(default_factory=lambda: defaultdict(deque))
    done: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.batches = {name: self._begun(service) for name, service in self.services.items()}
        self._events: dict[str, Any] = {}
        self._heard: dict[tuple[Reader, int], UpstreamEvent] = {}

    def _begun(self, service: Service) -> Batch:
        """Of upstreams all is seen: that a deadline waits for what they recorded is shown elsewhere."""
        numbers = set(self.partitions.values())
        batch = Batch(service, self.now, dict.fromkeys(numbers, LATEST))
        for number in numbers:
            batch.writer.heads[number] = PartitionHead(0, START, self.now)
            batch.writer.consumed |= {(upstream, number): UNHEARD for upstream in service.hears}
        return batch

    def steps(self) -> dict[str, Step]:
        """Everything that may happen next, by name, in a fixed order."""
        found = {**self._acts(), **self._told(), **self._reads(), **self._deadlines()}
        return found if self.now >= self.late else {**found, "the days go by": self._wait}

    def _acts(self) -> dict[str, Step]:
        waiting = [act for act in self.acts if act.name not in self.done and act.may(self)]
        return {f"act {act.name}": partial(self._act, act) for act in waiting if self._may_be_decided(act)}

    def _told(self) -> dict[str, Step]:
        return {f"told {at}": partial(self._tell, *at) for at, commands in self.told.items() if commands}

    def _reads(self) -> dict[str, Step]:
        readers = [
            (service.name, upstream, partition)
            for service in self.services.values()
            for upstream in service.hears
            for partition in sorted(set(self.partitions.values()))
        ]
        return {f"read {reader}": partial(self._read, reader) for reader in readers if self._may_read(reader)}

    def _deadlines(self) -> dict[str, Step]:
        streams = [(name, stream) for name, batch in self.batches.items() for stream in batch.states]
        return {f"due {at}": partial(self._fire, *at) for at in streams if self._is_due(*at)}

    def state(self, service: str, stream: str) -> Any:
        kind = self.services[service].kind_of(stream)
        assert kind is not None
        held = self.batches[service].states.get(stream)
        return held.state if held else kind.initial

    def open_acts(self, service: str, stream: str) -> list[str]:
        kind = self.services[service].kind_of(stream)
        return [point.act for point in kind.open_points(self.state(service, stream))] if kind else []

    def recorded(self, service: str, stream: str) -> list[Any]:
        """The events of a stream, in order."""
        log = self.logs[service, self.partitions[stream]]
        return [self._event(service, each) for each in log if each.stream == stream and each.kind == "event"]

    def states(self) -> dict[tuple[str, str], Any]:
        """What they hold, whatever was recorded first."""
        return {
            (name, stream): facts(held.state)
            for name, batch in self.batches.items()
            for stream, held in batch.states.items()
        }

    def _event(self, service: str, entry: Entry) -> Any:
        if entry.id not in self._events:
            self._events[entry.id] = self.services[service].events[entry.type].model_validate_json(entry.data)
        return self._events[entry.id]

    def _may_be_decided(self, act: Act) -> bool:
        """A door that asks has the others say how far they are, and decides once it is there."""
        service = self.services[act.service]
        reads_latest = any(route.reads_latest for route in service.routes if route.command is type(act.command))
        if not reads_latest or "asking" in self.without:
            return True
        partition = self.partitions[act.stream]
        return all(
            self._position(act.service, each, partition) == len(self.logs[each, partition]) for each in service.hears
        )

    def _position(self, *reader: Any) -> int:
        service, upstream, partition = reader
        return self.batches[service].writer.consumed[upstream, partition].position

    def _may_read(self, reader: Reader) -> bool:
        service, upstream, partition = reader
        if self._position(*reader) == len(self.logs[upstream, partition]):
            return False
        applied = {each: self._position(service, each, partition) for each in self.services[service].hears}
        return reached(self._next(reader).seen, applied)

    def _next(self, reader: Reader) -> UpstreamEvent:
        """The record behind the reader's consumer position, as it comes from the topic."""
        service, upstream, partition = reader
        consumed = self.batches[service].writer.consumed[upstream, partition]
        if (reader, consumed.position) not in self._heard:
            entry = self.logs[upstream, partition][consumed.position]
            line = Line(entry.position, entry.kind, entry.stream, entry.chain, entry.value)
            heard = heard_of((upstream, partition), line, consumed.chain, entry.position, self.services[service])
            self._heard[reader, consumed.position] = heard._replace(seen=()) if "seen" in self.without else heard
        return self._heard[reader, consumed.position]

    def _act(self, act: Act, actor: Actor = SOMEBODY) -> None:
        self.done.add(act.name)
        name = type(act.command).__name__
        data = self.services[act.service].commands[name].dump_json(act.command)
        given = CommandEnvelope(
            stream=act.stream, partition=self.partitions[act.stream], type=name, content=act.command, data=data,
            occurred=act.occurred, actor=actor, client="party-1", key=act.name, requesthash=name,
        )  # fmt: skip
        self._give(act.service, given)

    def _tell(self, service: str, stream: str) -> None:
        row = dict(zip(AGENDA_COLUMNS, self.told[service, stream].popleft().row(), strict=True))
        self._give(service, from_row(row, self.services[service])._replace(partition=self.partitions[stream]))

    def _give(self, service: str, given: CommandEnvelope) -> None:
        """Nothing is said before it has happened."""
        self._let_know(service, given)
        answer = self._at_work(service, given.occurred).decide_command(given)
        assert answer.status == 200, answer.body
        self._record(service)

    def _read(self, reader: Reader) -> None:
        service, *_ = reader
        heard = self._next(reader)
        batch = self._at_work(service) if heard.stream else self.batches[service]
        self._let_know(service, heard)
        assert batch.decide_event(heard) == "applied"
        assert not batch.newly_parked, batch.newly_parked
        self._record(service)

    def _is_due(self, service: str, stream: str) -> bool:
        return bool(self.batches[service].states[stream].pending(self.now))

    def _fire(self, service: str, stream: str) -> None:
        assert self._at_work(service).fire(stream, self.partitions[stream])
        self._record(service)

    def _at_work(self, service: str, occurred: datetime | None = None) -> Batch:
        """A moment later."""
        self.now = max(self.now + timedelta(seconds=1), occurred or self.now)
        batch = self.batches[service]
        batch.writer.now = self.now
        return batch

    def _let_know(self, service: str, one: CommandEnvelope | UpstreamEvent) -> None:
        """What the stream has on record, where this asks for it."""
        for stream in asking(self.services[service], [one]):
            log = self.logs[service, one.partition]
            held = self.batches[service].loaded(stream, one.partition)
            held.past = [entry.value for entry in log if entry.stream == stream]

    def _record(self, service: str) -> None:
        """What was decided is on the logs, and what it tells is on the agenda."""
        batch = self.batches[service]
        for entry in batch.writer.entries:
            self.logs[service, entry.partition].append(entry)
        for told in batch.writer.internal_commands:
            self.told[service, told.stream].append(told)
        batch.writer.entries.clear()
        batch.writer.internal_commands.clear()

    def _wait(self) -> None:
        self.now = self.late
