"""The services' doors, as any client outside uses them: commands as NDJSON, what waits, one stream."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from deploy.demo.acts import Command

PAUSE_SECONDS_FIRST, PAUSE_SECONDS_MAX = 0.1, 3.0
PAGE = 1000
READS_AT_ONCE = 24
NDJSON = "application/x-ndjson"


@dataclass(frozen=True)
class Office:
    """An act on what waits: where it is seen, by which door it is done, and by whom."""

    act: str
    service: str
    kind: str
    path: str


class DoorError(Exception):
    """A door answered with what sending again does not change."""


class Doors:
    """Sends and asks, and does so again with the same key for as long as a service is away or troubled."""

    def __init__(self, addresses: Mapping[str, str], client: httpx.AsyncClient) -> None:
        self._addresses = addresses
        self._client = client
        self._reads = asyncio.Semaphore(READS_AT_ONCE)

    async def post(self, service: str, path: str, token: str, commands: Sequence[Command]) -> list[dict[str, Any]]:
        """The answers, in the order of the commands. Raises DoorError for a command that is not accepted."""
        body = "\n".join(json.dumps(command, ensure_ascii=False) for command in commands)
        pause = PAUSE_SECONDS_FIRST
        while True:
            response = await self._request(
                "POST", service, path, token, content=body.encode(), headers={"content-type": NDJSON}
            )
            answers = [json.loads(line) for line in response.text.splitlines()]
            if not any(_passing(answer) for answer in answers):
                break
            await asyncio.sleep(pause)
            pause = min(pause * 2, PAUSE_SECONDS_MAX)
        for command, answer in zip(commands, answers, strict=True):
            if "receipt" not in answer:
                of = command.get("consignment") or command["movement"]
                raise DoorError(f"{of}: {service}{path} did not take the command: {answer.get('detail', answer)}")
        return answers

    async def waiting(self, office: Office, token: str, place: str | None, stamp: str) -> list[str]:
        """The ids that begin with `stamp` and wait for the act."""
        asked = {"waiting": office.act, "after": stamp, "limit": str(PAGE)} | ({"place": place} if place else {})
        found = (await self._request("GET", office.service, f"/{office.kind}s", token, params=asked)).json()
        return [item["id"] for item in found["items"] if item["id"].startswith(stamp)]

    async def stream(self, service: str, kind: str, id_: str, token: str) -> dict[str, Any] | None:
        """State, open points and timeline; None where the service knows nothing of it."""
        async with self._reads:
            response = await self._request("GET", service, f"/{kind}s/{id_}", token)
        found: dict[str, Any] | None = None if response.status_code == httpx.codes.NOT_FOUND else response.json()
        return found

    async def _request(self, method: str, service: str, path: str, token: str, **more: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}", **more.pop("headers", {})}
        pause = PAUSE_SECONDS_FIRST
        while True:
            try:
                response = await self._client.request(method, self._addresses[service] + path, headers=headers, **more)
            except httpx.TransportError:
                pass  # The same request, with the same keys, is sent again: it takes effect once.
            else:
                if response.status_code == httpx.codes.NOT_FOUND or response.is_success:
                    return response
                if not response.is_server_error:
                    raise DoorError(f"{service}{path} answered {response.status_code}: {response.text[:300]}")
            await asyncio.sleep(pause)
            pause = min(pause * 2, PAUSE_SECONDS_MAX)


def _passing(answer: Mapping[str, Any]) -> bool:
    """Whether a line's problem goes by itself; a case that was opened does not."""
    return int(answer.get("status", 200)) >= httpx.codes.INTERNAL_SERVER_ERROR and "case" not in answer
