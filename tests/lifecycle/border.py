"""What people at the border do through the doors, and what they can read there."""

import asyncio
import json
import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import uuid4

import httpx

from deploy.local.issuer import make_token
from deploy.local.stack import Stack

SERVICE_OF = {
    "/arrival-notices": "arrival",
    "/journeys": "arrival",
    "/border-crossings": "arrival",
    "/arrivals": "arrival",
    "/stops": "arrival",
    "/vehicle-presentations": "presentation",
    "/goods-presentations": "presentation",
    "/declarations": "clearance",
    "/permits": "clearance",
    "/permit-decisions": "clearance",
    "/approvals": "clearance",
    "/payments": "clearance",
    "/immediate-exports": "clearance",
    "/releases": "release",
    "/uses": "release",
    "/regime-ends": "release",
}
SECONDS_MAX = 60.0

Shown = dict[str, Any]


def part(shown: Shown, *names: str) -> Shown:
    """A part of a state as it is shown: what is as at the beginning is left out."""
    found: Shown = shown["state"]
    for name in names:
        found = found.get(name, {})
    return found


class Border:
    """Acts as any role, at any door."""

    def __init__(self, stack: Stack, client: httpx.AsyncClient) -> None:
        self._stack = stack
        self._client = client

    async def act(self, role: str, path: str, key: str | None = None, **command: Any) -> Shown:
        """One command, and its answer. Without a key of its own it gets a new one."""
        answer = await self._client.post(
            self._stack.door(SERVICE_OF[path]) + path,
            json=command,
            headers={**self._headers(role), "idempotency-key": key or str(uuid4())},
        )
        assert answer.status_code == 200, answer.text
        found: Shown = answer.json()
        return found

    async def act_at_once(self, role: str, path: str, commands: Iterable[Shown]) -> list[Shown]:
        """Many commands in one request (NDJSON), and their answers; each has a key of its own."""
        lines = [json.dumps({**command, "idempotency_key": str(uuid4())}) for command in commands]
        answer = await self._client.post(
            self._stack.door(SERVICE_OF[path]) + path,
            content="\n".join(lines),
            headers={**self._headers(role), "content-type": "application/x-ndjson"},
        )
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]

    async def read(self, service: str, stream: str) -> Shown | None:
        """A stream (`kind/id`) as the service shows it; None as long as it knows nothing of it."""
        kind, _, id_ = stream.partition("/")
        answer = await self._client.get(f"{self._stack.door(service)}/{kind}s/{id_}", headers=self._headers("officer"))
        if answer.status_code == 404:
            return None
        assert answer.status_code == 200, answer.text
        found: Shown = answer.json()
        return found

    async def read_page(self, service: str, path: str) -> Shown:
        """What the service shows under a path of its own."""
        answer = await self._client.get(self._stack.door(service) + path, headers=self._headers("operations"))
        found: Shown = answer.json()
        return found

    async def until(self, service: str, stream: str, so: Callable[[Shown], bool]) -> Shown:
        """The stream as soon as it is so there."""
        until = time.monotonic() + SECONDS_MAX
        while (shown := await self.read(service, stream)) is None or not so(shown):
            assert time.monotonic() < until, f"{service} shows of {stream} after {SECONDS_MAX:.0f} s: {shown}"
            await asyncio.sleep(0.05)
        return shown

    async def until_measured(self, stream: str, kind: str) -> Shown:
        """The stream at `release`, as soon as that has heard of measures of this kind."""
        return await self.until("release", stream, lambda shown: kind in part(shown, "clearance", "measures"))

    async def until_paid(self, stream: str, amount: str) -> Shown:
        """The stream at `release`, as soon as that has heard of this payment."""

        def heard(shown: Shown) -> bool:
            return amount in [each for _, each in part(shown, "clearance", "payments").get("received", [])]

        return await self.until("release", stream, heard)

    async def until_open(self, service: str, stream: str, act: str) -> Shown:
        """The open point of this act, as soon as the service waits for it."""
        shown = await self.until(service, stream, lambda shown: act in {p["act"] for p in shown["open_points"]})
        point: Shown = next(point for point in shown["open_points"] if point["act"] == act)
        return point

    async def until_recorded(self, service: str, stream: str, type_: str) -> Shown:
        """The event of this type, as soon as it stands there."""
        shown = await self.until(service, stream, lambda shown: type_ in {e["type"] for e in shown["timeline"]})
        found: Shown = next(entry for entry in shown["timeline"] if entry["type"] == type_)
        return found

    async def cited(self, service: str, stream: str) -> list[tuple[str, str]]:
        """The stream's events there, in order, each with the article that it rests on."""
        shown = await self.read(service, stream)
        timeline = shown["timeline"] if shown else []
        return [(entry["type"], entry["data"]["article"]) for entry in timeline if "idempotencykey" not in entry]

    @staticmethod
    async def pause() -> None:
        await asyncio.sleep(0.2)

    def _headers(self, role: str) -> Mapping[str, str]:
        token = make_token(self._stack.path, subject=f"{role}@FRP-MIX", roles=[role], checkpoints=["FRP-MIX"])
        return {"authorization": f"Bearer {token}"}


def found(events: list[Shown]) -> list[tuple[str, str, str]]:
    """The findings that these events hold: of which event, under which rule and article."""
    return [(e["type"], f["rule"], f["article"]) for e in events for f in e["data"].get("findings", ())]


def facts(finding: Shown) -> Shown:
    """The facts of a finding or a ground, by name."""
    return dict(finding["facts"])
