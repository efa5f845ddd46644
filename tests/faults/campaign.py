"""A campaign: load on a stack while this and that is done to it, then quiet, then the checker's judgement."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from client import ServiceError
from deploy.local.child import ROOT
from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from deploy.local.telling import Silent, Tell
from tests.faults import damage
from tests.faults.checker import Report, check, gather
from tests.faults.damage import Fault, Scene, Stuck
from tests.faults.evidence import Log
from tests.faults.gathering import SERVICES
from tests.faults.lines import Lines
from tests.faults.load import REST_SECONDS, Load
from tests.faults.quiet import wait_until_quiet
from tests.faults.shipments import STEPS
from tests.hostile.pressing import Cost

WORKERS = 12
ACCEPTED_BETWEEN = 100
"""So many commands are accepted before the next thing is done: what is hit is at work."""
QUIET_SECONDS = 120.0


@dataclass(frozen=True, kw_only=True)
class Done:
    """One fault: how long what it had ended took to start, and then, until everything was well again."""

    what: str
    seconds: float
    start_seconds: float = 0.0


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What a campaign came to."""

    report: Report
    done: Sequence[Done]
    repetitions: Mapping[str, int]
    seconds: float
    audit: str
    """What the audit says against the stack; empty where it agrees."""
    stuck: Sequence[str] = field(default_factory=list)
    """What did not come to its end."""
    costs: Mapping[str, Cost] = field(default_factory=dict)
    """What one client cost another, by what was done."""

    @property
    def whole(self) -> bool:
        return self.report.whole and not self.stuck and not self.audit

    def __str__(self) -> str:
        again = ", ".join(f"{count} {why}" for why, count in sorted(self.repetitions.items()))
        lines = [
            f"{len(self.done)} faults in {self.seconds:.0f} s; sent again: {again or 'nothing'}",
            *(f"stuck: {each}" for each in self.stuck),
            *([f"audit: {self.audit}"] if self.audit else []),
        ]
        return "\n".join([*lines, str(self.report)])


def databases(stack: Stack) -> Mapping[str, str]:
    return {service: stack.postgres(service) for service in SERVICES}


def new_load(stack: Stack, run: str, log: Log, rest: float = REST_SECONDS) -> Load:
    """Load whose every role has a client of its own, named after the run."""
    roles = {step.role for step in STEPS}
    clients = {role: f"{role}@{run}" for role in roles}
    tokens = {role: make_token(stack.path, subject=clients[role], roles=[role]) for role in roles}
    addresses = {service: stack.doors(service) for service in SERVICES}
    return Load(run, addresses, tokens, clients, log, rest=rest)


async def run(
    stack: Stack,
    name: str,
    folder: Path,
    faults: Sequence[Fault],
    *,
    tell: Tell | None = None,
    lines: Lines | None = None,
    hooks: Path | None = None,
    rest: float = REST_SECONDS,
) -> Outcome:
    """Does one after the other under load, waits for quiet, and has it judged, even where something got stuck."""
    began, done = time.monotonic(), list[Done]()
    with Log(folder / f"{name}.jsonl") as log:
        load = new_load(stack, name, log, rest)
        scene = Scene(
            stack=stack, load=load, log=log, folder=folder, tell=tell or Silent(), lines=lines or Lines(),
            hooks=hooks or folder,
        )  # fmt: skip
        stuck = await damaged(scene, faults, done)
    seconds = time.monotonic() - began
    stuck += await settled(scene)
    return Outcome(
        report=await asyncio.to_thread(_judge, scene),
        done=done,
        repetitions=load.repetitions,
        seconds=seconds,
        audit=await audited(stack, scene.hooks),
        stuck=stuck,
        costs=scene.costs,
    )


async def damaged(scene: Scene, faults: Sequence[Fault], done: list[Done]) -> list[str]:
    """Load, and all that is done to it, to the last shipment; what got stuck."""
    stuck: list[str] = []
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(scene.load.run(WORKERS))
            await do_in_turn(scene, faults, done)
            scene.load.end()
            scene.tell.show("waiting for the last shipments")
    except* (ServiceError, *damage.FAILURES) as gone:
        stuck = [*map(str, _leaves(gone)), *await damage.ailing(scene)]
    return stuck


async def do_in_turn(scene: Scene, faults: Sequence[Fault], done: list[Done]) -> None:
    """Each under load, and the next one when everything goes on again."""
    await under_load(scene)
    await damage.copy(scene, {fault.copied for fault in faults if fault.copied})
    for number, fault in enumerate(faults, start=1):
        await under_load(scene)
        scene.tell.show(f"{number}/{len(faults)}  {fault.what}")
        try:
            await fault.do(scene)
            back = time.monotonic()
            await damage.answers(scene, fault.restarts)
            over = time.monotonic()
            await damage.went_on(scene)
        except Stuck as error:
            raise Stuck(f"{fault.what}: {error}") from error
        done.append(Done(what=fault.what, seconds=time.monotonic() - over, start_seconds=over - back))
        line = f"{number:>4}/{len(faults)}  {fault.what:<50}  {over - back:5.1f} + {done[-1].seconds:5.1f} s"
        scene.tell.say(f"{line}  {scene.log.commands.total():>9,} commands")
    await under_load(scene)


async def under_load(scene: Scene) -> None:
    enough = scene.log.commands.total() + ACCEPTED_BETWEEN
    await damage.until(lambda: scene.log.commands.total() >= enough, f"{ACCEPTED_BETWEEN} commands are not accepted")


def _leaves(group: BaseExceptionGroup[Exception]) -> Iterator[Exception]:
    for error in group.exceptions:
        if isinstance(error, BaseExceptionGroup):
            yield from _leaves(error)
        else:
            yield error


async def settled(scene: Scene) -> list[str]:
    """What does not come to rest; every process is well in the end."""
    scene.tell.show("waiting until nothing moves any more")
    try:
        await asyncio.to_thread(wait_until_quiet, scene.stack.kafka, scene.databases, QUIET_SECONDS)
    except (TimeoutError, psycopg.Error) as left:
        return [str(left)]
    return await damage.ailing(scene)


def _judge(scene: Scene) -> Report:
    scene.tell.show("the checker reads everything")
    stack = scene.stack
    return check(gather(scene.log.path, stack.kafka, scene.databases, stack.postgres_admin))


async def audited(stack: Stack, hooks: Path | None = None) -> str:
    """By processes of their own, of the versions that are at work."""
    argv = [sys.executable, "-m", "tests.faults.auditing", *([str(hooks)] if hooks else [])]
    servers = {"SERHET_KAFKA": stack.kafka, "SERHET_POSTGRES": stack.postgres_admin}
    run = await asyncio.create_subprocess_exec(
        *argv, cwd=ROOT, env={**os.environ, **servers}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    said, _ = await run.communicate()
    return said.decode().strip() if run.returncode else ""
