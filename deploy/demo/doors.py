"""The services' doors, as any client outside uses them: commands as NDJSON, what waits, one stream."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any

import httpx

from deploy.demo.acts import Command

PAUSE_SECONDS_FIRST, PAUSE_SECONDS_MAX = 0.1, 3.0
PAGE = 250
REQUESTS_AT_ONCE = 16
NDJSON = "application/x-ndjson"


class DoorError(Exception):
    """A door answered with what sending again does not change."""


class Doors:
    """Sends and asks, and does so again with the same key for as long as a service is away or troubled."""

    def __init__(self, addresses: Mapping[str, str], client: httpx.AsyncClient) -> None:
        self._addresses = addresses
        self._client = client
        self._room = asyncio.Semaphore(REQUESTS_AT_ONCE)  # A client's own queue costs it more than this one.

    async def post(self, service: str, path: str, token: str, commands: Sequence[Command]) -> list[dict[str, Any]]:
        """The answers, in the order of the commands. Raises DoorError for a command that is not accepted."""
        answers: list[dict[str, Any]] = [{}] * len(commands)
        left, pause = list(range(len(commands))), PAUSE_SECONDS_FIRST
        while True:
            body = "\n".join(json.dumps(commands[place], ensure_ascii=False) for place in left).encode()
            response = await self._request("POST", service, path, token, content=body, headers={"content-type": NDJSON})
            for place, line in zip(left, response.text.splitlines(), strict=True):
                answers[place] = json.loads(line)
            left = [place for place in left if _passing(answers[place])]
            if not left:
                break
            await asyncio.sleep(pause)
            pause = min(pause * 2, PAUSE_SECONDS_MAX)
        for command, answer in zip(commands, answers, strict=True):
            if "receipt" not in answer:
                of = command.get("consignment") or command["movement"]
                raise DoorError(f"{of}: {service}{path} did not take the command: {answer.get('detail', answer)}")
        return answers

    async def waiting(self, service: str, kind: str, act: str, token: str, stamp: str) -> AsyncIterator[list[str]]:
        """The ids that begin with `stamp` and wait for the act, anywhere, page by page."""
        after: str | None = stamp
        while after is not None:
            asked = {"waiting": act, "after": after, "limit": str(PAGE)}
            found = (await self._request("GET", service, f"/{kind}s", token, params=asked)).json()
            yield [item["id"] for item in found["items"] if item["id"].startswith(stamp)]
            after = found["next"]

    async def ends(self, service: str, token: str) -> dict[int, int]:
        """The last position of each partition of the service's journal."""
        found = (await self._request("GET", service, "/positions", token)).json()
        return {end["partition"]: end["position"] for end in found["ends"]}

    async def stream(self, service: str, kind: str, id_: str, token: str) -> dict[str, Any] | None:
        """State, open points and the whole timeline; None where the service knows nothing of it."""
        found: dict[str, Any] = {"timeline": [], "next": 0}
        while (after := found["next"]) is not None:
            response = await self._request("GET", service, f"/{kind}s/{id_}", token, params={"after": str(after)})
            if response.status_code == httpx.codes.NOT_FOUND:
                return None
            page = response.json()
            found = {**page, "timeline": found["timeline"] + page["timeline"]}
        return found

    async def _request(self, method: str, service: str, path: str, token: str, **more: Any) -> httpx.Response:
        headers = {"authorization": f"Bearer {token}", **more.pop("headers", {})}
        address = self._addresses[service] + path
        pause = PAUSE_SECONDS_FIRST
        while True:
            try:
                async with self._room:
                    response = await self._client.request(method, address, headers=headers, **more)
            except httpx.TransportError:
                pass  # The same request, with the same keys, is sent again: it takes effect once.
            else:
                if response.status_code == httpx.codes.NOT_FOUND or response.is_success:
                    return response
                if not response.is_server_error and response.status_code != httpx.codes.TOO_MANY_REQUESTS:
                    raise DoorError(f"{service}{path} answered {response.status_code}: {response.text[:300]}")
            await asyncio.sleep(pause)
            pause = min(pause * 2, PAUSE_SECONDS_MAX)


def _passing(answer: Mapping[str, Any]) -> bool:
    """Whether a line's problem goes by itself; a case that was opened does not."""
    return int(answer.get("status", 200)) >= httpx.codes.INTERNAL_SERVER_ERROR and "case" not in answer
