"""Whoever hears several upstreams overlooks none of them: over real doors, each of them behind in its turn."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import orjson
import pytest
import uvicorn
from starlette.requests import Request
from starlette.responses import Response

from chassis.consume import read_barrier
from chassis.running import Runner
from chassis.service import Service
from chassis.tests.parcels import KEEPER, Sent, contract
from chassis.tests.test_asking import P1, Server, began, post, served
from chassis.tests.test_asking import folder as folder
from chassis.tests.test_runner import until
from chassis.tests.workbench import Bench
from deploy.testing.ports import reserved_port

UPSTREAMS = ("first", "second", "third")
HEARER = replace(KEEPER, hears={name: contract(f"test.{name}.v1", Sent) for name in UPSTREAMS})
SOON = timedelta(milliseconds=300)


@dataclass
class Upstream:
    """The door of an upstream: it says of every partition that its log goes on to `end`, or nothing that helps."""

    url: str
    end: int = 0
    status: int = 200

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        partitions = Request(scope).query_params.getlist("partition")
        ends = [{"partition": int(each), "position": self.end, "chain": "00" * 32} for each in partitions]
        await Response(orjson.dumps({"ends": ends}), self.status)(scope, receive, send)

    @contextmanager
    def behind(self) -> Iterator[None]:
        """It has recorded something that is not heard here yet."""
        self.end = 1
        yield
        self.end = 0

    @contextmanager
    def silent(self) -> Iterator[None]:
        self.status = 503
        yield
        self.status = 200


@asynccontextmanager
async def upstream() -> AsyncIterator[Upstream]:
    port = reserved_port()
    door = Upstream(f"http://127.0.0.1:{port}")
    server = Server(uvicorn.Config(door, port=port, log_level="warning", lifespan="off"))
    running = asyncio.create_task(server.serve())
    try:
        await until(lambda: began(server))
        yield door
    finally:
        server.should_exit = True
        await running


async def test_a_version_that_hears_one_more_is_given_its_partitions(bench: Bench) -> None:
    """Its process has the name of the one before it, whose partitions Kafka would give it without asking more."""
    other = replace(KEEPER, hears={**KEEPER.hears, "second": contract("test.second.v1", Sent)})
    await bench.fresh(KEEPER)
    await bench.fresh(other)
    for service in (KEEPER, other):
        async with bench.run(service) as keeper:
            await until(lambda keeper=keeper, service=service: heard_of(keeper, service))  # type: ignore[misc]


async def heard_of(runner: Runner, service: Service) -> bool:
    """Whether it is to read every partition of every topic that the service hears."""
    assert runner.reader
    topics = {tp.topic for tp in runner.reader._consumer.assignment()} if runner.reader._consumer else set()
    return runner.reader.joined and topics == {upstream.TOPIC for upstream in service.hears.values()}


@asynccontextmanager
async def hearing(bench: Bench, folder: Path) -> AsyncIterator[tuple[httpx.AsyncClient, dict[str, Upstream]]]:
    """A service at its doors, and what it asks, by name; of all of them it has heard everything."""
    await bench.fresh(HEARER)
    async with AsyncExitStack() as open_:
        doors = {name: await open_.enter_async_context(upstream()) for name in UPSTREAMS}
        told = {name: [door.url] for name, door in doors.items()}
        yield await open_.enter_async_context(served(bench, HEARER, folder, doors=told)), doors


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read_barrier, "ASK_SECONDS", 0.5)


async def test_of_several_upstreams_none_may_be_overlooked(bench: Bench, folder: Path) -> None:
    async with hearing(bench, folder) as (client, doors):
        assert (await post(client, "/hasty-keeps", "all are seen", parcel="P1")).status_code == 200
        for name, door in doors.items():
            for how in (door.behind, door.silent):
                with how():
                    answer = await post(client, "/hasty-keeps", f"without {name}", parcel="P1")
                assert answer.status_code == 503, (name, how)
                assert answer.json()["type"] == "/problems/cannot-see"
                assert name in answer.json()["title"]
        assert (await post(client, "/hasty-keeps", "all are seen again", parcel="P1")).status_code == 200
    assert len(await bench.rows(HEARER, "SELECT FROM journal WHERE type = 'Kept'")) == 2


async def test_no_deadline_fires_while_one_of_several_upstreams_is_behind(bench: Bench, folder: Path) -> None:
    async with hearing(bench, folder) as (client, doors):
        for name, door in doors.items():
            with door.behind():
                at = (datetime.now(UTC) + SOON).isoformat()
                assert (await post(client, "/keeps", f"k {name}", parcel="P1", until=at)).status_code == 200
                await asyncio.sleep(2 * SOON.total_seconds())
                assert (await post(client, "/fetches", f"late {name}", parcel="P1")).status_code == 503, name
            assert (await post(client, "/fetches", f"late {name}", parcel="P1")).status_code == 200
    rows = await bench.rows(HEARER, "SELECT type FROM journal WHERE partition = $1 ORDER BY position", P1)
    assert [row["type"] for row in rows] == ["Keep", "Kept", "Due", "Overdue", "Fetch", "Fetched"] * len(UPSTREAMS)
