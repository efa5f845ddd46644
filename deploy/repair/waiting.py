"""Waiting, with something to see, until one log holds what the other holds."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence

import asyncpg

from deploy.local import checks, control, services
from deploy.local.failure import StackError
from deploy.local.stack import Stack
from deploy.local.status import ProgramStatus, State
from deploy.local.telling import Tell
from deploy.repair import databases, topics

POLL_SECONDS = 0.25
STILL_SECONDS_MAX = 60.0
DEATHS_MAX = 5

Ends = Mapping[int, int]
"""The last position on each partition."""


async def until_caught_up(stack: Stack, goals: Mapping[str, Ends], tell: Tell) -> None:
    """Wait until each of these services has all of its goal in its journal, and is well."""

    async def measure(service: str) -> Ends:
        try:
            return await databases.ends(stack, service)
        except (StackError, asyncpg.PostgresError):
            return {}  # Not there yet, or not any more: that it stands still is noticed.

    await _until(stack, goals, measure, tell, "catching up with the topics")


async def until_published(stack: Stack, goals: Mapping[str, Ends], tell: Tell) -> None:
    """Wait until the topics hold all of their goals, and their services are well."""
    topic_of = {each.name: each.topic for each in services.installed()}
    found: dict[str, Ends] = {}

    async def measure(service: str) -> Ends:
        found[service] = await topics.ends(stack.kafka, topic_of[service], found.get(service, {}))
        return found[service]

    await _until(stack, goals, measure, tell, "filling the topics")


async def _until(
    stack: Stack, goals: Mapping[str, Ends], measure: Callable[[str], Awaitable[Ends]], tell: Tell, doing: str
) -> None:
    loop = asyncio.get_running_loop()
    programs = [name for service in goals for name in stack.programs(service)]
    before = {name: stack.status()[name].restarts for name in programs}
    seen, since = None, loop.time()
    while True:
        reached = {service: _part(goal, await measure(service)) for service, goal in goals.items()}
        ailing = await _ailing(stack, programs)
        whole = {service: sum(goal.values()) for service, goal in goals.items()}
        if reached == whole and not ailing:
            return
        told = [f"{service} {reached[service]:,} of {whole[service]:,}" for service in goals]
        tell.show(f"{doing}: {', '.join(told)}" + (f"; waiting for {', '.join(ailing)}" if reached == whole else ""))
        if seen != (now := (reached, tuple(ailing))):
            seen, since = now, loop.time()
        _require_life(stack, before)
        if loop.time() - since > STILL_SECONDS_MAX:
            raise StackError(_still(stack, doing, told, ailing))
        await asyncio.sleep(POLL_SECONDS)


def _part(goal: Ends, reached: Ends) -> int:
    """How much of the goal is reached."""
    return sum(min(reached.get(partition, 0), end) for partition, end in goal.items())


async def _ailing(stack: Stack, programs: Sequence[str]) -> dict[str, str]:
    """What ails which of the programs, asked of them now: the supervisor asks those that are up seldom."""
    now = stack.status()
    found = await asyncio.gather(*(_condition(now[name]) for name in programs))
    return {name: f"{name} ({words})" for name, words in zip(programs, found, strict=True) if words}


async def _condition(program: ProgramStatus) -> str:
    if program.state is not State.UP:
        return program.health or program.state
    found = await checks.condition(f"{program.address}/health")
    return "" if found.ready else "; ".join(found.troubles)[: checks.REASON_CHARACTERS_MAX]


def _require_life(stack: Stack, before: Mapping[str, int]) -> None:
    """StackError with the end of its log when a program only dies again and again."""
    now = stack.status()
    for name, restarts in before.items():
        program = now[name]
        if program.restarts - restarts >= DEATHS_MAX and program.state is State.BACKOFF:
            raise StackError(f"{name} does not come up: {program.health}\n{control.last_lines(stack.folder, name)}")


def _still(stack: Stack, doing: str, told: Sequence[str], ailing: Mapping[str, str]) -> str:
    lines = [f"{doing} stands still for {STILL_SECONDS_MAX:.0f} s: {', '.join([*told, *ailing.values()])}"]
    lines += [f"{name}:\n{control.last_lines(stack.folder, name)}" for name in ailing]
    return "\n".join(lines)
