"""Goods of which a part is still to be shown are not ready for release; each showing stands by itself."""

from datetime import timedelta

import pytest

from clearance.consignment import consignment
from clearance.declaration import LodgeDeclaration
from contracts.arrival import GoodsCrossed
from contracts.goods import GoodsItem
from contracts.presentation import (
    GoodsPresentationCorrected,
    GoodsPresentationWithdrawn,
    GoodsPresented,
    PartsStillToBePresented,
    ToBeShown,
)
from contracts.readiness import ReadyForRelease
from decider.tests.kit import NOON, given, play

LATER = NOON + timedelta(hours=1)
CROSSED = GoodsCrossed(consignment="C1", movement="M1", direction="in", mode="road", place="FRP-MIX", crossed=NOON)
SECOND = CROSSED.model_copy(update={"movement": "M2", "place": "TLM-ROD"})
LODGE = LodgeDeclaration(
    consignment="C1", declarant="Sample Imports", form="declaration", items=(GoodsItem(code="220110110", origin="UZ"),)
)
SHOWN = GoodsPresented(consignment="C1", checkpoint="FRP-MIX", movement="M1", shown=NOON)
OTHER = SHOWN.model_copy(update={"movement": "M2", "checkpoint": "TLM-ROD"})
LEFT = PartsStillToBePresented(consignment="C1", parts=(ToBeShown(movement="M2", checkpoint="TLM-ROD"),))
NONE_LEFT = PartsStillToBePresented(consignment="C1", parts=())


def is_ready(*inputs: object) -> bool:
    return any(isinstance(event, ReadyForRelease) for event in play(consignment, inputs)[1])


@pytest.mark.law("L1")
def test_art_5_1_20_of_goods_in_parts_all_that_came_in_are_shown_before_a_release_can_be_decided_on() -> None:
    assert not is_ready(CROSSED, SECOND, SHOWN, LEFT, LODGE)
    assert is_ready(CROSSED, SECOND, SHOWN, LEFT, LODGE, OTHER, NONE_LEFT)
    assert is_ready(CROSSED, SHOWN, LODGE)


def test_of_two_showings_at_one_time_one_is_put_right_or_taken_back_and_the_other_stays() -> None:
    both = (CROSSED, SECOND, SHOWN, OTHER)
    gone = GoodsPresentationWithdrawn(consignment="C1", withdraws=NOON, stated_of="M2")
    right = GoodsPresentationCorrected(
        consignment="C1", checkpoint="TLM-ROD", movement="M2", shown=LATER, corrects=NOON, stated_of="M2"
    )
    for event, expected in ((gone, [("M1", NOON)]), (right, [("M1", NOON), ("M2", LATER)])):
        shown = given(consignment, *both, event).presentation.showings.shown
        assert [(each.movement, each.at) for each in shown] == expected
