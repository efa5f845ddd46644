"""The next version of a service, and the way back from it: what it writes meanwhile the present one cannot read.

It notes each declaration: one event more, and a state that counts them. Processes of the stack, and whoever calls
`follow`, run the next version of the services whose names stand in the folder.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Literal, cast

import psycopg

from chassis.service import Decider, Service
from client import Client
from client.routes import redrives
from contracts.event import Event
from deploy.local.issuer import make_token
from tests.faults.damage import Fault, Scene, answers, away, plan_of, until

FILE = "next"
HOOK = """
if os.path.exists({file!r}):
    from pathlib import Path
    from tests.faults import versions
    versions.follow(versions.ahead(Path({folder!r})))
"""
NOTED_MIN = 20
"""So many declarations the next version has noted before it goes again."""
CONVOYS, ACCEPTED = 4, 200
"""So many begin when the present one is back, whose declarations nobody has noted, and so many commands it accepts."""


class DeclarationNoted(Event):
    """What the present version has never heard of."""

    type: Literal["DeclarationNoted"] = "DeclarationNoted"
    article: str = "24(1)"
    rule: str = "L1"
    number: int


def hook(folder: Path) -> str:
    """What a process of the stack does before anything else."""
    return HOOK.format(file=str(folder / FILE), folder=str(folder))


def ahead(folder: Path) -> list[str]:
    """The services that are a version ahead."""
    file = folder / FILE
    return file.read_text(encoding="utf-8").split() if file.exists() else []


def follow(names: Iterable[str]) -> None:
    """From now on this process loads the next version of these services."""
    which, load = set(names), metadata.EntryPoint.load

    def loaded(point: metadata.EntryPoint) -> Any:
        found = load(point)
        return next_version(found) if point.group == "serhet.services" and point.name in which else found

    metadata.EntryPoint.load = loaded  # type: ignore[method-assign, assignment]


def next_version(service: Service) -> Service:
    """The same, with one event more for each declaration."""
    deciders = {**service.deciders, "consignment": _next_decider(service.deciders["consignment"])}
    events = (*service.writes.EVENTS, DeclarationNoted)
    writes = SimpleNamespace(**{**vars(cast(Any, service.writes)), "EVENTS": events})
    return replace(service, writes=writes, deciders=deciders)


def _next_decider(present: Decider) -> Decider:
    @dataclass(frozen=True, kw_only=True)
    class Counting(type(present.INITIAL)):  # type: ignore[misc]
        noted: int = 0

    def decide(given: Any, state: Any) -> list[Any]:
        lodged = type(given.content).__name__ == "LodgeDeclaration"
        events = present.decide(given, state)
        return [*events, DeclarationNoted(number=state.noted + 1)] if lodged and events else events

    def evolve(state: Any, event: Any, recorded: datetime) -> Any:
        if isinstance(event, DeclarationNoted):
            return replace(state, noted=event.number)
        return present.evolve(state, event, recorded)

    kept = {
        name: getattr(present, name)
        for name in ("HEARS", "react", "open_points", "acts", "due")
        if hasattr(present, name)
    }
    return cast(Decider, SimpleNamespace(**kept, INITIAL=Counting(), decide=decide, evolve=evolve))


def rolled_back(what: str, service: str) -> Fault:
    """The next version is deployed and notes declarations; then the present one runs again, and takes what is new; and
    then the next one, under which what waited goes on, and what was parked is decided."""

    async def do(scene: Scene) -> None:
        marked = scene.hooks / FILE
        marked.write_text(service, encoding="utf-8")
        await away(scene, service)
        await until(lambda: _noted(scene, service) >= NOTED_MIN, f"the next version of {service} notes nothing")
        marked.unlink()
        await away(scene, service)
        scene.load.more(CONVOYS)
        enough = scene.log.commands[service] + ACCEPTED
        await until(lambda: scene.log.commands[service] >= enough, f"the version before of {service} takes nothing")
        noted = _noted(scene, service)
        scene.tell.say(f"    {noted} declarations noted that the version before could not read")
        marked.write_text(service, encoding="utf-8")
        await away(scene, service)
        await answers(scene, plan_of(service))
        scene.tell.say(f"    {await _redrive_all(scene, service)} records were parked, and are decided")

    return Fault(what=what, do=do)


def _noted(scene: Scene, service: str) -> int:
    with psycopg.connect(scene.databases[service]) as session:
        (count,) = session.execute("SELECT count(*) FROM journal WHERE type = 'DeclarationNoted'").fetchone() or (0,)
    return int(count)


async def _redrive_all(scene: Scene, service: str) -> int:
    """As `docs/operating.md` says under Parked, step 3."""
    token = make_token(scene.stack.path, subject="repair", roles=["operations"])
    done, door = 0, redrives(service)
    async with Client({service: scene.stack.doors(service)[:1]}) as client:
        while parked := await client.parked(service, token):
            by_stream: dict[str, list[str]] = {}
            for each in parked:
                by_stream.setdefault(each["stream"], []).append(each["record"])
            for stream, records in by_stream.items():
                await client.send(door, {"stream": stream, "records": records}, token)
                done += len(records)
    return done
