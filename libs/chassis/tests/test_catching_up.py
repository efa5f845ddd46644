"""Whatever is lost of a service's database comes back from its own topic, before a position is given out again."""

from datetime import UTC, datetime
from typing import Any

import asyncpg

from chassis.preparing import at_database
from chassis.service import Service
from chassis.tests.parcels import KEEPER, POISONOUS, SENDER
from chassis.tests.test_runner import emptied, parcel, until
from chassis.tests.workbench import Bench, send
from deploy.audit.folding import Account
from deploy.audit.verifying import snapshot

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
