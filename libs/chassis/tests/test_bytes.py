"""However much an entry or a state weighs, no more is read or kept at once than was meant; and each gets through."""

import asyncio
from collections.abc import Sequence

import pytest

from chassis import running
from chassis.consume import reading
from chassis.consume.inboxes import Partition, PartitionInbox
from chassis.publish import relay
from chassis.recover import recovery
from chassis.serving import closed
from chassis.tests.parcels import KEEPER, POISONOUS, SENDER
from chassis.tests.test_batch import heard, sent
from chassis.tests.test_catching_up import accounts, settled
from chassis.tests.test_deadlines import NOON
from chassis.tests.test_parking import REDRIVE, order, parked
from chassis.tests.test_runner import parcel, published, read, until
from chassis.tests.workbench import Bench, send
from chassis.write import journal, work
from chassis.write.batch import Batch
from chassis.write.inputs import UNHEARD, UpstreamEvent
from chassis.write.journal import Database, sql
from entries.entry import PARTITIONS, partition_of

LARGE = 40_000
"""So much a large command weighs here, and its event as much again."""
AT_ONCE = 200_000
NAMES = [next(f"P{n}" for n in range(999) if partition_of(f"parcel/P{n}") == place) for place in range(4)]


def large(name: str, number: int) -> bytes:
    return parcel(name, f"{name}-{number}", box="B" * LARGE, boxes=0)


async def of_transactions(bench: Bench, what: str) -> list[int]:
    """What was written in one transaction of the sender's, of each."""
    rows = await bench.rows(SENDER, f"SELECT {what} AS found FROM journal GROUP BY xmin::text")
    return [int(row["found"]) for row in rows]


async def test_the_relay_reads_so_much_of_all_partitions_and_of_the_first_one_a_whole_group(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.fresh(SENDER)
    monkeypatch.setattr(relay, "BYTES_PER_PARTITION", 1)
    monkeypatch.setattr(relay, "LARGEST_BYTES", AT_ONCE)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, *(large(name, number) for name in NAMES for number in range(6)))
        await until(lambda: published(bench, 48))
    for most, most_of_first, counts in (
        (1, AT_ONCE, {3: 5}),
        (3 * LARGE, 1, {3: 2, 0: 2, 2: 2, 1: 2}),
        (1, 1, {3: 1}),
        (2**40, 2**40, {3: 12, 0: 12, 2: 12, 1: 12}),
    ):
        rows = await bench.rows(SENDER, sql("read_unpublished"), [5, 3, 0, 2, 1], [0] * 5, 500, most, most_of_first)
        found = {number: sum(row["partition"] == number for row in rows) for number in (3, 0, 2, 1)}
        assert {number: count for number, count in found.items() if count} == counts
        assert {row["journal_end"] for row in rows} == {12}


def test_a_lane_knows_what_waits_in_it() -> None:
    inbox = PartitionInbox("sender", 0, UNHEARD)
    partition = Partition({"sender": inbox}, {"sender": 0})
    for one in (records := heard(sent("P1", "P1", "P1"))):
        inbox.records.append(one)
    inbox.weight = weighs = sum(len(one.value) for one in records)
    ready: Sequence[UpstreamEvent] = partition.ready(10)
    assert (len(ready), inbox.weight) == (6, 0)
    for one in reversed(ready):
        partition.put_back(one)
    assert inbox.weight == weighs > 0


