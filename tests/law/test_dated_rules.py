"""A rule that concludes something of a fact takes that fact, and so speaks of it only within its own dates."""

import inspect
from collections.abc import Callable, Iterator
from pkgutil import resolve_name
from typing import Any, get_origin, get_type_hints

from contracts.event import Event
from law.rule import SPEAKS
from tests.law.index import rules

READ = {
    "presentation.checkpoint:as_it_came_out", "presentation.way:by",
    "presentation.consignment.parts:parts_of", "presentation.consignment.parts:shown_by",
    "presentation.movement.upstream:calls_of", "presentation.movement.upstream:visit",
}  # fmt: skip
"""How facts are read that others stated; what follows from them is said by other rules."""


def concludes(function: Callable[..., Any]) -> bool:
    """Whether it returns anything but what is recorded at an input, what others are told, or what is open."""
    returned = get_type_hints(inspect.unwrap(function))["return"]
    event = isinstance(returned, type) and issubclass(returned, Event)
    return not event and get_origin(returned) not in (list, Iterator)


def test_every_rule_of_a_service_that_concludes_something_speaks_within_its_dates() -> None:
    of_services = {str(rule.function) for rule in rules() if not str(rule.function).startswith("law.")}
    concluding = {name for name in of_services if concludes(resolve_name(name))}
    assert len(concluding) > 40
    assert concluding - {*SPEAKS} == READ
    assert {name for name in SPEAKS if name in of_services} <= concluding


def test_a_rule_that_takes_no_fact_is_noticed() -> None:
    def broken_seals(broken: bool) -> bool:
        return broken

    def still_to_be_shown() -> Iterator[int]:
        yield 1

    assert [concludes(each) for each in (broken_seals, still_to_be_shown)] == [True, False]
