"""Plays the lives of a kind that comes seldom: each by itself, each act once what it waits for was heard."""

import asyncio
from collections import Counter
from collections.abc import Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

from client import ROUTES, Client
from deploy.demo.actors import LOOK_AGAIN_SECONDS, Tokens
from deploy.demo.day import Day
from deploy.demo.lives import DECLARANT, KINDS, POST, Act, Goods, Life
from deploy.demo.tally import Tally
from deploy.demo.vehicle_lives import KINDS as OF_VEHICLES


def lives(day: Day) -> tuple[Life, ...]:
    return tuple(kind(Goods(day, number)) for number, kind in enumerate((*KINDS, *OF_VEHICLES), start=1))


@dataclass(frozen=True)
class Living:
    """Whoever acts in these lives: officers of one post, one declarant, bodies of control, the treasury."""

    tokens: Tokens
    lives: tuple[Life, ...]
    client: Client
    tally: Tally

    def parts(self) -> Iterator[Coroutine[Any, Any, None]]:
        yield from (self._live(life) for life in self.lives)

    async def _live(self, life: Life) -> None:
        for act in life.acts:
            while True:
                heard = Counter(event["type"] for event in self.tally.events(life.key))
                if Counter(act.after) <= heard:
                    break
                await asyncio.sleep(LOOK_AGAIN_SECONDS / 2)
            await self.client.send_all(ROUTES[act.command], [act.says], self._token(act))

    def _token(self, act: Act) -> str:
        match act.role:
            case "officer":
                return self.tokens.of("officer", place=POST)
            case "declarant":
                return self.tokens.of("declarant", party=DECLARANT)
            case role:
                return self.tokens.of(role, party=str(act.says.get("agency", "")))
