"""What is no command, at every door: it is told so in a problem document, and nothing is written."""

import asyncio
import json
from collections.abc import Callable, Iterator

import httpx
import pytest

from tests.hostile.found import Door
from tests.hostile.malformed import Case, of_documents, of_envelopes, of_fields, of_lines
from tests.hostile.tally import Tally

Cases = Callable[[Door, bool], Iterator[Case]]


async def test_the_examples_lack_nothing_but_a_key(found: list[Door], client: httpx.AsyncClient, tally: Tally) -> None:
    for door in found:
        answer = await client.post(door.url, json=door.example)
        tally.add(door.path, answer)
        pointers = [error["pointer"] for error in answer.json()["errors"]]
        assert pointers == ["/idempotency_key"], f"{door.path} {json.dumps(door.example)}: {answer.text}"


@pytest.mark.parametrize("everywhere", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("cases", [of_documents, of_envelopes, of_lines, of_fields])
async def test_what_is_no_command_is_refused_at_every_door(
    found: list[Door], client: httpx.AsyncClient, tally: Tally, cases: Cases, everywhere: bool
) -> None:
    """What is large goes to one door, or everywhere."""
    async with asyncio.TaskGroup() as group:
        for door in found:
            group.create_task(send_all(client, door, cases(door, everywhere or door == found[0]), tally))


async def send_all(client: httpx.AsyncClient, door: Door, cases: Iterator[Case], tally: Tally) -> None:
    for case in cases:
        headers = [(name.encode(), value.encode()) for name, value in case.headers.items()]
        answer = await client.post(door.url, content=case.content, headers=headers)
        tally.add(f"{door.path}: {case.what}", answer)
