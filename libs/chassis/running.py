"""The runner: one writer task per process takes door, topics and agenda together, one transaction per batch.

In one transaction, in this order: lock the ends of the partitions concerned; read fences, states and receipts; decide
every input in order, and write nothing before; then append the entries, write states, agenda and receipts, move the
fences, commit. Answers come from the commit. An error from COMMIT means unknown: the same batch runs again, and keys
and fences make that safe. Behind a new session with the database it catches up before it gives out a position.
"""

import asyncio
import time
from collections import deque
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import zip_longest

from aiokafka.errors import KafkaError

from chassis import journal, log
from chassis.agenda import LOOK_SECONDS, Agenda, Neighbours
from chassis.answering import problem, told
from chassis.asking import Sight
from chassis.batch import Batch
from chassis.catching_up import catch_up
from chassis.inputs import AGENDA, Answer, Given, Heard, Passed
from chassis.journal import Database, OtherShape
from chassis.parking import Breaker
from chassis.reading import Reader
from chassis.relay import Relay, rested
from chassis.replaying import NotThere
from chassis.service import Service
from law.calendar import EARLIEST
from telemetry import Telemetry

BATCH_INPUTS, BATCH_SECONDS, LOOK_EVERY = 1000, 0.025, 8
"""A batch ends at so many inputs, or after so long in deciding: in processor time, for waiting for it is no work done.

That clock is a slow one, so it is looked at every so many inputs.
"""
WAITING_MAX = 40_000
"""So many commands may wait for their turn; beyond, senders are told to come again."""


@dataclass(slots=True)
class Work:
    """The inputs of one batch, and what came of them."""

    given: Sequence[Given] = ()
    heard: Sequence[Heard] = ()
    passed: Sequence[Passed] = ()
    answers: list[Answer] = field(default_factory=list)
    unfit: dict[int, str] = field(default_factory=dict)
    """Partitions on which an upstream's record did not fit, and how."""
    heard_count: int = 0
    """How many of `heard` were reached; of `given`, as many as there are answers."""
    tried: list[Batch] = field(default_factory=list)
    """What was about to be committed, the last one surely so: of an earlier one it was not known."""

    def __len__(self) -> int:
        return len(self.given) + len(self.heard) + len(self.passed)

    def singles(self) -> "list[Work]":
        topics, deadlines = [Work(heard=[one]) for one in self.heard], [Work(passed=[one]) for one in self.passed]
        return [*topics, *deadlines, *(Work(given=[one]) for one in self.given)]


