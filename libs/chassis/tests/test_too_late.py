"""What nobody waits for any more, since it is late or he has gone: it is not decided."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest

from chassis.tests.parcels import SENDER
from chassis.tests.test_doors import NDJSON
from chassis.tests.workbench import Bench
from intake import bodies
from servers.logins import at_database


@asynccontextmanager
async def nothing_decided(bench: Bench) -> AsyncIterator[None]:
    """Somebody else has the locks that every batch needs."""
    owner = await asyncpg.connect(at_database(bench.postgres, SENDER.name))
    async with owner.transaction():
        await owner.execute("SELECT FROM counters FOR UPDATE")
        yield
    await owner.close()


def many(count: int) -> str:
    return "\n".join(json.dumps({"parcel": f"P{n}", "idempotency_key": f"k{n}"}) for n in range(count))


async def nothing_but(key: str, door: httpx.AsyncClient, bench: Bench) -> None:
    """Behind everything that was queued before, this command alone is recorded."""
    assert (await door.post("/parcels", json={"parcel": "P"}, headers={"idempotency-key": key})).status_code == 200
    rows = await bench.rows(SENDER, "SELECT convert_from(value, 'UTF8')::json ->> 'idempotencykey' AS key FROM journal")
    assert {row["key"] for row in rows if row["key"]} == {key}


async def test_of_what_is_answered_too_late_nothing_is_decided_later(
    door: httpx.AsyncClient, bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "ANSWER_SECONDS", 0.5)
    async with nothing_decided(bench):
        answer = await door.post("/parcels", content=many(2_000), headers=NDJSON)
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/no-answer")
    monkeypatch.setattr(bodies, "ANSWER_SECONDS", 30.0)
    await nothing_but("later", door, bench)


async def test_what_nobody_waits_for_any_more_is_not_decided(door: httpx.AsyncClient, bench: Bench) -> None:
    messages: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
    headers = {**door.headers, **NDJSON}
    scope = {
        "type": "http", "method": "POST", "path": "/parcels", "query_string": b"", "http_version": "1.1",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }  # fmt: skip

    async def send(message: dict[str, Any]) -> None: ...

    async with nothing_decided(bench):
        app: Any = door._transport.app  # type: ignore[attr-defined]
        request = asyncio.create_task(app(scope, messages.get, send))
        messages.put_nowait({"type": "http.request", "body": many(100).encode(), "more_body": False})
        await asyncio.sleep(0.2)
        assert not request.done()
        messages.put_nowait({"type": "http.disconnect"})
        async with asyncio.timeout(bodies.ANSWER_SECONDS / 2):
            await request
    await nothing_but("later", door, bench)
