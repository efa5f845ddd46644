"""Bodies: each is read whole, within a time, and within the room that a process has for all of them together."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from rfc9457 import Problem
from starlette.requests import ClientDisconnect, Request

BODY_BYTES_MAX = 16 * 1024 * 1024
ROOM_BYTES = 32 * 1024 * 1024
"""So much may be held of all bodies together until they are answered: reading one takes several times its size."""
BODIES_MAX = 500
"""So many requests with a body may be under way."""
BODY_SECONDS = 30.0
"""Within this a body has to be whole."""
JSON, NDJSON = "application/json", "application/x-ndjson"
SAID_ONCE = ("authorization", "content-encoding", "content-type", "idempotency-key")
"""Of two that differ nobody could say which one was meant."""

Refuse = Callable[..., Problem]
"""Makes a problem document from its name and what is said of it."""


class Intake:
    """The bodies of one process that are read or not yet answered. Raises what `refuse` makes of what is too much."""

    def __init__(self, refuse: Refuse) -> None:
        self._refuse = refuse
        self.held_bytes = 0
        self.held_bodies = 0

    def check(self, request: Request) -> str:
        """What kind of body the request announces: JSON or NDJSON; JSON where it does not say."""
        headers = request.headers
        if twice := [name for name in SAID_ONCE if len(headers.getlist(name)) > 1]:
            raise self._refuse("said-twice", what=twice[0])
        if "transfer-encoding" in headers and "content-length" in headers:
            raise self._refuse("said-twice", what="the body's length")
        stated = headers.get("content-type", JSON).partition(";")[0].strip().lower()
        coded = headers.get("content-encoding", "identity").strip().lower()
        if stated not in {JSON, NDJSON} or coded != "identity":
            raise self._refuse("other-kind", kinds=f"{JSON} or {NDJSON}")
        return stated

    @asynccontextmanager
    async def body(self, request: Request) -> AsyncIterator[bytes]:
        """The whole body. Its room is taken until the context ends, which is when it is answered."""
        if self.held_bodies >= BODIES_MAX:
            raise self._refuse("too-many")
        stated = int(request.headers.get("content-length", 0))
        self._find_room(stated, more=stated)
        chunks: list[bytes] = []
        size = 0
        self.held_bodies += 1
        try:
            async for chunk in self._chunks(request):
                self._find_room(size + len(chunk), more=len(chunk))
                chunks.append(chunk)
                size += len(chunk)
                self.held_bytes += len(chunk)
            whole = b"".join(chunks)
            chunks.clear()
            yield whole
        finally:
            self.held_bodies -= 1
            self.held_bytes -= size

    async def _chunks(self, request: Request) -> AsyncIterator[bytes]:
        """What comes, as long as it comes in time."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                async for chunk in request.stream():
                    yield chunk
        except (TimeoutError, ClientDisconnect) as error:
            raise self._refuse("not-whole", seconds=BODY_SECONDS) from error

    def _find_room(self, size: int, more: int) -> None:
        """Whether a body may grow by so many bytes to this size."""
        if size > BODY_BYTES_MAX:
            raise self._refuse("too-large", most=f"{BODY_BYTES_MAX} bytes")
        if self.held_bytes + more > ROOM_BYTES:
            raise self._refuse("too-many")
