"""What the services themselves say of a shipment on which nothing moves any more."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from deploy.demo.day import Day
from deploy.demo.doors import Doors
from deploy.demo.script import Script

GOODS_SERVICES = ("arrival", "presentation", "clearance", "release")
MOVEMENT_SERVICES = ("arrival", "presentation")
ANSWER_SECONDS_MAX = 3.0
SHOWN_MAX = 12


@dataclass(frozen=True)
class Asking:
    """Asks all services of one shipment; one that does not answer soon is named as silent."""

    script: Script
    day: Day
    doors: Doors
    token: str

    async def lines(self, keys: list[str], awaited: Mapping[str, set[str]]) -> list[str]:
        """A line for each of the first of these shipments."""
        lines = await asyncio.gather(*(self._line(key, awaited[key]) for key in keys[:SHOWN_MAX]))
        more = [f"  and {len(keys) - len(lines)} more"] if len(keys) > len(lines) else []
        return [*lines, *more]

    async def _line(self, key: str, awaited: set[str]) -> str:
        goods = key in self.script.goods
        services, kind = (GOODS_SERVICES, "consignment") if goods else (MOVEMENT_SERVICES, "movement")
        answers = await asyncio.gather(*(self._answer(service, kind, key) for service in services))
        told = [each for each in answers if each]
        waits = [point["act"] for each in told for point in each["open_points"]]
        entries = (entry for each in told for entry in each["timeline"] if "idempotencykey" not in entry)
        last = max(entries, key=lambda entry: str(entry["recordedtime"]), default={"type": "nothing"})
        silent = [service for service, answer in zip(services, answers, strict=True) if answer is None]
        away = f"; no answer from {', '.join(silent)} (make status)" if silent else ""
        return (
            f"  {self.day.id(key)} waits for {', '.join(waits) or 'nothing that a service tells'}; "
            f"last recorded: {last['type']}; not heard yet: {', '.join(sorted(awaited))}{away}"
        )

    async def _answer(self, service: str, kind: str, key: str) -> Mapping[str, Any] | None:
        """Empty where nothing is known, None where there is no answer."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                return await self.doors.stream(service, kind, self.day.id(key), self.token) or {}
        except TimeoutError:
            return None
