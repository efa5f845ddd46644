"""Load over HTTP: convoys of trucks, each through its whole lifecycle, every command repeated until it is accepted.

Convoys take turns. A patient one sends a command when the service shows that it waits for it, so nothing may be found
amiss. An eager one sends everything at once and each request twice at the same time, to two doors, as a client does
whose answer got lost; its facts come in any order. Each fact is stated with the time at which it happened, so in the
end all orders come to the same.
"""

import asyncio
import json
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import httpx

from tests.faults.evidence import Accepted, Listed, Log
from tests.faults.shipments import STEPS, Command, Step, convoy, convoy_name, convoy_of, expected

NDJSON = {"content-type": "application/x-ndjson"}
ANSWER_SECONDS = 6.0
"""How long a door has time to answer before the next one is asked."""
PATIENCE_SECONDS = 240.0
"""How long a command is repeated, or waited for, before the run is given up."""
REST_SECONDS = 0.1
"""How long a convoy rests between two steps: the machine is to be busy, and not so busy that nothing else moves."""
PAUSE_SECONDS = 0.2
PAUSE_SECONDS_MAX = 2.0
PASSING = {httpx.codes.TOO_MANY_REQUESTS, httpx.codes.UNAUTHORIZED}
"""What a door says that has too much to do, or whose clock is wrong: to a token, too, it is another time then."""
BEFORE = timedelta(minutes=1)
"""So long before it is sent, the first fact of a convoy happened; every step a second later."""
TRUCKS, CONSIGNMENTS = 4, 8


class NotAccepted(Exception):  # noqa: N818 - what the service said, not what went wrong here
    """A service answered what no repetition will change, or did not answer for too long."""


