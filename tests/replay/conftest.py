"""A stack through which work has gone, and that is quiet again."""

import asyncio

import pytest

from deploy.local.stack import Stack
from tests.faults.campaign import databases, new_load
from tests.faults.evidence import Log
from tests.faults.quiet import wait_until_quiet

RUN = "replayed"
CONVOYS = 4


@pytest.fixture(scope="session")  # Not once a package: files of others may come between, and keys are used once.
async def worked(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    with Log(tmp_path_factory.mktemp("replay") / "accepted.jsonl") as log:
        load = new_load(stack, RUN, log)
        async with load.client:
            await asyncio.gather(*(load.send(number, patient=True) for number in range(1, CONVOYS + 1)))
    await asyncio.to_thread(wait_until_quiet, stack.kafka, databases(stack))
    return stack
