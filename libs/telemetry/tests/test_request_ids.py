"""Every answer says by which id its request is found in the log."""

from typing import Any

import pytest
import structlog

from telemetry.requests import Identified, Message


async def asked(*headers: tuple[bytes, bytes]) -> tuple[str, str]:
    """The id in the answer, and the one that lines of the log have in between."""
    seen: dict[str, Any] = {}
    sent: list[Message] = []

    async def app(scope: Message, receive: Any, send: Any) -> None:
        seen.update(structlog.contextvars.get_contextvars())
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": b""})

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    await Identified(app)({"type": "http", "headers": list(headers)}, receive, send)
    told = dict(sent[0]["headers"])
    assert told[b"content-type"] == b"text/plain"
    return told[b"x-request-id"].decode(), seen["request"]


async def test_an_id_that_a_request_came_with_is_its_own() -> None:
    assert await asked((b"x-request-id", b"proxy-7/12")) == ("proxy-7/12", "proxy-7/12")


@pytest.mark.parametrize("sent", [b"", b"a b", b"x" * 101, "\u0457".encode(), b"a\nb"])
async def test_what_is_no_id_gives_way_to_a_new_one(sent: bytes) -> None:
    told, logged = await asked((b"x-request-id", sent))
    assert told == logged
    assert len(told) == 32


async def test_each_request_has_an_id_of_its_own() -> None:
    assert (await asked())[0] != (await asked())[0]
