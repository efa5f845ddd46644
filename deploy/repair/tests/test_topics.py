"""Topics made anew and cut, on a real broker."""

import itertools
from datetime import UTC, datetime
from typing import Any

import pytest
from confluent_kafka import Producer
from confluent_kafka.admin import AdminClient, ConfigResource, NewTopic  # type: ignore[attr-defined]

from deploy.local.failure import StackError
from deploy.local.stack import Stack
from deploy.repair import topics
from entries.entry import PARTITIONS, START, headers, link
from servers.standing import create_topics
from servers.topics import FORM, line_of

NAMES = (f"made.{number}" for number in itertools.count())
LONG_AGO = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp() * 1000)
WRITTEN = {0: 5, 3: 4, 23: 1}


async def made(kafka: str) -> str:
    """A topic like a service's, with a few records on some partitions."""
    topic = next(NAMES)
    await create_topics(kafka, [topic], FORM)
    producer = Producer({"bootstrap.servers": kafka, "acks": "all"})
    for partition, count in WRITTEN.items():
        chain = START
        for position in range(1, count + 1):
            value, key = f'{{"id":"made/{partition}/{position}"}}'.encode(), f"parcel/{partition}"
            chain = link(chain, value)
            marks: Any = headers(position, "event", chain, "00-1-1-01")
            producer.produce(topic, value, key, partition, timestamp=LONG_AGO + position, headers=marks)
    assert producer.flush(20) == 0
    return topic


def content(records: topics.Records) -> dict[int, list[Any]]:
    return {n: [(r.key, r.value, r.timestamp, r.headers) for r in found] for n, found in records.items()}


async def test_a_topic_made_anew_is_empty_and_has_our_settings(servers: Stack) -> None:
    topic = await made(servers.kafka)
    assert await topics.ends(servers.kafka, topic) == WRITTEN
    await topics.recreate(servers.kafka, [topic])
    assert await topics.ends(servers.kafka, topic) == {}
    admin, resource = AdminClient({"bootstrap.servers": servers.kafka}), ConfigResource("topic", topic)
    found = admin.describe_configs([resource])[resource].result(20)
    assert {name: found[name].value for name in FORM.settings} == FORM.settings
    assert len(admin.list_topics(topic, timeout=20).topics[topic].partitions) == PARTITIONS


async def test_the_end_of_a_topic_is_its_highest_entry_however_many_old_ones_stand_behind_it(servers: Stack) -> None:
    topic = await made(servers.kafka)
    found = await topics.read(servers.kafka, topic)
    again = [*found[0][:3]] * 7
    await topics.write(servers.kafka, topic, {0: again, 3: found[3][:2]})
    assert await topics.ends(servers.kafka, topic) == WRITTEN
    assert await topics.ends(servers.kafka, topic, since={0: 4, 3: 4}) == WRITTEN
    (last,) = [line_of(record) for record in found[0][-1:]]
    assert (await topics.last_entries(servers.kafka, topic))[0] == (5, last.chain, 4)


async def test_a_topic_that_is_gone_or_has_another_partition_count_is_made_as_well(servers: Stack) -> None:
    gone, odd = next(NAMES), next(NAMES)
    admin = AdminClient({"bootstrap.servers": servers.kafka})
    admin.create_topics([NewTopic(odd, 1, 1)])[odd].result(20)
    assert await topics.ends(servers.kafka, gone) == {}
    await topics.recreate(servers.kafka, [gone, odd])
    for topic in (gone, odd):
        assert len(await topics.read(servers.kafka, topic)) == PARTITIONS
        assert await topics.ends(servers.kafka, topic) == {}


async def test_a_cut_topic_holds_the_first_records_as_they_were_and_the_other_partitions_whole(servers: Stack) -> None:
    topic = await made(servers.kafka)
    before = await topics.read(servers.kafka, topic)
    assert await topics.cut(servers.kafka, topic, {0: 2, 23: 0}) == 4
    after = await topics.read(servers.kafka, topic)
    assert content(after) == content(before | {0: before[0][:2], 23: []})
    assert [record.offset for record in after[3]] == [0, 1, 2, 3]
    assert await topics.ends(servers.kafka, topic) == {0: 2, 3: 4}


async def test_a_cut_that_keeps_everything_changes_nothing(servers: Stack) -> None:
    topic = await made(servers.kafka)
    before = content(await topics.read(servers.kafka, topic))
    assert await topics.cut(servers.kafka, topic, {}) == 0
    assert content(await topics.read(servers.kafka, topic)) == before


async def test_a_broker_that_does_not_answer_is_a_clear_message() -> None:
    with pytest.raises(StackError, match=r"Kafka at 127\.0\.0\.1:1 "):
        await topics.recreate("127.0.0.1:1", ["made"])
