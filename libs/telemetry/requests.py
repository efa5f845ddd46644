"""Names and measures HTTP requests, and shows all metrics, as ASGI middleware: nothing of it is a door of its own."""

import re
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from uuid import uuid4

import structlog
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from telemetry.process import Telemetry

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]
METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY"})
METRICS = ("GET", "/metrics")
TEXT = CONTENT_TYPE_LATEST
"""The media type of what Prometheus fetches."""
OTHER = "_OTHER"
"""In the words of the conventions: anybody may send any word as a method, and attributes are bounded."""
REQUEST_ID = "X-Request-Id"
SENT = re.compile(rb"[A-Za-z0-9._:/+=-]{1,100}")
"""A request's id that is taken over from whoever sends it: a proxy, or a client that wants to find it again."""


class Identified:
    """Around an app: each answer says the id of its request, its own or the one it came with, and so does the log."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        name = REQUEST_ID.lower().encode()
        sent = next((value for header, value in scope["headers"] if header == name), b"")
        id_ = sent if SENT.fullmatch(sent) else uuid4().hex.encode()
        structlog.contextvars.bind_contextvars(request=id_.decode())

        async def identified(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), (name, id_)]
            await send(message)

        await self._app(scope, receive, identified)


class Measured:
    """Around an app whose telemetry is there once it has started. Answers `GET /metrics` itself, to everyone."""

    def __init__(self, app: App, telemetry: Callable[[], Telemetry]) -> None:
        self._app = app
        self._telemetry = telemetry

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif (scope["method"], scope["path"]) == METRICS:
            await _tell(await self._telemetry().text(), send)
        else:
            await self._measure(scope, receive, send)

    async def _measure(self, scope: Message, receive: Receive, send: Send) -> None:
        begun, status = time.perf_counter(), 500  # What raises is answered outside of this.

        async def noted(message: Message) -> None:
            nonlocal status
            status = message.get("status", status)
            await send(message)

        try:
            await self._app(scope, receive, noted)
        finally:
            method = scope["method"] if scope["method"] in METHODS else OTHER
            route = getattr(scope.get("route"), "path", "")
            self._telemetry().metrics.answered(method, route, status, time.perf_counter() - begun)


async def _tell(text: bytes, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", TEXT.encode())]})
    await send({"type": "http.response.body", "body": text})
