"""A real receiver of OTLP over HTTP: keeps what services send, and reads it as the protocol says."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

Value = str | int | tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Span:
    """A span as it was received; ids in hex, `parent` empty at a root, `links` the traces that it is linked to."""

    service: str
    name: str
    kind: int
    trace: str
    id: str
    parent: str
    start: int
    end: int
    links: tuple[str, ...]
    said: dict[str, Value]


class Receiver:
    """What has come so far, as bytes; it is read when somebody asks."""

    def __init__(self) -> None:
        self._traces: list[bytes] = []
        self._metrics: list[bytes] = []
        self._strangers: list[str] = []

    def take(self, path: str, body: bytes) -> None:
        kept = {"/v1/traces": self._traces, "/v1/metrics": self._metrics}.get(path)
        if kept is None:
            self._strangers.append(path)
        else:
            kept.append(body)

    def spans(self) -> list[Span]:
        assert self._strangers == []
        requests = [ExportTraceServiceRequest.FromString(body) for body in list(self._traces)]
        return [
            _span(_said(resource.resource.attributes)["service.name"], span)
            for request in requests
            for resource in request.resource_spans
            for scope in resource.scope_spans
            for span in scope.spans
        ]

    def metrics(self) -> set[tuple[str, str]]:
        """Which service has sent which metric."""
        requests = [ExportMetricsServiceRequest.FromString(body) for body in list(self._metrics)]
        return {
            (str(_said(resource.resource.attributes)["service.name"]), metric.name)
            for request in requests
            for resource in request.resource_metrics
            for scope in resource.scope_metrics
            for metric in scope.metrics
        }


@contextmanager
def receiving() -> Iterator[tuple[Receiver, str]]:
    """A receiver, and the endpoint at which it listens."""
    receiver = Receiver()

    class Route(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            receiver.take(self.path, self.rfile.read(int(self.headers["content-length"])))
            self.send_response(200)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Route) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield receiver, f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def _span(service: Value, span: Any) -> Span:
    return Span(
        service=str(service), name=span.name, kind=span.kind, trace=span.trace_id.hex(), id=span.span_id.hex(),
        parent=span.parent_span_id.hex(), start=span.start_time_unix_nano, end=span.end_time_unix_nano,
        links=tuple(link.trace_id.hex() for link in span.links), said=_said(span.attributes),
    )  # fmt: skip


def _said(attributes: Any) -> dict[str, Value]:
    return {attribute.key: _value(attribute.value) for attribute in attributes}


def _value(value: Any) -> Value:
    if value.HasField("array_value"):
        return tuple(one.string_value for one in value.array_value.values)
    return int(value.int_value) if value.HasField("int_value") else str(value.string_value)
