"""Connections: what a client may keep open, and for how long, on uvicorn's protocol over h11."""

import asyncio
from typing import Any

import h11
import orjson
from uvicorn.protocols.http.h11_impl import H11Protocol

from intake.strict import Strict

CONNECTIONS_MAX = 1000
UNTAKEN_BYTES_MAX = 64 * 1024 * 1024
"""So much of answers may wait for their clients to take them.

Beyond either, whoever has kept us waiting longest has to go: behind a proxy no address tells friends from others.
"""
HEAD_BYTES_MAX = 64 * 1024
"""Request line and headers together; h11 counts them."""
HEAD_SECONDS = 15.0
"""Within this a connection that nobody is answering has to bring the head of its next request."""
EXCHANGE_SECONDS = 120.0
"""Within this a request has to be answered and its answer taken."""
LINGER_SECONDS = 2.0
"""So long a client that was told that it speaks no HTTP may go on before it is cut off, so that it can read why."""
KEEP_ALIVE_SECONDS = 10
"""Twice as long as clients usually keep one open: who sends on one that is just being closed gets no answer."""
BROKEN = {
    "type": "/problems/no-http",
    "title": "This is no HTTP request",
    "status": 400,
    "detail": (
        f"Send HTTP/1.1, with at most {HEAD_BYTES_MAX} bytes of request line and headers, in lines that end with CR LF "
        "and are not folded; one length or chunks; and once what may stand there once."
    ),
}


class Connection(H11Protocol):
    """One that ends by itself: if its request does not come, or its answer is not taken, in time."""

    _deaf = False
    _timer: asyncio.TimerHandle | None = None
    _timed: Any = None
    """The request to which the timer belongs; None: to the wait for one."""
    _since = 0.0

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.conn = Strict(h11.SERVER, self.config.h11_max_incomplete_event_size or HEAD_BYTES_MAX)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._within(HEAD_SECONDS)
        if len(self.connections) > CONNECTIONS_MAX:
            self._longest_waiting()[0].transport.abort()

    def data_received(self, data: bytes) -> None:
        if not self._deaf:
            super().data_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._timer:
            self._timer.cancel()
        super().connection_lost(exc)

    def handle_events(self) -> None:
        super().handle_events()
        if self.cycle and self.cycle is not self._timed and not self.cycle.response_complete:
            self._timed = self.cycle
            self._within(EXCHANGE_SECONDS)

    def on_response_complete(self) -> None:
        self._timed = self.cycle
        self._within(EXCHANGE_SECONDS if self._untaken else HEAD_SECONDS)
        if self._untaken:
            self._bound_untaken()
        super().on_response_complete()

    @property
    def _untaken(self) -> int:
        """Bytes of answers that the client has still to take."""
        return self.transport.get_write_buffer_size()

    @property
    def _keeps_waiting(self) -> bool:
        """Whether it is the client's turn: to ask, to go on with a body, or to take an answer."""
        answering = self.cycle and not self.cycle.response_complete and not self.cycle.more_body
        return bool(self._untaken or not (answering or self.transport.is_closing()))

    def _longest_waiting(self) -> "list[Connection]":
        """All connections whose clients keep us waiting, the longest first."""
        waiting = [one for one in self.connections if isinstance(one, Connection) and one._keeps_waiting]
        return sorted(waiting, key=lambda one: one._since)

    def _bound_untaken(self) -> None:
        untaken = 0
        for one in reversed(self._longest_waiting()):
            untaken += one._untaken
            if untaken > UNTAKEN_BYTES_MAX and one._untaken and one is not self:
                one.transport.abort()

    def _within(self, seconds: float) -> None:
        """Cut off after so long, unless something else is waited for until then."""
        if self._timer:
            self._timer.cancel()
        self._since = self.loop.time()
        self._timer = self.loop.call_later(seconds, self.transport.abort)

    def send_400_response(self, msg: str) -> None:
        """What is no HTTP is told so as a problem document, where there is still somebody to tell."""
        told = orjson.dumps(BROKEN)
        headers = [
            ("content-type", "application/problem+json"), ("content-length", str(len(told))), ("connection", "close"),
        ]  # fmt: skip
        if self.conn.our_state in {h11.IDLE, h11.SEND_RESPONSE}:
            response = h11.Response(status_code=400, headers=headers, reason="Bad Request")
            for event in (response, h11.Data(data=told), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self._deaf = True
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._within(LINGER_SECONDS)
