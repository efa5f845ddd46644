"""Whoever may have become an older copy gives nothing out: one gate for positions, answers, and what is read."""

import asyncio
import json
from contextlib import AsyncExitStack, nullcontext
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

import httpx
import pytest

from chassis.api.commands import CommandReader
from chassis.serving import closed
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_asking import post, served
from chassis.tests.test_runner import parcel, published, until
from chassis.tests.wires import kafka_wire
from chassis.tests.workbench import SOMEBODY, Bench, send
from chassis.write.gate import Gate
from deploy.local.issuer import make_issuer
from deploy.testing.ports import reserved_port
from entries.entry import partition_of
from servers.database import Database, Home

P1 = partition_of("parcel/P1")
STATES = list(product((True, False), repeat=3))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_issuer(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("restored", "away", "behind"), STATES)
async def test_nothing_is_decided_past_what_an_upstream_had_published(
    bench: Bench, folder: Path, restored: bool, away: bool, behind: bool
) -> None:
    """The sender has published a parcel; it is restored, Kafka is away from it, the keeper's reader is behind."""
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER):
        pass
    await bench.copy(SENDER)
    async with AsyncExitStack() as ending:
        for_sender, sender_there = await ending.enter_async_context(kafka_wire(bench))
        for_keeper, keeper_there = await ending.enter_async_context(kafka_wire(bench))
        sender = await ending.enter_async_context(served(sender_there, SENDER, folder))
        doors = {"sender": [str(sender.base_url).rstrip("/")]}
        keeper = await ending.enter_async_context(served(keeper_there, KEEPER, folder, doors=doors))
        await until(lambda: answered(keeper, "first"))
        with for_keeper.still() if behind else nullcontext():
            assert (await post(sender, "/parcels", "s", parcel="P1")).status_code == 200
            await until(lambda: published(bench, 2))
            with for_sender.still() if away else nullcontext():
                if restored:
                    await bench.put_back(SENDER)
                answer = await post(keeper, "/hasty-keeps", "k", parcel="P1")
                assert answer.status_code == 503 or answer.json()["events"][0]["data"]["times"] == 1
                assert answer.status_code == 200 or restored or behind, "nothing was amiss"
        await until(lambda: answered(keeper, "k"))
    rows = await bench.rows(KEEPER, "SELECT convert_from(value, 'UTF8') AS value FROM journal WHERE type = 'Kept'")
    assert '"times":1' in rows[-1]["value"]


async def answered(client: httpx.AsyncClient, key: str) -> bool:
    return (await post(client, "/hasty-keeps", key, parcel="P1")).status_code == 200


async def test_what_was_seen_before_a_restore_is_asked_for_again(bench: Bench) -> None:
    """The keeper has asked, and has heard; its database becomes an older copy before it decides."""
    await bench.fresh(SENDER, KEEPER)
    await bench.copy(KEEPER)
    async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
        await send(sender, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 1, KEEPER))
        asked = datetime.now(UTC)
        keeper.barrier.until[P1] = asked
        await bench.put_back(KEEPER)
        command_reader = CommandReader(service=KEEPER, route=KEEPER.routes[2], subject=SOMEBODY)
        command = command_reader.read(parcel("P1", "k"))
        (answer,) = await keeper.submit(
            [command._replace(asked=asked, answer=asyncio.get_running_loop().create_future())]
        )
        assert (answer.status, json.loads(answer.body)["type"]) == (503, "/problems/cannot-see")


async def test_a_session_that_is_cut_leads_to_the_same_database_and_needs_no_kafka(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with kafka_wire(bench) as (wire, beyond), beyond.run(SENDER) as sender:
        await send(sender, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 2))
        with wire.still():
            await bench.rows(SENDER, CUT)
            async with asyncio.timeout(10):
                (answer,) = await send(sender, SENDER, parcel("P1", "b"))
            assert answer.status == 200


