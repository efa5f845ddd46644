"""Logins of a database server, what databases it has for them, and how many sessions it lets in."""

from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg


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


async def create_login(admin: asyncpg.Connection, name: str, password: str) -> None:
    quoted = await admin.fetchval("SELECT quote_literal($1::text)", password)
    known = await admin.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", name)
    verb = "ALTER" if known else "CREATE"
    await admin.execute(f'{verb} ROLE "{name}" LOGIN PASSWORD {quoted}')
    if not await admin.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", name):
        await admin.execute(f'CREATE DATABASE "{name}"')
        await admin.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        await admin.execute(f'GRANT CONNECT ON DATABASE "{name}" TO "{name}"')


def at_database(url: str, database: str, login: tuple[str, str] | None = None) -> str:
    """The same server, another database, and another login if given: (name, password)."""
    parts = urlsplit(url)
    network = parts.netloc
    if login:
        network = f"{quote(login[0])}:{quote(login[1])}@{network.rpartition('@')[2]}"
    return urlunsplit((parts.scheme, network, f"/{database}", parts.query, ""))
