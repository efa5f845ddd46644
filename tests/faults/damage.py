"""What is done to a stack under load: programs killed or frozen, servers killed, a log cut, a database put back."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import psycopg

from deploy.local import checks, services
from deploy.local.failure import StackError
from deploy.local.stack import Stack
from deploy.local.status import State
from deploy.local.telling import Silent, Tell
from deploy.repair import databases, rebuilding, restoring, topics
from tests.faults import quiet
from tests.faults.evidence import Listed, Log
from tests.faults.gathering import SERVICES, read_ends, topic
from tests.faults.lines import Lines
from tests.faults.load import Load
from tests.faults.strange import write_strange
from tests.hostile.pressing import Cost

SECONDS_MAX = 120.0
BEHIND_SECONDS = 8.0
"""So long a reader is away, and finds what came in the meantime."""
UNPUBLISHED = 8
"""So many commands are accepted that no topic has yet when the database that holds them goes."""
CUT_MAX, TORN_BYTES_MAX = 40, 60_000
"""Of a partition, in records, or in bytes."""
LOOK_SECONDS = 0.1


class Stuck(Exception):  # noqa: N818 - a state of the stack, named as one
    """Something does not go on."""


@dataclass(kw_only=True)
class Scene:
    """The stack, the load on it, and what was set by for later."""

    stack: Stack
    load: Load
    log: Log
    folder: Path
    tell: Tell = field(default_factory=Silent)
    lines: Lines = field(default_factory=Lines)
    hooks: Path = Path()
    """Where it is said to the stack's processes what time it is, and which of them are a version ahead."""
    costs: dict[str, Cost] = field(default_factory=dict)
    """What one client cost another, by what was done."""
    chance: Random = field(default_factory=partial(Random, 1))
    copies: dict[str, Path] = field(default_factory=dict)
    """Older copies of databases, by service."""

    @property
    def databases(self) -> Mapping[str, str]:
        return {service: self.stack.postgres(service) for service in SERVICES}


@dataclass(frozen=True, kw_only=True)
class Fault:
    """One thing that is done. `do` returns when everything is back that was taken away, however far it is."""

    what: str
    do: Callable[[Scene], Awaitable[None]]
    copied: str = ""
    """The service whose database it will put back: a copy is made early on."""
    restarts: tuple[str, ...] = ()
    """Programs that start anew by it: what they take until they answer at all is counted apart."""


def killed(what: str, *names: str) -> Fault:
    """Killed with -9 at the same moment; whoever started them starts them again."""

    async def do(scene: Scene) -> None:
        before = {name: scene.stack.status()[name].pid for name in names}
        for name in names:
            scene.stack.kill(name, signal.SIGKILL)
        await until(lambda: all(scene.stack.status()[n].pid != before[n] for n in names), f"{names} survive a kill")

    return Fault(what=what, do=do, restarts=names)


def frozen(what: str, name: str, seconds: float) -> Fault:
    """Stopped for longer than all timeouts, with whatever it holds, then woken."""

    async def do(scene: Scene) -> None:
        scene.stack.kill(name, signal.SIGSTOP)
        try:
            await asyncio.sleep(seconds)
        finally:
            scene.stack.kill(name, signal.SIGCONT)

    return Fault(what=what, do=do)


def late(what: str, service: str, seconds: float = BEHIND_SECONDS) -> Fault:
    """All processes of a service are away for a while."""

    async def do(scene: Scene) -> None:
        await away(scene, service, seconds)

    return Fault(what=what, do=do, restarts=plan_of(service))


async def away(scene: Scene, service: str, seconds: float = 0.0) -> None:
    """Stops all processes of a service, and begins to start them after so long."""
    programs = scene.stack.programs(service)
    await asyncio.to_thread(scene.stack.stop, *programs)
    await asyncio.sleep(seconds)
    scene.stack.start(*programs, wait=False)


