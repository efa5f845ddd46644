"""`release` starts late and finds a backlog on three topics: it meets no effect before its cause."""

import asyncio
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from chassis.consume import inboxes
from chassis.service import Contract
from chassis.tests.workbench import Bench
from chassis.write.batch import Batch, Verdict
from chassis.write.inputs import UpstreamEvent
from client.scenarios.documents import note
from deploy.local.stack import Stack
from release.app import SERVICE
from tests.replay.conftest import RUN

LATE = replace(
    SERVICE,
    name="late-release",
    writes=cast(Contract, SimpleNamespace(TOPIC="late.release.v1", EVENTS=SERVICE.writes.EVENTS)),
    hears=dict(reversed(list(SERVICE.hears.items()))),
)
"""The same deciders without a past; of what waits, effects are looked at first, so that only `seen` puts them right."""


class Watch:
    """Counts what was applied, and what of it rested on something that was not applied yet."""

    def __init__(self) -> None:
        self.applied = 0
        self.too_early = 0

    def note(self, batch: Batch, heard: UpstreamEvent) -> None:
        consumed = {upstream: batch.writer.consumed[upstream, heard.partition].position for upstream in LATE.hears}
        self.applied += 1
        self.too_early += any(consumed[upstream] < position for upstream, position in heard.seen)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    watching, decide = Watch(), Batch.decide_event

    def watched(batch: Batch, heard: UpstreamEvent) -> Verdict:
        watching.note(batch, heard)
        return decide(batch, heard)

    monkeypatch.setattr(Batch, "decide_event", watched)
    return watching


async def catch_up(bench: Bench, stack: Stack) -> None:
    """Starts the late one and waits until it has applied all that the others have written."""
    await bench.fresh(LATE)
    ends = {name: await bench.ends_of(name) for name in LATE.hears}
    async with bench.run(LATE), asyncio.timeout(60):
        while {name: await bench.fences_of(LATE, name) for name in LATE.hears} != ends:  # noqa: ASYNC110 - in Postgres
            await asyncio.sleep(0.1)


async def test_a_release_that_starts_late_meets_no_effect_before_its_cause(
    bench: Bench, worked: Stack, watch: Watch
) -> None:
    await catch_up(bench, worked)
    assert watch.applied > 100
    assert watch.too_early == 0


async def test_a_release_that_ignores_what_records_have_seen_is_caught(
    bench: Bench, worked: Stack, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inboxes, "reached", lambda seen, applied: True)
    monkeypatch.setattr(Batch, "_reaches", lambda batch, heard: True)  # The writer's own care.
    await catch_up(bench, worked)
    assert watch.too_early > 0


async def test_a_release_that_starts_late_comes_to_the_same_states(bench: Bench, worked: Stack) -> None:
    await catch_up(bench, worked)
    # Of other tests' goods a release may know what nobody upstream has said.
    query = f"SELECT stream, state FROM states WHERE starts_with(stream, 'consignment/{note(RUN)}_') ORDER BY stream"
    late = {
        row["stream"]: LATE.kinds["consignment"].states.load(row["state"]).state
        for row in await bench.rows(LATE, query)
    }
    live = {
        row["stream"]: LATE.kinds["consignment"].states.load(row["state"]).state
        for row in await bench.rows(SERVICE, query)
    }
    assert late
    assert {stream: state.clearance for stream, state in late.items()} == {s: t.clearance for s, t in live.items()}
    assert {stream: state.arrival for stream, state in late.items()} == {s: t.arrival for s, t in live.items()}
