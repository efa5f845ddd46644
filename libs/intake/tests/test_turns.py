"""Whose turn it is: some bytes of each sender, and of each in order."""

import asyncio
from contextlib import suppress

import pytest

from intake.turns import LARGE_BYTES, TOGETHER_BYTES, TURN_BYTES, Room, Turns, in_turns


def queue() -> Turns[tuple[str, int, int]]:
    """Of (whose, which, bytes)."""
    return Turns(lambda item: item[0], lambda item: item[2])


def anything(item: object) -> bool:
    return True


def test_who_has_few_waits_for_one_turn_of_who_has_many() -> None:
    turns = queue()
    turns.extend(("many", number, 1000) for number in range(20_000))
    turns.extend([("few", 1, 1000)])
    before = 0
    while turns.take()[0] != "few":
        before += 1
    assert before <= TURN_BYTES // 1000
    assert (len(turns), turns.count("many"), turns.count("few")) == (20_000 - before, 20_000 - before, 0)


def test_of_one_sender_everything_comes_in_order_also_when_it_was_put_back() -> None:
    turns = queue()
    for number in range(100):
        turns.extend([("one", number, 3000), ("another", number, 100), ("large", number, 50_000)])
    got: list[tuple[str, int, int]] = []
    while turns:
        batch = turns.several(10, anything)
        got += batch[:7]
        turns.put_back(batch[7:])
    for sender in ("one", "another", "large"):
        assert [number for whose, number, _ in got if whose == sender] == list(range(100))


def test_what_was_put_back_comes_next() -> None:
    turns = queue()
    turns.extend([("one", number, 10) for number in range(3)] + [("another", number, 10) for number in range(3)])
    batch = turns.several(5, anything)
    turns.put_back(batch[1:])
    assert turns.several(4, anything) == batch[1:]


def test_a_large_one_waits_until_others_had_as_many_bytes_and_goes_alone() -> None:
    turns = queue()
    turns.extend([("large", number, 40 * TURN_BYTES) for number in range(2)])
    turns.extend([("small", number, TURN_BYTES // 4) for number in range(1_000)])
    batches = []
    while turns:
        batches.append(turns.several(100, anything))
    alone = [number for number, batch in enumerate(batches) if batch[0][0] == "large"]
    assert [len(batches[number]) for number in alone] == [1, 1]
    before = sum(len(batch) for batch in batches[: alone[0]])
    assert before == pytest.approx(160, abs=8)


def test_at_once_no_more_bytes_are_taken_than_may_be() -> None:
    turns = queue()
    turns.extend(("one", number, LARGE_BYTES) for number in range(100))
    batch = turns.several(100, anything)
    assert TOGETHER_BYTES <= sum(size for _, _, size in batch) < TOGETHER_BYTES + LARGE_BYTES


def test_what_is_not_wanted_any_more_falls_away_and_does_not_end_the_batch() -> None:
    turns = queue()
    turns.extend(("one", number, 10) for number in range(5_000))
    assert [number for _, number, _ in turns.several(10, lambda item: item[1] >= 4_990)] == list(range(4_990, 5_000))


async def test_others_have_a_turn_after_so_many_bytes() -> None:
    turns = 0
    done = asyncio.Event()

    async def other() -> None:
        nonlocal turns
        while not done.is_set():
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    read = [item async for item in in_turns([b"x" * (TURN_BYTES // 4)] * 40, len)]
    done.set()
    await task
    assert len(read) == 40
    assert 9 <= turns <= 12


async def test_room_is_given_in_turn_and_given_back_by_whoever_gives_up() -> None:
    room, order = Room(TURN_BYTES), list[str]()

    async def use(sender: str, size: int = TURN_BYTES) -> None:
        async with room.taken(sender, size):
            order.append(sender)
            await asyncio.sleep(0.01)

    tasks = [asyncio.create_task(use("many")) for _ in range(5)]
    await asyncio.sleep(0)
    tasks[2].cancel()  # It waits.
    tasks[0].cancel()  # It is in.
    tasks.append(asyncio.create_task(use("few", 1_000_000)))
    with suppress(asyncio.CancelledError):
        await asyncio.gather(*tasks, return_exceptions=True)
    assert order == ["many", "many", "many", "few", "many"]
    assert (room.free, len(room)) == (TURN_BYTES, 0)


async def test_room_that_comes_in_the_moment_of_giving_up_is_not_lost() -> None:
    room = Room(1)
    held = room.taken("one", 1)
    await held.__aenter__()
    waiting = asyncio.create_task(room.taken("another", 1).__aenter__())
    await asyncio.sleep(0)
    await held.__aexit__(None, None, None)  # Now it is given to who waits,
    waiting.cancel()  # who does not want it any more.
    with suppress(asyncio.CancelledError):
        await waiting
    assert (room.free, len(room)) == (1, 0)
