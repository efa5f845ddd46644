"""The doors: commands in, answers out, and what can be read, described in OpenAPI 3.1. FastAPI, one app per service."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from importlib.resources import files
from itertools import chain
from typing import Annotated, Any

import orjson
from fastapi import Depends, FastAPI, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from pydantic import StringConstraints
from rfc9457 import Problem
from starlette.exceptions import HTTPException

from access.tokens import Tokens
from chassis.api.commands import ERRORS_MAX, CommandReader
from chassis.api.views import Views
from chassis.consume.read_barrier import CannotSee, ReadBarrier
from chassis.running import Runner
from chassis.service import PARKING_ROUTES, Page, Route, Service
from chassis.write import journal
from chassis.write.answering import PROBLEMS, as_answer, cannot_see, problem
from chassis.write.inputs import Answer, CommandEnvelope
from entries.entry import PARTITIONS
from intake import Intake
from intake.bodies import JSON, NDJSON
from intake.documents import portions
from intake.turns import some_at_once
from telemetry.requests import Measured

SAME: dict[str, Any] = json.loads(files("chassis").joinpath("openapi.json").read_text(encoding="utf-8"))
"""What is said of every door alike."""
LINES_MAX = 20_000
HEADERS = {int(status): headers for status, headers in SAME["headers"].items()}
"""What goes with an answer."""
PORTIONS_AHEAD = 4
"""So many portions of a body are read or decided at a time: the next ones wait while the first is."""
CANNOT_SEE, TOO_MANY = b'"/problems/cannot-see"', PROBLEMS["too-many"]["status"]

Word = Annotated[str, StringConstraints(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")]
After = Annotated[str, StringConstraints(pattern=r"^([0-9]{1,2}/[0-9]{1,18})?$")]
Position = Annotated[int, Query(ge=0, lt=2**63)]
Limit = Annotated[int, Query(ge=1, le=1000)]
Started = tuple[Runner, Tokens, Views]


def build(service: Service, start: Callable[[], AbstractAsyncContextManager[Started]]) -> FastAPI:
    """The app of a service; `start` brings its runner up and takes it down again with the app."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with start() as (app.state.runner, app.state.tokens, app.state.views):
            yield

    app = FastAPI(title=f"Serhet {service.name}", lifespan=lifespan, **SAME["app"])
    for error in (Problem, RequestValidationError, HTTPException, *journal.PASSING, Exception):
        app.add_exception_handler(error, _tell)
    intake = Intake(problem)
    for route in (*service.routes, *PARKING_ROUTES):
        summary = (route.command.__doc__ or route.path).strip().splitlines()[0]
        app.post(route.path, name=route.command.__name__, summary=summary)(_door(service, route, intake))
    for path, page in service.pages.items():
        app.get(path, summary=(page.__doc__ or path).strip(), openapi_extra={"security": []})(_page(page))
    for kind in service.kinds:
        app.get(f"/{kind}s", name=f"{kind}s that wait for an act")(_waiting(kind))
        app.get(f"/{kind}s/{{id}}", name=f"One {kind}")(_stream(kind))
    app.get("/positions", name="The ends of partitions")(_positions)
    app.get("/parked", name="Records that could not be decided")(_parked)
    app.get("/health", name="Whether this service moves", responses=SAME["health"])(_health)
    app.add_middleware(Measured, telemetry=lambda: app.state.runner.telemetry)
    _describe(app, service)
    return app


