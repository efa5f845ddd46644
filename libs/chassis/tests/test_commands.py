"""Reading commands: many at once hold up nobody else."""

import asyncio
import json

from chassis.commands import READ_AT_ONCE, Desk
from chassis.inputs import Answer, Given
from chassis.tests.parcels import SENDER
from chassis.tests.workbench import SOMEBODY

DESK = Desk(service=SENDER, door=SENDER.doors[0], subject=SOMEBODY)
GOOD = [json.dumps({"parcel": "P1", "idempotency_key": f"k{number}"}).encode() for number in range(4 * READ_AT_ONCE)]


async def test_others_get_their_turn_while_many_are_read() -> None:
    reading = asyncio.create_task(DESK.read_all(GOOD))
    turns = 0
    while not reading.done():
        turns += 1
        await asyncio.sleep(0)
    assert turns >= 4
    assert [one.key for one in reading.result() if isinstance(one, Given)] == [f"k{n}" for n in range(len(GOOD))]


async def test_what_cannot_be_read_keeps_its_place() -> None:
    read = await DESK.read_all([GOOD[0], b"{", GOOD[1]])
    assert [type(one) for one in read] == [Given, Answer, Given]


async def test_a_time_that_is_null_is_none_that_was_left_out() -> None:
    """As the schema has it: `occurred` is a text wherever it stands."""
    (read,) = await DESK.read_all([json.dumps({"parcel": "P1", "idempotency_key": "k", "occurred": None}).encode()])
    assert isinstance(read, Answer)
    assert (read.status, json.loads(read.body)["errors"][0]["pointer"]) == (422, "/occurred")
