"""A line that dies without a word, as when packets are dropped, stops nobody for long."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from chassis.running import Runner
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_runner import parcel, published, until
from chassis.tests.wires import Wire, kafka_wire, postgres_wire
from chassis.tests.workbench import Bench, send
from servers import database
from servers.database import SESSIONS, Database

SECONDS_MAX = 30.0
"""Twice what it may take."""


@asynccontextmanager
async def at_work(bench: Bench) -> AsyncIterator[tuple[Runner, Runner, Wire, Wire]]:
    """Sender and keeper, both servers at the other end of wires; everything flows."""
    await bench.fresh(SENDER, KEEPER)
    async with (
        postgres_wire(bench) as (postgres, beyond), kafka_wire(beyond) as (kafka, there),
        there.run(SENDER) as sender, there.run(KEEPER) as keeper,
    ):  # fmt: skip
        await send(sender, SENDER, *(parcel(f"P{n}", f"a{n}") for n in range(24)))
        await until(lambda: published(bench, 24, KEEPER))
        yield sender, keeper, postgres, kafka


async def test_dead_lines_to_the_database_stop_nobody_for_long(bench: Bench) -> None:
    async with at_work(bench) as (sender, keeper, postgres, _):
        woken = asyncio.Event()
        keeper.neighbours._woken = woken.set
        postgres.die()
        began = time.monotonic()
        async with asyncio.timeout(SECONDS_MAX):
            answers = await send(sender, SENDER, *(parcel(f"P{n}", f"b{n}") for n in range(24)))
        assert {answer.status for answer in answers} == {200}
        await until(lambda: published(bench, 48, KEEPER), SECONDS_MAX - (time.monotonic() - began))

        async def listens_again() -> bool:
            await bench.rows(KEEPER, "NOTIFY serhet")
            return woken.is_set()

        await until(listens_again, SECONDS_MAX - (time.monotonic() - began))
        print(f"well again after {time.monotonic() - began:.1f} s")


async def test_a_question_without_an_answer_costs_all_sessions_of_its_pool(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others lie on the same dead line: each would wait for itself."""
    monkeypatch.setattr(database, "ANSWER_SECONDS", 6.0)
    await bench.fresh(SENDER)
    async with postgres_wire(bench) as (wire, beyond):
        found = await Database.connect(beyond.url(SENDER), SENDER.name)
        try:
            wire.die()
            with pytest.raises(TimeoutError):
                await found.pool.fetchval("SELECT 1")
            async with asyncio.timeout(5.0):
                asked = (found.pool.fetchval("SELECT 1") for _ in range(SESSIONS))
                assert await asyncio.gather(*asked) == [1] * SESSIONS
        finally:
            found.terminate()


async def test_dead_lines_to_kafka_stop_nobody_for_long(bench: Bench) -> None:
    async with at_work(bench) as (sender, _, _, kafka):
        kafka.die()
        began = time.monotonic()
        answers = await send(sender, SENDER, *(parcel(f"P{n}", f"b{n}") for n in range(24)))
        assert {answer.status for answer in answers} == {200}
        await until(lambda: published(bench, 48, KEEPER), SECONDS_MAX)
        print(f"well again after {time.monotonic() - began:.1f} s")


@pytest.mark.parametrize("which", ["postgres", "kafka"])
async def test_who_was_out_of_reach_for_a_while_is_taken_up_soon(bench: Bench, which: str) -> None:
    """Nothing comes through for longer than every timeout, new connections neither; then all lines are well."""
    async with at_work(bench) as (sender, _, postgres, kafka):
        with {"postgres": postgres, "kafka": kafka}[which].still():
            asked = asyncio.create_task(send(sender, SENDER, *(parcel(f"P{n}", f"b{n}") for n in range(24))))
            await asyncio.sleep(12)
        began = time.monotonic()
        assert {answer.status for answer in await asked} == {200}
        await until(lambda: published(bench, 48, KEEPER), SECONDS_MAX)
        print(f"well again after {time.monotonic() - began:.1f} s")
