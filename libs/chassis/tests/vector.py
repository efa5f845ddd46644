"""Where the machine of `test_rebuild_at_a_vector.py` works: its services, two writers, and what they commit."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from itertools import count
from typing import Any, Literal, TypeVar

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from chassis.consume.inboxes import Partition, PartitionInbox
from chassis.consume.read_barrier import ReadBarrier
from chassis.running import Runner
from chassis.service import PARKING_ROUTES, Service
from chassis.serving import closed
from chassis.tests import parcels
from chassis.tests.parcels import POISONOUS, Count, Sent, decider
from chassis.tests.workbench import Bench
from chassis.write import clock, journal
from chassis.write import work as deciding
from chassis.write.inputs import UNHEARD, Answer, CommandEnvelope, PassedDeadline, UpstreamEvent
from chassis.write.parking import Breaker
from decider import Due
from decider.instants import EARLIEST, LATEST
from deploy.audit.reading import Snapshot, snapshot
from entries.entry import partition_of
from servers.database import SESSION, Database
from servers.logins import at_database

Mode = Literal["one", "other", "both", "lost"]
T = TypeVar("T")
SHORT = settings(
    max_examples=54, stateful_step_count=30, derandomize=True, database=None, deadline=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip
LONG = settings(
    max_examples=600, stateful_step_count=50, database=None, deadline=None, suppress_health_check=list(HealthCheck)
)  # fmt: skip
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
TO_BE_MET = {("sender", each) for each in ("Sent", "Boxed", "CaseOpened")} | {
    ("keeper", each) for each in ("Kept", "Fetched", "Due", "Overdue", "Parked", "Redriven", "Discarded", "CaseOpened")
}
"""Without these, the histories are poorer than they were meant to be."""
PLACES = (0, 1)
"""The partitions on which everything happens."""


def names(kind: str, place: int) -> Iterator[str]:
    return (f"N{number}" for number in count() if partition_of(f"{kind}/N{number}") == place)


FIRST = names("parcel", PLACES[0])
PARCELS = (next(FIRST), next(FIRST), next(names("parcel", PLACES[1])))
BOX = next(names("box", PLACES[0]))
BOXES = next(f"N{n}" for n in count() if [partition_of(f"box/N{n}{which}") for which in (0, 1)] == list(PLACES))
"""As one box, and as two that stand on different partitions."""


@dataclass(frozen=True, kw_only=True)
class Noted(Count):
    """A state that also knows in which order it heard, and in which order it said, what it comes from."""

    heard: str = ""
    said: str = ""


def noting(state: Noted, event: Any, recorded: datetime) -> Noted:
    text = f"{event.name} {event.instant}" if isinstance(event, Due) else event.model_dump_json()
    counted = parcels.evolve(state, event, recorded)
    assert isinstance(counted, Noted)
    if isinstance(event, Sent):
        return replace(counted, heard=_noted(state.heard, text))
    return replace(counted, said=_noted(state.said, f"{type(event).__name__} {text}"))


def _noted(before: str, text: str) -> str:
    return sha256(f"{before} {text}".encode()).hexdigest()[:8]


def noted(service: Service, *hears: type) -> Service:
    """The service with deciders that fold such states."""
    one: Any = decider(*hears)
    one.INITIAL, one.evolve = Noted(), noting
    return replace(service, deciders=dict.fromkeys(service.deciders, one))


SENDER, KEEPER = noted(parcels.SENDER), noted(parcels.KEEPER, Sent)
SEND, KEEP, FETCH, (REDRIVE, DISCARD) = SENDER.routes[0], *KEEPER.routes[:2], PARKING_ROUTES


@dataclass(frozen=True, kw_only=True)
class How:
    """How a batch comes about: at once or with the next one, by which writers, by what clock, seeing how far.

    Of a command also its key, if it is no new one, and how long after now it occurred, if it says so. Behind `most`
    records the time for records is up, and behind as many commands that of the batch; 0: it is not.
    """

    hold: bool = False
    mode: Mode = "one"
    slow: bool = False
    sees: bool = True
    paused: bool = False
    key: str = ""
    since: timedelta | None = None
    most: int = 0

    @property
    def transactions(self) -> int:
        return 2 if self.mode in {"both", "lost"} else 1


@dataclass(kw_only=True)
class Work:
    heard: list[UpstreamEvent] = field(default_factory=list)
    passed: list[PassedDeadline] = field(default_factory=list)
    commands: list[CommandEnvelope] = field(default_factory=list)
    now: datetime = NOON
    transactions: int = 1

    def __bool__(self) -> bool:
        return bool(self.heard or self.passed or self.commands)


Decided = list[tuple[CommandEnvelope, Answer]]
MODES: tuple[Mode, ...] = ("one", "one", "other", "both", "lost")
RARELY = st.sampled_from([False] * 5 + [True])
SINCE = (*[None] * 8, *[timedelta(minutes=-5)] * 3, timedelta(days=1))
HOW = st.builds(
    How, hold=st.sampled_from([False, False, False, True]), mode=st.sampled_from(MODES), slow=RARELY,
    sees=RARELY.map(lambda rare: not rare), paused=RARELY, key=st.sampled_from(["", "", "", "", "", "k1", "k2"]),
    since=st.sampled_from(SINCE), most=st.sampled_from([0, 0, 0, 0, 1, 2]),
)  # fmt: skip
DEEDS = ("cured", "cured", "cured", "poisonous", "poisonous", "dry", "wrong", "discard", "discard", "discard")
PARCEL, PLACE, FEW = st.sampled_from(PARCELS), st.sampled_from(PLACES), st.sampled_from([1, 2, 100, 100])


class Lost(Exception):  # noqa: N818 - what became of a transaction
    """It was not committed."""


class Hall:
    """The two services' databases, with two writers at each: runners that nobody runs."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._loop = asyncio.Runner(loop_factory=asyncio.new_event_loop)
        self.writers: dict[str, list[Runner]] = {}
        self._databases: list[Database] = []
        self.owners: dict[str, Any] = {}

    def run(self, coroutine: Coroutine[Any, Any, T]) -> T:
        return self._loop.run(coroutine)

    def __enter__(self) -> "Hall":
        self.run(self._open())
        return self

    def __exit__(self, *error: object) -> None:
        self.run(self._close())
        self._loop.close()
        POISONOUS.clear()

    async def _open(self) -> None:
        await self._bench.fresh(SENDER, KEEPER)
        for service in (SENDER, KEEPER):
            name = service.name
            owner = await asyncpg.connect(at_database(self._bench.postgres, name))
            self.owners[name] = owner
            self.writers[name] = [await self._writer(service, f"{name}-{number}") for number in range(2)]

    async def _writer(self, service: Service, name: str) -> Runner:
        with pytest.MonkeyPatch.context() as quick:
            quick.setitem(SESSION, "synchronous_commit", "off")
            database = await Database.connect(self._bench.url(service), service.name)
        self._databases.append(database)
        runner = Runner(service, database, self._bench.kafka, name, ReadBarrier((), database, {}, None))
        runner.gate.open(database.home, {})  # There is nothing on a topic to catch up with.
        return runner

    async def _close(self) -> None:
        for database in self._databases:
            await closed(database)
        for owner in self.owners.values():
            await owner.close()

    async def empty(self) -> None:
        for owner in self.owners.values():
            for table in ("journal", "states", "receipts", "agenda", "parked"):
                await owner.execute(f"DELETE FROM {table}")
            await owner.execute("UPDATE counters SET position = 0, chain = DEFAULT, recorded = DEFAULT")
            await owner.execute("UPDATE fences SET position = 0, chain = DEFAULT, offset_next = DEFAULT")
        for runner in (each for pair in self.writers.values() for each in pair):
            runner.gate.open(runner.gate.home, {})

    async def snapshots(self, service: Service) -> dict[tuple[str, int], Snapshot]:
        name = service.name
        return {(name, place): await snapshot(self.owners[name], name, place) for place in PLACES}

    async def commit(self, service: Service, work: Work, how: How) -> tuple[list[Decided], Work]:
        """What was decided in each transaction that was committed, in their order; and what they did not get to."""
        done: list[tuple[Decided, Work]] = []

        async def one(writer: int) -> None:
            done.append(await self._commit(self.writers[service.name][writer], work, how))

        with time_and_clock(work.now, how.most):
            if how.mode == "lost":
                with pytest.raises(Lost), losing():
                    await one(0)
            writers = {"one": [0], "other": [1], "both": [0, 1], "lost": [1]}[how.mode]
            await asyncio.gather(*map(one, writers))
        return [decided for decided, _ in done], done[-1][1]

    async def _commit(self, runner: Runner, work: Work, how: How) -> tuple[Decided, Work]:
        """As the runner does it: its transaction, its order, and where it puts what it did not get to."""
        cause = "RuntimeError in Sent"
        runner._breaker = Breaker(open={(at, cause): cause for at in PLACES} if how.paused else {})
        runner.barrier.until = dict.fromkeys(PLACES, LATEST if how.sees else EARLIEST)
        loop = asyncio.get_running_loop()
        command = [one._replace(answer=one.answer or loop.create_future()) for one in work.commands]
        its = deciding.Work(commands=command, heard=work.heard, passed=work.passed)
        assert await runner._commit(its)
        return list(zip(work.commands, its.answers, strict=False)), self._put_back(runner, its)

    @staticmethod
    def _put_back(runner: Runner, its: deciding.Work) -> Work:
        """What stands in the runner's queue and in its reader's inboxes now."""
        inboxes = {
            place: Partition({SENDER.name: PartitionInbox(SENDER.name, place, UNHEARD)}, {SENDER.name: 0})
            for place in PLACES
        }
        for heard in its.heard:
            inboxes[heard.partition].applied[SENDER.name] = heard.position
        if runner.reader:
            runner.reader.partitions = inboxes
        runner.put_back(its)
        return Work(
            heard=[one for place in PLACES for one in inboxes[place].inboxes[SENDER.name].records],
            commands=[runner.queue.take()._replace(answer=None) for _ in range(len(runner.queue))],
        )


@dataclass
class Counted:
    """Time that is up behind so many inputs, of those that come first and of those behind them."""

    most: int
    inputs: Counter[float] = field(default_factory=Counter)

    def is_over(self, seconds: float) -> bool:
        self.inputs[seconds] += 1
        return self.inputs[seconds] % self.most == 0 and seconds <= deciding.BATCH_SECONDS


@contextmanager
def time_and_clock(now: datetime, most: int) -> Iterator[None]:
    """The database's clock stands at `now`, and a batch's time is up behind so many inputs."""
    load = journal.load

    async def loaded(connection: Any, batch: Any, *rest: Any, **more: Any) -> None:
        await load(connection, batch, *rest, **more)
        batch.writer.now = now

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(journal, "load", loaded)
        patched.setattr(deciding, "Spent", lambda: Counted(most or 1000))
        patched.setattr(clock, "APART_SECONDS", 6e9)  # Farther than anything is seen.
        yield


@contextmanager
def losing() -> Iterator[None]:
    """What is written is not committed."""
    save = journal.save

    async def saved(connection: Any, batch: Any) -> None:
        await save(connection, batch)
        raise Lost

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(journal, "save", saved)
        yield
