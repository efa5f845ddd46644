"""A server that says what it is told to say, one answer after the other, and keeps what it was sent."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from client import Client, Patience

TOKEN = "token"  # noqa: S105 - nobody looks at it here
SOON = Patience(pause=0.01, pause_max=0.02)


@dataclass(frozen=True)
class Said:
    """An answer: status, body, one header more; with no status there is none. One that `waits` does not come to its
    end, and its connection stays open."""

    status: int = 0
    body: bytes = b""
    header: str = ""
    waits: bool = False


@dataclass
class Heard:
    """What came: heads in lower case, bodies, how many requests were under way at most; and whether one came at all,
    and went away."""

    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    at_once: int = 0
    under_way: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)
    gone: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def paths(self) -> list[str]:
        return [head.split()[1] for head in self.heads]

    @property
    def keys(self) -> list[str]:
        lines = (line for head in self.heads for line in head.splitlines())
        return [line.partition(": ")[2] for line in lines if line.startswith("idempotency-key")]

    @property
    def commands(self) -> list[list[Any]]:
        """Of each request."""
        return [[json.loads(line) for line in body.splitlines()] for body in self.bodies]


@asynccontextmanager
async def answering(*answers: Said, patience: Patience = SOON, **more: Any) -> AsyncIterator[tuple[Client, Heard]]:
    """A client of a service `arrival` that gives these answers, one per request, and behind them what does not pass."""
    left, heard = list(answers), Heard()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = [line for line in head.splitlines() if line.startswith("content-length")] or ["content-length: 0"]
        heard.heads.append(head)
        heard.bodies.append(await reader.readexactly(int(length[0].split(":")[1])))
        heard.under_way += 1
        heard.came.set()
        heard.at_once = max(heard.at_once, heard.under_way)
        await asyncio.sleep(0.01)
        said = left.pop(0) if left else Said(418)
        if said.status:
            length_told = len(said.body) + said.waits
            told = f"HTTP/1.1 {said.status} Said\r\ncontent-length: {length_told}\r\nconnection: close\r\n"
            writer.write((told + said.header + "\r\n").encode() + said.body)
        if said.waits:
            await reader.read()
            heard.gone.set()
        heard.under_way -= 1
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    async with server, Client({"arrival": (f"http://127.0.0.1:{port}",)}, patience=patience, **more) as client:
        yield client, heard
