"""Pages: so many bytes of them, on sessions of their own, and for readers in turn."""

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from chassis.api import views
from chassis.serving import closed
from chassis.tests.parcels import SENDER
from chassis.tests.test_doors import NDJSON
from chassis.tests.workbench import Bench
from chassis.write.journal import Database, sql
from decider import OpenPoint


async def test_a_timeline_is_read_in_pages_of_so_many_bytes(
    door: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [{"parcel": "P1", "idempotency_key": f"k{n}", "box": "x" * (9_000 if n == 3 else 10)} for n in range(12)]
    await door.post("/parcels", content="\n".join(map(json.dumps, lines)), headers=NDJSON)
    whole = (await door.get("/parcels/P1")).json()
    assert (len(whole["timeline"]), whole["next"]) == (24, None)
    monkeypatch.setattr(views, "PAGE_BYTES", 4_000)
    pages = [page async for page in all_pages(door, "/parcels/P1", 0)]
    assert [entry for page in pages for entry in page["timeline"]] == whole["timeline"]
    assert {json.dumps(page["state"]) for page in pages} == {json.dumps(whole["state"])}
    sizes = [len(json.dumps(page["timeline"])) for page in pages]
    assert all(size < 5_000 or len(page["timeline"]) == 1 for size, page in zip(sizes, pages, strict=True))
    assert 5 < len(pages) < 14
    monkeypatch.setattr(views, "PAGE_ROWS", 1)
    assert [len(page["timeline"]) async for page in all_pages(door, "/parcels/P1", 0)] == [1] * 24


async def all_pages(door: httpx.AsyncClient, path: str, after: Any, **asked: Any) -> AsyncIterator[dict[str, Any]]:
    while after is not None:
        page = (await door.get(path, params={"after": after, **asked})).json()
        yield page
        after = page["next"]


async def test_what_waits_is_read_in_pages_of_so_many_bytes(
    door: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits = (OpenPoint(act="Fetch", who="somebody", article="1", place=None),)
    monkeypatch.setattr(SENDER.kinds["parcel"], "open_points", lambda state: waits)
    lines = [{"parcel": f"P{n:02}", "idempotency_key": f"k{n}"} for n in range(40)]
    await door.post("/parcels", content="\n".join(map(json.dumps, lines)), headers=NDJSON)
    state = len(b'{"sent":1}')
    for bytes_max, limit, sizes in (
        (10**6, 40, [40]),
        (10**6, 39, [39, 1]),
        (9 * state, 1000, [9] * 4 + [4]),
        (1, 9, [1] * 40),
    ):
        monkeypatch.setattr(views, "PAGE_BYTES", bytes_max)
        pages = [page async for page in all_pages(door, "/parcels", "", waiting="Fetch", limit=limit)]
        assert [len(page["items"]) for page in pages] == sizes
        assert [item["id"] for page in pages for item in page["items"]] == [f"P{n:02}" for n in range(40)]
        assert pages[0]["items"][0]["open_points"][0]["act"] == "Fetch"


async def test_pages_are_read_on_sessions_that_cannot_write_and_nobody_else_waits_for(
    door: httpx.AsyncClient, bench: Bench
) -> None:
    database = await Database.connect(bench.url(SENDER), "sender")
    with pytest.raises(asyncpg.ReadOnlySQLTransactionError):
        await database.reading.execute("UPDATE counters SET position = 7")
    home = database.home
    async with database.reading.acquire(), database.reading.acquire():  # However much is read,
        assert await database.pool.fetchval("SELECT 1") == 1  # what writes goes on.
    await database.reading.expire_connections()
    assert await database.reading.fetchval("SELECT 1") == 1
    assert database.home == home  # And nothing has to be caught up behind a new session for reading.
    await closed(database)


async def test_readers_take_turns_and_are_told_when_too_many_wait(
    door: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "READERS_MAX", 3)
    answers = await asyncio.gather(*(door.get("/parked") for _ in range(20)))
    assert {answer.status_code for answer in answers} == {200, 429}
    assert [answer.status_code for answer in answers].count(200) >= 3
    assert {answer.headers["retry-after"] for answer in answers if answer.status_code == 429} == {"2"}
    assert (await door.get("/parked")).status_code == 200


FILL = """
INSERT INTO states (stream, partition, sequence, state, open, place)
SELECT 'parcel/P' || n, 0, 1, convert_to(repeat('x', 200), 'UTF8'), ARRAY['Act' || n % 7, 'Fetch'], 'Place' || n % 3
FROM generate_series(1, 20000) AS n
"""
BLOCKS_MAX = 60


@pytest.mark.parametrize("act", ["Nobody", "Fetch"])
@pytest.mark.parametrize("place", [None, "Place1", "Nowhere"])
async def test_who_waits_is_found_without_looking_at_everybody(bench: Bench, act: str, place: str | None) -> None:
    """In blocks that were read: all the streams together are many hundreds."""
    await bench.fresh(SENDER)
    await bench.rows(SENDER, FILL)
    await bench.rows(SENDER, "ANALYZE states")
    explained = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {sql('read_waiting')}"
    (plan,) = await bench.rows(SENDER, explained, "parcel/", "parcel/", act, place, 100, 2**19)
    top = json.loads(plan[0])[0]["Plan"]
    assert top["Shared Hit Blocks"] + top["Shared Read Blocks"] < BLOCKS_MAX
    assert (top["Actual Rows"] > 0) == (act == "Fetch" and place != "Nowhere")
