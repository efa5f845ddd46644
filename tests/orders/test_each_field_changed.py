"""A command once more with one field changed is an act of its own, or differs from what stands: it is never swallowed.

Every command at a door and every field of each is found by import, and tried with few values of each type.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, is_dataclass
from datetime import timedelta
from functools import cache
from types import NoneType
from typing import Annotated, Any, Literal, NamedTuple, get_args, get_origin

import pytest

from clearance.beginning import BeginClearance
from contracts import called
from contracts.names import NamedBy
from decider import Aggregate, Subject
from decider.tests import kit
from decider.tests.kit import NOON
from tests.law.varied import hints, pool
from tests.orders.examples import decided, services

OFFICER = Subject("officer-1", "officer")
"""Whose word counts in every field."""
HAPPENED = NOON - timedelta(hours=3)
KEYS = ("movement", "consignment", "vehicle")
"""By these the stream is named: another one is another stream."""
SPELT = ("S 1", "S-1")
"""Two spellings of one number, as commands are varied."""


class Excepted(NamedTuple):
    """Where something else is said, and what stands is the same."""

    why: str
    where: Callable[[Any, Any], bool] = lambda said, other: True


def left_out(name: str) -> Callable[[Any, Any], bool]:
    return lambda said, other: not getattr(other, name)


def declares_nothing(said: Any, other: Any) -> bool:
    return other.form == "article_40_documents" or (isinstance(other, BeginClearance) and not other.items)


def owes_nothing(said: Any, other: Any) -> bool:
    return not any(each.amount for each in (*said.payments, *other.payments)) or declares_nothing(said, other)


def named_elsewhere(said: Any, other: Any) -> bool:
    return {*said.consignments} <= {each.consignment for each in other.papers} | {
        each for call in other.journey for each in call.unloads or ()
    }


def unloads_alike(said: Any, other: Any) -> bool:
    return not other.work or ({*(said.work or ()), *other.work} == {"unload"} and bool(said.unloads))


def the_first_call(said: Any, other: Any) -> bool:
    return other.call is None or (said.call, other.call) == (None, 1)


def same_giver(said: Any, other: Any) -> bool:
    if said.given is None or other.given is None:
        return True
    return (said.given.officer, said.given.post) == (other.given.officer, other.given.post)


DECLARES_NOTHING = Excepted("documents of Art. 40, and words that name no goods, only begin it", declares_nothing)
OF_A_REASON = Excepted("why it was decided is no part of what was decided")
WHOLE = Excepted("of the goods as a whole it stands, and so of each item", lambda said, other: not said.items)
MODE = Excepted("only says which place is named, and these are for any mode")
UNTOUCHED: dict[str, dict[str, Excepted]] = {
    "NotifyArrival": {
        "received": Excepted("nobody says when", left_out("received")),
        "consignments": Excepted("papers or the journey name them, too", named_elsewhere),
    },
    "RecordArrival": {
        "mode": MODE,
        "call": Excepted("nothing else is said of it, or the first has its number", the_first_call),
        "work": Excepted("what it unloads says that it unloads", unloads_alike),
        "unloads": Excepted("nothing else is said of it", left_out("unloads")),
    },
    "LinkMovement": {"reason": OF_A_REASON},
    "LinkConsignment": {"reason": OF_A_REASON},
    "DetermineCheckpoint": {"mode": MODE, "reason": OF_A_REASON},
    "RecordStop": {"mode": MODE},
    "ExamineVehicle": {"mode": MODE},
    "PresentVehicle": {"mode": MODE},
    "ExamineGoods": {"mode": MODE},
    "PresentGoods": {"mode": MODE},
    "LodgeDeclaration": {
        **dict.fromkeys(("declaration_type", "office", "dispatched_from", "destined_for"), DECLARES_NOTHING),
        **dict.fromkeys(("form", "reference", "parties", "items", "regime"), DECLARES_NOTHING),
        "payments": Excepted("sums of nothing, or of what declares nothing", owes_nothing),
    },
    "BeginClearance": {
        **dict.fromkeys(("parties", "items", "regime"), DECLARES_NOTHING),
        "payments": Excepted("sums of nothing, or of what declares nothing", owes_nothing),
    },
    "DecideOnGoodsInDoubt": {"reason": OF_A_REASON},
    "ReleaseGoods": {
        "mode": MODE,
        "items": WHOLE,
        "given": Excepted("the record has it as decided here, or why only is otherwise", same_giver),
    },
    "EndRegime": {"items": WHOLE},
    "ReportUse": {
        "use": Excepted("a movement is barred by nothing (Art. 36)", lambda _, other: other.use == "movement")
    },
}
"""Fields of commands that may be otherwise, each with why and where."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Command:
    decider: Aggregate[Any]
    of: str
    command: type

    def __repr__(self) -> str:
        return f"{self.of}: {self.command.__name__}"


