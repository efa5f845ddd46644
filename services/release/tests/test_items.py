from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    ImmediateExportDone,
)
from contracts.goods import GoodsItem
from contracts.release import (
    ClearanceCompleted,
    ClearanceCompletionWithdrawn,
    RegimeEnded,
    ReleaseFindingsRecorded,
    ReleaseFindingsWithdrawn,
)
from decider import OpenPoint
from decider.tests.kit import NOON, folded, given, play, when
from law import Facts, Finding
from release.consignment import consignment
from release.regime import EndRegime
from release.tests.goods import (
    ADMISSION,
    ASSESSED,
    CROSSED,
    DECLARED,
    FREE,
    LAWFUL,
    PAID,
    PLAIN,
    PROHIBITED,
    SHOWN,
    WATER,
    release,
    released,
)

EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
COMPLETED = ClearanceCompleted(occurred=NOON, consignment="C1", completed=NOON)
NOT_COMPLETED = ClearanceCompletionWithdrawn(consignment="C1", withdraws=NOON)
PAID_UP = (CROSSED, SHOWN, LAWFUL, ASSESSED, PAID)


def end(*numbers: int) -> EndRegime:
    return EndRegime(consignment="C1", items=numbers)


def ended(*numbers: int) -> RegimeEnded:
    return RegimeEnded(consignment="C1", items=numbers, ended=NOON)


def finding(rule: str, **facts: str | tuple[str, ...]) -> Finding:
    said: Facts = tuple(sorted(facts.items()))
    return Finding(rule=rule, article="5(1)(21)(a)" if rule == "F4" else "5(1)(20)", facts=said)


@pytest.mark.law("F6", "L1")
def test_art_5_1_20_goods_are_released_in_parts_each_under_its_own_regime() -> None:
    first, second = release(1), release(2, regime=ADMISSION, term=True)
    _, recorded = play(consignment, [*PAID_UP, first, second])
    assert recorded == [released(1), released(2, regime=ADMISSION, term=True)]
    assert when(consignment, given(consignment, *PAID_UP, released(1)), release(1, 2, regime=ADMISSION)) == [
        released(2, regime=ADMISSION),
        COMPLETED,
    ]


def test_goods_without_items_are_all_that_is_not_released_yet() -> None:
    known = (CROSSED, SHOWN, LAWFUL)
    one = given(consignment, *known, released(1))
    assert when(consignment, one, release(regime=ADMISSION)) == [released(2, regime=ADMISSION)]
    assert when(consignment, given(consignment, *known, released(1), released(2, regime=ADMISSION)), release()) == []
    assert when(consignment, given(consignment, CROSSED, SHOWN, PLAIN, released()), release(1)) == []
    undeclared = given(consignment, CROSSED, SHOWN, released(1))
    assert when(consignment, undeclared, release())[0].items == ()
    whole = given(consignment, CROSSED, SHOWN, released(1), released())
    assert "GoodsReleased" not in [event.type for event in when(consignment, whole, release())]


@pytest.mark.law("F6")
def test_art_5_1_20_an_item_under_another_regime_than_its_declared_one_is_a_finding() -> None:
    known = given(consignment, CROSSED, SHOWN, LAWFUL)
    second = finding("F6", declared=ADMISSION, items=("2",), released=FREE)
    assert when(consignment, known, release()) == [released(findings=(second,))]
    assert when(consignment, known, release(2)) == [released(2, findings=(second,))]
    transit = tuple(
        finding("F6", declared=declared, items=(number,), released="transit")
        for declared, number in ((FREE, "1"), (ADMISSION, "2"))
    )
    assert when(consignment, known, release(1, 2, regime="transit")) == [
        released(1, 2, regime="transit", findings=transit)
    ]
    plain = given(consignment, CROSSED, SHOWN, DECLARED.model_copy(update={"items": (GoodsItem(code=WATER),)}))
    whole = finding("F6", declared=FREE, released="transit")
    assert when(consignment, plain, release(regime="transit")) == [released(regime="transit", findings=(whole,))]


