"""A stop that was stated, or decided on, wrongly: once it is put right, all services are as if only that had been."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import CorrectCrossing, RecordCrossing, WithdrawCrossing
from arrival.movement.stops import CorrectStop, RecordStop, WithdrawStop
from clearance.declaration import LodgeDeclaration
from contracts.goods import GoodsItem
from contracts.papers import Papers
from presentation.consignment.presentation import PresentGoods
from presentation.movement.presentation import PresentVehicle
from tests.orders.putting_right import History, Stated, at, history, lane, states

FLIGHT, GOODS = "movement/M1", "consignment/C1"
ASHGABAT, MARY, DASHOGUZ = "ASB-AIR", "MRY-AIR", "DSH-AIR"
PAPERS = (Papers(consignment="C1", packages=12), Papers(consignment="C2", packages=3))
FLIES: dict[str, Any] = {"movement": "M1", "direction": "in", "mode": "air"}
CROSSING = Stated(RecordCrossing(**FLIES, non_stop=True, papers=PAPERS), 1)
DECLARED = Stated(
    LodgeDeclaration(
        consignment="C1", declarant="Sample Imports", form="declaration", items=(GoodsItem(code="220110110"),)
    ),
    4,
)  # fmt: skip
SHOWN = (
    Stated(PresentVehicle(movement="M1", checkpoint=MARY), 5),
    Stated(PresentGoods(consignment="C1", checkpoint=DASHOGUZ, packages_found=12), 5),
)


def stop(place: str, hours: float = 2, **decided: Any) -> Stated:
    return Stated(RecordStop(movement="M1", place=place, **decided), hours)


def correction(place: str, hours: float = 2, **right: Any) -> Stated:
    """A day after it was stated for so many hours."""
    return Stated(CorrectStop(movement="M1", place=place, corrects=at(hours), **right), 26)


def lost_to(place: str) -> dict[str, Any]:
    return {"exemption_lost": True, "present_at": place}


@pytest.mark.law("A8")
def test_art_37_3_where_the_decision_is_gone_with_its_stop_vehicle_and_goods_are_shown_nowhere() -> None:
    wrong = [CROSSING, stop(MARY, **lost_to(ASHGABAT))]
    gone = Stated(WithdrawStop(movement="M1", place=MARY, withdraws=at(2)), 26)
    for stream in (FLIGHT, GOODS):
        assert lane([*wrong, gone]).types(stream)[-1] == "CheckpointWithdrawn"
    assert states([*wrong, gone]) == states([CROSSING])
    said = lane([*wrong, *SHOWN, gone])
    assert said.types(GOODS)[-1] == "GoodsFindingsWithdrawn"
    assert said.types(FLIGHT)[-1] == "VehicleFindingsWithdrawn"


@pytest.mark.law("A8")
def test_art_37_3_where_the_officer_says_so_anew_it_is_shown_elsewhere() -> None:
    wrong = [CROSSING, stop(MARY, **lost_to(ASHGABAT))]
    for stream in (FLIGHT, GOODS):
        found = lane([*wrong, correction(MARY, **lost_to(MARY))])
        assert "CheckpointWithdrawn" not in found.types(stream)
        assert [each.checkpoint for each in found.recorded[stream] if each.type == "CheckpointDetermined"] == [
            ASHGABAT,
            MARY,
        ]


@pytest.mark.law("L1", "A7")
def test_art_5_1_20_goods_on_what_did_not_stop_after_all_need_not_be_shown_to_be_released() -> None:
    wrong = [CROSSING, DECLARED, stop(MARY, 2, **lost_to(MARY))]
    early = [CROSSING, stop(MARY, 2, **lost_to(MARY)), DECLARED]
    assert "ReadyForRelease" not in lane(early).types(GOODS)
    gone = Stated(WithdrawStop(movement="M1", place=MARY, withdraws=at(2)), 26)
    assert lane([*early, gone]).types(GOODS)[-1] == "ReadyForRelease"
    assert states([*wrong, gone]) == states([CROSSING, DECLARED])


@pytest.mark.law("A8", "L1")
def test_art_37_3_the_decision_on_a_stop_can_be_revised_and_so_often_as_it_is_readiness_follows_it() -> None:
    said, told = [CROSSING, DECLARED, stop(MARY)], ["ReadyForRelease"]
    for place in (MARY, None, ASHGABAT):
        said.append(correction(MARY, **(lost_to(place) if place else {})))
        told.append("ReadyForReleaseWithdrawn" if place else "ReadyForRelease")
        found = lane(said)
        assert [each for each in found.types(GOODS) if each.startswith("ReadyForRelease")] == told
        shown = [each.place for each in found.points(GOODS) if each.act == "PresentGoods"]
        assert shown == ([place] if place else [])


# --- in any order of recording, beside whatever else happened ---

DECISIONS: tuple[dict[str, Any], ...] = ({}, lost_to(ASHGABAT), lost_to(MARY))
PLACES = (ASHGABAT, MARY, DASHOGUZ)
HOURS = st.sampled_from([0.5, 2.0, 4.5])
OTHERS = (
    CROSSING,
    DECLARED,
    *SHOWN,
    Stated(RecordArrival(movement="M1", checkpoint=MARY), 2),
    stop("TMB-AIR", 3, **lost_to("TMB-AIR")),
    stop("TMB-AIR", 6),
)
CHANGES = (
    Stated(CorrectCrossing(**FLIES, corrects=at(1), non_stop=True, papers=PAPERS[1:]), 12),
    Stated(CorrectCrossing(**FLIES, corrects=at(1), place=ASHGABAT, papers=PAPERS), 12),
    Stated(WithdrawCrossing(movement="M1", withdraws=at(1)), 12),
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """With a stop that is stated wrongly, put right once or twice, or taken back; the crossing may be, too."""
    place, hours, done = draw(st.sampled_from(PLACES)), draw(HOURS), draw(st.sampled_from(DECISIONS))
    acts, right = [stop(place, hours, **done)], stop(place, hours, **done)
    for _ in range(draw(st.integers(1, 2))):
        to, then, done = draw(st.sampled_from(PLACES)), draw(HOURS), draw(st.sampled_from(DECISIONS))
        acts.append(correction(place, hours, right_place=to, stopped=at(then), **done))
        place, hours, right = to, then, stop(to, then, **done)
    never = draw(st.booleans())
    if never:
        acts.append(Stated(WithdrawStop(movement="M1", place=place, withdraws=at(hours)), 26))
    told, alone = history(draw, acts, [] if never else [right], OTHERS)
    if CROSSING not in told or not draw(st.booleans()):
        return told, alone
    change = draw(st.sampled_from(CHANGES))
    return put_in(draw, told, change), put_in(draw, alone, change)


def put_in(draw: st.DrawFn, several: list[Stated], change: Stated) -> list[Stated]:
    """Somewhere behind the crossing."""
    place = draw(st.integers(several.index(CROSSING) + 1, len(several)))
    return [*several[:place], change, *several[place:]]


@settings(max_examples=300, deadline=None)
@given(found=histories())
def test_a_stop_put_right_leaves_every_service_as_if_only_that_had_been_stated(found: History) -> None:
    told, alone = found
    assert states(told) == states(alone)


@pytest.mark.long
@settings(max_examples=3000, deadline=None)
@given(found=histories())
def test_a_stop_put_right_in_many_more_cases(found: History) -> None:
    told, alone = found
    assert states(told) == states(alone)
