"""The scheduler of one process: deadlines and internal commands that are due on the partitions whose lease it has."""

import asyncio
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from chassis import log
from chassis.consume.read_barrier import ReadBarrier
from chassis.service import Service
from chassis.write import clock
from chassis.write.batch import Batch
from chassis.write.inputs import INTERNAL, CommandEnvelope, PassedDeadline
from chassis.write.internal_commands import from_row
from chassis.write.journal import PASSING, Database, sql
from decider.instants import EARLIEST
from entries.entry import PARTITIONS
from intake.turns import TOGETHER_BYTES, in_turns

CHANNEL = "serhet"
LISTEN_AGAIN_SECONDS = 1.0
ROWS = 100
"""So much may come from the agenda at once; half of it may be deadlines."""
SHARE = 25
"""So many deadlines of one partition, and so much of what one partition tells another, before it is others' turn."""
LOOK_SECONDS = 0.5
"""How often an idle service looks."""
SLOW_SECONDS = 0.1
"""After a look that took longer, four times as long is for others."""
AGES_SECONDS = 5.0
"""How often it looks how old what waits is, and what time it is there."""
ASIDE_SECONDS_MAX = 30.0
"""A stream on which nothing comes of what is due is tried again ever later, at last so long after the last time."""
SENDING_SECONDS = 2.0
"""For so long after an internal command was sent, it looks whenever the relay has published."""


class Aside(NamedTuple):
    """A stream that is skipped until then, by the monotonic clock; `why`, if that is a trouble."""

    until: float
    pause: float
    why: str


