import asyncio
from pathlib import Path

import pytest
import pytest_asyncio

from deploy.local.stack import Stack
from tests.faults.campaign import databases, new_load
from tests.faults.evidence import Log, Side
from tests.faults.gathering import read_journals
from tests.faults.quiet import wait_until_quiet


@pytest_asyncio.fixture(scope="session")
async def journals(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Side:
    """All journals after a few whole lifecycles, at rest: what every reader of the topics has to find there."""
    folder: Path = tmp_path_factory.mktemp("contracts")
    with Log(folder / "accepted.jsonl") as log:
        load = new_load(stack, "R1", log)
        async with load.client:
            await load.send(1, patient=True)
    await asyncio.to_thread(wait_until_quiet, stack.kafka, databases(stack))
    return read_journals(databases(stack))
