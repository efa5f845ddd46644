"""Bodies: each is read whole, within a time, and within the room that a process has for all of them together."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from email.message import Message
from functools import lru_cache
from typing import Any, TypeVar

from rfc9457 import Problem
from starlette.requests import ClientDisconnect, Request

from intake.turns import LARGE_BYTES, Room

BODY_BYTES_MAX = 16 * 1024 * 1024
ROOM_BYTES = 32 * 1024 * 1024
"""So much may be held of all bodies together until they are answered: reading one takes several times its size."""
BODIES_MAX = 500
"""So many requests with a body may be under way."""
SHARE = 2
"""One sender may have one in so many of either, so that something is left for others."""
SMALL_ROOM_BYTES, LARGE_ROOM_BYTES = 1024 * 1024, 1024 * 1024
"""So much of what was sent may be read and not decided yet, at ten to twenty times its size: of small documents, and of
large ones, for which nobody else should have to wait. The next one of more than a MiB is read when this one is decided:
side by side, both took twice as long.
"""
BODY_SECONDS = 30.0
"""Within this a body has to be whole."""
ANSWER_SECONDS = 30.0
"""Within this it has to be answered."""
JSON, NDJSON = "application/json", "application/x-ndjson"
UTF_8 = ("utf-8", "utf8", "us-ascii")
"""Names of what is read as UTF-8."""

T = TypeVar("T")
Refuse = Callable[..., Problem]
"""Makes a problem document from its name and what is said of it."""


class Intake:
    """The bodies of one process that are read or not yet answered. Raises what `refuse` makes of what is too much."""

    def __init__(self, refuse: Refuse) -> None:
        self._refuse = refuse
        self.held: Counter[str] = Counter()
        """Bytes, by sender."""
        self.bodies: Counter[str] = Counter()
        self._small, self._large = Room(SMALL_ROOM_BYTES), Room(LARGE_ROOM_BYTES)

    def work(self, sender: str, portion: Sequence[bytes]) -> AbstractAsyncContextManager[None]:
        """Room for reading and deciding these documents, as soon as it is the sender's turn."""
        size = sum(map(len, portion))
        return (self._large if size > LARGE_BYTES else self._small).taken(sender, size)

    def check(self, request: Request) -> str:
        """What kind of body the request announces: JSON or NDJSON; JSON where it does not say."""
        kind, charset = _read_kind(request.headers.get("content-type", JSON))
        coded = request.headers.get("content-encoding", "identity").strip().lower()
        if kind not in {JSON, NDJSON}:
            raise self._refuse("other-kind", what=kind[:80])
        if charset not in UTF_8:
            raise self._refuse("other-kind", what=f"in {charset[:40]}")
        if coded != "identity":
            raise self._refuse("other-kind", what=f"compressed ({coded[:40]})")
        return kind

    @asynccontextmanager
    async def body(self, request: Request, sender: str) -> AsyncIterator[bytes]:
        """The whole body. Its room is taken until the context ends, which is when it is answered."""
        if self.bodies[sender] >= BODIES_MAX // SHARE or self.bodies.total() >= BODIES_MAX:
            raise self._refuse("too-many")
        stated = int(request.headers.get("content-length", 0))
        self._find_room(sender, stated, more=stated)
        chunks: list[bytes] = []
        size = 0
        self.bodies[sender] += 1
        try:
            async for chunk in self._chunks(request):
                self._find_room(sender, size + len(chunk), more=len(chunk))
                chunks.append(chunk)
                size += len(chunk)
                self.held[sender] += len(chunk)
            whole = b"".join(chunks)
            chunks.clear()
            yield whole
        finally:
            self.bodies -= Counter({sender: 1})
            self.held -= Counter({sender: size})

    async def in_time(self, request: Request, work: Coroutine[Any, Any, T]) -> T:
        """What comes of it. What nobody waits for any more, since it is late or he has gone, is given up as a whole."""
        working, gone = asyncio.create_task(work), asyncio.ensure_future(request.receive())
        try:
            await asyncio.wait((working, gone), timeout=ANSWER_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            if not working.done():
                raise self._refuse("no-answer")
            return working.result()
        finally:
            gone.cancel()
            working.cancel()

    async def _chunks(self, request: Request) -> AsyncIterator[bytes]:
        """What comes, as long as it comes in time."""
        try:
            async with asyncio.timeout(BODY_SECONDS):
                async for chunk in request.stream():
                    yield chunk
        except (TimeoutError, ClientDisconnect) as error:
            raise self._refuse("not-whole", seconds=BODY_SECONDS) from error

    def _find_room(self, sender: str, size: int, more: int) -> None:
        """Whether a body may grow by so many bytes to this size."""
        if size > BODY_BYTES_MAX:
            raise self._refuse("too-large", most=f"{BODY_BYTES_MAX} bytes")
        if self.held[sender] + more > ROOM_BYTES // SHARE or self.held.total() + more > ROOM_BYTES:
            raise self._refuse("too-many")


@lru_cache(maxsize=64)
def _read_kind(stated: str) -> tuple[str, str]:
    """The kind of body and the charset that a Content-Type names; UTF-8 where it names none."""
    header = Message()
    header["content-type"] = stated
    return header.get_content_type(), header.get_content_charset("utf-8")
