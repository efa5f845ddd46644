"""Whatever is lost of a service's database comes back from its own topic, before a position is given out again."""

from datetime import UTC, datetime
from typing import Any

import asyncpg
import pytest
from aiokafka import AIOKafkaConsumer

from chassis.recover import recovery
from chassis.service import Service
from chassis.tests.parcels import KEEPER, POISONOUS, SENDER
from chassis.tests.test_restores import record, write
from chassis.tests.test_runner import emptied, kept, parcel, published, until
from chassis.tests.workbench import Bench, send
from deploy.audit.folding import Account
from deploy.audit.reading import snapshot
from entries.entry import partition_of
from servers import topics
from servers.kafka import options
from servers.logins import at_database

LATER = datetime(2199, 1, 1, tzinfo=UTC)


async def accounts(bench: Bench, service: Service) -> list[tuple[list[Any], Account]]:
    """Journal and everything that is compared, per partition."""
    connection = await asyncpg.connect(at_database(bench.postgres, service.name))
    found = [await snapshot(connection, service.name, number) for number in range(24)]
    await connection.close()
    return [(one.lines, one.live) for one in found]


async def settled(bench: Bench, sender: Any, keeper: Any) -> None:
    """Waits until everything is told, heard and published."""
    await until(lambda: emptied(bench))

    async def quiet() -> bool:
        ends = await bench.ends_of("sender")
        if await bench.fences_of(KEEPER, "sender") != ends:
            return False
        counts = [sum((await bench.ends_of(service.name)).values()) for service in (SENDER, KEEPER)]
        topics = [sum(map(len, (await bench.topic(service)).values())) for service in (SENDER, KEEPER)]
        return counts == topics

    await until(quiet)


async def test_a_database_that_is_gone_comes_back_from_the_topics(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    POISONOUS.add("P3")
    async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
        await send(sender, SENDER, *(parcel(f"P{n}", f"k{n}", box="B" if n % 2 else None) for n in range(40)))
        await send(sender, SENDER, *(parcel(f"P{n}", f"m{n}") for n in range(5)), parcel("P9", "x", broken=True))
        await send(keeper, KEEPER, parcel("P1", "until", until=LATER.isoformat()))
        await settled(bench, sender, keeper)
        first = await accounts(bench, SENDER), await accounts(bench, KEEPER)
    for service in (SENDER, KEEPER):
        await bench.lose_database(service)
    async with bench.run(SENDER) as sender, bench.run(KEEPER) as keeper:
        await settled(bench, sender, keeper)
        assert (await accounts(bench, SENDER), await accounts(bench, KEEPER)) == first
        assert sum(len(account.parked) for _, account in first[1]) == 2
        assert [state.due for _, account in first[1] for state in account.states.values() if state.due] == [LATER]
        (again,) = await send(keeper, KEEPER, parcel("P1", "until", until=LATER.isoformat()))
        assert again.status == 200
        (parked,) = await send(keeper, KEEPER, parcel("P3", "another"))
        assert parked.status == 409
        assert (await accounts(bench, SENDER), await accounts(bench, KEEPER)) == first
    POISONOUS.clear()


async def test_what_one_command_led_to_comes_back_as_one_however_many_entries_are_taken_at_once(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands = [parcel("P1", f"k{number}") for number in range(5)]
    await bench.fresh(SENDER)
    async with bench.run(SENDER) as sender:
        first = [await send(sender, SENDER, command) for command in commands]
        await until(lambda: published(bench, 10))
    for lines in (2, 3):  # A command has two entries: such portions end behind them, and between them.
        monkeypatch.setattr(recovery, "LINES", lines)
        how = {"auto_offset_reset": "earliest", "enable_auto_commit": False, "max_poll_records": lines}
        monkeypatch.setattr(
            topics, "consumer_of_everything", lambda kafka, how=how: AIOKafkaConsumer(**options(kafka), **how)
        )
        await bench.lose_database(SENDER)
        async with bench.run(SENDER) as sender:
            assert [await send(sender, SENDER, command) for command in commands] == first


async def test_what_an_upstream_had_told_and_was_not_seen_yet_is_decided_and_not_only_folded(bench: Bench) -> None:
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender:
        async with bench.run(KEEPER):
            await send(sender, SENDER, parcel("P1", "a"))
            await until(lambda: published(bench, 1, KEEPER))
        await send(sender, SENDER, parcel("P1", "b"))
        await until(lambda: published(bench, 4))
        await bench.lose_database(KEEPER)
        async with bench.run(KEEPER):
            await until(lambda: kept(bench, 2))


async def test_what_an_upstream_holds_at_lower_offsets_now_is_found_there(bench: Bench) -> None:
    """Its topic held entries twice, as two relays at once leave it, and was filled anew with each of them once."""
    place = partition_of("parcel/P1")
    await bench.fresh(SENDER, KEEPER)
    async with bench.run(SENDER) as sender:
        await send(sender, SENDER, parcel("P1", "a"))
        await until(lambda: published(bench, 2))
        first, second = (await bench.topic(SENDER))[place]
        await write(bench, place, [record(first), record(second)] * 5)
        await send(sender, SENDER, parcel("P1", "b"))
        async with bench.run(KEEPER):
            await until(lambda: published(bench, 2, KEEPER))
        await bench.copy(KEEPER)
        async with bench.run(KEEPER):
            await send(sender, SENDER, parcel("P1", "c"))
            await until(lambda: published(bench, 3, KEEPER))
    await bench.put_back(KEEPER)
    await bench.lose_topic(SENDER)
    async with bench.run(SENDER):
        await until(lambda: published(bench, 6))
        await write(bench, place, [(b"a stranger's", [])] * 20)  # So it goes on beyond the offset that is remembered.
        async with bench.run(KEEPER):
            await until(lambda: kept(bench, 3))
