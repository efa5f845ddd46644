"""The senders: lorries through their ten steps over HTTP, as fast as answers come, or so many a second."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import count

from benchmarks.shipments import STEPS, lorry
from client import SERVICES, Client, Patience
from client.scenarios.documents import carnet
from client.scenarios.road import Lorry
from deploy.local.issuer import make_token
from deploy.local.stack import Stack

AGAIN_SECONDS = 0.2
PRESSING = Patience(pause=AGAIN_SECONDS, pause_max=AGAIN_SECONDS, asked_max=AGAIN_SECONDS)
"""What cannot be answered now is sent again soon, whatever the door asks for: it is the door that is measured."""


class Sender:
    """Sends steps. `seconds` are those of every answer, by command; `begun` says when each lorry's first was sent."""

    def __init__(self, run: str, client: Client, tokens: Mapping[str, str]) -> None:
        self._run = run
        self._client = client
        self._tokens = tokens
        self._numbers = count(1)
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.begun: dict[str, float] = {}

    async def without_pause(self, workers: int, lorries: int, seconds: float) -> None:
        """Keeps so many convoys of so many lorries under way for so long, each to its end."""
        until = time.monotonic() + seconds
        async with asyncio.TaskGroup() as group:
            for _ in range(workers):
                group.create_task(self._again(lorries, until))

    async def at_pace(self, lorries_per_second: float, seconds: float) -> None:
        """Begins lorries one by one at this pace, whether or not earlier ones have been answered."""
        began = time.monotonic()
        async with asyncio.TaskGroup() as group:
            for number in range(int(lorries_per_second * seconds)):
                await asyncio.sleep(began + number / lorries_per_second - time.monotonic())
                group.create_task(self._send(self._new(1)))

    async def _again(self, lorries: int, until: float) -> None:
        while time.monotonic() < until:
            await self._send(self._new(lorries))

    def _new(self, lorries: int) -> list[Lorry]:
        """Those that nobody has sent before."""
        return [lorry(carnet(f"{self._run}_{next(self._numbers)}")) for _ in range(lorries)]

    async def _send(self, lorries: Sequence[Lorry]) -> None:
        """Takes them through all ten steps. Raises NotRecorded where one is not simply recorded."""
        began = time.monotonic()
        self.begun |= {each.movement: began for each in lorries}
        for step in STEPS:
            lines, sent = step.lines(lorries), time.perf_counter()
            await self._client.send_lines(step.route, lines, self._tokens[step.role])
            self.seconds[step.route.command].append(time.perf_counter() - sent)


def new_client(stack: Stack) -> Client:
    return Client({service: (stack.door(service),) for service in SERVICES}, patience=PRESSING)


def new_sender(stack: Stack, run: str, client: Client) -> Sender:
    """A sender to a stack's services. Each run has its own name, and its shipments begin with it."""
    roles = {step.role for step in STEPS}
    tokens = {role: make_token(stack.path, subject=f"{role}@{run}", roles=[role]) for role in roles}
    return Sender(run, client, tokens)
