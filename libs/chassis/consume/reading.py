"""The Kafka side of a service's ears, on FastStream; the only file that knows it.

FastStream brings the consumer's lifecycle and the batch loop. Its parsing, acknowledging and seeking are replaced:
records are read raw, offsets stand in Postgres beside the states that they led to, and Kafka's committed offsets are
written for lag tools only.
"""

import asyncio
import time
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import chain
from typing import Any

from aiokafka import ConsumerRebalanceListener, TopicPartition
from aiokafka.coordinator.assignors.range import RangePartitionAssignor
from aiokafka.errors import KafkaError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker, KafkaMessage
from faststream.kafka.message import FAKE_CONSUMER

from chassis import log
from chassis.consume.inboxes import Partition, PartitionInbox
from chassis.publish.relay import BATCH_BYTES, Relay
from chassis.service import Service
from chassis.write.inputs import ConsumerPosition, UpstreamEvent
from chassis.write.journal import PASSING, read_positions
from entries.entry import READ_BYTES
from servers.kafka import options

FULL, FULL_BYTES = 2000, BATCH_BYTES
"""Records of one inbox that may wait, and what they may weigh; beyond, the consumer leaves the rest on the broker.

No less is asked for than relays send at once: of all inboxes that have more, a broker serves one alone.
"""
GATHER_SECONDS = 0.01
"""So long more may come together on the broker, for every fetch costs, however little it brings."""
SESSION_MS = 8000
"""Without a sign of life for so long, a process's partitions go to another one."""
LOOK_AGAIN_SECONDS = 2.0
ANSWER_SECONDS = 8.0
DEAF_SECONDS = 45.0
"""So long Kafka may answer the relay and not the reader, whose client then does not come to itself: all begins anew."""
STANDS = "docs/operating.md, A partition is not read on"
STANDS_SECONDS = 6.0
"""So long an inbox may stay where it is though its topic goes on; health says so within 10 seconds."""


class Deaf(Exception):  # noqa: N818 - a state of the world, named as one
    """A task without which nothing is heard has ended, and nobody begins it anew."""


