"""Topic and journal are one log, written twice: where the one ends is set against the other."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

from chassis.write.journal import sql
from servers.kafka import Kafka
from servers.topics import End, Reads, read_topic_ends

AGAIN_SECONDS = 0.3
"""So long after a first look at a fork comes the second."""


@dataclass(kw_only=True)
class Comparison:
    """Per partition: what the topic holds, where it is ahead, and where the two have parted."""

    published: dict[int, int] = field(default_factory=dict)
    """The topic's last position where the journal holds the same there."""
    ahead: dict[int, End] = field(default_factory=dict)
    forks: dict[int, str] = field(default_factory=dict)


async def compare(pool: Any, kafka: str | Kafka, topic: str, read: Reads | None = None) -> Comparison:
    """Reads the topic's ends before the journal's: so only an older copy of the database can be behind.

    What looks like a fork is looked at a second time before it is said to be one.
    """
    first = found = await compare_once(pool, kafka, topic, read)
    if first.forks:
        await asyncio.sleep(AGAIN_SECONDS)
        found = await compare_once(pool, kafka, topic, read)
        found.forks = {number: why for number, why in found.forks.items() if number in first.forks}
    return found


async def compare_once(pool: Any, kafka: str | Kafka, topic: str, read: Reads | None = None) -> Comparison:
    """The same at the first look."""
    known = {row["partition"]: row["position"] for row in await pool.fetch(sql("read_ends"))}
    ends = await read_topic_ends(kafka, topic, known, known=read)
    standing = await pool.fetch(sql("read_standing"), list(ends), [end.position for end in ends.values()])
    chains = {row["partition"]: row["chain"] for row in standing}
    lasts = {row["partition"]: row["last"] for row in standing}
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