class Runner:
    """Decides everything that comes to one process of a service."""

    def __init__(self, service: Service, database: Database, kafka: str, name: str, sight: Sight) -> None:
        self._service = service
        self._database = database
        self._kafka = kafka
        self.doors: deque[Given] = deque()
        """Commands whose turn has not come."""
        self._wake = asyncio.Event()
        self._failures: dict[int, int] = {}
        self._room = BATCH_INPUTS
        """So many inputs the next batch may hold: what it does not get to, it has read in vain."""
        self._caught = -1
        """The session count behind which this process has caught up."""
        self._breaker = Breaker()
        self.sight = sight
        self.telemetry = Telemetry(service, name)
        self.agenda = Agenda(service, database, name, sight, self._wake.set)
        self.relay = Relay(database, kafka, service.topic, name, self.agenda.published)
        self.neighbours = Neighbours(database, self._woken)
        self.reader = Reader(service, database.pool, name, self._wake.set, self.relay) if service.hears else None
        self.stopped: dict[int, str] = {}
        """Partitions on which no position is given out, and why."""
        self.moved_at = time.monotonic()
        """When it last committed, or found nothing to do; health reads it."""

    async def submit(self, commands: Sequence[Given]) -> list[Answer]:
        """Queues commands in order and waits for their answers, each from the commit of its batch.

        Raises the problem `too-many` where too many wait already.
        """
        if len(self.doors) > WAITING_MAX:
            raise problem("too-many")
        self.doors.extend(commands)
        self._wake.set()
        return [await command.answer for command in commands if command.answer is not None]

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            work = await self._collect()
            if work is None:
                await self.catch_up()
                await rested(self._wake, LOOK_SECONDS)
            else:
                await self._until_committed(work)
            if self.agenda.answers:
                self.moved_at = time.monotonic()

    async def catch_up(self) -> None:
        """Takes back what the own topic holds beyond the journal, as often as a session is a new one."""
        pause = 0.1
        while self._caught != (opened := self._database.opened):
            try:
                self.stopped = await catch_up(self._database, self._kafka, self._service)
            except (KafkaError, NotThere, *journal.PASSING) as error:
                log.warning("not caught up yet; no position is given out", error=str(error) or repr(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
                continue
            self._caught = opened
            for partition, why in self.stopped.items():
                log.error("this partition stops until somebody has looked", partition=partition, reason=why)
            if self.reader:
                for partition in list(self.reader.partitions):
                    await self.reader.begin_again(partition)

    async def _collect(self) -> Work | None:
        """What the next batch holds: at most half of it from the agenda, the rest from topics and door."""
        passed, due = await self.agenda.due(self.stopped)
        room = max(self._room - len(due) - len(passed), self._room // 2)
        heard = self.reader.ready(room // 2 if self.doors else room, self.stopped) if self.reader else []
        doors = [self.doors.popleft() for _ in range(min(room - len(heard), len(self.doors)))]
        doors = [given for given in doors if given.answer and not given.answer.cancelled()]  # Nobody waits for those.
        in_turn = [given for pair in zip_longest(doors, due) for given in pair if given]
        work = Work(self._startable(in_turn), heard, passed)
        return work if len(work) else None

    def _startable(self, given: Sequence[Given]) -> list[Given]:
        """Without those on partitions that are stopped, which are told so."""
        for one in given:
            if one.partition in self.stopped and one.answer is not None:
                why = self.stopped[one.partition]
                one.answer.set_result(told(problem("partition-stopped", partition=one.partition, why=why)))
        return [one for one in given if one.partition not in self.stopped]

    async def _until_committed(self, work: Work) -> None:
        """Commits, however often that has to be tried, and tells everybody."""
        pause = 0.05
        batch: Batch | None = None
        while batch is None:
            try:
                await self.catch_up()
                batch = await self._commit(work)
            except OtherShape as error:
                if error.newer:
                    raise  # Another process has gone on to a later shape: this one is outdated, and ends.
                self._caught = -1
            except Exception as error:
                if not journal.is_passing(error):
                    log.exception("the database refuses a batch", inputs=len(work))
                    await self._one_by_one(work, error)
                    return
                log.warning("a batch runs again", error=repr(error), inputs=len(work))
                await self._database.clear_way(error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)
        await self._after(work, batch)

    async def _one_by_one(self, work: Work, error: Exception) -> None:
        """What is refused for good costs only the input that is guilty of it: a record is parked."""
        if len(work) > 1:
            for single in work.singles():
                await self._until_committed(single)
            return
        if work.heard and not work.heard[0].trouble:
            trouble = f"{type(error).__name__} of the database"
            await self._until_committed(Work(heard=[work.heard[0]._replace(content=None, trouble=trouble)]))
            return
        work.answers = [told(problem("not-recorded")) for _ in work.given]
        work.unfit = {heard.partition: "paused" for heard in work.heard}
        work.heard_count = len(work.heard)
        await self._after(work, Batch(self._service, EARLIEST))
        await asyncio.sleep(1.0)  # The agenda and the topic will bring theirs again.

    async def _commit(self, work: Work) -> Batch | None:
        """None behind a new session, before anything is done: the database there may be an older copy."""
        batch = Batch(self._service, EARLIEST, self.sight.until, self._breaker, self.telemetry.batch())
        concerned: list[Given | Heard | Passed] = [*work.given, *work.heard, *work.passed]
        async with self._database.pool.acquire() as connection, connection.transaction():
            if self._caught != self._database.opened:
                return None
            partitions, streams = {one.partition for one in concerned}, {one.stream for one in concerned if one.stream}
            await journal.load(connection, batch, partitions, streams, {(one.client, one.key) for one in work.given})
            self._decide(batch, work)
            work.tried.append(batch)
            await journal.save(connection, batch)
        return batch

    @staticmethod
    def _decide(batch: Batch, work: Work) -> None:
        """Decides in order until the time is up: records first, but commands that wait get half of the time."""
        until = time.thread_time() + BATCH_SECONDS
        until_commands = until - BATCH_SECONDS / 2 if work.given or work.passed else until
        work.answers, work.unfit, work.heard_count = [], {}, 0
        for heard in work.heard:
            if heard.partition not in work.unfit and (verdict := batch.decide_heard(heard)) in {"stale", "paused"}:
                work.unfit[heard.partition] = verdict
            work.heard_count += 1
            if work.heard_count % LOOK_EVERY == 0 and time.thread_time() > until_commands:
                break
        for stream, partition in work.passed:
            batch.fire(stream, partition)
        for given in work.given:
            work.answers.append(batch.decide_given(given))
            if len(work.answers) % LOOK_EVERY == 0 and time.thread_time() > until:
                return

    async def _after(self, work: Work, batch: Batch) -> None:
        """The batch is committed: wakes the relay, answers, puts back what was not reached."""
        if batch.ledger.entries:
            self.relay.wake()
        if not all(self.relay.holds(entry.partition) for entry in batch.ledger.entries):
            self.neighbours.tell()
        self.agenda.decided(told=bool(batch.told), nothing=bool(work.given) and not batch.settled)
        for given, answer in zip(work.given, work.answers, strict=False):
            if given.answer is not None and not given.answer.done():
                given.answer.set_result(answer)
        reached = work.heard_count + len(work.passed) + len(work.answers)
        self._room = min(2 * self._room, BATCH_INPUTS) if reached == len(work) else max(reached, 2)
        self.doors.extendleft(given for given in reversed(work.given[len(work.answers) :]) if given.client != AGENDA)
        if self.reader:
            self.reader.put_back(work.heard[work.heard_count :])
        await self._begin_again(work)
        for tried in work.tried:
            if tried is batch or await self._stands(tried):
                tried.traced.committed(tried.ledger.entries)

    async def _stands(self, batch: Batch) -> bool:
        """Whether a commit that was in doubt was done: then the batch's first entry is in the journal."""
        with suppress(*journal.PASSING):
            for entry in batch.ledger.entries[:1]:
                rows = await self._database.pool.fetch(journal.sql("read_chains"), [entry.partition], [entry.position])
                return [entry.chain] == [row["chain"] for row in rows]
        return False

    def _woken(self) -> None:
        """Another process of this service has committed."""
        self.agenda.decided(told=True, nothing=False)
        self.relay.wake()

    async def _begin_again(self, work: Work) -> None:
        """Partitions on which a record did not fit are read anew; where no more may be parked, ever later."""
        for partition in {heard.partition for heard in work.heard} - set(work.unfit):
            self._failures.pop(partition, None)
        for partition, verdict in work.unfit.items():
            self._failures[partition] = self._failures.get(partition, 0) + 1
            after = min(0.1 * 2 ** self._failures[partition], 30.0) if verdict == "paused" else 0.1
            assert self.reader is not None
            await self.reader.begin_again(partition, after)

    def troubles(self) -> Iterable[str]:
        """What has stopped here, and what to do, for health."""
        yield from self.stopped.values()
        yield from self.relay.stopped.values()
        yield from self._breaker.open.values()
        if self.reader:
            yield from self.reader.stopped()
        if self._caught not in {self._database.opened, -1}:
            yield "catching up behind a new session with the database"
