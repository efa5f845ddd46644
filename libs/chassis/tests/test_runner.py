"""The runner, the journal, the relay and the reader, on a real broker and a real database."""

import asyncio
import json
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import asyncpg
import pytest

from chassis import running
from chassis.api.commands import CommandReader
from chassis.consume import inboxes
from chassis.service import Service
from chassis.tests.parcels import JUDGE, KEEPER, SENDER, UNSTORABLE
from chassis.tests.workbench import SOMEBODY, Bench, chain_of, send
from chassis.write import journal, work
from chassis.write.batch import Batch
from chassis.write.inputs import Answer, CommandEnvelope
from entries.entry import partition_of
from intake.turns import LARGE_BYTES, TURN_BYTES


def parcel(name: str, key: str, **more: object) -> bytes:
    return json.dumps({"parcel": name, "idempotency_key": key, **more}).encode()


def read(answer: Answer) -> dict[str, object]:
    told: dict[str, object] = json.loads(answer.body)
    return told


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 30.0) -> None:
    """Waits for a condition; the time is a bound against hanging, not a measure."""
    async with asyncio.timeout(seconds):
        while not await condition():  # noqa: ASYNC110 - what is waited for is in another process
            await asyncio.sleep(0.05)


async def kept(bench: Bench, count: int) -> bool:
    (row,) = await bench.rows(KEEPER, "SELECT count(*) FROM journal WHERE type = 'Kept'")
    return bool(row["count"] == count)


async def published(bench: Bench, count: int, service: Service = SENDER) -> bool:
    lines = await bench.topic(service)
    return sum(len(of) for of in lines.values()) >= count


