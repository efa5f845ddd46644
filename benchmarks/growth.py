"""What an entry costs as the journal grows: the same batches beside ten thousand entries and beside a million.

Each journal is made by the chassis itself, decided and saved as in a service, in larger transactions. A measured batch
is committed as a service commits it and read back as its relay reads it: half of its commands are about vehicles that
stand anywhere in the journal, half about new ones.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from multiprocessing import get_context
from random import Random
from statistics import median

import psycopg

from access.tokens import Subject
from benchmarks.settings import Settings
from benchmarks.shipments import STEPS, lorry
from benchmarks.stage import Stage
from benchmarks.throughput import Measured
from chassis.api.commands import CommandReader
from chassis.provision import prepare
from chassis.publish.relay import BYTES_PER_PARTITION, ENTRIES_PER_PARTITION
from chassis.service import Service, find_services
from chassis.serving import closed
from chassis.write import journal
from chassis.write.batch import Batch
from chassis.write.inputs import CommandEnvelope
from chassis.write.journal import Database, sql
from client.scenarios.documents import carnet
from client.scenarios.road import Step
from entries.entry import partition_of
from law.calendar import EARLIEST
from servers.logins import at_database

SMALL_ENTRIES = 10_000
ENTRIES_EACH = 4
"""A vehicle of the journal has a notice and a crossing on record, each with its event."""
VEHICLES_AT_ONCE = 250
WORKERS = 2
BATCHES, OF_EACH = 8, 100
"""So many batches a round, with so many commands about old vehicles, and as many about new ones."""
NOTICE, CROSSING, ARRIVAL = STEPS[:3]
PASSWORD = "growth"  # noqa: S105 - of a database that lives as long as the run
AGAIN_SECONDS = 0.5


@dataclass
class Grown:
    """A journal of this size, and the vehicles in it that have not arrived yet."""

    service: Service
    database: Database
    old: Iterator[str]
    new: int = 0


async def measure(stage: Stage, settings: Settings) -> AsyncIterator[Measured]:
    with ExitStack() as ending, ProcessPoolExecutor(WORKERS, get_context("spawn")) as workers:
        small = await _grown(stage, ending, workers, "bench_small", SMALL_ENTRIES)
        large = await _grown(stage, ending, workers, "bench_large", settings.entries)
        for pool in (small.database.pool, small.database.reading, large.database.pool, large.database.reading):
            ending.callback(pool.terminate)
        await asyncio.gather(_costs(small, 1), _costs(large, 1))
        for number in range(1, settings.rounds + 1):
            stage.tell.show(f"cost of an entry, round {number}")
            costs: dict[str, list[float]] = {"small": [], "large": []}
            for _ in range(BATCHES):  # In turn, so that whatever else the machine does meets both alike.
                costs["small"] += await _costs(small, 1)
                costs["large"] += await _costs(large, 1)
            least = {name: median(found) for name, found in costs.items()}
            yield "cost_small_us", least["small"] * 1e6
            yield "cost_large_us", least["large"] * 1e6
            yield "cost_ratio", least["large"] / least["small"]


async def _grown(stage: Stage, ending: ExitStack, workers: ProcessPoolExecutor, name: str, entries: int) -> Grown:
    """Makes a journal of so many entries, and leaves its tables as after their usual maintenance."""
    owner = ending.enter_context(stage.database(name))
    service = replace(find_services()["arrival"], name=name)
    await prepare(service, stage.kafka, stage.postgres, PASSWORD)
    with psycopg.connect(owner, autocommit=True) as session:
        # There are no states yet to fold anew.
        session.execute("UPDATE counters SET shape = %s", [service.state_version])
    url = at_database(stage.postgres, name, (name, PASSWORD))
    stage.tell.show(f"a journal of {entries:,} entries")
    loop, vehicles = asyncio.get_running_loop(), entries // ENTRIES_EACH
    makers = (loop.run_in_executor(workers, make, name, url, vehicles, worker) for worker in range(WORKERS))
    await asyncio.gather(*makers)
    with psycopg.connect(owner, autocommit=True) as session:
        session.execute("VACUUM ANALYZE")
        session.execute("CHECKPOINT")
    old = Random(vehicles).sample([carnet(f"G{number}") for number in range(vehicles)], vehicles)  # noqa: S311
    return Grown(service, await Database.connect(url, name), iter(old))


def make(name: str, url: str, vehicles: int, worker: int) -> None:
    """Makes the vehicles whose partition is this worker's, so that none waits for another one's lock."""
    asyncio.run(_make(replace(find_services()["arrival"], name=name), url, vehicles, worker))


async def _make(service: Service, url: str, vehicles: int, worker: int) -> None:
    database = await Database.connect(url, service.name)
    names = (carnet(f"G{number}") for number in range(vehicles))
    own = [name for name in names if partition_of(f"movement/{name}") % WORKERS == worker]
    for begin in range(0, len(own), VEHICLES_AT_ONCE):
        part = own[begin : begin + VEHICLES_AT_ONCE]
        await _made(database, service, [*given(service, NOTICE, part), *given(service, CROSSING, part)])
    await closed(database)


async def _made(database: Database, service: Service, inputs: Sequence[CommandEnvelope]) -> None:
    """Commits them, tried again where a busy machine lets a session run out of time: keys make that safe."""
    while True:
        try:
            await commit(database, service, inputs)
        except journal.PASSING as error:
            if not journal.is_passing(error):
                raise
            await asyncio.sleep(AGAIN_SECONDS)
        else:
            return


def given(service: Service, step: Step, movements: Iterable[str]) -> list[CommandEnvelope]:
    """The commands of a step for vehicles without consignments, as the door reads them."""
    route = next(route for route in service.routes if route.path == step.route.path)
    subject = Subject(id="bench", client="bench", roles=(step.role,))
    desk = CommandReader(service=service, route=route, subject=subject)
    return [desk.read(line) for name in movements for line in step.lines([lorry(name, 0)])]


async def commit(database: Database, service: Service, inputs: Sequence[CommandEnvelope]) -> Batch:
    """One batch in one transaction."""
    batch = Batch(service, EARLIEST)
    async with database.pool.acquire() as session, session.transaction():
        partitions, streams = {one.partition for one in inputs}, {one.stream for one in inputs}
        await journal.load(session, batch, partitions, streams, {(one.client, one.key) for one in inputs})
        for one in inputs:
            batch.decide_command(one)
        await journal.save(session, batch)
    return batch


async def _costs(grown: Grown, batches: int) -> list[float]:
    """Seconds per entry of batches one after the other, each committed, and read as a relay would."""
    found = []
    for _ in range(batches):
        new = [f"N{grown.new + number}" for number in range(OF_EACH)]
        grown.new += OF_EACH
        old = [next(grown.old) for _ in range(OF_EACH)]
        inputs = [*given(grown.service, ARRIVAL, old), *given(grown.service, NOTICE, new)]
        began = time.perf_counter()
        batch = await commit(grown.database, grown.service, inputs)
        first = {entry.partition: entry.position - 1 for entry in reversed(batch.writer.entries)}
        unpublished = (
            list(first),
            list(first.values()),
            ENTRIES_PER_PARTITION,
            BYTES_PER_PARTITION,
            BYTES_PER_PARTITION,
        )
        rows = await grown.database.pool.fetch(sql("read_unpublished"), *unpublished)
        found.append((time.perf_counter() - began) / len(rows))
    return found
