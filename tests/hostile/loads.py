"""What one client may send or ask for at once, as much as it can, and what is sent beside it as somebody else."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx

from chassis.service import find_services
from client.scenarios.documents import carnet, named
from tests.hostile.growing import documents

NDJSON = {"content-type": "application/x-ndjson"}
CROSSING: dict[str, Any] = {"direction": "in", "mode": "road", "place": "FRP-MIX"}
NOTICE: dict[str, Any] = {
    "checkpoint": "FRP-MIX", "mode": "road", "expected": "2026-12-01T09:00:00Z",
    "vehicle": {"kind": "registration_plate", "identity": "01 AG 1234"},
    "carrier": "Hazar", "consignments": [],
}  # fmt: skip
GOODS = {"code": "870323000", "origin": "KR", "description": "motor cars"}
BODY_BYTES = 15_000_000
Load = Callable[[httpx.AsyncClient, str], Awaitable[None]]


def crossing(movement: str, **more: Any) -> bytes:
    return json.dumps({**CROSSING, "movement": named(movement), "idempotency_key": uuid4().hex, **more}).encode()


def filled(line: bytes) -> bytes:
    """As many times the same line as go into a large body."""
    return (line + b"\n") * (BODY_BYTES // len(line))


async def nothing(client: httpx.AsyncClient, door: str) -> None:
    await asyncio.sleep(2.0)


async def refused_lists(client: httpx.AsyncClient, door: str) -> None:
    """15 MB of commands, each with an unknown field that holds very many values."""
    await client.post(f"{door}/border-crossings", content=filled(crossing("R", more=[[]] * 60_000)), headers=NDJSON)


async def refused_errors(client: httpx.AsyncClient, door: str) -> None:
    """15 MB of commands, each with as many errors as are found in one."""
    await client.post(f"{door}/border-crossings", content=filled(crossing("R", papers=[[]] * 15_000)), headers=NDJSON)


async def refused_lines(client: httpx.AsyncClient, door: str) -> None:
    """15 MB of lines that say nothing, and as many errors as go into each command."""
    await client.post(f"{door}/border-crossings", content=b"\n" * BODY_BYTES, headers=NDJSON)
    wrong = crossing("R", papers=[[]] * 150)
    await client.post(f"{door}/border-crossings", content=(wrong + b"\n") * 19_999, headers=NDJSON)


async def large_ones_and_a_page(client: httpx.AsyncClient, door: str) -> None:
    """25 commands of 2 MB on one stream, some at once, and its page."""
    movement = carnet(uuid4().hex)
    papers = [{"consignment": f"{movement[-8:]}-{n:05}", "packages": 12, "goods": [GOODS] * 30} for n in range(1_000)]
    for _ in range(5):
        bodies = [crossing(movement, papers=papers) for _ in range(5)]
        await asyncio.gather(
            *(client.post(f"{door}/border-crossings", content=body, headers=NDJSON) for body in bodies)
        )
    await client.get(f"{door}/movements/{movement}")


async def the_largest(client: httpx.AsyncClient, door: str) -> None:
    """Six crossings as large as any may be, at once, and their pages."""
    text = max(documents(find_services()["arrival"], "RecordCrossing"), key=len)
    movements = [carnet(uuid4().hex) for _ in range(6)]
    bodies = [{**json.loads(text), "movement": named(each), "idempotency_key": each} for each in movements]
    sent = [json.dumps(body, separators=(",", ":")).encode() for body in bodies]
    await asyncio.gather(*(client.post(f"{door}/border-crossings", content=body, headers=NDJSON) for body in sent))
    for movement in movements:
        await client.get(f"{door}/movements/{movement}")


async def small_ones(client: httpx.AsyncClient, door: str, count: int = 3_000) -> None:
    lines = [
        json.dumps({**NOTICE, "movement": {"reference": uuid4().hex}, "idempotency_key": uuid4().hex})
        for _ in range(count)
    ]
    answer = await client.post(f"{door}/arrival-notices", content="\n".join(lines), headers=NDJSON)
    assert answer.text.count("receipt") == count, answer.text[:1000]


async def very_many_small_ones(client: httpx.AsyncClient, door: str) -> None:
    await asyncio.gather(*(small_ones(client, door, 5_000) for _ in range(2)))


async def pages(client: httpx.AsyncClient, door: str, readers: int = 10, times: int = 30) -> None:
    """Lists and pages of shipments, positions, records that are parked, rules: by ten at once, as fast as they come."""

    async def read() -> None:
        for _ in range(times):
            asked = {"waiting": "NotifyArrival", "limit": "100"}
            listed = await client.get(f"{door}/movements", params=asked)
            ids = [each["id"] for each in listed.json().get("items", ())] if listed.is_success else []
            for path in (*(f"movements/{each}" for each in ids[:20]), "positions", "parked", "health", "rules"):
                await client.get(f"{door}/{path}")

    await asyncio.gather(*(read() for _ in range(readers)))


LOADS: tuple[Load, ...] = (
    nothing, refused_lists, refused_errors, refused_lines, large_ones_and_a_page, the_largest, small_ones,
    very_many_small_ones, pages,
)  # fmt: skip
