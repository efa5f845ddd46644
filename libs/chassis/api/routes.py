"""The doors: commands in, answers out, described in OpenAPI 3.1. FastAPI, one app per service."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from inspect import cleandoc
from itertools import chain
from typing import Any

from fastapi import FastAPI, Request, Response

from access.tokens import Tokens
from chassis.api.commands import CommandReader
from chassis.api.reads import add_reads
from chassis.api.views import Views
from chassis.consume.read_barrier import CannotSee, ReadBarrier
from chassis.running import Runner
from chassis.service import PARKING_ROUTES, Route, Service
from chassis.write import journal
from chassis.write.answering import cannot_see
from chassis.write.inputs import Answer, CommandEnvelope
from doors.describing import SAME, complete, operation
from doors.errors import answered, install
from doors.problems import PROBLEMS, problem
from intake import Intake
from intake.bodies import JSON, NDJSON
from intake.documents import portions
from intake.turns import some_at_once
from telemetry.requests import Measured

LINES_MAX = 20_000
PORTIONS_AHEAD = 4
"""So many portions of a body are read or decided at a time: the next ones wait while the first is."""
CANNOT_SEE, TOO_MANY = b'"/problems/cannot-see"', PROBLEMS["too-many"]["status"]
NOT_FOUND = PROBLEMS["no-such-stream"]["status"]

Started = tuple[Runner, Tokens, Views]


def build(
    service: Service, start: Callable[[], AbstractAsyncContextManager[Started]], origins: Sequence[str] = ()
) -> FastAPI:
    """The app of a service; `start` brings its runner up and takes it down again with the app.

    Pages in browsers that come from `origins` may ask here (CORS).
    """

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with start() as (app.state.runner, app.state.tokens, app.state.views):
            yield

    app = FastAPI(title=f"Serhet {service.name}", lifespan=lifespan, **SAME["app"])
    install(app, passing=journal.PASSING, origins=origins)
    intake = Intake(problem)
    for route in (*service.routes, *PARKING_ROUTES):
        name, said = route.command.__name__, cleandoc(route.command.__doc__ or route.path)
        described = operation(name[0].lower() + name[1:], "commands", said.splitlines()[0])
        app.post(route.path, **described, description=said)(_door(service, route, intake))
    add_reads(app, service)
    app.add_middleware(Measured, telemetry=lambda: app.state.runner.telemetry)
    complete(app.openapi(), service, (*service.routes, *PARKING_ROUTES))
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
        subject = request.app.state.tokens.subject(request.headers, acts=route.roles)
        sent = Sent(request, CommandReader(service=service, route=route, subject=subject), intake)
        async with intake.body(request, subject.client) as body:
            if kind == JSON:
                key = request.headers.get("idempotency-key", "")
                (answer,) = await intake.in_time(request, _decide(sent, [body], key))
                return answered(*answer)
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
        if again:
            answers = await _submitted(sent, await _sighted(barrier, unseen))
        return await _begun(sent, read, answers)


async def _begun(sent: Sent, read: Sequence[CommandEnvelope | Answer], answers: list[Answer]) -> list[Answer]:
    """Where a stream is unknown here, upstreams are asked: what is on record there is no mistake."""
    barrier: ReadBarrier = sent.request.app.state.runner.barrier
    missing = {
        place: one
        for place, (one, answer) in enumerate(zip(read, answers, strict=True))
        if isinstance(one, CommandEnvelope) and answer.status == NOT_FOUND
    }
    if not missing or not sent.command_reader.service.hears:
        return answers
    there = await barrier.known(one.stream for one in missing.values())
    found = {place: one._replace(founds=True) for place, one in missing.items() if there.get(one.stream)}
    decided = dict(zip(found, await _submitted(sent, list(found.values())), strict=True)) if found else {}
    unseen = cannot_see(" or ".join(sent.command_reader.service.hears), None)
    unsaid = {place: unseen for place, one in missing.items() if one.stream not in there}
    return [decided.get(place, unsaid.get(place, answer)) for place, answer in enumerate(answers)]


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