class Reader(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka ships no types
    """Hears the upstream topics and keeps, per partition, what may be decided next."""

    def __init__(self, service: Service, pool: Any, name: str, wake: Callable[[], None], relay: Relay) -> None:
        self._service = service
        self._pool = pool
        self._wake = wake
        self._relay = relay
        """Its client is another one: what Kafka answers it, ours may not get."""
        self._upstreams = {contract.TOPIC: name for name, contract in service.hears.items()}
        self._topics = {name: contract.TOPIC for name, contract in service.hears.items()}
        self.partitions: dict[int, Partition] = {}
        self._stalled: dict[int, float] = {}
        self._stands: list[str] = []
        self.joined = False
        """Whether the group has given this process its share, which may be none."""
        self.moved_at = time.monotonic()
        """When Kafka last took a report of how far we are; health reads it."""
        self.broker = KafkaBroker(
            client_id=name, logger=None, metadata_max_age_ms=10_000,
            consumer_only=True,  # No producer and no administrator of its own, which would need rights of their own.
        )  # fmt: skip
        # Who is started again takes its partitions up at once, by the name that it had; Kafka does not ask then what it
        # hears, so a version that hears others has another name.
        self._subscriber = self.broker.subscriber(
            *self._upstreams, listener=self, parser=_as_it_is, decoder=_raw, ack_policy=AckPolicy.MANUAL,
            group_id=f"serhet-{service.name}",
            group_instance_id="-".join([name, *sorted(service.hears)]),
            partition_assignment_strategy=(RangePartitionAssignor,), auto_offset_reset="earliest",
            session_timeout_ms=SESSION_MS, heartbeat_interval_ms=SESSION_MS // 4, batch=True,
            max_partition_fetch_bytes=FULL_BYTES, fetch_max_bytes=READ_BYTES,
        )  # fmt: skip
        self._subscriber.get_msg = _next_records  # type: ignore[method-assign]  # its own polls 33 times a second
        self._subscriber(self._hear)

    async def start(self) -> None:
        """Joins the group. Whatever fails leaves nothing behind: who joins once more may not meet himself there."""
        self._subscriber._connection_args |= options(self._relay.kafka)
        try:
            await self.broker.start()
        except BaseException as error:
            log.warning("Kafka does not let the reader in", error=repr(error))
            await self.broker.stop()
            raise

    @property
    def _inboxes(self) -> list[PartitionInbox]:
        return [inbox for partition in self.partitions.values() for inbox in partition.inboxes.values()]

    @property
    def _consumer(self) -> Any:
        return self._subscriber.consumer

    async def on_partitions_revoked(self, revoked: Iterable[TopicPartition]) -> None:
        """Lets go of what another process will read; what is being decided is safe behind its consumer position."""
        for tp in revoked:
            self.partitions.pop(tp.partition, None)

    async def on_partitions_assigned(self, assigned: Iterable[TopicPartition]) -> None:
        """Pauses first, since records race this call; then begins where the consumer positions say."""
        self._consumer.pause(*assigned)
        self.joined = True
        self._begin(await self._positions(sorted({tp.partition for tp in assigned})))

    def _begin(self, consumed: dict[tuple[str, int], ConsumerPosition]) -> None:
        for number in {number for _, number in consumed}:
            inboxes = {name: PartitionInbox(name, number, consumed[name, number]) for name in self._topics}
            applied = {name: inbox.consumed.position for name, inbox in inboxes.items()}
            self.partitions[number] = Partition(inboxes, applied)
            for inbox in inboxes.values():
                self._seek(inbox, inbox.consumed.offset_next)

    async def _positions(self, numbers: Sequence[int]) -> dict[tuple[str, int], ConsumerPosition]:
        """The consumer positions, as soon as Postgres answers: without them nothing may be read."""
        while True:
            try:
                return await read_positions(self._pool, numbers)
            except PASSING as error:
                log.warning("the consumer positions cannot be read now", error=repr(error))
                await asyncio.sleep(0.5)

    def _seek(self, inbox: PartitionInbox, offset: int) -> None:
        tp = TopicPartition(self._topics[inbox.upstream], inbox.partition)
        if tp in self._consumer.assignment():
            self._consumer.seek(tp, offset)
            self._consumer.resume(tp)

    async def _hear(self, records: tuple[Any, ...]) -> None:
        """Sorts a batch into its inboxes. Never waits for the runner: a record may need one that comes after it."""
        for record in records:
            if partition := self.partitions.get(record.partition):
                try:
                    self._take(partition.inboxes[self._upstreams[record.topic]], record)
                except Exception:  # What FastStream is told of, it keeps to itself, with the rest of the batch.
                    log.exception("a record is skipped", topic=record.topic, at=(record.partition, record.offset))
        self._wake()
        await asyncio.sleep(GATHER_SECONDS)

    def _take(self, inbox: PartitionInbox, record: Any) -> None:
        taken = inbox.take(record, self._service)
        if taken == "gap":
            self._look_for(inbox)
        if taken == "fork":
            log.error("this partition stops until somebody has looked", reason=inbox.stopped)
        if len(inbox.records) >= FULL or inbox.weight >= FULL_BYTES:
            self._consumer.pause(TopicPartition(record.topic, record.partition))

    def _look_for(self, inbox: PartitionInbox) -> None:
        """A gap: looks once behind the last record taken, once from the beginning, then waits for the relay."""
        wanted = inbox.consumed.position + 1
        if inbox.gaps <= 2:
            log.warning("a gap", upstream=inbox.upstream, partition=inbox.partition, wanted=wanted, tries=inbox.gaps)
            self._seek(inbox, inbox.consumed.offset_next if inbox.gaps == 1 else 0)
        elif inbox.gaps == 3:
            log.error("a gap stays", upstream=inbox.upstream, partition=inbox.partition, wanted=wanted)

    def ready(self, limit: int, stopped: Container[int] = ()) -> list[UpstreamEvent]:
        """What may be decided now, at most `limit`, fairly over the partitions that are not stopped."""
        chosen, now = list[UpstreamEvent](), asyncio.get_running_loop().time()
        in_turn = list(self.partitions.items())
        for number, partition in in_turn:
            if number not in stopped and self._stalled.get(number, 0.0) <= now and len(chosen) < limit:
                chosen += partition.ready(limit - len(chosen))
        self.partitions = dict(in_turn[1:] + in_turn[:1])  # So that none is always served first.
        self._resume()
        return chosen

    def put_back(self, left: Sequence[UpstreamEvent]) -> None:
        """Takes back what the runner did not get to, the last first."""
        for heard in reversed(left):
            if heard.partition in self.partitions:
                self.partitions[heard.partition].put_back(heard)

    def _resume(self) -> None:
        """Reads on where it was left because too much waited."""
        for tp in self._consumer.paused() if self._consumer else ():
            partition = self.partitions.get(tp.partition)
            inbox = partition and partition.inboxes[self._upstreams[tp.topic]]
            if inbox and len(inbox.records) < FULL // 2 and inbox.weight < FULL_BYTES // 2:
                self._consumer.resume(tp)

    async def begin_again(self, number: int, after: float = 0.0) -> None:
        """Reads a partition anew from where it was applied, not before `after` seconds: something there did not fit."""
        if number in self.partitions:
            self._stalled[number] = asyncio.get_running_loop().time() + after
            consumed = await self._positions([number])
            if number in self.partitions:  # Still, after the wait.
                self._begin(consumed)

    def stopped(self) -> list[str]:
        """Why inboxes have stopped, for health."""
        missing = [inbox.misses for inbox in self._inboxes if inbox.gaps > 2]
        return [inbox.stopped for inbox in self._inboxes if inbox.stopped] + missing + self._stands

    async def watch(self) -> None:
        """Looks at what Kafka's client keeps to itself: an inbox that stands. Raises Deaf where the client has died."""
        since = dict[tuple[TopicPartition, int], float]()
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            consumer = self._consumer
            inner = consumer._client._sync_task, consumer._coordinator._coordination_task, consumer._fetcher._fetch_task
            if ended := [task for task in (*inner, self._subscriber.tasks[-1]) if task.done()]:
                raise Deaf(repr(ended))
            try:
                async with asyncio.timeout(ANSWER_SECONDS):
                    ends = await consumer.end_offsets(consumer.assignment())
                    behind = [at for tp in ends if (at := (tp, await consumer.position(tp)))[1] < ends[tp]]
            except (KafkaError, TimeoutError) as error:
                self._stands = [f"how far upstreams are read is not known: {error!r} ({STANDS})"]
                continue
            now, waiting = time.monotonic(), [inbox for inbox in self._inboxes if inbox.records]
            not_kafkas_turn = {(self._topics[inbox.upstream], inbox.partition) for inbox in waiting}
            since = {(tp, at): since.get((tp, at), now) for tp, at in behind if tp not in not_kafkas_turn}
            stand = sorted(at for at, began in since.items() if now - began > STANDS_SECONDS)
            self._stands = [f"{tp.topic}/{tp.partition} is not read on from offset {at} ({STANDS})" for tp, at in stand]

    async def report_offsets(self) -> None:
        """Tells Kafka, now and then, what was applied, so that lag tools see it. Nothing here reads it back.

        Raises what Kafka's client says where it has long been the only one that does not get through.
        """
        deaf_since = time.monotonic()
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            consumed = await self._positions(list(self.partitions))
            heard = [(name, n, at.offset_next) for (name, n), at in consumed.items() if name in self._topics]
            offsets = {TopicPartition(self._topics[name], n): offset for name, n, offset in heard}
            owned = self._consumer.assignment() if self._consumer else set()
            try:
                if applied := {tp: offset for tp, offset in offsets.items() if tp in owned}:
                    async with asyncio.timeout(ANSWER_SECONDS):
                        await self._consumer.commit(applied)
                    self.moved_at = deaf_since = time.monotonic()
            except (KafkaError, TimeoutError) as error:
                log.info("offsets were not reported", error=repr(error))
                deaf_since = deaf_since if self._relay.moves() else time.monotonic()
                if time.monotonic() - deaf_since > DEAF_SECONDS:
                    raise


async def _next_records(consumer: Any) -> tuple[Any, ...]:
    """Waits until there are some; FastStream's own asks and then sleeps, each for a fixed time, awake for nothing."""
    try:
        return tuple(chain(*(await consumer.getmany(timeout_ms=1000, max_records=1000)).values()))
    except Exception:
        log.exception("Kafka gives no records")
        await asyncio.sleep(1.0)
        return ()


async def _as_it_is(records: tuple[Any, ...]) -> KafkaMessage:
    """No parsing: a header that is not UTF-8 must not cost the whole batch."""
    return KafkaMessage(raw_message=records, body=b"", message_id="batch", consumer=FAKE_CONSUMER)


async def _raw(message: KafkaMessage) -> Any:
    return message.raw_message
