"""Whoever may overlook nothing asks first: over real doors, with a real token."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import httpx
import pytest
import uvicorn

from chassis.service import Service
from chassis.serving import build_app
from chassis.settings import Settings
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_runner import until
from chassis.tests.workbench import Bench
from deploy.local.issuer import make_issuer, make_token
from deploy.testing.ports import reserved_port
from entries.entry import partition_of

P1 = partition_of("parcel/P1")


class Server(uvicorn.Server):
    """Leaves the signals to the tests."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@cache
def port_of(service: str) -> int:
    """The same each time: with another one it would be another member, whom Kafka lets wait for the first to go."""
    return reserved_port()


@asynccontextmanager
async def served(bench: Bench, service: Service, folder: Path, **more: object) -> AsyncIterator[httpx.AsyncClient]:
    """A service at real doors; a client with an officer's token."""
    token = folder / "service.token"
    token.write_text(make_token(folder, subject="service@here", roles=["service"]), encoding="utf-8")
    settings = Settings.model_validate(
        {
            "env": "development", "kafka": bench.kafka, "postgres": bench.url(service), "token": token,
            "jwks": make_issuer(folder), "port": port_of(service.name), **more,
        }
    )  # fmt: skip
    config = uvicorn.Config(build_app(service, settings), port=settings.port or 0, log_level="warning")
    server = Server(config)
    running = asyncio.create_task(server.serve())
    bearer = {"authorization": f"Bearer {make_token(folder, subject='officer@here', roles=['officer'])}"}
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{settings.port}", headers=bearer, timeout=30) as client:
        try:
            await until(lambda: began(server))
            yield client
        finally:
            server.should_exit = True
            await running


async def began(server: uvicorn.Server) -> bool:
    return server.started


async def post(client: httpx.AsyncClient, path: str, key: str, **command: object) -> httpx.Response:
    return await client.post(path, content=json.dumps(command), headers={"idempotency-key": key})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_issuer(tmp_path)
    return tmp_path


async def test_what_was_on_record_when_asked_is_not_overlooked(bench: Bench, folder: Path) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with served(bench, SENDER, folder) as sender:
        doors = {"sender": ["http://127.0.0.1:9", str(sender.base_url).rstrip("/")]}
        async with served(bench, KEEPER, folder, doors=doors) as keeper:
            for times in range(1, 6):
                assert (await post(sender, "/parcels", f"s{times}", parcel="P1")).status_code == 200
                answer = await post(keeper, "/hasty-keeps", f"k{times}", parcel="P1")
                assert answer.json()["events"][0]["data"]["times"] == times


async def test_who_cannot_be_seen_is_named_and_nothing_is_recorded(bench: Bench, folder: Path) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with served(bench, SENDER, folder) as sender:
        doors = {"sender": [str(sender.base_url).rstrip("/")]}
        async with served(bench, KEEPER, folder, doors=doors) as keeper:
            assert (await post(keeper, "/hasty-keeps", "seen", parcel="P1")).status_code == 200
            await bench.rows(SENDER, "UPDATE counters SET position = position + 1 WHERE partition = $1", P1)
            answer = await post(keeper, "/hasty-keeps", "k", parcel="P1")
            assert (answer.status_code, answer.headers["retry-after"]) == (503, "5")
            assert answer.json()["title"].startswith("Cannot see sender since 20")
            await bench.rows(SENDER, "UPDATE counters SET position = position - 1 WHERE partition = $1", P1)

            async def seen_again() -> bool:  # The sender has seen its journal go back, and looks what there is first.
                return (await post(keeper, "/hasty-keeps", "k", parcel="P1")).status_code == 200

            await until(seen_again)
            assert (await post(keeper, "/keeps", "other", parcel="P1")).status_code == 200
    async with served(bench, KEEPER, folder, doors=doors) as keeper:
        answer = await post(keeper, "/hasty-keeps", "gone", parcel="P1")
        assert answer.json()["title"] == "Cannot see sender yet"
        assert (await post(keeper, "/keeps", "plain", parcel="P1")).status_code == 200
    assert len(await bench.rows(KEEPER, "SELECT FROM journal WHERE type = 'Kept'")) == 4


async def test_a_deadline_waits_for_what_upstreams_had_recorded(bench: Bench, folder: Path) -> None:
    await bench.fresh(SENDER, KEEPER)
    soon = datetime.now(UTC) + timedelta(seconds=1)

    async def overdue() -> bool:
        return bool(await bench.rows(KEEPER, "SELECT FROM journal WHERE type = 'Overdue'"))

    port = reserved_port()
    async with served(bench, KEEPER, folder, doors={"sender": [f"http://127.0.0.1:{port}"]}) as keeper:
        assert (await post(keeper, "/keeps", "k", parcel="P1", until=soon.isoformat())).status_code == 200
        await asyncio.sleep(3)
        assert not await overdue()
        waits = await post(keeper, "/fetches", "late", parcel="P1")
        assert (waits.status_code, waits.json()["type"]) == (503, "/problems/cannot-see")
        async with served(bench, SENDER, folder, port=port):
            await until(overdue)
    rows = await bench.rows(KEEPER, "SELECT type FROM journal ORDER BY position")
    assert [row["type"] for row in rows] == ["Keep", "Kept", "Due", "Overdue"]


async def test_a_command_behind_a_term_that_ran_out_has_upstreams_asked(bench: Bench, folder: Path) -> None:
    await bench.fresh(SENDER, KEEPER)
    gone = datetime.now(UTC) - timedelta(hours=1)
    async with served(bench, SENDER, folder) as sender:
        doors = {"sender": [str(sender.base_url).rstrip("/")]}
        async with served(bench, KEEPER, folder, doors=doors) as keeper:
            for number in range(10):
                parcel = f"P{number}"
                assert (
                    await post(keeper, "/keeps", f"k{number}", parcel=parcel, until=gone.isoformat())
                ).status_code == 200
                assert (await post(keeper, "/fetches", f"f{number}", parcel=parcel)).status_code == 200
    rows = await bench.rows(KEEPER, "SELECT type FROM journal WHERE stream = 'parcel/P1' ORDER BY position")
    assert [row["type"] for row in rows] == ["Keep", "Kept", "Due", "Overdue", "Fetch", "Fetched"]
