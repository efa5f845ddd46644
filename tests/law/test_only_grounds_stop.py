"""Art. 8(2): nothing says no but a ground, and there is no ground that the law does not know. Found by import."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any, get_args, get_origin

import pytest
from annotated_types import MinLen
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

import contracts
from contracts.event import Event
from law import Finding, Ground, Layer
from law.findings import CLOSED_LIST
from law.rulebook import loaded
from law.rules import catalogue

STOPPING = ("refused", "withheld")
CITED = sorted({article for rule in catalogue().rules for article in rule.articles} | {"20(2)", "8(2)", "31(2)", ""})
IDS = sorted({rule.id for rule in catalogue().rules} | {"F16", ""})
LAYERS = (*get_args(Layer), "default", "")


def events() -> Iterator[type[Event]]:
    """Every event class of every module of the contracts."""
    for module in pkgutil.iter_modules(contracts.__path__):
        if module.name.startswith("__") or module.ispkg:
            continue
        for value in vars(importlib.import_module(f"contracts.{module.name}")).values():
            if isinstance(value, type) and issubclass(value, Event) and value.__module__ == f"contracts.{module.name}":
                yield value


def has_grounds(event: type[Event]) -> bool:
    """A field `grounds` of Ground alone, at least one, without a default."""
    field = event.model_fields.get("grounds")
    if field is None or not field.is_required():
        return False
    at_least = [bound.min_length for bound in field.metadata if isinstance(bound, MinLen)]
    return get_origin(field.annotation) is tuple and get_args(field.annotation) == (Ground, ...) and at_least == [1]


@pytest.mark.law("F12")
def test_art_8_2_an_event_that_stops_something_has_its_grounds_and_there_are_two_ways_to_stop() -> None:
    found = list(events())
    stopping = [event for event in found if event.outcome not in ("recorded", "differs")]
    assert {event.outcome for event in stopping} == set(STOPPING)
    assert {event.__name__ for event in stopping} >= {"ReleaseRefused", "ReleaseWithheld", "UseBlocked"}
    assert [event.__name__ for event in stopping if not has_grounds(event)] == []


@pytest.mark.law("F12")
def test_art_8_2_a_stopping_event_without_grounds_is_noticed() -> None:
    class Stopped(Event):
        findings: tuple[Finding, ...]

    class Refused(Event):
        grounds: tuple[Ground, ...] = ()

    assert [has_grounds(Stopped), has_grounds(Refused)] == [False, False]


def known(rule: str, article: str, layer: str) -> bool:
    """What the law knows as a ground, by its own tables."""
    by_code = (article, rule) in CLOSED_LIST and layer in get_args(Layer)
    return by_code or any(
        (row.article, row.rule, act.layer) == (article, rule, layer) for act in loaded() for row in act.grounds
    )


@pytest.mark.law("F12", "L8")
@given(st.sampled_from(IDS), st.sampled_from(CITED) | st.text(max_size=12), st.sampled_from(LAYERS))
def test_art_8_2_a_ground_is_made_where_the_law_knows_it_and_nowhere_else(rule: str, article: str, layer: str) -> None:
    made, stated = TypeAdapter(Ground), {"rule": rule, "article": article, "layer": layer}
    if known(rule, article, layer):
        assert made.validate_python(stated) == Ground(**stated)  # type: ignore[arg-type]
        return
    with pytest.raises(ValueError, match="is no ground"):
        Ground(**stated)  # type: ignore[arg-type]
    with pytest.raises(ValidationError):
        made.validate_python(stated)


@pytest.mark.law("F12")
def test_art_8_2_a_finding_has_nothing_in_common_with_a_ground() -> None:
    found: Any = Finding(rule="L2", article="7(1)")
    assert not isinstance(found, Ground)
    refused = next(event for event in events() if event.__name__ == "ReleaseRefused")
    with pytest.raises(ValidationError):
        refused.model_validate({"consignment": "C1", "regime": "free circulation", "grounds": [found]})
