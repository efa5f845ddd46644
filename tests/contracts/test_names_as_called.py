"""A company, ship or place whose name is only spelt otherwise is the same: nothing new is said, by whatever command.

Commands and fields are found: one that is added is compared like the rest, or says why its text is no name.
"""

from collections.abc import Iterator
from dataclasses import is_dataclass, replace
from datetime import timedelta
from importlib import import_module
from pkgutil import walk_packages
from typing import Any, get_args

import pytest
from hypothesis import Phase, given, settings

import contracts
from contracts import names, values
from contracts.__main__ import EVENTS
from contracts.placements import GoodsPlacedInStorage
from decider import Aggregate, Input, Subject
from decider.tests.kit import NOON
from tests.law.varied import bare, hints, made
from tests.orders.examples import decided

OFFICER = Subject("officer-1", "officer")
LATER = NOON + timedelta(days=9)
DRAWN_MAX = 25
IN_WORDS = {
    "reason", "cause", "consequence", "provision", "citation", "fate", "disposal", "legal_basis", "remark",
}  # fmt: skip
"""Texts in which somebody says something; all others call something."""
OF_WHAT_STANDS = ("Amend", "Correct")
"""Commands of what has to stand before them."""


def holds(type_: Any) -> bool:
    """Whether there is a name in it."""
    if type_ in (values.Name, names.NamedBy):  # A number by which a stream is named is made its id at the door.
        return type_ is not names.NamedBy
    whole = isinstance(type_, type) and is_dataclass(type_)
    return any(map(holds, get_args(type_))) or (whole and any(map(holds, hints(type_).values())))


def commands() -> Iterator[tuple[Aggregate[Any], str, type]]:
    for each in decided():
        for command in each.decider.commands:
            if is_dataclass(command) and holds(command):
                yield each.decider, each.kind.name, command


NAMING = list(commands())


def respelt(value: Any, hint: Any = None) -> Any:
    """The same, with every name as somebody else would write it."""
    if hint == values.Name and value is not None:
        return f"{value.lower().replace(' ', '-')} "
    if isinstance(value, tuple):
        (inner, *_) = get_args(bare(hint)) or (None,)
        return tuple(respelt(each, inner) for each in value)
    if not is_dataclass(value) or isinstance(value, type):
        return value
    found = {name: respelt(getattr(value, name), bare(each)) for name, each in hints(type(value)).items()}
    return replace(value, **found)


def led_to(decider: Aggregate[Any], kind: str, *said: Any) -> list[Any]:
    """What the last of them leads to."""
    state, events = decider.INITIAL, list[Any]()
    for each in said:
        asked = Input(stream=f"{kind}/C1", content=each, occurred=NOON, recorded=LATER, subject=OFFICER)
        state, events = decider.outcome(asked, state)
    return events


@pytest.mark.parametrize(("decider", "kind", "command"), NAMING, ids=[each.__name__ for _, _, each in NAMING])
def test_a_name_that_is_spelt_otherwise_says_nothing_new(decider: Aggregate[Any], kind: str, command: type) -> None:
    again = list[Any]()

    @settings(max_examples=DRAWN_MAX, database=None, derandomize=True, phases=[Phase.generate], deadline=None)
    @given(said=made(command))
    def draw(said: Any) -> None:
        once = said if not command.__name__.startswith(OF_WHAT_STANDS) else None
        if once is None or respelt(said) == said or led_to(decider, kind, said, said):
            return
        assert led_to(decider, kind, said, respelt(said)) == [], f"{said} and {respelt(said)}"
        again.append(said)

    draw()
    assert again or command.__name__.startswith(OF_WHAT_STANDS)


def test_goods_are_where_they_had_been_placed_however_that_place_is_spelt() -> None:
    decider, kind, command = next(each for each in NAMING if each[2].__name__ == "PlaceInStorage")
    placed = command(consignment="C1", place="Gümrük ammary 4")
    state, (first,) = decider.outcome(_at(placed, kind), decider.INITIAL)
    assert isinstance(first, GoodsPlacedInStorage)
    later = replace(_at(command(consignment="C1", place="GÜMRÜK AMMARY-4"), kind), occurred=NOON + timedelta(days=1))
    (differs,) = decider.decide(later, state)
    assert differs.differing == ("occurred",)  # The place does not: it is no placement of another time.


def _at(content: Any, kind: str) -> Input[Any]:
    return Input(stream=f"{kind}/C1", content=content, occurred=NOON, recorded=LATER, subject=OFFICER)


def texts() -> Iterator[tuple[str, str]]:
    """Every field, of an event or of what one holds, that is a text and is not said to be a name."""
    modules = [import_module(each.name) for each in walk_packages(contracts.__path__, "contracts.") if _is_ours(each)]
    held = {each for module in modules for each in vars(module).values() if isinstance(each, type)}
    for of in sorted((each for each in {*held, *EVENTS} if is_dataclass(each) or each in EVENTS), key=_by_name):
        yield from ((of.__name__, name) for name, hint in hints(of).items() if bare(hint) == values.Text)


def _is_ours(module: Any) -> bool:
    return ".tests" not in module.name and "__main__" not in module.name


def _by_name(of: type) -> str:
    return of.__name__


def test_every_text_is_a_name_or_says_something_in_words() -> None:
    assert sorted({(of, name) for of, name in texts() if name not in IN_WORDS}) == []
