"""A vehicle with very many consignments is one entry, and as many small ones: nobody waits for the whole of it."""

import time

import psycopg
import pytest

from client.scenarios import documents
from client.scenarios.documents import carnet, named
from deploy.local.stack import Stack
from tests.lifecycle import road
from tests.lifecycle.border import Border

COUNT = "SELECT count(*), count(DISTINCT stream) FROM journal WHERE type = %s AND starts_with(stream, %s)"
SECONDS_MAX = 240.0


@pytest.mark.parametrize("many", [300, pytest.param(20_000, marks=pytest.mark.long)])
async def test_each_of_very_many_consignments_is_told_once(border: Border, stack: Stack, many: int) -> None:
    movement = carnet(f"L-ship-{many}")
    consignments = [f"{movement}-{number:05}" for number in range(many)]
    await road.notice(border, movement, *consignments)
    papers = documents.papers(consignments)
    crossing = documents.crossing(movement, papers)
    crossed = await border.act("officer", "/border-crossings", **crossing)
    assert [event.type for event in crossed.events] == ["BorderCrossed"]
    other = {**crossing, "movement": named(f"{movement}OTHER"), "papers": []}
    in_between = await border.act("officer", "/border-crossings", **other)
    assert in_between.outcome == "recorded"
    for service, event in (("arrival", "ConsignmentAnnounced"), ("arrival", "GoodsCrossed"), *DOWNSTREAM):
        assert await told(border, stack.postgres(service), event, f"consignment/{movement}-", many) == (many, many)


DOWNSTREAM = (("presentation", "CheckpointDetermined"),)


async def told(border: Border, url: str, event: str, prefix: str, many: int) -> tuple[int, ...]:
    """How many such events there are, and on how many streams, once there are enough of them."""
    until = time.monotonic() + SECONDS_MAX
    with psycopg.connect(url, autocommit=True) as connection:
        while True:
            found = tuple(connection.execute(COUNT, (event, prefix)).fetchone() or ())
            if found[0] >= many or time.monotonic() > until:
                return found
            await border.pause()
