"""The services at work, quiet, and everything that they say of themselves."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from deploy.local.issuer import ROLES, make_token
from deploy.local.stack import Stack
from tests.faults.campaign import databases
from tests.faults.quiet import wait_until_quiet
from tests.hostile.found import Door, descriptions, doors
from tests.hostile.tally import Tally, written


@pytest_asyncio.fixture(scope="session")
async def client(stack: Stack) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who has every role, and no good intentions."""
    token = make_token(stack.path, subject="hostile", roles=list(ROLES))
    headers = {"authorization": f"Bearer {token}"}
    # Each request on a line of its own: large bodies, and a machine with too much to do, hold this loop up after a line
    # was chosen and before anything is sent on it, and one that was idle for too long is just being closed then.
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(timeout=60.0, trust_env=False, headers=headers, limits=limits) as client:
        yield client


@pytest_asyncio.fixture(scope="session")
async def described(stack: Stack, client: httpx.AsyncClient) -> dict[str, Any]:
    return await descriptions(stack, client)


@pytest.fixture
def found(stack: Stack, described: dict[str, Any]) -> list[Door]:
    """Where commands come in."""
    return doors(stack, described)


@pytest_asyncio.fixture
async def quiet(stack: Stack) -> None:
    """Nothing of what came before is still being told."""
    await asyncio.to_thread(wait_until_quiet, stack.kafka, databases(stack))


@pytest.fixture
def tally(quiet: None, stack: Stack, capsys: pytest.CaptureFixture[str]) -> Iterator[Tally]:
    """Counts what is sent, says so, and demands in the end that nothing was written and everything was refused."""
    before = written(stack)
    counted = Tally()
    yield counted
    with capsys.disabled():
        print(f"\n{counted}")
    assert counted.statuses
    assert not counted.wrong, f"{len(counted.wrong)} of {counted}:\n" + "\n".join(counted.wrong[:20])
    assert written(stack) == before
