"""What Kafka is asked for apart from records: topics with our settings, and the last record of each partition.

Topic and journal are one log, written twice: where the one ends is set against the other.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from chassis.entry import PARTITIONS, START, Line
from chassis.journal import sql

SETTINGS = {
    "cleanup.policy": "delete", "retention.ms": "-1", "retention.bytes": "-1",
    "message.timestamp.type": "CreateTime", "message.timestamp.before.max.ms": str(2**63 - 1),
    "message.timestamp.after.max.ms": str(2**63 - 1), "max.message.bytes": str(12 * 1024 * 1024),
}  # fmt: skip
"""Topics keep everything, whenever it is stamped."""


async def create_topics(kafka: str, topics: Iterable[str], replication: int = 1) -> None:
    """Creates the topics that are missing. Raises RuntimeError if one stands with another partition count."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        standing = set(await admin.list_topics())
        wanted = [NewTopic(topic, PARTITIONS, replication, topic_configs=SETTINGS) for topic in topics]
        if missing := [topic for topic in wanted if topic.name not in standing]:
            await admin.create_topics(missing)
        for told in await admin.describe_topics([topic.name for topic in wanted]):
            if (count := len(told["partitions"])) not in {0, PARTITIONS}:
                raise RuntimeError(f"topic {told['topic']} has {count} partitions, not the {PARTITIONS} fixed at birth")
    finally:
        await admin.close()


POSITION = re.compile(rb"[0-9]{1,18}")
CHAIN = re.compile(rb"[0-9a-f]{64}")


def line_of(record: Any) -> Line:
    """A record of a topic as a line; with position 0 and no chain where it carries none."""
    marks = {name: value or b"" for name, value in record.headers}
    position, kind, chain = (marks.get(name, b"") for name in ("position", "kind", "chain"))
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


def consumer_of_everything(kafka: str) -> Any:
    """A consumer in no group that reads from the beginning; it waits briefly, so that other requests get their turn."""
    return AIOKafkaConsumer(
        bootstrap_servers=kafka, auto_offset_reset="earliest", enable_auto_commit=False, fetch_max_wait_ms=20
    )


@asynccontextmanager
async def consuming(kafka: str) -> AsyncIterator[Any]:
    """Such a consumer, started, and stopped again however far the start came."""
    consumer = consumer_of_everything(kafka)
    try:
        await consumer.start()
        yield consumer
    finally:
        await consumer.stop()


async def read_topic_ends(
    kafka: str, topic: str, since: Mapping[int, int] | None = None, within: float = 20.0
) -> dict[int, End]:
    """Per partition the highest entry among the topic's last records; partitions with none are left out.

    What is no entry of that place by its own word, such as a stranger's record with an absurd position, does not count;
    nor does what says so and is chained to nothing: the relay publishes in order, and no topic loses entries from its
    midst. The last record may be an old one, published again: with `since`, positions that the topic surely holds,
    everything from there on is read, which may be much that strangers wrote: only silence for `within` seconds ends it.
    """
    async with asyncio.timeout(within) as limit, consuming(kafka) as consumer:
        partitions = [TopicPartition(topic, number) for number in range(PARTITIONS)]
        consumer.assign(partitions)
        ends, starts = await consumer.end_offsets(partitions), await consumer.beginning_offsets(partitions)
        spans = {tp: (starts[tp], ends[tp]) for tp in partitions if ends[tp] > starts[tp]}
        for tp, (start, end) in spans.items():
            consumer.seek(tp, max(start, min((since or {}).get(tp.partition, end), end - 2)))
        consumer.pause(*(set(partitions) - set(spans)))
        return await _highest_of(consumer, spans, lambda: limit.reschedule(asyncio.get_running_loop().time() + within))


async def _highest_of(
    consumer: Any, spans: Mapping[TopicPartition, tuple[int, int]], goes_on: Callable[[], None]
) -> dict[int, End]:
    """Reads to the ends; where no record follows another, begins again further back. Says that it `goes_on`."""
    found: dict[int, End] = {}
    back, waiting, last = dict.fromkeys(spans, 2), set(spans), dict.fromkeys(spans, NOTHING)
    while waiting:
        for tp, records in (await consumer.getmany(*waiting, timeout_ms=500)).items():
            goes_on()
            lines = [(line_of(record), record.offset) for record in records]
            for line, offset in (each for each in lines if each[0].speaks_of(tp.partition)):
                highest = found.get(tp.partition, NOTHING)
                chained = any(line.follows(*end[:2]) for end in (NOTHING, last[tp], highest))
                last[tp] = End(line.position, line.chain, offset)
                if chained and line.position > highest.position:
                    found[tp.partition] = last[tp]
            start, end = spans[tp]
            if records[-1].offset < end - 1:
                continue
            if tp.partition in found or end - back[tp] <= start:
                waiting.discard(tp)
            else:
                back[tp] *= 16
                consumer.seek(tp, max(start, end - back[tp]))
    return found


@dataclass(kw_only=True)
class Comparison:
    """Per partition: what the topic holds, where it is ahead, and where the two have parted."""

    published: dict[int, int] = field(default_factory=dict)
    """The topic's last position where the journal holds the same there."""
    ahead: dict[int, End] = field(default_factory=dict)
    forks: dict[int, str] = field(default_factory=dict)


async def compare(pool: Any, kafka: str, topic: str) -> Comparison:
    """Reads the topic's ends before the journal's: so only an older copy of the database can be behind."""
    known = {row["partition"]: row["position"] for row in await pool.fetch(sql("read_ends"))}
    ends = await read_topic_ends(kafka, topic, known)
    rows = await pool.fetch(sql("read_chains"), list(ends), [end.position for end in ends.values()])
    chains = {row["partition"]: row["chain"] for row in rows}
    lasts = {row["partition"]: row["position"] for row in await pool.fetch(sql("read_ends"))}
    found = Comparison()
    for partition, end in ends.items():
        if end.position > lasts[partition]:
            found.ahead[partition] = end
        elif chains.get(partition) == end.chain:  # So many entries need as many offsets; else some are missing below.
            found.published[partition] = end.position if end.offset >= end.position - 1 else 0
        else:
            what = f"{topic}/{partition} holds another entry at position {end.position} than the journal: a fork"
            found.forks[partition] = f"{what} (docs/operating.md, A fork)"
    found.published |= {partition: 0 for partition in lasts if partition not in ends}
    return found
