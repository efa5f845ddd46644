"""Verified replay: entries read, their chain recomputed, every state folded anew, as the audit does it.

All four services of a partition together: each folds its own entries and what it hears from the others. An entry counts
once, however many services fold it. Reading is part of the time.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import asyncpg
from aiokafka import TopicPartition

from benchmarks.settings import Settings
from benchmarks.stage import Stage
from benchmarks.throughput import Measured, serhet
from chassis.service import Service, find_services
from chassis.write.journal import sql
from client import SERVICES
from deploy.audit.folding import check_chain, fold, in_order
from entries.entry import Line
from servers.topics import consuming, line_of

Logs = Mapping[str, list[Line]]
SIDES = ("journals", "kafka")


async def measure(stage: Stage, settings: Settings) -> AsyncIterator[Measured]:
    """Each side with one process and with two, which share the partitions."""
    partitions = range(settings.partitions)
    if not stage.sizes:  # Nothing was recorded in this run so far.
        with stage.services():
            stage.tell.show("entries to be verified")
            await serhet(stage, settings, f"R-{int(time.time())}")
    with ProcessPoolExecutor(2, get_context("spawn")) as workers:
        await _verified(stage, "journals", [range(1), range(1)], workers)  # So that everything is loaded.
        for number in range(1, settings.rounds + 1):
            for side in SIDES:
                stage.tell.show(f"replay, round {number}: from {'the journals' if side == 'journals' else 'Kafka'}")
                yield f"replay_{side}_1", await _verified(stage, side, [partitions], workers)
                yield f"replay_{side}_2", await _verified(stage, side, [partitions[::2], partitions[1::2]], workers)


async def _verified(stage: Stage, side: str, shares: Sequence[Sequence[int]], workers: ProcessPoolExecutor) -> float:
    """Entries per second, of all workers together."""
    urls = {service: stage.stack.postgres(service) for service in SERVICES}
    loop, began = asyncio.get_running_loop(), time.monotonic()
    works = (loop.run_in_executor(workers, verify, side, stage.kafka, urls, list(share)) for share in shares)
    return sum(await asyncio.gather(*works)) / (time.monotonic() - began)


def verify(side: str, kafka: str, urls: Mapping[str, str], partitions: Sequence[int]) -> int:
    """Verifies these partitions; how many entries there were. Raises Disagreement where one is not as it has to be."""
    return asyncio.run(_verify(side, kafka, urls, partitions))


async def _verify(side: str, kafka: str, urls: Mapping[str, str], partitions: Sequence[int]) -> int:
    services = find_services()
    count = 0
    for partition in partitions:
        logs = await (from_journals(urls, partition) if side == "journals" else from_kafka(kafka, services, partition))
        for name, service in services.items():
            check_chain(logs[name], f"{name}/{partition}")
            heard = {upstream: len(logs[upstream]) for upstream in service.hears}
            fold(service, partition, logs[name], logs, heard)
            count += len(logs[name])
    return count


async def from_journals(urls: Mapping[str, str], partition: int) -> Logs:
    found = {}
    for service, url in urls.items():
        session = await asyncpg.connect(url)
        found[service] = [Line(*row) for row in await session.fetch(sql("read_partition"), partition)]
        await session.close()
    return found


async def from_kafka(kafka: str, services: Mapping[str, Service], partition: int) -> Logs:
    names = {TopicPartition(service.topic, partition): name for name, service in services.items()}
    found: dict[str, list[Line]] = {name: [] for name in services}
    async with consuming(kafka) as consumer:
        consumer.assign(list(names))
        ends = await consumer.end_offsets(list(names))
        while [place for place in names if await consumer.position(place) < ends[place]]:
            for place, records in (await consumer.getmany(timeout_ms=50)).items():
                found[names[place]] += [line_of(record) for record in records]
    return {name: in_order(lines, f"{name}/{partition} on the topic") for name, lines in found.items()}
