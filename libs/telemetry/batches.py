"""The acts of a batch, each under a span of its own: a record, a told command, a deadline, a child of what led to it.

Spans begin where something is decided and end once that is committed. A span that does not end is never sent, so a
batch that is not committed leaves nothing; and one whose commit was in doubt ends its own as soon as it is known to
stand. What follows carries its span's context as `traceparent`, so the next service goes on from there.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from opentelemetry.trace import Link, Span, SpanKind, Tracer
from opentelemetry.util.types import AttributeValue

from telemetry import names
from telemetry.contexts import ROOT, context_of, new_traceparent, written
from telemetry.metrics import Metrics, Written, rule_of


class Act(Protocol):
    """What is decided: a command, a deadline, a foreign record. A root one has no `correlationid` yet."""

    @property
    def stream(self) -> str: ...
    @property
    def content(self) -> Any: ...
    @property
    def correlationid(self) -> str | None: ...
    @property
    def traceparent(self) -> str: ...


class Traced:
    """What one batch decides, where there are no spans: it is counted."""

    def __init__(self, metrics: Metrics | None = None) -> None:
        self._metrics = metrics
        self._inputs = 0
        self._since = time.perf_counter()

    def under(self, id_: str, act: Act) -> str:
        """The `traceparent` of what follows from this act; `id_` is that of the entry which it is, or will be."""
        self._inputs += 1
        return act.traceparent or new_traceparent()

    def forget(self, id_: str) -> None:
        """Nothing came of this act; it will come again."""
        self._inputs -= 1

    def committed(self, entries: Sequence[Written]) -> None:
        """These entries stand."""
        if self._metrics:
            self._metrics.committed(entries, self._inputs, time.perf_counter() - self._since)


class Spanned(Traced):
    """The same with spans: each act is under its own, and what was written under it stands there when it ends."""

    def __init__(self, tracer: Tracer, topics: Mapping[str, str], metrics: Metrics) -> None:
        super().__init__(metrics)
        self._tracer = tracer
        self._topics = topics
        self._acts: dict[str, Span] = {}
        self._batch = tracer.start_span(names.BATCH, ROOT)

    def under(self, id_: str, act: Act) -> str:
        """That of the act's span; of a command for whose answer somebody waits it has begun at its door."""
        given = super().under(id_, act)
        if getattr(act, "answer", None) is not None:
            return given
        if id_ not in self._acts:
            self._acts[id_] = self._begin(id_, act)
        return written(self._acts[id_])

    def forget(self, id_: str) -> None:
        super().forget(id_)
        self._acts.pop(id_, None)

    def committed(self, entries: Sequence[Written]) -> None:
        super().committed(entries)
        under: dict[str, list[Written]] = defaultdict(list)
        for entry in entries:
            under[entry.traceparent].append(entry)
        for span in self._acts.values():
            span.set_attributes(_said_of(under[written(span)]))
            span.end()
        if self._acts:
            self._batch.set_attribute(names.MESSAGES, self._inputs)
            self._batch.end()

    def _begin(self, id_: str, act: Act) -> Span:
        parent = context_of({"traceparent": act.traceparent}) if act.correlationid else ROOT
        said: dict[str, AttributeValue] = {names.STREAM: act.stream, names.CORRELATION: act.correlationid or id_}
        if act.content is not None:
            said[names.TYPE] = type(act.content).__name__
        links = [Link(self._batch.get_span_context())]
        service, partition, _ = id_.split("/")
        if topic := self._topics.get(service):
            said |= _message(topic, partition, id_, act.stream)
            return self._tracer.start_span(f"{names.PROCESS} {topic}", parent, SpanKind.CONSUMER, said, links)
        if cause := getattr(act, "causationid", None):
            said[names.CAUSE] = cause
        return self._tracer.start_span(names.TOLD if cause else names.DUE, parent, SpanKind.INTERNAL, said, links)


def _message(topic: str, partition: str, id_: str, stream: str) -> dict[str, AttributeValue]:
    return {
        names.SYSTEM: "kafka", names.OPERATION: names.PROCESS, names.OPERATION_TYPE: names.PROCESS,
        names.TOPIC: topic, names.PARTITION: partition, names.MESSAGE_ID: id_, names.MESSAGE_KEY: stream,
    }  # fmt: skip


def _said_of(entries: Iterable[Written]) -> dict[str, AttributeValue]:
    events = [entry for entry in entries if entry.kind == "event"]
    return {
        names.ENTRIES: [entry.id for entry in entries],
        names.EVENTS: [event.type for event in events],
        names.RULES: sorted({rule for event in events if (rule := rule_of(event.value))}),
    }