async def test_behind_a_server_that_was_started_anew_it_is_caught_up_first(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as sender:
        assert sender.gate.home
        database = await Database.connect(bench.url(SENDER), SENDER.name)
        async with database.pool.acquire() as session:
            assert sender.gate.lets(session)
            session._con.home = session.home._replace(started=datetime.now(UTC))
            assert not sender.gate.lets(session)
        await closed(database)


CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'sender' AND usename = 'sender'"


async def test_all_sessions_are_opened_at_once_after_a_loss_and_health_waits_for_them(bench: Bench) -> None:
    """Nobody gets in for 8 s: by then asyncpg, by itself, would look again only after 7 more."""
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as sender:
        assert list(sender.troubles()) == []
        await bench.rows(SENDER, "ALTER ROLE sender NOLOGIN")
        try:
            await bench.rows(SENDER, CUT)
            await until(lambda: amiss(sender, "sessions with the database are not open"))
            await asyncio.sleep(8)
        finally:
            await bench.rows(SENDER, "ALTER ROLE sender LOGIN")
        await until(lambda: well(sender), 4)
        assert (sender._database.pool.get_size(), sender._database.reading.get_size()) == (5, 2)


async def amiss(runner: Any, words: str) -> bool:
    return any(words in trouble for trouble in runner.troubles())


async def well(runner: Any) -> bool:
    return not list(runner.troubles())


HOME = Home(1, datetime(2026, 1, 1, tzinfo=UTC))


def gate() -> Gate:
    """Open, and one partition's end is known."""
    found = Gate()
    found.open(HOME, {})
    assert found.agrees({3: (7, b"seven")})
    return found


def test_a_journal_that_ends_before_what_was_committed_closes_the_gate() -> None:
    assert gate().agrees({3: (8, b"eight")})
    for older in ((6, b"six"), (7, b"another seven")):
        one = gate()
        assert not one.agrees({3: older})
        assert one.home is None


def test_what_was_read_before_a_commit_says_nothing_against_it() -> None:
    one = gate()
    known = dict(one.ends)
    assert one.agrees({3: (9, b"nine")})
    assert one.agrees({3: (8, b"eight")}, known)
    assert one.ends == {3: (9, b"nine")}


async def test_a_journal_that_goes_back_behind_the_same_session_is_noticed(bench: Bench, folder: Path) -> None:
    await bench.fresh(SENDER)
    async with served(bench, SENDER, folder) as sender:
        assert (await post(sender, "/parcels", "a", parcel="P1")).status_code == 200
        await until(lambda: published(bench, 2))
        await bench.rows(SENDER, "DELETE FROM journal")
        await bench.rows(SENDER, "DELETE FROM states")
        await bench.rows(SENDER, "DELETE FROM receipts")
        await bench.rows(SENDER, "UPDATE counters SET position = 0, chain = decode(repeat('00', 32), 'hex')")
        answer = await post(sender, "/parcels", "b", parcel="P1")
        assert answer.json()["receipt"]["position"] == 3
    assert len(await bench.rows(SENDER, "SELECT FROM journal")) == 4


async def test_who_has_not_caught_up_gives_nothing_to_read(bench: Bench, folder: Path) -> None:
    await bench.fresh(SENDER)
    await bench.copy(SENDER)
    async with kafka_wire(bench) as (wire, beyond), served(beyond, SENDER, folder) as sender:
        assert (await post(sender, "/parcels", "a", parcel="P1")).status_code == 200
        with wire.still():
            await bench.put_back(SENDER)
            for path in (f"/positions?partition={P1}", "/positions", "/parcels/P1", "/parcels?waiting=Send", "/parked"):
                await until(lambda path=path: says(sender, path, 503, "/problems/catching-up"))  # type: ignore[misc]
        await until(lambda: says(sender, f"/positions?partition={P1}", 200))


async def says(client: httpx.AsyncClient, path: str, status: int, problem: str | None = None) -> bool:
    answer = await client.get(path)
    return answer.status_code == status and (problem is None or answer.json()["type"] == problem)


async def test_a_partition_that_is_stopped_has_no_end_for_others(bench: Bench, folder: Path) -> None:
    await bench.fresh(SENDER)
    async with served(bench, SENDER, folder) as sender:
        assert (await post(sender, "/parcels", "a", parcel="P1")).status_code == 200
        await until(lambda: published(bench, 2))
    await bench.rows(SENDER, "UPDATE journal SET chain = sha256('another') WHERE position = 2")
    async with served(bench, SENDER, folder) as sender:
        stopped = await sender.get(f"/positions?partition={P1}")
        assert (stopped.status_code, stopped.json()["type"]) == (503, "/problems/partition-stopped")
        ends = (await sender.get("/positions")).json()["ends"]
        assert [end["partition"] for end in ends] == [n for n in range(24) if n != P1]


async def test_the_first_door_that_answers_counts(bench: Bench, folder: Path) -> None:
    """One process of the upstream is frozen, another has not caught up; the third one is well."""
    await bench.fresh(SENDER, KEEPER)
    asked = asyncio.Event()

    async def frozen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()
        writer.close()

    async def behind(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n")
        writer.close()

    ports = (reserved_port(), reserved_port())
    servers = [
        await asyncio.start_server(answers, "127.0.0.1", port)
        for port, answers in zip(ports, (frozen, behind), strict=True)
    ]
    async with served(bench, SENDER, folder) as sender:
        others = [f"http://127.0.0.1:{port}" for port in ports]
        async with served(
            bench, KEEPER, folder, doors={"sender": [*others, str(sender.base_url).rstrip("/")]}
        ) as keeper:
            assert (await post(keeper, "/hasty-keeps", "k", parcel="P1")).status_code == 200
            assert asked.is_set()
    for server in servers:
        server.close()
