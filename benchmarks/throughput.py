"""Lifecycles per second: Serhet, a bare loop and services on FastStream, one after the other, several times."""

import asyncio
import time
from collections.abc import AsyncIterator

import psycopg

from benchmarks import rivals, spending
from benchmarks.sending import new_client, new_sender
from benchmarks.settings import Settings
from benchmarks.shipments import CONSIGNMENTS, Sizes, per_lifecycle
from benchmarks.stage import Stage
from benchmarks.watching import Watch, watching
from client import SERVICES
from client.scenarios.road import numbered

LENGTHS = "SELECT octet_length(value) FROM journal WHERE stream = %s ORDER BY position"

Measured = tuple[str, float]


async def measure(stage: Stage, settings: Settings) -> AsyncIterator[Measured]:
    """Round by round, all sides, so that whatever else the machine does meets all of them alike."""
    for number in range(1, settings.rounds + 1):
        with stage.services():
            stage.tell.show(f"throughput, round {number}: Serhet")
            found = await serhet(stage, settings, f"B{number}-{int(time.time())}")
        for measured in found.items():
            yield measured
        for rival in rivals.ALL:
            stage.tell.show(f"throughput, round {number}: {rival.what}")
            rate = await rivals.run(stage, rival, settings)
            yield rival.name, rate
            if rival is rivals.BARE:
                yield "share_of_bare_loop", found["lifecycles_per_second"] / rate


async def serhet(stage: Stage, settings: Settings, run: str) -> dict[str, float]:
    """Lifecycles per second from the end of warming up to the end of sending, and the processor time of each."""
    running = spending.processes(stage.stacks)
    with watching(stage.kafka, "customs.release.v1") as watch:
        async with new_client(stage.stack) as client:
            sender = new_sender(stage.stack, run, client)
            before, began = spending.spent(running), time.monotonic()
            end = began + settings.warm_seconds + settings.seconds
            await sender.without_pause(settings.convoys, settings.vehicles, end - began)
        await until_read(watch, len(sender.begun) * CONSIGNMENTS)
        after = spending.spent(running)
    rate = watch.rate(began + settings.warm_seconds, end)
    stage.sizes = sizes(stage, next(iter(sender.begun)))
    costs = {f"cpu_{name}_ms": (after[name] - before[name]) / len(watch.read) * 1000 for name in after}
    return {"lifecycles_per_second": rate, "entries_per_second": rate * per_lifecycle(stage.sizes), **costs}


async def until_read(watch: Watch, lifecycles: int, seconds: float = 60.0) -> None:
    """Waits until so many were read. Raises TimeoutError if they do not come."""
    until = time.monotonic() + seconds
    while len(watch.read) < lifecycles:
        if time.monotonic() > until:
            raise TimeoutError(f"{lifecycles - len(watch.read)} lifecycles were sent and not completed")
        await asyncio.sleep(0.05)


def sizes(stage: Stage, movement: str) -> Sizes:
    """How long the entries of one vehicle are, and those of its first consignment, service by service."""
    streams = {"movement": f"movement/{movement}", "consignment": f"consignment/{numbered(movement, 1)[0]}"}
    found = {}
    for service in SERVICES:
        with psycopg.connect(stage.stack.postgres(service)) as session:
            found[service] = {
                kind: [length for (length,) in session.execute(LENGTHS, [stream])] for kind, stream in streams.items()
            }
    return found
