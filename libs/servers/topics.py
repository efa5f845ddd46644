"""What Kafka is asked for apart from records: topics with our settings, and the last record of each partition."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, NamedTuple

from aiokafka import AIOKafkaConsumer, TopicPartition

from entries.entry import GROUP_BYTES, PARTITIONS, READ_BYTES, START, Line, link
from servers.kafka import Kafka, options
from servers.standing import Form

FORM = Form(PARTITIONS, {
    "cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1", "compression.type": "uncompressed",
    "message.timestamp.type": "CreateTime", "message.timestamp.before.max.ms": str(2**63 - 1),
    "message.timestamp.after.max.ms": str(2**63 - 1), "max.message.bytes": str(GROUP_BYTES + GROUP_BYTES // 5),
})  # fmt: skip
"""Topics keep everything, whenever it is stamped, and plain; they take what is recorded as one, and a fifth more."""

POSITION = re.compile(rb"[0-9]{1,18}")
CHAIN = re.compile(rb"[0-9a-f]{64}")


def line_of(record: Any) -> Line:
    """A record of a topic as a line; with position 0 and no chain where it carries none."""
    marks = dict(record.headers)
    position, kind, chain = marks.get("position") or b"", marks.get("kind") or b"", marks.get("chain") or b""
    return Line(
        int(position) if POSITION.fullmatch(position) else 0, kind.decode("ascii", "replace"),
        (record.key or b"").decode("utf-8", "replace"),
        bytes.fromhex(chain.decode()) if CHAIN.fullmatch(chain) else b"", record.value or b"",
    )  # fmt: skip


class End(NamedTuple):
    """The highest entry on a topic's partition, and the offset at which it stands."""

    position: int
    chain: bytes
    offset: int


NOTHING = End(0, START, -1)


@dataclass(slots=True)
class Read:
    """What has been read of a topic's partition: what was found, and where to go on."""

    upto: int
    mark: tuple[int, int, bytes] = (-1, 0, b"")
    """The last record's offset, stamp and digest: does it stand there still, then so does all before it."""
    highest: End = NOTHING
    last: End = NOTHING

    def add(self, records: Sequence[Any], partition: int) -> None:
        self.mark = _mark(records[-1])
        for line, offset in ((line_of(record), record.offset) for record in records):
            if line.speaks_of(partition):
                chained = any(line.follows(*end[:2]) for end in (NOTHING, self.last, self.highest))
                self.last = End(line.position, line.chain, offset)
                if chained and line.position > self.highest.position:
                    self.highest = self.last


def _mark(record: Any) -> tuple[int, int, bytes]:
    return record.offset, record.timestamp, link(START, record.value or b"")


Reads = dict[TopicPartition, Read]


def consumer_of_everything(kafka: str | Kafka) -> Any:
    """A consumer in no group that reads from the beginning; it waits briefly, so that other requests get their turn."""
    return AIOKafkaConsumer(
        **options(kafka), auto_offset_reset="earliest", enable_auto_commit=False, fetch_max_wait_ms=20,
        fetch_max_bytes=READ_BYTES,
    )  # fmt: skip


@asynccontextmanager
async def consuming(kafka: str | Kafka) -> AsyncIterator[Any]:
    """Such a consumer, started, and stopped again however far the start came."""
    consumer = consumer_of_everything(kafka)
    try:
        await consumer.start()
        yield consumer
    finally:
        await consumer.stop()


async def read_topic_ends(
    kafka: str | Kafka, topic: str, since: Mapping[int, int] | None = None, within: float = 20.0,
    known: Reads | None = None,
) -> dict[int, End]:  # fmt: skip
    """Per partition the highest entry among the topic's last records; partitions with none are left out.

    What is no entry of that place by its own word, such as a stranger's record with an absurd position, does not count;
    nor does what says so and is chained to nothing: the relay publishes in order, and no topic loses entries from its
    midst. The last record may be an old one, published again: with `since`, positions that the topic surely holds,
    everything from there on is read, which may be much that strangers wrote: only silence for `within` seconds ends it.
    What is `known` from the last time and reaches further is not read again, as long as it stands there; it comes to
    what is known now.
    """
    known = {} if known is None else known
    before, fresh, loop = dict(known), Reads(), asyncio.get_running_loop()
    known.clear()
    async with asyncio.timeout(within) as limit, consuming(kafka) as consumer:
        partitions = [TopicPartition(topic, number) for number in range(PARTITIONS)]
        consumer.assign(partitions)
        ends, starts = await consumer.end_offsets(partitions), await consumer.beginning_offsets(partitions)
        spans = {tp: (starts[tp], ends[tp]) for tp in partitions if ends[tp] > starts[tp]}
        consumer.pause(*(set(partitions) - set(spans)))
        for tp, (start, end) in spans.items():
            reached = min((since or {}).get(tp.partition, end), end)
            fresh[tp] = Read(max(start, reached - 2))  # With the one to which the last that was reached is chained.
            read = before.get(tp, fresh[tp])
            goes_on = start <= read.mark[0] < read.upto <= end and read.upto >= fresh[tp].upto
            known[tp] = read if goes_on else fresh[tp]
            consumer.seek(tp, fresh[tp].upto if known[tp] is fresh[tp] else read.mark[0])
        for tp, read in known.items():
            if read is not fresh[tp] and read.mark != _mark(await consumer.getone(tp)):
                known[tp] = fresh[tp]
            consumer.seek(tp, known[tp].upto)
        return await _highest_of(consumer, spans, known, lambda: limit.reschedule(loop.time() + within))


async def _highest_of(
    consumer: Any, spans: Mapping[TopicPartition, tuple[int, int]], known: Reads, goes_on: Callable[[], None]
) -> dict[int, End]:
    """Reads to the ends; where no record follows another, begins again further back. Says that it `goes_on`.

    By positions, not by records: what stands last may be none that a reader is given.
    """
    back = {tp: end - (known[tp].upto if known[tp].mark[0] < 0 else 0) for tp, (_, end) in spans.items()}
    reached, waiting = dict[TopicPartition, int](), set(spans)
    while waiting:
        if (now := {tp: await consumer.position(tp) for tp in waiting}) != reached:
            goes_on()
        reached = now
        for tp in [tp for tp in waiting if reached[tp] >= spans[tp][1]]:
            start, end = spans[tp]
            if known[tp].highest.position or end - back[tp] <= start:
                waiting.discard(tp)
                known[tp].upto = reached[tp]
            else:
                back[tp] *= 16
                consumer.seek(tp, max(start, end - back[tp]))
        for tp, records in (await consumer.getmany(*waiting, timeout_ms=500)).items() if waiting else ():
            known[tp].add(records, tp.partition)
    return {tp.partition: read.highest for tp, read in known.items() if read.highest.position}
