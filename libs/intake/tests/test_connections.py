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
STATUSES = {"too-large": 413, "too-many": 429, "not-whole": 408, "other-kind": 415}
LARGE = 30 * 1024 * 1024


def refuse(name: str, **said: object) -> Problem:
    return Problem(name, status=STATUSES[name])


async def told(request: Request, error: Exception) -> Response:
    assert isinstance(error, Problem)
    return Response(error.title, error.status)


@pytest.fixture
async def intake() -> Intake:
    return Intake(refuse)


@pytest.fixture
async def port(intake: Intake) -> AsyncIterator[int]:
    """Where a server listens that answers a body with its size, `/large` with 30 MiB, and `/held` in its time."""

    async def post(request: Request) -> Response:
        intake.check(request)
        async with intake.body(request, request.headers.get("from", "somebody")) as body:
            if request.url.path == "/held":
                await asyncio.sleep(1.0)
            if request.url.path == "/broken":
                raise RuntimeError("whatever goes wrong")
            return Response(bytes(LARGE) if request.url.path == "/large" else str(len(body)))

    routes = [Route(path, post, methods=["POST"]) for path in ("/", "/large", "/held", "/broken")]
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
    assert (read[:12], seconds < 10) == (b"HTTP/1.1 413", True)


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


ASK = HEAD + b"Connection: close\r\nContent-Length: 0\r\n\r\n"


async def is_open(reader: asyncio.StreamReader) -> bool:
    """Whether the server has not ended the connection, a moment later."""
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            return await reader.read(1) != b""
    return True


