"""The bare loop: the same entries, of the same sizes, through the same hops, and nothing else. One process a service.

Consume a batch, COPY its entries into the journal, commit, produce them partition by partition, again. There are no
doors, no law, no states, no receipts, no chain and no fences; what comes twice would be taken twice.
"""

import asyncio
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

from benchmarks.rivals import READY, topic
from benchmarks.shipments import COMPLETED, CONSIGNMENTS
from client import SERVICES
from entries.entry import PARTITIONS, partition_of

JOURNAL = """CREATE TABLE journal (
    partition smallint, position bigint, stream text, value bytea, PRIMARY KEY (partition, position))"""
COLUMNS = ("partition", "position", "stream", "value")
RECORDS_MAX = 2000
BATCH_BYTES = 1024 * 1024
LAST = b"*"
"""How the last entry of a stream ends: the next service goes on behind it."""


class Row(NamedTuple):
    partition: int
    position: int
    stream: str
    value: bytes


class Bare:
    """One service of the bare loop."""

    def __init__(self, service: str, run: str, sizes: dict[str, list[int]]) -> None:
        before = SERVICES[: SERVICES.index(service)]
        self._out = topic(run, service)
        self._follows = topic(run, before[-1]) if before else topic(run, service, "commands")
        self.hears = [topic(run, name) for name in before] or [self._follows]
        self._bodies = {kind: list(bodies(lengths, service == SERVICES[-1])) for kind, lengths in sizes.items()}
        self._positions = dict.fromkeys(range(PARTITIONS), 0)

    def rows(self, record: Any) -> Iterator[Row]:
        """The entries that a record leads to."""
        if record.topic != self._follows:
            return
        name = record.key.decode()
        if not record.value:  # A ticket: a vehicle and what it brings.
            yield from self._entries(f"movement/{name}")
            for number in range(CONSIGNMENTS):
                yield from self._entries(f"consignment/{name}-{number}")
        elif record.value.endswith(LAST):
            yield from self._entries(name)

    def _entries(self, stream: str) -> Iterator[Row]:
        partition = partition_of(stream)
        for body in self._bodies[stream.partition("/")[0]]:
            self._positions[partition] += 1
            yield Row(partition, self._positions[partition], stream, body)

    async def work(self, session: Any, consumer: AIOKafkaConsumer, producer: AIOKafkaProducer) -> None:
        """One batch after the other, for ever."""
        while True:
            read = await consumer.getmany(timeout_ms=20, max_records=RECORDS_MAX)
            if rows := [row for records in read.values() for record in records for row in self.rows(record)]:
                await session.copy_records_to_table("journal", records=rows, columns=COLUMNS)  # A transaction.
                await self._publish(producer, rows)

    async def _publish(self, producer: AIOKafkaProducer, rows: Sequence[Row]) -> None:
        by_partition: dict[int, list[Row]] = defaultdict(list)
        for row in rows:
            by_partition[row.partition].append(row)
        await asyncio.gather(*(self._send(producer, number, rows) for number, rows in by_partition.items()))

    async def _send(self, producer: AIOKafkaProducer, partition: int, rows: Sequence[Row]) -> None:
        batch = producer.create_batch()
        for row in rows:
            if batch.append(key=row.stream.encode(), value=row.value, timestamp=None) is None:
                await (await producer.send_batch(batch, self._out, partition=partition))
                batch = producer.create_batch()
                batch.append(key=row.stream.encode(), value=row.value, timestamp=None)
        await (await producer.send_batch(batch, self._out, partition=partition))


def bodies(lengths: Sequence[int], completes: bool) -> Iterator[bytes]:
    """Values of these lengths; the last says that it is the last, and where it completes a lifecycle, that too."""
    for length in lengths[:-1]:
        yield b"." * length
    for length in lengths[-1:]:
        yield (COMPLETED if completes else b"").ljust(length - 1, b".") + LAST


async def main() -> None:
    told = json.loads(os.environ["BENCH"])
    bare = Bare(told["service"], told["run"], told["sizes"][told["service"]])
    session = await asyncpg.connect(told["postgres"])
    await session.execute(JOURNAL)
    consumer = AIOKafkaConsumer(
        *bare.hears, bootstrap_servers=told["kafka"], group_id=bare.hears[-1] + told["service"],
        auto_offset_reset="earliest",
    )  # fmt: skip
    producer = AIOKafkaProducer(
        bootstrap_servers=told["kafka"], acks="all", enable_idempotence=True, max_batch_size=BATCH_BYTES
    )
    await producer.start()
    await consumer.start()
    print(READY.decode(), end="", flush=True)
    await bare.work(session, consumer, producer)


if __name__ == "__main__":
    asyncio.run(main())
