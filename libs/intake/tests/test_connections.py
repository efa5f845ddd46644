"""Connections that bring nothing, or bring it slowly, or do not take their answer: they end, and others go on."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import pytest
import uvicorn
from rfc9457 import Problem
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from intake import Connection, Intake, bodies, connections

HEAD = b"POST / HTTP/1.1\r\nHost: here\r\n"
STATUSES = {"too-large": 413, "too-many": 429, "not-whole": 408, "said-twice": 400, "other-kind": 415}
LARGE = 30 * 1024 * 1024


def refuse(name: str, **said: object) -> Problem:
    return Problem(name, status=STATUSES[name])


async def told(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return Response(error.title, error.status)


@pytest.fixture
async def port() -> AsyncIterator[int]:
    """Where a server listens that answers a body with its size, `/large` with 30 MiB, and `/held` in its time."""
    intake = Intake(refuse)

    async def post(request: Request) -> Response:
        intake.check(request)
        async with intake.body(request) as body:
            if request.url.path == "/held":
                await asyncio.sleep(1.0)
            return Response(bytes(LARGE) if request.url.path == "/large" else str(len(body)))

    routes = [Route(path, post, methods=["POST"]) for path in ("/", "/large", "/held")]
    app = Starlette(routes=routes, exception_handlers={Problem: told})
    config = uvicorn.Config(app, port=0, http=Connection, ws="none", log_level="critical", lifespan="off")
    async with serving(uvicorn.Server(config)) as server:
        yield server.servers[0].sockets[0].getsockname()[1]


@asynccontextmanager
async def serving(server: uvicorn.Server) -> AsyncIterator[uvicorn.Server]:
    task = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - the server tells nobody
        await asyncio.sleep(0.01)
    try:
        yield server
    finally:
        server.should_exit = server.force_exit = True
        await task


@asynccontextmanager
async def opened(port: int, limit: int = 2**16) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=limit)
    try:
        yield reader, writer
    finally:
        writer.transport.abort()
        await asyncio.sleep(0)


async def sent(port: int, *parts: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """What comes back until the connection ends, and after how many seconds that is."""
    began = time.monotonic()
    async with opened(port) as (reader, writer):
        reading = asyncio.create_task(read_all(reader))
        with suppress(OSError):
            for part in parts:
                writer.write(part)
                await writer.drain()
                await asyncio.sleep(pause)
        return await reading, time.monotonic() - began


async def read_all(reader: asyncio.StreamReader) -> bytes:
    read = b""
    with suppress(OSError):
        async with asyncio.timeout(10):
            while more := await reader.read(2**16):
                read += more
    return read


async def test_a_connection_that_brings_nothing_is_ended(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 1.0)
    read, seconds = await sent(port)
    assert (read, seconds < 5) == (b"", True)


async def test_a_head_that_comes_byte_by_byte_is_cut_off(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 1.0)
    drops = [HEAD[n : n + 1] for n in range(len(HEAD))]
    read, seconds = await sent(port, *drops, pause=0.1)
    assert (read, seconds < 5) == (b"", True)


async def test_a_second_head_has_no_more_time_than_the_first(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 1.0)
    read, seconds = await sent(port, HEAD + b"Content-Length: 1\r\n\r\nx", HEAD, pause=0.1)
    assert read.startswith(b"HTTP/1.1 200")
    assert seconds < 5


async def test_a_body_that_comes_slowly_is_told_so(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.5)
    monkeypatch.setattr(connections, "HEAD_SECONDS", 1.0)
    read, seconds = await sent(port, HEAD + b"Content-Length: 1000\r\n\r\n", *[b"x"] * 20, pause=0.1)
    assert read.startswith(b"HTTP/1.1 408")
    assert seconds < 5


async def test_an_endless_body_is_refused_at_its_limit(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODY_BYTES_MAX", 100_000)
    monkeypatch.setattr(connections, "HEAD_SECONDS", 1.0)
    chunk = b"2710\r\n" + b"x" * 10_000 + b"\r\n"
    read, seconds = await sent(port, HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[chunk] * 2_000, pause=0.01)
    assert read.startswith(b"HTTP/1.1 413") or seconds < 10


async def test_an_answer_that_nobody_takes_is_given_up(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "EXCHANGE_SECONDS", 0.5)
    async with opened(port, limit=1000) as (reader, writer):
        writer.write(b"POST /large HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n")
        await asyncio.sleep(1.5)
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await reader.readexactly(LARGE)


async def test_what_is_no_http_is_told_so_however_much_of_it_there_is(port: int) -> None:
    for nonsense in (b"EHLO me\r\n\r\n", b"\r\n".join([HEAD + b"X: " + b"x" * 200_000])):
        read, _ = await sent(port, nonsense)
        assert read.startswith(b"HTTP/1.1 400")
        assert b"/problems/no-http" in read


async def test_more_connections_than_there_may_be_are_closed(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS_MAX", 3)
    async with opened(port), opened(port), opened(port):
        read, seconds = await sent(port, HEAD + b"Content-Length: 0\r\n\r\n")
        assert (read, seconds < 5) == (b"", True)
    await asyncio.sleep(0.1)
    read, _ = await sent(port, HEAD + b"Connection: close\r\nContent-Length: 0\r\n\r\n")
    assert read.startswith(b"HTTP/1.1 200")


async def test_bodies_share_one_room_until_they_are_answered(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "ROOM_BYTES", 250_000)
    held = HEAD.replace(b"/ ", b"/held ") + b"Connection: close\r\n"
    whole = held + b"Content-Length: 100000\r\n\r\n" + b"x" * 100_000
    answers = await asyncio.gather(*(sent(port, whole) for _ in range(4)))
    assert sorted(read[9:12] for read, _ in answers) == [b"200", b"200", b"429", b"429"]
    read, _ = await sent(port, whole)
    assert read.startswith(b"HTTP/1.1 200")


async def test_only_so_many_bodies_are_under_way(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODIES_MAX", 1)
    held = HEAD.replace(b"/ ", b"/held ") + b"Connection: close\r\nContent-Length: 0\r\n\r\n"
    answers = await asyncio.gather(*(sent(port, held) for _ in range(4)))
    assert sorted(read[9:12] for read, _ in answers) == [b"200", b"429", b"429", b"429"]
