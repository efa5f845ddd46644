"""The relay: writes the journal to the topic again, same bytes, same order, one batch after the other per partition.

A lease in the cursor row chooses who works: economy, not safety. Started again under its name, a process keeps its own.
"""

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import groupby
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import BrokerResponseError, KafkaError

from chassis import log
from chassis.publish.comparing import compare
from chassis.write.effects import TooLarge
from chassis.write.journal import PASSING, Database, sql
from entries.entry import LARGEST_BYTES, group_of, headers, weight
from servers.kafka import Kafka, options
from servers.standing import Standing
from servers.topics import FORM, Reads

LEASE_SECONDS, ASK_SECONDS = 10, 3.0
SILENCE_SECONDS = 8
"""A producer that has not answered for so long is replaced."""
BATCH_BYTES = 512 * 1024
"""So much is sent at once, or one group, if it is larger: what one input led to is on the topic whole or not at all."""
ENTRIES_PER_PARTITION, BYTES_PER_PARTITION = 500, 700 * 1024
"""So much is read at once; of one partition, of each in turn, as much as was ever recorded as one."""
ASIDE_SECONDS, TRIAL_SECONDS = 15.0, 2.0
"""For so long a partition is left aside that alone does not get through; then it is tried for so long."""
COMPARE_SECONDS = 10.0
"""How often an idle relay looks whether its topic still holds what it did."""


class LostTail(Exception):  # noqa: N818 - a state of the world, named as one
    """The topic has lost records that it had acknowledged."""


TRIED_AGAIN = (LostTail, KafkaError, *PASSING)


