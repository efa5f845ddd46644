"""Catching up: before it gives out a position, a service takes back what its own topic holds beyond its journal.

From zero this is the rebuild from Kafka, after a restored backup the repair, and with a new shape of states the
migration. It folds each upstream up to what each entry had seen, and decides nothing.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from aiokafka import TopicPartition

from chassis import log
from chassis.consume.inboxes import PartitionInbox
from chassis.publish.comparing import compare
from chassis.recover.replaying import Disagreement, NotThere, Replay
from chassis.service import Service
from chassis.write import journal
from chassis.write.batch import Batch
from chassis.write.inputs import INTERNAL, UNHEARD, ConsumerPosition
from chassis.write.journal import Database, sql
from decider.instants import EARLIEST
from entries.entry import LARGEST_BYTES, READ_BYTES, Line, group_of, read_document, read_seen
from servers.kafka import Kafka
from servers.topics import consuming

LINES = 1000
"""So many entries are taken back in one transaction, and so many states written at once."""
CLEAR_SECONDS = 300
"""So long it may take to clear a partition's states of another shape: they lie among all others."""


async def catch_up(database: Database, kafka: str | Kafka, service: Service) -> dict[int, str]:
    """Brings the journal up to its topic, and states to this service's shape; the partitions that stop, and why.

    Raises NotThere where an upstream's topic is not filled again yet, and OtherShape where this process is outdated.
    """
    found = await compare(database.pool, kafka, service.topic)
    stopped = dict(found.forks)
    rows = {row["partition"]: row for row in await database.pool.fetch(sql("read_ends"))}
    if (state_version := max(row["shape"] for row in rows.values())) > service.state_version:
        raise journal.OtherStateVersion(state_version, service.state_version)
    older = [partition for partition, row in rows.items() if row["shape"] < service.state_version]
    if not older and not found.ahead:
        return stopped
    async with consuming(kafka) as consumer:
        for partition in sorted({*older, *found.ahead}):
            try:
                if partition in older:
                    await _Work(database, service, consumer, partition).fold_anew()
                if end := found.ahead.get(partition):
                    await _Work(database, service, consumer, partition).take_back(end.position)
            except (Disagreement, ValueError, KeyError) as parted:
                why = str(parted) if isinstance(parted, Disagreement) else f"it cannot be taken back: {parted!r}"
                stopped[partition] = why if "(docs/" in why else f"{why} (docs/operating.md, A fork, A gap)"
    await database.pool.execute(sql("take_off_delivered"), INTERNAL)
    return stopped


@dataclass(slots=True)
class _Log:
    """A partition of a topic, read on from a consumer position."""

    consumer: Any
    topic: str
    inbox: PartitionInbox
    hearer: Service | None
    began: bool = False

    async def read(self, position: int) -> bool:
        """Takes records until the position is there; False if the topic ends before. Raises Disagreement at a fork."""
        place = TopicPartition(self.topic, self.inbox.partition)
        for again in (False, True):
            if not self.began or again:  # No position stands at a lower offset than its number allows.
                consumed = self.inbox.consumed
                self.consumer.seek(place, consumed.position if again else consumed.offset_next or consumed.position)
                self.began = True
            end = (await self.consumer.end_offsets([place]))[place]
            while self.inbox.consumed.position < position and await self.consumer.position(place) < end:
                if self.hearer is None and sum(len(line.value) for line in self.inbox.records) >= LARGEST_BYTES:
                    return True  # What belongs together is among them; the rest is for later.
                for record in (await self.consumer.getmany(place, timeout_ms=200)).get(place, ()):
                    self.inbox.take(record, self.hearer)
            if self.inbox.consumed.position >= position:
                return True
        if self.inbox.stopped:
            raise Disagreement(self.inbox.stopped)
        return False

    async def reach(self, position: int) -> None:
        """The same, where it has to be there, sooner or later."""
        if not await self.read(position):
            wanted = self.inbox.consumed.position + 1
            raise NotThere(f"{self.topic}/{self.inbox.partition} does not hold position {wanted} yet")


