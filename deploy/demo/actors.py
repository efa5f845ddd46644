"""Who acts on goods: each one looks at what waits at a service, or stands on the topics, and does what is one's own."""

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from client import Client
from client.calling import PAGE
from deploy.demo.acts import Command
from deploy.demo.acts_on_goods import GoodsActs
from deploy.demo.offices import OFFICES, Office
from deploy.demo.script import Goods
from deploy.demo.tally import Tally
from deploy.local.issuer import make_token

LOOK_AGAIN_SECONDS = 1.0
ASKED_IN = {
    "PresentPermit": ("RestrictionOpened", "permit"),
    "DecideOnPermit": ("RestrictionOpened", "permit"),
    "RecordApproval": ("AgencyApprovalRequested", "agency"),
}
"""Where a service says which permit, or whose approval, is asked for."""


@dataclass(frozen=True)
class Tokens:
    """What everybody shows at the doors."""

    folder: Path

    @cache  # noqa: B019 - lives as long as the day
    def of(self, role: str, place: str = "", party: str = "") -> str:
        subject = f"{role}@{place or party}" if place or party else role
        places = (place,) if place else ()
        return make_token(self.folder, subject=subject, roles=(role,), checkpoints=places, party=party or None)


@dataclass(frozen=True)
class Actors:
    """Everybody who has a part in what becomes of the goods."""

    tokens: Tokens
    acts: GoodsActs
    client: Client
    tally: Tally
    done: set[tuple[str, str]] = field(default_factory=set)
    """Acts on goods: each is done once, however long it is listed afterwards."""

    def parts(self) -> Iterator[Coroutine[Any, Any, None]]:
        """A coroutine for each office. None ends by itself: whoever runs them ends them with the day."""
        yield from (self._attend(office) for office in OFFICES)

    async def _attend(self, office: Office) -> None:
        """Looks again and again, and does in one request at each post what waits there."""
        own = {key for key, goods in self.acts.script.goods.items() if office.own(goods)}
        while own:
            if office.waits:
                await self._look(office, own)
            else:
                await self._do(office, own)
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _look(self, office: Office, own: set[str]) -> None:
        token, stamp = self.tokens.of(office.role), self.acts.day.stamp + "-"
        async for page in self.client.waiting(office.route, token, after=stamp):
            await self._do(office, (key for goods in page if (key := self.acts.day.key(goods.id)) in own))

    async def _do(self, office: Office, keys: Iterable[str | None]) -> None:
        batches, acted = defaultdict[str, list[Command]](list), set[str]()
        for key in keys:
            goods = self.acts.script.goods[key or ""]
            if (office.act, goods.key) not in self.done and office.may(goods, self.tally.heard(goods.key)):
                for signed, command in self._commands(office, goods):
                    batches[signed].append(command)
                    acted.add(goods.key)
        sending = [
            self.client.send_all(office.route, commands[at : at + PAGE], token)
            for token, commands in batches.items()
            for at in range(0, len(commands), PAGE)
        ]
        await asyncio.gather(*sending)
        self.done.update((office.act, key) for key in acted)

    def _commands(self, office: Office, goods: Goods) -> Iterator[tuple[str, Command]]:
        """With the token of whose act it is; none where a service has not said yet what it asks for."""
        if office.act in ASKED_IN:
            event, name = ASKED_IN[office.act]
            for asked in sorted({str(said[name]) for said in self.tally.said(goods.key, event)}):
                yield self._signed(office, goods, asked), self.acts.of(office.act, goods.key, asked)
            return
        yield self._signed(office, goods), self.acts.of(office.act, goods.key)
        if office.act == "ReleaseGoods" and goods.second:
            yield self._signed(office, goods), self.acts.of("ReleaseSecondItem", goods.key)

    def _signed(self, office: Office, goods: Goods, asked: str = "") -> str:
        match office.role:
            case "officer":
                return self.tokens.of("officer", place=goods.shown_at)
            case "declarant":
                role = "broker" if goods.principal else "declarant"
                return self.tokens.of(role, party=goods.declarant)
            case "agency":
                return self.tokens.of("agency", party=asked)
            case "treasury":
                return self.tokens.of("treasury")
