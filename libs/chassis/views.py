"""What can be read at a service's own doors: a stream's state and timeline, what waits, ends, health."""

import time
from collections.abc import Awaitable, Sequence
from typing import Any, cast

import orjson

from chassis.inputs import Shelved
from chassis.journal import sql
from chassis.parking import shown
from chassis.running import Runner
from chassis.service import Kind, Service
from telemetry.waiting import waiting

STILL_SECONDS = 15.0
"""A runner or relay that has not moved for so long is not well."""


class Views:
    """Reads from the service's own database, in short statements."""

    def __init__(self, service: Service, pool: Any) -> None:
        self._service = service
        self._pool = pool

    async def stream(self, kind: str, id_: str) -> dict[str, Any] | None:
        """One stream: its state, its open points, its timeline. None where nothing is recorded."""
        row = await self._pool.fetchrow(sql("read_stream"), f"{kind}/{id_}")
        if row is None:
            return None
        timeline = await self._pool.fetch(sql("read_timeline"), f"{kind}/{id_}")
        entries = [orjson.loads(entry["value"]) | {"chain": entry["chain"].hex()} for entry in timeline]
        return {"id": id_, **self._shown(self._service.kinds[kind], row["state"]), "timeline": entries}

    async def waiting(self, kind: str, act: str, place: str | None, after: str, limit: int) -> dict[str, Any]:
        """Streams on which `act` waits, by id; `next` is where to go on, None at the end."""
        prefix = f"{kind}/"
        rows = await self._pool.fetch(sql("read_waiting"), prefix, prefix + after, act, place, limit)
        shape = self._service.kinds[kind]
        items = [{"id": row["stream"].removeprefix(prefix), **self._shown(shape, row["state"])} for row in rows]
        return {"items": items, "next": items[-1]["id"] if len(items) == limit else None}

    async def positions(self, partitions: Sequence[int]) -> list[dict[str, Any]]:
        """The ends of partitions of the journal, of all if none is named; unknown ones are left out."""
        rows = await self._pool.fetch(sql("read_ends"))
        ends = [{"partition": r["partition"], "position": r["position"], "chain": r["chain"].hex()} for r in rows]
        return [end for end in ends if end["partition"] in partitions] if partitions else ends

    async def parked(self, after: str, limit: int) -> dict[str, Any]:
        """What is parked, by partition and position; `next` is where to go on, None at the end."""
        partition, _, position = after.partition("/")
        rows = await self._pool.fetch(sql("read_all_parked"), int(partition or 0), int(position or 0), limit)
        items = [shown(Shelved(*row)) for row in rows]
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
            "the relay has not published: is Kafka there?": runner.relay.moved_at,
            "the reader has not heard from Kafka: is it there?": reader.moved_at if reader else now,
        }
        still = [what for what, at in moved.items() if now - at > STILL_SECONDS]
        if reader and not reader.joined:
            still.append("no partition is assigned yet")
        troubles = [*still, *runner.troubles()]
        return {
            "service": self._service.name, "troubles": troubles,
            "status": "still" if still else "troubled" if troubles else "ok",
            "partitions": len(reader.partitions) if reader else None,
            "runner_age_seconds": round(now - runner.moved_at, 3),
            "relay_age_seconds": round(now - runner.relay.moved_at, 3),
            "commands_waiting": len(runner.doors),
            **waiting(reader.partitions.values() if reader else (), self._service.hears),
        }  # fmt: skip

    def ages(self) -> Awaitable[Any]:
        """A row: how old what waits in the database is."""
        return cast(Awaitable[Any], self._pool.fetchrow(sql("read_ages")))

    @staticmethod
    def _shown(kind: Kind, stored: bytes) -> dict[str, Any]:
        points = kind.open_points(kind.load(stored))
        shown = [{"act": p.act, "who": p.who, "article": p.article, "place": p.place} for p in points]
        return {"state": orjson.loads(stored), "open_points": shown}