async def test_what_waits_for_the_runner_stays_on_the_broker(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.fresh(SENDER, KEEPER)
    monkeypatch.setattr(relay, "BATCH_BYTES", AT_ONCE // 2)
    monkeypatch.setattr(reading, "FULL_BYTES", AT_ONCE)
    monkeypatch.setattr(running, "LOOK_AGAIN_SECONDS", 600.0)  # Nobody looks whether that is so.
    async with bench.run(KEEPER) as keeper:
        assert keeper.reader
        keeper.gate.stopped = dict.fromkeys(range(PARTITIONS), "nothing is decided here for a while")
        partitions = keeper.reader.partitions
        async with bench.run(SENDER) as sender:
            await send(sender, SENDER, *(large("P", number) for number in range(40)))
            await until(lambda: published(bench, 80))

        def waiting() -> PartitionInbox:
            return partitions[partition_of("parcel/P")].inboxes["sender"]

        async def full() -> bool:
            return len(partitions) == PARTITIONS and waiting().weight >= AT_ONCE

        await until(full)
        await asyncio.sleep(1.0)  # For what should not come.
        assert waiting().weight == sum(len(one.value) for one in waiting().records) < 3 * AT_ONCE
        keeper.gate.stopped = {}

        async def all_kept() -> bool:
            return len(await bench.rows(KEEPER, "SELECT FROM journal WHERE type = 'Kept'")) == 40

        await until(all_kept)


async def test_a_batch_reads_the_first_state_and_the_first_answer_and_what_has_room(bench: Bench) -> None:
    await bench.fresh(SENDER)
    names = [f"P{number}" for number in range(12)]
    async with bench.run(SENDER) as runner:
        first = await send(runner, SENDER, *(large(name, 0) for name in names))
    streams, keys = [f"parcel/{name}" for name in names], [("somebody", f"{name}-0") for name in names]
    database = await Database.connect(bench.url(SENDER), SENDER.name)
    for room, read_states, read_keys in ((1, 1, 1), (12, 2, 1), (AT_ONCE, 12, 3), (2**62, 12, 12)):
        batch = Batch(SENDER, NOON)
        async with database.pool.acquire() as connection, connection.transaction():
            await journal.load(connection, batch, range(PARTITIONS), reversed(streams), reversed(keys), room=room)
        assert {stream for stream, loaded in batch.states.items() if loaded.state} == set(streams[-read_states:])
        assert set(batch.remembered) == set(keys[-read_keys:])
        assert batch.unread == {*streams[:-read_states], *keys[:-read_keys]}
    await closed(database)
    assert {answer.status for answer in first} == {200}


async def test_of_what_is_parked_the_first_ones_are_read_and_can_be_redriven(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.fresh(SENDER, KEEPER)
    POISONOUS.add("P1")
    async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
        await send(sender, SENDER, *(large("P1", number) for number in range(6)))
        records = await parked(bench, 6)
        POISONOUS.clear()
        monkeypatch.setattr(running, "READ_BYTES", 2 * LARGE)
        assert (await order(keeper, REDRIVE, "all", records)).status == 413
        done = [await order(keeper, REDRIVE, f"from {n}", records[n : n + 2]) for n in (0, 2, 4)]
        assert [answer.status for answer in done] == [200] * 3
        assert await parked(bench, 0) == []


async def test_inputs_for_which_there_was_no_room_are_decided_by_the_next_batches(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    await bench.fresh(SENDER, KEEPER)
    names = [f"P{number}" for number in range(12)]
    monkeypatch.setattr(running, "READ_BYTES", 1)
    async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
        first = await send(sender, SENDER, *(parcel(name, f"{name}-0") for name in names))
        second = await send(sender, SENDER, *(parcel(name, f"{name}-1") for name in names))
        assert await send(sender, SENDER, *(parcel(name, f"{name}-0") for name in names)) == first
        assert [read(answer)["outcome"] for answer in (*first, *second)] == ["recorded"] * 24
        await settled(bench, sender, keeper)
    inputs = await of_transactions(bench, "count(*) FILTER (WHERE kind = 'input')")
    assert sorted(inputs)[:12] == [1] * 12, "each of the second ones by itself"


async def test_behind_a_large_input_the_time_is_looked_at(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.fresh(SENDER)
    monkeypatch.setattr(work, "BATCH_SECONDS", 0.0)
    monkeypatch.setattr(work, "LARGE_BYTES", LARGE)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, *(large(f"P{number}", 0) for number in range(8)))
    assert await of_transactions(bench, "count(*) FILTER (WHERE kind = 'input')") == [1] * 8


async def test_what_is_taken_back_at_once_is_bounded_and_whole(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
        answers = await send(sender, SENDER, *(large("P", number) for number in range(40)))
        await settled(bench, sender, keeper)
        before = await accounts(bench, SENDER)
    await bench.lose_database(SENDER)
    monkeypatch.setattr(recovery, "LARGEST_BYTES", AT_ONCE)
    monkeypatch.setattr(recovery, "READ_BYTES", AT_ONCE)
    async with bench.run(SENDER) as sender:
        assert await accounts(bench, SENDER) == before
        assert await send(sender, SENDER, *(large("P", number) for number in range(40))) == answers
    fetched = 1024 * 1024
    assert max(await of_transactions(bench, "sum(length(value))")) < AT_ONCE + fetched < 40 * 2 * LARGE