def cut(what: str, service: str) -> Fault:
    """A topic loses the end of each partition, while the services that write and read it are stopped."""

    async def do(scene: Scene) -> None:
        concerned = [each.name for each in services.chosen(SERVICES) if service in {each.name, *each.hears}]
        programs = [name for each in concerned for name in scene.stack.programs(each)]
        await asyncio.to_thread(scene.stack.stop, *programs)
        try:
            ends = await asyncio.to_thread(read_ends, scene.stack.kafka, topic(service))
            keep = {n: max(end - scene.chance.randint(1, CUT_MAX), 0) for n, end in ends.items()}
            lost = await topics.cut(scene.stack.kafka, topic(service), keep)
            scene.tell.say(f"    {topic(service)} has lost {lost} of {sum(ends.values())} records")
        finally:
            scene.stack.start(*programs, wait=False)

    concerned = [each.name for each in services.chosen(SERVICES) if service in {each.name, *each.hears}]
    return Fault(what=what, do=do, restarts=tuple(name for each in concerned for name in plan_of(each)))


def torn(what: str, service: str) -> Fault:
    """A broker loses the end of a topic, which it acknowledged and never made sure of, while everybody is at work."""

    async def do(scene: Scene) -> None:
        await asyncio.to_thread(scene.stack.stop, "kafka")
        try:
            data = scene.stack.folder / "kafka" / "data"
            (data / CLEAN).unlink(missing_ok=True)  # So that the broker looks at what it has, as after a crash.
            lost = sum(_tear(segment, scene.chance) for segment in data.glob(f"{topic(service)}-*/*.log"))
            scene.tell.say(f"    {topic(service)} has lost {lost:,} bytes")
        finally:
            scene.stack.start("kafka", wait=False)

    return Fault(what=what, do=do, restarts=("kafka",))


def line_dies(what: str, server: str) -> Fault:
    """All connections of all services to a server are dead, and neither end hears of it; new ones are well."""

    async def do(scene: Scene) -> None:
        scene.lines.do("die", server)

    return Fault(what=what, do=do)


def line_away(what: str, server: str, seconds: float) -> Fault:
    """Nothing comes through to a server, and nobody hears of it; then all of it does."""

    async def do(scene: Scene) -> None:
        scene.lines.do("still", server)
        try:
            await asyncio.sleep(seconds)
        finally:
            scene.lines.do("flow", server)

    return Fault(what=what, do=do)


def frozen_in_turn(what: str, names: Sequence[str], seconds: float) -> Fault:
    """One stands still, and as soon as it is awake the next one does."""

    async def do(scene: Scene) -> None:
        for name in names:
            await frozen(what, name, seconds).do(scene)

    return Fault(what=what, do=do)


def strangers(what: str, service: str, codec: str) -> Fault:
    """Somebody who may not writes to every partition of a topic, in batches compressed in some way."""

    async def do(scene: Scene) -> None:
        await asyncio.to_thread(write_strange, scene.stack.kafka, topic(service), codec)

    return Fault(what=what, do=do)


CLEAN = ".kafka_cleanshutdown"


def _tear(segment: Path, chance: Random) -> int:
    """Cuts anywhere: half a batch is no batch."""
    lost = min(segment.stat().st_size, chance.randint(1, TORN_BYTES_MAX))
    os.truncate(segment, segment.stat().st_size - lost)
    return lost


def restored(what: str, service: str, unpublished: bool) -> Fault:
    """An older copy of one service's database is put in its place while everything runs, and what is lost sent again.

    With `unpublished` the broker is away until then, so that something is lost: answered, and not on the topic.
    """

    async def do(scene: Scene) -> None:
        await (_put_back_without_broker if unpublished else _put_back)(scene, service)
        found = await restoring.heal(scene.stack, service, Silent())
        listed = [
            Listed(service=each.service, client=each.client, key=each.idempotencykey, id=each.id) for each in found.lost
        ]
        scene.tell.say(f"    {len(listed)} commands of {service} were lost, are listed, and are sent again")
        scene.log.add_listed(listed)
        await scene.load.send_again(listed)

    return Fault(what=what, do=do, copied=service)


async def _put_back(scene: Scene, service: str) -> None:
    await restoring.put_back(scene.stack, service, scene.copies[service], Silent())


