"""Where spans and metrics go, by the standard variables (OTEL_*): OTLP over HTTP where an endpoint is configured."""

import os
import threading
from importlib.metadata import entry_points
from typing import Any

from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from telemetry import names

PROTOCOL = "otlp_proto_http"


def resource_of(service: str, process: str) -> Resource:
    """Who speaks; OTEL_RESOURCE_ATTRIBUTES adds to it. A name for all services would tell them apart no more."""
    own = {names.SERVICE_NAMESPACE: names.SCOPE, names.SERVICE_NAME: service, names.SERVICE_INSTANCE: process}
    return Resource.create(own)


def configured(signal: str) -> bool:
    """Whether TRACES or METRICS are to be sent anywhere."""
    if os.environ.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return False
    if os.environ.get(f"OTEL_{signal}_EXPORTER", "otlp").strip().lower() == "none":
        return False
    return any(os.environ.get(f"OTEL_EXPORTER_OTLP_{name}ENDPOINT") for name in ("", f"{signal}_"))


def tracer_provider(resource: Resource) -> TracerProvider | None:
    """None where no spans are wanted."""
    if not configured("TRACES"):
        return None
    provider = TracerProvider(resource=resource, shutdown_on_exit=False)
    provider.add_span_processor(BatchSpanProcessor(_exporter("opentelemetry_traces_exporter")))
    return provider


def metric_readers() -> list[PeriodicExportingMetricReader]:
    """Empty where no metrics are sent; they can be fetched in any case."""
    return [PeriodicExportingMetricReader(_exporter("opentelemetry_metrics_exporter"))] if configured("METRICS") else []


def _exporter(group: str) -> Any:
    """By its entry point: whoever sends nothing does not wait at start for what would encode it."""
    (point,) = entry_points(group=group, name=PROTOCOL)
    return point.load()()


def in_the_background(*ends: object) -> threading.Thread:
    """Calls each of them on a thread that holds nobody up: a collector that does not answer must not keep a process."""
    thread = threading.Thread(target=lambda: [end() for end in ends if callable(end)], daemon=True)
    thread.start()
    return thread
