"""The spans of one process: those of commands, from the request to the answer, and through `batches.py` all others."""

import asyncio
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Protocol

import orjson
from opentelemetry.context import Context
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.trace import Span, SpanKind, StatusCode, Tracer
from opentelemetry.util.types import AttributeValue

from telemetry import names
from telemetry.batches import Act, Spanned, Traced
from telemetry.contexts import ROOT, context_of, new_traceparent, traceparent_of, written
from telemetry.metrics import Metrics


class Answered(Protocol):
    """What a command is told: an HTTP status and a JSON document."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> bytes: ...


class Traces:
    """Begins the spans of one process; none, where there is no provider. `topics` are those of upstreams, by name."""

    def __init__(self, topics: Mapping[str, str], provider: TracerProvider | None) -> None:
        self._topics = topics
        self.tracer: Tracer | None = provider.get_tracer(names.SCOPE) if provider else None

    def batch(self, metrics: Metrics) -> Traced:
        """For the batch that begins now."""
        return Spanned(self.tracer, self._topics, metrics) if self.tracer else Traced(metrics)

    def asked(self, route: str, headers: Mapping[str, str]) -> Callable[[Act], dict[str, Any]]:
        """For commands of one request: the answer to come, and the `traceparent` of what will follow.

        Where there are spans it is that of the command's, a child of the caller's, which ends with the answer.
        """
        caller, parent = traceparent_of(headers), context_of(headers) if self.tracer else ROOT

        def ask(command: Act) -> dict[str, Any]:
            answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
            if self.tracer is None:
                return {"answer": answer, "traceparent": caller or new_traceparent()}
            span = self._posted(self.tracer, route, parent, command)
            answer.add_done_callback(partial(_answered, span))
            return {"answer": answer, "traceparent": written(span)}

        return ask

    @staticmethod
    def _posted(tracer: Tracer, route: str, parent: Context, command: Act) -> Span:
        said = {
            names.HTTP_METHOD: names.POST, names.HTTP_ROUTE: route,
            names.TYPE: type(command.content).__name__, names.STREAM: command.stream,
        }  # fmt: skip
        return tracer.start_span(f"{names.POST} {route}", parent, SpanKind.SERVER, said)


def _answered(span: Span, answer: "asyncio.Future[Answered]") -> None:
    """Ends a command's span, whatever became of it: what was recorded under it may be of later."""
    if answer.cancelled() or answer.exception() is not None:
        span.set_status(StatusCode.ERROR, "not answered in time; it may be recorded all the same")
    else:
        told = answer.result()
        span.set_attribute(names.HTTP_STATUS, told.status)
        span.set_attributes(_answer(told.status, orjson.loads(told.body)))
        if told.status >= 500:
            span.set_status(StatusCode.ERROR)
    span.end()


def _answer(status: int, said: dict[str, Any]) -> dict[str, AttributeValue]:
    """What an answer says of the entries behind it: a receipt, or the case of an input that raised."""
    first = said.get("receipt", {}).get("id") or (said.get("case") if status == 500 else None)
    if first is None:
        return {}
    events = said.get("events", [])
    return {
        names.CORRELATION: first,
        names.ENTRIES: [first, *(event["id"] for event in events)],
        names.EVENTS: [event["type"] for event in events],
        names.RULES: sorted({event["data"]["rule"] for event in events if "rule" in event["data"]}),
        names.OUTCOME: said.get("outcome", "case opened"),
    }
