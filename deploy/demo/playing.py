"""Plays the day: every actor at once, until everything is settled, or until nothing moves any more."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import replace

from deploy.demo.actors import Actors
from deploy.demo.outcomes import Reading

STILL_SECONDS_MAX = 30.0
SHOW_SECONDS = 0.1
SHOWN_MAX = 12
ANSWER_SECONDS_MAX = 3.0


class Stalled(Exception):  # noqa: N818 - what the day came to, not what went wrong in this program
    """Nothing moved any more; the text says which shipments wait for what."""


async def play(actors: Actors, reading: Reading, show: Callable[[], None]) -> None:
    """Raises Stalled when nothing moves, and DoorError for a command that was not taken."""
    try:
        await _play(actors, reading, show)
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from errors


async def _play(actors: Actors, reading: Reading, show: Callable[[], None]) -> None:
    async with asyncio.TaskGroup() as group:
        parts = [group.create_task(part) for part in actors.parts()]
        while actors.tally.unsettled():
            show()
            if time.monotonic() - actors.tally.moved_at > STILL_SECONDS_MAX:
                raise Stalled(await _stalled(actors.tally.unsettled(), reading))
            await asyncio.sleep(SHOW_SECONDS)
        show()
        for part in parts:
            part.cancel()


async def _stalled(keys: list[str], reading: Reading) -> str:
    asking = replace(reading, within=ANSWER_SECONDS_MAX)
    lines = await asyncio.gather(*(_waits(key, asking) for key in keys[:SHOWN_MAX]))
    more = [f"  and {len(keys) - len(lines)} more"] if len(keys) > len(lines) else []
    return "\n".join([f"nothing has moved for {STILL_SECONDS_MAX:.0f} s, and this is not done:", *lines, *more])


async def _waits(key: str, reading: Reading) -> str:
    found = await (reading.goods(key) if key in reading.script.goods else reading.truck(key))
    waits = f"waits for {', '.join(found.waits) or 'nothing that a service tells'}"
    silent = f"; no answer from {', '.join(found.silent)} (make status)" if found.silent else ""
    return f"  {reading.day.id(key)} {waits}; last recorded: {found.last or 'nothing'}{silent}"