async def test_a_command_that_raises_costs_only_itself(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        first, second, third = await send(
            runner, SENDER, parcel("P1", "a"), parcel("P1", "b"), parcel("P2", "c", broken=True)
        )
        assert [answer.status for answer in (first, second, third)] == [200, 200, 500]
        case = f"sender/{partition_of('parcel/P2')}/1"
        assert read(third)["case"] == case
        rows = await bench.rows(SENDER, "SELECT type FROM journal WHERE stream = 'parcel/P1' ORDER BY position")
        assert [row["type"] for row in rows] == ["Send", "Sent", "Send", "Sent"]
        rows = await bench.rows(SENDER, "SELECT state FROM states ORDER BY stream")
        assert [row["state"] for row in rows] == [b'{"sent":2}', b"{}"]
        (again,) = await send(runner, SENDER, parcel("P2", "c", broken=True))
        assert again == third


async def test_a_state_that_does_not_come_back_costs_only_the_command_that_leads_to_it(bench: Bench) -> None:
    """Though it is seen only once all of its batch was decided."""
    await bench.fresh(SENDER)
    UNSTORABLE.add(("Sent", "P2"))
    try:
        async with bench.run(SENDER) as runner:
            answers = await send(
                runner, SENDER, parcel("P1", "a"), parcel("P2", "b"), parcel("P1", "c"), parcel("P3", "d")
            )
    finally:
        UNSTORABLE.clear()
    assert [answer.status for answer in answers] == [200, 500, 200, 200]
    rows = await bench.rows(SENDER, "SELECT type FROM journal WHERE stream = 'parcel/P2' ORDER BY position")
    assert [row["type"] for row in rows] == ["Send", "CaseOpened"]
    rows = await bench.rows(SENDER, "SELECT state FROM states ORDER BY stream")
    assert [row["state"] for row in rows] == [b'{"sent":2}', b"{}", b'{"sent":1}']


async def test_a_key_is_answered_once_and_for_ever_the_same(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        (first,) = await send(runner, SENDER, parcel("P1", "a"))
        same, other, twice, twice_again = await send(
            runner, SENDER, parcel("P1", "a"), parcel("P2", "a"), parcel("P3", "b"), parcel("P3", "b")
        )
    assert same == first
    assert other.status == 422
    assert twice == twice_again
    async with bench.run(SENDER) as runner:
        assert await send(runner, SENDER, parcel("P1", "a")) == [first]
    assert len(await bench.rows(SENDER, "SELECT FROM journal WHERE kind = 'input'")) == 2


async def test_what_one_stream_tells_another_arrives_once_on_its_own_partition(bench: Bench) -> None:
    await bench.fresh(SENDER)
    commands = [parcel(f"P{number}", f"k{number}", box="B1") for number in range(50)]

    async def all_told() -> bool:
        return len(await bench.rows(SENDER, "SELECT FROM journal WHERE stream = 'box/B1' AND type = 'Boxed'")) >= 50

    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, *commands)
        await until(all_told)
        (again,) = await send(runner, SENDER, parcel("P1", "another", box="B1"))
        assert read(again)["outcome"] == "recorded"
        await until(lambda: emptied(bench))
    rows = await bench.rows(SENDER, "SELECT type, partition FROM journal WHERE stream = 'box/B1'")
    assert sorted(row["type"] for row in rows) == ["Box"] * 51 + ["Boxed"] * 50
    assert {row["partition"] for row in rows} == {partition_of("box/B1")}


async def emptied(bench: Bench) -> bool:
    return not await bench.rows(SENDER, "SELECT FROM agenda")


async def test_the_topic_is_the_journal_again(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, *(parcel(f"P{number}", f"k{number}") for number in range(300)))
        await until(lambda: published(bench, 600))
    for partition, lines in (await bench.topic(SENDER)).items():
        rows = await bench.rows(
            SENDER, "SELECT position, kind, stream, chain, value FROM journal WHERE partition = $1 ORDER BY position",
            partition,
        )  # fmt: skip
        assert [tuple(row) for row in rows] == [tuple(line) for line in lines]
        assert [line.position for line in lines] == list(range(1, len(lines) + 1))
        assert not lines or lines[-1].chain == chain_of([line.value for line in lines])


async def test_a_service_cannot_change_what_it_wrote(bench: Bench) -> None:
    await bench.fresh(SENDER)
    login = await asyncpg.connect(bench.url(SENDER))
    for statement in ("UPDATE journal SET value = ''", "DELETE FROM journal", "TRUNCATE journal"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await login.execute(statement)
    await login.close()


@dataclass
class Rests:
    """Counts what the judge recorded of parcels before it knew that they were kept."""

    early: int = 0
    recorded: int = 0


async def late_judge(bench: Bench) -> Rests:
    """A judge that starts when both topics already hold a backlog; each `Kept` of the keeper rests on a `Sent`."""
    await bench.fresh(SENDER, KEEPER, JUDGE)
    async with bench.run(SENDER) as sender, bench.run(KEEPER):
        await send(sender, SENDER, *(parcel(f"P{number}", f"k{number}") for number in range(200)))

        await until(lambda: published(bench, 400))
        await until(lambda: published(bench, 200, KEEPER))
    found = Rests()
    decide = JUDGE.kinds["parcel"].decide

    def watched(command: object, state: object) -> object:
        if type(command.content).__name__ == "Kept":  # type: ignore[attr-defined]
            found.recorded += 1
            found.early += state.sent == 0  # type: ignore[attr-defined]
        return decide(command, state)  # type: ignore[arg-type]

    JUDGE.kinds["parcel"].decide = watched  # type: ignore[assignment]
    try:
        async with bench.run(JUDGE):

            async def all_heard() -> bool:
                return found.recorded >= 200

            await until(all_heard)
    finally:
        JUDGE.kinds["parcel"].decide = decide
    return found


async def test_a_late_reader_meets_no_effect_before_its_cause(bench: Bench) -> None:
    assert await late_judge(bench) == Rests(early=0, recorded=200)


async def test_a_reader_that_ignores_seen_is_caught(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inboxes, "reached", lambda seen, applied: True)
    monkeypatch.setattr(Batch, "_reaches", lambda batch, heard: True)  # The writer's own care.
    assert (await late_judge(bench)).early > 0


async def test_a_partition_that_has_forked_stops_and_the_others_go_on(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 2))
    await bench.rows(SENDER, "UPDATE journal SET chain = sha256('another') WHERE position = 2")
    async with bench.run(SENDER) as runner:
        assert "a fork (docs/operating.md" in runner.stopped[partition_of("parcel/P1")]
        stopped, going = await send(runner, SENDER, parcel("P1", "b"), parcel("P2", "c"))
        assert (stopped.status, going.status) == (503, 200)
        assert any("a fork" in trouble for trouble in runner.troubles())
    assert len(await bench.rows(SENDER, "SELECT FROM journal WHERE stream = 'parcel/P1'")) == 2


async def test_a_topic_that_lost_its_tail_gets_it_again(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, *(parcel(f"P{number}", f"k{number}") for number in range(50)))
        await until(lambda: published(bench, 100))
    await bench.lose_topic(SENDER)
    async with bench.run(SENDER):
        await until(lambda: published(bench, 100))


async def test_what_the_database_refuses_for_good_costs_only_its_own_input(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        first, refused, third = await send(
            runner, SENDER, parcel("P1", "a"), parcel("P2", "b"), parcel("P3", "c"), subjects=("s", "s\x00", "s")
        )
    assert [answer.status for answer in (first, refused, third)] == [200, 500, 200]
    assert read(refused)["type"] == "/problems/not-recorded"
    rows = await bench.rows(SENDER, "SELECT stream FROM journal WHERE kind = 'input' ORDER BY stream")
    assert [row["stream"] for row in rows] == ["parcel/P1", "parcel/P3"]


async def test_a_command_does_not_wait_for_a_long_agenda(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, parcel("P", "many", box="B", boxes=3000))
        (answer,) = await send(runner, SENDER, parcel("P", "in between"))
        assert answer.status == 200
        assert len(await bench.rows(SENDER, "SELECT FROM agenda")) > 1000
        await until(lambda: emptied(bench))
    assert len(await bench.rows(SENDER, "SELECT FROM journal WHERE type = 'Boxed'")) == 3000


async def test_what_a_batch_did_not_get_to_comes_next_and_in_order(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "BATCH_SECONDS", 0.0)  # So that none gets far.
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as runner:
        answers = await send(runner, SENDER, *(parcel("P1", f"k{number}") for number in range(100)))
    told = [int(read(answer)["receipt"]["id"].rpartition("/")[2]) for answer in answers]  # type: ignore[index]
    assert told == sorted(told)


async def test_one_command_does_not_wait_for_another_clients_thousands(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "BATCH_SECONDS", 0.0)
    await bench.fresh(SENDER)
    command_reader, loop = (
        CommandReader(service=SENDER, route=SENDER.routes[0], subject=SOMEBODY),
        asyncio.get_running_loop(),
    )
    thousands = [
        command_reader.read(parcel(f"P{n % 100}", f"k{n}"))._replace(answer=loop.create_future()) for n in range(5_000)
    ]
    async with bench.run(SENDER) as runner:
        waiting = runner.submit(thousands)
        await send(runner, SENDER, parcel("P", "k"), subjects=("another",))
        answered = sum(command.answer.done() for command in thousands if command.answer)
        waiting.cancel()
    assert answered * len(thousands[0].data) < 3 * TURN_BYTES


async def test_what_is_large_is_decided_alone_and_beside_the_loop(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits beside it would wait for it, and the loop with everybody."""
    threads: dict[str, int] = {}
    sizes: list[list[str]] = []

    class Watched(Batch):
        def decide_command(self, command: CommandEnvelope) -> Answer:
            threads[command.key] = threading.get_ident()
            return super().decide_command(command)

    async def saved(connection: object, batch: Batch) -> None:
        sizes.append([key for _, key in batch.new_receipts])
        await save(connection, batch)

    save = journal.save
    monkeypatch.setattr(running, "Batch", Watched)
    monkeypatch.setattr(journal, "save", saved)
    await bench.fresh(SENDER)
    large = parcel("P1", "large", box="x" * LARGE_BYTES, boxes=0)
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, parcel("P1", "first"), large, parcel("P1", "last"))
    assert [keys for keys in sizes if keys] == [["first"], ["large"], ["last"]]
    assert threads["large"] != threads["first"] == threads["last"] == threading.get_ident()
