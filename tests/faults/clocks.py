"""Clocks that leap under load, and go right again: those of the services' processes, and those of their databases."""

import asyncio
from datetime import timedelta

import psycopg

from chassis.tests.leaping import laid, leap, leap_processes
from tests.faults.damage import Fault, Scene, Stuck, ailing, went_on
from tests.faults.gathering import SERVICES

SECONDS = 8.0
"""So long a clock is wrong."""
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


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
            await laid(admin, service)  # Anew: a restore has put another database in the place of one.
        _cut_sessions(admin)
        await went_on(scene)
        try:
            for service in SERVICES:
                await leap(admin, service, ahead)
            await _noticed(scene)
        finally:
            for service in SERVICES:
                await leap(admin, service, timedelta())

    return Fault(what=what, do=do)


def _cut_sessions(admin: str) -> None:
    """A clock leaps for those sessions that begin after it was laid."""
    with psycopg.connect(admin, autocommit=True) as session:
        for service in SERVICES:
            session.execute(CUT, [service])


async def _noticed(scene: Scene) -> None:
    """Each service has said in time that clocks are apart; else nothing was done to it."""
    unsaid, end = set(SERVICES), asyncio.get_running_loop().time() + SECONDS
    while (now := asyncio.get_running_loop().time()) < end:
        said = [left for left in await ailing(scene) if "clock" in left]
        unsaid = {service for service in unsaid if not any(f"({service})" in left for left in said)}
        await asyncio.sleep(min(0.5, end - now))
    if unsaid:
        raise Stuck(f"clocks are wrong, and {', '.join(sorted(unsaid))} said nothing within {SECONDS:.0f} s")
