"""Load over HTTP: convoys of lorries, each through its whole lifecycle, every command repeated until it is accepted.

Convoys take turns. A patient one sends a command when the service shows that it waits for it, so nothing may be found
amiss. An eager one sends everything at once and each request twice at the same time, to two doors, as a client does
whose answer got lost; its facts come in any order. Each fact is stated with the time at which it happened, so in the
end all orders come to the same.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from itertools import count

from client import KEY, Answer, Client, Patience, ServiceError
from client.scenarios.documents import Command, stream_of
from client.scenarios.road import Step
from tests.faults.evidence import Accepted, Listed, Log
from tests.faults.shipments import STEPS, convoy, convoy_name, convoy_of, expected

ANSWER_SECONDS = 6.0
"""How long a door has time to answer before the next one is asked."""
PATIENCE_SECONDS = 240.0
"""How long a command is repeated, or waited for, before the run is given up."""
PAUSE_SECONDS = 0.2
PATIENCE = Patience(
    pause=PAUSE_SECONDS, pause_max=2.0, asked_max=0.0, seconds=PATIENCE_SECONDS, also=frozenset({401, 500})
)
"""It presses on, whatever a door asks for; and where a clock is wrong, it is another time to a token, too."""
REST_SECONDS = 0.1
"""How long a convoy rests between two steps: the machine is to be busy, and not so busy that nothing else moves."""
BEFORE = timedelta(minutes=1)
"""So long before it is sent, the first fact of a convoy happened; every step a second later."""
LORRIES, CONSIGNMENTS = 4, 8


class NotAccepted(ServiceError):  # noqa: N818 - what the service said, not what went wrong here
    """A service answered what no repetition will change, or does not wait for what it is to wait for."""


class Load:
    """Sends convoys.

    `addresses` are the base URLs of each service's processes; `tokens`, and `clients` whose keys are used, go by role.
    `rest` (seconds between two steps of a convoy) may be changed while it runs. `client` ends with `run`; whoever sends
    without that uses it as a context.
    """

    def __init__(
        self,
        run: str,
        addresses: Mapping[str, Sequence[str]],
        tokens: Mapping[str, str],
        clients: Mapping[str, str],
        log: Log,
        *,
        rest: float = REST_SECONDS,
    ) -> None:
        self._run = run
        self._tokens = tokens
        self._clients = clients
        self._log = log
        self.rest = rest
        self.client = Client(addresses, patience=PATIENCE, seconds=ANSWER_SECONDS)
        self._numbers = count(1)
        self._ending = False
        self._group: asyncio.TaskGroup
        self._sent: dict[tuple[str, str, str], tuple[Step, Command]] = {}
        self._disturbed: set[str] = set()
        """Convoys of which a command was lost by a restore: what rests on it may have come before it is sent again."""

    @property
    def repetitions(self) -> Counter[str]:
        """Requests, or lines of them, that were sent again, by what came instead of an answer."""
        return self.client.again

    def end(self) -> None:
        """Begins no further convoy; those under way go to their end."""
        self._ending = True

    async def run(self, workers: int) -> None:
        """Sends until told to end."""
        async with self.client, asyncio.TaskGroup() as self._group:
            for _ in range(workers):
                self._group.create_task(self._work())

    def more(self, convoys: int) -> None:
        """Sends so many eager convoys besides, while it runs: those under way may all be waiting for something."""
        for _ in range(convoys):
            self._group.create_task(self.send(next(self._numbers), patient=False))

    async def _work(self) -> None:
        while not self._ending:
            number = next(self._numbers)
            await self.send(number, patient=number % 2 == 0)

    async def send(self, number: int, patient: bool) -> None:
        """Takes one convoy through its lifecycle."""
        lorries = convoy(self._run, number, LORRIES, CONSIGNMENTS)
        began = datetime.now(UTC) - BEFORE
        for index, step in enumerate(STEPS):
            occurred = {"occurred": (began + index * timedelta(seconds=1) - step.ago).isoformat()}
            commands = [command | occurred for command in step.commands(lorries)]
            if patient and step.waits:
                await self._until_waited_for(step, number, commands)
            twice = 1 if patient else 2
            await asyncio.gather(*(self._until_accepted(step, commands) for _ in range(twice)))
            await asyncio.sleep(self.rest)
        plain = patient and convoy_name(self._run, number) not in self._disturbed
        self._log.add_expected(expected(lorries, plain))

    async def send_again(self, listed: Iterable[Listed]) -> None:
        """Sends what a restore lost, each under its own key, in the order of a lifecycle, while it runs."""
        again = [self._sent[each.service, each.client, each.key] for each in listed]
        self._disturbed |= {convoy_of(command) for _, command in again}
        for step in STEPS:
            if commands := [command for its, command in again if its is step]:
                await self._until_accepted(step, commands)

    async def _until_waited_for(self, step: Step, number: int, commands: Sequence[Command]) -> None:
        door, token = step.route, self._tokens[step.role]
        wanted = {stream_of(door.kind, command) for command in commands}
        behind = min(wanted).rpartition(".")[0]
        after, limit = f"{behind}.{convoy_name(self._run, number)}", len(wanted)
        until = time.monotonic() + PATIENCE_SECONDS
        shown: set[str] = set()
        while shown != wanted:
            if time.monotonic() > until:
                raise NotAccepted(f"{door.service} shows no open {door.command} of {sorted(wanted - shown)[0]}")
            await asyncio.sleep(PAUSE_SECONDS)
            page = await self.client.get(
                door.service, f"/{door.kind}s", token, waiting=door.command, after=after, limit=limit
            )
            shown = {item["id"] for item in page["items"]} & wanted

    async def _until_accepted(self, step: Step, commands: Sequence[Command]) -> None:
        """Sends the same lines under the same keys until each has its answer."""
        service, client = step.route.service, self._clients[step.role]
        left = {command[KEY]: command for command in commands}
        self._sent |= {(service, client, key): (step, command) for key, command in left.items()}
        until = time.monotonic() + PATIENCE_SECONDS
        try:
            while left:
                await self._send_left(step, list(left.values()), left, until)
        finally:
            self._log.add_unanswered(service, client, left)

    async def _send_left(self, step: Step, commands: Sequence[Command], left: dict[str, Command], until: float) -> None:
        """Sends them once more, and takes away what is accepted. A stream that is parked waits for its re-drive."""
        client = self._clients[step.role]
        async with aclosing(self.client.answers(step.route, commands, self._tokens[step.role])) as answers:
            async for place, answer in answers:
                command = commands[place]
                if isinstance(answer, Answer):
                    self._log.add_accepted(_accepted(step, client, command, answer))
                    del left[command[KEY]]
                elif answer.name != "parked" or time.monotonic() > until:
                    raise NotAccepted(f"{step.route.command} of {step.stream(command)}: {answer.document}")
        if left:
            self.client.again["parked"] += len(left)
            await asyncio.sleep(PAUSE_SECONDS)


def _accepted(step: Step, client: str, command: Command, answer: Answer) -> Accepted:
    return Accepted(
        service=step.route.service, client=client, key=command[KEY], type=step.route.command,
        stream=step.stream(command), receipt=vars(answer.receipt), events=[vars(event) for event in answer.events],
    )  # fmt: skip
