"""What is due comes, whatever else is due and cannot: nobody's rows stand before anybody else's."""

import asyncio
import json
import time
from collections.abc import Collection
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import asyncpg
import pytest

from chassis import running
from chassis.api.views import Views
from chassis.consume.read_barrier import ReadBarrier
from chassis.schedule import scheduler as agendas
from chassis.schedule.scheduler import ROWS, SHARE, Scheduler
from chassis.serving import closed
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_asking import post, served
from chassis.tests.test_runner import parcel, until
from chassis.tests.wires import kafka_wire
from chassis.tests.workbench import Bench, send
from chassis.write.inputs import CommandEnvelope, PassedDeadline
from chassis.write.journal import Database, sql
from deploy.local.issuer import make_issuer
from entries.entry import PARTITIONS, partition_of
from servers.database import SESSION

BLIND = replace(SENDER, hears={"keeper": KEEPER.writes})
"""A sender that also hears somebody, of whom nothing can be seen."""
MANY = 3 * ROWS
COMMITS_MAX = 100
"""Of two services, in a second: 25 that idle, 12 commands, and what is asked of positions for all who wait."""
BLOCKS_MAX = 4000
"""24 partitions of 24 others each, and three blocks of an index for each pair."""
HERE, ELSEWHERE = partition_of("box/B"), partition_of("box/B") - 1
FROM = partition_of("parcel/P")
TOLD = """
INSERT INTO agenda (partition, key, due, stream, type, data, occurred, causationid, correlationid, authid, authtype,
    traceparent)
SELECT $1, 'older/' || n, 'epoch', 'box/' || $2 || n % $3, 'Box', '{"box":"X","parcel":"Y"}', now(),
    replace($4, 'ANY', (n % 24)::text), '', '', '', ''
FROM generate_series(1, $5::int) AS n
"""
OVERDUE = """
INSERT INTO states (stream, partition, sequence, state, open, due)
SELECT $2 || n, $1, 1, convert_to('{"due":[["' || $4 || 'T00:00:00Z","X"]]}', 'UTF8'), '{}', $4::text::timestamptz
FROM generate_series(0, $3::int) AS n
"""

LATER = """
INSERT INTO states (stream, partition, sequence, state, open, due)
SELECT 'parcel/S' || n, n % 24, 1, '{}', '{}', now() + interval '1 day'
FROM generate_series(1, 100000) AS n
"""


def stop(patch: pytest.MonkeyPatch, partition: int) -> None:
    """From its start the service finds the partition stopped, as by a fork."""

    async def catch_up(*_: object) -> dict[int, str]:
        return {partition: "as by a fork"}

    patch.setattr(running, "catch_up", catch_up)


async def boxed(bench: Bench) -> bool:
    return bool(await bench.rows(BLIND, "SELECT FROM journal WHERE stream = 'box/B' AND type = 'Boxed'"))


CANNOT_GO = {
    "their partition is stopped": (ELSEWHERE, "there", 3, f"sender/{FROM}/0"),
    "what told them is not on the topic": (ELSEWHERE, "later", MANY, f"sender/{FROM}/900"),
    "their streams are parked": (HERE, "parked", 3, f"sender/{FROM}/0"),
    "a deadline that cannot be seen comes first": (HERE, "overdue", 3, f"sender/{FROM}/0"),
}