class _Work:
    """One partition of one service, being caught up."""

    def __init__(self, database: Database, service: Service, consumer: Any, partition: int) -> None:
        self._database = database
        self._service = service
        self._consumer = consumer
        self._partition = partition
        topics = [service.topic, *(contract.TOPIC for contract in service.hears.values())]
        consumer.assign([TopicPartition(topic, partition) for topic in topics])

    async def take_back(self, end: int) -> None:
        """Takes the own topic's entries up to `end` back into the journal."""
        rows = await self._database.pool.fetch(sql("read_ends"))
        begin, chain = next((row["position"], row["chain"]) for row in rows if row["partition"] == self._partition)
        own = self._log(self._service.name, self._service.topic, ConsumerPosition(begin, chain, 0), None)
        upstreams = self._upstreams(await journal.read_positions(self._database.pool, [self._partition]))
        at = begin
        while at < end:
            whole = await own.read(min(end, at + LINES))
            if not own.inbox.records:
                raise Disagreement(f"{own.topic}/{self._partition} misses position {at + 1} and holds {end}: a gap")
            lines = _whole_groups(own.inbox.records, end if whole else own.inbox.consumed.position)
            await self._read_seen(upstreams, lines)
            await self._save(lines, upstreams)
            at = lines[-1].position
        log.warning("taken back from the topic", partition=self._partition, entries=at - begin, end=end)

    async def fold_anew(self) -> None:
        """Folds the partition's states from its journal and its upstreams' topics, from the first entry on."""
        upstreams = self._upstreams({})
        batch = Batch(self._service, await self._database.pool.fetchval(sql("read_clock")))
        replay = Replay(batch, self._partition, {name: log.inbox.records for name, log in upstreams.items()})
        await self._fold_on(self._database.pool, replay, upstreams)
        async with self._database.pool.acquire() as connection, connection.transaction():
            await connection.fetch(sql("lock_counters"), [self._partition])
            await self._fold_on(connection, replay, upstreams)  # What came in the meantime; nothing comes now.
            for (name, _), consumed in (await journal.read_positions(connection, [self._partition])).items():
                if name in upstreams:  # Another version may hear others.
                    await upstreams[name].reach(consumed.position)
                    replay.upto(name, consumed.position)
            await connection.execute(f"SET LOCAL statement_timeout = '{CLEAR_SECONDS}s'")
            await connection.execute(sql("delete_partition_states"), self._partition, timeout=CLEAR_SECONDS)
            states = list(batch.states.values())
            for first in range(0, len(states), LINES):
                await journal.write_states(connection, states[first : first + LINES])
            await journal.write_states(connection, (), list(batch.writer.numbers))
            await connection.execute(sql("move_shape"), self._partition, self._service.state_version)
        log.warning("states folded anew", partition=self._partition, state_version=self._service.state_version)

    async def _fold_on(self, database: Any, replay: Replay, upstreams: dict[str, _Log]) -> None:
        """Folds what is in the journal and not folded yet, and of upstreams what that has seen.

        What was applied behind it waits for the lock: with positions that are read by themselves, it could be more.
        """
        while rows := await database.fetch(
            sql("read_journal"), self._partition, (at := replay.position + 1), at + LINES - 1, READ_BYTES
        ):
            lines = [Line(*row) for row in rows]
            await self._read_seen(upstreams, lines)
            for line in lines:
                replay.own(line)

    def _upstreams(self, consumed: dict[tuple[str, int], ConsumerPosition]) -> dict[str, _Log]:
        return {
            name: self._log(name, contract.TOPIC, consumed.get((name, self._partition), UNHEARD), self._service)
            for name, contract in self._service.hears.items()
        }

    def _log(self, name: str, topic: str, consumed: ConsumerPosition, hearer: Service | None) -> _Log:
        return _Log(self._consumer, topic, PartitionInbox(name, self._partition, consumed), hearer)

    @staticmethod
    async def _read_seen(upstreams: dict[str, _Log], lines: Sequence[Line]) -> None:
        """Reads each upstream as far as these entries have seen it."""
        for line in lines:
            for upstream, position in read_seen(read_document(line.value).get("seen", "")):
                if upstreams[upstream].inbox.consumed.position < position:
                    await upstreams[upstream].reach(position)

    async def _save(self, lines: Sequence[Line], upstreams: dict[str, _Log]) -> None:
        async with self._database.pool.acquire() as connection, connection.transaction():
            batch = Batch(self._service, EARLIEST)
            waiting = {name: log.inbox.records for name, log in upstreams.items()}
            streams = {line.stream for line in lines}.union(*({one.stream for one in w} for w in waiting.values()))
            await journal.load(connection, batch, [self._partition], streams - {""})
            replay = Replay(batch, self._partition, waiting)
            if replay.position + 1 != lines[0].position:
                raise NotThere(f"another process has caught up partition {self._partition} in the meantime")
            batch.writer.entries += [replay.own(line) for line in lines]
            await journal.save(connection, batch)
        await asyncio.sleep(0)


def _whole_groups(records: deque[Line], end: int) -> list[Line]:
    """Takes what belongs together; the last group stays, unless the log ends with it: more of it may come."""
    groups = [list(group) for _, group in groupby(records, key=lambda line: group_of(line.kind, line.value))]
    if len(groups) > 1 and records[-1].position < end:
        groups.pop()
    return [records.popleft() for group in groups for _ in group]
