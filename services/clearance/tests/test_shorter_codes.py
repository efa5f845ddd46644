"""Goods that papers name by less than nine digits, or by none, until they are declared (Arts 7(1), 20(1), 7(5))."""

from datetime import timedelta

import pytest

from clearance.consignment import consignment
from clearance.permits import PresentPermit
from clearance.tests.declared import BARRED, BEEF, CIGARETTES, MEDICINE, WATER, crossed, found, lodge, lodged
from contracts.arrival import GoodsCrossed
from contracts.doubts import GoodsInDoubt
from contracts.papers import GoodsLine, Papers
from contracts.values import PermitLine
from decider.tests.kit import NOON, given, play, when

BOMBS = "930690100"
SOON = NOON + timedelta(hours=1)


def said(*history: object) -> list[tuple[str, tuple[str, ...]]]:
    """What is said of goods, with their codes."""
    _, events = play(consignment, history)
    return [(event.type, event.codes) for event in events if getattr(event, "codes", None)]


def doubted(*history: object) -> list[tuple[str, ...]]:
    """The codes of what papers alone prohibit."""
    _, events = play(consignment, history)
    facts = [dict(each.facts) for event in events if isinstance(event, GoodsInDoubt) for each in event.findings]
    return [(*each["codes"],) for each in facts if "codes" in each]


@pytest.mark.law("L2")
@pytest.mark.parametrize("code", ["930690", "9306901", "930690100"])
def test_art_22_4_goods_are_in_doubt_where_the_row_lies_wholly_within_what_the_paper_says(code: str) -> None:
    assert said(crossed((code, None))) == []
    assert doubted(crossed((code, None))) == [(code,)]


@pytest.mark.law("L2", "L5", "C5", "L7")
@pytest.mark.parametrize(("code", "origin"), [("9306", None), ("3004", None), ("0202", None), ("2402", BARRED)])
def test_art_7_1_where_a_row_says_more_than_the_paper_nothing_is_concluded(code: str, origin: str | None) -> None:
    assert said(crossed((code, origin))) == []
    assert doubted(crossed((code, origin))) == []


@pytest.mark.law("L2")
def test_art_7_1_a_line_without_a_code_concludes_nothing() -> None:
    silent = Papers(consignment="C1", goods=(GoodsLine(description="cartridges"),))
    event = GoodsCrossed(
        consignment="C1", movement="M1", direction="in", mode="road", place="FRP-MIX", crossed=NOON, papers=silent
    )
    assert said(event) == []
    assert given(consignment, event).arrival.goods == ()


@pytest.mark.law("L2")
def test_art_7_1_what_the_paper_left_open_is_concluded_once_the_goods_are_declared() -> None:
    assert said(crossed(("9306", None)), lodge((BOMBS, None))) == [("ImportProhibited", (BOMBS,))]


@pytest.mark.law("L2")
def test_art_7_1_goods_that_are_declared_stand_in_the_place_of_what_the_paper_said_less_of() -> None:
    found = said(crossed(("930690", None), (WATER, None)), lodge((BOMBS, None), (WATER, None)))
    assert found == [("ImportProhibited", (BOMBS,))]


@pytest.mark.law("L2")
def test_art_22_2_goods_of_which_the_paper_alone_knows_are_what_the_officer_finds_under_its_digits() -> None:
    history = (crossed(("930690", None)), lodge((WATER, None)))
    assert said(*history) == []
    assert said(*history, found(BOMBS, item=1)) == [("ImportProhibited", (BOMBS,))]


@pytest.mark.law("L7", "O15")
def test_art_20_1_an_origin_that_the_declaration_leaves_open_is_not_known_whatever_the_paper_says() -> None:
    history = (crossed(("240220", BARRED)), lodge((CIGARETTES, None)))
    assert said(*history) == []
    assert said(*history, found(item=1, origin=BARRED)) == [("ImportProhibited", (CIGARETTES,))]


@pytest.mark.law("L7")
def test_art_20_1_whether_the_paper_or_the_declaration_is_recorded_first_the_same_goods_are_concluded() -> None:
    one, _ = play(consignment, [crossed(("240220", BARRED)), lodge((CIGARETTES, None))])
    other, _ = play(consignment, [lodge((CIGARETTES, None)), crossed(("240220", BARRED))])
    assert (one.measures, one.declared.doubts) == (other.measures, other.declared.doubts)
    assert [dict(each.facts)["items"] for each in one.declared.doubts] == [("1",)]


@pytest.mark.law("C5")
def test_art_29_2_goods_under_the_same_heading_are_each_declared_under_it() -> None:
    state, _ = play(consignment, [crossed(("0202", None)), lodge((BEEF, None), ("020210000", None))])
    assert [each.codes for each in state.measures.controls] == [(BEEF,)]


PERMIT = PresentPermit(
    consignment="C1", permit="medicine import permit", number="M-1", issued_by="Sample Health Authority",
    lines=(PermitLine(code=MEDICINE, quantity="12", unit="kg"),),
)  # fmt: skip


@pytest.mark.law("K1", "L5")
def test_art_7_5_a_permit_of_nine_digits_may_be_for_goods_of_which_the_paper_says_six() -> None:
    state, _ = play(consignment, [crossed(("300490", None))])
    events = when(consignment, state, PERMIT)
    assert [event.type for event in events] == ["PermitRecorded", "RestrictionSatisfied"]
    assert events[1].codes == ("300490",)


@pytest.mark.law("K1", "L5")
def test_art_7_5_once_other_goods_are_declared_under_those_digits_it_meets_nothing() -> None:
    _, events = play(consignment, [crossed(("300490", None)), PERMIT, lodge(("300490900", None))])
    last = [event.type for event in events]
    assert "RestrictionSatisfactionWithdrawn" in last
    assert last.index("RestrictionSatisfactionWithdrawn") > last.index("RestrictionSatisfied")
    assert lodged(("300490900", None)).items == lodge(("300490900", None)).items
