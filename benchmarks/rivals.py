"""The other sides: four processes each, on the same Kafka and PostgreSQL, fed with the commands of whole vehicles."""

import asyncio
import json
import os
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

from confluent_kafka import Producer

from benchmarks import faststream_lifecycle
from benchmarks.settings import Settings
from benchmarks.shipments import CONSIGNMENTS
from benchmarks.stage import Stage
from benchmarks.watching import Watch, watching
from client import SERVICES
from servers.standing import create_topics
from servers.topics import FORM

UNDER_WAY = 1200
"""So many lifecycles are fed ahead of those that are completed, as many as Serhet's senders keep under way."""
READY = b"ready\n"
START_SECONDS = 60.0

Message = tuple[str, str, bytes]
"""A service whose commands it is one of, its key, its value."""


@dataclass(frozen=True, kw_only=True)
class Rival:
    """One way to do it. `module` is run once for each service; `feed` gives the commands of a vehicle."""

    name: str
    what: str
    module: str
    feed: Callable[[str], Iterator[Message]]


def ticket(vehicle: str) -> Iterator[Message]:
    """The bare loop's commands: it makes all entries itself."""
    yield "arrival", vehicle, b""


BARE = Rival(name="bare_loop", what="the bare loop", module="benchmarks.bare", feed=ticket)
BATCHES = Rival(
    name="faststream_batch", what="FastStream, a batch a transaction", module="benchmarks.faststream_batch",
    feed=faststream_lifecycle.commands,
)  # fmt: skip
DOCS = Rival(
    name="faststream_docs", what="FastStream, as in its docs", module="benchmarks.faststream_docs",
    feed=faststream_lifecycle.commands,
)  # fmt: skip
ALL = (BARE, BATCHES, DOCS)


def topic(run: str, service: str, what: str = "events") -> str:
    return f"bench.{run}.{service}.{what}"


async def run(stage: Stage, rival: Rival, settings: Settings) -> float:
    """Lifecycles per second, from the end of warming up on."""
    name = f"{rival.name}_{int(time.time())}"
    await create_topics(stage.kafka, [topic(name, s, what) for s in SERVICES for what in ("events", "commands")], FORM)
    async with _processes(stage, rival, name):
        with watching(stage.kafka, topic(name, "release")) as watch:
            began = time.monotonic()
            end = began + settings.warm_seconds + settings.seconds
            await _feed(stage.kafka, rival, name, watch, end)
    return watch.rate(began + settings.warm_seconds, end)


async def _feed(kafka: str, rival: Rival, name: str, watch: Watch, end: float) -> None:
    producer = Producer({"bootstrap.servers": kafka, "linger.ms": 2, "partitioner": "murmur2_random"})
    fed = 0
    while time.monotonic() < end:
        while fed - len(watch.read) < UNDER_WAY:
            for service, key, value in rival.feed(f"V{fed}"):
                producer.produce(topic(name, service, "commands"), value, key)
            fed += CONSIGNMENTS
        producer.poll(0)
        await asyncio.sleep(0.005)
    await asyncio.to_thread(producer.flush, 10)


@asynccontextmanager
async def _processes(stage: Stage, rival: Rival, name: str) -> AsyncIterator[None]:
    """One process for each service, each with a database of its own; they are ready inside, and gone outside."""
    async with AsyncExitStack() as ending:
        started = []
        for service in SERVICES:
            url = ending.enter_context(stage.database(f"bench_{service}"))
            told = {"kafka": stage.kafka, "postgres": url, "run": name, "service": service, "sizes": stage.sizes}
            process = await _start(rival.module, told)
            ending.push_async_callback(_end, process)
            started.append(process)
        async with asyncio.timeout(START_SECONDS):
            for process in started:
                assert process.stdout is not None
                while (line := await process.stdout.readline()) != READY:
                    if not line:
                        raise RuntimeError(f"{rival.what} did not start")
        yield


async def _start(module: str, told: dict[str, Any]) -> asyncio.subprocess.Process:
    environment = {**os.environ, "BENCH": json.dumps(told)}
    return await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, env=environment, stdout=asyncio.subprocess.PIPE
    )


async def _end(process: asyncio.subprocess.Process) -> None:
    if process.returncode is None:
        process.kill()  # What it has written goes with its database.
    await process.wait()
