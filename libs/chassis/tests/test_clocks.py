"""Clocks that leap, ahead and back, the database's and the process's: nothing waits for it, nothing rests on it."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from chassis import running
from chassis.publish.relay import LEASE_SECONDS
from chassis.running import Runner
from chassis.service import Service
from chassis.tests.leaping import hook, laid, leap, leap_processes
from chassis.tests.parcels import KEEPER, SENDER, Fetch, Keep
from chassis.tests.test_deadlines import NOON, command
from chassis.tests.test_runner import emptied, parcel, read, until
from chassis.tests.test_scheduler import BLIND, HERE, OVERDUE, boxed, fired
from chassis.tests.workbench import Bench, send
from chassis.write import clock
from chassis.write.batch import Batch
from chassis.write.inputs import INTERNAL, CommandEnvelope, ConsumerPosition, PartitionHead, PassedDeadline
from chassis.write.journal import sql
from entries.entry import START
from servers.database import SESSION

HOUR, NONE = timedelta(hours=1), timedelta()


class Clocks:
    """Both clocks of a service at work: of the database's sessions, and of this process."""

    def __init__(self, bench: Bench, service: Service, patch: pytest.MonkeyPatch) -> None:
        self._bench = bench
        self._service = service
        self._patch = patch

    async def leap(self, which: str, ahead: timedelta) -> None:
        if which in {"database", "both"}:
            await leap(self._bench.postgres, self._service.name, ahead)
        if which in {"process", "both"}:
            self._patch.setattr(clock, "now", lambda: datetime.now(UTC) + ahead)


