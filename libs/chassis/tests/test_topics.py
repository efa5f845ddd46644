"""How topics stand: set as they must be, or said; and nothing is published where nobody could read it."""

import asyncio
import time
from collections.abc import Mapping

import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from confluent_kafka import KafkaError, KafkaException
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
)
from structlog.testing import capture_logs

from chassis.provision import prepare
from chassis.publish import relay
from chassis.service import Service
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_runner import parcel, published, until
from chassis.tests.workbench import PASSWORD, Bench, send
from entries.entry import PARTITIONS, partition_of
from servers import standing as standings
from servers import topics
from servers.standing import Standing
from servers.topics import FORM

OTHERWISE = {
    "cleanup.policy": "compact", "retention.ms": "604800000", "retention.bytes": "1000000", "compression.type": "lz4",
    "message.timestamp.type": "LogAppendTime", "message.timestamp.before.max.ms": "1",
    "message.timestamp.after.max.ms": "1", "max.message.bytes": "1000",
}  # fmt: skip

SECONDS = 4
"""For so long a topic must not grow; its relay would look several times."""


def set_to(bench: Bench, service: Service, values: Mapping[str, str]) -> None:
    """Sets these settings of a service's topic, as an operator would, and no others."""
    entries = [ConfigEntry(*pair, incremental_operation=AlterConfigOpType.SET) for pair in values.items()]
    resource = ConfigResource(ConfigResource.Type.TOPIC, service.topic, incremental_configs=entries)
    admin = AdminClient({"bootstrap.servers": bench.kafka, "log_level": 0})
    for _ in range(50):
        (answer,) = admin.incremental_alter_configs([resource]).values()
        try:
            answer.result(20)
        except KafkaException as error:  # A topic that was just made is not known everywhere yet.
            if error.args[0].code() != KafkaError.UNKNOWN_TOPIC_OR_PART:
                raise
            time.sleep(0.1)
        else:
            return


def settings(bench: Bench, service: Service) -> dict[str, str]:
    admin = AdminClient({"bootstrap.servers": bench.kafka})
    (answer,) = admin.describe_configs([ConfigResource(ConfigResource.Type.TOPIC, service.topic)]).values()
    return {name: entry.value for name, entry in answer.result(20).items()}


async def test_a_deployment_sets_right_what_stands_and_leaves_other_settings_alone(bench: Bench) -> None:
    assert set(OTHERWISE) == set(FORM.settings)
    await bench.fresh(SENDER)
    set_to(bench, SENDER, OTHERWISE | {"segment.bytes": "20000000"})

    async def stands(so: Mapping[str, str]) -> bool:
        return settings(bench, SENDER).items() >= so.items()

    await until(lambda: stands(OTHERWISE))  # A broker hears of it a little later.
    await prepare(SENDER, bench.kafka, bench.postgres, PASSWORD)
    await until(lambda: stands(FORM.settings))
    assert settings(bench, SENDER)["segment.bytes"] == "20000000"


async def test_whatever_is_set_otherwise_is_said_in_health_and_in_the_log_until_it_is_set_right(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standings, "LOOK_SECONDS", 0.5)
    await bench.fresh(SENDER, KEEPER)
    for service in (SENDER, KEEPER):
        set_to(bench, service, OTHERWISE)
    with capture_logs() as logged:
        async with bench.run(KEEPER) as keeper:

            async def said() -> bool:
                told = list(keeper.troubles())
                named = {(s.topic, n) for s in (SENDER, KEEPER) for n in OTHERWISE}
                return named == {(t, n) for t, n in named if any(one.startswith(f"{t} has {n}=") for one in told)}

            async def silent() -> bool:
                return not list(keeper.troubles())

            await until(said)
            assert all("docs/operating.md, A topic's settings" in trouble for trouble in keeper.troubles())
            for service in (SENDER, KEEPER):
                set_to(bench, service, FORM.settings)
            await until(silent)
    errors = [line for line in logged if line["event"] == "a topic does not stand as it must"]
    assert len(errors) == 1, "what has been said is not said again"


async def test_a_topic_that_was_deleted_a_moment_ago_is_made(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broker's list may still name it, though the controller has forgotten it."""

    async def as_it_was(_: AIOKafkaAdminClient) -> list[str]:
        return [SENDER.topic]

    await bench.fresh(SENDER)
    monkeypatch.setattr(AIOKafkaAdminClient, "list_topics", as_it_was)
    await bench.lose_topic(SENDER)
    async with topics.consuming(bench.kafka) as consumer, asyncio.timeout(30):
        await consumer.end_offsets([TopicPartition(SENDER.topic, number) for number in range(PARTITIONS)])


async def test_too_few_copies_are_said(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.fresh(SENDER)
    standing = Standing(bench.kafka, FORM, SENDER.topic)
    async with standings._administering(bench.kafka) as (admin, copies):
        assert copies == 1
        assert [found async for found in standing._look(admin, 1)] == []
        (found,) = [found async for found in standing._look(admin, 3)]
    assert f"{SENDER.topic} has {PARTITIONS} partitions, of some 1 copies, not {PARTITIONS} of 3" in found


async def test_what_a_topic_would_pack_is_not_published_again_and_again_but_once_it_stays_plain(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standings, "LOOK_SECONDS", 0.3)
    monkeypatch.setattr(relay, "COMPARE_SECONDS", 0.3)
    monkeypatch.setattr(relay, "ASK_SECONDS", 0.3)
    await bench.fresh(SENDER)
    set_to(bench, SENDER, {"compression.type": "gzip"})
    place = TopicPartition(SENDER.topic, partition_of("parcel/P1"))
    async with bench.run(SENDER) as sender, topics.consuming(bench.kafka) as consumer:
        consumer.assign([place])
        await send(sender, SENDER, parcel("P1", "a"))
        ends = list[int]()
        while len(ends) < SECONDS or len(set(ends[-SECONDS:])) > 1:
            assert len(ends) < 4 * SECONDS, f"it is published for ever: {ends}"
            await asyncio.sleep(1.0)
            ends += (await consumer.end_offsets([place])).values()
        assert any("has compression.type=gzip" in trouble for trouble in sender.troubles())
        set_to(bench, SENDER, {"compression.type": "uncompressed"})
        await until(lambda: published(bench, 2))
