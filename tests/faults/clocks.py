"""Clocks that leap under load, and go right again: those of the services' processes, and those of their databases."""

import asyncio
from datetime import timedelta

from chassis.tests.leaping import laid, leap, leap_processes, unlaid
from tests.faults.damage import Fault, Scene, Stuck, ailing, went_on
from tests.faults.gathering import SERVICES

SECONDS = 8.0
"""So long a clock is wrong."""


def processes_leap(what: str, ahead: timedelta) -> Fault:
    """The clock of the machine on which all services run is wrong by so much."""

    async def do(scene: Scene) -> None:
        leap_processes(scene.hooks, ahead)
        try:
            await _noticed(scene)
        finally:
            leap_processes(scene.hooks, timedelta())

    return Fault(what=what, do=do)


def databases_leap(what: str, ahead: timedelta) -> Fault:
    """The clock of the database server is."""

    async def do(scene: Scene) -> None:
        admin = scene.stack.postgres_admin
        for service in SERVICES:
            await laid(admin, service)
        await went_on(scene)
        try:
            for service in SERVICES:
                await leap(admin, service, ahead)
            await _noticed(scene)
        finally:
            for service in SERVICES:
                await leap(admin, service, timedelta())
                await unlaid(admin, service)

    return Fault(what=what, do=do)


async def _noticed(scene: Scene) -> None:
    """Each service has said in time that clocks are apart; else nothing was done to it."""
    unsaid, end = set(SERVICES), asyncio.get_running_loop().time() + SECONDS
    while (now := asyncio.get_running_loop().time()) < end:
        said = [left for left in await ailing(scene) if "clock" in left]
        unsaid = {service for service in unsaid if not any(f"({service})" in left for left in said)}
        await asyncio.sleep(min(0.5, end - now))
    if unsaid:
        raise Stuck(f"clocks are wrong, and {', '.join(sorted(unsaid))} said nothing within {SECONDS:.0f} s")
