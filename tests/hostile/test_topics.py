"""Malformed records on every topic while work goes on: they park or are skipped, and every other stream goes on."""

import asyncio
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from client.scenarios.documents import carnet
from client.scenarios.road import PLAIN, Lorry
from deploy.audit.verifying import verify
from deploy.local.stack import Stack
from deploy.testing.stacks import local_stack
from entries.entry import partition_of
from law.reference import VARIABLE
from tests.faults.gathering import SERVICES
from tests.hostile.records import FAR
from tests.hostile.siege import flood, forge, fork, write_as_arrival
from tests.hostile.tally import memory
from tests.lifecycle.border import Border
from tests.servers import REFERENCE

POISONED, UNKNOWN = "consignment/H-poisoned", "consignment/H-unknown"
FORKED = (partition_of(POISONED) + 1) % 24
MEMORY_MIB_MAX = 500
"""Of one service's process, after all of it."""


@pytest.fixture(scope="module")
def besieged() -> Iterator[Stack]:
    """A stack of its own: what is done to it cannot be undone."""
    with pytest.MonkeyPatch.context() as starting:
        starting.setenv(VARIABLE, str(REFERENCE))
        with local_stack(names=SERVICES) as stack:
            yield stack


@pytest_asyncio.fixture(scope="module")
async def at_work(besieged: Stack) -> AsyncIterator[Border]:
    async with Border(besieged) as border:
        yield border


def shipments(count: int) -> list[tuple[str, str]]:
    """Movements and consignments, none of which stands where something is broken."""
    names = [(carnet(f"H-{number}"), f"H-{number}-1") for number in range(20 * count)]
    broken = {FORKED, partition_of(POISONED)}
    whole = [
        (movement, consignment)
        for movement, consignment in names
        if not broken & {partition_of(f"movement/{movement}"), partition_of(f"consignment/{consignment}")}
    ]
    return whole[:count]


async def lifecycle(border: Border, movement: str, consignment: str) -> None:
    """A whole one, from the border to completion."""
    await border.go(PLAIN, Lorry(movement=movement, consignments=(consignment,)))
    await completed(border, consignment)


async def completed(border: Border, consignment: str) -> None:
    await border.until_recorded("release", f"consignment/{consignment}", "ClearanceCompleted")


@pytest.mark.parametrize("count", [3_000, pytest.param(100_000, marks=pytest.mark.long)])
async def test_malformed_records_cost_only_their_own_stream(
    besieged: Stack, at_work: Border, capsys: pytest.CaptureFixture[str], count: int
) -> None:
    before = memory(besieged)
    offset = count % 7 * 40
    work = shipments(offset + 8)[offset:]
    fork(besieged, FORKED)
    write_as_arrival(besieged, UNKNOWN, "NeverHeardOf", {"what": [1, 2]})
    write_as_arrival(besieged, POISONED, "GoodsCrossed", {"consignment": 7})
    going = [asyncio.create_task(lifecycle(at_work, *each)) for each in work[:4]]
    taken = await asyncio.to_thread(flood, besieged, count)
    await asyncio.gather(*going)
    await asyncio.gather(*(lifecycle(at_work, *each) for each in work[4:]))
    after = memory(besieged)
    with capsys.disabled():
        print(f"\n{taken} malformed records on the topics; {len(work)} lifecycles; MiB {before} -> {after}")
    assert taken == count
    assert max(after.values()) < MEMORY_MIB_MAX


async def test_what_stopped_is_said_and_nothing_else_has(besieged: Stack, at_work: Border) -> None:
    for service in ("presentation", "clearance", "release"):
        health = await at_work.read_page(service, "/health")
        assert health["status"] == "troubled", health
        assert [f"arrival/{FORKED} holds another entry" in trouble for trouble in health["troubles"]] == [True], health
    assert (await at_work.read_page("arrival", "/health"))["status"] == "ok"


async def test_what_cannot_be_read_is_parked_where_it_is_heard(at_work: Border) -> None:
    parked = await at_work.read_page("clearance", "/parked")
    assert {item["stream"] for item in parked["items"]} == {POISONED}


async def test_the_audit_names_what_was_planted(besieged: Stack, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert await verify(besieged.kafka, besieged.postgres_admin) == 1
    said = capsys.readouterr().out
    assert POISONED in said or UNKNOWN in said, said  # Whichever stands on the first partition.


async def test_what_says_everywhere_that_it_is_an_entry_stops_nobody_whose_entries_come(
    besieged: Stack, at_work: Border
) -> None:
    movement, consignment = shipments(300)[-1]
    places = {partition_of(f"movement/{movement}"), partition_of(f"consignment/{consignment}")}
    lorry = Lorry(movement=movement, consignments=(consignment,))
    await at_work.go(PLAIN[:1], lorry)
    for place in places:
        fork(besieged, place)
        forge(besieged, place, 1, FAR)
    await at_work.go(PLAIN[1:2], lorry)
    for place in places:
        forge(besieged, place, 1)
    await at_work.go(PLAIN[2:], lorry)
    await completed(at_work, consignment)
