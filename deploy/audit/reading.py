"""What the sides of an audit hold: each partition's log on its topic, and in its journal with what came of it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import asyncpg
from aiokafka import TopicPartition
from aiokafka.errors import KafkaError

from chassis.service import Service
from chassis.write.inputs import INTERNAL, ConsumerPosition, ParkedRecord, PartitionHead, Receipt
from chassis.write.journal import sql
from deploy.audit.folding import Account, State
from entries.entry import Line
from servers.logins import at_database
from servers.topics import consumer_of_everything, line_of

CATCH_UP_SECONDS = 15.0
"""How long a topic may take to come up to a journal that was read before it."""

NOTHING = b"{}"
"""The state of a stream of which others have taken back all that they said: it says as much as that there is none."""


@dataclass(slots=True)
class Snapshot:
    """One partition of one service's database at one moment."""

    lines: list[Line]
    tail: PartitionHead
    """What the next entry will be put behind."""
    applied: dict[str, ConsumerPosition]
    """How far each upstream was."""
    live: Account
    delivered: frozenset[str]
    """Keys of what this partition's entries told others, and others have taken."""

    @property
    def end(self) -> int:
        """The last position that was given out."""
        return self.tail.position

    @property
    def consumed(self) -> dict[str, int]:
        return {upstream: consumed.position for upstream, consumed in self.applied.items()}


async def snapshot(database: Any, name: str, partition: int) -> Snapshot:
    entries_of = f"{name}/{partition}/%"
    async with database.transaction(isolation="repeatable_read", readonly=True):
        lines = await database.fetch(sql("read_partition"), partition)
        ends = await database.fetch(sql("read_ends"))
        consumed = await database.fetch(sql("read_positions"), [partition])
        states = await database.fetch(sql("read_partition_states"), partition)
        receipts = await database.fetch(sql("read_partition_receipts"), partition, entries_of)
        parked = await database.fetch(sql("read_partition_parked"), partition)
        agenda = await database.fetch(sql("read_partition_agenda"), entries_of)
        numbers = await database.fetch(sql("read_partition_numbers"), partition)
    own = [row for row in receipts if row["partition"] == partition]
    live = Account(
        states={
            row["stream"]: State(row["sequence"], row["state"], row["due"])
            for row in states
            if row["sequence"] or row["state"] != NOTHING
        },
        receipts={
            (r["client"], r["key"]): Receipt(r["requesthash"], r["partition"], r["position"], r["size"]) for r in own
        },
        parked=[ParkedRecord(*row) for row in parked],
        agenda={(row["partition"], row["key"]) for row in agenda},
        numbers={(row["number"], row["stream"]) for row in numbers},
    )
    return Snapshot(
        [Line(*row) for row in lines],
        next(
            PartitionHead(row["position"], row["chain"], row["recorded"])
            for row in ends
            if row["partition"] == partition
        ),
        {row["upstream"]: ConsumerPosition(row["position"], row["chain"], row["offset_next"]) for row in consumed},
        live,
        frozenset(row["key"] for row in receipts if row["client"] == INTERNAL),
    )


async def snapshots(
    databases: Mapping[str, Any], services: Mapping[str, Service], partition: int
) -> dict[str, Snapshot]:
    """Those who hear others first, so that whatever they have applied is in what is read after them."""
    order = sorted(databases, key=lambda name: -len(services[name].hears))
    return {name: await snapshot(databases[name], name, partition) for name in order}


async def read_topics(
    kafka: Any, partitions: Mapping[TopicPartition, str], wanted: Mapping[str, int]
) -> dict[str, list[Line]]:
    """Everything on these partitions, at least up to the wanted positions if they come within the time."""
    lines: dict[str, list[Line]] = {name: [] for name in partitions.values()}
    highest = dict.fromkeys(partitions.values(), 0)
    kafka.assign(list(partitions))
    await kafka.seek_to_beginning(*partitions)
    until = asyncio.get_running_loop().time() + CATCH_UP_SECONDS
    while True:
        ends = await kafka.end_offsets(list(partitions))
        while [tp for tp in partitions if await kafka.position(tp) < ends[tp]]:
            for tp, records in (await kafka.getmany(timeout_ms=50)).items():
                name = partitions[tp]
                read = [line for record in records if (line := line_of(record)).speaks_of(tp.partition)]
                lines[name] += read  # A stranger's record is no entry, whatever position it carries.
                highest[name] = max(highest[name], *(line.position for line in read), 0)
        behind = [name for name, position in wanted.items() if highest[name] < position]
        if not behind or asyncio.get_running_loop().time() > until:
            return lines
        await asyncio.sleep(0.1)


async def consumer_of(kafka: str) -> Any:
    consumer = consumer_of_everything(kafka)
    try:
        async with asyncio.timeout(10):
            await consumer.start()
    except (KafkaError, OSError, TimeoutError):
        await consumer.stop()
        return None
    return consumer


async def connect(postgres: str, services: Mapping[str, Service]) -> dict[str, Any]:
    try:
        return {name: await asyncpg.connect(at_database(postgres, name), timeout=10) for name in services}
    except (OSError, TimeoutError, asyncpg.PostgresError):
        return {}
