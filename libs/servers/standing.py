"""How topics stand on a broker: made as they must be, and looked at now and then, whether they still are."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import KafkaError, NoError, TopicAlreadyExistsError, TopicAuthorizationFailedError, for_code

from servers.kafka import Kafka, options
from telemetry.logs import log


class Form(NamedTuple):
    """What a topic must be like: its partitions, which are fixed at birth, and its settings."""

    partitions: int
    settings: dict[str, str]

    def differs(self, now: Mapping[str, str]) -> dict[str, str]:
        """Settings that are not as they must be, and what they must be. A topic may well take larger records."""
        return {
            name: value
            for name, value in self.settings.items()
            if now.get(name) != value and not (name == LARGEST and int(now.get(name, 0)) > int(value))
        }


COPIES = 3
"""So often a topic stands, where there are so many brokers."""
LOOK_SECONDS = 30.0
LARGEST = "max.message.bytes"
OF_TOPIC = 1
"""The source of a setting that was made for the topic itself; others are the brokers'."""


@asynccontextmanager
async def _administering(kafka: str | Kafka) -> AsyncIterator[tuple[Any, int]]:
    """A client that may do more, and how often a topic should stand there."""
    admin = AIOKafkaAdminClient(**options(kafka))
    try:
        await admin.start()
        yield admin, min(COPIES, len((await admin.describe_cluster())["brokers"]))
    finally:
        await admin.close()


async def create_topics(kafka: str | Kafka, topics: Iterable[str], form: Form, replication: int | None = None) -> None:
    """Creates the topics that are missing, and gives our settings to those that stand; what else is set there stays.

    Raises KafkaError where Kafka refuses it, and RuntimeError if a topic stands with another partition count.
    """
    async with _administering(kafka) as (admin, copies):
        wanted = list(topics)
        news = [NewTopic(name, form.partitions, replication or copies, topic_configs=form.settings) for name in wanted]
        # The controller says which stand: a broker's list may still name one that has just been deleted.
        answers = (await admin.create_topics(news)).topic_errors
        for topic in [topic for topic, code, *_ in answers if for_code(code) is TopicAlreadyExistsError]:
            settings = await _settings(admin, topic)
            own = {name: value for name, (value, source) in settings.items() if source == OF_TOPIC}
            if own != (asked := own | form.differs(own)):
                (answer,) = await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, asked)])
                answers += [(topic, code) for code, *_ in answer.resources]
        for topic, code, *_ in answers:
            if (error := for_code(code)) not in (NoError, TopicAlreadyExistsError):
                raise error(topic)
        for told in await admin.describe_topics(wanted):
            if (count := len(told["partitions"])) not in {0, form.partitions}:
                raise RuntimeError(
                    f"topic {told['topic']} has {count} partitions, not the {form.partitions} fixed at birth"
                )


async def _settings(admin: Any, topic: str) -> dict[str, tuple[str, int]]:
    """What a topic is set to: each value, and where that was set."""
    (answer,) = await admin.describe_configs([ConfigResource(ConfigResourceType.TOPIC, topic)])
    ((code, _, _, _, entries),) = answer.resources
    if code:
        raise for_code(code)(topic)
    return {name: (value, source) for name, value, _, source, *_ in entries}


class Standing:
    """How a service's topics stand: looked at now and then, and compared with how they must."""

    def __init__(self, kafka: str | Kafka, form: Form, *topics: str) -> None:
        self._kafka = kafka
        self._form = form
        self._topics = topics
        self.troubles: list[str] = []

    def packs(self, topic: str) -> bool:
        """Whether the topic is known to compress what comes plain: then nobody can read it there."""
        found = [trouble for trouble in self.troubles if trouble.startswith(f"{topic} has compression.type=")]
        return any("=producer" not in trouble for trouble in found)

    async def run(self) -> None:
        """Looks until cancelled."""
        while True:
            try:
                async with asyncio.timeout(LOOK_SECONDS), _administering(self._kafka) as (admin, copies):
                    found = sorted([trouble async for trouble in self._look(admin, copies)])
                if new := [trouble for trouble in found if trouble not in self.troubles]:
                    log.error("a topic does not stand as it must", reasons=new)
                self.troubles = found
            except (KafkaError, OSError, TimeoutError) as error:
                log.info("how topics stand is not known now", error=repr(error))
                if isinstance(error, TopicAuthorizationFailedError):
                    self.troubles = [f"how {error} stands cannot be seen (docs/operating.md, Kafka's logins)"]
            await asyncio.sleep(LOOK_SECONDS)

    async def _look(self, admin: Any, copies: int) -> AsyncIterator[str]:
        advice = "(docs/operating.md, A topic's settings)"
        for topic in self._topics:
            now = {name: value for name, (value, _) in (await _settings(admin, topic)).items()}
            for name, value in self._form.differs(now).items():
                yield f"{topic} has {name}={now.get(name, 'nothing')}, not {value} {advice}"
        for told in await admin.describe_topics(list(self._topics)):
            copies_of = [len(part["replicas"]) for part in told["partitions"]]
            count, least = len(copies_of), min(copies_of, default=0)
            if count != self._form.partitions or least < copies:
                what = f"{count} partitions, of some {least} copies, not {self._form.partitions} of {copies}"
                yield f"{told['topic']} has {what} {advice}"
