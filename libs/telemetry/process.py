"""The telemetry of one process of a service: what the chassis is handed."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol

from telemetry import exporting
from telemetry.batches import Traced
from telemetry.metrics import Known, Metrics
from telemetry.traces import Traces

READ_AGAIN_SECONDS = 5.0
READ_SECONDS = 2.0
"""How long a database may take to say how old what waits there is."""
END_SECONDS = 2.0


class Service(Protocol):
    """A service, as far as it matters here: its name, the topics that it hears, its events."""

    @property
    def name(self) -> str: ...
    @property
    def hears(self) -> Mapping[str, Any]: ...
    @property
    def events(self) -> Mapping[str, Any]: ...


class Telemetry:
    """Silent, unless an OTLP endpoint is configured; its metrics can be fetched in any case."""

    def __init__(self, service: Service, process: str = "") -> None:
        resource = exporting.resource_of(service.name, process)
        readers = exporting.metric_readers()
        self._sends = bool(readers)
        self._spans = exporting.tracer_provider(resource)
        self.traces = Traces({name: contract.TOPIC for name, contract in service.hears.items()}, self._spans)
        outcomes = {name: event.outcome for name, event in service.events.items() if "rule" in event.model_fields}
        self.metrics = Metrics(outcomes, resource, readers)
        self._health: Callable[[], Known] = dict
        self._ages: Callable[[], Awaitable[Known]] = _nothing
        self._silence: tuple[type[Exception], ...] = ()

    def batch(self) -> Traced:
        """For the batch that begins now."""
        return self.traces.batch(self.metrics)

    async def text(self) -> bytes:
        """All metrics as they are now, in the text format of Prometheus."""
        await self._read()
        return self.metrics.text()

    @asynccontextmanager
    async def sending(
        self, health: Callable[[], Known], ages: Callable[[], Awaitable[Known]], silence: tuple[type[Exception], ...]
    ) -> AsyncIterator[None]:
        """Inside, gauges show these; at the end, what is left to send has 2 seconds to go out.

        `ages` are left out where asking for them raises one of `silence`.
        """
        self._health, self._ages, self._silence = health, ages, silence
        job = asyncio.create_task(self._keep_reading(), name="telemetry") if self._sends else None
        try:
            yield
        finally:
            if job:
                job.cancel()
            left = exporting.in_the_background(self.metrics.end, *([self._spans.shutdown] if self._spans else []))
            await asyncio.to_thread(left.join, END_SECONDS)

    async def _read(self) -> None:
        known = dict(self._health())
        with suppress(TimeoutError, *self._silence):
            async with asyncio.timeout(READ_SECONDS):
                known.update(await self._ages())
        self.metrics.know(known)

    async def _keep_reading(self) -> None:
        while True:
            await self._read()
            await asyncio.sleep(READ_AGAIN_SECONDS)


async def _nothing() -> Known:
    return {}
