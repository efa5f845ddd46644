"""What deployment does once before services start: topics, databases, logins, tables, grants. It can run again."""

from importlib.resources import files
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from chassis.service import Service
from entries.entry import PARTITIONS
from servers.kafka import Kafka
from servers.standing import create_topics
from servers.topics import FORM


async def prepare(service: Service, kafka: str | Kafka, postgres: str, password: str) -> None:
    """Prepares one service; `postgres` is the URL of a login that may create databases and roles."""
    await create_topics(kafka, [service.topic, *(contract.TOPIC for contract in service.hears.values())], FORM)
    admin = await asyncpg.connect(postgres)
    try:
        await _create_login(admin, service.name, password)
    finally:
        await admin.close()
    owner = await asyncpg.connect(at_database(postgres, service.name))
    try:
        await _migrate(owner, service)
    finally:
        await owner.close()


async def require_sessions(postgres: str, wanted: int) -> None:
    """Raises RuntimeError where the server allows fewer sessions than that, besides those kept for its owner."""
    admin = await asyncpg.connect(postgres)
    try:
        most, kept = [int(await admin.fetchval(f"SHOW {name}")) for name in ROOM]
    finally:
        await admin.close()
    if most - kept < wanted:
        raise RuntimeError(
            f"the PostgreSQL server allows {most - kept} sessions, and {wanted} are needed: set max_connections there "
            f"to {wanted + kept} or more, or start fewer processes (docs/operating.md, Sessions with the database)"
        )


ROOM = ("max_connections", "superuser_reserved_connections")


async def _create_login(admin: asyncpg.Connection, name: str, password: str) -> None:
    quoted = await admin.fetchval("SELECT quote_literal($1::text)", password)
    known = await admin.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", name)
    verb = "ALTER" if known else "CREATE"
    await admin.execute(f'{verb} ROLE "{name}" LOGIN PASSWORD {quoted}')
    if not await admin.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", name):
        await admin.execute(f'CREATE DATABASE "{name}"')
        await admin.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        await admin.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{name}"')


async def _migrate(owner: asyncpg.Connection, service: Service) -> None:
    upstreams = "ARRAY[" + ",".join(f"'{name}'" for name in sorted(service.hears)) + "]"
    for file in sorted(files("chassis").joinpath("sql").iterdir(), key=lambda file: file.name):
        if file.name.startswith("pre_"):
            text = file.read_text(encoding="utf-8")
            async with owner.transaction():
                await owner.execute(text.format(login=f'"{service.name}"', partitions=PARTITIONS, upstreams=upstreams))


def at_database(url: str, database: str, login: tuple[str, str] | None = None) -> str:
    """The same server, another database, and another login if given: (name, password)."""
    parts = urlsplit(url)
    network = parts.netloc
    if login:
        network = f"{quote(login[0])}:{quote(login[1])}@{network.rpartition('@')[2]}"
    return urlunsplit((parts.scheme, network, f"/{database}", parts.query, ""))
