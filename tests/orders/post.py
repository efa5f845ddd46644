"""The services at one post without servers: logs by partition, readers that go their own pace, an agenda, a clock.

A world is moved one step at a time; which steps are open is said by the rules that the runner obeys. A record waits
until its reader has reached what the record has `seen`; told commands come in the order of their stream; deadlines that
are due before an input is recorded come before it; a release is decided once all that others recorded was heard.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeAlias

from chassis.service import Kind, Service
from law import Input
from law.tests.deciding import due, fired, step
from tests.orders.examples import services

Step: TypeAlias = Callable[[], None]
Reader: TypeAlias = tuple[str, str, int]
"""Who reads, whom, and which partition."""


@dataclass(frozen=True)
class Record:
    """An entry: an event, or None for an input, which readers pass over."""

    stream: str
    event: Any
    seen: Mapping[str, int]


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
    logs: dict[tuple[str, int], list[Record]] = field(default_factory=lambda: defaultdict(list))
    heard: dict[Reader, int] = field(default_factory=lambda: defaultdict(int))
    states: dict[tuple[str, str], Any] = field(default_factory=dict)
    told: dict[tuple[str, str], list[tuple[Any, datetime]]] = field(default_factory=lambda: defaultdict(list))
    done: set[str] = field(default_factory=set)

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
        return {f"due {at}": partial(self._fire, *at) for at in self.states if self._is_due(*at)}

    def state(self, service: str, stream: str) -> Any:
        return self.states.get((service, stream), self._kind(service, stream).initial)

    def open_acts(self, service: str, stream: str) -> list[str]:
        return [point.act for point in self._kind(service, stream).open_points(self.state(service, stream))]

    def recorded(self, service: str, stream: str) -> list[Any]:
        """The events of a stream, in order."""
        log = self.logs[service, self.partitions[stream]]
        return [record.event for record in log if record.stream == stream and record.event is not None]

    def dumps(self) -> dict[tuple[str, str], bytes]:
        return {
            (service, stream): self._kind(service, stream).dump(state)
            for (service, stream), state in self.states.items()
        }

    def _kind(self, service: str, stream: str) -> Kind:
        return self.services[service].kinds[stream.partition("/")[0]]

    def _module(self, service: str, stream: str) -> Any:
        return self.services[service].deciders[stream.partition("/")[0]]

    def _may_be_decided(self, act: Act) -> bool:
        """Release asks the others how far they are, and decides once it is there."""
        if act.service != "release" or "asking" in self.without:
            return True
        partition = self.partitions[act.stream]
        hears = self.services[act.service].hears
        return all(self.heard[act.service, each, partition] == len(self.logs[each, partition]) for each in hears)

    def _may_read(self, reader: Reader) -> bool:
        service, upstream, partition = reader
        log, position = self.logs[upstream, partition], self.heard[reader]
        if position == len(log):
            return False
        seen = {} if "seen" in self.without else log[position].seen
        return all(self.heard[service, each, partition] >= seen.get(each, 0) for each in self.services[service].hears)

    def _act(self, act: Act) -> None:
        self.done.add(act.name)
        self._give(act.service, act.stream, act.command, act.occurred)

    def _tell(self, service: str, stream: str) -> None:
        command, occurred = self.told[service, stream].pop(0)
        self._give(service, stream, command, occurred)

    def _give(self, service: str, stream: str, content: Any, occurred: datetime) -> None:
        self.now += timedelta(seconds=1)
        self._fire(service, stream)
        self._append(service, stream, None, occurred)
        self._decide(service, stream, content, occurred)

    def _read(self, reader: Reader) -> None:
        service, upstream, partition = reader
        record = self.logs[upstream, partition][self.heard[reader]]
        self.heard[reader] += 1
        kinds = self.services[service].kinds
        kind = kinds.get(record.stream.partition("/")[0])
        if kind is not None and type(record.event).__name__ in kind.hears:
            self.now += timedelta(seconds=1)
            self._fire(service, record.stream)
            self._decide(service, record.stream, record.event, record.event.occurred or self.now)

    def _is_due(self, service: str, stream: str) -> bool:
        pending = due(self._module(service, stream), self.state(service, stream))
        return any(instant < self.now for instant, _ in pending)

    def _fire(self, service: str, stream: str) -> None:
        if self._is_due(service, stream):
            state, events = fired(self._module(service, stream), self.state(service, stream), self.now)
            self.states[service, stream] = state
            for event in events:
                self._append(service, stream, event, event.occurred or self.now)

    def _decide(self, service: str, stream: str, content: Any, occurred: datetime) -> None:
        given = Input(content=content, occurred=occurred, recorded=self.now, subject="party-1")
        state, events = step(self._module(service, stream), self.state(service, stream), given)
        self.states[service, stream] = state
        for event in events:
            self._append(service, stream, event, event.occurred or occurred)

    def _append(self, service: str, stream: str, event: Any, occurred: datetime) -> None:
        partition = self.partitions[stream]
        seen = {each: self.heard[service, each, partition] for each in self.services[service].hears}
        self.logs[service, partition].append(Record(stream, event, seen))
        for target, command in self._kind(service, stream).follow(event) if event is not None else ():
            self.told[service, target].append((command, occurred))

    def _wait(self) -> None:
        self.now = self.late
