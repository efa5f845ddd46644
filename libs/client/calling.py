"""The client: commands under keys that are kept, one or many at once, and what can be read, to its end."""

from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote
from uuid import uuid4

import httpx
import orjson

from client.answers import Answer, Document, NotRecorded, NotTaken, Problem, Stream, answer_of, problem_of, stream_of
from client.patience import PASSING, Patience, Repetition
from client.routes import Route
from client.wire import Wire

KEY = "idempotency_key"
ANSWER_SECONDS = 40.0
"""Longer than a service keeps anybody waiting for an answer."""
PAGE = 250
ANSWERED, RECORDED = b'{"outcome":', b'{"outcome":"recorded"'
"""How the line of a command begins that is on record, and that of one of which the law says nothing against it."""
PATIENCE = Patience()
JSON, NDJSON = {"content-type": "application/json"}, {"content-type": "application/x-ndjson"}


class Client:
    """Acts and reads at the doors of services, for whoever has the token that is shown.

    `addresses` are the base URLs of each service's processes: they are asked in turn. What passes (a lost connection,
    408, 429, 502, 503, 504; of many commands each by itself) is sent again, the same bytes under the same key, as
    `patience` has it; `again` counts why. So many requests are under way `at_once`; each is given up after so many
    `seconds`, and then sent again like any other. To be used as a context, which ends its connections.
    """

    def __init__(
        self,
        addresses: Mapping[str, Sequence[str]],
        *,
        patience: Patience = PATIENCE,
        seconds: float = ANSWER_SECONDS,
        at_once: int | None = None,
        headers: Mapping[str, str] | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._wire = Wire(
            addresses, patience, seconds=seconds, at_once=at_once, headers=headers or {}, transport=transport
        )

    @property
    def again(self) -> Counter[str]:
        """How often a request, or a line of one, had to be sent again, by what came instead of an answer."""
        return self._wire.again

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._wire.close()

    async def send(self, route: Route, command: Document, token: str, key: str | None = None) -> Answer:
        """One command and its answer. Its key is `key`, or stands in it, or is made here.

        Raises NotTaken where repeating it does not help, such as 409 and 422, and NoAnswer.
        """
        keyed = {"idempotency-key": key or str(command.get(KEY) or uuid4()), **JSON}
        repetition = self._wire.repetition(_named(route, command))
        content = orjson.dumps(command)
        told = await self._wire.ask(route.service, route.path, token, repetition, content=content, headers=keyed)
        return _taken(route, command, answer_of(told))

    async def send_all(self, route: Route, commands: Sequence[Document], token: str) -> list[Answer]:
        """Many commands in one request, and their answers in this order. Each has its key in it, or gets one.

        When all are answered, raises NotTaken for the first that was not taken. Raises NoAnswer.
        """
        found: dict[int, Answer | Problem] = {}
        async for place, answer in self.answers(route, commands, token):
            found[place] = answer
        return [_taken(route, command, found[place]) for place, command in enumerate(commands)]

    async def answers(
        self, route: Route, commands: Sequence[Document], token: str
    ) -> AsyncGenerator[tuple[int, Answer | Problem], None]:
        """The same, each with its command's place as soon as it is there; problems too. Raises NoAnswer."""
        lines = [orjson.dumps(command if KEY in command else {**command, KEY: str(uuid4())}) for command in commands]
        left, repetition = dict(enumerate(lines)), self._wire.repetition(route.service + route.path)
        while left:
            for place, told in await self._round(route, left, token, repetition):
                yield place, answer_of(told)

    async def send_lines(self, route: Route, lines: Sequence[bytes], token: str) -> None:
        """Many commands in one request, as JSON with keys, a line each; of their answers nothing is read but that they
        are `recorded`. For whoever sends very many. Raises NotRecorded for any other answer, and NoAnswer."""
        left, repetition = dict(enumerate(lines)), self._wire.repetition(route.service + route.path)
        while left:
            for place, told in await self._round(route, left, token, repetition):
                if not told.startswith(RECORDED):
                    raise NotRecorded(
                        f"{route.service}{route.path}: {lines[place][:300]!r} was answered {told[:300]!r}"
                    )

    async def _round(
        self, route: Route, left: dict[int, bytes], token: str, repetition: Repetition
    ) -> list[tuple[int, bytes]]:
        """Sends the lines that are left once; those that are answered for good, which are left no more."""
        body = b"\n".join(left.values())
        told = await self._wire.ask(route.service, route.path, token, repetition, content=body, headers=NDJSON)
        answers, found = told.splitlines(), []
        if len(answers) < len(left):
            repetition.failed("cut short")
        for place, line in zip(tuple(left), answers, strict=False):
            if line.startswith(ANSWERED) or not (why := _passing(line)):
                found.append((place, line))
                del left[place]
            else:
                repetition.failed(why)
        if found:
            repetition.moved()
        return found

    async def get(self, service: str, path: str, token: str, **asked: str | int | None) -> dict[str, Any]:
        """What a service shows under a path, with these parameters. Raises NotTaken, such as 404, and NoAnswer."""
        parameters = {name: str(value) for name, value in asked.items() if value is not None}
        told = await self._wire.ask(service, path, token, self._wire.repetition(service + path), asked=parameters)
        found: dict[str, Any] = orjson.loads(told)
        return found

    async def pages(
        self, service: str, path: str, token: str, **asked: str | int | None
    ) -> AsyncIterator[dict[str, Any]]:
        """The same page by page, to the end: each page says behind what the `next` one begins."""
        while True:
            page = await self.get(service, path, token, **asked)
            yield page
            if page["next"] is None:
                return
            asked["after"] = page["next"]

    async def waiting(
        self, route: Route, token: str, *, act: str = "", place: str | None = None, after: str = "", limit: int = PAGE
    ) -> AsyncIterator[list[Stream]]:
        """Streams on which the route's command, or another `act` of its service, waits; page by page, ordered by id, of
        those behind `after`, and of one `place` where it is given."""
        asked = {"waiting": act or route.command, "place": place, "after": after, "limit": limit}
        async for page in self.pages(route.service, f"/{route.kind}s", token, **asked):
            yield [stream_of(item) for item in page["items"]]

    async def stream(self, service: str, kind: str, id_: str, token: str) -> Stream | None:
        """State, open points and the whole timeline; None where the service knows nothing of it."""
        timeline: list[Document] = []
        try:
            async for page in self.pages(service, f"/{kind}s/{quote(id_, safe='')}", token):
                timeline += page["timeline"]
        except NotTaken as error:
            if error.problem.status == httpx.codes.NOT_FOUND:
                return None
            raise
        return stream_of(page, timeline)

    async def positions(self, service: str, token: str) -> Mapping[int, int]:
        """The last position of each partition of the service's journal."""
        found = await self.get(service, "/positions", token)
        return {end["partition"]: end["position"] for end in found["ends"]}

    async def parked(self, service: str, token: str) -> list[Document]:
        """What could not be decided, by partition and position."""
        return [item async for page in self.pages(service, "/parked", token) for item in page["items"]]


def _named(route: Route, command: Document) -> str:
    return f"{command.get(route.kind)}: {route.service}{route.path}"


def _taken(route: Route, command: Document, answer: Answer | Problem) -> Answer:
    if isinstance(answer, Problem):
        raise NotTaken(_named(route, command), answer)
    return answer


def _passing(line: bytes) -> str:
    """The name of a line's problem, if it goes by itself; a case that was opened does not."""
    problem = problem_of(orjson.loads(line))
    return problem.name if problem.status in PASSING else ""
