"""What the relay sends as one, and what the topics take."""

import asyncio
import json
import time
from datetime import datetime
from functools import partial
from typing import Any

import pytest
from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.errors import KafkaConnectionError
from confluent_kafka.admin import AdminClient, ConfigResource  # type: ignore[attr-defined]

from chassis.publish import relay
from chassis.publish.relay import BATCH_BYTES, Relay, portions
from chassis.serving import closed
from chassis.tests.parcels import SENDER
from chassis.tests.test_restores import record
from chassis.tests.test_runner import parcel, published, until
from chassis.tests.wires import kafka_wire
from chassis.tests.workbench import Bench, send
from chassis.write.journal import Database
from entries.entry import PARTITIONS, partition_of
from servers.kafka import Readable
from servers.starting import started
from servers.topics import End, Reads, consuming, read_topic_ends

DAY = 24 * 3600 * 1000
P1, STRANGE = partition_of("parcel/P1"), 500
ANOTHER_HISTORY = """
INSERT INTO journal
SELECT partition, 3, stream, kind, type, recorded, traceparent, chain, 'another history'
FROM journal
WHERE partition = $1
  AND position = 1
"""


def rows(*groups: int, size: int = 100, more: int = 0) -> list[dict[str, object]]:
    """As many entries as a group has: an input, and events that it led to. So many `more` are not read."""
    found: list[dict[str, object]] = []
    for number, count in enumerate(groups):
        for place in range(count):
            name = "id" if place == 0 else "causationid"
            value = f'{{"{name}":"sender/0/{number}"}}'.encode().ljust(size)
            found.append({"position": len(found) + 1, "kind": "event" if place else "input", "value": value})
    return [row | {"stream": "parcel/P1", "journal_end": len(found) + more} for row in found]


def positions(*groups: int, size: int = 100, more: int = 0) -> list[list[object]]:
    return [[row["position"] for row in portion] for portion in portions(rows(*groups, size=size, more=more))]


def test_no_group_of_entries_straddles_two_batches() -> None:
    big = BATCH_BYTES // 4
    assert positions(2, 3, 1, size=big) == [[1, 2], [3, 4, 5], [6]]
    assert positions(9, 1, size=big) == [[1, 2, 3, 4, 5, 6, 7, 8, 9], [10]]
    assert positions(2, 2, 2) == [[1, 2, 3, 4, 5, 6]]


def test_a_group_that_may_go_on_waits_for_the_next_reading() -> None:
    assert positions(2, 2, 2, more=1) == [[1, 2, 3, 4]]
    assert positions(3, more=1) == []


async def test_a_topic_keeps_everything_and_takes_every_stamp(bench: Bench) -> None:
    await bench.fresh(SENDER)
    now = int(time.time() * 1000)
    async with AIOKafkaProducer(bootstrap_servers=bench.kafka) as producer:
        for stamp in (now - 400 * DAY, now + 2 * DAY):
            await producer.send_and_wait(SENDER.topic, b"{}", partition=0, timestamp_ms=stamp)
    asked = ConfigResource(ConfigResource.Type.TOPIC, SENDER.topic)
    admin = AdminClient({"bootstrap.servers": bench.kafka})
    (answer,) = admin.describe_configs([asked]).values()
    settings = {name: entry.value for name, entry in answer.result(20).items()}
    assert {settings["retention.ms"], settings["retention.bytes"]} == {"-1"}
    assert settings["message.timestamp.after.max.ms"] == settings["message.timestamp.before.max.ms"] == str(2**63 - 1)


async def write(bench: Bench, *records: tuple[bytes, list[tuple[str, bytes]]]) -> None:
    """Puts records behind each other where the parcel P1 stands."""
    async with AIOKafkaProducer(bootstrap_servers=bench.kafka, linger_ms=20) as producer:
        sent = [
            await producer.send(SENDER.topic, value, key=b"parcel/P1", headers=marks, partition=P1)
            for value, marks in records
        ]
        await asyncio.gather(*sent)


def counted(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by each record that any reader of this process is given."""
    read, hand_out = list[int](), Readable._consumer_record

    def counting(self: Readable, *command: Any) -> Any:
        read.append(1)
        return hand_out(self, *command)

    monkeypatch.setattr(Readable, "_consumer_record", counting)
    return read


async def test_what_stands_behind_the_last_entry_is_read_once_and_not_every_time(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Strangers' records, also where nothing else stands, and entries that were published again."""
    read, known = counted(monkeypatch), Reads()

    async def look() -> tuple[int, int]:
        """How far the topic goes, and how many records were read to know it."""
        read.clear()
        ends = await read_topic_ends(bench.kafka, SENDER.topic, {P1: 0}, known=known)
        return ends[P1].position if P1 in ends else 0, len(read)

    await bench.fresh(SENDER)
    await write(bench, *[(b"hello", [])] * STRANGE)
    assert [await look(), await look()] == [(0, STRANGE), (0, 1)]
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, parcel("P1", "a"), parcel("P1", "b"))
        await until(lambda: published(bench, 4))
        first, *others = (await bench.topic(SENDER))[P1]
    assert await look() == (4, 5)
    await write(bench, *[record(first), record(others[0])] * 50, *[(b"hello", [])] * STRANGE)
    assert [await look(), await look()] == [(4, STRANGE + 101), (4, 1)]
    await bench.lose_topic(SENDER)
    assert await look() == (0, 0)
    await write(bench, record(first), *[(b"hi", [])] * (2 * STRANGE + 300))
    assert [await look(), await look()] == [(1, 2 * STRANGE + 301), (1, 1)]


