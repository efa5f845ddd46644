"""Who is stopped, and not killed, holds up nobody for long; woken again, it does no harm."""

import asyncio

import pytest

from chassis.tests.parcels import SENDER
from chassis.tests.test_runner import parcel
from chassis.tests.wires import postgres_wire
from chassis.tests.workbench import Bench, send

SECONDS_MAX = 40.0
"""Longer than every timeout: a lock waits 5 s, an idle transaction 5 s, a statement 10 s, an answer 15 s."""


@pytest.mark.parametrize("words", [b"-- Locks the ends", b"parcel/P1", b"-- What a batch", b"Sent", b'COPY "agenda"'])
async def test_who_stands_still_holds_up_nobody_for_long(bench: Bench, words: bytes) -> None:
    """Stopped in the midst of the locks' statement, of what is asked for, of writing, of its rows, of a COPY."""
    await bench.fresh(SENDER)
    async with (
        postgres_wire(bench) as (wire, beyond), beyond.run(SENDER, "sleeper") as sleeper,
        bench.run(SENDER, "other") as other,
    ):  # fmt: skip
        with wire.still(behind=words):
            slept = asyncio.create_task(send(sleeper, SENDER, parcel("P1", "a", box="B"), parcel("P1", "b")))
            await wire.stands.wait()
            async with asyncio.timeout(SECONDS_MAX):
                answers = await send(other, SENDER, parcel("P1", "b"), parcel("P1", "c"))
        answers += await slept
    assert {answer.status for answer in answers} == {200}
    rows = await bench.rows(SENDER, "SELECT type FROM journal WHERE stream = 'parcel/P1' ORDER BY position")
    assert [row["type"] for row in rows] == ["Send", "Sent"] * 3
