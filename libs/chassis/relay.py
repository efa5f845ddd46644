"""The relay: writes the journal to the topic again, same bytes, same order, one batch after the other per partition.

A lease in the cursor row chooses who works; it is economy, not safety: two at once only publish twice. So a process
that is started again under the same name keeps the lease that it left behind.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import groupby
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from chassis import journal, log
from chassis.entry import group_of, headers
from chassis.journal import Database, sql
from chassis.topics import compare

LEASE_SECONDS = 10
SILENCE_SECONDS = 10
"""A producer that has not answered for so long is replaced."""
ASK_SECONDS = 3.0
BATCH_BYTES = 512 * 1024
"""So much is sent at once, or one group, if it is larger: what one input led to is on the topic whole or not at all."""
RECORD_BYTES = 512
"""What key, headers and framing add to a value, at most, of names as long as ours."""
ENTRIES_PER_PARTITION = 500
GROUP_BYTES = 10 * 1024 * 1024
COMPARE_SECONDS = 10.0
"""How often an idle relay looks whether its topic still holds what it did."""


class LostTail(Exception):  # noqa: N818 - a state of the world, named as one
    """The topic has lost records that it had acknowledged."""


PASSING = (LostTail, KafkaError, *journal.PASSING)


class Relay:
    """Publishes what lies above its cursors."""

    def __init__(self, database: Database, kafka: str, topic: str, holder: str, published: Callable[[], None]) -> None:
        self._database = database
        self._opened = database.opened
        self.kafka = kafka
        self._topic = topic
        self.holder = holder
        self._published = published
        self._wake = asyncio.Event()
        self._finishing = False
        self._cursors: dict[int, int] = {}
        self._offsets: dict[int, int] = {}
        """Below these the topic cannot go on, unless it has lost something."""
        self.stopped: dict[int, str] = {}
        """Partitions that are not published, and why."""
        self._leased_at = self._asked_at = self._compared_at = 0.0
        self.moved_at = time.monotonic()
        """When it last found nothing to do, or got something done; health reads it."""

    def wake(self) -> None:
        """Says that there is something new in the journal."""
        self._wake.set()

    def holds(self, partition: int) -> bool:
        """Whether this process publishes the partition, and takes what is due on it."""
        return partition in self._cursors

    def moves(self) -> bool:
        """Whether Kafka has answered lately."""
        return time.monotonic() - self.moved_at < 2 * ASK_SECONDS

    def finish(self) -> None:
        """Says that this is the last round; cancelled half-way, a client leaves connections behind."""
        self._finishing = True
        self._wake.set()

    async def run(self) -> None:
        """Publishes until told to finish; whatever passes is tried again with a fresh producer."""
        pause = 0.2
        try:
            while not self._finishing:
                since = time.monotonic()
                try:
                    async with _producing(self.kafka) as producer:
                        await self._publish_until_silent(producer)
                except PASSING as error:
                    pause = min(pause * 2, 5.0) if self.moved_at < since else 0.2
                    log.warning("the relay rebuilds its producer", error=repr(error), pause=pause)
                    await asyncio.sleep(pause)
        finally:
            await self._free()

    async def _publish_until_silent(self, producer: AIOKafkaProducer) -> None:
        self._cursors, self._offsets = {}, {}
        while not self._finishing:
            if self._opened != self._database.opened:  # What is known of the cursors may be newer than they are now.
                self._cursors, self._opened = {}, self._database.opened
            await self._lease()
            published = await self._publish(producer)
            if not published:
                await self._ask(producer)
            self.moved_at = time.monotonic()
            if not published:
                await rested(self._wake, 1.0)

    async def _ask(self, producer: AIOKafkaProducer) -> None:
        """Asks the broker for a sign of life where there is nothing to publish."""
        if time.monotonic() - self._asked_at > ASK_SECONDS:
            async with asyncio.timeout(SILENCE_SECONDS):
                await producer.client.fetch_all_metadata()
            self._asked_at = time.monotonic()
        if time.monotonic() - self._compared_at > COMPARE_SECONDS:
            self._cursors = await self._compared(self._cursors)

    async def _lease(self) -> None:
        """Takes or keeps the lease; for partitions that are new to this producer, looks where the topic ends."""
        if self._cursors and time.monotonic() - self._leased_at < LEASE_SECONDS / 3:
            return
        self._leased_at = time.monotonic()
        rows = await self._database.pool.fetch(sql("lease_cursors"), self.holder, LEASE_SECONDS)
        held = {row["partition"]: row["position"] for row in rows}
        if set(held) - set(self._cursors):
            held = await self._compared(held)
        self._cursors = {partition: self._cursors.get(partition, position) for partition, position in held.items()}

    async def _compared(self, held: dict[int, int]) -> dict[int, int]:
        """Cursors set to the topic's ends: back where it lost its tail, forward where it was filled by another process.

        Forks are left out, and so is where the topic is ahead: there the journal is still to catch up.
        """
        self._compared_at = time.monotonic()
        found = await compare(self._database.pool, self.kafka, self._topic)
        if new := set(found.forks) - set(self.stopped):
            log.error("not published until somebody has looked", reasons=[found.forks[number] for number in new])
        self.stopped = found.forks
        moved = {n: found.published[n] for n, cursor in held.items() if found.published.get(n, cursor) != cursor}
        for partition, end in moved.items():
            log.info("the relay follows the topic's end", partition=partition, cursor=held[partition], end=end)
        await self._store(moved)
        return {n: moved.get(n, cursor) for n, cursor in held.items() if n not in found.forks and n not in found.ahead}

    async def _publish(self, producer: AIOKafkaProducer) -> int:
        """One round over all partitions held; how many entries were published."""
        parts, cursors = list(self._cursors), list(self._cursors.values())
        rows = await self._database.pool.fetch(sql("read_unpublished"), parts, cursors, ENTRIES_PER_PARTITION)
        by_partition: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            by_partition[row["partition"]].append(row)
        if not by_partition:
            return 0
        sends = (self._send(producer, partition, rows) for partition, rows in by_partition.items())
        outcomes = dict(zip(by_partition, await asyncio.gather(*sends, return_exceptions=True), strict=True))
        ends = {partition: end for partition, end in outcomes.items() if isinstance(end, int)}
        kept = await self._store(ends)
        self._cursors |= {partition: ends[partition] for partition in kept}
        self._published()
        for partition in set(ends) - kept:
            del self._cursors[partition]  # Somebody else holds it now.
        if failed := [error for error in outcomes.values() if isinstance(error, BaseException)]:
            raise failed[0]
        return len(rows)

    async def _store(self, cursors: dict[int, int]) -> set[int]:
        """Moves the cursor rows, which renews their leases; the partitions that are still held here."""
        parts, positions = list(cursors), list(cursors.values())
        rows = await self._database.pool.fetch(sql("move_cursors"), self.holder, parts, positions, float(LEASE_SECONDS))
        return {row["partition"] for row in rows}

    async def _send(self, producer: AIOKafkaProducer, partition: int, rows: Sequence[Any]) -> int:
        """Sends one partition's entries in order, each batch acknowledged before the next; the last position sent."""
        last = self._cursors[partition]
        for portion in portions(rows):
            builder = producer.create_batch()
            for row in portion:
                marks = headers(row["position"], row["kind"], row["chain"], row["traceparent"])
                at = int(row["recorded"].timestamp() * 1000)
                if builder.append(key=row["stream"].encode(), value=row["value"], timestamp=at, headers=marks) is None:
                    raise AssertionError(f"position {row['position']} of partition {partition} fits in no batch")
            builder.close()
            async with asyncio.timeout(SILENCE_SECONDS):
                stands = await (await producer.send_batch(builder, self._topic, partition=partition))
            if stands.offset < self._offsets.get(partition, portion[0]["position"] - 1):
                raise LostTail(f"{self._topic}/{partition} goes on at offset {stands.offset}")
            self._offsets[partition] = stands.offset + len(portion)
            last = portion[-1]["position"]
        return last

    async def _free(self) -> None:
        try:
            async with asyncio.timeout(2.0):
                await self._database.pool.execute(sql("free_cursors"), self.holder)
        except PASSING as error:
            log.info("leases were not given back and will run out", error=repr(error))


