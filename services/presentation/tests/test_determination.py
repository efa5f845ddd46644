"""The checkpoint of a vehicle that landed without any goods work: the officer is asked, and says it (Art. 38(1))."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from contracts.arrival import ArrivalNotified, BorderCrossed, Chapter8NotApplicable, VehicleArrived
from contracts.examinations import CheckpointDecided, CheckpointDecisionCorrected, CheckpointDecisionWithdrawn
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.values import Call
from decider import OpenPoint
from decider.tests.kit import NOON, Said, live, play, when
from presentation.movement import movement
from presentation.movement.determination import (
    CorrectCheckpointDecision,
    DetermineCheckpoint,
    WithdrawCheckpointDecision,
)
from presentation.movement.presentation import PresentVehicle

HOUR = timedelta(hours=1)
ASHGABAT, MARY, DASHOGUZ = "ASB-AIR", "MRY-AIR", "DSH-AIR"
CROSSED = BorderCrossed(movement="M1", direction="in", mode="air", place=ASHGABAT, crossed=NOON)
DETERMINE = DetermineCheckpoint(movement="M1", checkpoint=ASHGABAT, reason="baggage alone left it")
IS_ASKED = OpenPoint(act="DetermineCheckpoint", who="officer", article="38(1)", place=ASHGABAT)
IS_SHOWN = OpenPoint(act="PresentVehicle", who="carrier", article="37(2)", place=ASHGABAT)


def landed(place: str, hour: int, *work: Any, **more: Any) -> VehicleArrived:
    return VehicleArrived(movement="M1", checkpoint=place, arrived=NOON + hour * HOUR, work=work, **more)


def said(content: Any, hour: int) -> Said:
    return Said(content=content, occurred=NOON + hour * HOUR, recorded=NOON + 99 * HOUR)


def after(*content: Said) -> Any:
    return live(movement, list(content), NOON + 100 * HOUR)[0]


LANDED = (said(CROSSED, 0), said(landed(ASHGABAT, 1), 1))
DETERMINED = said(DETERMINE, 2)
BY_OFFICER = CheckpointDetermined(movement="M1", article="38(1)", rule="P8", checkpoint=ASHGABAT, basis="officer")


@pytest.mark.law("P8")
def test_art_38_1_the_officer_is_asked_for_the_checkpoint_of_what_landed_without_goods_work() -> None:
    state = after(*LANDED)
    assert movement.open_points(state) == (IS_ASKED,)
    decided, determined = when(movement, state, DETERMINE, NOON + 2 * HOUR)
    assert decided == CheckpointDecided(
        movement="M1", checkpoint=ASHGABAT, decided=NOON + 2 * HOUR, reason="baggage alone left it"
    )
    assert determined == BY_OFFICER
    for order in permutations((*LANDED, DETERMINED)):
        assert movement.open_points(after(*order)) == (IS_SHOWN,)


@pytest.mark.law("P8")
@pytest.mark.parametrize("mode", ["air", "sea", "river"])
def test_art_38_1_by_air_and_on_water_where_the_text_has_no_checkpoint(mode: Any) -> None:
    crossed = CROSSED.model_copy(update={"mode": mode})
    assert movement.open_points(play(movement, [crossed])[0]) == ()
    assert movement.open_points(play(movement, [crossed, landed(ASHGABAT, 1)])[0]) == (IS_ASKED,)
    assert movement.open_points(play(movement, [landed(ASHGABAT, 1, mode=mode)])[0]) == ()
    planned = ArrivalNotified(
        movement="M1", checkpoint=MARY, mode=mode, expected=NOON, submitted=NOON,
        journey=(Call(place=ASHGABAT), Call(place=MARY, work=("load",))),
    )  # fmt: skip
    state, _ = play(movement, [planned, crossed, landed(ASHGABAT, 1)])
    assert [each.act for each in movement.open_points(state)] == ["PresentVehicle"]


@pytest.mark.law("P8", "A8")
def test_art_37_3_nobody_is_asked_on_land_or_of_what_is_outside_the_chapter() -> None:
    by_road = CROSSED.model_copy(update={"mode": "road", "place": "FRP-MIX"})
    assert [each.act for each in movement.open_points(play(movement, [by_road, landed("FRP-MIX", 1)])[0])] == [
        "PresentVehicle"
    ]
    outside = Chapter8NotApplicable(movement="M1", exemption="non_stop")
    state, events = play(movement, [outside, CROSSED, landed(ASHGABAT, 1), DETERMINE])
    assert (movement.open_points(state), [each.type for each in events]) == ((), ["CheckpointDecided"])


@pytest.mark.law("P8", "P10")
def test_art_38_1_goods_work_elsewhere_after_his_word_is_put_before_him_and_changes_nothing_by_itself() -> None:
    state = after(*LANDED, DETERMINED, said(landed(MARY, 5, "unload"), 5))
    assert state.checkpoint.places == (ASHGABAT,)
    asked = OpenPoint(act="DetermineCheckpoint", who="officer", article="38(1)", place=MARY)
    assert movement.open_points(state) == (asked, IS_SHOWN)
    anew = DetermineCheckpoint(movement="M1", checkpoint=MARY)
    assert when(movement, state, anew, NOON + 6 * HOUR)[1].replaces == ASHGABAT
    stays = after(*LANDED, DETERMINED, said(landed(MARY, 5, "unload"), 5), said(DETERMINE, 6))
    assert movement.open_points(stays) == (IS_SHOWN,)
    before = after(*LANDED, said(landed(MARY, 1, "unload"), 1), said(DETERMINE, 6))
    assert movement.open_points(before) == (IS_SHOWN,)


@pytest.mark.law("P8")
def test_art_38_1_his_word_is_put_right_and_taken_back() -> None:
    state = after(*LANDED, DETERMINED)
    right = CorrectCheckpointDecision(
        movement="M1", corrects=NOON + 2 * HOUR, checkpoint=DASHOGUZ, call=2, decided=NOON + 3 * HOUR
    )
    corrected, determined = when(movement, state, right, NOON + 9 * HOUR)
    assert (corrected.type, corrected.decided) == (CheckpointDecisionCorrected.__name__, NOON + 3 * HOUR)
    assert (determined.checkpoint, determined.call, determined.replaces) == (DASHOGUZ, 2, ASHGABAT)
    gone = WithdrawCheckpointDecision(movement="M1", withdraws=NOON + 2 * HOUR)
    assert when(movement, state, gone, NOON + 9 * HOUR) == [
        CheckpointDecisionWithdrawn(movement="M1", withdraws=NOON + 2 * HOUR),
        CheckpointWithdrawn(movement="M1", checkpoint=ASHGABAT),
    ]
    assert movement.open_points(after(*LANDED, DETERMINED, said(gone, 9))) == (IS_ASKED,)
    assert when(movement, after(*LANDED), gone, NOON + 9 * HOUR)[0].amend_by == ("DetermineCheckpoint",)


@pytest.mark.law("P8")
def test_art_38_1_what_is_shown_is_measured_by_what_he_had_said_by_then() -> None:
    for hour, found in ((3, ["P8"]), (1, [])):
        shown = PresentVehicle(movement="M1", checkpoint=DASHOGUZ)
        (presented,) = when(movement, after(*LANDED, DETERMINED), shown, NOON + hour * HOUR)
        assert [each.rule for each in presented.findings] == found
