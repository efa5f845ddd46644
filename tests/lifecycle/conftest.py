from collections.abc import AsyncIterator

import pytest_asyncio

from deploy.local.stack import Stack
from tests.lifecycle.border import Border


@pytest_asyncio.fixture(scope="session")
async def border(stack: Stack) -> AsyncIterator[Border]:
    async with Border(stack) as border:
        yield border
