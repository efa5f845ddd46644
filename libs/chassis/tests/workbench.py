"""Runs a service's runner inside the test, on real servers, and reads its topic back as a stranger would."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import asyncpg
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient

from access.tokens import Subject
from chassis.api.commands import CommandReader
from chassis.provision import prepare
from chassis.running import Runner
from chassis.service import Service
from chassis.serving import closed, running
from chassis.write.inputs import Answer
from chassis.write.journal import Database
from entries.actor import Actor
from entries.entry import PARTITIONS, Line
from servers.logins import at_database
from servers.standing import create_topics
from servers.topics import FORM, consumer_of_everything

PASSWORD = "parcels"  # noqa: S105 - of a database that lives as long as a test
SOMEBODY = Subject(id="somebody", client="somebody", roles=("officer",))


@dataclass(frozen=True)
class Bench:
    """Where Kafka and Postgres are; `postgres` is the owner's URL."""

    kafka: str
    postgres: str = field(repr=False)

    def url(self, service: Service) -> str:
        return at_database(self.postgres, service.name, (service.name, PASSWORD))

    async def fresh(self, *services: Service) -> None:
        """Each service without a past: topics and databases are made anew."""
        await self._delete_topics(services)
        owner = await asyncpg.connect(self.postgres)
        for service in services:
            await owner.execute(f'DROP DATABASE IF EXISTS "{service.name}" WITH (FORCE)')
        await owner.close()
        for service in services:
            await prepare(service, self.kafka, self.postgres, PASSWORD)

    async def lose_database(self, service: Service) -> None:
        """An empty database where a full one was."""
        owner = await asyncpg.connect(self.postgres)
        await owner.execute(f'DROP DATABASE "{service.name}" WITH (FORCE)')
        await owner.close()
        await prepare(service, self.kafka, self.postgres, PASSWORD)

    async def copy(self, service: Service) -> None:
        """A copy of the service's database as it is now; nobody may be at work there."""
        await self._as_owner(
            f'DROP DATABASE IF EXISTS "{service.name}_copy" WITH (FORCE)',
            f'CREATE DATABASE "{service.name}_copy" TEMPLATE "{service.name}"',
            f'GRANT CONNECT ON DATABASE "{service.name}_copy" TO "{service.name}"',
        )

    async def put_back(self, service: Service) -> None:
        """The copy in the place of the database, whoever is at work there."""
        await self._as_owner(
            f'DROP DATABASE "{service.name}" WITH (FORCE)',
            f'ALTER DATABASE "{service.name}_copy" RENAME TO "{service.name}"',
        )

    async def _as_owner(self, *statements: str) -> None:
        owner = await asyncpg.connect(self.postgres)
        for statement in statements:
            await owner.execute(statement)
        await owner.close()

    async def lose_topic(self, service: Service) -> None:
        """An empty topic where a full one was: Kafka does not fsync."""
        await self._delete_topics([service])
        await create_topics(self.kafka, [service.topic], FORM)

    async def _delete_topics(self, services: Sequence[Service]) -> None:
        admin = AIOKafkaAdminClient(bootstrap_servers=self.kafka)
        await admin.start()
        if standing := set(await admin.list_topics()) & {service.topic for service in services}:
            await admin.delete_topics(sorted(standing))
        await admin.close()

    @asynccontextmanager
    async def run(self, service: Service, name: str = "test") -> AsyncIterator[Runner]:
        """One process of the service; of several, each has a name."""
        database = await Database.connect(self.url(service), service.name)
        try:
            async with running(service, database, self.kafka, f"{service.name}-{name}") as runner:
                yield runner
        finally:
            await closed(database)

    async def rows(self, service: Service, query: str, *values: Any) -> list[Any]:
        """What the owner sees in the service's database."""
        return await self._query(service.name, query, *values)

    async def _query(self, name: str, query: str, *values: Any) -> list[Any]:
        owner = await asyncpg.connect(at_database(self.postgres, name))
        try:
            found: list[Any] = await owner.fetch(query, *values)
            return found
        finally:
            await owner.close()

    async def ends_of(self, name: str) -> dict[int, int]:
        """The last position of each partition of a service's journal."""
        found = await self._query(name, "SELECT partition, position FROM counters")
        return {row["partition"]: row["position"] for row in found}

    async def fences_of(self, service: Service, upstream: str) -> dict[int, int]:
        """How far the service has applied an upstream."""
        found = await self.rows(service, "SELECT partition, position FROM fences WHERE upstream = $1", upstream)
        return {row["partition"]: row["position"] for row in found}

    async def topic(self, service: Service) -> dict[int, list[Line]]:
        """Everything on the service's topic, per partition, as it stands there."""
        consumer = consumer_of_everything(self.kafka)
        await consumer.start()
        partitions = [TopicPartition(service.topic, number) for number in range(PARTITIONS)]
        consumer.assign(partitions)
        ends = await consumer.end_offsets(partitions)
        lines: dict[int, list[Line]] = {number: [] for number in range(PARTITIONS)}
        while [tp for tp in partitions if await consumer.position(tp) < ends[tp]]:
            for tp, records in (await consumer.getmany(timeout_ms=200)).items():
                for record in records:
                    marks = {name: value.decode() for name, value in record.headers}
                    if "position" not in marks:
                        continue  # A stranger's.
                    position, kind, chain = marks["position"], marks["kind"], bytes.fromhex(marks["chain"])
                    lines[tp.partition].append(Line(int(position), kind, record.key.decode(), chain, record.value))
        await consumer.stop()
        return lines


async def send(runner: Runner, service: Service, *documents: bytes, subjects: Sequence[str] = ()) -> list[Answer]:
    """Commands by the service's first door, in one call, as NDJSON would bring them; by `subjects`, if they differ."""
    command_reader = CommandReader(service=service, route=service.routes[0], subject=SOMEBODY)
    loop = asyncio.get_running_loop()
    command = [command_reader.read(document)._replace(answer=loop.create_future()) for document in documents]
    if subjects:
        command = [
            one._replace(actor=Actor(name, "user"), client=name) for one, name in zip(command, subjects, strict=True)
        ]
    return await runner.submit(command)


def chain_of(values: list[bytes]) -> bytes:
    """The chain over these values, computed by hand."""
    chain = bytes(32)
    for value in values:
        chain = sha256(chain + value).digest()
    return chain