@dataclass(frozen=True)
class Sent:
    """A request with commands, while it is answered."""

    request: Request
    command_reader: CommandReader
    intake: Intake
    in_order: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held from the reading of a portion until its commands are queued."""


def _door(service: Service, route: Route, intake: Intake) -> Callable[[Request], Any]:
    async def post(request: Request) -> Response:
        kind = intake.check(request)
        subject = request.app.state.tokens.subject(request.headers)
        sent = Sent(request, CommandReader(service=service, route=route, subject=subject), intake)
        async with intake.body(request, subject.client) as body:
            if kind == JSON:
                key = request.headers.get("idempotency-key")
                (answer,) = await intake.in_time(request, _decide(sent, [body], key))
                return _response(answer)
            if body.count(b"\n") > LINES_MAX:
                raise problem("too-large", most=f"{LINES_MAX} commands")
            decided = await intake.in_time(
                request, some_at_once(portions(body), partial(_decide, sent), PORTIONS_AHEAD)
            )
            answers = list(chain.from_iterable(decided))
            if {answer.status for answer in answers} == {TOO_MANY}:
                raise problem("too-many")
            return Response(b"".join(answer.body + b"\n" for answer in answers), media_type=NDJSON)

    return post


async def _decide(sent: Sent, texts: list[bytes], key: str | None = None) -> list[Answer]:
    """Answers in the order of what was sent; what could not be read keeps its place and costs the others nothing.

    A term can have run out before a command, and nobody has asked yet what upstreams had recorded until then: so that
    is asked, and those commands are decided after it.
    """
    barrier = sent.request.app.state.runner.barrier
    async with AsyncExitStack() as room:
        async with sent.in_order:
            await room.enter_async_context(sent.intake.work(sent.command_reader.subject.client, texts))
            read = await sent.command_reader.read_all(texts, key)
            if sent.command_reader.route.reads_latest:
                read = await _sighted(barrier, read)
            waiting = _submitted(sent, read)
        answers = await waiting
        blind = [answer.status == 503 and CANNOT_SEE in answer.body for answer in answers]
        unseen = [one if cannot else answer for one, answer, cannot in zip(read, answers, blind, strict=True)]
        again = any(isinstance(one, CommandEnvelope) for one in unseen)
        return await _submitted(sent, await _sighted(barrier, unseen)) if again else answers


def _submitted(sent: Sent, read: Sequence[CommandEnvelope | Answer]) -> Awaitable[list[Answer]]:
    """Queues the commands at once; what comes of it has all answers in their places."""
    runner: Runner = sent.request.app.state.runner
    asked = runner.telemetry.traces.asked(sent.command_reader.route.path, sent.request.headers)
    deciding = runner.submit([one._replace(**asked(one)) for one in read if isinstance(one, CommandEnvelope)])

    async def in_place() -> list[Answer]:
        decided = iter(await deciding)
        return [one if isinstance(one, Answer) else next(decided) for one in read]

    return in_place()


async def _sighted(barrier: ReadBarrier, read: Sequence[CommandEnvelope | Answer]) -> list[CommandEnvelope | Answer]:
    """Asks upstreams first; where that fails, an answer says so in the command's place."""
    partitions = sorted({one.partition for one in read if isinstance(one, CommandEnvelope)})
    asked = await asyncio.gather(*map(barrier.ask, partitions), return_exceptions=True)
    found = dict(zip(partitions, asked, strict=True))
    return [_seen(one, found[one.partition], barrier) if isinstance(one, CommandEnvelope) else one for one in read]


def _seen(
    command: CommandEnvelope, asked: datetime | BaseException | None, barrier: ReadBarrier
) -> CommandEnvelope | Answer:
    """The command with the moment up to which upstreams were seen for it, or what to say where they were not."""
    if isinstance(asked, CannotSee):
        return cannot_see(str(asked), barrier.until.get(command.partition))
    if isinstance(asked, BaseException):
        raise asked
    return command._replace(asked=asked)


def _response(answer: Answer) -> Response:
    media_type = JSON if answer.status == 200 else "application/problem+json"
    return Response(answer.body, answer.status, HEADERS.get(answer.status), media_type)


