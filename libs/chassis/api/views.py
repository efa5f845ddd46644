"""What can be read at a service's own doors: a stream's state and timeline, what waits, ends, health."""

import time
from collections.abc import AsyncIterator, Awaitable, Container, Sequence
from contextlib import asynccontextmanager
from copy import copy
from typing import Any, cast

import orjson

from chassis.running import Runner
from chassis.service import Kind, Service
from chassis.write import clock
from chassis.write.answering import answer
from chassis.write.gate import Gate
from chassis.write.inputs import Answer, ParkedRecord
from chassis.write.journal import read_entries, sql
from chassis.write.parking import shown
from doors.problems import problem
from intake.turns import Room, in_turns
from servers.database import Database
from telemetry.waiting import waiting

PAGE_BYTES, PAGE_ROWS = 512 * 1024, 1_000
"""A page holds as much as fits into so many bytes, but one item at least."""
READ_AT_ONCE, READERS_MAX = 2, 200
"""So many pages are read at once; so many more may wait for their turn."""
STILL_SECONDS = 15.0
"""A runner or relay that has not moved for so long is not well."""


class Views:
    """Reads from the service's own database, in short statements on sessions of their own; clients in turn."""

    def __init__(self, service: Service, database: Database, gate: Gate) -> None:
        self._service = service
        self._database = database
        self._gate = gate
        self._room = Room(READ_AT_ONCE * PAGE_BYTES)
        self._client = ""

    def seen_by(self, client: str) -> "Views":
        """The same, for one of those who take turns."""
        seen = copy(self)
        seen._client = client
        return seen

    @asynccontextmanager
    async def _page(self) -> AsyncIterator[Any]:
        """A session for one page, as of one moment. Raises the problems `too-many` and `catching-up`."""
        if len(self._room) >= READERS_MAX:
            raise problem("too-many")
        async with self._room.taken(self._client, PAGE_BYTES), self._database.reading.acquire() as session:
            self._gate.check(session)
            async with session.transaction(isolation="repeatable_read", readonly=True):
                yield session

    async def stream(self, kind: str, id_: str, after: int) -> dict[str, Any] | None:
        """One stream: its state, its open points, its timeline behind a position; None where nothing is recorded.

        `next` is the position behind which the timeline goes on, None at its end.
        """
        async with self._page() as session:
            row = await session.fetchrow(sql("read_stream"), f"{kind}/{id_}")
            if row is None:
                return None
            rows = await session.fetch(sql("read_timeline"), f"{kind}/{id_}", after, PAGE_BYTES, PAGE_ROWS)
            entries = [_with_chain(entry["value"], entry["chain"]) for entry in rows]
            shown = self._shown(self._service.kinds[kind], row["state"])
            last = rows[-1]["position"] if rows and rows[-1]["more"] else None
            return {"id": id_, **shown, "timeline": entries, "next": last}

    async def waiting(self, kind: str, act: str, place: str | None, after: str, limit: int) -> dict[str, Any]:
        """Streams on which `act` waits, by id; `next` is where to go on, None at the end."""
        prefix, keeping = f"{kind}/", self._service.kinds[kind]
        async with self._page() as session:
            asked = (prefix, prefix + after, act, place, limit, PAGE_BYTES)
            return await self._items(keeping, prefix, await session.fetch(sql("read_waiting"), *asked))

    async def found(self, kind: str, number: str, after: str, limit: int) -> dict[str, Any]:
        """Streams that are called by a number, or have it in their papers, however it is spelt; as `waiting`."""
        prefix, keeping = f"{kind}/", self._service.kinds[kind]
        async with self._page() as session:
            asked = (prefix, prefix + after, self._service.spelling(number), limit, PAGE_BYTES)
            return await self._items(keeping, prefix, await session.fetch(sql("read_by_number"), *asked))

    async def _items(self, keeping: Kind, prefix: str, rows: Sequence[Any]) -> dict[str, Any]:
        items = [
            {"id": row["stream"].removeprefix(prefix), **self._shown(keeping, row["state"])}
            async for row in in_turns(rows, lambda row: len(row["state"]))
        ]
        return {"items": items, "next": items[-1]["id"] if rows and rows[-1]["more"] else None}

    async def receipt(self, key: str) -> Answer | None:
        """What the client's command under this key was answered; None where none is recorded."""
        async with self._page() as session:
            row = await session.fetchrow(sql("read_receipt"), self._client, key)
            return answer(await read_entries(session, *row), self._service.events) if row else None

    async def positions(self, partitions: Container[int]) -> list[dict[str, Any]]:
        """The ends of partitions of the journal, as far as others may build on them: without those that are stopped.

        Whoever decides on it does not wait behind pages. Raises the problem `catching-up` where the database may be an
        older copy, and `partition-stopped` where all are.
        """
        known = dict(self._gate.ends)
        async with self._database.pool.acquire() as session:
            rows = [row for row in await session.fetch(sql("read_ends")) if row["partition"] in partitions]
            agrees = self._gate.agrees({row["partition"]: (row["position"], row["chain"]) for row in rows}, known)
            self._gate.check(session, [row["partition"] for row in rows] if agrees else ())
        ends = [{"partition": r["partition"], "position": r["position"], "chain": r["chain"].hex()} for r in rows]
        return [end for end in ends if end["partition"] not in self._gate.stopped]

    async def parked(self, after: str, limit: int) -> dict[str, Any]:
        """What is parked, by partition and position; `next` is where to go on, None at the end."""
        partition, _, position = after.partition("/")
        async with self._page() as session:
            rows = await session.fetch(sql("read_all_parked"), int(partition or 0), int(position or 0), limit)
        items = [shown(ParkedRecord(*row)) for row in rows]
        last = f"{rows[-1]['partition']}/{rows[-1]['position']}" if len(rows) == limit else None
        return {"items": items, "next": last}

    def health(self, runner: Runner) -> dict[str, Any]:
        """Progress, not a ping: whether runner, relay and reader move, and what has stopped.

        It is `still` where nothing moves, and `troubled` where only a part has stopped and the rest goes on.
        """
        now = time.monotonic()
        reader = runner.reader
        moved = {
            "the runner has not committed: is Postgres there?": runner.moved_at,
            "the relay has not published: is Kafka there, and does it take this login?": runner.relay.moved_at,
            "the reader has not heard from Kafka: is it there?": reader.moved_at if reader else now,
        }
        still = [what for what, at in moved.items() if now - at > STILL_SECONDS]
        if reader and not reader.joined:
            still.append("no partition is assigned yet")
        troubles = [*still, *runner.troubles()]
        return {
            "service": self._service.name, "rulebook": self._service.version, "troubles": troubles,
            "status": "still" if still else "troubled" if troubles else "ok",
            "partitions": len(reader.partitions) if reader else None,
            "runner_age_seconds": round(now - runner.moved_at, 3),
            "relay_age_seconds": round(now - runner.relay.moved_at, 3),
            "commands_waiting": len(runner.queue),
            "oldest_due": runner.scheduler.oldest_due and runner.scheduler.oldest_due.isoformat(),
            **waiting(reader.partitions.values() if reader else (), self._service.hears, clock.now()),
        }  # fmt: skip

    def ages(self) -> Awaitable[Any]:
        """A row: how old what waits in the database is."""
        return cast(Awaitable[Any], self._database.reading.fetchrow(sql("read_ages")))

    @staticmethod
    def _shown(kind: Kind, stored: bytes) -> dict[str, Any]:
        try:
            points = kind.open_points(kind.states.load(stored).state)
        except ValueError:  # Of another version: shown as it is stored; who waits there is known to that version alone.
            return {"state": orjson.Fragment(stored), "open_points": [], "unread": True}
        return {"state": orjson.Fragment(stored), "open_points": [point.shown for point in points]}


def _with_chain(value: bytes, chain: bytes) -> orjson.Fragment:
    """An entry's document, as it stands, and its chain as one attribute more."""
    return orjson.Fragment(value[:-1] + b',"chain":"' + chain.hex().encode() + b'"}')
