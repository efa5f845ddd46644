"""Names that are not ours are those of the conventions."""

import importlib
import pkgutil
from collections.abc import Iterator

from opentelemetry.semconv import attributes, metrics
from opentelemetry.semconv._incubating import attributes as incubating_attributes

from telemetry import names
from telemetry.metrics import GAUGES


def conventional() -> Iterator[str]:
    """Every name that the conventions know, of attributes and of metrics."""
    for package in (attributes, metrics, incubating_attributes):
        for module in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            said = vars(importlib.import_module(module.name)).values()
            yield from (value for value in said if isinstance(value, str))


def ours() -> dict[str, str]:
    said = {name: value for name, value in vars(names).items() if name.isupper()}
    texts = {name: value for name, value in said.items() if isinstance(value, str) and "." in value}
    return texts | {name: value.name for name, value in said.items() if isinstance(value, names.Metric)}


def test_a_name_is_one_of_the_conventions_or_begins_with_our_own() -> None:
    known = set(conventional())
    assert len(ours()) > 30
    assert {name for name in ours().values() if not name.startswith("serhet.")} - known == set()
    assert {name for name in ours().values() if name.startswith("serhet.")} & known == set()


def test_no_name_is_given_twice_and_units_are_those_of_the_conventions() -> None:
    assert len(set(ours().values())) == len(ours())
    metrics_ = [value for value in vars(names).values() if isinstance(value, names.Metric)]
    assert {metric.unit for metric in metrics_ if not metric.unit.startswith("{")} == {"s"}
    assert {metric for metric, _ in GAUGES.values()} <= set(metrics_)