class Load:
    """Sends convoys.

    `doors` are the base URLs of each service's processes; `tokens`, and `clients` whose keys are used, go by role.
    `rest` (seconds between two steps of a convoy) may be changed while it runs.
    """

    def __init__(
        self,
        run: str,
        doors: Mapping[str, Sequence[str]],
        tokens: Mapping[str, str],
        clients: Mapping[str, str],
        log: Log,
        *,
        rest: float = REST_SECONDS,
    ) -> None:
        self._run = run
        self._doors = doors
        self._tokens = tokens
        self._clients = clients
        self._log = log
        self.rest = rest
        self._numbers = count(1)
        self._turns = count()
        self._ending = False
        self._group: asyncio.TaskGroup
        self._client: httpx.AsyncClient
        self._sent: dict[tuple[str, str, str], tuple[Step, Command]] = {}
        self._disturbed: set[str] = set()
        """Convoys of which a command was lost by a restore: what rests on it may have come before it is sent again."""
        self.repetitions: Counter[str] = Counter()
        """Requests, or lines of them, that were sent again, by what came instead of an answer."""

    def end(self) -> None:
        """Begins no further convoy; those under way go to their end."""
        self._ending = True

    async def run(self, workers: int) -> None:
        """Sends until told to end."""
        async with new_client() as client, asyncio.TaskGroup() as self._group:
            self._client = client
            for _ in range(workers):
                self._group.create_task(self._work(client))

    def more(self, convoys: int) -> None:
        """Sends so many eager convoys besides, while it runs: those under way may all be waiting for something."""
        for _ in range(convoys):
            self._group.create_task(self.send(self._client, next(self._numbers), patient=False))

    async def _work(self, client: httpx.AsyncClient) -> None:
        while not self._ending:
            number = next(self._numbers)
            await self.send(client, number, patient=number % 2 == 0)

    async def send(self, client: httpx.AsyncClient, number: int, patient: bool) -> None:
        """Takes one convoy through its lifecycle."""
        trucks = convoy(self._run, number, TRUCKS, CONSIGNMENTS)
        began = datetime.now(UTC) - BEFORE
        for index, step in enumerate(STEPS):
            occurred = {"occurred": (began + index * timedelta(seconds=1) - step.ago).isoformat()}
            commands = [command | occurred for truck in trucks for command in step.commands(truck)]
            if patient and step.waits:
                await self._until_waited_for(client, step, number, commands)
            twice = 1 if patient else 2
            await asyncio.gather(*(self._until_accepted(client, step, commands) for _ in range(twice)))
            await asyncio.sleep(self.rest)
        plain = patient and convoy_name(self._run, number) not in self._disturbed
        self._log.add_expected(expected(trucks, plain))

    async def send_again(self, listed: Iterable[Listed]) -> None:
        """Sends what a restore lost, each under its own key, in the order of a lifecycle."""
        again = [self._sent[each.service, each.client, each.key] for each in listed]
        self._disturbed |= {convoy_of(command) for _, command in again}
        async with new_client() as client:
            for step in STEPS:
                if commands := [command for its, command in again if its is step]:
                    await self._until_accepted(client, step, commands)

    async def _until_waited_for(
        self, client: httpx.AsyncClient, step: Step, number: int, commands: Sequence[Command]
    ) -> None:
        wanted = {command[step.of] for command in commands}
        asked = {"waiting": step.type, "after": convoy_name(self._run, number), "limit": str(len(wanted))}
        until = time.monotonic() + PATIENCE_SECONDS
        shown: set[str] = set()
        while shown != wanted:
            if time.monotonic() > until:
                raise NotAccepted(f"{step.service} shows no open {step.type} of {sorted(wanted - shown)[0]}")
            await asyncio.sleep(PAUSE_SECONDS)
            answer = await self._try(client, "GET", step, f"/{step.of}s", params=asked)
            shown = {item["id"] for item in answer.json()["items"]} & wanted if answer else set()

    async def _until_accepted(self, client: httpx.AsyncClient, step: Step, commands: Sequence[Command]) -> None:
        """Sends the same lines under the same keys until each has its answer."""
        left = {f"{command[step.of]}/{step.type}": command for command in commands}
        self._sent |= {(step.service, self._clients[step.role], key): (step, each) for key, each in left.items()}
        until, pause = time.monotonic() + PATIENCE_SECONDS, PAUSE_SECONDS
        try:
            while left:
                if accepted := await self._send(client, step, left):
                    pause = PAUSE_SECONDS
                left = {key: command for key, command in left.items() if key not in accepted}
                if left and time.monotonic() > until:
                    raise NotAccepted(f"{step.service} did not answer {sorted(left)[0]} for {PATIENCE_SECONDS:.0f} s")
                await asyncio.sleep(pause if left else 0)
                pause = min(pause * 2, PAUSE_SECONDS_MAX)
        finally:
            self._log.add_unanswered(step.service, self._clients[step.role], left)

    async def _send(self, client: httpx.AsyncClient, step: Step, left: Mapping[str, Command]) -> set[str]:
        """Sends these commands once; the keys of those that were accepted."""
        body = "\n".join(json.dumps({**command, "idempotency_key": key}) for key, command in left.items())
        answer = await self._try(client, "POST", step, step.path, content=body, headers=NDJSON)
        accepted: set[str] = set()
        lines = answer.text.splitlines() if answer else ()
        for (key, command), line in zip(left.items(), lines, strict=False):
            if told := self._accepted(step, command, key, json.loads(line)):
                self._log.add_accepted(told)
                accepted.add(key)
        return accepted

    async def _try(
        self, client: httpx.AsyncClient, method: str, step: Step, path: str, **more: object
    ) -> httpx.Response | None:
        """The answer of the door whose turn it is; None if there is none, or one that may be another next time.

        Raises NotAccepted at a 4xx.
        """
        doors = self._doors[step.service]
        url = doors[next(self._turns) % len(doors)] + path
        request = client.build_request(method, url, **more)  # type: ignore[arg-type]
        request.headers["authorization"] = f"Bearer {self._tokens[step.role]}"
        try:
            answer = await client.send(request)
        except httpx.TransportError as error:
            self.repetitions[type(error).__name__] += 1
            return None
        if 400 <= answer.status_code < 500 and answer.status_code not in PASSING:
            raise NotAccepted(f"{path}: {answer.status_code} {answer.text}")
        if not answer.is_success:
            self.repetitions[str(answer.status_code)] += 1
        return answer if answer.is_success else None

    def _accepted(self, step: Step, command: Command, key: str, answer: dict[str, Any]) -> Accepted | None:
        """None for an operating state, which passes."""
        if answer.get("status") == 503:
            self.repetitions[answer["type"].removeprefix("/problems/")] += 1
            return None
        if "receipt" not in answer:
            raise NotAccepted(f"{step.type} of {step.name(command)}: {answer}")
        return Accepted(
            service=step.service, client=self._clients[step.role], key=key, type=step.type, stream=step.name(command),
            receipt=answer["receipt"], events=answer["events"],
        )  # fmt: skip


def new_client() -> httpx.AsyncClient:
    return httpx.AsyncClient(timeout=ANSWER_SECONDS, trust_env=False)
