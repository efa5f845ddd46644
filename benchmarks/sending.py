"""The senders: vehicles through their nine steps over HTTP, as fast as answers come, or so many a second."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import count

import httpx

from benchmarks.shipments import SERVICES, STEPS, Step, Vehicle
from deploy.local.issuer import make_token
from deploy.local.stack import Stack

NDJSON = "application/x-ndjson"
RECORDED, NOT_NOW = b'{"outcome":"recorded"', b'"status":503'
AGAIN_SECONDS = 0.2
ANSWER_SECONDS = 40.0


class NotRecorded(Exception):  # noqa: N818 - what a service said
    """A service answered otherwise than a lifecycle without obstacles has it."""


class Sender:
    """Sends steps. `seconds` are those of every answer, by step; `begun` says when each vehicle's first was sent."""

    def __init__(
        self, run: str, client: httpx.AsyncClient, doors: Mapping[str, str], tokens: Mapping[str, str]
    ) -> None:
        self._run = run
        self._client = client
        self._doors = doors
        self._headers = {
            role: {"authorization": f"Bearer {token}", "content-type": NDJSON} for role, token in tokens.items()
        }
        self._numbers = count(1)
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.begun: dict[str, float] = {}
        self.again = 0
        """How many commands were sent again."""

    async def without_pause(self, workers: int, vehicles: int, seconds: float) -> None:
        """Keeps so many convoys of so many vehicles under way for so long, each to its end."""
        until = time.monotonic() + seconds
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(self._again(vehicles, until))

    async def at_pace(self, vehicles_per_second: float, seconds: float) -> None:
        """Begins vehicles one by one at this pace, whether or not earlier ones have been answered."""
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for number in range(int(vehicles_per_second * seconds)):
                await asyncio.sleep(began + number / vehicles_per_second - time.monotonic())
                group.create_task(self.send(self.new(1)))

    async def _again(self, vehicles: int, until: float) -> None:
        while time.monotonic() < until:
            await self.send(self.new(vehicles))

    def new(self, vehicles: int) -> list[Vehicle]:
        """Vehicles that nobody has sent before."""
        return [Vehicle(f"{self._run}-{next(self._numbers)}") for _ in range(vehicles)]

    async def send(self, vehicles: Sequence[Vehicle]) -> None:
        """Takes these vehicles through all nine steps. Raises NotRecorded where one is not simply recorded."""
        began = time.monotonic()
        self.begun |= {vehicle.movement: began for vehicle in vehicles}
        for step in STEPS:
            await self._post(step, step.lines(vehicles))

    async def _post(self, step: Step, lines: list[bytes]) -> None:
        """Sends the lines until each is recorded: what cannot be answered now is sent again under its own key."""
        began = time.perf_counter()
        while lines := await self._once(step, lines):
            self.again += len(lines)
            await asyncio.sleep(AGAIN_SECONDS)
        self.seconds[step.name].append(time.perf_counter() - began)

    async def _once(self, step: Step, lines: list[bytes]) -> list[bytes]:
        """Those of the lines that are to be sent again. Raises NotRecorded where no repetition will help."""
        url, headers = self._doors[step.service] + step.path, self._headers[step.role]
        try:
            answer = await self._client.post(url, content=b"\n".join(lines), headers=headers)
        except httpx.TransportError:  # Such as a connection that was closed for having been idle.
            return lines
        if answer.status_code == 503:
            return lines
        left = []
        for line, told in zip(lines, answer.content.splitlines(), strict=answer.status_code == 200):
            if NOT_NOW in told:
                left.append(line)
            elif not told.startswith(RECORDED):
                raise NotRecorded(f"{step.path}: {told[:300].decode()}")
        return left


def new_client() -> httpx.AsyncClient:
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=64)
    return httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False, limits=limits)


def new_sender(stack: Stack, run: str, client: httpx.AsyncClient) -> Sender:
    """A sender to a stack's services. Each run has its own name, and its shipments begin with it."""
    doors = {service: stack.door(service) for service in SERVICES}
    roles = {step.role for step in STEPS}
    tokens = {role: make_token(stack.path, subject=f"{role}@{run}", roles=[role]) for role in roles}
    return Sender(run, client, doors, tokens)
