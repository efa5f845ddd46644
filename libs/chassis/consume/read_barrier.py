"""Asking upstreams, before what may not overlook anything: a release, a deadline.

Each upstream says how far its log goes on a partition; once this service has applied that much, it has seen everything
that was on record when it asked. Everybody who waits at the same time shares one question.
"""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import httpx

from chassis import log
from chassis.write import clock
from chassis.write.inputs import ConsumerPosition
from chassis.write.journal import PASSING, Database, read_positions, sql
from doors.asking import ends_of, known
from entries.entry import PARTITIONS

ASK_SECONDS = 3.0
LOOK_SECONDS, LOOK_SECONDS_MAX = 0.02, 0.16
"""How soon a question looks again whether consumer positions are there; as long as they are not, ever later."""
FAILURES = (
    httpx.HTTPError, OSError, TimeoutError, ValueError, KeyError, TypeError, clock.ClocksApart, *PASSING,
)  # fmt: skip


class CannotSee(Exception):  # noqa: N818 - a state of the world, named as one
    """An upstream does not say how far it is, or has not been heard so far."""


_Asked = tuple[int, "asyncio.Future[datetime]"]
"""Somebody who waits until a partition has been seen up to the moment of the question."""


class ReadBarrier:
    """Up to when, per partition, everything that upstreams had recorded is known here."""

    def __init__(self, upstreams: Sequence[str], database: Database, doors: dict[str, list[str]], token: Path | None):
        self._upstreams = tuple(upstreams)
        self._database = database
        self._doors = doors
        self._token = token
        self._waiting: list[_Asked] = []
        self._wake = asyncio.Event()
        self._reading: asyncio.Task[dict[tuple[str, int], ConsumerPosition]] | None = None
        self.until: dict[int, datetime] = {}

    def forget(self) -> None:
        """What was seen may not be in the database any more, if that is an older copy."""
        self.until, self._reading = {}, None

    async def ask(self, partition: int) -> datetime | None:
        """Returns once the partition is seen up to now, with that instant; None where there is nobody to see.

        Raises CannotSee if that takes longer than 3 seconds.
        """
        if not self._upstreams:
            return None
        seen: asyncio.Future[datetime] = asyncio.get_running_loop().create_future()
        self._waiting.append((partition, seen))
        self._wake.set()
        try:
            async with asyncio.timeout(ASK_SECONDS):
                return await seen
        except TimeoutError as error:
            raise CannotSee(" or ".join(self._upstreams)) from error

    async def known(self, streams: Iterable[str]) -> dict[str, bool]:
        """Of streams of which nothing is on record here, by stream, whether an upstream has it, as far as they say."""
        return await known(self._doors, self._said_by_whom(), self._upstreams, streams)

    async def look(self, partition: int) -> None:
        """Asks, and leaves it at that if nothing is seen: whoever wants it will ask again."""
        try:
            await self.ask(partition)
        except CannotSee as error:
            log.info("a deadline waits until this is seen", partition=partition, whom=str(error))

    def _said_by_whom(self) -> str:
        """The token of this service."""
        return self._token.read_text(encoding="utf-8").strip() if self._token else ""

    async def run(self) -> None:
        """Asks for whoever waits, until cancelled. A round that waits does not hold up the next question."""
        async with httpx.AsyncClient(timeout=ASK_SECONDS, trust_env=False) as client, asyncio.TaskGroup() as rounds:
            while True:
                await self._wake.wait()
                self._wake.clear()
                asked, self._waiting = self._waiting, []
                rounds.create_task(self._round(client, asked))
                await asyncio.sleep(LOOK_SECONDS)

    async def _round(self, client: httpx.AsyncClient, asked: list[_Asked]) -> None:
        try:
            async with asyncio.timeout(ASK_SECONDS):
                now = await self._database.pool.fetchval(sql("read_clock"))
                if apart := clock.apart(now):
                    raise clock.ClocksApart(apart)
                partitions = sorted({partition for partition, _ in asked})
                token = self._said_by_whom()
                asked_of = (
                    ends_of(client, name, self._doors.get(name, ()), token, partitions) for name in self._upstreams
                )
                ends = await asyncio.gather(*asked_of)
                await self._until_reached(asked, dict(zip(self._upstreams, ends, strict=True)), now)
        except FAILURES as error:
            log.warning("what upstreams hold cannot be seen now", error=repr(error))

    async def _until_reached(self, asked: list[_Asked], ends: dict[str, dict[int, int]], now: datetime) -> None:
        """Tells each who waits as soon as its partition was applied so far, or at once who cannot be seen."""
        for partition, seen in asked:
            if (unseen := [name for name in self._upstreams if partition not in ends[name]]) and not seen.done():
                seen.set_exception(CannotSee(" or ".join(unseen)))
        pause = LOOK_SECONDS
        while waiting := sorted({partition for partition, seen in asked if not seen.done()}):
            until = self.until
            consumed = await self._positions()
            of = self._upstreams
            reached = {n for n in waiting if all(consumed[name, n].position >= ends[name][n] for name in of)}
            until |= {number: max(now, until.get(number, now)) for number in reached}
            for partition, seen in asked:
                if partition in reached and not seen.done():
                    seen.set_result(now)
            await asyncio.sleep(pause)
            pause = min(2 * pause, LOOK_SECONDS_MAX)

    async def _positions(self) -> dict[tuple[str, int], ConsumerPosition]:
        """Whoever waits while they are read gets what is read: many questions cost no more than one."""
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(read_positions(self._database.pool, range(PARTITIONS)))
        return await asyncio.shield(self._reading)