@pytest.mark.parametrize("why", CANNOT_GO)
async def test_what_cannot_be_told_holds_up_nothing_that_can(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    stop(monkeypatch, ELSEWHERE)
    await bench.fresh(BLIND)
    partition, stream, streams, cause = CANNOT_GO[why]
    await bench.rows(BLIND, TOLD, partition, stream, streams, cause, MANY)
    await bench.rows(
        BLIND, "INSERT INTO parked SELECT 0, n + 1, 'box/parked' || n, '', '', '' FROM generate_series(0, 2) n"
    )
    await bench.rows(BLIND, OVERDUE, HERE, "box/overdue", 2, "2026-01-01")
    async with bench.run(BLIND) as runner:
        await send(runner, BLIND, parcel("P", "k", box="B"))
        await until(lambda: boxed(bench), 10)
    assert len(await bench.rows(BLIND, "SELECT FROM agenda WHERE key LIKE 'older/%'")) == MANY


@pytest.mark.parametrize("why", ["their partition is stopped", "they cannot be seen"])
async def test_deadlines_that_cannot_fire_hold_up_none_that_can(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, why: str
) -> None:
    if why == "their partition is stopped":
        stop(monkeypatch, ELSEWHERE)
    await bench.fresh(BLIND)
    await bench.rows(BLIND, OVERDUE, ELSEWHERE, "parcel/Q", MANY, "2026-01-01")
    await bench.rows(BLIND, OVERDUE, HERE, "parcel/P", 0, "2026-01-02")
    async with bench.run(BLIND) as runner:
        if why == "their partition is stopped":
            runner.barrier.until[ELSEWHERE] = datetime.now(UTC)
        runner.barrier.until[HERE] = datetime.now(UTC)
        await until(lambda: fired(bench), 10)
    assert len(await bench.rows(BLIND, "SELECT FROM journal WHERE type = 'Overdue'")) == 1


async def fired(bench: Bench) -> bool:
    return bool(await bench.rows(BLIND, "SELECT FROM journal WHERE stream = 'parcel/P0' AND type = 'Overdue'"))


async def test_neither_deadlines_nor_one_partition_take_all_places(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agendas, "SLOW_SECONDS", 60.0)
    await bench.fresh(SENDER)
    for partition in (HERE, ELSEWHERE):
        await bench.rows(SENDER, TOLD, partition, f"at{partition}", MANY, "sender/ANY/0", 6 * MANY)
    await bench.rows(SENDER, OVERDUE, 7, "parcel/Q", MANY, "2026-01-01")
    await bench.rows(SENDER, "UPDATE cursors SET holder = 'looking'")
    database = await Database.connect(bench.url(SENDER), "sender")
    agenda = Scheduler(SENDER, database, "looking", ReadBarrier((), database, {}, None), lambda: None)
    looks = [await agenda.due(()) for _ in range(4)]
    await closed(database)
    assert {len(passed) for passed, _ in looks} == {SHARE}
    assert {partition for _, due in looks for partition in {one.partition for one in due}} == {HERE, ELSEWHERE}


async def test_a_look_takes_so_many_bytes_and_all_are_told(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agendas, "TOGETHER_BYTES", 1)
    taken: list[int] = []

    async def all_told() -> bool:
        return len(await bench.rows(SENDER, "SELECT FROM journal WHERE type = 'Boxed'")) == 20

    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        due = runner.scheduler.due

        async def counted(stopped: Collection[int]) -> tuple[list[PassedDeadline], list[CommandEnvelope]]:
            found = await due(stopped)
            taken.append(len(found[1]))
            return found

        monkeypatch.setattr(runner.scheduler, "due", counted)
        await send(runner, SENDER, parcel("P", "a", box="B", boxes=20))
        await until(all_told, 20)
    assert max(taken) == 1


async def test_who_keeps_sending_does_not_silence_what_is_due(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """So long between two looks that no hiccup of the sender's is one."""
    monkeypatch.setattr(agendas, "LOOK_SECONDS", 3.0)
    await bench.fresh(BLIND)
    async with bench.run(BLIND) as runner:
        runner.barrier.until[HERE] = datetime.now(UTC)

        async def keep_sending() -> None:
            for number in count():
                await send(runner, BLIND, parcel("R", f"r{number}"))

        sending = asyncio.create_task(keep_sending())
        await asyncio.sleep(1.0)
        await bench.rows(BLIND, OVERDUE, HERE, "parcel/P", 0, "2026-01-02")
        await until(lambda: fired(bench), 10)
        sending.cancel()


async def commits(bench: Bench) -> int:
    """How many transactions there were at both services, as their sessions have told by now."""
    await asyncio.sleep(1.0)
    (row,) = await bench.rows(
        SENDER, "SELECT sum(xact_commit)::int AS n FROM pg_stat_database WHERE datname IN ('sender', 'keeper')"
    )
    found: int = row["n"]
    return found


async def test_while_the_broker_is_away_nothing_is_asked_again_and_again(bench: Bench, tmp_path: Path) -> None:
    """Told commands, releases and a deadline wait, each for what the topic does not bring."""
    make_issuer(tmp_path)
    await bench.fresh(SENDER, KEEPER)
    soon = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()
    async with kafka_wire(bench) as (wire, beyond), served(beyond, SENDER, tmp_path) as sender:
        doors = {"sender": [str(sender.base_url).rstrip("/")]}
        async with served(beyond, KEEPER, tmp_path, doors=doors) as keeper:
            assert (await post(keeper, "/hasty-keeps", "seen", parcel="P1")).status_code == 200
            with wire.still():
                for number in range(24):
                    await post(sender, "/parcels", f"s{number}", parcel=f"P{number}", box="B")
                await post(keeper, "/keeps", "k", parcel="P1", until=soon)
                asked = [asyncio.create_task(post(keeper, "/hasty-keeps", f"h{n}", parcel=f"P{n}")) for n in range(12)]
                began, before = time.monotonic(), await commits(bench)
                for number in range(12, 24):
                    asked.append(asyncio.create_task(post(keeper, "/hasty-keeps", f"h{number}", parcel=f"P{number}")))
                    await asyncio.sleep(0.15)
                rate = (await commits(bench) - before) / (time.monotonic() - began)
                answers = await asyncio.gather(*asked)
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert 503 in {answer.status_code for answer in answers}
    assert rate < COMMITS_MAX, f"{rate:.0f} transactions a second"


PLANS = {
    "read_deadlines": ([*range(PARTITIONS)], [], SHARE),
    "read_due": ([*range(PARTITIONS)], [], SHARE, ROWS, 2**20),
}


async def test_a_look_costs_little_however_much_waits(bench: Bench) -> None:
    """100,000 internal commands whose causes are not on the topic, 100,000 deadlines of tomorrow."""
    await bench.fresh(SENDER)
    await bench.rows(SENDER, LATER)
    for partition in range(PARTITIONS):
        await bench.rows(SENDER, TOLD, partition, "S", 1000, f"sender/{partition}/900", 100_000 // PARTITIONS)
    await bench.rows(SENDER, "ANALYZE agenda, states")
    await bench.rows(SENDER, "UPDATE cursors SET holder = 'looking', position = 899")
    login = await asyncpg.connect(bench.url(SENDER), server_settings=SESSION)
    for name, limits in PLANS.items():
        text = await login.fetchval(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql(name)}", "looking", *limits)
        (plan,) = json.loads(text)
        assert plan["Plan"]["Actual Rows"] == 0
        assert plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"] < BLOCKS_MAX, name
    await login.close()


async def test_health_says_since_when_something_is_due(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agendas, "AGES_SECONDS", 0.1)
    stop(monkeypatch, HERE)
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        views = Views(SENDER, runner.relay._database, runner.gate)
        assert (views.health(runner)["oldest_due"], (await views.ages())["due_age"]) == (None, 0.0)
        for since, statement, values in (
            ("2026-01-01T00:00:00+00:00", OVERDUE, (HERE, "box/B", 0, "2026-01-01")),
            ("1970-01-01T00:00:00+00:00", TOLD, (HERE, "there", 3, "sender/0/9", 1)),
        ):
            await bench.rows(SENDER, statement, *values)
            await until(lambda since=since: says(views.health(runner), since), 10)  # type: ignore[misc]
            assert (await views.ages())["due_age"] > 24 * 3600


async def says(health: dict[str, object], since: str) -> bool:
    return health["oldest_due"] == since


async def test_a_stream_that_takes_nothing_is_tried_ever_later(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    database = Database()
    agenda = Scheduler(SENDER, database, "looking", ReadBarrier((), database, {}, None), lambda: None)
    pauses = []
    for _ in range(9):
        agenda.set_aside("box/B", "refused")
        pauses.append(agenda._aside["box/B"].until - now)
        now = agenda._aside["box/B"].until
    assert pauses == [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 30.0, 30.0, 30.0]
    assert list(agenda.troubles()) == ["box/B waits: refused (docs/operating.md, What this version cannot read)"]
