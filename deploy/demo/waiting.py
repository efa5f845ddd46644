"""What the services themselves say of a shipment on which nothing moves any more."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from client import SERVICES, Client, Stream
from deploy.demo.day import Day
from deploy.demo.script import Script

MOVEMENT_SERVICES = ("arrival", "presentation")
ANSWER_SECONDS_MAX = 3.0
SHOWN_MAX = 12
SILENT: Final = "silent"


@dataclass(frozen=True)
class Asking:
    """Asks all services of one shipment; one that does not answer soon is named as silent."""

    script: Script
    day: Day
    client: Client
    token: str

    async def lines(self, keys: list[str], awaited: Mapping[str, set[str]]) -> list[str]:
        """A line for each of the first of these shipments."""
        lines = await asyncio.gather(*(self._line(key, awaited[key]) for key in keys[:SHOWN_MAX]))
        more = [f"  and {len(keys) - len(lines)} more"] if len(keys) > len(lines) else []
        return [*lines, *more]

    async def _line(self, key: str, awaited: set[str]) -> str:
        goods = key in self.script.goods
        services, kind = (SERVICES, "consignment") if goods else (MOVEMENT_SERVICES, "movement")
        answers = await asyncio.gather(*(self._answer(service, kind, key) for service in services))
        told = [each for each in answers if isinstance(each, Stream)]
        waits = [point.act for each in told for point in each.open_points]
        entries = (entry for each in told for entry in each.timeline if "idempotencykey" not in entry)
        last = max(entries, key=lambda entry: str(entry["recordedtime"]), default={"type": "nothing"})
        silent = [service for service, answer in zip(services, answers, strict=True) if answer is SILENT]
        away = f"; no answer from {', '.join(silent)} (make status)" if silent else ""
        return (
            f"  {self.day.id(key)} waits for {', '.join(waits) or 'nothing that a service tells'}; "
            f"last recorded: {last['type']}; not heard yet: {', '.join(sorted(awaited))}{away}"
        )

    async def _answer(self, service: str, kind: str, key: str) -> Stream | Literal["silent"] | None:
        """None where nothing is known."""
        try:
            async with asyncio.timeout(ANSWER_SECONDS_MAX):
                return await self.client.stream(service, kind, self.day.id(key), self.token)
        except TimeoutError:
            return SILENT
