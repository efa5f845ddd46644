"""A record that cannot be decided costs its own stream, and that only until somebody has dealt with it."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest

from chassis.api.commands import CommandReader
from chassis.api.views import Views
from chassis.running import Runner
from chassis.service import PARKING_ROUTES
from chassis.serving import closed
from chassis.tests.parcels import KEEPER, POISONOUS, SENDER, UNSTORABLE
from chassis.tests.test_deadlines import NOON
from chassis.tests.test_runner import parcel, published, read, until
from chassis.tests.workbench import SOMEBODY, Bench, send
from chassis.write.gate import Gate
from chassis.write.inputs import Answer
from chassis.write.parking import STREAMS_MAX, WITHIN, Breaker
from entries.entry import partition_of
from servers.database import Database

REDRIVE, DISCARD = PARKING_ROUTES


@pytest.fixture
async def both(bench: Bench) -> AsyncIterator[tuple[Runner, Runner]]:
    """A fresh sender and a fresh keeper, at work."""
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
        yield sender, keeper
    POISONOUS.clear()


async def order(runner: Runner, door: Any, key: str, records: list[str], dry_run: bool = False) -> Answer:
    command_reader = CommandReader(service=KEEPER, route=door, subject=SOMEBODY)
    told = {"stream": "parcel/P1", "records": records, "idempotency_key": key, "dry_run": dry_run}
    command = command_reader.read(json.dumps(told).encode())._replace(answer=asyncio.get_running_loop().create_future())
    (answer,) = await runner.submit([command])
    return answer


async def parked(bench: Bench, count: int) -> list[str]:
    """The records that are parked, in order, as soon as there are so many."""

    async def there() -> bool:
        return len(await bench.rows(KEEPER, "SELECT FROM parked")) >= count

    await until(there)
    return [row["record"] for row in await bench.rows(KEEPER, "SELECT record FROM parked ORDER BY partition, position")]


async def test_poison_parks_its_stream_and_every_other_goes_on(bench: Bench, both: tuple[Runner, Runner]) -> None:
    sender, keeper = both
    POISONOUS.add("P1")
    await send(sender, SENDER, parcel("P1", "a"), *(parcel(f"Q{n}", f"q{n}") for n in range(60)))
    await parked(bench, 1)
    POISONOUS.clear()
    await send(sender, SENDER, parcel("P1", "b"))
    first, second = await parked(bench, 2)
    await until(lambda: published(bench, 62, KEEPER))
    (answer,) = await send(keeper, KEEPER, parcel("P1", "c"))
    assert answer.status == 409
    rows = await bench.rows(KEEPER, "SELECT position, type, convert_from(value, 'UTF8') AS value FROM journal "
                                    "WHERE stream = 'parcel/P1' ORDER BY position")  # fmt: skip
    assert [row["type"] for row in rows] == ["Parked", "Parked"]
    assert [json.loads(row["value"])["data"]["record"] for row in rows] == [first, second]
    assert read(answer)["case"] == f"keeper/{partition_of('parcel/P1')}/{rows[0]['position']}"


async def test_a_record_that_leads_to_a_state_that_does_not_come_back_is_parked(
    bench: Bench, both: tuple[Runner, Runner]
) -> None:
    sender, _ = both
    UNSTORABLE.add(("Kept", "P1"))
    try:
        await send(sender, SENDER, parcel("P1", "a"), *(parcel(f"Q{n}", f"q{n}") for n in range(20)))
        (record,) = await parked(bench, 1)
        await until(lambda: published(bench, 21, KEEPER))
    finally:
        UNSTORABLE.clear()
    rows = await bench.rows(KEEPER, 'SELECT stream, state FROM states WHERE state <> \'{"sent":1,"kept":1}\'')
    assert [(row["stream"], row["state"]) for row in rows] == [("parcel/P1", b"{}")]
    rows = await bench.rows(KEEPER, "SELECT record, cause FROM parked")
    assert [(row["record"], row["cause"]) for row in rows] == [(record, "Unreadable in Sent")]


async def test_redriven_records_take_effect_once_in_their_order(bench: Bench, both: tuple[Runner, Runner]) -> None:
    sender, keeper = both
    POISONOUS.add("P1")
    hours = ["2026-03-02T10:00:00.000000Z", "2026-03-02T09:00:00.000000Z"]
    await send(sender, SENDER, *(parcel("P1", hour, occurred=hour) for hour in hours))
    records = await parked(bench, 2)
    dry = await order(keeper, REDRIVE, "dry", records, dry_run=True)
    assert (dry.status, [each["record"] for each in read(dry)["parked"]]) == (200, records)  # type: ignore[attr-defined]
    still = await order(keeper, REDRIVE, "still", records)
    assert still.status == 500
    assert await parked(bench, 2) == records
    POISONOUS.clear()
    wrong = await order(keeper, REDRIVE, "wrong", records[1:])
    assert (wrong.status, read(wrong)["parked"]) == (409, records)
    done = await order(keeper, REDRIVE, "now", records)
    assert [event["type"] for event in read(done)["events"]] == ["Redriven", "Kept", "Kept"]  # type: ignore[attr-defined]
    assert await order(keeper, REDRIVE, "now", records) == done
    rows = await bench.rows(KEEPER, "SELECT value FROM journal WHERE type = 'Kept' ORDER BY position")
    assert [json.loads(row["value"])["time"] for row in rows] == hours
    (answer,) = await send(keeper, KEEPER, parcel("P1", "after"))
    assert read(answer)["events"][0]["data"]["times"] == 2  # type: ignore[index]


async def test_what_is_discarded_never_takes_effect(bench: Bench, both: tuple[Runner, Runner]) -> None:
    sender, keeper = both
    POISONOUS.add("P1")
    await send(sender, SENDER, parcel("P1", "a"), parcel("P1", "b"))
    poison, behind = await parked(bench, 2)
    POISONOUS.clear()
    assert (await order(keeper, DISCARD, "first", [poison])).status == 200
    (still,) = await send(keeper, KEEPER, parcel("P1", "c"))
    assert still.status == 409
    done = await order(keeper, REDRIVE, "second", [behind])
    assert [event["type"] for event in read(done)["events"]] == ["Redriven", "Kept"]  # type: ignore[attr-defined]
    (answer,) = await send(keeper, KEEPER, parcel("P1", "c"))
    assert answer.status == 200


async def test_twenty_streams_parked_by_one_cause_pause_their_partition(
    bench: Bench, both: tuple[Runner, Runner]
) -> None:
    sender, keeper = both
    names = [f"P{n}" for n in range(2000) if partition_of(f"parcel/P{n}") == 3][: STREAMS_MAX + 3]
    POISONOUS.update(names)
    elsewhere = next(f"P{n}" for n in range(2000) if partition_of(f"parcel/P{n}") == 4)
    await send(sender, SENDER, *(parcel(name, name) for name in names), parcel(elsewhere, "elsewhere"))
    await parked(bench, STREAMS_MAX)

    async def paused() -> bool:
        return any("partition 3 is paused" in trouble for trouble in keeper.troubles())

    await until(paused)
    assert len(await parked(bench, STREAMS_MAX)) == STREAMS_MAX
    await until(lambda: kept(bench, elsewhere))


async def kept(bench: Bench, name: str) -> bool:
    found = await bench.rows(KEEPER, "SELECT FROM journal WHERE stream = $1 AND type = 'Kept'", f"parcel/{name}")
    return bool(found)


def test_streams_parked_longer_ago_than_a_minute_do_not_pause_a_partition() -> None:
    breaker = Breaker()
    for number in range(2 * STREAMS_MAX):
        assert breaker.lets(3, "cause", f"parcel/P{number}", NOON + number * WITHIN / (STREAMS_MAX - 1))
    assert breaker.lets(3, "cause", "parcel/P1", NOON), "what lies ahead, behind a leap back, does not count either"
    assert not breaker.open


async def test_what_is_parked_is_paged_over_all_partitions(bench: Bench) -> None:
    """On the next partition positions begin anew."""
    await bench.fresh(KEEPER)
    there = [(1, 5), (1, 7), (2, 1), (2, 6), (4, 2)]
    for partition, position in there:
        values = (partition, position, "parcel/P1", "r", "c", b"")
        await bench.rows(KEEPER, "INSERT INTO parked VALUES ($1, $2, $3, $4, $5, $6)", *values)
    database = await Database.connect(bench.url(KEEPER), "views")
    gate = Gate()
    gate.open(database.home, {})
    views, after = Views(KEEPER, database, gate), ""
    found: list[int] = []
    while after is not None and len(found) < 9:
        page = await views.parked(after, 2)
        found += [item["position"] for item in page["items"]]
        after = page["next"]
    await closed(database)
    assert found == [position for _, position in there]
