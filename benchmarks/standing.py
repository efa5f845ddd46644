"""What a service takes by standing there: its memory after work, what it does when it is idle, and how it starts."""

import asyncio
import time
from collections.abc import AsyncIterator

from benchmarks import spending
from benchmarks.settings import Settings
from benchmarks.stage import Stage
from benchmarks.throughput import Measured, serhet
from client import SERVICES

SETTLING_SECONDS = 3.0


async def measure(stage: Stage, settings: Settings) -> AsyncIterator[Measured]:
    with stage.services():
        stage.tell.show("memory under load")
        await serhet(stage, settings, f"M-{int(time.time())}")
        running = {name: each for name, each in spending.processes(stage.stacks).items() if name in SERVICES}
        yield "memory_mb", max(spending.memory_mb(process) for process in running.values())
        for number in range(1, settings.rounds + 1):
            await asyncio.sleep(SETTLING_SECONDS)
            stage.tell.show(f"idle services, round {number}")
            before = {name: spending.seconds(process) for name, process in running.items()}
            await asyncio.sleep(settings.idle_seconds)
            idle = [spending.seconds(process) - before[name] for name, process in running.items()]
            yield "idle_percent", max(idle) / settings.idle_seconds * 100
    for number in range(1, settings.rounds + 1):
        stage.tell.show(f"start-up, round {number}")
        yield "start_up_s", max([await asyncio.to_thread(_start_up, stage, service) for service in SERVICES])


def _start_up(stage: Stage, service: str) -> float:
    """Seconds from the command to a service that is well."""
    began = time.monotonic()
    stage.stack.start(service)
    taken = time.monotonic() - began
    stage.stack.stop(service)
    return taken
