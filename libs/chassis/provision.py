"""What deployment does once before services start: topics, databases, logins, tables, grants. It can run again."""

from importlib.resources import files

import asyncpg

from chassis.service import Service
from entries.entry import PARTITIONS
from servers.kafka import Kafka
from servers.logins import at_database, create_login
from servers.standing import create_topics
from servers.topics import FORM


async def prepare(service: Service, kafka: str | Kafka, postgres: str, password: str) -> None:
    """Prepares one service; `postgres` is the URL of a login that may create databases and roles."""
    await create_topics(kafka, [service.topic, *(contract.TOPIC for contract in service.hears.values())], FORM)
    admin = await asyncpg.connect(postgres)
    try:
        await create_login(admin, service.name, password)
    finally:
        await admin.close()
    owner = await asyncpg.connect(at_database(postgres, service.name))
    try:
        await _migrate(owner, service)
    finally:
        await owner.close()


async def _migrate(owner: asyncpg.Connection, service: Service) -> None:
    upstreams = "ARRAY[" + ",".join(f"'{name}'" for name in sorted(service.hears)) + "]"
    for file in sorted(files("chassis").joinpath("sql").iterdir(), key=lambda file: file.name):
        if file.name.startswith("pre_"):
            text = file.read_text(encoding="utf-8")
            async with owner.transaction():
                await owner.execute(text.format(login=f'"{service.name}"', partitions=PARTITIONS, upstreams=upstreams))
