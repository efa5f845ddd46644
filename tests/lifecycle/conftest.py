from collections.abc import AsyncIterator

import httpx
import pytest_asyncio

from deploy.local.stack import Stack
from tests.lifecycle.border import Border


@pytest_asyncio.fixture(scope="session")
async def border(stack: Stack) -> AsyncIterator[Border]:
    async with httpx.AsyncClient(timeout=30.0, trust_env=False) as client:
        yield Border(stack, client)
