"""What people at the border do through the doors, and what they can read there."""

import asyncio
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, Self

from client import AT, SERVICES, Answer, Client, Document, Event, OpenPoint, Patience, Stream
from client.scenarios.documents import Command, called
from client.scenarios.road import Lorry, Step
from deploy.local.issuer import ROLES, make_token
from deploy.local.stack import Stack

SECONDS_MAX = 60.0


def part(shown: Stream, *names: str) -> Document:
    """A part of a state as it is shown: what is as at the beginning is left out."""
    found = shown.state
    for name in names:
        found = found.get(name, {})
    return found


class Border:
    """Acts as any role, at any door, while it is used as a context."""

    def __init__(self, stack: Stack, headers: Mapping[str, str] | None = None) -> None:
        self._stack = stack
        addresses = {service: stack.doors(service) for service in SERVICES}
        self._client = Client(addresses, patience=Patience(seconds=SECONDS_MAX), headers=headers)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *ended: object) -> None:
        await self._client.__aexit__(None, None, None)

    async def act(self, role: str, path: str, key: str | None = None, **command: Any) -> Answer:
        """One command, and its answer. Without a key of its own it gets a new one."""
        return await self._client.send(AT[path], called(command), self._tokens[role], key)

    async def act_at_once(self, role: str, path: str, commands: Iterable[Command]) -> list[Answer]:
        """Many commands in one request, and their answers; each has a key of its own."""
        return await self._client.send_all(AT[path], list(map(called, commands)), self._tokens[role])

    async def say(self, step: Step, command: Command) -> Answer:
        """A command of a step, by whoever's it is."""
        return await self._client.send(step.route, called(command), self._tokens[step.role])

    async def go(self, steps: Iterable[Step], lorry: Lorry) -> list[Answer]:
        """Takes a lorry through these steps, each once its service waits for it where it does; the answers."""
        answers = []
        for step in steps:
            for command in step.says(lorry):
                if step.waits:
                    await self.until_open(step.route.service, step.stream(command), step.route.command)
                answers.append(await self.say(step, command))
        return answers

    async def read(self, service: str, stream: str) -> Stream | None:
        """A stream (`kind/id`) as the service shows it; None as long as it knows nothing of it."""
        kind, _, id_ = stream.partition("/")
        return await self._client.stream(service, kind, id_, self._tokens["officer"])

    async def read_page(self, service: str, path: str) -> Document:
        """What the service shows under a path of its own, once it does not say that it is away."""
        return await self._client.get(service, path, self._tokens["operations"])

    async def until(self, service: str, stream: str, so: Callable[[Stream], bool]) -> Stream:
        """The stream as soon as it is so there."""
        until = time.monotonic() + SECONDS_MAX
        while (shown := await self.read(service, stream)) is None or not so(shown):
            assert time.monotonic() < until, f"{service} shows of {stream} after {SECONDS_MAX:.0f} s: {shown}"
            await asyncio.sleep(0.05)
        return shown

    async def until_measured(self, stream: str, kind: str) -> Stream:
        """The stream at `release`, as soon as that has heard of measures of this kind."""
        return await self.until("release", stream, lambda shown: kind in part(shown, "clearance", "measures"))

    async def until_paid(self, stream: str, amount: str) -> Stream:
        """The stream at `release`, as soon as that has heard of this payment."""

        def heard(shown: Stream) -> bool:
            received = part(shown, "clearance", "payments").get("received", [])
            return amount in [each["amount"] for each in received]

        return await self.until("release", stream, heard)

    async def until_open(self, service: str, stream: str, act: str) -> OpenPoint:
        """The open point of this act, as soon as the service waits for it."""
        shown = await self.until(service, stream, lambda shown: act in {point.act for point in shown.open_points})
        return next(point for point in shown.open_points if point.act == act)

    async def waiting(self, step: Step, place: str) -> set[str]:
        """The ids of all on which this step waits at this place."""
        pages = self._client.waiting(step.route, self._tokens["officer"], place=place)
        return {each.id async for page in pages for each in page}

    async def until_recorded(self, service: str, stream: str, type_: str) -> Document:
        """The event of this type, as soon as it stands there."""
        shown = await self.until(service, stream, lambda shown: type_ in {e["type"] for e in shown.timeline})
        return next(entry for entry in shown.timeline if entry["type"] == type_)

    async def cited(self, service: str, stream: str) -> list[tuple[str, str]]:
        """The stream's events there, in order, each with the article that it rests on."""
        shown = await self.read(service, stream)
        timeline = shown.timeline if shown else ()
        return [(entry["type"], entry["data"]["article"]) for entry in timeline if "idempotencykey" not in entry]

    @staticmethod
    async def pause() -> None:
        await asyncio.sleep(0.2)

    @cached_property
    def _tokens(self) -> Mapping[str, str]:
        """By role."""
        folder, post = self._stack.path, "FRP-MIX"
        return {role: make_token(folder, subject=f"{role}@{post}", roles=[role], checkpoints=[post]) for role in ROLES}


def found(events: Iterable[Event]) -> list[tuple[str, str, str]]:
    """The findings that these events hold: of which event, under which rule and article."""
    return [(e.type, f["rule"], f["article"]) for e in events for f in e.data.get("findings", ())]


def facts(finding: Document) -> Document:
    """The facts of a finding or a ground, by name."""
    return dict(finding["facts"])
