"""`make verify` on a live stack: what agrees passes, and each thing that was spoiled is named."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import psycopg
import pytest
from confluent_kafka import Consumer, Producer, TopicPartition

from client.answers import Stream
from client.scenarios import documents
from client.scenarios.road import CROSSING
from deploy.audit import reading
from deploy.audit.verifying import verify
from deploy.local.stack import Stack
from deploy.repair import topics
from entries.entry import LARGEST_BYTES, PARTITIONS, link
from tests.faults.gathering import SERVICES
from tests.faults.shipments import convoy
from tests.lifecycle.border import Border
from tests.replay.conftest import RUN

pytestmark = pytest.mark.all
CONSIGNMENT = convoy(RUN, 1, 1, 1)[0].consignments[0]
NOWHERE = "127.0.0.1:1"
NO_DATABASE = "postgresql://nobody@127.0.0.1:1/postgres"


async def audit(stack: Stack, capsys: pytest.CaptureFixture[str], prefix: str = "") -> tuple[int, str]:
    capsys.readouterr()
    code = await verify(stack.kafka, stack.postgres_admin, prefix)
    return code, capsys.readouterr().out


async def test_a_stack_that_was_left_alone_agrees(worked: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = await audit(worked, capsys)
    assert code == 0, said
    for service in SERVICES:
        hashes = {line.split()[-1] for line in said.splitlines() if line.split()[0] == service}
        assert len(hashes) == 1, said


def nothing_crossed(shown: Stream) -> bool:
    return "crossings" not in shown.state.get("arrival", {})


async def test_goods_of_which_all_was_taken_back_agree(worked: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    lorry, goods = documents.carnet("V-gone"), "V-gone-1"
    async with Border(worked) as border:
        crossed = await border.say(CROSSING, documents.crossing(lorry, documents.papers([goods])))
        await border.until("clearance", f"consignment/{goods}", lambda shown: shown.state != {})
        withdraws = crossed.events[0].data["crossed"]
        await border.act("officer", "/border-crossing-withdrawals", movement=lorry, withdraws=withdraws)
        for service in ("release", "clearance"):
            await border.until(service, f"consignment/{goods}", nothing_crossed)
    code, said = await audit(worked, capsys)
    assert code == 0, said


async def test_each_side_is_checked_without_the_other(worked: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    assert await verify(worked.kafka, NO_DATABASE) == 0
    assert "Postgres does not answer" in capsys.readouterr().out
    assert await verify(NOWHERE, worked.postgres_admin) == 0
    assert "Kafka does not answer" in capsys.readouterr().out
    assert await verify(NOWHERE, NO_DATABASE) == 1


@asynccontextmanager
async def spoiled(stack: Stack, service: str, spoil: str, mend: str) -> AsyncIterator[None]:
    """As the owner: spoils the database, and mends it afterwards."""
    url = stack.postgres_admin.rpartition("/")[0] + f"/{service}"
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("CREATE TABLE kept AS SELECT * FROM journal")
        owner.execute("CREATE TABLE kept_states AS SELECT * FROM states")
        owner.execute("CREATE TABLE kept_receipts AS SELECT * FROM receipts")
        owner.execute("CREATE TABLE kept_counters AS SELECT * FROM counters")
        owner.execute("CREATE TABLE kept_fences AS SELECT * FROM fences")
        owner.execute("CREATE TABLE kept_numbers AS SELECT * FROM numbers")
        try:
            owner.execute(spoil)
            yield
        finally:
            owner.execute(mend)
            owner.execute("DROP TABLE kept, kept_states, kept_receipts, kept_counters, kept_fences, kept_numbers")


RESTORE = "DELETE FROM journal; INSERT INTO journal SELECT * FROM kept"
LONGEST = "(SELECT partition FROM counters ORDER BY position DESC LIMIT 1)"
SPOILED = {
    "a removed entry": (f"DELETE FROM journal WHERE partition = {LONGEST} AND position = 2", RESTORE, "position 2"),
    "a removed end": (
        f"DELETE FROM journal WHERE partition = {LONGEST} AND position = (SELECT max(position) FROM counters)",
        RESTORE,
        "was given out",
    ),
    "two swapped": (
        f"UPDATE journal SET position = CASE position WHEN 1 THEN 1000001 ELSE 1000002 END "
        f"WHERE partition = {LONGEST} AND position IN (1, 2); "
        f"UPDATE journal SET position = CASE position WHEN 1000001 THEN 2 ELSE 1 END "
        f"WHERE partition = {LONGEST} AND position > 1000000",
        RESTORE,
        "position 1",
    ),
    "a flipped byte": (
        f"UPDATE journal SET value = set_byte(value, 40, get_byte(value, 40) # 1) "
        f"WHERE partition = {LONGEST} AND position = 3",
        RESTORE,
        "position 3",
    ),
    "an edited state": (
        f"""UPDATE states SET state = '{{"own":{{}}}}' WHERE stream = 'consignment/{CONSIGNMENT}'""",
        "DELETE FROM states; INSERT INTO states SELECT * FROM kept_states",
        f"consignment/{CONSIGNMENT}",
    ),
    "a forgotten receipt": (
        f"DELETE FROM receipts WHERE partition = {LONGEST} AND position = 1",
        "DELETE FROM receipts; INSERT INTO receipts SELECT * FROM kept_receipts",
        "the receipt is not the live one",
    ),
    "a forgotten number": (
        f"DELETE FROM numbers WHERE stream = 'consignment/{CONSIGNMENT}'",
        "DELETE FROM numbers; INSERT INTO numbers SELECT * FROM kept_numbers",
        f"consignment/{CONSIGNMENT} by the number",
    ),
    "another deadline": (
        f"UPDATE states SET due = 'tomorrow' WHERE stream = 'consignment/{CONSIGNMENT}'",
        "DELETE FROM states; INSERT INTO states SELECT * FROM kept_states",
        f"consignment/{CONSIGNMENT}",
    ),
    "another end": (
        f"UPDATE counters SET recorded = 'epoch' WHERE partition = {LONGEST}",
        "DELETE FROM counters; INSERT INTO counters SELECT * FROM kept_counters",
        "would be put behind something else",
    ),
    "another consumer position": (
        f"UPDATE fences SET chain = decode(repeat('01', 32), 'hex') WHERE partition = {LONGEST} AND position > 0",
        "DELETE FROM fences; INSERT INTO fences SELECT * FROM kept_fences",
        "is not its entry",
    ),
}


@pytest.mark.parametrize("what", SPOILED)
async def test_what_was_spoiled_in_the_database_is_named(
    worked: Stack, capsys: pytest.CaptureFixture[str], what: str
) -> None:
    spoil, mend, named = SPOILED[what]
    async with spoiled(worked, "release", spoil, mend):
        code, said = await audit(worked, capsys)
    assert code == 1, said
    assert "DISAGREEMENT" in said
    assert "release/" in said
    assert named in said


async def test_what_was_mended_agrees_again(worked: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    code, said = await audit(worked, capsys)
    assert code == 0, said


Spoil = Callable[[list[Any]], list[Any]]


def flip(records: list[Any]) -> list[Any]:
    key, value, headers = records[2]
    return [*records[:2], (key, bytes([*value[:40], value[40] ^ 1, *value[41:]]), headers), *records[3:]]


def another_end(records: list[Any]) -> list[Any]:
    """The last entry says something else, and is rightly chained to the one before it."""
    (_, _, before), (key, value, headers) = records[-2:]
    other = value.replace(b'"rulebook":"', b'"rulebook":"another ', 1)
    assert other != value
    chain = link(bytes.fromhex(dict(before)["chain"].decode()), other).hex().encode()
    return [*records[:-1], (key, other, [(n, chain if n == "chain" else v) for n, v in headers])]


COPIES: dict[str, tuple[Spoil, str]] = {
    "a lost end": (lambda records: records[:-1], "the topic ends at position"),
    "another end": (another_end, "topic and journal differ at position"),
    "a flipped byte": (flip, "chain breaks at position 3"),
    "a removed entry": (lambda records: records[:2] + records[3:], "position 3 is missing"),
    "two swapped": (
        lambda records: [*records[:2], swapped(records[3], records[2]), swapped(records[2], records[3]), *records[4:]],
        "position 3 is missing",
    ),
}


def swapped(content: Any, place: Any) -> Any:
    """One record's content under another's headers."""
    return content[0], content[1], place[2]


async def test_a_faithful_copy_of_the_topics_agrees(worked: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    await copy(worked.kafka, "faithful.", lambda records: records)
    code, said = await audit(worked, capsys, "faithful.")
    assert code == 0, said


@pytest.mark.parametrize("what", COPIES)
async def test_what_was_spoiled_in_a_copy_of_a_topic_is_named(
    worked: Stack, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(reading, "CATCH_UP_SECONDS", 0.5)  # Nothing more comes to a copy.
    spoil, named = COPIES[what]
    prefix = what.replace(" ", "-") + "."
    await copy(worked.kafka, prefix, spoil)
    code, said = await audit(worked, capsys, prefix)
    assert code == 1, said
    assert "release/" in said
    assert named in said


async def copy(kafka: str, prefix: str, spoil: Spoil) -> None:
    """Copies the four topics; on the way, `spoil` sees the longest partition of what release wrote.

    Copies of an earlier session, on a server that outlives it, go first.
    """
    names = [f"customs.{service}.v1" for service in SERVICES]
    await topics.recreate(kafka, [prefix + name for name in names])
    producer = Producer({"bootstrap.servers": kafka, "enable.idempotence": True, "message.max.bytes": LARGEST_BYTES})
    for name in names:
        partitions = read(kafka, name)
        longest = max(partitions, key=lambda number: len(partitions[number]))
        for number, records in partitions.items():
            spoils = name == "customs.release.v1" and number == longest
            for key, value, headers in spoil(records) if spoils else records:
                producer.produce(prefix + name, value, key, number, headers=headers)
    assert producer.flush(20) == 0


def read(kafka: str, topic: str) -> dict[int, list[Any]]:
    """Every record of a topic as key, value and headers."""
    consumer = Consumer({"bootstrap.servers": kafka, "group.id": "copy", "enable.auto.commit": False})
    found: dict[int, list[Any]] = {}
    left = {}
    for number in range(PARTITIONS):
        _, left[number] = consumer.get_watermark_offsets(TopicPartition(topic, number), timeout=20)
    consumer.assign([TopicPartition(topic, number, 0) for number in range(PARTITIONS)])
    while any(len(found.get(number, [])) < end for number, end in left.items()):
        message = consumer.poll(20)
        assert message is not None
        assert message.error() is None
        found.setdefault(message.partition() or 0, []).append((message.key(), message.value(), message.headers()))
    consumer.close()
    return found
