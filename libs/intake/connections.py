"""Connections: what a client may keep open, and for how long, on uvicorn's protocol over h11."""

import asyncio
from typing import Any

import h11
import orjson
from uvicorn.protocols.http.h11_impl import H11Protocol

CONNECTIONS_MAX = 1000
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
    "detail": f"Send HTTP/1.1, with at most {HEAD_BYTES_MAX} bytes of request line and headers.",
}


class Connection(H11Protocol):
    """One that ends by itself: if its request does not come, or its answer is not taken, in time."""

    _deaf = False
    _timer: asyncio.TimerHandle | None = None
    _timed: Any = None
    """The request to which the timer belongs; None: to the wait for one."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        if len(self.connections) > CONNECTIONS_MAX:
            transport.abort()
        self._within(HEAD_SECONDS)

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
        self._within(EXCHANGE_SECONDS if self.transport.get_write_buffer_size() else HEAD_SECONDS)
        super().on_response_complete()

    def _within(self, seconds: float) -> None:
        """Cut off after so long, unless something else is waited for until then."""
        if self._timer:
            self._timer.cancel()
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