@pytest.fixture
def patch(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setattr(running, "PATIENCE_SECONDS", 0.3)
    return monkeypatch


@asynccontextmanager
async def at_work(
    bench: Bench, patch: pytest.MonkeyPatch, service: Service = SENDER
) -> AsyncIterator[tuple[Runner, Clocks]]:
    await bench.fresh(service)
    await laid(bench.postgres, service.name)
    async with bench.run(service) as runner:
        yield runner, Clocks(bench, service, patch)


@pytest.mark.parametrize("ahead", [HOUR, -HOUR])
@pytest.mark.parametrize("which", ["database", "process"])
async def test_a_clock_that_leaps_gives_out_no_position_and_all_goes_on_when_it_is_back(
    bench: Bench, patch: pytest.MonkeyPatch, which: str, ahead: timedelta
) -> None:
    async with at_work(bench, patch) as (runner, clocks):
        (before,) = await send(runner, SENDER, parcel("P", "a", box="A"))
        await clocks.leap(which, ahead)
        (apart,) = await send(runner, SENDER, parcel("P", "b", box="B"))
        assert (before.status, apart.status, read(apart)["type"]) == (200, 503, "/problems/clocks-apart")
        which_way = "ahead of" if (ahead > NONE) == (which == "database") else "behind"
        said = f"the database's clock is 3600 s {which_way} this process's: no position is given out"
        assert list(runner.troubles()) == [f"{said} (docs/operating.md, Clocks)"]
        await clocks.leap(which, NONE)
        (after,) = await send(runner, SENDER, parcel("P", "b", box="B"))
        assert after.status == 200
        await until(lambda: emptied(bench), 10)
        assert list(runner.troubles()) == []
    now = datetime.now(UTC)
    rows = await bench.rows(SENDER, "SELECT recorded FROM journal")
    assert all(abs(row["recorded"] - now) < HOUR / 2 for row in rows)


async def test_who_has_nothing_to_do_says_that_clocks_are_apart(bench: Bench, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("chassis.schedule.scheduler.AGES_SECONDS", 0.1)
    async with at_work(bench, patch) as (runner, clocks):
        await clocks.leap("database", HOUR)

        async def said() -> bool:
            return any("Clocks" in trouble for trouble in runner.troubles())

        await until(said, 5)
        moved_at = runner.moved_at
        await asyncio.sleep(1.2)
        assert runner.moved_at == moved_at
        await clocks.leap("database", NONE)
        await until(lambda: moved(runner, moved_at), 5)


async def moved(runner: Runner, since: float) -> bool:
    return runner.moved_at > since


async def test_what_was_told_ahead_of_time_waits_for_nothing_but_its_cause(
    bench: Bench, patch: pytest.MonkeyPatch
) -> None:
    """Both clocks leap: nobody can know. What was told then is due an hour from now, by its own word."""
    async with at_work(bench, patch) as (runner, clocks):
        await clocks.leap("both", HOUR)
        with kept_from_looking(runner):
            await send(runner, SENDER, parcel("P", "a", box="B"))
            await clocks.leap("both", NONE)
        await until(lambda: boxed(bench), 5)
    rows = await bench.rows(SENDER, "SELECT recorded FROM journal WHERE stream = 'box/B'")
    assert all(row["recorded"] < datetime.now(UTC) for row in rows)


@contextmanager
def kept_from_looking(runner: Runner) -> Iterator[None]:
    """Inside, what is due is not read."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runner.scheduler, "due", nothing_due)
        yield


async def nothing_due(_: object) -> tuple[list[PassedDeadline], list[CommandEnvelope]]:
    return [], []


@pytest.mark.parametrize("which", ["database", "process"])
async def test_no_deadline_fires_by_a_clock_that_leapt(bench: Bench, patch: pytest.MonkeyPatch, which: str) -> None:
    alone = replace(KEEPER, hears={})
    later = (datetime.now(UTC) + HOUR / 2).isoformat()
    soon = (datetime.now(UTC) + timedelta(seconds=2)).isoformat()
    async with at_work(bench, patch, alone) as (runner, clocks):
        await send(runner, alone, parcel("P1", "a", until=later), parcel("P0", "b", until=soon))
        await clocks.leap(which, HOUR)
        await asyncio.sleep(2)
        assert not await bench.rows(alone, "SELECT FROM journal WHERE type = 'Due'")
        await clocks.leap(which, NONE)

        async def overdue() -> bool:
            return bool(await bench.rows(alone, "SELECT FROM journal WHERE type = 'Overdue'"))

        await until(overdue, 10)
    rows = await bench.rows(alone, "SELECT stream FROM journal WHERE type = 'Due'")
    assert [row["stream"] for row in rows] == ["parcel/P0"]


async def test_what_was_seen_by_a_clock_that_leapt_is_not_believed(bench: Bench, patch: pytest.MonkeyPatch) -> None:
    async with at_work(bench, patch, BLIND) as (runner, _):
        runner.barrier.until[HERE] = datetime.now(UTC) + HOUR
        await bench.rows(BLIND, OVERDUE, HERE, "parcel/P", 0, "2026-01-02")

        async def forgotten() -> bool:
            return HERE not in runner.barrier.until

        await until(forgotten, 10)
        assert not await fired(bench)
        runner.barrier.until[HERE] = datetime.now(UTC)
        await until(lambda: fired(bench), 10)


async def test_who_asks_by_a_clock_that_leapt_sees_nothing(bench: Bench, patch: pytest.MonkeyPatch) -> None:
    patch.setattr("chassis.consume.read_barrier.ASK_SECONDS", 0.3)
    async with at_work(bench, patch, BLIND) as (runner, clocks):
        patch.setattr("chassis.consume.read_barrier.ends_of", nothing_more)
        await runner.barrier.ask(HERE)
        assert runner.barrier.until.pop(HERE) < datetime.now(UTC)
        await clocks.leap("database", HOUR)
        await runner.barrier.look(HERE)
        assert HERE not in runner.barrier.until


async def nothing_more(*asked: Any) -> dict[int, int]:
    return dict.fromkeys(asked[-1], 0)


@pytest.mark.parametrize("who", ["itself", "another"])
async def test_a_lease_by_a_clock_that_leapt_has_run_out(bench: Bench, who: str) -> None:
    await bench.fresh(SENDER)
    await laid(bench.postgres, SENDER.name)
    login = await asyncpg.connect(bench.url(SENDER), server_settings=SESSION)
    lease = sql("lease_cursors")
    await leap(bench.postgres, SENDER.name, HOUR)
    assert len(await login.fetch(lease, "itself", LEASE_SECONDS)) == 24
    assert await login.fetch(lease, "another", LEASE_SECONDS) == []
    await leap(bench.postgres, SENDER.name, NONE)
    assert len(await login.fetch(lease, who, LEASE_SECONDS)) == 24
    assert await login.fetch(lease, "a third", LEASE_SECONDS) == []
    (row,) = await bench.rows(SENDER, "SELECT max(until) AS until FROM cursors")
    assert row["until"] < datetime.now(UTC) + timedelta(seconds=LEASE_SECONDS)
    await login.close()


def behind_a_leap() -> Batch:
    """A batch at noon, at the end of a partition whose last entry was recorded at one o'clock."""
    batch = Batch(KEEPER, NOON, {0: NOON + 2 * HOUR})
    batch.writer.heads[0] = PartitionHead(7, START, NOON + HOUR)
    batch.writer.consumed["sender", 0] = ConsumerPosition(0, START, 0)
    return batch


def test_recorded_never_goes_back_and_what_nobody_dates_happens_now() -> None:
    batch = behind_a_leap()
    batch.decide_command(command(Keep(parcel="P1"), "k"))
    said = [json.loads(entry.value) for entry in batch.writer.entries]
    assert {each["recordedtime"] for each in said} == {"2026-03-02T13:00:00.000000Z"}
    assert {each["time"] for each in said} == {"2026-03-02T12:00:00.000000Z"}


def test_behind_a_leap_the_future_begins_now() -> None:
    batch = behind_a_leap()
    answer = batch.decide_command(command(Keep(parcel="P1"), "k", NOON + HOUR / 2))
    assert (answer.status, read(answer)["type"]) == (422, "/problems/in-the-future")
    assert batch.decide_command(command(Keep(parcel="P1"), "k", NOON)).status == 200


def test_behind_a_leap_an_act_before_its_deadline_is_in_time() -> None:
    batch = behind_a_leap()
    batch.decide_command(command(Keep(parcel="P1", until=NOON + HOUR / 2), "keep"))
    batch.decide_command(command(Fetch(parcel="P1"), "fetch"))
    assert [entry.type for entry in batch.writer.entries] == ["Keep", "Kept", "Fetch", "Fetched"]


def test_what_is_on_record_at_one_stream_is_no_future_at_another() -> None:
    batch = behind_a_leap()
    told = command(Keep(parcel="P1"), "k", NOON + HOUR)._replace(client=INTERNAL)
    assert batch.decide_command(told).status == 200
    assert batch.settled == [(0, "k")]


def test_a_process_of_ours_takes_its_time_from_one_place(tmp_path: Path) -> None:
    """So that the clock of a whole stack can leap."""
    environment = {**os.environ, **hook(tmp_path, HOUR)}

    def ahead() -> float:
        asked = [sys.executable, "-c", "from chassis.write import clock; print(clock.now().isoformat())"]
        done = subprocess.run(asked, env=environment, capture_output=True, text=True, check=True)
        return (datetime.fromisoformat(done.stdout.strip()) - datetime.now(UTC)).total_seconds()

    assert abs(ahead() - 3600) < 30
    leap_processes(tmp_path, -HOUR)
    assert abs(ahead() + 3600) < 30
