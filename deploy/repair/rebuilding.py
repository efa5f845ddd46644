"""`make rebuild`: brings back a lost side of the log from the other, journals from Kafka or topics from the journals.

Both can be interrupted at any moment and run again.
"""

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from contextlib import asynccontextmanager

from deploy.local import services
from deploy.local.child import ROOT
from deploy.local.failure import StackError
from deploy.local.services import Service
from deploy.local.stack import Stack
from deploy.local.telling import Tell
from deploy.repair import databases, losses, topics, waiting
from deploy.repair.databases import connected
from deploy.repair.losses import CHAIN_AT, Losses


async def from_kafka(stack: Stack, names: Sequence[str], tell: Tell, anyway: bool = False) -> Losses:
    """Give these services (none named: all) fresh databases and have them catch up with their topics.

    Finds what the databases until now held and the topics did not. The old databases are kept under other names.
    """
    chosen = services.chosen(tuple(names) or stack.names)
    goals = {each.name: await topics.ends(stack.kafka, each.topic) for each in chosen}
    if not anyway:
        await _require_topics(stack, chosen, goals)
    async with _stopped(stack, [each.name for each in chosen], tell):
        goals = {each.name: await topics.ends(stack.kafka, each.topic) for each in chosen}
        await _require_readers_not_ahead(stack, chosen, goals)
        for each in chosen:
            await databases.set_aside(stack, each.name)
        tell.show("preparing fresh databases")
        await asyncio.to_thread(prepare, stack)
    await waiting.until_caught_up(stack, goals, tell)
    for name, goal in goals.items():
        tell.say(f"{name}: {sum(goal.values()):,} entries are back from its topic")
    return await losses.settle(stack, goals, tell)


async def from_journal(stack: Stack, names: Sequence[str], tell: Tell, anyway: bool = False) -> None:
    """Make the topics of these services (none named: all) anew and have them filled from the journals."""
    chosen = services.chosen(tuple(names) or stack.names)
    if not anyway:
        for each in chosen:
            await _require_no_more_on_topic(stack, each)
    # A reader whose topic vanishes while it reads does not look for it again for minutes, so readers stop as well.
    own = {each.name for each in chosen}
    concerned = [each.name for each in services.chosen(stack.names) if each.name in own or own & set(each.hears)]
    async with _stopped(stack, concerned, tell):
        goals = {each.name: await databases.ends(stack, each.name) for each in chosen}
        tell.show("making the topics anew")
        await topics.recreate(stack.kafka, [each.topic for each in chosen])
    await waiting.until_published(stack, goals, tell)
    await waiting.until_caught_up(stack, {name: {} for name in concerned}, tell)
    for each in chosen:
        tell.say(f"{each.topic}: {sum(goals[each.name].values()):,} entries are back from the journal")


@asynccontextmanager
async def _stopped(stack: Stack, names: Iterable[str], tell: Tell) -> AsyncIterator[None]:
    """Inside, no process of these services runs; after it they are told to start, whatever happened."""
    programs = [program for name in names for program in stack.programs(name)]
    tell.show(f"stopping {', '.join(programs)}")
    try:
        await asyncio.to_thread(stack.stop, *programs)
        yield
    finally:
        stack.start(*programs, wait=False)


def prepare(stack: Stack) -> None:
    """Make topics, databases, logins and tables where they are missing, as before every start."""
    program = stack.preparation()
    environment = {**os.environ, **program.env}
    made = subprocess.run(program.argv, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if made.returncode:
        raise StackError(f"the databases could not be prepared:\n{made.stdout}{made.stderr}")


async def _require_topics(stack: Stack, chosen: Sequence[Service], goals: Mapping[str, waiting.Ends]) -> None:
    """A topic that is empty brings nothing back: most probably the other side was meant."""
    for each in chosen:
        async with connected(stack) as session:
            there = await databases.exists(session, each.name)
        if not goals[each.name] and there and await databases.holds_entries(stack, each.name):
            raise StackError(
                f"{each.topic} is empty and the database {each.name} is not: nothing would come back. FROM=journal "
                "fills the topic; ANYWAY=1 begins with an empty database all the same, and keeps this one"
            )


async def _require_readers_not_ahead(
    stack: Stack, chosen: Sequence[Service], goals: Mapping[str, waiting.Ends]
) -> None:
    """What a reader has applied and the topic has lost would come to it again as something else: a fork."""
    own = {each.name for each in chosen}
    for reader in services.installed():
        if reader.name in own or not own & set(reader.hears):
            continue
        async with connected(stack, reader.name) as session:
            for consumed in await session.fetch(FENCES, sorted(own)):
                upstream, partition, position = consumed
                if position > (end := goals[upstream].get(partition, 0)):
                    raise StackError(
                        f"{reader.name} has applied {upstream}/{partition} up to position {position}, and the topic "
                        f"ends at {end}. If the database of {upstream} is whole, FROM=journal fills the topic; if "
                        f"it is not, rebuild {reader.name} as well"
                    )


FENCES = "SELECT upstream, partition, position FROM fences WHERE upstream = ANY($1::text[])"


async def _require_no_more_on_topic(stack: Stack, service: Service) -> None:
    """What the topic alone holds would be gone with it."""
    if not await topics.ends(stack.kafka, service.topic):
        return
    async with connected(stack, service.name) as session:
        for partition, end in sorted((await topics.last_entries(stack.kafka, service.topic)).items()):
            if await session.fetchval(CHAIN_AT, partition, end.position) != end.chain:
                raise StackError(
                    f"{service.topic}/{partition} ends at position {end.position} with an entry that the journal does "
                    "not hold; making the topic anew would lose it. If the database is an older copy, "
                    f"{service.name} catches up by itself once it runs. If they are two histories, a human chooses: "
                    "FROM=kafka keeps the topic's, FROM=journal ANYWAY=1 the journal's"
                )
