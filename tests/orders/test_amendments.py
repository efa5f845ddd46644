"""What people state is put right and taken back: whatever stood before, the state is that of the right facts.

Each fact that can be amended is found by import (`contracts.stating.Amendable`), and stated among anything else that
may come to its stream.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from functools import cache, cached_property
from importlib import import_module
from itertools import chain
from pkgutil import walk_packages
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clearance.declaration import LodgeDeclaration, goods_are_declared
from contracts.stating import Amendable, StatementDiffers
from decider import Aggregate, Due
from decider.tests import kit
from decider.tests.kit import NOON
from law.rule import Happened
from tests.law.varied import content, made
from tests.orders.examples import Decided, decided, services

SPELT = {"S 1": "S-1"}
"""Two spellings of one number, as statements are varied."""
STANDS = ("begun", "starts")
"""That clearance began, with a declaration that was taken back later (Art. 29(1)(1))."""
UNHURRIED: Any = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.filter_too_much, HealthCheck.too_slow, HealthCheck.data_too_large],
}
HAPPENED = NOON - timedelta(hours=3)
OF_CUSTOMS = (
    "ReleaseGoods", "DecideOnPermit", "ReportUse", "AcceptDeclaration", "DecideAmendment", "BeginClearance",
    "DecideOnGoodsInDoubt", "DecideDisposal", "DecideOnRefusedApproval",
)  # fmt: skip
"""Acts of customs rest on what stood when they were decided, and stand: they are compared apart."""
OF_LINKS = ("JoinConsignment", "JoinMovement", "AnswerConsignmentLink", "AnswerMovementLink", "LinkMade")
"""By these a stream is one with another, and decides no more: `test_links` plays what becomes of it then."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Fact:
    """A fact of a kind of stream, and the commands that state it, put it right, and take it back."""

    of: Decided
    amendable: Amendable

    def __repr__(self) -> str:
        return f"{self.of.name}: {self.amendable.states.__name__}"

    @property
    def decider(self) -> Aggregate[Any]:
        return self.of.decider

    @property
    def correct(self) -> type:
        return next(each for each in self.amendable.amends if each.__name__.startswith("Correct"))

    @property
    def withdraw(self) -> type:
        return next(each for each in self.amendable.amends if each.__name__.startswith("Withdraw"))

    @cached_property
    def said(self) -> st.SearchStrategy[Any]:
        """What declares no goods begins clearance alone, and is no fact to be put right."""
        return made(self.amendable.states).filter(
            lambda each: (
                not isinstance(each, LodgeDeclaration)
                or goods_are_declared(Happened(HAPPENED, NOON), each.form, each.items)
            )
        )

    @cached_property
    def others(self) -> st.SearchStrategy[list[Any]]:
        """Anything else that may come to the stream: no other statement that the same commands would put right, and no
        deadline, since those that fire follow from what is stated."""
        alike = (each.amendable for each in found() if {*each.amendable.amends} & {*self.amendable.amends})
        own = {*(each.states for each in alike), *chain.from_iterable(each.amendable.amends for each in found())}
        own |= {command for command in self.decider.commands if command.__name__ in OF_CUSTOMS}
        own |= {each for each in (*self.decider.commands, *self.decider.HEARS) if each.__name__ in OF_LINKS}
        return st.lists(content(self.decider, but=frozenset(own | {Due})), max_size=3)

    @property
    def key(self) -> set[str]:
        """The fields by which the fact is told from others of its type; a mode only says which place is named."""
        return names(self.withdraw) & names(self.amendable.states) - {"mode"}

    def another(self, stated: Any, said: Any) -> Any:
        """Of the same fact what `said` says of another one."""
        return type(said)(**(vars(said) | {name: getattr(stated, name) for name in self.key}))

    def corrected(self, said: Any) -> Any:
        """The command by which the fact is as `said`, as it was stated to have happened."""
        kept = {name: getattr(said, name) for name in names(self.correct) & names(type(said))}
        return self.correct(**kept, corrects=HAPPENED)

    def withdrawn(self, said: Any) -> Any:
        return self.withdraw(**{name: getattr(said, name) for name in self.key}, withdraws=HAPPENED)


def names(of: type) -> set[str]:
    return {field.name for field in fields(of)}


@cache
def found() -> tuple[Fact, ...]:
    """Every fact of every service, wherever it is declared."""
    for service in services():
        package = import_module(service.name)
        for each in walk_packages(package.__path__, f"{service.name}."):
            if ".tests" not in each.name:
                import_module(each.name)
    declared = {
        id(each): each
        for name, module in sorted(sys.modules.items())
        if name.partition(".")[0] in {service.name for service in services()}
        for each in vars(module).values()
        if isinstance(each, Amendable)
    }
    return tuple(
        Fact(of=of, amendable=each)
        for of in decided()
        for each in declared.values()
        if each.states in of.decider.commands
    )


FACTS = [pytest.param(each, id=repr(each)) for each in found()]


def played(fact: Fact, *contents: tuple[Any, datetime]) -> tuple[Any, list[Any]]:
    """The state after these, with all events."""
    state, events = fact.decider.INITIAL, []
    for each, occurred in contents:
        state, led_to = kit.step(fact.decider, state, kit.at(fact.decider, occurred, each, NOON))
        events += led_to
    return state, events