async def _put_back_without_broker(scene: Scene, service: str) -> None:
    await asyncio.to_thread(scene.stack.stop, "kafka")
    try:
        entries, answers = partial(_entries, scene.databases[service]), partial(scene.log.commands.__getitem__, service)
        enough = entries() + UNPUBLISHED
        scene.load.more(UNPUBLISHED // 4)
        await until(lambda: entries() >= enough, f"{service} records nothing")
        answered = answers() + UNPUBLISHED
        await until(lambda: answers() >= answered, f"{service} answers nothing")
        with suppress(StackError):  # Of what comes behind the exchange of databases, and asks for the broker.
            await _put_back(scene, service)
        if not databases.remembered(scene.stack.folder, service):
            raise Stuck(f"the copy of {service} is not in its place")
    finally:
        scene.stack.start("kafka", wait=False)
    await until(lambda: _good(scene.stack.status()["kafka"].state), "kafka does not come back")
    await asyncio.to_thread(rebuilding.prepare, scene.stack)


def _entries(database: str) -> int:
    """How many entries a service has recorded, so that what is counted while no broker runs is on no topic."""
    with psycopg.connect(database) as connection:
        (count,) = connection.execute("SELECT sum(position) FROM counters").fetchone() or (0,)
    return int(count)


async def copy(scene: Scene, names: Collection[str]) -> None:
    """Makes the older copies."""
    for service in sorted(names):
        scene.copies[service] = scene.folder / f"{service}.copy"
        await restoring.copy(scene.stack, service, scene.copies[service])


async def went_on(scene: Scene) -> None:
    """Returns when every process is well, and what was on record then is published and applied by everybody."""
    end = time.monotonic() + SECONDS_MAX
    while left := await ailing(scene):
        await _rest(left, end)
    ends: quiet.Ends | None = None
    while left := await asyncio.to_thread(_behind, scene, ends):
        await _rest(left, end)
        ends = ends or await asyncio.to_thread(_ends, scene)


def _ends(scene: Scene) -> quiet.Ends | None:
    try:
        return quiet.read(scene.databases).ends
    except psycopg.Error:
        return None


def _behind(scene: Scene, ends: quiet.Ends | None) -> list[str]:
    if ends is None:
        return ["the databases do not say how far they are"]
    try:
        return quiet.not_applied(quiet.read(scene.databases), ends)
    except psycopg.Error as error:
        return [f"a database does not answer: {error}"]


async def ailing(scene: Scene) -> list[str]:
    """What is not up, or says of itself that it is not well."""
    left = [
        f"{each.name}: {each.state} {each.health}" for each in scene.stack.status().programs if not _good(each.state)
    ]
    for service in SERVICES:
        for door in scene.stack.doors(service):
            found = await checks.condition(f"{door}/health")
            left += [f"{door} ({service}): {trouble}" for trouble in found.troubles]
    return left


async def answers(scene: Scene, names: Collection[str]) -> None:
    """Returns when each of these programs answers at all, however it is."""
    end = time.monotonic() + SECONDS_MAX
    for name in names:
        address = scene.stack.status()[name].address
        while not await _answers(scene, name, address):
            await _rest([f"{name} does not answer"], end)


async def _answers(scene: Scene, name: str, address: str) -> bool:
    match name:
        case "kafka":
            return (await checks.condition(f"kafka://{address}")).ready
        case "postgres":
            return (await checks.condition(scene.stack.postgres_admin)).ready
        case _:
            return await asyncio.to_thread(_listens, address)


def _listens(address: str) -> bool:
    parts = urlsplit(address)
    with socket.socket() as one:
        one.settimeout(1.0)
        return one.connect_ex((parts.hostname or "", parts.port or 0)) == 0


def plan_of(service: str) -> tuple[str, str]:
    """The programs that serve a service in a campaign."""
    return service, f"{service}-2"


def _good(state: State) -> bool:
    return state in {State.UP, State.DONE}


async def _rest(left: list[str], end: float) -> None:
    if time.monotonic() > end:
        raise Stuck(f"for {SECONDS_MAX:.0f} s: {'; '.join(left[:5])}")
    await asyncio.sleep(LOOK_SECONDS)


async def until(done: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + SECONDS_MAX
    while not done():
        await _rest([otherwise], end)


FAILURES = (Stuck, StackError)
