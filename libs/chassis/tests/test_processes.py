"""Two processes of one service: each hears its share, one publishes, and what one commits wakes the other."""

import asyncio
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest

from chassis.publish import relay
from chassis.schedule.scheduler import Neighbours
from chassis.serving import closed
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_runner import emptied, parcel, published, until
from chassis.tests.workbench import Bench, send
from entries.entry import partition_of
from servers.database import SESSION, Database, WrongSession


async def test_what_two_processes_decide_is_one_log(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with (
        bench.run(SENDER, "one") as one, bench.run(SENDER, "two") as two,
        bench.run(KEEPER, "one") as first, bench.run(KEEPER, "two") as second,
    ):  # fmt: skip
        commands = [parcel(f"P{n}", f"k{n}", box=f"B{n % 7}") for n in range(200)]
        answers = await asyncio.gather(send(one, SENDER, *commands), send(two, SENDER, *commands))
        assert answers[0] == answers[1]
        assert {answer.status for answer in answers[0]} == {200}
        await until(lambda: emptied(bench))
        await until(lambda: published(bench, 800))
        await until(lambda: published(bench, 200, KEEPER))

        async def shared() -> bool:
            parts = [set(runner.reader.partitions) for runner in (first, second) if runner.reader]
            return not set.intersection(*parts) and len(set.union(*parts)) == 24 and all(parts)

        await until(shared)
    assert len(await bench.rows(SENDER, "SELECT FROM journal WHERE type = 'Send'")) == 200
    assert len(await bench.rows(SENDER, "SELECT FROM journal WHERE type = 'Boxed'")) == 200
    assert len(await bench.rows(KEEPER, "SELECT FROM journal")) == 200


async def test_who_commits_wakes_who_publishes(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER, "one") as one, bench.run(SENDER, "two") as two:
        await until(lambda: holds(one.relay.holds(0), two.relay.holds(0)))
        publisher, other = (one, two) if one.relay.holds(0) else (two, one)
        woken = asyncio.Event()
        monkeypatch.setattr(publisher.neighbours, "_woken", woken.set)
        await send(other, SENDER, parcel("P1", "a"))
        async with asyncio.timeout(10):
            await woken.wait()
        woken.clear()
        await send(publisher, SENDER, parcel("P2", "b"))
        await asyncio.sleep(0.2)
        assert not woken.is_set()


async def test_a_listener_whose_session_is_gone_ends_when_it_is_told_to(bench: Bench) -> None:
    await bench.fresh(SENDER)
    database = await Database.connect(bench.url(SENDER), SENDER.name)
    listening = asyncio.create_task(Neighbours(database, lambda: None).run())
    await until(lambda: listens(bench))
    await bench.rows(SENDER, f"SELECT pg_terminate_backend(pid) FROM ({LISTENING}) AS found")
    await asyncio.sleep(0.1)
    listening.cancel()
    await asyncio.wait([listening], timeout=5)
    assert listening.cancelled()
    await closed(database)


LISTENING = "SELECT pid FROM pg_stat_activity WHERE datname = 'sender' AND query LIKE 'LISTEN%'"


async def listens(bench: Bench) -> bool:
    return bool(await bench.rows(SENDER, LISTENING))


async def holds(*any_: bool) -> bool:
    return any(any_)


async def test_the_lease_of_a_process_that_is_gone_is_taken_over(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER, "one"):
        pass
    until_then = datetime.now(UTC) + timedelta(seconds=2)
    await bench.rows(SENDER, "UPDATE cursors SET holder = 'gone', until = $1", until_then)
    async with bench.run(SENDER, "two") as two:
        await send(two, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 2))
    assert datetime.now(UTC) > until_then


async def test_a_lease_is_kept_for_as_long_as_its_holder_is_at_work(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(relay, "LEASE_SECONDS", 3)
    await bench.fresh(SENDER)
    async with bench.run(SENDER, "one") as one:
        await until(lambda: holds(one.relay.holds(0)))
        for _ in range(45):
            (row,) = await bench.rows(SENDER, "SELECT min(until) > clock_timestamp() AS kept FROM cursors")
            assert row["kept"]
            await asyncio.sleep(0.1)


async def test_whoever_has_lost_the_lease_moves_no_cursor(bench: Bench) -> None:
    partition = partition_of("parcel/P1")
    await bench.fresh(SENDER)
    async with bench.run(SENDER, "one") as one:
        await send(one, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 2))
        await bench.rows(SENDER, "UPDATE cursors SET holder = 'two', until = clock_timestamp() + interval '9 s'")
        await send(one, SENDER, parcel("P1", "b"))
        await until(lambda: holds(not one.relay.holds(partition)))
        rows = await bench.rows(SENDER, "SELECT position, holder FROM cursors WHERE partition = $1", partition)
        assert [tuple(row) for row in rows] == [(2, "two")]


async def test_a_session_without_our_settings_is_refused(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.fresh(SENDER)
    owner = await asyncpg.connect(bench.postgres)
    await owner.execute("ALTER ROLE sender SET jit = on")
    await owner.close()
    monkeypatch.setitem(SESSION, "lock_timeout", "6s")
    database = await Database.connect(bench.url(SENDER), "sender")
    await closed(database)

    async def forgetful(*_: object, **settings: dict[str, str]) -> object:
        del settings["server_settings"]["lock_timeout"]
        return await create_pool(*_, **settings)

    create_pool = asyncpg.create_pool
    monkeypatch.setattr(asyncpg, "create_pool", forgetful)
    with pytest.raises(WrongSession, match="lock_timeout is 0, not 6s"):
        await Database.connect(bench.url(SENDER), "sender")
