"""Facts that people state, compared with what stands of them."""

from dataclasses import dataclass, replace

import pytest

from contracts.event import Event
from contracts.stating import Amendable, StatementDiffers, Stater, stated
from contracts.values import Instant
from decider import Input
from decider.tests.kit import NOON, SOMEBODY


@dataclass(frozen=True, kw_only=True)
class SaySo:
    """A command."""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """What is stated by it."""

    what: str
    at: Instant | None = NOON
    by: Stater | None = None
    struck: bool = False


OF = Amendable(article="1", rule="A1", states=SaySo, amends=(SaySo,))
ASKED = Input(stream="fact/1", content=SaySo(), occurred=NOON, recorded=NOON, subject=SOMEBODY)
RECORDED = Event(type="Said", article="1", rule="A1")
STANDS = Fact(what="one")


@pytest.mark.parametrize("stands", [None, replace(STANDS, struck=True)])
def test_what_is_dear_to_say_is_not_said_where_there_is_nothing_to_compare_it_with(stands: Fact | None) -> None:
    def said() -> Fact:
        raise AssertionError("it was asked what was said")

    assert stated(ASKED, said, stands, OF, lambda: RECORDED) == [RECORDED]


def test_what_is_said_by_a_function_is_compared_like_any_other() -> None:
    assert stated(ASKED, lambda: Fact(what="one"), STANDS, OF, lambda: RECORDED) == []
    (differs,) = stated(ASKED, lambda: Fact(what="other"), STANDS, OF, lambda: RECORDED)
    assert isinstance(differs, StatementDiffers)
    assert (differs.differing, differs.stands) == (("what",), (("what", "one"),))
