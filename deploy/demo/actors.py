"""Who acts at the border, and on what: each one looks at the service whose act it is, and does what waits there."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from deploy.demo.acts import Acts
from deploy.demo.doors import Doors, Office
from deploy.demo.script import Goods, Truck
from deploy.demo.tally import Tally
from deploy.local.issuer import make_token

LOOK_AGAIN_SECONDS = 0.25


PRESENT_VEHICLE = Office("PresentVehicle", "presentation", "movement", "/vehicle-presentations")
PRESENT_GOODS = Office("PresentGoods", "presentation", "consignment", "/goods-presentations")
DECLARE = Office("LodgeDeclaration", "clearance", "consignment", "/declarations")
PAY = Office("RecordPayment", "clearance", "consignment", "/payments")
EXPORT = Office("RecordImmediateExport", "clearance", "consignment", "/immediate-exports")
RELEASE = Office("ReleaseGoods", "release", "consignment", "/releases")
END_REGIME = Office("EndRegime", "release", "consignment", "/regime-ends")


async def until(seen: Callable[[], Awaitable[bool]]) -> None:
    """Looks again and again, until it is seen."""
    while True:
        if await seen():
            return
        await asyncio.sleep(LOOK_AGAIN_SECONDS)


@dataclass(frozen=True)
class Actors:
    """Everybody who has a part in the day."""

    folder: Path
    acts: Acts
    doors: Doors
    tally: Tally

    def parts(self) -> Iterator[Coroutine[Any, Any, None]]:
        """A coroutine for each part. Most never end by themselves: whoever runs them ends them with the day."""
        script = self.acts.script
        for post in script.posts:
            officer = self._token("officer", post)
            yield self._administration(post)
            yield self._gate(post, officer)
            yield self._attend(PRESENT_VEHICLE, officer, post)
            yield self._attend(PRESENT_GOODS, officer, post)
            yield self._attend(RELEASE, officer, post)
            yield self._export(post, officer)
            yield self._attend(END_REGIME, officer, post, lambda goods: goods.term == "ends")
            yield from (
                self._insisted(goods, officer) for goods in self._goods() if goods.insists and goods.post == post
            )
        for company in sorted({goods.declarant for goods in self._goods()}):
            yield self._declarant(company)
        yield self._treasury()
        yield self._watch_completion()

    async def _administration(self, post: str) -> None:
        """The post's administration tells customs in one go what is on its way (Art. 37(2-1))."""
        coming = [truck.key for truck in self.acts.script.coming(post) if truck.announced]
        commands = [self.acts.of_truck("NotifyArrival", key) for key in coming]
        token = self._token("administration", post)
        self.tally.hear_answers(await self.doors.post("arrival", "/arrival-notices", token, commands))

    async def _gate(self, post: str, officer: str) -> None:
        """The trucks come one by one; whoever says to be announced is looked up first."""
        for truck in self.acts.script.coming(post):
            if truck.announced:
                await until(partial(self._is_announced, truck, officer))
            for act, path in (("RecordCrossing", "/border-crossings"), ("RecordArrival", "/arrivals")):
                command = self.acts.of_truck(act, truck.key)
                self.tally.hear_answers(await self.doors.post("arrival", path, officer, [command]))

    async def _is_announced(self, truck: Truck, officer: str) -> bool:
        found = await self.doors.stream("arrival", "movement", self.acts.day.id(truck.key), officer)
        return found is not None and bool(found["state"].get("notified"))

    def _declarant(self, company: str) -> Coroutine[Any, Any, None]:
        own = [goods for goods in self._goods() if goods.declarant == company]
        role = "broker" if any(goods.principal for goods in own) else "declarant"
        return self._attend(DECLARE, self._token(role, party=company), None, lambda goods: goods.declarant == company)

    def _export(self, post: str, officer: str) -> Coroutine[Any, Any, None]:
        """The carrier takes prohibited goods out again; those whose release was asked for, once that is refused."""

        async def may(goods: Goods) -> bool:
            if not goods.insists:
                return True
            found = await self._of_release(goods, officer)
            return any(entry["type"] == "ReleaseRefused" for entry in found.get("timeline", ()))

        return self._attend(EXPORT, officer, post, may=may)

    def _treasury(self) -> Coroutine[Any, Any, None]:
        """Most pay at once; some only when they have seen that their goods are released."""
        token = self._token("treasury")

        async def may(goods: Goods) -> bool:
            if goods.payment == "at once":
                return True
            found = await self._of_release(goods, token)
            return bool(found.get("state", {}).get("own", {}).get("released"))

        return self._attend(PAY, token, may=may)

    async def _insisted(self, goods: Goods, officer: str) -> None:
        """An importer insists on release; the officer puts it to customs once the prohibition is on record there."""

        async def prohibited() -> bool:
            state = (await self._of_release(goods, officer)).get("state", {})
            return bool(state.get("clearance", {}).get("prohibitions"))

        await until(prohibited)
        command = self.acts.of_goods(RELEASE.act, goods.key)
        self.tally.hear_answers(await self.doors.post(RELEASE.service, RELEASE.path, officer, [command]))

    async def _watch_completion(self) -> None:
        """Completion may follow a payment, in nobody's answer: so released goods are looked at until they are done."""
        token = self._token("auditor")
        while True:
            for goods in self._goods():
                heard = self.tally.heard(goods.key)
                if "GoodsReleased" in heard and "ClearanceCompleted" not in heard:
                    for entry in (await self._of_release(goods, token)).get("timeline", ()):
                        self.tally.hear(self.acts.day.id(goods.key), entry["type"])
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _attend(
        self,
        office: Office,
        token: str,
        place: str | None = None,
        own: Callable[[Goods], bool] = lambda goods: True,
        may: Callable[[Goods], Awaitable[bool]] | None = None,
    ) -> None:
        """Looks at what waits, and does what is one's own and may be done, all of it in one request."""
        stamp = self.acts.day.stamp + "-"
        while True:
            ids = await self.doors.waiting(office, token, place, stamp)
            keys = [key for id_ in ids if (key := self.acts.day.key(id_))]
            if office.kind == "movement":
                commands = [self.acts.of_truck(office.act, key) for key in keys]
            else:
                seen = [goods for key in keys if own(goods := self.acts.script.goods[key])]
                commands = [self.acts.of_goods(office.act, g.key) for g in seen if may is None or await may(g)]
            if commands:
                self.tally.hear_answers(await self.doors.post(office.service, office.path, token, commands))
            await asyncio.sleep(LOOK_AGAIN_SECONDS)

    async def _of_release(self, goods: Goods, token: str) -> Mapping[str, Any]:
        return await self.doors.stream("release", "consignment", self.acts.day.id(goods.key), token) or {}

    def _goods(self) -> list[Goods]:
        return list(self.acts.script.goods.values())

    def _token(self, role: str, place: str | None = None, party: str | None = None) -> str:
        subject = f"{role}@{place or party}" if place or party else role
        places = (place,) if place else ()
        return make_token(self.folder, subject=subject, roles=(role,), checkpoints=places, party=party)
