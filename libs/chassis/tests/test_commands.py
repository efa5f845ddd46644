"""Reading commands: many at once hold up nobody else."""

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from chassis.api.commands import ERRORS_OF_ALL, CommandReader
from chassis.service import PARKING_ROUTES
from chassis.tests.parcels import SENDER
from chassis.tests.workbench import SOMEBODY
from chassis.write.answering import as_answer
from chassis.write.inputs import Answer, CommandEnvelope
from doors.malformed import Malformed
from intake.advice import ERRORS_MAX
from intake.turns import LARGE_BYTES, TURN_BYTES

DESK = CommandReader(service=SENDER, route=SENDER.routes[0], subject=SOMEBODY)
GOOD = [json.dumps({"parcel": "P1", "idempotency_key": f"k{number}"}).encode() for number in range(1_500)]


def padded(size: int) -> bytes:
    """A command of so many bytes."""
    sent = {"parcel": "P1", "idempotency_key": "k"}
    return json.dumps(sent).encode() + b" " * (size - len(json.dumps(sent)))


async def turns_of_others(command_reader: CommandReader, texts: Sequence[bytes]) -> int:
    """How often somebody else has his turn while these are read."""
    reading = asyncio.create_task(command_reader.read_all(texts))
    turns = 0
    while not reading.done():
        turns += 1
        await asyncio.sleep(0)
    assert len(reading.result()) == len(texts)
    return turns


@pytest.mark.parametrize("size", [100, TURN_BYTES // 4, LARGE_BYTES])
async def test_others_have_a_turn_after_so_many_bytes_however_many_commands_that_are(size: int) -> None:
    """Between two turns lies one command, or as many as come to `TURN_BYTES`."""
    texts = [padded(size)] * (20 * TURN_BYTES // size)
    expected = min(len(texts), 20)
    assert expected <= await turns_of_others(DESK, texts) <= expected + 3


async def test_the_loop_goes_on_while_a_large_command_is_read() -> None:
    assert await turns_of_others(DESK, [padded(LARGE_BYTES + 1)]) > 2


async def test_all_are_read_in_their_order() -> None:
    assert [one.key for one in await DESK.read_all(GOOD) if isinstance(one, CommandEnvelope)] == [
        f"k{n}" for n in range(1_500)
    ]


async def test_what_cannot_be_read_keeps_its_place() -> None:
    read = await DESK.read_all([GOOD[0], b"{", GOOD[1]])
    assert [type(one) for one in read] == [CommandEnvelope, Answer, CommandEnvelope]


async def test_a_time_that_is_null_is_none_that_was_left_out() -> None:
    """As the schema has it: `occurred` is a text wherever it stands."""
    (read,) = await DESK.read_all([json.dumps({"parcel": "P1", "idempotency_key": "k", "occurred": None}).encode()])
    assert isinstance(read, Answer)
    assert (read.status, json.loads(read.body)["errors"][0]["pointer"]) == (422, "/occurred")


def refused(*texts: bytes) -> list[dict[str, Any]]:
    """What is told of commands that cannot be read, all of one request."""
    command_reader, told = CommandReader(service=SENDER, route=PARKING_ROUTES[0], subject=SOMEBODY), []
    for text in texts:
        with pytest.raises(Malformed) as found:
            command_reader.read(text)
        told.append(json.loads(as_answer(found.value.problem).body))
    return told


def wrong(count: int) -> bytes:
    """A command with so many errors, each of its own."""
    return json.dumps(
        {"stream": "parcel/P1", "records": ["r"], "idempotency_key": "k", **{f"n{n}": 1 for n in range(count)}}
    ).encode()


def test_of_many_errors_only_so_many_are_told() -> None:
    (told,) = refused(wrong(ERRORS_MAX + 50))
    assert len(told["errors"]) == ERRORS_MAX


def test_of_very_many_errors_in_one_request_only_the_first_of_each_command() -> None:
    told = refused(*[wrong(ERRORS_MAX)] * (ERRORS_OF_ALL // ERRORS_MAX + 2))
    assert [len(one["errors"]) for one in told] == [ERRORS_MAX] * (ERRORS_OF_ALL // ERRORS_MAX) + [1, 1]


def test_an_error_says_no_more_than_it_has_to_whatever_was_sent() -> None:
    long = "n" * 100_000
    sent = [{long: 1}, {"stream": "parcel/P1", "records": [long]}, {"idempotency_key": long}, {"occurred": long}]
    told = refused(*(json.dumps(each).encode() for each in sent), f'{{"{long}": 1, "{long}": 2}}'.encode())
    assert [len(json.dumps(one)) < 2_500 for one in told] == [True] * 5


def read(text: dict[str, Any], client: str = "somebody", command_reader: CommandReader = DESK) -> CommandEnvelope:
    return replace(command_reader, subject=replace(SOMEBODY, client=client)).read(json.dumps(text).encode())


def test_the_hash_of_a_request_is_another_one_whatever_of_it_is_another() -> None:
    """Its key and its sender are not part of it: by these it is found."""
    sent = {"parcel": "P1", "idempotency_key": "k", "occurred": "2026-03-02T12:00:00Z"}
    parked = {"stream": "parcel/P1", "records": ["r"], "idempotency_key": "k"}
    timeless = {name: sent[name] for name in ("parcel", "idempotency_key")}
    redrive, discard = (replace(DESK, route=route) for route in PARKING_ROUTES)
    others = [
        read({**sent, "parcel": "P2"}), read({**sent, "box": "B"}), read({**sent, "boxes": 2}), read(timeless),
        read({**sent, "occurred": "2026-03-02T12:00:01Z"}),
        read(parked, command_reader=redrive), read(parked, command_reader=discard),
    ]  # fmt: skip
    assert len({read(sent).requesthash, *(other.requesthash for other in others)}) == len(others) + 1
    same = {**sent, "idempotency_key": "another", "occurred": "2026-03-02T17:00:00+05:00"}
    assert read(same, client="another").requesthash == read(sent).requesthash


def test_the_offset_of_a_stated_time_is_kept_beside_it_and_makes_no_other_request_of_it() -> None:
    sent = {"parcel": "P1", "idempotency_key": "k", "occurred": "2026-03-02T12:00:00Z"}
    there = read({**sent, "occurred": "2026-03-02T17:00:00+05:00"})
    assert (there.statedtimes, read(sent).statedtimes) == ("2026-03-02T17:00:00+05:00", None)
    assert (there.occurred, there.data, there.requesthash) == tuple(
        getattr(read(sent), name) for name in ("occurred", "data", "requesthash")
    )


def test_a_key_is_of_its_sender() -> None:
    names = [(read({"parcel": "P1", "idempotency_key": "k"}, client=client)) for client in ("one", "another")]
    assert [(command.client, command.key) for command in names] == [("one", "k"), ("another", "k")]