async def test_of_what_was_published_since_no_more_than_the_end_is_read(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    read, known = counted(monkeypatch), Reads()
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as sender:
        for end in (2, 60, 120):
            since = sum(map(len, (await bench.topic(SENDER)).values()))
            await send(sender, SENDER, *(parcel("P1", f"k{number}") for number in range(since // 2, end // 2)))
            await until(partial(published, bench, end))
            read.clear()
            ends = await read_topic_ends(bench.kafka, SENDER.topic, {P1: end}, known=known)
            assert (ends[P1].position, len(read)) == (end, 2)


async def test_a_topic_that_was_made_anew_and_has_grown_as_long_is_read_from_the_beginning(bench: Bench) -> None:
    known, topic = Reads(), SENDER.topic
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 2))
        first, _ = (await bench.topic(SENDER))[P1]
    assert (await read_topic_ends(bench.kafka, topic, known=known))[P1].position == 2
    await bench.lose_topic(SENDER)
    await write(bench, record(first), *[(b"hi", [])] * 20)
    assert (await read_topic_ends(bench.kafka, topic, {P1: 0}, known=known))[P1] == End(1, first.chain, 0)


async def test_an_idle_relay_does_not_read_on_and_on(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("COMPARE_SECONDS", "ASK_SECONDS"):
        monkeypatch.setattr(relay, name, 0.1)
    read = counted(monkeypatch)
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 2))
        read.clear()
        await write(bench, *[(b"hello", [])] * STRANGE)
        await asyncio.sleep(5.0)  # It looks as often as it is idle: every second.
    assert STRANGE <= len(read) < 2 * STRANGE


async def test_who_starts_while_a_server_is_away_waits_for_it() -> None:
    tries = []

    async def start() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise KafkaConnectionError
        return "there"

    assert await started(start, "Kafka", "here") == "there"
    assert len(tries) == 3


async def cursor(bench: Bench) -> int:
    (row,) = await bench.rows(SENDER, "SELECT position FROM cursors WHERE partition = $1", P1)
    position: int = row["position"]
    return position


async def test_no_cursor_moves_before_the_broker_has_acknowledged(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with kafka_wire(bench) as (wire, beyond), beyond.run(SENDER) as runner:
        await send(runner, SENDER, parcel("P1", "a"))
        await until(lambda: reaches(bench, 2))
        with wire.still():
            await send(runner, SENDER, parcel("P1", "b"))
            await asyncio.sleep(1)
            assert await cursor(bench) == 2
        await until(lambda: reaches(bench, 4))


async def reaches(bench: Bench, position: int) -> bool:
    return await cursor(bench) == position


async def test_a_record_is_stamped_with_the_time_at_which_it_was_recorded(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, *(parcel(f"P{n}", f"k{n}") for n in range(20)))
        await until(lambda: published(bench, 40))
    async with consuming(bench.kafka) as consumer:
        consumer.assign([TopicPartition(SENDER.topic, number) for number in range(PARTITIONS)])
        records: list[Any] = []
        while len(records) < 40:
            records += [one for many in (await consumer.getmany(timeout_ms=200)).values() for one in many]
    recorded = [datetime.fromisoformat(json.loads(record.value)["recordedtime"]) for record in records]
    assert [record.timestamp for record in records] == [int(at.timestamp() * 1000) for at in recorded]


async def test_nothing_is_published_where_the_topic_is_ahead_of_the_journal(bench: Bench) -> None:
    """There the journal is an older copy: it takes back first what the topic holds."""
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, parcel("P1", "a"))
        await until(lambda: reaches(bench, 2))
    await bench.copy(SENDER)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, parcel("P1", "b"), parcel("P1", "c"))
        await until(lambda: reaches(bench, 6))
    lines = (await bench.topic(SENDER))[P1]
    await bench.put_back(SENDER)
    await bench.rows(SENDER, ANOTHER_HISTORY, P1)
    await bench.rows(SENDER, "UPDATE counters SET position = 3 WHERE partition = $1", P1)
    database = await Database.connect(bench.url(SENDER), "sender")
    relay = Relay(database, bench.kafka, SENDER.topic, "alone", lambda: None)
    publishing = asyncio.create_task(relay.run())
    await until(lambda: loaded(relay))
    await asyncio.sleep(1)
    assert not relay.holds(P1)
    relay.finish()
    await publishing
    await closed(database)
    assert (await bench.topic(SENDER))[P1] == lines


async def loaded(relay: Relay) -> bool:
    return sum(relay.holds(number) for number in range(PARTITIONS)) >= PARTITIONS - 1