class Relay:
    """Publishes what lies above its cursors."""

    def __init__(
        self, database: Database, kafka: str | Kafka, topic: str, holder: str, published: Callable[[], None]
    ) -> None:
        self._database = database
        self._home = database.home
        self.kafka = kafka
        self._topic = topic
        self.standing = Standing(kafka, FORM, topic)
        self.holder = holder
        self._published = published
        self._wake = asyncio.Event()
        self._finishing = False
        self._cursors: dict[int, int] = {}
        self._read: Reads = {}
        self._offsets: dict[int, int] = {}
        """Below these the topic cannot go on, unless it has lost something."""
        self._forks: dict[int, str] = {}
        self._refused: dict[int, str] = {}
        """Why what comes next on a partition does not get through; it is tried again, ever so often."""
        self._aside_until: dict[int, float] = {}
        """Of what failed last, since when it may be tried again."""
        self._leased_at = self._asked_at = self._compared_at = 0.0
        self.moved_at = time.monotonic()
        """When it last found nothing to do, or got something done; health reads it."""

    @property
    def stopped(self) -> dict[int, str]:
        """Partitions that are not published, and why."""
        return self._refused | self._forks

    def wake(self) -> None:
        """Says that there is something new in the journal."""
        self._wake.set()

    def forget(self) -> None:
        """Says that what is known of the cursors may be newer than they are: the database may be an older copy."""
        self._home = None

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
        """Publishes until told to finish; whatever goes wrong is tried again with a fresh producer."""
        pause = 0.2
        try:
            while not self._finishing:
                since = time.monotonic()
                try:
                    async with _producing(self.kafka) as producer:
                        await self._publish_until_silent(producer)
                except Exception as error:
                    pause = min(pause * 2, 5.0) if self.moved_at < since else 0.2
                    foreseen = isinstance(error, TRIED_AGAIN)
                    log.warning("the relay begins anew", error=repr(error), pause=pause, exc_info=not foreseen)
                    await asyncio.sleep(pause)
        finally:
            await self._free()

    async def _publish_until_silent(self, producer: AIOKafkaProducer) -> None:
        self._cursors, self._offsets = {}, {}
        while not self._finishing:
            if self._home != self._database.home:
                self._cursors, self._read, self._home = {}, {}, self._database.home
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
        leased = {row["partition"]: row["position"] for row in rows}
        self._refused = {partition: why for partition, why in self._refused.items() if partition in leased}
        leased = {n: position for n, position in leased.items() if self._aside_until.get(n, 0.0) <= time.monotonic()}
        older = any(leased.get(partition, cursor) < cursor for partition, cursor in self._cursors.items())
        if older or set(leased) - set(self._cursors):
            leased = await self._compared(leased)
            self._cursors = {} if older else self._cursors
        self._cursors = {partition: self._cursors.get(partition, position) for partition, position in leased.items()}

    async def _compared(self, leased: dict[int, int]) -> dict[int, int]:
        """Cursors set to the topic's ends: back where it lost its tail, forward where it was filled by another process.

        Forks are left out, and so is where the topic is ahead: there the journal is still to catch up. So is everything
        where the topic packs what it is given: for ever the same would be published, and found by nobody.
        """
        self._compared_at = time.monotonic()
        found = await compare(self._database.pool, self.kafka, self._topic, self._read)
        if new := set(found.forks) - set(self._forks):
            log.error("not published until somebody has looked", reasons=[found.forks[number] for number in new])
        self._forks = found.forks
        moved = {n: found.published[n] for n, cursor in leased.items() if found.published.get(n, cursor) != cursor}
        for partition, end in moved.items():
            log.info("the relay follows the topic's end", partition=partition, cursor=leased[partition], end=end)
        await self._store(moved)
        out = {*leased} if self.standing.packs(self._topic) else {*found.forks, *found.ahead}
        return {n: moved.get(n, cursor) for n, cursor in leased.items() if n not in out}

    async def _publish(self, producer: AIOKafkaProducer) -> int:
        """One round over all partitions held; how many entries were published."""
        in_turn = list(self._cursors.items())
        self._cursors = dict(in_turn[1:] + in_turn[:1])  # So that none is always the first one.
        parts, cursors = list(self._cursors), list(self._cursors.values())
        bounds = (ENTRIES_PER_PARTITION, BYTES_PER_PARTITION, LARGEST_BYTES)
        rows = await self._database.pool.fetch(sql("read_unpublished"), parts, cursors, *bounds)
        by_partition: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            by_partition[row["partition"]].append(row)
        if not by_partition:
            return 0
        sends = (self._send(producer, partition, rows) for partition, rows in by_partition.items())
        outcomes = dict(zip(by_partition, await asyncio.gather(*sends, return_exceptions=True), strict=True))
        ends = {partition: end for partition, end in outcomes.items() if isinstance(end, int)}
        moved = [partition for partition, end in ends.items() if end > self._cursors[partition]]
        for partition in moved:
            self._aside_until.pop(partition, None)
            self._refused.pop(partition, None)
            self.moved_at = time.monotonic()
        kept = await self._store(ends)
        self._cursors |= {partition: ends[partition] for partition in kept}
        self._published()
        for partition in set(ends) - kept:
            del self._cursors[partition]  # Somebody else holds it now.
        if failed := {n: error for n, error in outcomes.items() if isinstance(error, Exception)}:
            self._put_aside(failed, others=bool(moved))
            raise next(iter(failed.values()))
        return len(rows)

    def _put_aside(self, failed: Mapping[int, Exception], others: bool) -> None:
        """What alone does not get through, with a fresh producer neither, waits, so that `others` need not.

        Where nothing gets through, and nobody has refused it for good, Kafka is away: that passes.
        """
        for partition, error in failed.items():
            again = partition in self._aside_until
            self._aside_until[partition] = time.monotonic()
            passes = isinstance(error, TRIED_AGAIN) and (not isinstance(error, BrokerResponseError) or error.retriable)
            if not again or (passes and not others):
                continue
            self._aside_until[partition] += ASIDE_SECONDS
            what = f"{self._topic}/{partition} does not take what follows position {self._cursors[partition]}"
            self._refused[partition] = f"{what}: {error!r} (docs/operating.md, Not taken)"
            log.error("a partition is not published until somebody has looked", reason=self._refused[partition])

    async def _store(self, cursors: dict[int, int]) -> set[int]:
        """Moves the cursor rows, which renews their leases; the partitions that are still held here."""
        parts, positions = list(cursors), list(cursors.values())
        rows = await self._database.pool.fetch(sql("move_cursors"), self.holder, parts, positions, float(LEASE_SECONDS))
        return {row["partition"] for row in rows}

    async def _send(self, producer: AIOKafkaProducer, partition: int, rows: Sequence[Any]) -> int:
        """Sends one partition's entries in order, each batch acknowledged before the next; the last position sent."""
        last = self._cursors[partition]
        seconds = TRIAL_SECONDS if partition in self._refused else SILENCE_SECONDS
        for portion in portions(rows):
            builder = producer.create_batch()
            for row in portion:
                marks = headers(row["position"], row["kind"], row["chain"], row["traceparent"])
                at = int(row["recorded"].timestamp() * 1000)
                if builder.append(key=row["stream"].encode(), value=row["value"], timestamp=at, headers=marks) is None:
                    raise TooLarge(f"up to position {row['position']} it is more than {LARGEST_BYTES:,} bytes as one")
            builder.close()
            async with asyncio.timeout(seconds):
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
        except TRIED_AGAIN as error:
            log.info("leases were not given back and will run out", error=repr(error))


async def rested(wake: asyncio.Event, seconds: float) -> None:
    """Returns when woken, or after so long."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await wake.wait()
    wake.clear()


@asynccontextmanager
async def _producing(kafka: str | Kafka) -> AsyncIterator[AIOKafkaProducer]:
    """A producer that is given up, not waited for, when the broker does not answer."""
    producer = AIOKafkaProducer(
        **options(kafka), acks="all", enable_idempotence=True, max_batch_size=LARGEST_BYTES, linger_ms=0
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
        except TRIED_AGAIN as error:
            log.info("a silent producer was given up", error=repr(error))


def portions(rows: Sequence[Any]) -> Iterator[list[Any]]:
    """Rows in batches that Kafka takes or loses as one, and that no group of entries straddles.

    A group at the end of what was read may go on behind it, so it waits for the next reading, unless the journal ends.
    """
    groups = [list(group) for _, group in groupby(rows, key=lambda row: group_of(row["kind"], row["value"]))]
    if rows[-1]["position"] < rows[-1]["journal_end"] and (len(groups) > 1 or weigh(rows) < LARGEST_BYTES):
        groups.pop()
    portion, size = list[Any](), 0
    for group in groups:
        more = weigh(group)
        if portion and size + more > BATCH_BYTES:
            yield portion
            portion, size = [], 0
        portion, size = portion + group, size + more
    if portion:
        yield portion


def weigh(rows: Sequence[Any]) -> int:
    return sum(weight(row["stream"], row["value"]) for row in rows)
