"""A database that comes back as an older copy, topics that end strangely, states of a new shape."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any, cast

import pytest
from aiokafka import AIOKafkaProducer

from chassis.consume.read_barrier import ReadBarrier
from chassis.running import Runner
from chassis.schedule.scheduler import LOOK_SECONDS
from chassis.service import Decider, Service
from chassis.serving import closed
from chassis.tests.parcels import KEEPER, SENDER, Count, decider
from chassis.tests.test_runner import parcel, published, read, until
from chassis.tests.workbench import Bench, send
from chassis.write.journal import Database, OtherStateVersion
from entries.entry import Line, headers, partition_of

P1 = partition_of("parcel/P1")


async def positions(bench: Bench, partition: int = P1) -> list[tuple[int, bytes]]:
    """What stands on the sender's topic: first occurrences, in order."""
    found: dict[int, bytes] = {}
    for line in (await bench.topic(SENDER))[partition]:
        assert found.setdefault(line.position, line.value) == line.value, "a position with two contents"
    return sorted(found.items())


async def test_a_database_that_becomes_an_older_copy_while_its_service_runs(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER):
        pass
    await bench.copy(SENDER)
    async with bench.run(SENDER) as sender, bench.run(KEEPER):
        before = await send(sender, SENDER, *(parcel(f"P{n}", f"k{n}") for n in range(60)))
        await until(lambda: published(bench, 120))
        await bench.put_back(SENDER)
        again = await send(sender, SENDER, *(parcel(f"P{n}", f"k{n}") for n in range(60)))
        assert again == before
        more = await send(sender, SENDER, *(parcel(f"P{n}", f"m{n}") for n in range(60)))
        assert {answer.status for answer in more} == {200}
        await until(lambda: published(bench, 240))
        await until(lambda: published(bench, 120, KEEPER))
        assert len(await positions(bench)) == (await bench.ends_of("sender"))[P1]
    assert len(await bench.rows(SENDER, "SELECT FROM journal")) == 240


async def test_what_was_committed_and_never_published_is_recorded_again_by_its_key(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, parcel("P1", "a", box="B"))
        await until(lambda: published(bench, 4))
    await bench.copy(SENDER)
    async with without_relay(bench, SENDER) as (sender, _):
        (lost,) = await send(sender, SENDER, parcel("P1", "lost", box="C"))
        assert lost.status == 200
        await asyncio.sleep(2 * LOOK_SECONDS)
        assert not await bench.rows(SENDER, "SELECT FROM journal WHERE stream = 'box/C'"), (
            "told before it was published"
        )
    await bench.put_back(SENDER)
    async with bench.run(SENDER) as sender:
        (other,) = await send(sender, SENDER, parcel("P1", "other", box="D"))
        (again,) = await send(sender, SENDER, parcel("P1", "lost", box="C"))
        assert read(again)["receipt"] != read(lost)["receipt"]
        assert read(other)["receipt"]["position"] == read(lost)["receipt"]["position"]  # type: ignore[index]
        await until(lambda: boxed(bench, "C", "D"))


@asynccontextmanager
async def without_relay(bench: Bench, service: Service) -> AsyncIterator[tuple[Runner, asyncio.Task[None]]]:
    """A runner at work whose entries nobody publishes, though it holds the lease."""
    await bench.rows(service, "UPDATE cursors SET holder = 'alone', until = now() + interval '1 hour'")
    database = await Database.connect(bench.url(service), service.name)
    runner = Runner(service, database, bench.kafka, "alone", ReadBarrier((), database, {}, None))
    work = asyncio.create_task(runner.run())
    yield runner, work
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    await closed(database)


async def boxed(bench: Bench, *boxes: str) -> bool:
    streams = [f"box/{box}" for box in boxes]
    found = await bench.rows(SENDER, "SELECT FROM journal WHERE stream = ANY($1) AND type = 'Boxed'", streams)
    return len(found) == len(boxes)


