"""Two processes of a service at once: what is compared comes from one moment, and a fork is looked at twice."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

import asyncpg
import pytest

from chassis import running
from chassis.publish import comparing
from chassis.publish.comparing import compare, compare_once
from chassis.recover import recovery
from chassis.recover.recovery import catch_up
from chassis.serving import closed
from chassis.tests.parcels import KEEPER, POISONOUS, SENDER
from chassis.tests.test_restores import reshaped
from chassis.tests.test_runner import parcel, published, until
from chassis.tests.workbench import Bench, send
from chassis.write.journal import sql
from entries.entry import partition_of
from servers import database
from servers.database import PASSING, SERVER, Database, WrongSession

P1 = partition_of("parcel/P1")


class Interrupted:
    """A pool of sessions; behind one of its questions something else happens, once."""

    def __init__(
        self, pool: Any, behind: Callable[[str, Any, Any], bool], happens: Callable[[], Awaitable[Any]]
    ) -> None:
        self._pool = pool
        self._behind = behind
        self._happens: Callable[[], Awaitable[Any]] | None = happens

    async def fetch(self, question: str, *values: Any) -> Any:
        found = await self._pool.fetch(question, *values)
        if self._happens and self._behind(question, values, found):
            happens, self._happens = self._happens, None
            await happens()
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._pool, name)


@pytest.mark.parametrize("number", [1, 2, 3])
async def test_what_another_process_takes_back_in_between_is_no_fork(bench: Bench, number: int) -> None:
    """An older copy is compared with its topic, and behind the first, second, or third question it has caught up."""
    await bench.fresh(SENDER)
    await bench.copy(SENDER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, *(parcel("P1", f"k{n}") for n in range(5)))
        await until(lambda: published(bench, 10))
    await bench.put_back(SENDER)
    one = await Database.connect(bench.url(SENDER), SENDER.name)
    asked: list[str] = []

    def now(question: str, *_: Any) -> bool:
        asked.append(question)
        return len(asked) == number

    async def other() -> None:
        assert await catch_up(one, bench.kafka, SENDER) == {}

    found = await compare_once(Interrupted(one.pool, now, other), bench.kafka, SENDER.topic)
    assert found.forks == {}
    await closed(one)


async def test_a_fork_is_looked_at_twice_before_anything_stops(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 2))
    ((chain,),) = await bench.rows(SENDER, "SELECT chain FROM journal WHERE position = 2")
    monkeypatch.setattr(comparing, "AGAIN_SECONDS", 0.05)
    one = await Database.connect(bench.url(SENDER), SENDER.name)
    await bench.rows(SENDER, "UPDATE journal SET chain = sha256('another') WHERE position = 2")

    async def mended() -> None:
        await bench.rows(SENDER, "UPDATE journal SET chain = $1 WHERE position = 2", chain)

    first = Interrupted(one.pool, lambda question, *_: question == sql("read_standing"), mended)
    assert (await compare(first, bench.kafka, SENDER.topic)).forks == {}
    await closed(one)


async def test_a_stopped_partition_that_agrees_again_goes_on_by_itself(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LOOK_AGAIN_SECONDS", 0.2)
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 2))
    ((chain,),) = await bench.rows(SENDER, "SELECT chain FROM journal WHERE position = 2")
    await bench.rows(SENDER, "UPDATE journal SET chain = sha256('another') WHERE position = 2")
    async with bench.run(SENDER) as sender:
        (stopped,) = await send(sender, SENDER, parcel("P1", "b"))
        assert stopped.status == 503
        await bench.rows(SENDER, "UPDATE journal SET chain = $1 WHERE position = 2", chain)

        async def goes_on() -> bool:
            (answer,) = await send(sender, SENDER, parcel("P1", "b"))
            return answer.status == 200

        await until(goes_on)
        await until(lambda: published(bench, 4))
        assert not list(sender.troubles())


async def test_what_is_parked_while_states_are_folded_anew_stays_parked(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    newer = replace(KEEPER, state_version=2, deciders={"parcel": reshaped()})
    async with bench.run(SENDER) as sender, bench.run(KEEPER):
        await send(sender, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 1, KEEPER))
        one = await Database.connect(bench.url(KEEPER), KEEPER.name)

        async def parked() -> None:
            POISONOUS.add("P1")
            await send(sender, SENDER, parcel("P1", "b"))
            await until(lambda: published(bench, 2, KEEPER))

        pool, one.pool = one.pool, Interrupted(one.pool, read_to_its_end, parked)
        try:
            assert await catch_up(one, bench.kafka, newer) == {}
        finally:
            POISONOUS.clear()
            one.pool = pool
        await closed(one)
    assert [row["state"] for row in await bench.rows(KEEPER, "SELECT state FROM states")] == [b'{"sent":1,"kept":2}']


def read_to_its_end(question: str, values: Any, found: Any) -> bool:
    """Whether that was the last question for entries of the partition on which something stands."""
    return question == sql("read_journal") and values[0] == P1 and not found


MANY = 40


async def test_no_statement_writes_all_states_of_a_partition(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A partition may hold a hundred thousand; a statement may take seven seconds."""
    monkeypatch.setattr(recovery, "LINES", 10)
    await bench.fresh(SENDER, KEEPER)
    names = [f"P{n}" for n in range(2000) if partition_of(f"parcel/P{n}") == P1][:MANY]
    async with bench.run(SENDER) as sender, bench.run(KEEPER):
        await send(sender, SENDER, *(parcel(name, name) for name in names))
        await until(lambda: published(bench, MANY, KEEPER))
    for statement in FEW_AT_ONCE:
        await bench.rows(KEEPER, statement)
    async with bench.run(replace(KEEPER, state_version=2, deciders={"parcel": reshaped()}), "newer"):
        pass
    states = {row["state"] for row in await bench.rows(KEEPER, "SELECT state FROM states")}
    assert states == {b'{"sent":1,"kept":2}'}


