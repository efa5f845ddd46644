"""Who acts on vehicles: the administrations that announce them, the officers at the gate, the carriers."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from client import ROUTES, Client, Route
from deploy.demo.actors import LOOK_AGAIN_SECONDS, Tokens
from deploy.demo.acts import Command, MovementActs
from deploy.demo.script import Movement
from deploy.demo.tally import Tally

COMING_SECONDS = 24.0
"""Within so long all movements of the day come, in their order."""
COMING = timedelta(hours=9)
NOTICES, JOURNEYS, CROSSINGS, ARRIVALS, STOPS, PRESENTATIONS = (
    ROUTES["NotifyArrival"], ROUTES["ChangeJourney"], ROUTES["RecordCrossing"], ROUTES["RecordArrival"],
    ROUTES["RecordStop"], ROUTES["PresentVehicle"],
)  # fmt: skip
NOTIFIED_AFTER = {"late": "VehicleArrived", "recorded late": "NoticeFindingsRecorded"}
"""What has to be on record before a notice is given, or recorded, that was not there in time."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """Something said of a movement: on which route, by whom, and after what of which shipment is heard.

    Whoever says it is of a post, or of a company.
    """

    route: Route
    role: str
    post: str
    command: Command
    party: str = ""
    after: tuple[str, str] | None = None
    comes: timedelta = timedelta(0)


@dataclass(frozen=True)
class Border:
    """Everybody who has a part in what vehicles do."""

    tokens: Tokens
    acts: MovementActs
    client: Client
    tally: Tally

    def parts(self) -> Iterator[Coroutine[Any, Any, None]]:
        yield self._gate()
        yield self._carriers()

    async def _gate(self) -> None:
        """Each movement in its steps: what has come to its next one is said, at each post in one request."""
        began = time.monotonic()
        left = {key: list(self._steps(movement)) for key, movement in self.acts.script.movements.items()}
        while left:
            now = COMING * ((time.monotonic() - began) / COMING_SECONDS)
            saying = {key: steps[0] for key, steps in left.items() if self._is_next(steps[0], now)}
            batches = defaultdict[tuple[Route, str, str, str], list[Command]](list)
            for step in saying.values():
                batches[step.route, step.role, step.post, step.party].append(step.command)
            await asyncio.gather(*(self._say(*whose, commands) for whose, commands in batches.items()))
            for key in saying:
                left[key].pop(0)
            left = {key: steps for key, steps in left.items() if steps}
            await asyncio.sleep(LOOK_AGAIN_SECONDS / 2)

    def _steps(self, movement: Movement) -> Iterator[Step]:
        """Whoever says to be announced is looked up before it is let in."""
        post = movement.came[0].place if movement.came else ""
        after = (movement.adds[0], "ClearanceCompleted") if movement.adds else None
        if movement.notice in ("in time", "short"):
            yield self._notice(movement)
            after = after or (movement.key, "ArrivalNotified")
        if movement.changes == "before crossing":
            yield self._change(movement)
        crossing = self.acts.crossing(movement)
        yield Step(route=CROSSINGS, role="officer", post=post, command=crossing, after=after, comes=movement.comes)
        if movement.changes == "under way":
            yield self._change(movement)
        if movement.notice == "after crossing":
            yield self._notice(movement, "BorderCrossed")
        if movement.stops:
            yield Step(route=STOPS, role="officer", post=post, command=self.acts.stop(movement))
        for call in movement.came if not movement.non_stop else ():
            told = (movement.key, "ArrivalNotified") if movement.notice == "after crossing" else None
            yield Step(
                route=ARRIVALS,
                role="officer",
                post=call.place,
                command=self.acts.arrival(movement, call),
                after=told,
            )
        if movement.notice in NOTIFIED_AFTER:
            yield self._notice(movement, NOTIFIED_AFTER[movement.notice])

    def _notice(self, movement: Movement, after: str = "") -> Step:
        """What the administration of the first post told customs (Art. 37(2-1)).

        The day is played afterwards: that customs had a notice before it is recorded, an officer states.
        """
        return Step(
            route=NOTICES,
            role="officer",
            post=movement.calls[0].place,
            command=self.acts.notice(movement),
            after=(movement.key, after) if after else None,
        )

    def _change(self, movement: Movement) -> Step:
        """Before the vehicle crosses, the administration that announced it tells of it; under way the carrier does."""
        command = self.acts.change(movement)
        if movement.changes == "under way":
            return Step(route=JOURNEYS, role="carrier", post="", party=movement.carrier, command=command)
        post = movement.calls[0].place
        return Step(route=JOURNEYS, role="administration", post=post, command=command, comes=movement.comes)

    def _is_next(self, step: Step, now: timedelta) -> bool:
        return step.comes <= now and (step.after is None or step.after[1] in self.tally.heard(step.after[0]))

    async def _carriers(self) -> None:
        """They show their vehicles where they wait to be shown, once these have come there."""
        token, day, done = self.tokens.of("officer"), self.acts.day, set[str]()
        all_ = self.acts.script.movements
        while True:
            async for page in self.client.waiting(PRESENTATIONS, token):
                there = defaultdict[str, list[Movement]](list)
                for movement in (all_[key] for each in page if (key := day.key(each.id) or "") in all_):
                    if movement.key not in done and self._is_there(movement):
                        there[movement.post].append(movement)
                showing = (self._show(post, movements) for post, movements in there.items())
                await asyncio.gather(*showing)
                done |= {movement.key for shown in there.values() for movement in shown}
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    def _is_there(self, movement: Movement) -> bool:
        heard = self.tally.heard(movement.key)
        return movement.post in heard or "ExemptionLost" in heard

    async def _show(self, post: str, movements: list[Movement]) -> None:
        token, commands = self.tokens.of("officer", place=post), [self.acts.presentation(each) for each in movements]
        await self.client.send_all(PRESENTATIONS, commands, token)

    async def _say(self, route: Route, role: str, post: str, party: str, commands: list[Command]) -> None:
        await self.client.send_all(route, commands, self.tokens.of(role, place=post, party=party))
