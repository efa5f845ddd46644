"""More than a process has room for, all at once: told 429 with a time to wait, and the memory stays bounded."""

import asyncio
import json
from typing import Any

import httpx

from deploy.local.stack import Stack
from tests.hostile.found import Door
from tests.hostile.tally import Tally, memory

AT_ONCE = 5
NEVER_FIT = 16 * 2**20 - 100
GROWTH_MIB_MAX = 450
"""What a service's process may hold more after it than before."""


def largest(command: dict[str, Any]) -> dict[str, bytes]:
    """Bodies of 16 MiB that cost as much as any to read, by their content type."""
    line = json.dumps({**command, "more": [[]] * 60_000}).encode() + b"\n"
    return {"application/x-ndjson": line * (NEVER_FIT // len(line)), "application/json": b'{"a": "' + b"x" * NEVER_FIT}


async def test_very_many_of_the_largest_bodies_do_not_take_the_memory(
    stack: Stack, client: httpx.AsyncClient, found: list[Door], tally: Tally
) -> None:
    door = found[0]
    before = memory(stack)[door.service]
    for kind, body in largest(door.example).items():
        answers = await asyncio.gather(
            *(client.post(door.url, content=body, headers={"content-type": kind}) for _ in range(AT_ONCE))
        )
        for answer in answers:
            tally.add(kind, answer)
            assert answer.status_code != 429 or int(answer.headers["retry-after"]) > 0
    after = memory(stack)[door.service]
    print(f"{door.service}: {before} -> {after} MiB")
    assert tally.statuses[429] > 0
    assert after - before < GROWTH_MIB_MAX
    assert (await client.get(f"{stack.door(door.service)}/health")).json()["status"] == "ok"