@pytest.mark.law("F6")
def test_art_5_1_20_of_goods_declared_without_items_the_regime_of_the_declaration_counts() -> None:
    known = given(consignment, CROSSED, SHOWN, DECLARED.model_copy(update={"items": ()}))
    assert when(consignment, known, release()) == [released()]
    other = finding("F6", declared=FREE, released="transit")
    assert when(consignment, known, release(regime="transit")) == [released(regime="transit", findings=(other,))]


@pytest.mark.law("L1")
def test_art_5_1_20_a_number_that_no_item_has_is_a_finding_and_is_not_refused() -> None:
    unknown = finding("L1", declared="not under this number", items=("9",))
    assert when(consignment, given(consignment, CROSSED, SHOWN, LAWFUL), release(1, 9)) == [
        released(1, 9, findings=(unknown,))
    ]
    undeclared = finding("F6", declaration="not on record", items=("9",), released=FREE)
    before = given(consignment, CROSSED, SHOWN, released(9, findings=(undeclared,)))
    assert when(consignment, given(consignment, CROSSED, SHOWN), release(9)) == [released(9, findings=(undeclared,))]
    assert when(consignment, before, LAWFUL) == [
        ReleaseFindingsWithdrawn(consignment="C1", findings=(undeclared,)),
        ReleaseFindingsRecorded(consignment="C1", findings=(unknown,)),
    ]


@pytest.mark.law("F4")
def test_art_5_1_21_a_of_two_parts_the_one_that_was_released_before_the_crossing_has_the_finding() -> None:
    unseen = finding("F4", crossing="not on record", items=("1",))
    state, recorded = play(consignment, [LAWFUL], NOON)
    for command, instant in ((release(1), EARLIER), (release(2, regime=ADMISSION), LATER)):
        events = when(consignment, state, command, instant)
        state, recorded = folded(consignment, state, *events), [*recorded, *events]
    withdrawn = when(consignment, folded(consignment, state, SHOWN), CROSSED)
    assert withdrawn == [
        ReleaseFindingsWithdrawn(consignment="C1", findings=(finding("F4", crossing="not on record", items=("2",)),))
    ]
    assert unseen in recorded[0].findings


@pytest.mark.law("C4")
@pytest.mark.parametrize(
    "inputs", tuple(permutations([release(1), release(2, regime=ADMISSION, term=True), PAID, end(2)]))
)
def test_art_29_2_clearance_ends_with_the_last_part_of_the_goods_in_any_order(inputs: tuple[Any, ...]) -> None:
    before = [CROSSED, SHOWN, LAWFUL, ASSESSED]
    assert COMPLETED not in play(consignment, [*before, *inputs[:-1]])[1]
    assert play(consignment, [*before, *inputs])[1][-1] == COMPLETED


@pytest.mark.law("C4")
def test_art_29_2_the_regime_of_each_part_has_its_own_end() -> None:
    both = (*PAID_UP, released(1, term=True), released(2, regime=ADMISSION, term=True))
    running = OpenPoint(act="EndRegime", who="officer", article="29(2)")
    assert when(consignment, given(consignment, *both), end(1)) == [ended(1)]
    assert consignment.open_points(given(consignment, *both, ended(1))) == (running,)
    assert when(consignment, given(consignment, *both, ended(1)), end(1), LATER) == []
    assert when(consignment, given(consignment, *both, ended(1)), end()) == [ended(), COMPLETED]
    assert consignment.open_points(given(consignment, *both, ended(1), ended(2))) == ()
    assert when(consignment, given(consignment, *PAID_UP, ended(1)), end(2)) == [ended(2)]


