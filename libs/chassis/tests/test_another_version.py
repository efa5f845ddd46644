"""After a rollback: what the next version wrote and this one cannot read costs its stream, until that one is back."""

import asyncio
import json
import os
from collections import deque
from dataclasses import dataclass, replace
from datetime import datetime
from types import SimpleNamespace
from typing import Any, Literal, cast

import orjson
import pytest

from chassis.api.views import Views
from chassis.consume import reading
from chassis.consume.inboxes import heard_of
from chassis.recover.replaying import Disagreement, Replay
from chassis.running import Runner
from chassis.service import Decider, Service
from chassis.tests.parcels import KEEPER, SENDER, Box, Boxed, Count, Event, Kept, Sent, contract, decider, evolve
from chassis.tests.test_clocks import kept_from_looking
from chassis.tests.test_deadlines import NOON
from chassis.tests.test_parking import kept, parked
from chassis.tests.test_runner import emptied, parcel, published, read, until
from chassis.tests.workbench import Bench, send
from chassis.write.batch import Batch
from chassis.write.inputs import UNHEARD, PartitionHead
from decider import Due, Input
from deploy.audit.tests.test_folding import command
from entries.entry import START, Line, partition_of

SECTION = "(docs/operating.md, What this version cannot read)"


class Wrapped(Event):
    """An event that the present version does not know."""

    type: Literal["Wrapped"] = "Wrapped"
    box: str


@dataclass(frozen=True, kw_only=True)
class Wrap:
    """A command that it does not know."""

    box: str


@dataclass(frozen=True, kw_only=True)
class Counted(Count):
    """A state with a field that it does not know."""

    wrapped: int = 0


@dataclass(frozen=True, kw_only=True)
class FragileBox:
    """A command that it knows, with a field that it does not."""

    box: str
    parcel: str
    fragile: bool = False


FragileBox.__name__ = "Box"