FEW_AT_ONCE = (
    """CREATE FUNCTION few_at_once() RETURNS trigger LANGUAGE plpgsql AS
    'BEGIN IF (SELECT count(*) FROM fresh) > 10 THEN RAISE ''too many at once''; END IF; RETURN NULL; END'""",
    """CREATE TRIGGER few_at_once AFTER INSERT ON states REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION few_at_once()""",
)


@pytest.mark.parametrize("is_long", [True, False])
async def test_who_works_long_within_a_transaction_says_something_meanwhile(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, is_long: bool
) -> None:
    """What is not long is done on the loop: there nobody says anything, and the server ends the transaction."""
    monkeypatch.setattr(database, "AWAKE_SECONDS", 0.05)
    await bench.fresh(SENDER)
    found = await Database.connect(bench.url(SENDER), SENDER.name)
    try:
        async with found.pool.acquire() as session:
            await session.execute("SET idle_in_transaction_session_timeout = '300ms'")  # Until it is given back.
            with nullcontext() if is_long else pytest.raises(PASSING):
                async with session.transaction():
                    await database.within(session, partial(time.sleep, 1.0), is_long)
                    assert await session.fetchval("SELECT 1") == 1
    finally:
        await found.close()


async def test_an_error_of_long_work_is_that_of_the_transaction(bench: Bench) -> None:
    def fail() -> None:
        raise KeyError("work")

    await bench.fresh(SENDER)
    found = await Database.connect(bench.url(SENDER), SENDER.name)
    try:
        async with found.pool.acquire() as session:
            with pytest.raises(KeyError, match="work"):
                await database.within(session, fail, is_long=True)
    finally:
        await found.close()


async def test_who_says_something_now_and_then_is_no_sleeper(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "SLEEP_SECONDS", 1.0)
    await bench.fresh(SENDER)
    one = await Database.connect(bench.url(SENDER), SENDER.name)
    async with one.pool.acquire() as talks, one.pool.acquire() as sleeps:
        for session in (talks, sleeps):
            await session.execute("BEGIN")
        for _ in range(8):
            await asyncio.sleep(0.2)
            await talks.execute("SELECT")
        await one.clear_way(asyncpg.LockNotAvailableError())
        await talks.execute("COMMIT")
        with pytest.raises(PASSING):
            await sleeps.execute("COMMIT")
    await closed(one)


async def test_what_is_answered_is_on_the_disk_whatever_the_database_is_set_to(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.fresh(SENDER)
    await bench.rows(SENDER, "ALTER DATABASE sender SET synchronous_commit = off")
    await bench.rows(SENDER, "ALTER DATABASE sender SET default_transaction_isolation = serializable")
    one = await Database.connect(bench.url(SENDER), SENDER.name)
    assert await one.pool.fetchval("SHOW synchronous_commit") == "on"
    assert await one.pool.fetchval("SHOW transaction_isolation") == "read committed"
    await closed(one)
    monkeypatch.setitem(SERVER, "fsync", "off")
    with pytest.raises(WrongSession, match="fsync is on"):
        await Database.connect(bench.url(SENDER), SENDER.name)
