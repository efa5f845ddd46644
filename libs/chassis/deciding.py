"""From an input to what will be written of it, in memory: its effects, its entries, and what they tell others.

Pure: whatever will be written is read back before it counts. Position, chain and `seen` are set by the ledger alone.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any, NamedTuple

from pydantic import TypeAdapter

from chassis.entry import Entry, entry_id, partition_of, read_time, write_seen, write_time
from chassis.inputs import AGENDA, Cause, Fence, Given, Shelved, Tail, Told
from chassis.parking import CaseEvent
from chassis.service import Kind, Service
from law import Due, Input, OpenPoint

DATA_BYTES_MAX = 4 * 1024 * 1024
EFFECTS_MAX = 200
"""What one input leads to is published as one, so it is bounded: in events, and in bytes of all together."""
DUE = TypeAdapter(Due)
SAME = [name for name in Told._fields if name != "due"]
"""What a row of the agenda and the input that it becomes have in common."""


class Unreadable(ValueError):  # noqa: N818 - what would be found later, by everybody who reads
    """Something would be written that does not come back as it was: whoever reads it would stop for good."""


def read_back(data: bytes, read: Callable[[bytes], Any], value: Any) -> bytes:
    """`data` itself, once `read` makes the same value of it again. Raises ValueError if not."""
    if read(data) != value:
        raise Unreadable(f"{type(value).__name__} does not come back from its JSON as it was")
    return data


@dataclass(slots=True)
class Held:
    """A stream's state while a batch works on it, and what is parked there."""

    kind: Kind
    stream: str
    partition: int
    state: Any
    sequence: int = 0
    changed: bool = False
    written: tuple[bytes, tuple[OpenPoint, ...]] | None = None
    """The state's bytes and open points, where this batch has made them already."""
    shelf: list[Shelved] = field(default_factory=list)

    def pending(self, before: datetime) -> list[Due]:
        """The deadlines that lie before this instant, in order: an act at the very instant is in time."""
        return [Due(name=name, instant=at) for at, name in sorted(self.kind.due(self.state)) if at < before]


class Effect(NamedTuple):
    """An event as it will be written, and the commands (stream, type, JSON) by which it tells other streams."""

    type: str
    data: bytes
    occurred: datetime | None
    tells: Sequence[tuple[str, str, bytes]] = ()


def decided(service: Service, held: Held, state: Any, content: Any, cause: Cause) -> tuple[Any, list[Effect]]:
    """The state after the input, and its effects. Raises whatever the decider raises, and Unreadable."""
    asked = Input(content=content, occurred=cause.occurred, recorded=cause.recorded, subject=cause.authid, attached=())
    effects = []
    events = held.kind.decide(asked, state)
    state = passed(held.kind, state, content)
    for event in events:
        state = held.kind.evolve(state, event)
        data = read_back(event.model_dump_json(exclude_none=True).encode(), type(event).model_validate_json, event)
        effects.append(Effect(event.type, data, event.occurred, tells(service, held.kind, event)))
    held.written = read_back(held.kind.dump(state), held.kind.load, state), held.kind.open_points(state)
    return state, bounded(effects)


def tells(service: Service, kind: Kind, event: Any) -> list[tuple[str, str, bytes]]:
    """The commands by which the event tells other streams: (stream, type, JSON)."""
    told = []
    for stream, command in kind.follow(event):
        adapter = service.commands[type(command).__name__]
        data = read_back(adapter.dump_json(command), adapter.validate_json, command)
        told.append((stream, type(command).__name__, data))
    return told


def passed(kind: Kind, state: Any, content: Any) -> Any:
    """The state without the deadline that has fired; any other input changes a state by its events alone."""
    return kind.evolve(state, content) if isinstance(content, Due) else state


def bounded(effects: list[Effect]) -> list[Effect]:
    if len(effects) > EFFECTS_MAX or sum(len(effect.data) for effect in effects) > DATA_BYTES_MAX:
        raise Unreadable("one input leads to more than a topic takes as one")
    return effects


def own_effect(event: CaseEvent) -> Effect:
    return Effect(type(event).__name__, event.model_dump_json(exclude_none=True).encode(), None)


@dataclass(kw_only=True, slots=True)
class Ledger:
    """The ends of the locked partitions, the fences there, and the entries appended so far."""

    service: Service
    now: datetime
    tails: dict[int, Tail] = field(default_factory=dict)
    fences: dict[tuple[str, int], Fence] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)

    def next_id(self, partition: int) -> str:
        return entry_id(self.service.name, partition, self.tails[partition].position + 1)

    def recorded(self, partition: int) -> datetime:
        """The database's clock, but never before the partition's last entry."""
        return max(self.now, self.tails[partition].recorded)

    def append(
        self, kind: str, held: Held, type_: str, data: bytes, cause: Cause, *,
        occurred: datetime, causationid: str | None, **marks: str,
    ) -> Entry:  # fmt: skip
        """Makes this the next entry of its stream and of its partition. `marks` are an input's key, client and hash."""
        held.sequence += 1
        seen = {name: at for name in self.service.hears if (at := self.fences[name, held.partition].position)}
        said = {  # In the order of `docs/entry.md`.
            "id": self.next_id(held.partition),
            "source": f"/services/{self.service.name}",
            "type": type_,
            "time": write_time(occurred),
            "subject": held.stream,
            "datacontenttype": "application/json",
            "recordedtime": write_time(cause.recorded),
            "partitionkey": held.stream,
            "sequence": f"{held.sequence:010}",
            "causationid": causationid,
            "correlationid": cause.correlationid,
            "authid": cause.authid,
            "authtype": cause.authtype,
            "traceparent": cause.traceparent,
            "seen": write_seen(seen),
            "rulebook": self.service.rulebook,
            **marks,
        }
        entry = Entry.behind(self.tails[held.partition], held.partition, kind, said, data)
        self.tails[held.partition] = Tail(entry.position, entry.chain, entry.recorded)
        self.entries.append(entry)
        return entry


def to_agenda(entry: Entry, tells: Sequence[tuple[str, str, bytes]]) -> list[Told]:
    """Rows of the agenda: what an event tells other streams. The act stays the act of whoever caused it."""
    act = {name: entry.said[name] for name in ("correlationid", "authid", "authtype", "traceparent")}
    return [
        Told(
            partition=partition_of(stream), key=f"{entry.id}/{ordinal}", due=entry.recorded, stream=stream, type=type_,
            data=data, occurred=read_time(entry.said["time"]), causationid=entry.id, **act,
        )
        for ordinal, (stream, type_, data) in enumerate(tells, start=1)
    ]  # fmt: skip


def from_agenda(row: Any, service: Service) -> Given:
    """A row of the agenda as an input of the stream that it names."""
    return Given(
        **{name: row[name] for name in SAME}, client=AGENDA, requesthash=sha256(row["data"]).hexdigest(),
        content=service.commands[row["type"]].validate_json(row["data"]),
    )  # fmt: skip


def fired(held: Held, due: Due) -> Given:
    """A deadline as an input of its stream: it happened at its legal instant, whenever it is recorded."""
    data = DUE.dump_json(due)
    return Given(
        stream=held.stream, partition=held.partition, type=Due.__name__, content=due, data=data, occurred=due.instant,
        authid="", authtype="system", client=AGENDA, key=f"{held.stream}/{due.name}/{held.sequence + 1}",
        requesthash=sha256(data).hexdigest(),
    )  # fmt: skip