async def _tell(request: Request, error: Exception) -> Response:
    """Every error as a problem document. A fault says nothing of our insides; the log has it."""
    match error:
        case Problem():
            found = error
        case RequestValidationError():
            told_of = error.errors()[:ERRORS_MAX]
            wrong = [{"parameter": str(each["loc"][-1]), "detail": each["msg"]} for each in told_of]
            detail = "; ".join(f"{each['parameter']}: {each['detail']}" for each in wrong)
            found = problem("malformed", what="request", detail=detail, errors=wrong)
        case HTTPException(status_code=status, detail=title):
            found = problem("no-such-door", status=status, title=title, method=request.method, path=request.url.path)
        case _:
            found = problem("no-answer" if isinstance(error, journal.PASSING) else "fault")
    response = _response(as_answer(found))
    if isinstance(error, HTTPException):
        response.headers.update(error.headers or {})
    return response


async def _views(request: Request) -> Views:
    """What can be read, for whoever has a token that holds."""
    views: Views = request.app.state.views
    return views.seen_by(request.app.state.tokens.subject(request.headers).client)


Seen = Annotated[Views, Depends(_views)]


def _stream(kind: str) -> Callable[..., Any]:
    async def get(views: Seen, id: Word, after: Position = 0) -> Response:  # noqa: A002 - the path's own word
        return _found(await views.stream(kind, id, after), what=f"{kind} {id!r}")

    return get


def _waiting(kind: str) -> Callable[..., Any]:
    async def get(
        views: Seen, waiting: Word, place: Word | None = None, after: Word = "", limit: Limit = 100
    ) -> Response:
        return _found(await views.waiting(kind, waiting, place, after, limit))

    return get


def _page(page: Page) -> Callable[..., Any]:
    """Open to everyone, without a token; what the page is asked for stands in its own signature."""

    async def get(found: Annotated[dict[str, Any] | None, Depends(page)]) -> Response:
        return _found(found)

    return get


async def _positions(views: Seen, partition: Annotated[list[int], Query()] = []) -> Response:  # noqa: B006
    if not set(partition) <= set(range(PARTITIONS)):
        raise problem("unknown", what="partition", detail=f"There are partitions 0 to {PARTITIONS - 1}.")
    ends = await views.positions(partition or range(PARTITIONS))
    return _found({"ends": ends, **(ends[0] if len(ends) == 1 else {})})


async def _parked(views: Seen, after: After = "", limit: Limit = 100) -> Response:
    return _found(await views.parked(after, limit))


async def _health(request: Request) -> Response:
    found = request.app.state.views.health(request.app.state.runner)
    return _found(found, 503 if found["status"] == "still" else 200)


def _found(found: dict[str, Any] | None, status: int = 200, what: str = "page") -> Response:
    if found is None:
        raise problem("unknown", what=what, detail=f"Nothing is recorded here of such a {what}.")
    return Response(orjson.dumps(found), status, media_type=JSON)


def _describe(app: FastAPI, service: Service) -> None:
    """Completes the app's description of itself, so that every door has its command's schema."""
    schema = app.openapi()
    schema["security"] = [{"token": []}]
    components = schema.setdefault("components", {})
    components |= SAME["components"] | {"schemas": components.get("schemas", {}) | SAME["components"]["schemas"]}
    for route in (*service.routes, *PARKING_ROUTES):
        schema["paths"][route.path]["post"] |= _operation(service, route, components["schemas"])


def _operation(service: Service, route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    name = route.command.__name__
    command = service.commands[name].json_schema(ref_template="#/components/schemas/{model}")
    parts = command.pop("$defs", {})
    command["properties"] |= SAME["envelope"]
    schemas |= {each: {**schema, "additionalProperties": False} for each, schema in {**parts, name: command}.items()}
    one = {"schema": {"$ref": f"#/components/schemas/{name}"}, "example": service.examples.get(name)}
    many = {"schema": {"type": "string", "description": f"One {name} per line."}}
    body = {"required": True, "content": {JSON: one, NDJSON: many}}
    return {**SAME["operation"], "requestBody": body}
