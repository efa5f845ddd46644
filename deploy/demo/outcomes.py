"""What came of the day, read from the services when it is over, and compared with what the script says must come."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from deploy.demo.day import Day
from deploy.demo.doors import Doors
from deploy.demo.script import Goods, Script, Truck

GOODS_SERVICES = ("arrival", "presentation", "clearance", "release")
TRUCK_SERVICES = ("arrival", "presentation")
OUTCOME_EVENTS = ("ClearanceCompleted", "ImmediateExportDone", "GoodsReleased")


@dataclass(frozen=True)
class Found:
    """What the services say of one truck or consignment, but for the silent ones: events, and the acts that wait."""

    events: tuple[Mapping[str, Any], ...]
    waits: tuple[str, ...]
    silent: tuple[str, ...] = ()

    @property
    def types(self) -> frozenset[str]:
        return frozenset(event["type"] for event in self.events)

    @property
    def last(self) -> str | None:
        latest = max(self.events, key=lambda event: str(event["recordedtime"]), default=None)
        return None if latest is None else str(latest["type"])

    def first(self, type_: str) -> Mapping[str, Any] | None:
        return next((event for event in self.events if event["type"] == type_), None)

    def findings(self) -> Iterator[Mapping[str, Any]]:
        for event in self.events:
            yield from event["data"].get("findings", ())

    @property
    def rules(self) -> tuple[str, ...]:
        """The rules that findings were recorded under."""
        return tuple(sorted({finding["rule"] for finding in self.findings()}))

    @property
    def outcome(self) -> str:
        """In the script's words, where what happened fits one of them."""
        match tuple(event for event in OUTCOME_EVENTS if event in self.types):
            case ("ClearanceCompleted", "GoodsReleased"):
                return "completed"
            case ("GoodsReleased",):
                return "running" if self.waits == ("EndRegime",) else "released, not completed"
            case ("ImmediateExportDone",):
                return "sent back"
            case other:
                return " and ".join(other) or "open"

    @property
    def paid_after_release(self) -> bool:
        paid, released = self.first("PaymentReceived"), self.first("GoodsReleased")
        return paid is not None and released is not None and str(paid["time"]) > str(released["time"])


@dataclass(frozen=True)
class Reading:
    """Asks all services what they know; one that does not answer within so many seconds is silent, None: waited for."""

    script: Script
    day: Day
    doors: Doors
    token: str
    within: float | None = None

    async def truck(self, key: str) -> Found:
        return await self._found("movement", key, TRUCK_SERVICES)

    async def goods(self, key: str) -> Found:
        return await self._found("consignment", key, GOODS_SERVICES)

    async def everything(self) -> dict[str, Found]:
        trucks, goods = list(self.script.trucks), list(self.script.goods)
        asked = [*(self.truck(key) for key in trucks), *(self.goods(key) for key in goods)]
        return dict(zip([*trucks, *goods], await asyncio.gather(*asked), strict=True))

    async def _found(self, kind: str, key: str, services: Sequence[str]) -> Found:
        answers = await asyncio.gather(*(self._answer(service, kind, key) for service in services))
        told = [each for each in answers if each]
        events = (entry for each in told for entry in each["timeline"] if "idempotencykey" not in entry)
        waits = (point["act"] for each in told for point in each["open_points"])
        silent = (service for service, answer in zip(services, answers, strict=True) if answer is None)
        return Found(tuple(events), tuple(waits), tuple(silent))

    async def _answer(self, service: str, kind: str, key: str) -> Mapping[str, Any] | None:
        """Empty where nothing is known, None where there is no answer."""
        try:
            async with asyncio.timeout(self.within):
                return await self.doors.stream(service, kind, self.day.id(key), self.token) or {}
        except TimeoutError:
            return None


def differences(script: Script, day: Day, found: Mapping[str, Found]) -> list[str]:
    """A line for every shipment that came out otherwise than the script says; it names the shipment."""
    trucks = (_truck_differs(truck, found[truck.key]) for truck in script.trucks.values())
    goods = (_goods_differ(each, found[each.key]) for each in script.goods.values())
    return [f"{day.id(key)}: {text}" for key, text in (*trucks, *goods) if text]


def _truck_differs(truck: Truck, found: Found) -> tuple[str, str]:
    must = {"announced": truck.announced, "shown": True, "findings": truck.findings}
    came = {
        "announced": "ArrivalNotified" in found.types,
        "shown": "VehiclePresented" in found.types,
        "findings": found.rules,
    }
    return truck.key, _difference(must, came)


def _goods_differ(goods: Goods, found: Found) -> tuple[str, str]:
    must = {
        "outcome": goods.outcome,
        "findings": goods.findings,
        "release refused": goods.insists,
        "prohibited": goods.outcome == "sent back",
        "paid after release": goods.payment == "after release",
    }
    came = {
        "outcome": found.outcome,
        "findings": found.rules,
        "release refused": "ReleaseRefused" in found.types,
        "prohibited": {"ImportProhibited", "ImmediateExportOrdered"} <= found.types,
        "paid after release": found.paid_after_release,
    }
    return goods.key, _difference(must, came)


def _difference(must: Mapping[str, object], came: Mapping[str, object]) -> str:
    return "; ".join(
        f"{name} must be {_word(must[name])}, is {_word(came[name])}" for name in must if must[name] != came[name]
    )


def _word(value: object) -> str:
    match value:
        case bool():
            return "yes" if value else "no"
        case tuple():
            return " ".join(value) or "none"
        case _:
            return str(value)
