"""Topics as a whole: made anew, empty or without their tails. The services' databases are not touched."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka import AIOKafkaProducer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError, NoError, UnknownTopicOrPartitionError, for_code
from confluent_kafka import KafkaException
from confluent_kafka.admin import (  # type: ignore[attr-defined]
    AdminClient,
    AlterConfigOpType,
    ConfigEntry,
    ConfigResource,
)

from deploy.local.failure import StackError
from entries.entry import LARGEST_BYTES, PARTITIONS
from servers.kafka import options
from servers.standing import create_topics
from servers.topics import FORM, End, consumer_of_everything, read_topic_ends

CHANGE_SECONDS = 30.0
POLL_SECONDS = 0.1
BATCH_BYTES = 512 * 1024

Records = dict[int, list[Any]]
FROM_THE_BEGINNING = dict.fromkeys(range(PARTITIONS), 0)


async def ends(kafka: str, topic: str, since: Mapping[int, int] = FROM_THE_BEGINNING) -> dict[int, int]:
    """The last position on each partition, as `last_entries` finds it; none of a topic that is not there."""
    async with _admin(kafka) as admin:
        if not await _standing(admin, [topic]):
            return {}
    return {partition: end.position for partition, end in (await last_entries(kafka, topic, since)).items()}


async def last_entries(kafka: str, topic: str, since: Mapping[int, int] = FROM_THE_BEGINNING) -> dict[int, End]:
    """The highest entry on each partition, wherever it stands: behind it, old ones may stand again, any number of them.

    So all of the topic is read, or what comes behind positions that it surely holds.
    """
    return await read_topic_ends(kafka, topic, {**FROM_THE_BEGINNING, **since})


async def recreate(kafka: str, topics: Iterable[str]) -> None:
    """Delete the topics, those that stand, and make them anew: empty, with our settings, as often replicated."""
    names = sorted(topics)
    async with _admin(kafka) as admin:
        standing = await _standing(admin, names)
        if standing:
            answer = await admin.delete_topics(sorted(standing))
            refused = [(topic, for_code(code)) for topic, code, *_ in answer.topic_error_codes]
            for topic, error in refused:
                if error not in (NoError, UnknownTopicOrPartitionError):
                    raise StackError(f"Kafka does not delete {topic}: {error.__name__} ({error.description})")
        await _until(admin, names, lambda found: not found, "is still there after it was deleted")
        for topic in names:
            await create_topics(kafka, [topic], FORM, standing.get(topic))
        await _until(admin, names, lambda found: len(found) == len(names), "is not there after it was made")


async def cut(kafka: str, topic: str, keep: Mapping[int, int]) -> int:
    """Make the topic anew with the first `keep[n]` records of partition n, and all of the others, as they were.

    The kept records have the same key, value, headers and timestamp; their offsets begin at 0. Returns how many records
    were cut off. A service that runs may write between them: what it wrote there before, once more.
    """
    records = await read(kafka, topic)
    kept = {n: found[: keep.get(n, len(found))] for n, found in records.items()}
    await recreate(kafka, [topic])
    await write(kafka, topic, kept)
    return sum(map(len, records.values())) - sum(map(len, kept.values()))


async def read(kafka: str, topic: str) -> Records:
    """Every record of a topic, by partition, in the order of the offsets."""
    consumer = consumer_of_everything(kafka)
    try:
        await consumer.start()
        partitions = [TopicPartition(topic, number) for number in range(PARTITIONS)]
        consumer.assign(partitions)
        last = await consumer.end_offsets(partitions)
        await consumer.seek_to_beginning(*partitions)
        found: Records = {number: [] for number in range(PARTITIONS)}
        while [tp for tp in partitions if await consumer.position(tp) < last[tp]]:
            for tp, records in (await consumer.getmany(timeout_ms=500)).items():
                found[tp.partition] += records
        return found
    finally:
        await consumer.stop()


async def write(kafka: str, topic: str, records: Mapping[int, Sequence[Any]]) -> None:
    """Write records as they were read: per partition in order, each batch acknowledged before the next."""
    async with AIOKafkaProducer(
        **options(kafka), acks="all", enable_idempotence=True, max_batch_size=BATCH_BYTES
    ) as producer:
        await asyncio.gather(*(_write(producer, topic, number, list(left)) for number, left in records.items()))


async def _write(producer: AIOKafkaProducer, topic: str, partition: int, left: list[Any]) -> None:
    while left:
        batch, taken = producer.create_batch(), 0
        for record in left:
            content = {"key": record.key, "value": record.value, "timestamp": record.timestamp}
            if batch.append(**content, headers=list(record.headers)) is None:
                break
            taken += 1
        batch.close()
        await (await producer.send_batch(batch, topic, partition=partition))
        left = left[taken:]


def widen(kafka: str, topics: Iterable[str]) -> None:
    """Have these topics take as much as one as a relay ever sends, and our other settings: by the next record."""
    settings = FORM.settings | {"max.message.bytes": str(LARGEST_BYTES)}
    changes = [
        ConfigEntry(name, value, incremental_operation=AlterConfigOpType.SET) for name, value in settings.items()
    ]
    asked = [ConfigResource(ConfigResource.Type.TOPIC, topic, incremental_configs=changes) for topic in topics]
    admin = AdminClient({"bootstrap.servers": kafka, "log_level": 0})
    for resource, done in admin.incremental_alter_configs(asked).items():
        try:
            done.result(CHANGE_SECONDS)
        except KafkaException as error:
            raise StackError(f"Kafka at {kafka} does not change {resource.name}: {error}") from error


@asynccontextmanager
async def _admin(kafka: str) -> AsyncIterator[AIOKafkaAdminClient]:
    admin = AIOKafkaAdminClient(**options(kafka))
    try:
        await admin.start()
        yield admin
    except KafkaError as error:
        raise StackError(f"Kafka at {kafka} does not do it: {error!r}") from error
    finally:
        await admin.close()


async def _standing(admin: AIOKafkaAdminClient, topics: Sequence[str]) -> dict[str, int]:
    """Those of the topics that stand, with a leader for every partition, and how often each is replicated."""
    told = await admin.describe_topics(list(topics))
    return {
        each["topic"]: len(each["partitions"][0]["replicas"])
        for each in told
        if each["partitions"] and all(part["leader"] >= 0 for part in each["partitions"])
    }


async def _until(
    admin: AIOKafkaAdminClient, topics: Sequence[str], so: Callable[[Mapping[str, int]], bool], problem: str
) -> None:
    until = asyncio.get_running_loop().time() + CHANGE_SECONDS
    while not so(await _standing(admin, topics)):
        if asyncio.get_running_loop().time() > until:
            raise StackError(
                f"{', '.join(topics)} {problem}, for {CHANGE_SECONDS:.0f} s: look at `make logs NAME=kafka`"
            )
        await asyncio.sleep(POLL_SECONDS)
