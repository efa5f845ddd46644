"""Clocks that leap under load, and go right again: those of the services' processes, and those of their databases."""

import asyncio
import time
from datetime import timedelta

from chassis.tests.leaping import laid, leap, leap_processes, unlaid
from tests.faults.damage import LOOK_SECONDS, Fault, Scene, Stuck, ailing, went_on
from tests.faults.gathering import SERVICES

SECONDS, SECONDS_MAX = 8.0, 20.0
"""So long a clock is wrong, or until each service has said so, at most: one that is idle looks every 5 s, and may first
have to find out that its line is dead."""


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
    unsaid, began = set(SERVICES), time.monotonic()
    while (since := time.monotonic() - began) < SECONDS or (unsaid and since < SECONDS_MAX):
        said = [left for left in await ailing(scene) if "clock" in left]
        unsaid = {service for service in unsaid if not any(f"({service})" in left for left in said)}
        await asyncio.sleep(LOOK_SECONDS)
    if unsaid:
        raise Stuck(f"clocks are wrong, and {', '.join(sorted(unsaid))} said nothing within {SECONDS_MAX:.0f} s")
