"""What the tests hand to telemetry in the place of a service, its commands, its entries and its records."""

from collections import deque
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"


@dataclass(frozen=True, kw_only=True)
class Act:
    """A command, a deadline, or a record."""

    stream: str = "parcel/P1"
    content: Any = "a parcel"
    correlationid: str | None = None
    causationid: str | None = None
    traceparent: str = ""
    answer: Any = None


@dataclass(frozen=True, kw_only=True)
class Written:
    """An entry."""

    id: str
    kind: str = "event"
    type: str = "Sent"
    traceparent: str = ""
    value: bytes = b"{}"


@dataclass
class Inbox:
    records: deque[Any]


@dataclass
class Partition:
    inboxes: dict[str, Inbox] = field(default_factory=dict)
    applied: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes


def event(outcome: str, *fields: str) -> Any:
    return SimpleNamespace(outcome=outcome, model_fields=fields)


@dataclass(frozen=True)
class Service:
    name: str = "sender"
    hears: dict[str, Any] = field(default_factory=lambda: {"keeper": SimpleNamespace(TOPIC="test.keeper.v1")})
    events: dict[str, Any] = field(
        default_factory=lambda: {
            "Sent": event("recorded", "rule"), "Refused": event("refused", "rule"), "Parked": event("recorded"),
        }
    )  # fmt: skip


class Memory:
    """Keeps the spans that have ended."""

    def __init__(self) -> None:
        self._kept = InMemorySpanExporter()
        self.provider = TracerProvider(shutdown_on_exit=False)
        self.provider.add_span_processor(SimpleSpanProcessor(self._kept))

    @property
    def spans(self) -> list[ReadableSpan]:
        return list(self._kept.get_finished_spans())
