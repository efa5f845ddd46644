"""Silent unless an endpoint is configured, by the standard variables alone."""

import os
import subprocess
import sys
import threading
import time

import pytest

from telemetry import Telemetry
from telemetry.exporting import configured, resource_of
from telemetry.tests.shapes import Service

HERE = "http://127.0.0.1:9"


@pytest.fixture(autouse=True)
def _told_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("OTEL_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("variables", "sent"),
    [
        ({}, []),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": ""}, []),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": HERE}, ["TRACES", "METRICS"]),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": HERE}, ["TRACES"]),
        ({"OTEL_EXPORTER_OTLP_METRICS_ENDPOINT": HERE}, ["METRICS"]),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": HERE, "OTEL_METRICS_EXPORTER": "none"}, ["TRACES"]),
        ({"OTEL_EXPORTER_OTLP_ENDPOINT": HERE, "OTEL_SDK_DISABLED": "true"}, []),
    ],
)
def test_what_is_sent_is_what_an_endpoint_is_configured_for(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], sent: list[str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert [signal for signal in ("TRACES", "METRICS") if configured(signal)] == sent


def test_without_an_endpoint_there_are_no_threads_and_no_spans() -> None:
    before = threading.active_count()
    telemetry = Telemetry(Service(), "sender-1")
    assert threading.active_count() == before
    assert telemetry.traces.tracer is None


SENDS = """
import asyncio
from telemetry import Telemetry
from telemetry.tests.shapes import Service

async def nothing():
    return {}

async def main():
    telemetry = Telemetry(Service(), "sender-1")
    async with telemetry.sending(dict, nothing, ()):
        telemetry.traces.tracer.start_span("one").end()

asyncio.run(main())
"""


def test_a_collector_that_is_not_there_holds_no_process_up() -> None:
    began = time.monotonic()
    environment = {**os.environ, "OTEL_EXPORTER_OTLP_ENDPOINT": HERE, "OTEL_EXPORTER_OTLP_TIMEOUT": "600"}
    subprocess.run([sys.executable, "-c", SENDS], env=environment, check=True, timeout=120)
    assert time.monotonic() - began < 60


def test_services_keep_their_own_names_whatever_all_of_them_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OTEL_SERVICE_NAME", "all")
    monkeypatch.setenv("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test")
    said = resource_of("sender", "sender-1").attributes
    found = [said[f"service.{name}"] for name in ("namespace", "name", "instance.id")]
    assert found == ["serhet", "sender", "sender-1"]
    assert said["deployment.environment.name"] == "test"
