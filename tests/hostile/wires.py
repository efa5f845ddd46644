"""What is no HTTP, or nearly: bytes as they go over a socket, and what comes back."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, suppress
from typing import NamedTuple
from urllib.parse import urlsplit

import httpx

TAKEN_BYTES_MAX = 1024 * 1024
SECONDS_MAX = 15.0


class Bytes(NamedTuple):
    """What is sent, by what is wrong with it; `refused`: it must be told so."""

    what: str
    sent: bytes
    refused: bool = True


def nonsense(url: str, token: str) -> Iterator[Bytes]:
    """Everything, for the door at this address; of what could be read, the command would still be none."""
    path, host = urlsplit(url).path, urlsplit(url).netloc
    head = f"POST {path} HTTP/1.1\r\nHost: {host}\r\n"
    keyed = f"{head}Authorization: Bearer {token}\r\nIdempotency-Key: k\r\n"
    yield from _lines(path, host)
    yield from _heads(head, keyed)
    yield from _bodies(keyed)


def _lines(path: str, host: str) -> Iterator[Bytes]:
    rest = f"Host: {host}\r\n\r\n"
    lines = {
        "no method": f"{path} HTTP/1.1\r\n{rest}",
        "no path": f"POST HTTP/1.1\r\n{rest}",
        "no version": f"POST {path}\r\n{rest}",
        "another version": f"POST {path} HTTP/9.9\r\n{rest}",
        "HTTP/2": "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "a method with a space": f"PO ST {path} HTTP/1.1\r\n{rest}",
        "a path with a space": f"POST {path} x HTTP/1.1\r\n{rest}",
        "a path of 100,000": f"POST {path}{'x' * 100_000} HTTP/1.1\r\n{rest}",
        "TLS": "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + "\x00" * 100 + "\r\n\r\n",
        "a greeting": "EHLO me\r\n\r\n",
        "line feeds": "\n" * 1000,
        "NULs": "\x00" * 1000 + "\r\n\r\n",
        "no host": f"POST {path} HTTP/1.1\r\n\r\n",
        "two hosts": f"POST {path} HTTP/1.1\r\nHost: a\r\n{rest}",
    }
    for what, text in lines.items():
        yield Bytes(what, text.encode("latin-1"))
    yield Bytes("a path that is not ASCII", f"POST {path}/ä HTTP/1.1\r\n{rest}".encode())
    yield Bytes("a method of our own", f"STEAL {path} HTTP/1.1\r\n{rest}".encode())
    yield Bytes("a path that climbs", f"POST /../..{path}/%2e%2e/ HTTP/1.1\r\n{rest}".encode())
    yield Bytes("a full address", f"POST http://another{path} HTTP/1.1\r\n{rest}".encode())
    yield Bytes("a tunnel", f"CONNECT another:443 HTTP/1.1\r\n{rest}".encode())
    yield Bytes("a star", f"POST * HTTP/1.1\r\n{rest}".encode())


def _heads(head: str, keyed: str) -> Iterator[Bytes]:
    end = "Content-Length: 2\r\n\r\n{}"
    heads = {
        "a header of 1 MB": f"{head}X: {'x' * 1_000_000}\r\n{end}",
        "a token of 1 MB": f"{head}Authorization: Bearer {'x' * 1_000_000}\r\n{end}",
        "10,000 headers": head + "".join(f"X-{n}: {n}\r\n" for n in range(10_000)) + end,
        "a header without a name": f"{head}: x\r\n{end}",
        "a header without a colon": f"{head}X\r\n{end}",
        "a header with a space before its colon": f"{head}Content-Length : 2\r\n\r\n{{}}",
        "a header that begins with a space": f"{head} X: x\r\n{end}",
        "a header over two lines": f"{head}X: a\r\n b\r\n{end}",
        "lines without CR": f"{head}X: a\n{end}",
        "a header with NUL": f"{head}X: a\x00b\r\n{end}",
        "two keys": f"{keyed}Idempotency-Key: other\r\n{end}",
        "two content types": f"{keyed}Content-Type: application/json\r\nContent-Type: text/plain\r\n{end}",
        "a key that is not ASCII": f"{keyed.replace('Key: k', 'Key: ä')}{end}",
        "a key of 50,000": f"{keyed.replace('Key: k', 'Key: ' + 'k' * 50_000)}{end}",
        "an upgrade": f"{keyed}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n{end}",
        "a trace that is none": f"{keyed}traceparent: {'0' * 5_000}\r\ntracestate: {'x' * 5_000}\r\n{end}",
    }
    for what, text in heads.items():
        yield Bytes(what, text.encode("latin-1"))


def _bodies(keyed: str) -> Iterator[Bytes]:
    chunked = f"{keyed}Transfer-Encoding: chunked\r\n\r\n"
    bodies = {
        "length and chunks": f"{keyed}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
        "two lengths": f"{keyed}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{{}}",
        "a length twice": f"{keyed}Content-Length: 2\r\nContent-Length: 2\r\n\r\n{{}}",
        "a list of lengths": f"{keyed}Content-Length: 2, 2\r\n\r\n{{}}",
        "crumbs": chunked + "1\r\n \r\n" * 20_000,
        "a negative length": f"{keyed}Content-Length: -2\r\n\r\n{{}}",
        "a length that is none": f"{keyed}Content-Length: two\r\n\r\n{{}}",
        "a length of very many digits": f"{keyed}Content-Length: {'9' * 5_000}\r\n\r\n{{}}",
        "a length beyond all": f"{keyed}Content-Length: {'9' * 19}\r\n\r\n{{}}",
        "a length of 17 MiB": f"{keyed}Content-Length: {17 * 2**20}\r\n\r\n{{}}",
        "another transfer coding": f"{keyed}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        "an unknown transfer coding": f"{keyed}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "a chunk shorter than it says": f"{chunked}9\r\n{{}}\r\n0\r\n\r\nmore\r\n",
        "a chunk longer than it says": f"{chunked}1\r\n{{}}\r\n0\r\n\r\n",
        "a chunk of no size": f"{chunked}x\r\n{{}}\r\n",
        "a chunk of a negative size": f"{chunked}-2\r\n{{}}\r\n0\r\n\r\n",
        "a chunk of very many digits": f"{chunked}{'f' * 100}\r\n{{}}\r\n",
        "a chunk with an endless size": chunked + "0" * 100_000,
        "a request in the body": f"{keyed}Content-Length: 0\r\n\r\nSTEAL / HTTP/1.1\r\nHost: a\r\n\r\n",
    }
    for what, text in bodies.items():
        yield Bytes(what, text.encode("latin-1"))


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection(place.hostname, place.port, limit=TAKEN_BYTES_MAX)
    try:
        yield reader, writer
    finally:
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()


async def answered(url: str, sent: bytes) -> httpx.Response | None:
    """What comes back first; None where nothing does."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SECONDS_MAX), connected(url) as (reader, writer):
            writer.write(sent)
            with suppress(OSError):
                await writer.drain()
            return await read(reader)
    return None


async def read(reader: asyncio.StreamReader) -> httpx.Response | None:
    """One answer."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return None
    status, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines if line)
    length = {name.lower(): value for name, value in headers.items()}.get("content-length")
    body = b""
    with suppress(asyncio.IncompleteReadError, ConnectionError):
        body = await (reader.readexactly(int(length)) if length else reader.read())
    return httpx.Response(
        int(status.split()[1]),
        headers={n: v for n, v in headers.items() if n.lower() != "transfer-encoding"},
        content=body,
    )
