"""While nobody knows whether goods have to be shown, nobody says that a release can be decided on (Art. 37(3))."""

from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.declaration import LodgeDeclaration
from contracts.arrival import Chapter8NotApplicable, ExemptionLost, GoodsCrossed
from contracts.goods import GoodsItem
from contracts.undecided import StopUndecided, StopUndecidedWithdrawn
from decider.tests.kit import NOON, play

OF: dict[str, Any] = {"consignment": "C1", "movement": "M1"}
OVER = GoodsCrossed(**OF, direction="in", mode="air", crossed=NOON, non_stop=True)
OUTSIDE = Chapter8NotApplicable(**OF, exemption="non_stop")
UNDECIDED = StopUndecided(**OF, checkpoint="MRY-AIR", arrived=NOON)
DECIDED = StopUndecidedWithdrawn(**OF, checkpoint="MRY-AIR", arrived=NOON)
LODGE = LodgeDeclaration(
    consignment="C1", declarant="Sample Imports", form="declaration", items=(GoodsItem(code="220110110", origin="UZ"),)
)


def ready(*inputs: Any) -> bool:
    return "ReadyForRelease" in [each.type for each in play(consignment, inputs)[1]]


@pytest.mark.law("A8")
def test_art_37_3_readiness_waits_for_the_officers_word_on_a_stop() -> None:
    assert ready(OUTSIDE, OVER, LODGE)
    assert not ready(OUTSIDE, OVER, UNDECIDED, LODGE)
    assert ready(OUTSIDE, OVER, UNDECIDED, LODGE, DECIDED)
    lost = ExemptionLost(**OF, present_at="MRY-AIR", stopped=NOON)
    assert not ready(OUTSIDE, OVER, UNDECIDED, LODGE, lost, DECIDED)
