"""Spans where it is hard to have each of them once: commits in doubt, batches that run again, parked records."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from prometheus_client.parser import text_string_to_metric_families

from chassis.running import Runner
from chassis.service import Service
from chassis.tests.parcels import KEEPER, POISONOUS, SENDER
from chassis.tests.test_batch import heard, keeper, sent
from chassis.tests.test_runner import emptied, parcel, published, until
from chassis.tests.workbench import Bench, send
from chassis.write import journal
from chassis.write.batch import Batch
from chassis.write.inputs import ConsumerPosition, UpstreamEvent
from chassis.write.parking import Breaker
from telemetry import Telemetry, names
from telemetry.tests.shapes import CALLER, Memory
from telemetry.tests.test_traces import own, parent, said
from telemetry.traces import Traces

Commit = Callable[[Any], Awaitable[Batch | None]]


def traced(runner: Runner) -> Memory:
    """Keeps this runner's spans from now on."""
    memory = Memory()
    runner.telemetry.traces.tracer = memory.provider.get_tracer("test")
    return memory


def named(spans: Iterable[ReadableSpan], name: str) -> list[ReadableSpan]:
    return [span for span in spans if span.name.partition(" ")[0] == name]


async def written_under(bench: Bench, service: Service, span: ReadableSpan) -> tuple[str, ...]:
    """The ids of the entries in the journal that carry the span's context, in order."""
    query = "SELECT partition, position FROM journal WHERE traceparent LIKE $1 ORDER BY 1, 2"
    rows = await bench.rows(service, query, f"00-{own(span)}-%")
    return tuple(f"{service.name}/{row['partition']}/{row['position']}" for row in rows)


def fails_once(do: Callable[..., Awaitable[Any]], after: bool) -> Callable[..., Awaitable[Any]]:
    """The connection is lost, the first time, before it is done or after."""
    failed: list[bool] = []

    async def once(*command: Any) -> Any:
        done = await do(*command) if after or failed else None
        if not failed:
            failed.append(True)
            raise ConnectionResetError
        return done

    return once


@pytest.mark.parametrize("committed", [True, False])
async def test_a_batch_that_runs_again_has_each_span_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, *(parcel(f"P{n}", f"k{n}") for n in range(5)))
        await until(lambda: published(bench, 10))
    async with bench.run(KEEPER) as runner:
        memory = traced(runner)
        if committed:
            monkeypatch.setattr(runner, "_commit", fails_once(runner._commit, after=True))
        else:
            monkeypatch.setattr(journal, "save", fails_once(journal.save, after=True))

        async def all_ended() -> bool:
            return len(named(memory.spans, names.PROCESS)) >= 5

        await until(all_ended)
        await send(runner, KEEPER, parcel("P9", "last"))
        text = (await runner.telemetry.text()).decode()
    spans = named(memory.spans, names.PROCESS)
    assert len({said(span, names.MESSAGE_ID) for span in spans}) == len(spans) == 5
    for span in spans:
        assert said(span, names.EVENTS) == ("Kept",)
        assert said(span, names.ENTRIES) == await written_under(bench, KEEPER, span)
    rows = await bench.rows(KEEPER, "SELECT FROM journal")
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert sum(one.value for one in families["serhet_entries_written"].samples) == len(rows) == 7


async def test_what_is_told_is_a_child_of_what_told_it(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        memory = traced(runner)
        await send(runner, SENDER, parcel("P1", "a", box="B1"))
        await until(lambda: emptied(bench))
        await send(runner, SENDER, parcel("P1", "b"))
    (told,) = named(memory.spans, names.TOLD)
    (row,) = await bench.rows(SENDER, "SELECT traceparent FROM journal WHERE type = 'Sent' AND position = 2")
    assert parent(told) == row["traceparent"][3:-3]
    assert said(told, names.EVENTS) == ("Boxed",)
    assert said(told, names.ENTRIES) == await written_under(bench, SENDER, told)
    assert said(told, names.CAUSE) in await _ids(bench, "Sent")


async def _ids(bench: Bench, type_: str) -> set[str]:
    rows = await bench.rows(SENDER, "SELECT partition, position FROM journal WHERE type = $1", type_)
    return {f"sender/{row['partition']}/{row['position']}" for row in rows}


async def test_a_deadline_begins_a_trace(bench: Bench) -> None:
    alone = replace(KEEPER, hears={})
    await bench.fresh(alone)
    soon = (datetime.now(UTC) + timedelta(seconds=0.5)).isoformat()
    async with bench.run(alone) as runner:
        memory = traced(runner)
        await send(runner, alone, parcel("P1", "a", until=soon))

        async def fired() -> bool:
            return bool(named(memory.spans, names.DUE))

        await until(fired)
    (due,) = named(memory.spans, names.DUE)
    assert (parent(due), said(due, names.EVENTS)) == (None, ("Overdue",))
    assert len(said(due, names.ENTRIES)) == 2
    assert said(due, names.ENTRIES) == await written_under(bench, alone, due)


async def test_a_record_that_is_parked_has_one_span(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    POISONOUS.add("P1")
    try:
        async with bench.run(SENDER) as sender, bench.run(KEEPER) as runner:
            memory = traced(runner)
            await send(sender, SENDER, parcel("P1", "a"))

            async def ended() -> bool:
                return bool(named(memory.spans, names.PROCESS))

            await until(ended)
            await asyncio.sleep(0)
    finally:
        POISONOUS.clear()
    (span,) = named(memory.spans, names.PROCESS)
    assert said(span, names.EVENTS) == ("Parked",)


def expecting(first: UpstreamEvent) -> Batch:
    """A keeper's batch in which this record is the next one."""
    batch = keeper()
    batch.writer.consumed["sender", 0] = ConsumerPosition(first.position - 1, first.previous, 0)
    return batch


def record(parcel: str) -> UpstreamEvent:
    return next(one._replace(traceparent=CALLER) for one in heard(sent(parcel)) if one.stream)


def test_a_record_that_may_not_even_be_parked_leaves_no_span(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chassis.tests.parcels.POISONOUS", {"P1"})
    memory, first = Memory(), record("P1")
    batch = expecting(first)
    batch.traced = Traces({"sender": "test.sender.v1"}, memory.provider).batch(Telemetry(KEEPER).metrics)
    batch.breaker = Breaker(open={(0, "RuntimeError in Sent"): "so many"})
    assert batch.decide_event(first) == "paused"
    batch.traced.committed(batch.writer.entries)
    assert memory.spans == []


def test_without_spans_what_follows_carries_what_it_always_carried() -> None:
    first = record("P1")
    batch = expecting(first)
    assert batch.decide_event(first) == "applied"
    assert [entry.traceparent for entry in batch.writer.entries] == [CALLER]
    assert [entry.said["traceparent"] for entry in batch.writer.entries] == [CALLER]
