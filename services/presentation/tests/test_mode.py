"""A vehicle that came otherwise than was announced has the checkpoint of how it came, as its goods have (Art. 38)."""

from datetime import timedelta
from itertools import permutations

import pytest

from contracts.arrival import ConsignmentAnnounced, GoodsArrived, GoodsCrossed, JourneyChanged, VehicleArrived
from contracts.presentation import CheckpointDetermined
from contracts.values import Call
from decider.tests.kit import NOON, play
from presentation.consignment import consignment
from presentation.movement import movement

SOON = NOON + timedelta(hours=1)
PORT, SECOND = "TKB-SEA", "TST-SEA"
PLANNED = JourneyChanged(movement="M1", mode="air", journey=(Call(place=PORT, work=("unload",)),), stated=NOON)
CAME = VehicleArrived(movement="M1", checkpoint=SECOND, arrived=SOON, mode="sea", work=("unload",), unloads=("C1",))
ANNOUNCED = ConsignmentAnnounced(
    consignment="C1", movement="M1", checkpoint=PORT, mode="air", expected=NOON, submitted=NOON, unloaded_at=(PORT,)
)
UNLOADED = GoodsArrived(consignment="C1", movement="M1", checkpoint=SECOND, arrived=SOON, mode="sea", unloaded=True)
BY_SEA = {"movement": ("38(1)(3)", "P5"), "consignment": ("38(1)(4)", "P6")}


@pytest.mark.law("P5", "P6", "P10")
def test_art_38_an_arrival_says_how_it_came_whatever_was_announced_and_whichever_is_recorded_first() -> None:
    for decider, facts in ((movement, (PLANNED, CAME)), (consignment, (ANNOUNCED, UNLOADED))):
        for order in permutations(facts):
            last = play(decider, order)[1][-1]
            assert isinstance(last, CheckpointDetermined)
            kind = "movement" if decider is movement else "consignment"
            assert (last.article, last.rule, last.checkpoint) == (*BY_SEA[kind], SECOND)


@pytest.mark.law("P7", "P10")
def test_art_38_how_it_crossed_goes_before_how_it_is_said_to_have_arrived() -> None:
    by_road = GoodsCrossed(consignment="C1", movement="M1", direction="in", mode="road", place="FRP-MIX", crossed=NOON)
    for order in permutations((ANNOUNCED, UNLOADED, by_road)):
        state, events = play(consignment, order)
        determined = [event for event in events if isinstance(event, CheckpointDetermined)][-1]
        assert (determined.rule, determined.checkpoint) == ("P7", "FRP-MIX")
        assert state.checkpoint.places == ("FRP-MIX",)
