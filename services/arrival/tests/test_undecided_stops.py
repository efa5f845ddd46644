"""Goods that a flight that was not to stop unloads wait for the officer's word on that stop (Art. 37(3))."""

from dataclasses import replace
from typing import Any

import pytest

from arrival.consignment import consignment
from arrival.consignment.arrivals import RecordGoodsArrival, WithdrawGoodsArrival
from arrival.consignment.stops import LoseGoodsExemption, RecordGoodsStop, WithdrawGoodsStop
from contracts.arrival import Chapter8NotApplicable, GoodsCrossed
from contracts.undecided import StopUndecided, StopUndecidedWithdrawn
from decider.tests.kit import NOON, folded, given, when

OF: dict[str, Any] = {"consignment": "C1", "movement": "M1"}
OVER = GoodsCrossed(**OF, direction="in", mode="air", crossed=NOON, non_stop=True)
OUTSIDE = Chapter8NotApplicable(**OF, exemption="non_stop")
LANDS = RecordGoodsArrival(**OF, mode="air", checkpoint="MRY-AIR", arrived=NOON, unloaded=True)
STOPS = RecordGoodsStop(**OF, place="MRY-AIR", stopped=NOON, exemption_lost=False)
LOSES = RecordGoodsStop(**OF, place="MRY-AIR", stopped=NOON, exemption_lost=True)
LOST = LoseGoodsExemption(**OF, present_at="MRY-AIR", stopped=NOON)
UNDECIDED = StopUndecided(**OF, checkpoint="MRY-AIR", arrived=NOON)
DECIDED = StopUndecidedWithdrawn(**OF, checkpoint="MRY-AIR", arrived=NOON)


def live(*told: Any) -> list[Any]:
    """The events on undecided stops that the last of these leads to."""
    state, events = given(consignment, OUTSIDE, OVER), list[Any]()
    for each in told:
        events = when(consignment, state, each)
        state = folded(consignment, state, *events)
    return [each for each in events if isinstance(each, StopUndecided | StopUndecidedWithdrawn)]


@pytest.mark.law("A8")
def test_art_37_3_goods_that_are_unloaded_by_what_was_not_to_stop_wait_for_the_officer() -> None:
    assert live(LANDS) == [UNDECIDED]
    assert live(LANDS, STOPS) == [DECIDED]
    assert live(STOPS, LANDS) == []
    assert live(LANDS, STOPS, WithdrawGoodsStop(**OF, place="MRY-AIR", stopped=NOON)) == [UNDECIDED]
    assert live(LANDS, WithdrawGoodsArrival(**OF, checkpoint="MRY-AIR", withdraws=NOON)) == [DECIDED]


@pytest.mark.law("A8")
def test_art_37_3_a_stop_that_costs_the_exemption_is_decided_once_that_is_heard() -> None:
    assert live(LANDS, LOSES) == []
    assert live(LANDS, LOSES, LOST) == [DECIDED]


@pytest.mark.law("A8")
def test_art_37_3_goods_of_which_nobody_said_whether_they_left_it_wait_for_the_officer() -> None:
    unsaid = replace(LANDS, unloaded=None)
    assert live(unsaid) == [UNDECIDED]
    assert live(unsaid, STOPS) == [DECIDED]
    assert live(STOPS, unsaid) == []
    assert live(unsaid, LANDS) == []
    assert live(unsaid, replace(LANDS, unloaded=False)) == [DECIDED]


@pytest.mark.law("A8")
def test_art_37_3_goods_that_stay_aboard_or_were_to_stop_wait_for_nobody() -> None:
    aboard = RecordGoodsArrival(**OF, mode="air", checkpoint="MRY-AIR", arrived=NOON, unloaded=False)
    assert live(aboard) == []
    stops_anyway = given(consignment, OVER.model_copy(update={"non_stop": False}))
    assert [each.type for each in when(consignment, stops_anyway, LANDS)] == ["GoodsArrived"]