class Scheduler:
    """Reads what is due, for the partitions whose lease `holder` has."""

    def __init__(
        self, service: Service, database: Database, holder: str, barrier: ReadBarrier, wake: Callable[[], None]
    ):
        self._service = service
        self._database = database
        self._holder = holder
        self._barrier = barrier
        self._wake = wake
        self._look_at = self._rest_until = self._ages_at = self._sent_at = 0.0
        self._turns = list(range(PARTITIONS))
        """Partitions in the order in which their internal commands come: who was served last comes last."""
        self._aside: dict[str, Aside] = {}
        self._asking: dict[int, asyncio.Task[None]] = {}
        self.answers = True
        """Whether the database answered when it was asked last."""
        self.oldest_due: datetime | None = None
        """Since when the oldest internal command is not delivered, or deadline not fired."""
        self.apart: str | None = None
        """What is to be said of the two clocks, as they were when they were read last."""

    async def due(self, stopped: Collection[int]) -> tuple[list[PassedDeadline], list[CommandEnvelope]]:
        """Deadlines that have passed, and what one stream tells another; nothing on partitions that are stopped."""
        began = time.monotonic()
        if began < self._look_at:
            return [], []
        try:
            if began - self._ages_at > AGES_SECONDS:
                ages = await self._database.pool.fetchrow(sql("read_ages"))
                self.oldest_due, self._ages_at = ages["oldest_due"], began
                self.held_against(ages["now"])
            found = await self._look(stopped) if self._service.tells_itself else None
        except PASSING as error:
            log.warning("the agenda cannot be read now", error=repr(error))
            self.answers, self._look_at = False, time.monotonic() + LOOK_SECONDS
            return [], []
        now, self.answers = time.monotonic(), True
        self._rest_until = now + 4 * (now - began) if now - began > SLOW_SECONDS else 0.0
        self._look_at = self._rest_until if found else max(self._rest_until, now + LOOK_SECONDS)
        return found or ([], [])

    def held_against(self, database: datetime) -> str | None:
        """What to say where the database's clock, read just now, is too far from this process's own.

        What is said to be seen far beyond it was said before it leapt back, and is not believed any more.
        """
        latest = database + timedelta(seconds=clock.APART_SECONDS)
        for partition in [partition for partition, until in self._barrier.until.items() if until > latest]:
            del self._barrier.until[partition]
        self.apart = clock.apart(database)
        return self.apart

    def decided(self, batch: Batch, taken: Iterable[CommandEnvelope | PassedDeadline]) -> None:
        """A batch is committed. Where nothing came of what was due, this stream has to wait, and nobody else."""
        if batch.writer.internal_commands:
            self.sent()
        due = {one.stream for one in taken if isinstance(one, PassedDeadline) or one.client == INTERNAL}
        for loaded in batch.states.values():
            if loaded.unread or (loaded.stream in due and not loaded.changed):
                self.set_aside(loaded.stream, loaded.unread)

    def sent(self) -> None:
        """An internal command was sent, by this process or by a neighbour."""
        self._sent_at = time.monotonic()

    def published(self) -> None:
        """What was sent may be delivered now: its cause is on the topic."""
        if time.monotonic() - self._sent_at < SENDING_SECONDS:
            self._look_at = self._rest_until
            self._wake()

    def set_aside(self, stream: str, why: str = "") -> None:
        """Skips the stream for a while; `why` is said in health."""
        known = self._aside.get(stream, Aside(0.0, LOOK_SECONDS / 2, ""))
        pause = min(2 * known.pause, ASIDE_SECONDS_MAX)
        if why and not any(one.why for one in self._aside.values()):
            log.error("a stream is skipped; more like it are not named here", stream=stream, why=why)
        self._aside[stream] = Aside(time.monotonic() + pause, pause, why or known.why)

    def troubles(self) -> Iterator[str]:
        """What cannot go on here, and what to do, for health."""
        if self.apart:
            yield self.apart
        if said := [f"{stream} waits: {one.why}" for stream, one in self._aside.items() if one.why]:
            more = f", and {len(said) - 1} more streams like it" if len(said) > 1 else ""
            yield f"{said[0]}{more} (docs/operating.md, What this version cannot read)"

    async def _look(self, stopped: Collection[int]) -> tuple[list[PassedDeadline], list[CommandEnvelope]] | None:
        """Deadlines and internal commands; None if it is to look again later. What cannot go takes nobody's place."""
        now, pool = time.monotonic(), self._database.pool
        self._aside = {name: one for name, one in self._aside.items() if now < one.until + ASIDE_SECONDS_MAX}
        aside = [name for name, one in self._aside.items() if now < one.until]
        turns = [number for number in self._turns if number not in stopped]
        rows = await pool.fetch(sql("read_deadlines"), self._holder, turns, aside, SHARE)
        passed = [
            PassedDeadline(row["stream"], row["partition"]) for row in rows if self._keeps(row) and self._sees(row)
        ]
        del passed[ROWS // 2 :]
        rows = await pool.fetch(sql("read_due"), self._holder, turns, aside, SHARE, ROWS - len(passed), TOGETHER_BYTES)
        self._turns.sort(key={row["partition"] for row in rows}.__contains__)
        parts = in_turns(rows, lambda row: len(row["data"]))
        due = [command async for row in parts if self._keeps(row) and (command := self._as_command(row))]
        if rows and not due:
            self._wake()  # What is behind those that cannot be read.
        return (passed, due) if passed or rows else None

    def _as_command(self, row: Any) -> CommandEnvelope | None:
        """A internal command as an input; None where this version cannot read it."""
        try:
            return from_row(row, self._service)
        except (KeyError, ValueError) as error:
            self.set_aside(row["stream"], f"{row['type']} by {row['causationid']}: {type(error).__name__}")
            return None

    def _keeps(self, row: Any) -> bool:
        """Whether this version keeps such streams, and nothing stands before this row that it cannot read."""
        if self._service.kind_of(row["stream"]) is None:
            self.set_aside(row["stream"], "this version keeps no such streams")
        return row["stream"] not in self._aside or self._aside[row["stream"]].until < time.monotonic()

    def _sees(self, row: Any) -> bool:
        """Whether everything that upstreams had recorded by this deadline is known; if not, asks, and looks later."""
        partition = row["partition"]
        if not self._service.hears or self._barrier.until.get(partition, EARLIEST) > row["due"]:
            return True
        if partition not in self._asking or self._asking[partition].done():
            self._asking[partition] = asyncio.create_task(self._barrier.look(partition))
        return False


class Neighbours:
    """The other processes of the same service, by the database that they share: who commits tells them to look.

    Not inside the transaction, where it would hold up everybody: after it, and only for what another one publishes.
    """

    def __init__(self, database: Database, woken: Callable[[], None]) -> None:
        self._database = database
        self._woken = woken
        self._telling: asyncio.Task[None] | None = None

    def tell(self) -> None:
        """Wakes the others, soon; what is told meanwhile goes with it."""
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell())

    async def _tell(self) -> None:
        try:
            await self._database.pool.execute(f"NOTIFY {CHANNEL}")
        except PASSING as error:
            log.info("the others were not woken and will look by themselves", error=repr(error))

    async def run(self) -> None:
        """Listens until cancelled, on a session of its own."""
        while True:
            try:
                async with self._database.pool.acquire() as connection:
                    await connection.add_listener(CHANNEL, self._heard)
                    try:
                        while not connection.is_closed():
                            await asyncio.sleep(LISTEN_AGAIN_SECONDS)
                            await connection.execute("SELECT")  # A line that is dead says nothing by itself.
                    finally:
                        with suppress(*PASSING):  # Of a session that is gone.
                            await connection.remove_listener(CHANNEL, self._heard)
            except PASSING as error:
                log.info("listening is taken up again", error=repr(error))
            await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    def _heard(self, *_: Any) -> None:
        self._woken()
