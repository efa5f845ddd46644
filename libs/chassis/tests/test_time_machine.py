"""Databases and topics go back in time while services run on: everything heals, or stops and says so."""

from chassis.service import Service
from chassis.tests.parcels import KEEPER, SENDER
from chassis.tests.test_runner import parcel, until
from chassis.tests.workbench import Bench, send

HEAL_SECONDS = 60.0


async def whole(bench: Bench, service: Service, count: int) -> bool:
    """Whether the topic holds so many entries, and of each partition every position up to its last one."""
    found = [{line.position for line in lines} for lines in (await bench.topic(service)).values()]
    return all(positions == set(range(1, len(positions) + 1)) for positions in found) and sum(map(len, found)) == count


async def test_a_topic_that_is_empty_again_is_filled_while_nothing_comes_in(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender, bench.run(KEEPER):
        await send(sender, SENDER, *(parcel(f"P{n}", f"a{n}") for n in range(100)))
        await until(lambda: whole(bench, SENDER, 200))
        await until(lambda: whole(bench, KEEPER, 100))
        await bench.lose_topic(SENDER)
        await until(lambda: whole(bench, SENDER, 200), HEAL_SECONDS)
        await send(sender, SENDER, *(parcel(f"P{n}", f"b{n}") for n in range(100)))
        await until(lambda: whole(bench, KEEPER, 200), HEAL_SECONDS)


async def test_a_topic_that_is_empty_again_gets_what_it_had_and_not_only_what_is_new(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender, bench.run(KEEPER):
        await send(sender, SENDER, *(parcel(f"P{n}", f"a{n}") for n in range(100)))
        await until(lambda: whole(bench, SENDER, 200))
        await until(lambda: whole(bench, KEEPER, 100))
        await bench.lose_topic(SENDER)
        await send(sender, SENDER, *(parcel(f"P{n}", f"b{n}") for n in range(100)))
        await until(lambda: whole(bench, SENDER, 400), HEAL_SECONDS)
        await until(lambda: whole(bench, KEEPER, 200), HEAL_SECONDS)