OFFERED = {route.command for service in services() for route in service.routes}
COMMANDS = [
    Command(decider=of.decider, of=of.name, command=command)
    for of in decided()
    for command in of.decider.commands
    if command in OFFERED
]


@cache
def values(hint: Any) -> tuple[Any, ...]:
    """A few of a type: the first says something, where anything of it may be left out."""
    if found := [None] if hint == NamedBy else pool(hint):
        return tuple(sorted(found, key=lambda each: each is None))
    match get_origin(hint):
        case origin if origin is Annotated:
            return values(get_args(hint)[0])
        case origin if origin is Literal:
            return get_args(hint)
        case origin if origin is tuple:
            each = values(get_args(hint)[0])
            return (each[:1], *((one,) for one in each[1:3]), ())
        case None:
            return _plain(hint)
        case _:
            return tuple(
                each for part in sorted(get_args(hint), key=lambda of: of is NoneType) for each in values(part)
            )


def _plain(hint: Any) -> tuple[Any, ...]:
    if is_dataclass(hint):
        return tuple(varied(hint))
    return {bool: (True, False), NoneType: (None,)}[hint]


def varied(of: Any) -> Iterator[Any]:
    """One that says all it can, and others that say one thing of it otherwise."""
    parts = {name: values(hint) for name, hint in hints(of).items()}
    full = {name: each[0] for name, each in parts.items()}
    yield from lawful(of, full)
    for name, each in parts.items():
        for value in each[1:]:
            yield from lawful(of, full | {name: value})


def lawful(of: Any, said: dict[str, Any]) -> Iterator[Any]:
    """Nothing where the type itself says that these do not go together."""
    try:
        yield of(**said)
    except ValueError:
        return


def swallowed(of: Command) -> Iterator[tuple[str, Any, Any]]:
    """The field, the command, and that with this field changed."""
    for said in varied(of.command):
        first = of.decider.decide(asked(of, said), of.decider.INITIAL)
        state = kit.folded(of.decider, of.decider.INITIAL, *first, recorded=NOON)
        for name, other in changes(of, said) if first else ():
            if not of.decider.decide(asked(of, other), state):
                yield name, said, other


def changes(of: Command, said: Any) -> Iterator[tuple[str, Any]]:
    """The same with one field changed, and not only spelt otherwise."""
    for name, hint in hints(of.command).items():
        for value in values(hint) if name not in KEYS else ():
            for other in lawful(of.command, {**vars(said), name: value}):
                if spelt(other) != spelt(said):
                    yield name, other


def spelt(said: Any) -> str:
    return repr(called.in_one_spelling(said)).replace(*SPELT)


def asked(of: Command, content: Any) -> Any:
    return kit.at(of.decider, HAPPENED, content, NOON, OFFICER)


@pytest.mark.parametrize("of", COMMANDS, ids=repr)
def test_once_more_with_one_field_changed_it_is_not_swallowed(of: Command) -> None:
    excepted, met = UNTOUCHED.get(of.command.__name__, {}), set()
    for name, said, other in swallowed(of):
        assert name in excepted, f"{name} is swallowed: {said} and {other}"
        assert excepted[name].where(said, other), f"{name} is swallowed where it should not be: {said} and {other}"
        met.add(name)
    assert met == {*excepted}


def test_each_exception_is_of_a_command_at_a_door() -> None:
    assert {*UNTOUCHED} <= {command.__name__ for command in OFFERED}
