"""What is counted and measured, for whoever fetches it (Prometheus) and, where that is configured, sent by OTLP.

Whatever happens often is counted in plain dictionaries, which are read when somebody asks.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from operator import attrgetter
from typing import Any, Protocol

from opentelemetry.exporter.prometheus import PrometheusMetricReader
from opentelemetry.metrics import CallbackOptions, Histogram, Observation
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import MetricReader
from opentelemetry.sdk.resources import Resource
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest

from telemetry import names
from telemetry.names import Metric

RULE = b'"rule":"'
KIND_AND_TYPE = attrgetter("kind", "type")
Known = Mapping[str, Any]
"""What a process knows of itself when it is asked; what is not known at the moment is left out."""
GAUGES: Mapping[str, tuple[Metric, str | None]] = {
    "lag": (names.LAG, names.UPSTREAM),
    "waiting_age": (names.WAITING_AGE, names.WAITS_FOR),
    "relay_age": (names.RELAY_AGE, None),
    "due_age": (names.DUE_AGE, None),
    "runner_age_seconds": (names.RUNNER_AGE, None),
    "commands_waiting": (names.COMMANDS_WAITING, None),
    "parked_streams": (names.STREAMS_PARKED, None),
    "troubles": (names.TROUBLES, None),
}
"""By what is known: its metric; of one that shows a number per value of an attribute, the attribute."""


class Written(Protocol):
    """An entry, as far as it is counted and shown."""

    @property
    def id(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def traceparent(self) -> str: ...
    @property
    def value(self) -> bytes: ...


class Metrics:
    """The metrics of one process. `outcomes` says of each type of event that rests on a rule what its outcome is."""

    def __init__(self, outcomes: Mapping[str, str], resource: Resource, readers: Sequence[MetricReader]) -> None:
        self._outcome_of = outcomes
        self._written: Counter[tuple[str, str]] = Counter()
        self._outcomes: Counter[tuple[str, str]] = Counter()
        self._known: Known = {}
        self._registry = CollectorRegistry()
        fetched = PrometheusMetricReader(scope_info_enabled=False, registry=self._registry)
        self._provider = MeterProvider([fetched, *readers], resource, shutdown_on_exit=False)
        self._meter = self._provider.get_meter(names.SCOPE)
        self._inputs = self._histogram(names.INPUTS, names.INPUT_BOUNDS)
        self._seconds = self._histogram(names.COMMITTING, names.SECOND_BOUNDS)
        self._requests = self._histogram(names.REQUESTS, names.SECOND_BOUNDS)
        self._count(names.WRITTEN, self._written, names.KIND, names.TYPE)
        self._count(names.OUTCOMES, self._outcomes, names.OUTCOME, names.RULE)
        for of, (gauge, attribute) in GAUGES.items():
            read = partial(self._read, of, attribute)
            self._meter.create_observable_gauge(gauge.name, [read], gauge.unit, gauge.shows)

    def committed(self, entries: Sequence[Written], inputs: int, seconds: float) -> None:
        """Counts what one transaction wrote."""
        self._written.update(map(KIND_AND_TYPE, entries))
        for entry in entries:
            if outcome := self._outcome_of.get(entry.type):
                self._outcomes[outcome, rule_of(entry.value)] += 1
        self._inputs.record(inputs)
        self._seconds.record(seconds)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Measures one request; of a path that there is not, `route` is empty."""
        said: dict[str, Any] = {names.HTTP_METHOD: method, names.HTTP_STATUS: status}
        self._requests.record(seconds, said | ({names.HTTP_ROUTE: route} if route else {}))

    def know(self, known: Known) -> None:
        """From now on gauges show this: what health says, `waiting.py`, and what the database knows."""
        ages = {names.SEEN: known.get("seen_age"), names.REPAIR: known.get("parked_age")}
        self._known = {
            **known, "waiting_age": {what: age for what, age in ages.items() if age is not None},
            "troubles": len(known.get("troubles", ())),
        }  # fmt: skip

    def text(self) -> bytes:
        """Everything, in the text format of Prometheus."""
        return generate_latest(self._registry)

    def end(self) -> None:
        """Sends what is left."""
        self._provider.shutdown()

    def _histogram(self, metric: Metric, bounds: Sequence[float]) -> Histogram:
        return self._meter.create_histogram(
            metric.name, metric.unit, metric.shows, explicit_bucket_boundaries_advisory=bounds
        )

    def _count(self, metric: Metric, counted: Counter[tuple[str, str]], *attributes: str) -> None:
        def read(_: CallbackOptions) -> Iterable[Observation]:
            return [Observation(n, dict(zip(attributes, of, strict=True))) for of, n in list(counted.items())]

        self._meter.create_observable_counter(metric.name, [read], metric.unit, metric.shows)

    def _read(self, of: str, attribute: str | None, _: CallbackOptions) -> Iterable[Observation]:
        found = self._known.get(of)
        if attribute is None:
            return [] if found is None else [Observation(found)]
        return [Observation(number, {attribute: value}) for value, number in (found or {}).items()]


def rule_of(value: bytes) -> str:
    """The rule that an event rests on, by its entry's bytes; empty where it rests on none."""
    at = value.find(RULE) + len(RULE)
    return value[at : value.index(b'"', at)].decode() if at >= len(RULE) else ""