@pytest.mark.law("C4")
def test_art_29_2_clearance_goes_on_while_a_declared_item_is_neither_released_nor_taken_out() -> None:
    of_three = DECLARED.model_copy(update={"items": DECLARED.items[:2]})
    known = (CROSSED, SHOWN, of_three, ASSESSED, PAID, PROHIBITED)
    assert when(consignment, given(consignment, *known), release(1)) == [released(1)]
    out = ImmediateExportDone(consignment="C1", exported=NOON)
    assert when(consignment, given(consignment, *known, released(1)), out) == [COMPLETED]
    assert when(consignment, given(consignment, *known), out) == []
    lawful = given(consignment, CROSSED, SHOWN, of_three, ASSESSED, PAID, released(1))
    assert when(consignment, lawful, out) == []


@pytest.mark.law("C4")
def test_art_29_2_goods_under_a_number_without_a_declaration_are_not_all_there_are() -> None:
    assert when(consignment, given(consignment, CROSSED, SHOWN, ASSESSED, PAID), release(1))[0].type == "GoodsReleased"
    assert COMPLETED not in when(consignment, given(consignment, CROSSED, SHOWN, ASSESSED, PAID), release(1))


REQUESTED = AgencyApprovalRequested(
    consignment="C1", layer="by-law", agency="veterinary", codes=(WATER,), act="ACT-4", citation="Act 4"
)
LIFTED = AgencyApprovalRequestWithdrawn(consignment="C1", agency="veterinary", codes=(WATER,), act="ACT-4")
GRANTED = AgencyApprovalGranted(consignment="C1", agency="veterinary", reference="V-1", decided=NOON)
REFUSED = AgencyApprovalRefused(consignment="C1", agency="veterinary", reference="V-2", decided=LATER)


@pytest.mark.law("C5")
@pytest.mark.parametrize("inputs", tuple(permutations([release(), PAID, GRANTED])))
def test_art_29_2_clearance_of_goods_under_control_ends_only_after_the_body_s_approval(inputs: tuple[Any, ...]) -> None:
    before = [CROSSED, SHOWN, LAWFUL, ASSESSED, REQUESTED]
    assert COMPLETED not in play(consignment, [*before, *inputs[:-1]])[1]
    assert play(consignment, [*before, *inputs])[1][-1] == COMPLETED


@pytest.mark.law("C5", "L10")
def test_art_29_2_another_body_s_word_and_a_refusal_do_not_end_it() -> None:
    known = (CROSSED, SHOWN, PLAIN, ASSESSED, PAID, REQUESTED, released())
    plants = GRANTED.model_copy(update={"agency": "phytosanitary"})
    assert when(consignment, given(consignment, *known), plants) == []
    assert when(consignment, given(consignment, *known), REFUSED) == []
    at_once = REFUSED.model_copy(update={"decided": NOON})
    assert when(consignment, given(consignment, *known, at_once), GRANTED) == []
    assert when(consignment, given(consignment, *known, REFUSED), LIFTED) == [COMPLETED]
    assert given(consignment, REFUSED, GRANTED) == given(consignment, GRANTED, REFUSED)


@pytest.mark.law("C4", "C5")
def test_art_29_2_an_end_that_was_found_too_early_is_withdrawn() -> None:
    done = (CROSSED, SHOWN, PLAIN, ASSESSED, PAID, released(), COMPLETED)
    assert when(consignment, given(consignment, *done), REQUESTED) == [NOT_COMPLETED]
    assert when(consignment, given(consignment, *done, REQUESTED, NOT_COMPLETED), GRANTED) == [COMPLETED]
    asked = (CROSSED, SHOWN, PLAIN, ASSESSED, PAID, REQUESTED, released(), GRANTED, COMPLETED)
    before = REFUSED.model_copy(update={"decided": NOON, "reference": "V-0"})
    assert when(consignment, given(consignment, *asked), before) == []  # Of two words at once the last reference.
    again = REFUSED.model_copy(update={"decided": NOON})
    assert when(consignment, given(consignment, *asked), again) == [NOT_COMPLETED]
