"""Clocks that leap: the database's, between `laid` and `unlaid`, and that of processes started with `hook`.

No clock of the machine is touched. In a database, functions of the names that are asked for the time stand in a schema
that is found first; a process of ours reads the time from `time.time`, which is exchanged before anything else runs.
"""

import os
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import asyncpg

from servers.logins import at_database

LAID = """
DROP SCHEMA IF EXISTS leap CASCADE;
CREATE SCHEMA leap;
CREATE TABLE leap.clock (ahead interval NOT NULL);
INSERT INTO leap.clock VALUES ('0');
CREATE FUNCTION leap.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
AS 'SELECT pg_catalog.clock_timestamp() + ahead FROM leap.clock';
CREATE FUNCTION leap.now() RETURNS timestamptz LANGUAGE sql STABLE
AS 'SELECT pg_catalog.now() + ahead FROM leap.clock';
GRANT USAGE ON SCHEMA leap TO PUBLIC;
GRANT SELECT ON leap.clock TO PUBLIC;
"""
CUT = """
SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
FILE = "SERHET_TEST_LEAP"
HOOK = f'''
import os
import time

def leapt(real=time.time):
    try:
        with open(os.environ["{FILE}"], encoding="utf-8") as file:
            return real() + float(file.read())
    except (OSError, ValueError):
        return real()

time.time = leapt
'''


async def laid(admin: str, database: str) -> None:
    """From now on the clock of this database can leap; its sessions are cut. `admin` is the URL of its owner, anywhere.

    Nothing may be made there meanwhile: what makes tables would make them in the clock's schema, which is found first.
    """
    owner = await asyncpg.connect(at_database(admin, database))
    await owner.execute(LAID)
    await owner.execute(f'ALTER DATABASE "{database}" SET search_path = leap, pg_catalog, public')
    await owner.execute(CUT)
    await owner.close()


async def unlaid(admin: str, database: str) -> None:
    """Its sessions, which are cut, go by the true clock again."""
    owner = await asyncpg.connect(at_database(admin, database))
    await owner.execute(f'ALTER DATABASE "{database}" RESET search_path')
    await owner.execute(CUT)  # First, for to a session of before its clock would be gone in the middle of its work.
    await owner.execute("DROP SCHEMA leap CASCADE")
    await owner.close()


async def leap(admin: str, database: str, ahead: timedelta) -> None:
    """The clock goes on from so far ahead of the true time; from behind it, if that is negative; at once."""
    owner = await asyncpg.connect(at_database(admin, database))
    await owner.execute("UPDATE leap.clock SET ahead = $1", ahead)
    await owner.close()


def hook(folder: Path, ahead: timedelta = timedelta()) -> Mapping[str, str]:
    """The environment of processes whose clock can leap together: by what is written to `folder / "ahead"`."""
    (folder / "sitecustomize.py").write_text(HOOK, encoding="utf-8")
    leap_processes(folder, ahead)
    path = os.pathsep.join([str(folder), *filter(None, [os.environ.get("PYTHONPATH")])])
    return {"PYTHONPATH": path, FILE: str(folder / "ahead")}


def leap_processes(folder: Path, ahead: timedelta) -> None:
    """The same as `leap`, of processes that were started with the folder's `hook`."""
    written = folder / "ahead.written"
    written.write_text(str(ahead.total_seconds()), encoding="utf-8")
    written.replace(folder / "ahead")
