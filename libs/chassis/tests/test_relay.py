"""What the relay sends as one, and what the topics take."""

import time

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaConnectionError
from confluent_kafka.admin import AdminClient, ConfigResource  # type: ignore[attr-defined]

from chassis.relay import BATCH_BYTES, ENTRIES_PER_PARTITION, portions
from chassis.serving import started
from chassis.tests.parcels import SENDER
from chassis.tests.workbench import Bench

DAY = 24 * 3600 * 1000


def rows(*groups: int, size: int = 100) -> list[dict[str, object]]:
    """As many entries as a group has: an input, and events that it led to."""
    found: list[dict[str, object]] = []
    for number, count in enumerate(groups):
        for place in range(count):
            name = "id" if place == 0 else "causationid"
            value = f'{{"{name}":"sender/0/{number}"}}'.encode().ljust(size)
            found.append({"position": len(found) + 1, "kind": "event" if place else "input", "value": value})
    return found


def positions(*groups: int, size: int = 100) -> list[list[object]]:
    return [[row["position"] for row in portion] for portion in portions(rows(*groups, size=size))]


def test_no_group_of_entries_straddles_two_batches() -> None:
    big = BATCH_BYTES // 4
    assert positions(2, 3, 1, size=big) == [[1, 2], [3, 4, 5], [6]]
    assert positions(9, 1, size=big) == [[1, 2, 3, 4, 5, 6, 7, 8, 9], [10]]
    assert positions(2, 2, 2) == [[1, 2, 3, 4, 5, 6]]


def test_a_group_that_may_go_on_waits_for_the_next_reading() -> None:
    whole = [2] * (ENTRIES_PER_PARTITION // 2)
    (portion,) = positions(*whole)
    assert len(portion) == ENTRIES_PER_PARTITION - 2


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


async def test_who_starts_while_a_server_is_away_waits_for_it() -> None:
    tries = []

    async def start() -> str:
        tries.append(1)
        if len(tries) < 3:
            raise KafkaConnectionError
        return "there"

    assert await started(start, "Kafka", "here") == "there"
    assert len(tries) == 3
