"""One process of a service, from start to end: waits for its servers, then runs reader, runner, relay and doors."""

import asyncio
import gc
import os
import socket
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any

import uvicorn
from fastapi import FastAPI

from access.tokens import Tokens
from chassis import log
from chassis.api import routes
from chassis.api.views import Views
from chassis.consume.read_barrier import ReadBarrier
from chassis.running import Runner
from chassis.service import Service, find_services
from chassis.settings import Settings
from chassis.write import journal
from chassis.write.inputs import INTERNAL
from chassis.write.journal import Database
from doors.problems import problem
from intake import Connection
from intake.connections import HEAD_BYTES_MAX, KEEP_ALIVE_SECONDS
from servers.kafka import Kafka
from servers.starting import started
from telemetry.requests import Identified

FINISH_SECONDS = 2.0
TURN_SECONDS = 0.0005
"""After so long Python takes the processor from a thread that reads or decides something large, where others want it.

The loop gives it away with every answer of a server: with Python's own 5 ms a small command waited for 1.6 s.
"""
GARBAGE_EVERY = (10_000, 2, 2)
"""So many objects more than before are there when Python looks for circles among them, and every second time farther.

What a batch leaves behind is free by itself; circles are left by connections that have gone, a few in a second.
"""


def build_app(service: Service, settings: Settings) -> FastAPI:
    """The app of one process: its doors, and behind them the runner, under one lifespan."""

    @asynccontextmanager
    async def start() -> AsyncIterator[routes.Started]:
        tokens = Tokens(settings.jwks, settings.env, settings.issuer, refuse=problem, reserved={INTERNAL})
        database = await connected(service, settings)
        barrier = ReadBarrier(tuple(service.hears), database, settings.doors, settings.token)
        try:
            async with running(service, database, settings.kafka, process_name(service, settings), barrier) as runner:
                views = Views(service, database, runner.gate)
                async with runner.telemetry.sending(lambda: views.health(runner), views.ages, journal.PASSING):
                    yield runner, tokens, views
        finally:
            await closed(database)

    return routes.build(service, start, settings.origins)


@asynccontextmanager
async def running(
    service: Service, database: Database, kafka: str | Kafka, name: str, barrier: ReadBarrier | None = None
) -> AsyncIterator[Runner]:
    """Runs the service until the context ends. If one of its tasks dies, the process ends with it."""
    runner = Runner(service, database, kafka, name, barrier or ReadBarrier(tuple(service.hears), database, {}, None))
    await runner.catch_up()
    jobs = [_lived(runner.relay.run(), "relay"), _lived(runner.run(), "runner")]
    jobs += [_lived(runner.neighbours.run(), "neighbours"), _lived(runner.barrier.run(), "read barrier")]
    jobs += [_lived(database.keep_whole(), "sessions"), _lived(runner.look_again(), "stopped partitions")]
    jobs.append(_lived(runner.standing.run(), "topics"))
    if runner.reader:
        await started(runner.reader.start, "Kafka", str(kafka))
        jobs += [_lived(runner.reader.report_offsets(), "offsets"), _lived(runner.reader.watch(), "inboxes")]
    try:
        yield runner
    finally:
        relay, *others = jobs
        for job in others:
            job.cancel()
        await asyncio.wait(others, timeout=FINISH_SECONDS)
        if runner.reader:
            with suppress(TimeoutError):
                await asyncio.wait_for(runner.reader.broker.stop(), FINISH_SECONDS)
        runner.relay.finish()
        await asyncio.wait([relay], timeout=FINISH_SECONDS)
        relay.cancel()
        await asyncio.wait([relay], timeout=FINISH_SECONDS)


async def closed(database: Database) -> None:
    """Sessions that are still at work are cut off after a while: what was answered is committed."""
    try:
        async with asyncio.timeout(FINISH_SECONDS):
            await database.close()
    except TimeoutError:
        database.terminate()


def process_name(service: Service, settings: Settings) -> str:
    """What this process is called among its like: the same after it was started again. Kafka takes no other signs."""
    return f"{service.name}-{socket.gethostname()}-{settings.port or service.port}"


async def connected(service: Service, settings: Settings) -> Database:
    """Sessions with the service's own database, as soon as there is one."""
    where = settings.postgres.rpartition("@")[2]
    return await started(lambda: Database.connect(settings.postgres, service.name), "Postgres", where)


def _lived(job: Coroutine[Any, Any, None], name: str) -> asyncio.Task[None]:
    task = asyncio.create_task(job, name=name)
    task.add_done_callback(_end_with)
    return task


def _end_with(task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (error := task.exception()):
        log.critical("the process ends", task=task.get_name(), reason=str(error), exc_info=error)
        os._exit(70)  # Nothing is lost by it: what was answered is committed, and the rest was not answered.


def serve(name: str) -> None:
    """Runs the service `name` until it is told to end. Raises KeyError where no such service is installed."""
    service = find_services()[name]
    settings = Settings()
    sys.setswitchinterval(TURN_SECONDS)
    gc.freeze()  # What was loaded stays.
    gc.set_threshold(*GARBAGE_EVERY)
    uvicorn.run(
        Identified(build_app(service, settings)), host=settings.host, port=settings.port or service.port,
        loop="asyncio", access_log=False, log_config=None, log_level="warning", timeout_graceful_shutdown=3,
        http=Connection, ws="none", h11_max_incomplete_event_size=HEAD_BYTES_MAX, timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )  # fmt: skip
