"""The agenda of one process: what has come due on the partitions that it serves, read now and then, and when told."""

import asyncio
import time
from collections.abc import Callable, Container
from contextlib import suppress
from typing import Any

from chassis import log
from chassis.asking import Sight
from chassis.deciding import from_agenda
from chassis.inputs import Given, Passed
from chassis.journal import PASSING, Database, sql
from chassis.service import Service
from law.calendar import EARLIEST

CHANNEL = "serhet"
LISTEN_AGAIN_SECONDS = 1.0
ROWS = 100
"""So much may come from the agenda at once: half a batch."""
LOOK_SECONDS = 0.5
"""How often an idle service looks."""
TELLING_SECONDS = 2.0
"""For so long after telling something, it looks whenever the relay has published."""


class Agenda:
    """Reads what is due, for the partitions whose lease `holder` has."""

    def __init__(self, service: Service, database: Database, holder: str, sight: Sight, wake: Callable[[], None]):
        self._service = service
        self._database = database
        self._holder = holder
        self._sight = sight
        self._wake = wake
        self._looked_at = self._told_at = 0.0
        self._asking: dict[int, asyncio.Task[None]] = {}
        self.answers = True
        """Whether the database answered when it was asked last."""

    async def due(self, stopped: Container[int]) -> tuple[list[Passed], list[Given]]:
        """Deadlines that have passed, and what one stream tells another; nothing on partitions that are stopped."""
        if time.monotonic() - self._looked_at < LOOK_SECONDS or not self._service.tells_itself:
            return [], []
        try:
            rows = await self._database.pool.fetch(sql("read_deadlines"), self._holder, ROWS)
            seen = [row for row in rows if row["partition"] not in stopped and self._sees(row)]
            passed = [Passed(row["stream"], row["partition"]) for row in seen]
            rows = await self._database.pool.fetch(sql("read_due"), self._holder, ROWS - len(passed))
            due = [from_agenda(row, self._service) for row in rows if row["partition"] not in stopped]
        except PASSING as error:
            log.warning("the agenda cannot be read now", error=repr(error))
            self.answers, self._looked_at = False, time.monotonic()
            return [], []
        self.answers = True
        if not due and not passed:
            self._looked_at = time.monotonic()
        return passed, due

    def decided(self, told: bool, nothing: bool) -> None:
        """A batch is committed: it told something, or could settle nothing of what was due."""
        if told:
            self._told_at = time.monotonic()
        if nothing:
            self._looked_at = time.monotonic()  # What cannot be decided now is not asked again at once.

    def published(self) -> None:
        """What was told may be delivered now: its cause is on the topic."""
        if time.monotonic() - self._told_at < TELLING_SECONDS:
            self._looked_at = 0.0
            self._wake()

    def _sees(self, row: Any) -> bool:
        """Whether everything that upstreams had recorded by this deadline is known; if not, asks, and looks later."""
        partition = row["partition"]
        if not self._service.hears or self._sight.until.get(partition, EARLIEST) > row["due"]:
            return True
        if partition not in self._asking or self._asking[partition].done():
            self._asking[partition] = asyncio.create_task(self._sight.look(partition))
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
                        while not connection.is_closed():  # noqa: ASYNC110 - asyncpg tells nobody
                            await asyncio.sleep(LISTEN_AGAIN_SECONDS)
                    finally:
                        with suppress(*PASSING):  # Of a session that is gone.
                            await connection.remove_listener(CHANNEL, self._heard)
            except PASSING as error:
                log.info("listening is taken up again", error=repr(error))
            await asyncio.sleep(LISTEN_AGAIN_SECONDS)

    def _heard(self, *_: Any) -> None:
        self._woken()
