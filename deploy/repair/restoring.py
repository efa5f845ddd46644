"""Copies of one service's database, made and put back while the service runs.

After a copy was put back, the service catches up by itself with what its topic holds beyond it.
"""

import asyncio
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import unquote, urlsplit

from deploy.local import postgres, services
from deploy.local.failure import StackError
from deploy.local.stack import Stack
from deploy.local.telling import Tell
from deploy.local.urls import without_password
from deploy.repair import databases, losses, rebuilding, topics, waiting
from deploy.repair.databases import connected
from deploy.repair.losses import Losses


async def copy(stack: Stack, service: str, file: Path) -> None:
    """Copy the service's database as it is at one moment into a file that only its owner reads."""
    services.chosen((service,))
    passing = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        passing.touch(mode=0o600)
        await _run(stack, "pg_dump", service, "--format=custom", f"--file={passing}")
        passing.replace(file)
    except OSError as error:
        raise StackError(f"the copy cannot be written to {file}: {error}") from error
    finally:
        passing.unlink(missing_ok=True)


async def restore(stack: Stack, service: str, file: Path, tell: Tell) -> Losses:
    """Put a copy in the place of the service's database, wait until the service has caught up, and list what is lost.

    The service runs on. The database until now is kept under another name. What is lost was in it, and neither in the
    copy nor on the topic.
    """
    await put_back(stack, service, file, tell)
    return await heal(stack, service, tell)


async def put_back(stack: Stack, service: str, file: Path, tell: Tell) -> str | None:
    """The first half: the copy is in place when this returns. The name under which the database until now is kept."""
    services.chosen((service,))
    await _run(stack, "pg_restore", None, "--list", str(file))  # Whether it is there, and a copy.
    async with connected(stack) as session:
        if not await session.fetchval("SELECT count(*) FROM pg_roles WHERE rolname = $1", service):
            await asyncio.to_thread(rebuilding.prepare, stack)
        fresh = f"{service}_restoring"
        tell.show(f"reading {file}")
        await session.execute(f'DROP DATABASE IF EXISTS "{fresh}" WITH (FORCE)')
        for statement in _CREATE:
            await session.execute(statement.format(database=fresh, login=service))
    await _run(stack, "pg_restore", fresh, "--exit-on-error", "--single-transaction", str(file))
    kept = await databases.set_aside(stack, service, put=fresh)
    await asyncio.to_thread(rebuilding.prepare, stack)  # What the copy is older than.
    tell.say(f"{service} has the database of {file}")
    return kept


_CREATE = (
    'CREATE DATABASE "{database}"',
    'REVOKE ALL ON DATABASE "{database}" FROM PUBLIC',
    'GRANT CONNECT ON DATABASE "{database}" TO "{login}"',
)
"""As a database is prepared. The copy brings the owner and the grants of what is in it."""


async def heal(stack: Stack, service: str, tell: Tell) -> Losses:
    """The second half: wait until the service has caught up with its topic, then list what is lost."""
    (found,) = services.chosen((service,))
    goal = await topics.ends(stack.kafka, found.topic)
    await waiting.until_caught_up(stack, {service: goal}, tell)
    tell.say(f"{service}: all {sum(goal.values()):,} entries of its topic are in its journal")
    return await losses.settle(stack, [service], tell)


async def drop(stack: Stack, database: str) -> None:
    """Drop a database that was set aside; StackError for every other."""
    if not any(database.startswith(f"{each.name}_until_") for each in services.installed()):
        raise StackError(f"{database} is not the name of a database that was set aside (such as arrival_until_...)")
    async with connected(stack) as session:
        if not await databases.exists(session, database):
            raise StackError(f"there is no database {database}")
        await session.execute(f'DROP DATABASE "{database}" WITH (FORCE)')


async def _run(stack: Stack, program: str, database: str | None, *arguments: str) -> None:
    """Run one of PostgreSQL's own programs; the password goes by the environment, where no list of processes has it."""
    where: Sequence[str] = ()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    if database:
        parts = urlsplit(stack.postgres_admin)
        shown = without_password(stack.postgres_admin).rpartition("/")[0]
        where = (f"--dbname={shown}/{database}" + (f"?{parts.query}" if parts.query else ""),)
        environment["PGPASSWORD"] = unquote(parts.password or "")
    argv = [str(postgres.binary(program)), *where, *arguments]
    done = await asyncio.to_thread(
        subprocess.run, argv, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    if done.returncode:
        raise StackError(f"{program} failed: {done.stderr.strip()}")
