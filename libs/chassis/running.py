"""The runner: one writer task per process takes commands, topics and agenda together, one transaction per batch.

In one transaction, in this order: lock the ends of the partitions concerned; read positions, states, receipts; decide
every input in order, and write nothing before; then append the entries, write states, agenda and receipts, move the
consumer positions, commit. Answers come from the commit. An error from COMMIT means unknown: the same batch runs
again, and keys and consumer positions make that safe. Where a session leads to another database, or to a server that
was started anew, it catches up before it gives out a position.
"""

import asyncio
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import zip_longest

from aiokafka.errors import KafkaError

from chassis import log
from chassis.consume.read_barrier import ReadBarrier
from chassis.consume.reading import Reader
from chassis.publish.relay import Relay, rested
from chassis.recover.recovery import catch_up
from chassis.recover.replaying import NotThere
from chassis.schedule.scheduler import LOOK_SECONDS, Neighbours, Scheduler
from chassis.service import Service
from chassis.write import clock, journal
from chassis.write.answering import as_answer
from chassis.write.batch import Batch
from chassis.write.gate import Gate
from chassis.write.held import asking
from chassis.write.inputs import INTERNAL, Answer, CommandEnvelope
from chassis.write.journal import Database, OtherStateVersion
from chassis.write.parking import Breaker
from chassis.write.work import Work, still_awaited
from decider.instants import EARLIEST
from doors.problems import problem
from entries.entry import READ_BYTES
from intake.turns import Turns
from servers.database import within
from servers.kafka import Kafka
from servers.standing import Standing
from servers.topics import FORM
from telemetry import Telemetry

BATCH_INPUTS = 1000
"""A batch ends at so many inputs, or when its time is up."""
PATIENCE_SECONDS = 2.0
"""So long commands wait for two clocks to agree; then they are told that these do not."""
LOOK_AGAIN_SECONDS = 5.0
"""How often it is looked whether a partition that is stopped agrees again."""
WAITING_MAX = 40_000
"""So many commands may wait for their turn; beyond, senders are told to come again."""
SHARE_MAX = WAITING_MAX // 2
"""So many of them may be one client's."""


