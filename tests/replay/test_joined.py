"""Streams that were joined, on real servers: what was told goes on behind a restart, and comes back from topics.

Arrival and presentation under names of their own, beside the stack that other tests use.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from hashlib import sha256
from types import SimpleNamespace
from typing import Any, cast

from access.tokens import Subject
from chassis.api.commands import CommandReader
from chassis.running import Runner
from chassis.service import Contract, Service, find_services
from chassis.tests.test_runner import until
from chassis.tests.workbench import Bench
from chassis.write.inputs import Answer
from contracts import arrival, presentation
from deploy.audit.redeciding import Redecision
from entries.entry import PARTITIONS, Line

FOUND = find_services()
ARRIVAL = replace(
    FOUND["arrival"], name="joining", names_found=False,
    writes=cast(Contract, SimpleNamespace(TOPIC="test.joining.v1", EVENTS=arrival.EVENTS)),
)  # fmt: skip
PRESENTATION = replace(
    FOUND["presentation"], name="joined", names_found=False, hears={"joining": ARRIVAL.writes},
    writes=cast(Contract, SimpleNamespace(TOPIC="test.joined.v1", EVENTS=presentation.EVENTS)),
)  # fmt: skip
OFFICER = Subject(id="officer-1", client="officer-1", roles=("officer",), role="officer", checkpoints=("FRP-MIX",))
NOTICE: dict[str, Any] = {
    "movement": "M1", "checkpoint": "FRP-MIX", "mode": "road", "expected": "2026-03-02T07:00:00Z",
    "consignments": ["C1"], "occurred": "2026-03-01T07:00:00Z",
}  # fmt: skip
CROSSING: dict[str, Any] = {
    "movement": "M2", "direction": "in", "mode": "road", "place": "FRP-MIX",
    "papers": [{"consignment": "C2", "packages": 12}], "occurred": "2026-03-02T07:00:00Z",
}  # fmt: skip
SHOWN: dict[str, Any] = {
    "consignment": "C2", "checkpoint": "FRP-MIX", "packages_found": 12, "occurred": "2026-03-02T08:00:00Z",
}  # fmt: skip
LINKS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("LinkConsignment", {"consignment": "C1", "second": "C2"}),
    ("LinkMovement", {"movement": "M1", "second": "M2"}),
)
TABLES = (
    "SELECT stream, partition, sequence, state, open, place, due FROM states ORDER BY stream",
    "SELECT * FROM receipts ORDER BY client, key",
    "SELECT partition, key FROM agenda ORDER BY partition, key",
    "SELECT partition, position, chain, value FROM journal ORDER BY partition, position",
)


async def give(runner: Runner, service: Service, name: str, document: dict[str, Any]) -> Answer:
    route = next(each for each in service.routes if each.command.__name__ == name)
    reader = CommandReader(service=service, route=route, subject=OFFICER)
    key = sha256(json.dumps([name, document]).encode()).hexdigest()
    command = reader.read(json.dumps(document).encode(), key)._replace(
        answer=asyncio.get_running_loop().create_future()
    )
    (answer,) = await runner.submit([command])
    return answer


@asynccontextmanager
async def both(bench: Bench) -> AsyncIterator[tuple[Runner, Runner]]:
    async with bench.run(ARRIVAL) as one, bench.run(PRESENTATION) as other:
        yield one, other


async def state(bench: Bench, service: Service, stream: str) -> dict[str, Any]:
    rows = await bench.rows(service, "SELECT state FROM states WHERE stream = $1", stream)
    return json.loads(rows[0]["state"]) if rows else {}


async def are_one(bench: Bench) -> bool:
    """The goods came with the vehicle that stays, and were shown, by what presentation has of the first name.

    And nothing is still to be told, or to be heard.
    """
    goods = await state(bench, PRESENTATION, "consignment/C1")
    vehicles = [each["movement"] for each in goods.get("arrival", {}).get("carriages", ())]
    to_tell = [row for service in (ARRIVAL, PRESENTATION) for row in await bench.rows(service, "SELECT FROM agenda")]
    said = await bench.rows(ARRIVAL, "SELECT partition, position FROM counters WHERE position > 0 ORDER BY 1")
    heard = await bench.rows(PRESENTATION, "SELECT partition, position FROM fences WHERE position > 0 ORDER BY 1")
    is_quiet = not to_tell and [*map(tuple, said)] == [*map(tuple, heard)]
    return vehicles == ["M1"] and "showings" in goods.get("presentation", {}) and is_quiet


async def tables(bench: Bench) -> list[list[tuple[Any, ...]]]:
    return [
        [tuple(row) for row in await bench.rows(service, query)]
        for service in (ARRIVAL, PRESENTATION)
        for query in TABLES
    ]


async def lines(bench: Bench, service: Service, partition: int) -> Sequence[Line]:
    query = "SELECT position, kind, stream, chain, value FROM journal WHERE partition = $1 ORDER BY position"
    return [Line(*row) for row in await bench.rows(service, query, partition)]


async def decided_again(bench: Bench) -> int:
    """How many inputs were; each comes out as it was recorded."""
    decided = 0
    for partition in range(PARTITIONS):
        own = {service.name: await lines(bench, service, partition) for service in (ARRIVAL, PRESENTATION)}
        for service in (ARRIVAL, PRESENTATION):
            again = Redecision(service, partition, {name: own[name] for name in service.hears})
            seen = {name: len(own[name]) for name in service.hears}
            assert [str(each) for each in again.differences(own[service.name], seen)] == []
            decided += again.inputs
    return decided


async def test_joined_streams_are_told_on_behind_a_restart_and_come_back_from_topics(bench: Bench) -> None:
    await bench.fresh(ARRIVAL, PRESENTATION)
    async with both(bench) as (one, other):
        assert (await give(one, ARRIVAL, "NotifyArrival", NOTICE)).status == 200
        assert (await give(one, ARRIVAL, "RecordCrossing", CROSSING)).status == 200
        assert (await give(other, PRESENTATION, "PresentGoods", SHOWN)).status == 200
        for name, document in LINKS:
            assert b"LinkAsked" in (await give(one, ARRIVAL, name, document)).body
    async with both(bench) as (one, other):  # Much of it was still to be told.
        await until(lambda: are_one(bench))
        for refused in (
            await give(one, ARRIVAL, "LinkConsignment", {"consignment": "C2", "second": "C3"}),
            await give(other, PRESENTATION, "PresentGoods", SHOWN | {"packages_found": 11}),
        ):
            assert (refused.status, json.loads(refused.body)["joined"]) == (409, "C1")
    before = await tables(bench)
    for service in (ARRIVAL, PRESENTATION):
        await bench.lose_database(service)
    async with both(bench):
        await until(lambda: are_one(bench))
        assert await tables(bench) == before
    assert await decided_again(bench) > 20
