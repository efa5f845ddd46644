"""A rule that finds is named for what it finds: what it returns is true where there is such."""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from pkgutil import resolve_name
from typing import Any, get_type_hints

from law import Finding
from tests.law.index import rules

SENTENCE = re.compile(r"(^|_)(is|are|may|has|have|can|was|were|comes?)(_|$)")
FINDS = re.compile(r"\b(Finding|Ground)\b")


def finding(functions: Iterable[Callable[..., Any]]) -> Iterator[str]:
    """The functions that return findings or grounds."""
    for each in functions:
        if FINDS.search(str(get_type_hints(inspect.unwrap(each))["return"])):
            yield each.__name__


def test_a_rule_that_finds_is_named_for_what_it_finds() -> None:
    named = {*finding(resolve_name(str(rule.function)) for rule in rules())}
    assert len(named) > 15
    assert {name for name in named if SENTENCE.search(name)} == set()


def test_a_rule_that_says_the_opposite_of_what_it_returns_is_noticed() -> None:
    def seals_are_intact() -> Finding | None: ...
    def broken_seals() -> Finding | None: ...
    def seals_are_whole() -> bool:
        return True

    named = [*finding([seals_are_intact, broken_seals, seals_are_whole])]
    assert [bool(SENTENCE.search(name)) for name in named] == [True, False]
