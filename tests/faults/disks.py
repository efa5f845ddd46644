"""Disks that are full for a while, as something that is done to a stack: its folder has to be on small ones."""

import asyncio
from contextlib import ExitStack

from deploy.testing.disks import fill, free
from tests.faults.damage import Fault, Scene

SECONDS_FULL = 15.0
"""So long disks stay full: what ends is started again some times in vain."""


def filled(what: str, *disks: str, restarts: tuple[str, ...] = (), seconds: float = SECONDS_FULL) -> Fault:
    """The disks below the stack's folder, small ones, on which these names are, are full; what is freed is taken.

    A server may end by it, and is started again when there is room: `restarts`.
    """

    async def do(scene: Scene) -> None:
        places = [scene.stack.path / disk for disk in disks]
        with ExitStack() as freeing:
            for place in places:
                freeing.callback(free, place)
            for _ in range(int(seconds)):
                for place in places:
                    fill(place)
                await asyncio.sleep(1.0)

    return Fault(what=what, do=do, restarts=restarts)
