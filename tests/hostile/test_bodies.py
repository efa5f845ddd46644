"""What is no command, at every door: it is told so in a problem document, and nothing is written."""

import asyncio
import json
from collections.abc import Callable, Iterator, Sequence
from uuid import uuid4

import httpx
import pytest

from client.calling import KEY
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
@pytest.mark.parametrize("cases", [of_documents, of_envelopes, of_lines])
async def test_what_is_no_command_is_refused_at_every_door(
    found: list[Door], client: httpx.AsyncClient, tally: Tally, cases: Cases, everywhere: bool
) -> None:
    """What is large goes to one door, or everywhere."""
    async with asyncio.TaskGroup() as group:
        for door in found:
            group.create_task(send_all(client, door, cases(door, everywhere or door == found[0]), tally))


@pytest.mark.parametrize("together", [100, pytest.param(1, marks=pytest.mark.long)])
async def test_what_is_the_value_of_no_field_is_refused_at_every_door(
    found: list[Door], client: httpx.AsyncClient, tally: Tally, together: int
) -> None:
    """So many to a request, for there are some forty thousand; what is large goes alone, or everywhere."""
    async with asyncio.TaskGroup() as group:
        for door in found:
            if together == 1 or door == found[0]:
                group.create_task(send_all(client, door, of_fields(door, large=True), tally))
            else:
                group.create_task(send_lines(client, door, list(of_fields(door, large=False)), together, tally))


async def send_lines(client: httpx.AsyncClient, door: Door, cases: Sequence[Case], together: int, tally: Tally) -> None:
    for first in range(0, len(cases), together):
        some = cases[first : first + together]
        sent = b"\n".join(case.content[:-1] + f', "{KEY}": "{uuid4()}"}}'.encode() for case in some)
        answer = await client.post(door.url, content=sent, headers={"content-type": "application/x-ndjson"})
        tally.add_lines([f"{door.path}: {case.what}" for case in some], answer)


async def send_all(client: httpx.AsyncClient, door: Door, cases: Iterator[Case], tally: Tally) -> None:
    for case in cases:
        headers = [(name.encode(), value.encode()) for name, value in case.headers.items()]
        answer = await client.post(door.url, content=case.content, headers=headers)
        tally.add(f"{door.path}: {case.what}", answer)
