"""A release that was given under another name of the same goods."""

from dataclasses import replace
from typing import Any

import pytest

from contracts.links import FactsPassedOn, LinkMade
from contracts.release import GoodsReleased, GroundAfterRelease, ReleaseRefused
from decider import Held
from decider.tests.kit import NOON, SOMEBODY, at, folded, given
from release.consignment import consignment
from release.regime import EndRegime
from release.tests.goods import CROSSED, DECLARED, PROHIBITED, SHOWN, release

LINKED = LinkMade(consignment="C2", first="C1", second="C2")
HELD = Held(
    type="ReleaseGoods", occurred=NOON, subject=SOMEBODY, authtype="user",
    data={"consignment": "C2", "regime": "free circulation"},
)  # fmt: skip


def decided(content: Any, *before: Any, told: bool = False, held: tuple[Held, ...] = ()) -> list[Any]:
    asked = replace(at(consignment, NOON, content), told=told, held=held)
    state = given(consignment, *before)
    if isinstance(content, consignment.HEARS):
        state = folded(consignment, state, content)
    found: list[Any] = consignment.decide(asked, state)
    return found


@pytest.mark.law("L2")
def test_art_7_1_a_release_that_was_given_stands_under_the_first_name_and_the_ground_there_comes_after_it() -> None:
    on_record = (CROSSED, SHOWN, DECLARED, PROHIBITED)
    assert [type(each) for each in decided(release(), *on_record)] == [ReleaseRefused]
    given_before = [type(each) for each in decided(release(), *on_record, told=True)]
    assert given_before == [GoodsReleased, GroundAfterRelease]


def test_what_was_released_already_is_not_released_by_what_is_told() -> None:
    first, *_ = decided(release())
    assert not decided(release(), first, told=True)


def test_a_second_name_that_is_heard_of_tells_what_it_holds_and_the_first_only_shows_it() -> None:
    passed = FactsPassedOn(consignment="C2", into="C1", holds=(HELD,))
    assert decided(LINKED, held=(HELD,)) == [passed]
    assert decided(LINKED) == []
    assert consignment.react(passed) == [
        ("consignment/C1", replace(HELD, data={"consignment": "C1", "regime": "free circulation"}))
    ]
    on_the_first = LINKED.model_copy(update={"consignment": "C1"})
    assert decided(on_the_first, held=(HELD,)) == []
    assert given(consignment, on_the_first).links.joined == ("C2",)


def test_from_what_a_second_name_still_hears_nothing_follows_there() -> None:
    first, *_ = decided(release(), told=True)
    assert isinstance(decided(PROHIBITED, DECLARED, first)[-1], GroundAfterRelease)
    assert decided(PROHIBITED, DECLARED, first, LINKED) == []
    state = given(consignment, DECLARED, first, LINKED, PROHIBITED)
    assert state.clearance.measures.prohibitions
    assert consignment.open_points(state) == ()


def test_what_is_told_to_a_second_name_is_passed_on() -> None:
    told = decided(EndRegime(consignment="C2"), LINKED, told=True, held=(HELD,))
    assert told == [FactsPassedOn(consignment="C2", into="C1", holds=(HELD,))]
