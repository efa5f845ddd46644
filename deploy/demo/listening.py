"""The topics, read as any outsider can read them: every entry from the moment at which listening began."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import orjson
from aiokafka import AIOKafkaConsumer, TopicPartition

from client import Client
from deploy.demo.tally import Tally
from entries.entry import PARTITIONS
from servers.kafka import options

AT_ONCE_MAX = 500
FETCH_MILLISECONDS = 200
LOOK_AGAIN_SECONDS = 0.1


@asynccontextmanager
async def listening(kafka: str, topics: Mapping[str, str], tally: Tally) -> AsyncIterator[None]:
    """Lets the tally hear what comes onto the topics while the body runs."""
    partitions = [TopicPartition(topic, number) for topic in topics.values() for number in range(PARTITIONS)]
    consumer = AIOKafkaConsumer(**options(kafka), enable_auto_commit=False, fetch_max_wait_ms=FETCH_MILLISECONDS)
    async with AsyncExitStack() as ending:
        ending.push_async_callback(consumer.stop)
        await consumer.start()
        consumer.assign(partitions)
        await consumer.seek_to_end(*partitions)
        for partition in partitions:
            await consumer.position(partition)  # So that it stands there before anything is sent.
        hearing = asyncio.create_task(_hear(consumer, tally))
        try:
            yield
        finally:
            hearing.cancel()
            with suppress(asyncio.CancelledError):
                await hearing  # Where Kafka was lost it says so here.


async def _hear(consumer: Any, tally: Tally) -> None:
    while True:
        for records in (await consumer.getmany(timeout_ms=FETCH_MILLISECONDS, max_records=AT_ONCE_MAX)).values():
            for record in records:
                tally.hear(orjson.loads(record.value), dict(record.headers)["kind"].decode())
        await asyncio.sleep(0)


async def everything_heard(services: Mapping[str, str], client: Client, token: str, tally: Tally) -> None:
    """Returns once all has been heard that stood in the journals when this was asked, and is of this day."""
    for service in services:
        ends = await client.positions(service, token)
        while True:
            if all(tally.positions.get((service, number), end) >= end for number, end in ends.items()):
                break
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
