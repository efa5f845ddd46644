"""What a client does when a service is away or troubled: the same commands again, under the same keys."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import pytest

from deploy.demo.doors import DoorError, Doors

COMMAND = {"movement": "M1", "idempotency_key": "k1"}
TAKEN = b'{"outcome":"recorded","events":[],"receipt":{"id":"arrival/1/1","position":1,"chain":"00"}}\n'
UNREADABLE = (
    b'{"type":"/problems/malformed","title":"The command cannot be read","status":422,"detail":"/place: unknown"}\n'
)
CASE = b'{"type":"/problems/case-opened","title":"No","status":500,"detail":"a case","case":"arrival/1/1"}\n'
BEHIND = b'{"type":"/problems/behind","title":"Not now","status":503,"detail":"cannot see presentation"}\n'


@asynccontextmanager
async def answering(*answers: tuple[int, bytes] | None) -> AsyncIterator[tuple[Doors, list[bytes]]]:
    """A server that gives these answers, one per request, and hangs up at None; and the bodies that it was sent."""
    left, bodies = list(answers), list[bytes]()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(line for line in head.decode().lower().split("\r\n") if line.startswith("content-length"))
        bodies.append(await reader.readexactly(int(length.split(":")[1])))
        if answer := left.pop(0):
            status, body = answer
            told = f"HTTP/1.1 {status} Said\r\ncontent-length: {len(body)}\r\nconnection: close\r\n\r\n"
            writer.write(told.encode() + body)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server, httpx.AsyncClient() as client:
        port = server.sockets[0].getsockname()[1]
        yield Doors({"arrival": f"http://127.0.0.1:{port}"}, client), bodies


async def test_a_lost_connection_and_a_troubled_service_are_asked_again_with_the_same_keys() -> None:
    async with answering(None, (503, b""), (200, BEHIND), (200, TAKEN)) as (doors, bodies):
        (answer,) = await doors.post("arrival", "/arrivals", "token", [COMMAND])
    assert answer["outcome"] == "recorded"
    assert [json.loads(body) for body in bodies] == [COMMAND] * 4


async def test_of_many_commands_only_those_that_were_not_taken_are_sent_again() -> None:
    other = COMMAND | {"movement": "M2", "idempotency_key": "k2"}
    async with answering((200, BEHIND + TAKEN), (200, TAKEN)) as (doors, bodies):
        answers = await doors.post("arrival", "/arrivals", "token", [COMMAND, other])
    assert [answer["outcome"] for answer in answers] == ["recorded", "recorded"]
    assert [json.loads(line) for body in bodies for line in body.splitlines()] == [COMMAND, other, COMMAND]


@pytest.mark.parametrize("answer", [(200, UNREADABLE), (200, CASE), (401, b"who are you?")])
async def test_what_sending_again_does_not_change_is_told_at_once(answer: tuple[int, bytes]) -> None:
    async with answering(answer) as (doors, _):
        with pytest.raises(DoorError, match="arrival/arrivals"):
            await doors.post("arrival", "/arrivals", "token", [COMMAND])


async def test_the_shipment_of_a_command_that_was_not_taken_is_named() -> None:
    async with answering((200, TAKEN + UNREADABLE)) as (doors, _):
        with pytest.raises(DoorError, match=r"M2: .*/place: unknown"):
            await doors.post("arrival", "/arrivals", "token", [COMMAND, COMMAND | {"movement": "M2"}])
