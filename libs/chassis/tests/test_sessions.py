"""Where the database server has no session left for a process."""

import asyncio
from pathlib import Path

import asyncpg
import pytest

from chassis.serving import closed, connected
from chassis.settings import Settings
from chassis.tests.parcels import SENDER
from chassis.tests.workbench import Bench
from chassis.write.journal import is_passing
from servers.logins import require_sessions


async def test_a_server_that_allows_too_few_sessions_is_named_before_anything_is_made(bench: Bench) -> None:
    with pytest.raises(
        RuntimeError, match=r"and 10000 are needed: set max_connections there to 10003 or more, or start"
    ):
        await require_sessions(bench.postgres, 10_000)
    await require_sessions(bench.postgres, 10)


async def test_a_process_that_gets_no_session_says_what_to_raise_and_goes_on_trying(
    bench: Bench, capfd: pytest.CaptureFixture[str]
) -> None:
    await bench.fresh(SENDER)
    await bench.rows(SENDER, 'ALTER ROLE "sender" CONNECTION LIMIT 2')
    settings = Settings(env="development", postgres=bench.url(SENDER), jwks=Path("unread"))
    connecting = asyncio.create_task(connected(SENDER, settings))
    async with asyncio.timeout(20):
        while "raise max_connections (docs/operating.md, Sessions with the database)" not in capfd.readouterr().out:
            assert not connecting.done()
            await asyncio.sleep(0.05)
    await bench.rows(SENDER, 'ALTER ROLE "sender" CONNECTION LIMIT -1')
    await closed(await connecting)


def test_what_the_servers_disk_does_not_take_is_tried_again() -> None:
    for error in (asyncpg.DiskFullError, asyncpg.PostgresIOError, asyncpg.TooManyConnectionsError):
        assert is_passing(error("no"))
    assert not is_passing(asyncpg.DataCorruptedError("a page is broken"))