@pytest.fixture(autouse=True)
def living(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job that dies does not end the process of the tests."""
    monkeypatch.setattr(os, "_exit", lambda code: None)


def next_decider(*hears: type, tells: str = "") -> Decider:
    """What the next version decides: it wraps what is sent, and counts that."""
    present = decider(*hears)

    def decide(command: Input[Any], state: Any) -> list[Any]:
        if isinstance(command.content, Wrap):
            return [Wrapped(box="next")]
        if isinstance(command.content, FragileBox):
            return [Boxed(box=command.content.box, parcel=command.content.parcel)]
        return [
            *present.decide(command, state),
            *([] if tells or isinstance(command.content, Due) else [Wrapped(box="next")]),
        ]

    def fold(state: Counted, event: Any, recorded: datetime) -> Counted:
        if isinstance(event, Wrapped):
            return replace(state, wrapped=state.wrapped + 1, due=((datetime.fromisoformat("2026-01-01T00:00Z"), "X"),))
        return cast(Counted, evolve(state, event, recorded))

    def react(event: Any) -> list[tuple[str, Any]]:
        if not isinstance(event, Sent):
            return []
        told: dict[str, list[tuple[str, Any]]] = {
            "a command": [(f"box/{event.parcel}", Wrap(box="W"))],
            "a field": [(f"box/{event.parcel}", FragileBox(box="W", parcel="P", fragile=True))],
            "a kind": [(f"crate/{event.parcel}", Box(box="W", parcel="P"))],
        }
        return told.get(tells, [])

    names = {**vars(cast(Any, present)), "INITIAL": Counted(), "decide": decide, "evolve": fold, "react": react}
    return cast(Decider, SimpleNamespace(**names))


def next_version(of: Service, *hears: type, tells: str = "") -> Service:
    one = next_decider(*hears, tells=tells)
    internal_commands = (FragileBox,) if tells == "a field" else (Box, Wrap)
    return replace(
        of, writes=contract(of.topic, *of.writes.EVENTS, Wrapped), internal_commands=internal_commands,
        deciders={**dict.fromkeys(of.deciders, one), "crate": one},
    )  # fmt: skip


NEXT = next_version(SENDER)


@pytest.mark.parametrize("what", ["a command", "a field", "a kind"])
async def test_a_told_command_of_another_version_waits_for_it_and_nobody_else_does(bench: Bench, what: str) -> None:
    following = next_version(SENDER, tells=what)
    await bench.fresh(SENDER)
    async with bench.run(following) as runner:
        with kept_from_looking(runner):
            await send(runner, following, *(parcel(f"P{n}", f"n{n}") for n in range(120)))
            await until(lambda: published(bench, 240))
    async with bench.run(SENDER) as runner:
        await send(runner, SENDER, parcel("Q", "q", box="B"))
        await until(lambda: boxed(bench), 10)

        async def all_named() -> bool:
            return [said.partition(", and ")[2] for said in runner.troubles()] == [
                f"119 more streams like it {SECTION}"
            ]

        await until(all_named, 5)
        looks = looked(runner)
        await asyncio.sleep(1.2)
        assert looks.count < 8
    assert len(await bench.rows(SENDER, "SELECT FROM agenda")) == 120
    async with bench.run(following):
        await until(lambda: emptied(bench), 20)


async def boxed(bench: Bench) -> bool:
    return bool(await bench.rows(SENDER, "SELECT FROM journal WHERE stream = 'box/B' AND type = 'Boxed'"))


def looked(runner: Runner) -> SimpleNamespace:
    """Counts how often the agenda is read from now on."""
    look, counted = runner.scheduler._look, SimpleNamespace(count=0)

    async def counting(stopped: Any) -> Any:
        counted.count += 1
        return await look(stopped)

    runner.scheduler._look = counting  # type: ignore[method-assign]
    return counted


async def test_a_state_of_another_version_costs_its_stream_and_stays_as_it_is(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(NEXT) as runner:
        with kept_from_looking(runner):
            (first,) = await send(runner, NEXT, parcel("P", "a"))
            await until(lambda: published(bench, 3))
    (before,) = await bench.rows(SENDER, "SELECT * FROM states")
    async with bench.run(SENDER) as runner:
        again, refused, other = await send(runner, SENDER, parcel("P", "a"), parcel("P", "b"), parcel("Q", "c"))
        assert [answer.status for answer in (again, refused, other)] == [503, 503, 200]
        assert read(again)["type"] == read(refused)["type"] == "/problems/another-version"
        assert any(said.startswith("parcel/P waits: ") and said.endswith(SECTION) for said in runner.troubles())
        found = await Views(SENDER, runner.relay._database, runner.gate).stream("parcel", "P", 0)
        shown = orjson.loads(orjson.dumps(found))
        assert (shown["unread"], shown["state"]["wrapped"], len(shown["timeline"])) == (True, 1, 3)
        await asyncio.sleep(1)  # Its deadline has passed, and does not fire here.
    assert await bench.rows(SENDER, "SELECT * FROM states WHERE stream = 'parcel/P'") == [before]
    async with bench.run(NEXT) as runner:
        assert await send(runner, NEXT, parcel("P", "a")) == [first]
        (second,) = await send(runner, NEXT, parcel("P", "b"))
        assert second.status == 200


async def test_what_is_heard_on_a_state_of_another_version_is_parked_and_the_partition_goes_on(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    following = next_version(KEEPER, Sent)
    other = next(f"Q{n}" for n in range(999) if partition_of(f"parcel/Q{n}") == partition_of("parcel/P1"))
    async with bench.run(SENDER) as sender:
        async with bench.run(following):
            await send(sender, SENDER, parcel("P1", "a"))
            await until(lambda: published(bench, 2, KEEPER))
        async with bench.run(KEEPER):
            await send(sender, SENDER, parcel("P1", "b"), parcel(other, "c"))
            records = await parked(bench, 1)
            await until(lambda: kept(bench, other), 10)
        async with bench.run(following):
            pass
    rows = await bench.rows(KEEPER, "SELECT state, sequence FROM states WHERE stream = 'parcel/P1'")
    assert [(json.loads(row["state"])["wrapped"], row["sequence"]) for row in rows] == [(1, 3)]
    assert len(records) == 1


async def test_entries_of_another_version_are_not_taken_back_and_stop_their_partition_alone(bench: Bench) -> None:
    await bench.fresh(SENDER)
    async with bench.run(SENDER):
        pass
    await bench.copy(SENDER)
    async with bench.run(NEXT) as runner:
        with kept_from_looking(runner):
            (first,) = await send(runner, NEXT, parcel("P", "a"))
            await until(lambda: published(bench, 3))
    await bench.put_back(SENDER)
    async with bench.run(SENDER) as runner:
        stopped, going = await send(runner, SENDER, parcel("P", "b"), parcel("Q", "c"))
        assert (stopped.status, going.status) == (503, 200)
        assert any("cannot be read by this version" in said and said.endswith(SECTION) for said in runner.troubles())
    async with bench.run(NEXT) as runner:
        assert await send(runner, NEXT, parcel("P", "a")) == [first]


def test_a_parked_record_that_only_another_version_takes_is_not_taken_back() -> None:
    """It would stand there without what it says, and that version could not re-drive it."""
    following = replace(KEEPER, deciders={"parcel": decider(Sent, Wrapped)})
    sender, keeper = Batch(NEXT, NOON), Batch(following, NOON)
    for batch in (sender, keeper):
        batch.writer.heads[0] = PartitionHead(0, START, NOON)
    keeper.writer.consumed["sender", 0] = UNHEARD
    sender.decide_command(command("P1", "k"))
    lines = [Line(e.position, e.kind, e.stream, e.chain, e.value) for e in sender.writer.entries]
    chains = [START, *(line.chain for line in lines)]
    there, here = (
        [heard_of(("sender", 0), line, chain, 0, by) for line, chain in zip(lines, chains, strict=False)]
        for by in (following, KEEPER)
    )
    there[2] = there[2]._replace(content=None, trouble="choked")
    assert [keeper.decide_event(one) for one in there] == ["applied"] * 3
    assert [entry.type for entry in keeper.writer.entries] == ["Kept", "Parked"]
    replay = Replay(Batch(KEEPER, NOON), 0, {"sender": deque(here)})
    first, second = (Line(e.position, e.kind, e.stream, e.chain, e.value) for e in keeper.writer.entries)
    replay.own(first)
    with pytest.raises(Disagreement, match="is nothing that this version takes"):
        replay.own(second)


async def test_fences_of_somebody_whom_this_version_does_not_hear_are_left_alone(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LOOK_AGAIN_SECONDS", 0.1)
    await bench.fresh(SENDER, replace(KEEPER, hears={**KEEPER.hears, "judge": contract("test.judge.v1", Kept)}))
    async with bench.run(KEEPER) as keeper:
        assert keeper.reader
        reporting = asyncio.create_task(keeper.reader.report_offsets())
        await asyncio.wait([reporting], timeout=1.5)
        assert not reporting.done()
        reporting.cancel()