async def rested(wake: asyncio.Event, seconds: float) -> None:
    """Returns when woken, or after so long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wake.wait()
    wake.clear()


@asynccontextmanager
async def _producing(kafka: str) -> AsyncIterator[AIOKafkaProducer]:
    """A producer that is given up, not waited for, when the broker does not answer."""
    producer = AIOKafkaProducer(
        bootstrap_servers=kafka, acks="all", enable_idempotence=True, max_batch_size=GROUP_BYTES, linger_ms=0
    )
    try:
        async with asyncio.timeout(SILENCE_SECONDS):
            await producer.start()
        yield producer
    finally:  # Of a start that is cancelled half-way, too: it leaves open connections behind.
        try:
            if (sender := producer._sender.sender_task) is not None:
                sender.cancel()  # It would send again, whenever the broker is back, what may be lost by then.
            async with asyncio.timeout(2.0):
                await producer.stop()
        except PASSING as error:
            log.info("a silent producer was given up", error=repr(error))


def portions(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Rows in batches that Kafka takes or loses as one, and that no group of entries straddles.

    A group at the end of as many rows as are read at once may go on behind them, so it waits for the next reading.
    """
    groups = [list(group) for _, group in groupby(rows, key=lambda row: group_of(row["kind"], row["value"]))]
    if len(rows) == ENTRIES_PER_PARTITION:
        groups.pop()
    portion: list[Any] = []
    size = 0
    for group in groups:
        more = sum(len(row["value"]) + RECORD_BYTES for row in group)
        if portion and size + more > BATCH_BYTES:
            yield portion
            portion, size = [], 0
        portion, size = portion + group, size + more
    if portion:
        yield portion
