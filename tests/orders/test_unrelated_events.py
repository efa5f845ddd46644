"""All orders of unrelated events: whatever one author said between what others said, the state is the same."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from itertools import permutations
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.service import Kind
from decider.tests import kit
from tests.orders.examples import OWN, Decided, decided, example, services, variants

DECIDED = [pytest.param(each, id=each.name) for each in decided()]
PARTS = [
    pytest.param(each, part.name, id=f"{each.name}, {part.name}")
    for each in decided()
    if len(each.authors) > 1
    for part in fields(each.kind.initial)
]

SAID_BY = {"links": "arrival"}
"""Parts that one author alone speaks of, and that are not called as he is."""


def folded(kind: Kind, said: Mapping[str, Sequence[Any]], order: Sequence[str]) -> tuple[Any, bytes]:
    """The state and its bytes after what the authors said, in this order of authors, each in its own."""
    saying = {author: iter(events) for author, events in said.items()}
    state = kit.folded(kind, kind.initial, *(next(saying[author]) for author in order))
    return state, kind.states.dump(state)


def differing_pairs(kind: Kind, authors: Mapping[str, Sequence[type]]) -> list[tuple[str, str]]:
    """The pairs of events of two authors whose order matters, at the beginning or after everything was said."""
    examples = {author: [example(event) for event in events] for author, events in authors.items()}
    full = kit.folded(kind, kind.initial, *(event for events in examples.values() for event in events))
    found = []
    for one, other in permutations(examples, 2):
        for first, second in ((a, b) for a in examples[one] for b in examples[other]):
            for state in (kind.initial, full):
                there = kit.folded(kind, state, first, second)
                back = kit.folded(kind, state, second, first)
                if there != back or kind.states.dump(there) != kind.states.dump(back):
                    found.append((type(first).__name__, type(second).__name__))
    return found


def test_every_service_that_decides_is_asked() -> None:
    expected = Counter(f"{service.name}/{kind}" for service in services() for kind in service.deciders)
    assert Counter(each.name for each in decided()) == expected
    assert all(each.authors[OWN] for each in decided())
    heard = {event for each in decided() for events in each.authors.values() for event in events}
    assert {event for service in services() for event in service.writes.EVENTS} <= heard


@pytest.mark.parametrize("of", DECIDED)
def test_no_two_events_of_two_authors_mind_which_of_them_came_first(of: Decided) -> None:
    assert differing_pairs(of.kind, of.authors) == []


@pytest.mark.parametrize("of", DECIDED)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_all_orders_of_unrelated_events_give_the_same_state_and_the_same_bytes(
    of: Decided, data: st.DataObject
) -> None:
    _any_order(of, data)


@pytest.mark.long
@pytest.mark.parametrize("of", DECIDED)
@settings(max_examples=1000, deadline=None)
@given(data=st.data())
def test_all_orders_of_unrelated_events_in_many_more_cases(of: Decided, data: st.DataObject) -> None:
    _any_order(of, data)


def _any_order(of: Decided, data: st.DataObject) -> None:
    said = {
        author: data.draw(st.lists(st.one_of(*map(variants, events)), max_size=5), label=author)
        for author, events in of.authors.items()
    }
    by_author = [author for author, events in said.items() for _ in events]
    order = data.draw(st.permutations(by_author), label="order")
    assert folded(of.kind, said, order) == folded(of.kind, said, by_author)


@pytest.mark.parametrize(("of", "part"), PARTS)
def test_a_part_that_another_author_resets_is_noticed(of: Decided, part: str) -> None:
    """The defect is planted into each part of each state in turn."""
    others = [event for author, events in of.authors.items() if author != SAID_BY.get(part, part) for event in events]

    def forgetful(state: Any, event: Any, recorded: datetime) -> Any:
        state = of.kind.evolve(state, event, recorded)
        return replace(state, **{part: getattr(of.kind.initial, part)}) if type(event) is others[0] else state

    decider = SimpleNamespace(INITIAL=of.kind.initial, HEARS=(), decide=of.kind.decide, evolve=forgetful)
    assert differing_pairs(Kind(of.kind.name, decider), of.authors) != []
