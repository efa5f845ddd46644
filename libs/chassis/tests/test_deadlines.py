"""A deadline is an input that a service gives itself: once, in its order, and not before everything can be seen."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chassis.tests.parcels import KEEPER, Fetch, Keep
from chassis.tests.test_runner import parcel, until
from chassis.tests.workbench import Bench, send
from chassis.write.batch import Batch
from chassis.write.inputs import CommandEnvelope, ConsumerPosition, PartitionHead
from entries.actor import Actor
from entries.entry import START

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
AT = NOON + timedelta(hours=1)


def batch_at(now: datetime, known_until: datetime | None = None) -> Batch:
    batch = Batch(KEEPER, now, {0: known_until} if known_until else {})
    batch.writer.heads[0] = PartitionHead(0, START, NOON)
    batch.writer.consumed["sender", 0] = ConsumerPosition(0, START, 0)
    return batch


def command(content: Keep | Fetch, key: str, occurred: datetime | None = None) -> CommandEnvelope:
    return CommandEnvelope(
        stream="parcel/P1", partition=0, type=type(content).__name__, content=content, data=b"{}", occurred=occurred,
        actor=Actor("somebody", "user"), client="somebody", key=key, requesthash=key, traceparent="",
    )  # fmt: skip


def after(batch: Batch, now: datetime) -> list[str]:
    batch.writer.now = now
    answer = batch.decide_command(command(Fetch(parcel="P1"), "fetch"))
    assert answer.status in (200, 503), answer
    return [entry.type for entry in batch.writer.entries]


def kept(known_until: datetime | None = None) -> Batch:
    batch = batch_at(NOON, known_until)
    batch.decide_command(command(Keep(parcel="P1", until=AT), "keep"))
    return batch


def test_an_act_before_the_deadline_or_at_the_very_instant_is_in_time() -> None:
    for now in (NOON, AT):
        assert after(kept(AT + timedelta(days=1)), now) == ["Keep", "Kept", "Fetch", "Fetched"]


def test_a_deadline_due_before_an_input_comes_before_it() -> None:
    batch = kept(AT + timedelta(days=1))
    assert after(batch, AT + timedelta(microseconds=1)) == ["Keep", "Kept", "Due", "Overdue", "Fetch", "Fetched"]
    due = json.loads(batch.writer.entries[2].value)
    assert (due["time"], due["client"]) == ("2026-03-02T13:00:00.000000Z", "agenda")
    assert not batch.loaded("parcel/P1", 0).state.due


def test_what_could_be_overlooked_is_waited_for() -> None:
    batch = kept(AT)  # Seen up to the instant, and not beyond it.
    assert after(batch, AT + timedelta(days=2)) == ["Keep", "Kept"]


def test_a_fact_in_the_future_is_no_entry() -> None:
    batch = batch_at(NOON)
    answer = batch.decide_command(command(Keep(parcel="P1"), "k", NOON + timedelta(microseconds=1)))
    assert (answer.status, batch.writer.entries) == (422, [])
    assert batch.decide_command(command(Keep(parcel="P1"), "k", NOON)).status == 200


async def test_a_deadline_fires_once_by_itself(bench: Bench) -> None:
    alone = replace(KEEPER, hears={}, deciders=KEEPER.deciders)
    await bench.fresh(alone)
    soon = (datetime.now(UTC) + timedelta(seconds=1)).isoformat()

    async def overdue() -> bool:
        return bool(await bench.rows(alone, "SELECT FROM journal WHERE type = 'Overdue'"))

    async with bench.run(alone) as runner:
        await send(runner, alone, parcel("P1", "a", until=soon))
        assert not await overdue()
        await until(overdue)
    async with bench.run(alone) as runner:
        await send(runner, alone, parcel("P2", "b", until=soon))
        (fetched,) = await send(runner, alone, parcel("P2", "c"))
        assert fetched.status == 200
    rows = await bench.rows(alone, "SELECT type FROM journal WHERE stream = 'parcel/P1' ORDER BY position")
    assert [row["type"] for row in rows] == ["Keep", "Kept", "Due", "Overdue"]