def at_noon(contents: Sequence[Any]) -> list[tuple[Any, datetime]]:
    return [(each, NOON) for each in contents]


def standing(state: Any) -> Any:
    """The facts of a state, without what was struck; a number stands once, as whoever stated it first spelt it."""
    return _without_struck(kit.facts(state))


def _without_struck(part: Any) -> Any:
    if isinstance(part, dict):
        kept = {name: _without_struck(each) for name, each in part.items() if name not in STANDS}
        return None if part.get("struck") else kept
    if isinstance(part, list):
        left = [each for each in map(_without_struck, part) if each is not None]
        return [*dict.fromkeys(left)] if all(isinstance(each, str) for each in left) else left
    return SPELT.get(part, part) if isinstance(part, str) else part


def test_every_correction_and_withdrawal_at_a_door_is_of_a_fact_that_is_tried_here() -> None:
    tried = {each for fact in found() for each in fact.amendable.amends}
    offered = {route.command for service in services() for route in service.routes}
    assert {each for each in offered if each.__name__.startswith(("Correct", "Withdraw"))} <= tried
    assert {fact.amendable.states for fact in found()} <= offered


@pytest.mark.parametrize("fact", FACTS)
@settings(max_examples=10, **UNHURRIED)
@given(data=st.data())
def test_the_same_once_more_is_nothing_new_and_anything_else_differs(fact: Fact, data: st.DataObject) -> None:
    said, other = (data.draw(fact.said) for _ in range(2))
    other = fact.another(said, other)
    state, _ = played(fact, *at_noon(data.draw(fact.others)), (said, HAPPENED))
    again, events = kit.step(fact.decider, state, kit.at(fact.decider, HAPPENED, said, NOON))
    assert (standing(again), events) == (standing(state), [])
    after, events = kit.step(fact.decider, state, kit.at(fact.decider, HAPPENED, other, NOON))
    assert standing(after) == standing(state)
    assert all(isinstance(event, StatementDiffers) for event in events)


@pytest.mark.parametrize("fact", FACTS)
@settings(max_examples=5, **UNHURRIED)
@given(data=st.data(), hours=st.sampled_from([-1, 1]))
def test_the_same_for_another_time_is_another_fact_or_differs_and_without_a_time_is_never_one_that_differs(
    fact: Fact, data: st.DataObject, hours: int
) -> None:
    said, then = data.draw(fact.said), HAPPENED + timedelta(hours=hours)
    state, _ = played(fact, (said, HAPPENED))
    _, events = kit.step(fact.decider, state, kit.at(fact.decider, then, said, NOON))
    told = [each for each in events if isinstance(each, StatementDiffers)]
    assert bool(events) == fact.amendable.dated
    assert [(each.differing, each.stands_since) for each in told] in ([], [(("occurred",), HAPPENED)])
    _, events = kit.step(fact.decider, state, kit.at(fact.decider, NOON, said, NOON))
    assert not any(isinstance(each, StatementDiffers) for each in events)


@pytest.mark.parametrize("fact", FACTS)
@settings(max_examples=15, **UNHURRIED)
@given(data=st.data())
def test_what_is_put_right_is_as_if_nothing_else_had_been_said(fact: Fact, data: st.DataObject) -> None:
    _put_right(fact, data)


@pytest.mark.long
@pytest.mark.parametrize("fact", FACTS)
@settings(max_examples=400, **UNHURRIED)
@given(data=st.data())
def test_what_is_put_right_in_many_more_cases(fact: Fact, data: st.DataObject) -> None:
    _put_right(fact, data)


def _put_right(fact: Fact, data: st.DataObject) -> None:
    wrong, right = (data.draw(fact.said) for _ in range(2))
    right = fact.another(wrong, right)
    before, between, after = (at_noon(data.draw(fact.others, label=when)) for when in ("before", "between", "after"))
    put_right, _ = played(fact, *before, (wrong, HAPPENED), *between, (fact.corrected(right), NOON), *after)
    at_once, _ = played(fact, *before, (right, HAPPENED), *between, *after)
    assert standing(put_right) == standing(at_once)


@pytest.mark.parametrize("fact", FACTS)
@settings(max_examples=15, **UNHURRIED)
@given(data=st.data())
def test_what_is_taken_back_is_as_if_it_had_never_been_said(fact: Fact, data: st.DataObject) -> None:
    _taken_back(fact, data)


@pytest.mark.long
@pytest.mark.parametrize("fact", FACTS)
@settings(max_examples=400, **UNHURRIED)
@given(data=st.data())
def test_what_is_taken_back_in_many_more_cases(fact: Fact, data: st.DataObject) -> None:
    _taken_back(fact, data)


def _taken_back(fact: Fact, data: st.DataObject) -> None:
    said = data.draw(fact.said)
    before, between, after = (at_noon(data.draw(fact.others, label=when)) for when in ("before", "between", "after"))
    taken_back, events = played(fact, *before, (said, HAPPENED), *between, (fact.withdrawn(said), NOON), *after)
    never, _ = played(fact, *before, *between, *after)
    assert not any(
        isinstance(event, StatementDiffers) and event.statement == fact.withdraw.__name__ for event in events
    )
    assert standing(taken_back) == standing(never)