class Runner:
    """Decides everything that comes to one process of a service."""

    def __init__(
        self, service: Service, database: Database, kafka: str | Kafka, name: str, barrier: ReadBarrier
    ) -> None:
        self._service = service
        self._database = database
        self._kafka = kafka
        self.queue: Turns[CommandEnvelope] = Turns(lambda command: command.client, lambda command: len(command.data))
        """Commands whose turn has not come."""
        self._wake = asyncio.Event()
        self._failures: dict[int, int] = {}
        self._room = BATCH_INPUTS
        """So many inputs the next batch may hold: what it does not get to, it has read in vain."""
        self.gate = Gate()
        self._breaker = Breaker()
        self.barrier = barrier
        self.telemetry = Telemetry(service, name)
        self.scheduler = Scheduler(service, database, name, barrier, self._wake.set)
        self.relay = Relay(database, kafka, service.topic, name, self.scheduler.published)
        self.standing = self.relay.standing = Standing(
            kafka, FORM, service.topic, *(c.TOPIC for c in service.hears.values())
        )
        self.neighbours = Neighbours(database, self._woken)
        self.reader = Reader(service, database.pool, name, self._wake.set, self.relay) if service.hears else None
        self.moved_at = time.monotonic()
        """When it last committed, or found nothing to do; health reads it."""

    @property
    def stopped(self) -> dict[int, str]:
        """Partitions on which no position is given out, and why."""
        return self.gate.stopped

    def submit(self, commands: Sequence[CommandEnvelope]) -> "asyncio.Future[list[Answer]]":
        """Queues commands in order; their answers come each from the commit of its batch. Given up, all of them are.

        Where too many wait already, of all or of one client, each is told so.
        """
        answers = [command.answer for command in commands if command.answer is not None]
        full = len(self.queue) > WAITING_MAX or any(self.queue.count(one.client) > SHARE_MAX for one in commands[:1])
        if full:
            for answer in answers:
                answer.set_result(as_answer(problem("too-many")))
        else:
            self.queue.extend(commands)
            self._wake.set()
        return asyncio.gather(*answers)

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            work = await self._collect()
            if work is None:
                await self.catch_up()
                await rested(self._wake, LOOK_SECONDS)
            else:
                await self._until_committed(work)
            if self.scheduler.answers and not self.scheduler.apart:
                self.moved_at = time.monotonic()

    async def catch_up(self) -> None:
        """Takes back what the own topic holds beyond the journal, as often as the database may be an older copy."""
        pause = 0.1
        while self.gate.home != (home := self._database.home):
            self.gate.open(None, self.stopped)
            self.barrier.forget()
            self.relay.forget()
            try:
                stopped = await catch_up(self._database, self._kafka, self._service)
            except (KafkaError, NotThere, *journal.PASSING) as error:
                log.warning("not caught up yet; no position is given out", error=str(error) or repr(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, 5.0)
                continue
            self.gate.open(home, stopped)
            for partition, why in self.stopped.items():
                log.error("this partition stops until somebody has looked", partition=partition, reason=why)
            if self.reader:
                for partition in list(self.reader.partitions):
                    await self.reader.begin_again(partition)

    async def look_again(self) -> None:
        """Looks now and then, until cancelled, whether partitions that are stopped agree again: then they go on."""
        while True:
            await asyncio.sleep(LOOK_AGAIN_SECONDS)
            if self.stopped and (home := self.gate.home):
                with suppress(KafkaError, NotThere, *journal.PASSING):
                    stopped = await catch_up(self._database, self._kafka, self._service)
                    if self.gate.home == home:
                        self.gate.stopped = stopped

    async def _collect(self) -> Work | None:
        """What the next batch holds: at most half of it from the agenda, the rest from topics and door."""
        passed, due = await self.scheduler.due(self.stopped)
        room = max(self._room - len(due) - len(passed), self._room // 2)
        heard = self.reader.ready(room // 2 if self.queue else room, self.stopped) if self.reader else []
        waiting = self.queue.several(room - len(heard), still_awaited)
        in_turn = [command for pair in zip_longest(waiting, due) for command in pair if command]
        work = Work(self._startable(in_turn), heard, passed)
        return work if len(work) else None

    def _startable(self, commands: Sequence[CommandEnvelope]) -> list[CommandEnvelope]:
        """Without those on partitions that are stopped, which are told so."""
        for one in commands:
            if one.partition in self.stopped and one.answer is not None:
                why = self.stopped[one.partition]
                one.answer.set_result(as_answer(problem("partition-stopped", partition=one.partition, why=why)))
        return [one for one in commands if one.partition not in self.stopped]

    async def _until_committed(self, work: Work) -> None:
        """Commits, however often that has to be tried, and tells everybody."""
        pause, patience = (0.5, 0.0) if self.scheduler.apart else (0.05, PATIENCE_SECONDS)
        began = time.monotonic()
        batch: Batch | None = None
        while batch is None:
            try:
                await self.catch_up()
                batch = await self._commit(work)
            except OtherStateVersion as error:
                if error.newer:
                    raise  # Another process has gone on to a later shape: this one is outdated, and ends.
                self.gate.home = None
            except clock.ClocksApart as error:
                log.error("no position is given out", reason=str(error), inputs=len(work))
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)
                if time.monotonic() - began > patience:
                    batch = self._turned_away(work, str(error))
            except Exception as error:
                if not journal.is_passing(error):
                    log.exception("a batch cannot be stored", inputs=len(work))
                    await self._one_by_one(work, error)
                    return
                log.warning("a batch runs again", error=repr(error), inputs=len(work))
                await self._database.clear_way(error)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)
        await self._after(work, batch)

    def _turned_away(self, work: Work, why: str) -> Batch:
        """A batch of nothing: commands are told why, and what is heard or due comes again."""
        work.answers = [as_answer(problem("clocks-apart", why=why)) for _ in work.commands]
        work.heard_count, work.unfit = 0, {}
        return Batch(self._service, EARLIEST)

    async def _one_by_one(self, work: Work, error: Exception) -> None:
        """What is refused for good costs only the input that is guilty of it: a record is parked."""
        if len(work) > 1 or not work.careful:
            for single in work.singles():
                await self._until_committed(single)
            return
        if work.heard and not work.heard[0].trouble:
            trouble = f"{type(error).__name__} of the database"
            await self._until_committed(Work(heard=[work.heard[0]._replace(content=None, trouble=trouble)]))
            return
        work.answers = [as_answer(problem("not-recorded")) for _ in work.commands]
        work.unfit = {heard.partition: "paused" for heard in work.heard}
        work.heard_count = len(work.heard)
        due = [one.stream for one in work.commands if one.client == INTERNAL]
        for stream in [one.stream for one in work.passed] + due:
            self.scheduler.set_aside(stream, f"the database refuses what is due there: {type(error).__name__}")
        await self._after(work, Batch(self._service, EARLIEST))

    async def _commit(self, work: Work) -> Batch | None:
        """None where the database may be an older copy, before anything is decided."""
        batch = Batch(self._service, EARLIEST, self.barrier.until, self._breaker, self.telemetry.batch(), work.careful)
        async with self._database.pool.acquire() as connection, connection.transaction():
            if not self.gate.lets(connection):
                return None
            partitions, streams = work.partitions_and_streams()
            keys, past = [(one.client, one.key) for one in work.commands], asking(self._service, work.inputs)
            await journal.load(connection, batch, partitions, streams, keys, past, room=READ_BYTES)
            if not self.gate.agrees({number: head[:2] for number, head in batch.writer.heads.items()}):
                return None
            if apart := self.scheduler.held_against(batch.writer.now):
                raise clock.ClocksApart(apart)
            work.commands = [one for one in work.commands if one.client == INTERNAL or still_awaited(one)]
            await within(connection, lambda: work.decide(batch), is_long=work.is_large)
            work.tried.append(batch)
            await journal.save(connection, batch)
        self.gate.agrees({number: head[:2] for number, head in batch.writer.heads.items()})
        return batch

    async def _after(self, work: Work, batch: Batch) -> None:
        """The batch is committed: wakes the relay, answers, puts back what was not reached."""
        if batch.writer.entries:
            self.relay.wake()
        if not all(self.relay.holds(entry.partition) for entry in batch.writer.entries):
            self.neighbours.tell()
        self.scheduler.decided(batch, [*work.passed, *work.commands[: len(work.answers)]])
        for command, answer in zip(work.commands, work.answers, strict=False):
            if command.answer is not None and not command.answer.done():
                command.answer.set_result(answer)
        reached = work.heard_count + len(work.passed) + len(work.answers)
        self._room = min(2 * self._room, BATCH_INPUTS) if reached == len(work) else max(reached, 2)
        self.put_back(work)
        await self._begin_again(work)
        for tried in work.tried:
            if tried is batch or await self._stands(tried):
                tried.traced.committed(tried.writer.entries)

    def put_back(self, work: Work) -> None:
        """What was not reached waits in the place where it waited; what came from the agenda will come again."""
        self.queue.put_back([command for command in work.commands[len(work.answers) :] if command.client != INTERNAL])
        if self.reader:
            self.reader.put_back(work.heard[work.heard_count :])

    async def _stands(self, batch: Batch) -> bool:
        """Whether a commit that was in doubt was done: then the batch's first entry is in the journal."""
        with suppress(*journal.PASSING):
            for entry in batch.writer.entries[:1]:
                rows = await self._database.pool.fetch(journal.sql("read_chains"), [entry.partition], [entry.position])
                return [entry.chain] == [row["chain"] for row in rows]
        return False

    def _woken(self) -> None:
        """Another process of this service has committed."""
        self.scheduler.sent()
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
        yield from self.standing.troubles
        yield from self._breaker.open.values()
        yield from self.scheduler.troubles()
        if self.reader:
            yield from self.reader.stopped()
        if self.gate.home != self._database.home:
            yield "catching up with the own topic: the database may be an older copy"
        if missing := self._database.missing:
            yield f"{missing} sessions with the database are not open: is Postgres there?"