async def test_who_says_nothing_shuts_out_nobody(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many they are: each new one takes the place of the oldest."""
    monkeypatch.setattr(connections, "CONNECTIONS_MAX", 3)
    async with opened(port) as (first, _), opened(port) as (second, _), opened(port) as (third, _):
        await asyncio.sleep(0.1)
        read, _ = await sent(port, ASK)
        assert read.startswith(b"HTTP/1.1 200")
        assert [await is_open(each) for each in (first, second, third)] == [False, True, True]


async def test_who_asks_again_has_not_waited_long(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS_MAX", 2)
    async with opened(port) as (first, asking), opened(port) as (second, _):
        await asyncio.sleep(0.1)
        asking.write(ASK.replace(b"Connection: close\r\n", b""))
        await first.readuntil(b"\r\n\r\n0")
        await sent(port, ASK)
        assert [await is_open(each) for each in (first, second)] == [True, False]


async def test_whose_turn_it_is_not_is_not_sent_away(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The first one waits for us; for the second one's body we have waited longer than for the third one's head."""
    monkeypatch.setattr(connections, "CONNECTIONS_MAX", 3)
    async with opened(port) as (first, answered), opened(port) as (second, half):
        answered.write(held("one", 10))
        half.write(HEAD + b"Content-Length: 10\r\n\r\nx")
        await asyncio.sleep(0.1)
        async with opened(port) as (third, _):
            read, _ = await sent(port, ASK)
            assert (read[:12], await is_open(second), await is_open(third)) == (b"HTTP/1.1 200", False, True)
            assert (await first.read(12)) == b"HTTP/1.1 200"


async def test_where_all_are_being_answered_a_new_one_has_to_come_again(
    port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "CONNECTIONS_MAX", 2)
    async with opened(port) as (first, one), opened(port) as (second, another):
        for writer in (one, another):
            writer.write(held("somebody", 10))
        await asyncio.sleep(0.1)
        read, seconds = await sent(port, ASK)
        assert (read, seconds < 1) == (b"", True)
        assert [await each.read(12) for each in (first, second)] == [b"HTTP/1.1 200"] * 2


async def test_of_answers_that_nobody_takes_only_so_much_is_kept(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "UNTAKEN_BYTES_MAX", LARGE)
    large = ASK.replace(b"/ ", b"/large ")
    async with opened(port, limit=1000) as (first, one), opened(port, limit=1000) as (second, another):
        for writer in (one, another):
            writer.write(large)
            await asyncio.sleep(0.3)
        assert len(await read_all(second)) > LARGE
        with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
            await first.readexactly(LARGE)


CHUNKS = b"Transfer-Encoding: chunked\r\n"
TWO_WAYS = {
    "two lengths": b"Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello",
    "the same length twice": b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
    "a list of lengths": b"Content-Length: 0, 0\r\n\r\n",
    "a length with a sign": b"Content-Length: +0\r\n\r\n",
    "a length that is none": b"Content-Length: \r\n\r\n",
    "a length and chunks": b"Content-Length: 3\r\n" + CHUNKS + b"\r\n0\r\n\r\n",
    "chunks twice": CHUNKS * 2 + b"\r\n0\r\n\r\n",
    "another coding": b"Transfer-Encoding: identity\r\n\r\n",
    "a folded line": b"X: a\r\n b\r\n\r\n",
    "a folded length": b"Content-Length:\r\n 0\r\n\r\n",
    "a line without CR": b"X: a\nY: b\r\n\r\n",
    "an end without CR": b"X: a\n\r\n",
    "no CR at all": b"X: a\n\n",
    "two hosts": b"Host: there\r\n\r\n",
    "two tokens": b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
    "two keys": b"Idempotency-Key: a\r\nidempotency-key: a\r\n\r\n",
    "two kinds": b"Content-Type: application/json\r\nContent-Type: text/plain\r\n\r\n",
    "two codings": b"Content-Encoding: gzip\r\nContent-Encoding: identity\r\n\r\n",
}


@pytest.mark.parametrize("method", [b"GET", b"POST", b"DELETE", b"OPTIONS"])
async def test_what_can_be_read_in_two_ways_is_not_read(port: int, method: bytes) -> None:
    requests = [HEAD.replace(b"POST", method) + rest for rest in TWO_WAYS.values()]
    answers = await asyncio.gather(*(sent(port, request) for request in requests))
    told = {what: read for what, (read, _) in zip(TWO_WAYS, answers, strict=True)}
    assert [what for what, read in told.items() if not read.startswith(b"HTTP/1.1 400")] == []
    assert all(b"/problems/no-http" in read and b"connection: close" in read for read in told.values())


async def test_chunks_are_of_one_length_and_of_http_1_1(port: int) -> None:
    old = HEAD.replace(b"1.1", b"1.0") + CHUNKS + b"\r\n0\r\n\r\n"
    plain = HEAD + CHUNKS + b"Connection: close\r\n\r\n2\r\nxx\r\n0\r\n\r\n"
    assert [(await sent(port, request))[0][9:12] for request in (old, plain)] == [b"400", b"200"]


@pytest.mark.parametrize(("size", "count", "status"), [(1, 1_100, b"400"), (1, 900, b"200"), (32, 5_000, b"200")])
async def test_a_body_does_not_come_in_crumbs(port: int, size: int, count: int, status: bytes) -> None:
    chunk = b"%x\r\n" % size + b"x" * size + b"\r\n"
    body = HEAD + CHUNKS + b"Connection: close\r\n\r\n" + chunk * count + b"0\r\n\r\n"
    assert (await sent(port, body))[0][9:12] == status


def held(sender: str, size: int) -> bytes:
    """A body of a sender that is answered in its time."""
    head = HEAD.replace(b"/ ", b"/held ") + b"Connection: close\r\nFrom: " + sender.encode()
    return head + b"\r\nContent-Length: %d\r\n\r\n" % size + b"x" * size


async def statuses(port: int, *requests: bytes) -> list[bytes]:
    """What is answered to requests at the same time, in no order."""
    return sorted(read[9:12] for read, _ in await asyncio.gather(*(sent(port, request) for request in requests)))


async def test_bodies_share_one_room_until_they_are_answered(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "ROOM_BYTES", 250_000)
    each = [held(f"client {number}", 100_000) for number in range(4)]
    assert await statuses(port, *each) == [b"200", b"200", b"429", b"429"]
    assert await statuses(port, each[-1]) == [b"200"]


async def test_one_sender_leaves_room_for_another(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "ROOM_BYTES", 400_000)
    assert await statuses(port, *[held("one", 100_000)] * 4) == [b"200", b"200", b"429", b"429"]
    assert await statuses(port, *[held("one", 100_000)] * 2, *[held("another", 100_000)] * 2) == [b"200"] * 4


async def test_only_so_many_bodies_are_under_way(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "BODIES_MAX", 2)
    assert await statuses(port, *[held("one", 0)] * 4) == [b"200", b"429", b"429", b"429"]
    assert await statuses(port, *(held(f"client {number}", 0) for number in range(4))) == [b"200"] * 2 + [b"429"] * 2


CHUNKED, CHUNK = HEAD + b"Transfer-Encoding: chunked\r\n", b"c350\r\n" + b"x" * 50_000 + b"\r\n"


@pytest.mark.parametrize(
    ("what", "parts"),
    {
        "answered": [HEAD + b"Connection: close\r\nContent-Length: 2\r\n\r\nxx"],
        "broken": [HEAD.replace(b"/ ", b"/broken ") + b"Connection: close\r\nContent-Length: 2\r\n\r\nxx"],
        "too large by its length": [HEAD + b"Connection: close\r\nContent-Length: 100001\r\n\r\n"],
        "too large at last": [CHUNKED + b"\r\n", *[CHUNK] * 3],
        "no room for it": [CHUNKED + b"\r\n", *[CHUNK] * 2],
        "not whole in time": [HEAD + b"Content-Length: 1000\r\n\r\nxx"],
        "another kind": [HEAD + b"Connection: close\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nxx"],
    }.items(),
)  # fmt: skip
async def test_whatever_becomes_of_a_body_its_room_is_given_back(
    port: int, intake: Intake, monkeypatch: pytest.MonkeyPatch, what: str, parts: list[bytes]
) -> None:
    monkeypatch.setattr(bodies, "BODY_BYTES_MAX", 100_000)
    monkeypatch.setattr(bodies, "BODY_SECONDS", 0.3)
    monkeypatch.setattr(connections, "HEAD_SECONDS", 1.0)
    if what == "no room for it":
        monkeypatch.setattr(bodies, "ROOM_BYTES", 120_000)
    read, _ = await sent(port, *parts, pause=0.01)
    assert read.startswith(b"HTTP/1.1 "), what
    assert (dict(intake.held), dict(intake.bodies)) == ({}, {})


async def test_who_goes_away_in_the_middle_of_a_body_gives_its_room_back(port: int, intake: Intake) -> None:
    async with opened(port) as (_, writer):
        writer.write(HEAD + b"Content-Length: 1000\r\n\r\nxx")
        while not intake.held:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)
        assert (dict(intake.held), dict(intake.bodies)) == ({"somebody": 2}, {"somebody": 1})
    await asyncio.sleep(0.1)
    assert (dict(intake.held), dict(intake.bodies)) == ({}, {})
