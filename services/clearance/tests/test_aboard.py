"""Goods that stay aboard, or fly over: nobody has to clear them here (Arts 9, 37(3), 38(1))."""

from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.tests.declared import BEEF, WATER, crossed, lodge
from contracts.arrival import Chapter8NotApplicable, ExemptionLost, GoodsCrossed
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn, GoodsPresented
from contracts.values import Mode
from decider.tests.kit import NOON, folded, given, play, when

ASHORE = CheckpointDetermined(consignment="C1", checkpoint="TKB-SEA", basis="facts")
NOT_ASHORE = CheckpointWithdrawn(consignment="C1", checkpoint="TKB-SEA")
SHOWN = GoodsPresented(consignment="C1", checkpoint="TKB-SEA", shown=NOON)
NON_STOP = Chapter8NotApplicable(consignment="C1", movement="M1", exemption="non_stop")


def by(mode: Mode, code: str = WATER, movement: str = "M1") -> GoodsCrossed:
    place = "FRP-MIX" if mode in ("road", "rail") else None
    return crossed((code, None), movement=movement).model_copy(update={"mode": mode, "place": place})


def acts(*events: Any) -> list[str]:
    return [each.act for each in consignment.open_points(given(consignment, *events))]


@pytest.mark.law("P10", "F19")
@pytest.mark.parametrize("mode", ["sea", "river", "air"])
def test_art_38_1_goods_that_stay_aboard_wait_for_no_declaration_and_those_that_come_off_do(mode: Mode) -> None:
    assert acts(by(mode)) == []
    assert acts(by(mode), ASHORE) == acts(ASHORE, by(mode)) == ["LodgeDeclaration"]
    assert acts(by(mode), ASHORE, NOT_ASHORE) == []
    assert acts(by(mode), SHOWN) == ["LodgeDeclaration"]


@pytest.mark.law("A7", "P10")
def test_art_37_3_goods_that_fly_over_wait_for_no_declaration_until_they_are_to_be_shown_after_a_stop() -> None:
    over = (by("air"), NON_STOP)
    assert acts(*over) == []
    lost = ExemptionLost(consignment="C1", movement="M1", present_at="ASB-AIR", stopped=NOON)
    decided = CheckpointDetermined(consignment="C1", checkpoint="ASB-AIR", basis="officer", article="37(3)", rule="A8")
    assert acts(*over, lost, decided) == ["LodgeDeclaration"]


@pytest.mark.law("F19", "P10")
def test_art_8_1_goods_by_land_and_through_pipelines_wait_for_one_as_ever_and_so_do_goods_in_parts() -> None:
    flows = Chapter8NotApplicable(consignment="C1", movement="M1", exemption="pipeline")
    assert acts(by("road")) == acts(by("rail")) == acts(by("pipeline"), flows) == acts(flows) == ["LodgeDeclaration"]
    assert acts(by("sea"), by("road", movement="M2")) == ["LodgeDeclaration"]


@pytest.mark.law("C5")
def test_art_29_2_of_goods_that_stay_aboard_no_body_has_to_approve_before_somebody_declares_them() -> None:
    state, _ = play(consignment, [by("sea", BEEF)])
    assert consignment.open_points(state) == ()
    ashore = folded(consignment, state, ASHORE)
    assert [each.act for each in consignment.open_points(ashore)] == ["LodgeDeclaration", "RecordApproval"]
    declared = folded(consignment, state, *when(consignment, state, lodge((BEEF, "UZ"))))
    assert "RecordApproval" in [each.act for each in consignment.open_points(declared)]


def test_a_declaration_that_nobody_waits_for_is_taken_all_the_same() -> None:
    state = given(consignment, by("air"), NON_STOP)
    assert [each.type for each in when(consignment, state, lodge((WATER, "UZ")))] == [
        "ClearanceStarted", "DeclarationLodged", "ReadyForRelease",
    ]  # fmt: skip
