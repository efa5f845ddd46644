"""What a campaign does to a stack, and how often: `scale` 1 is the whole of it."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle, islice
from random import Random

from tests.faults.clients import at_every_limit, pressed_by
from tests.faults.clocks import databases_leap, processes_leap
from tests.faults.damage import (
    Fault,
    cut,
    frozen,
    frozen_in_turn,
    killed,
    late,
    line_away,
    line_dies,
    plan_of,
    restored,
    strangers,
    torn,
)
from tests.faults.disks import filled
from tests.faults.gathering import SERVICES
from tests.faults.strange import CODECS
from tests.faults.versions import rolled_back
from tests.hostile.loads import LOADS

KILLS, FREEZES, SERVER_KILLS = 20, 5, 5
"""Of each service, of each service, of each server."""
READERS = SERVICES[1:]
FREEZE_SECONDS = (12.0, 15.0)
"""Longer than the session with the broker (8 s), the lease (10 s) and an idle transaction (5 s) last."""
AWAY_SECONDS = 20.0
"""Longer than every timeout."""
LEAPS = 2
"""Of each clock, each way."""
HOUR = timedelta(hours=1)


def planned(scale: float, chance: Random, disks: bool = True) -> list[Fault]:
    """In an order by chance; the same for the same chance. Without small `disks` none is filled."""
    faults = [*_of_services(scale, chance), *_of_servers(scale), *_of_logs(), *_of_lines(scale), *_of_strangers()]
    faults += [*_of_clocks(scale), *_of_clients(), *(_of_disks() if disks else ())]
    faults += [rolled_back("clearance: a version back, and the next one again", "clearance")]
    chance.shuffle(faults)
    return faults


def _times(number: int, scale: float) -> int:
    return max(1, round(number * scale))


def _of_services(scale: float, chance: Random) -> Iterator[Fault]:
    for service in SERVICES:
        yield from kills(service, _times(KILLS, scale))
        for name in islice(cycle(plan_of(service)), _times(FREEZES, scale)):
            yield frozen(f"{service}: a process frozen", name, chance.uniform(*FREEZE_SECONDS))
        yield frozen_in_turn(f"{service}: its two processes frozen in turn", plan_of(service), FREEZE_SECONDS[0])
    for service in READERS:
        yield late(f"{service}: started late", service)


def kills(service: str, times: int) -> Iterator[Fault]:
    """The one process, the other, then both at once, and again."""
    first, second = plan_of(service)
    left = times
    for names in cycle(((first,), (second,), (first, second))):
        both = len(names) == 2 <= left
        yield killed(f"{service}: {'both processes' if both else 'a process'} killed", *names[:left])
        left -= len(names)
        if left <= 0:
            return


def _of_servers(scale: float) -> Iterator[Fault]:
    for _ in range(_times(SERVER_KILLS, scale)):
        yield killed("Kafka killed", "kafka")
        yield killed("PostgreSQL killed", "postgres")


def _of_lines(scale: float) -> Iterator[Fault]:
    for server, name in (("kafka", "Kafka"), ("postgres", "PostgreSQL")):
        for _ in range(_times(SERVER_KILLS, scale)):
            yield line_dies(f"all lines to {name} dead", server)
            yield line_away(f"{name} out of reach", server, AWAY_SECONDS)


def _of_strangers() -> Iterator[Fault]:
    for service, codec in zip(cycle(SERVICES), CODECS, strict=False):
        yield strangers(f"strangers' records, compressed: {codec}", service, codec)


def _of_clocks(scale: float) -> Iterator[Fault]:
    for _ in range(_times(LEAPS, scale)):
        for ahead, way in ((HOUR, "an hour ahead"), (-HOUR, "an hour back")):
            yield processes_leap(f"the services' clocks leap {way}", ahead)
            yield databases_leap(f"the databases' clock leaps {way}", ahead)


def _of_disks() -> Iterator[Fault]:
    yield filled("Kafka's disk is full", "kafka", restarts=("kafka",))
    yield filled("PostgreSQL's disk, and the state's, is full", ".", restarts=("postgres",))
    yield filled("all disks are full", ".", "kafka", restarts=("postgres", "kafka"))


def _of_clients() -> Iterator[Fault]:
    for service in SERVICES:
        yield at_every_limit(f"{service}: requests at every limit", service)
    for load in LOADS:
        yield pressed_by(f"one client: {load.__name__.replace('_', ' ')}", load)


def _of_logs() -> Iterator[Fault]:
    yield torn("arrival: the broker loses the end of its topic", "arrival")
    yield cut("clearance: its topic cut, its readers stopped", "clearance")
    yield restored("arrival: older database, the broker away before", "arrival", unpublished=True)
    yield restored("presentation: older database", "presentation", unpublished=False)


def short() -> list[Fault]:
    """A little of everything, for every run of the tests."""
    return [
        killed("arrival: a process killed", "arrival"),
        killed("clearance: both processes killed", "clearance", "clearance-2"),
        killed("Kafka killed", "kafka"),
        frozen("presentation: a process frozen", "presentation", FREEZE_SECONDS[0]),
        killed("release: a process killed", "release-2"),
        killed("PostgreSQL killed", "postgres"),
        restored("arrival: older database, the broker away before", "arrival", unpublished=True),
    ]
