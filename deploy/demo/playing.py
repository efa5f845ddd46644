"""Plays the day: every actor at once, until everything is settled, or until nothing moves any more."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterable
from typing import Any

from deploy.demo.tally import Tally
from deploy.demo.waiting import Asking

STILL_SECONDS_MAX = 30.0
SHOW_SECONDS = 0.2


class Stalled(Exception):  # noqa: N818 - what the day came to, not what went wrong in this program
    """Nothing moved any more; the text says which shipments wait for what."""


async def play(
    parts: Iterable[Coroutine[Any, Any, None]], tally: Tally, asking: Asking, show: Callable[[], None]
) -> None:
    """Raises Stalled when nothing moves, and NotTaken for a command that was not taken."""
    try:
        await _play(parts, tally, asking, show)
    except ExceptionGroup as errors:
        raise errors.exceptions[0] from errors


async def _play(
    parts: Iterable[Coroutine[Any, Any, None]], tally: Tally, asking: Asking, show: Callable[[], None]
) -> None:
    async with asyncio.TaskGroup() as group:
        playing = [group.create_task(part) for part in parts]
        while tally.unsettled():
            show()
            if time.monotonic() - tally.moved_at > STILL_SECONDS_MAX:
                lines = await asking.lines(tally.unsettled(), tally.awaited)
                raise Stalled(
                    "\n".join([f"nothing has moved for {STILL_SECONDS_MAX:.0f} s, and this is open:", *lines])
                )
            await asyncio.sleep(SHOW_SECONDS)
        show()
        for part in playing:
            part.cancel()
