"""What a service tells itself: a command of one stream to another, as a row of the agenda, and a deadline."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from chassis.service import Service
from chassis.write.effects import LoadedStream
from chassis.write.inputs import INTERNAL, CommandEnvelope, InternalCommand, Told
from decider import Due
from entries.actor import ITSELF, Actor
from entries.entry import Entry, partition_of, read_time

DUE = TypeAdapter(Due)
SAME = [name for name in InternalCommand._fields if name not in {"due", "actor"}]
"""What a row of the agenda and the input that it becomes have in common."""


def internal_commands_of(entry: Entry, tells: Sequence[Told]) -> list[InternalCommand]:
    """Rows of the agenda: what an event tells other streams. The act stays the act of whoever caused it, or did it."""
    act = {"correlationid": entry.said["correlationid"], "traceparent": entry.said["traceparent"]}
    return [
        InternalCommand(
            partition=partition_of(one.stream), key=f"{entry.id}/{ordinal}", due=entry.recorded, stream=one.stream,
            type=one.type, data=one.data, occurred=one.occurred or read_time(entry.said["time"]), causationid=entry.id,
            actor=one.actor or Actor.of(entry.said), **act,
        )
        for ordinal, one in enumerate(tells, start=1)
    ]  # fmt: skip


def from_row(row: Any, service: Service) -> CommandEnvelope:
    """A row of the agenda as an input of its stream. Raises KeyError or ValueError on what is of another version."""
    return CommandEnvelope(
        **{name: row[name] for name in SAME}, actor=Actor.of(row),
        client=INTERNAL, requesthash=sha256(row["data"]).hexdigest(),
        content=service.commands[row["type"]].validate_json(row["data"], extra="forbid"),
    )  # fmt: skip


def fired(loaded: LoadedStream, due: Due) -> CommandEnvelope:
    """A deadline as an input of its stream: it happened at its legal instant, whenever it is recorded."""
    data = DUE.dump_json(due)
    return CommandEnvelope(
        stream=loaded.stream, partition=loaded.partition, type=Due.__name__, content=due, data=data,
        occurred=due.instant, actor=ITSELF, client=INTERNAL,
        key=f"{loaded.stream}/{due.name}/{loaded.sequence + 1}", requesthash=sha256(data).hexdigest(),
    )  # fmt: skip
