"""A service's database as a whole: how far its journal goes, setting it aside, and putting another in its place."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import asyncpg

from deploy.local.failure import StackError
from deploy.local.folder import Folder, write_whole
from deploy.local.stack import Stack
from deploy.local.urls import without_password
from servers.logins import at_database

CONNECT_SECONDS = 20.0
EXCHANGE_TRIES = 3
SET_ASIDE = "set-aside.json"
AWAY = (asyncpg.PostgresError, asyncpg.InterfaceError, OSError, TimeoutError)


@asynccontextmanager
async def connected(stack: Stack, database: str | None = None) -> AsyncIterator[Any]:
    """A session of the admin's, in the database of this name or in the admin's own."""
    url = at_database(stack.postgres_admin, database) if database else stack.postgres_admin
    try:
        session = await asyncpg.connect(url, timeout=CONNECT_SECONDS)
    except asyncpg.InvalidCatalogNameError as error:
        raise StackError(f"there is no database {database} at {without_password(url)}") from error
    except AWAY as error:
        raise StackError(
            f"PostgreSQL does not answer at {without_password(url)}: {error or type(error).__name__}"
        ) from error
    try:
        yield session
    finally:
        await session.close(timeout=CONNECT_SECONDS)


@cache
def sql(name: str) -> str:
    """The statement in `sql/<name>.sql`."""
    return (Path(__file__).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")


async def ends(stack: Stack, service: str) -> dict[int, int]:
    """The last position that the service gave out on each partition; partitions without any are left out."""
    async with connected(stack, service) as session:
        return await session_ends(session)


async def session_ends(session: Any) -> dict[int, int]:
    """The same, of the database that the session is in."""
    rows = await session.fetch("SELECT partition, position FROM counters WHERE position > 0")
    return {row["partition"]: row["position"] for row in rows}


async def exists(session: Any, database: str) -> bool:
    return bool(await session.fetchval("SELECT count(*) FROM pg_database WHERE datname = $1", database))


async def holds_entries(stack: Stack, database: str) -> bool:
    """Whether anything is in a service's database that could be missed. One that cannot be read may hold anything."""
    async with connected(stack, database) as session:
        try:
            return bool(await session.fetchval(sql("count_tables"))) and bool(await session_ends(session))
        except asyncpg.PostgresError:
            return True


async def set_aside(stack: Stack, service: str, put: str | None = None) -> str | None:
    """Take the service's database away, `put` in its place at the same moment, if given. Ends all sessions in both.

    A database that holds entries is kept under another name, which is returned and remembered; an empty one is dropped.
    """
    async with connected(stack) as session:
        if not await exists(session, service):
            if put:
                await _rename(stack, session, {put: service})
            return None
        kept, missed = _kept_name(service), await holds_entries(stack, service)
        if missed:
            remember(stack.folder, service, kept)  # Before it is so: whoever is interrupted finds it.
        await _rename(stack, session, {service: kept} | ({put: service} if put else {}))
        if not missed:
            await session.execute(f'DROP DATABASE "{kept}" WITH (FORCE)')
        return kept if missed else None


def _kept_name(service: str) -> str:
    return f"{service}_until_{datetime.now(UTC):%Y%m%dT%H%M%SZ}"


async def _rename(stack: Stack, session: Any, names: dict[str, str]) -> None:
    """All at once or none. PostgreSQL lets nobody in while it waits for the sessions to end; we end them meanwhile."""
    for _ in range(EXCHANGE_TRIES):
        renaming = asyncio.create_task(_rename_in_one(session, names))
        async with connected(stack) as other:
            while not renaming.done():
                for name in names:
                    await other.execute(sql("end_sessions"), name)
                await asyncio.wait([renaming], timeout=0.1)
        if not isinstance(renaming.exception(), asyncpg.ObjectInUseError):
            await renaming
            return
    raise StackError(f"the database {', '.join(names)} is in use, and its sessions do not end: run this again")


async def _rename_in_one(session: Any, names: dict[str, str]) -> None:
    async with session.transaction():
        for before, after in names.items():
            await session.execute(f'ALTER DATABASE "{before}" RENAME TO "{after}"')


def remembered(folder: Folder, service: str) -> list[str]:
    """The databases of the service that were set aside and not yet compared with what came in their place."""
    return _read(folder).get(service, [])


def remember(folder: Folder, service: str, database: str) -> None:
    known = _read(folder)
    write_whole(folder / SET_ASIDE, json.dumps({**known, service: [*known.get(service, []), database]}))


def forget(folder: Folder, service: str) -> None:
    """They have been compared, and what they alone held was listed."""
    write_whole(folder / SET_ASIDE, json.dumps({name: kept for name, kept in _read(folder).items() if name != service}))


def _read(folder: Folder) -> dict[str, list[str]]:
    path = folder / SET_ASIDE
    read: dict[str, list[str]] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    return read