async def write(bench: Bench, partition: int, records: Sequence[tuple[bytes, list[tuple[str, bytes]]]]) -> None:
    """Puts records on the sender's topic, as a relay that slept would, or a stranger."""
    async with AIOKafkaProducer(bootstrap_servers=bench.kafka) as producer:
        for value, marks in records:
            await producer.send_and_wait(SENDER.topic, value, key=b"parcel/P1", headers=marks, partition=partition)


def record(line: Line) -> tuple[bytes, list[tuple[str, bytes]]]:
    return line.value, headers(line.position, line.kind, line.chain, "")


def forged(position: int) -> tuple[bytes, list[tuple[str, bytes]]]:
    """What says everywhere that it is this entry, and is chained to nothing."""
    return b'{"id":"sender/%d/%d"}' % (P1, position), headers(position, "event", bytes(range(32)), "")


STRANGE: dict[str, list[tuple[bytes, list[tuple[str, bytes]]]]] = {
    "old entries again": [],
    "no position": [(b"what is this", [])],
    "no text": [(b"\xff", [("position", b"\xff\xfe"), ("chain", b"\xff")])],
    "far too high": [(b"{}", headers(10**9, "event", bytes(32), ""))],
    "far too high, and it says so, too": [forged(10**9)],
    "the next one, and it says so, too": [forged(41), forged(21)],
    "an old one with another chain": [forged(7)],
}


@pytest.mark.parametrize("end", STRANGE)
async def test_an_older_copy_sees_the_true_end_of_its_topic(bench: Bench, end: str) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, *(parcel("P1", f"k{n}") for n in range(10)))
        await until(lambda: published(bench, 20))
    await bench.copy(SENDER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, *(parcel("P1", f"m{n}") for n in range(10)))
        await until(lambda: published(bench, 40))
    lines = (await bench.topic(SENDER))[P1]
    await write(bench, P1, STRANGE[end] or [record(line) for line in lines[:20]])
    await bench.put_back(SENDER)
    async with bench.run(SENDER) as sender, bench.run(KEEPER):
        (answer,) = await send(sender, SENDER, parcel("P1", "new"))
        assert read(answer)["receipt"]["position"] == 41  # type: ignore[index]
        await until(lambda: published(bench, 21, KEEPER))
    assert len(await bench.rows(SENDER, "SELECT FROM journal")) == 42


def reshaped() -> Decider:
    """A keeper that counts double."""
    old = decider(KEEPER.deciders["parcel"].HEARS[0])

    def evolve(state: Count, event: Any, recorded: datetime) -> Count:
        new = old.evolve(state, event, recorded)
        return cast(Count, replace(new, kept=new.kept + 1) if new.kept > state.kept else new)

    return cast(Decider, SimpleNamespace(**{**vars(cast(Any, old)), "evolve": evolve}))


async def test_states_of_a_new_shape_are_folded_anew_and_an_outdated_process_ends(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    newer = replace(KEEPER, state_version=2, deciders={"parcel": reshaped()})
    async with bench.run(SENDER) as sender, bench.run(KEEPER):
        await send(sender, SENDER, *(parcel(f"P{n}", f"k{n}") for n in range(50)))
        await until(lambda: published(bench, 50, KEEPER))
    async with bench.run(newer, "newer"):
        pass
    rows = await bench.rows(KEEPER, "SELECT state FROM states")
    assert [json.loads(row["state"]) for row in rows] == [{"sent": 1, "kept": 2}] * 50
    with pytest.raises(OtherStateVersion, match="shape 2, this process folds 1"):
        async with bench.run(KEEPER):
            pass


async def test_an_outdated_process_writes_nothing_any_more(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with without_relay(bench, SENDER) as (sender, work):
        await send(sender, SENDER, parcel("P1", "a"))
        await bench.rows(SENDER, "UPDATE counters SET shape = 2")
        asked = asyncio.create_task(send(sender, SENDER, parcel("P1", "b")))
        with pytest.raises(OtherStateVersion):
            await work
        asked.cancel()
    assert len(await bench.rows(SENDER, "SELECT FROM journal")) == 2
