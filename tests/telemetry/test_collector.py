"""The collector's file, read as a collector would: every part that a pipeline names is there, and none is idle."""

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

FILE = Path(__file__).parents[2] / "deploy/otel/collector.yaml"
ROLES = ("receivers", "processors", "exporters")


def wrong(said: dict[str, Any]) -> list[str]:
    """What a collector would refuse, or what would do nothing."""
    pipelines = said["service"]["pipelines"].values()
    used = {role: {name for pipeline in pipelines for name in pipeline[role]} for role in ROLES}
    used["extensions"] = set(said["service"]["extensions"])
    missing = [f"{role}: {name} is not there" for role in used for name in used[role] - set(said[role])]
    return missing + [f"{role}: {name} is idle" for role in used for name in set(said[role]) - used[role]]


def read() -> dict[str, Any]:
    said: dict[str, Any] = YAML(typ="safe", pure=True).load(FILE)
    return said


def test_otlp_comes_in_and_traces_and_metrics_go_out() -> None:
    said = read()
    pipelines = said["service"]["pipelines"]
    assert set(said) == {*ROLES, "extensions", "service"}
    assert {name: pipeline["receivers"] for name, pipeline in pipelines.items()} == {
        "traces": ["otlp"], "metrics": ["otlp"],
    }  # fmt: skip
    assert said["receivers"]["otlp"]["protocols"]["http"]["endpoint"].endswith(":4318}")
    assert all(pipeline["processors"][0] == "memory_limiter" for pipeline in pipelines.values())
    assert all(pipeline["exporters"] for pipeline in pipelines.values())
    assert wrong(said) == []


@pytest.mark.parametrize("role", ["exporters", "processors"])
def test_a_pipeline_that_names_what_is_not_there_is_noticed(role: str) -> None:
    said = read()
    name, _ = said[role].popitem()
    assert wrong(said) == [f"{role}: {name} is not there"]


def test_what_no_pipeline_uses_is_noticed() -> None:
    said = read()
    said["receivers"]["zipkin"] = {}
    assert wrong(said) == ["receivers: zipkin is idle"]
