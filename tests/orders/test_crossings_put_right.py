"""A crossing that was stated wrongly: once it is put right, all services are as if only that had been stated."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import CorrectCrossing, RecordCrossing, WithdrawCrossing
from arrival.movement.notice import NotifyArrival
from arrival.movement.stops import RecordStop
from clearance.declaration import LodgeDeclaration
from clearance.export import RecordImmediateExport
from clearance.placement import PlaceInStorage
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.tests.kit import sealed
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from presentation.consignment.presentation import PresentGoods
from presentation.movement.presentation import PresentVehicle
from release.release import ReleaseGoods
from tests.orders.putting_right import History, Stated, at, history, lane, standing, states

PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")
WATER, BOMBS, MEDICINE = GoodsLine(code="220110110"), GoodsLine(code="930690100"), GoodsLine(code="300490100")
TRUCK, GOODS = "movement/M1", "consignment/C1"
SAID: dict[str, Any] = {"movement": "M1", "direction": "in", "mode": "road", "place": "FRP-MIX"}
LAWFUL = (Papers(consignment="C1", packages=12, goods=(WATER,)),)
PROHIBITED = (Papers(consignment="C1", packages=12, goods=(BOMBS,)),)


def crossing(said: RecordCrossing, hours: float = 1) -> Stated:
    return Stated(said, hours)


def correction(right: RecordCrossing, hours: float = 1, crossed: float | None = None) -> Stated:
    """A day after the crossing was stated for so many hours."""
    said = {**vars(right), "corrects": at(hours), "crossed": None if crossed is None else at(crossed)}
    return Stated(CorrectCrossing(**said), 24)


def types(several: list[Stated], stream: str = GOODS) -> list[str]:
    return lane(several).types(stream)


@pytest.mark.law("L2")
def test_art_22_4_goods_that_turn_out_to_be_prohibited_by_their_papers_are_in_doubt_and_others_are_not_any_more() -> (
    None
):
    water, bombs = RecordCrossing(**SAID, papers=LAWFUL), RecordCrossing(**SAID, papers=PROHIBITED)
    found = types([crossing(water), correction(bombs)])
    assert found[-1] == "GoodsInDoubt"
    stored = Stated(PlaceInStorage(consignment="C1", place="Farap, store 2"), 2)
    found = types([crossing(bombs), stored, correction(water)])
    assert found[-1] == "GoodsDoubtWithdrawn"
    assert states([crossing(bombs), stored, correction(water)]) == states([crossing(water), stored])


@pytest.mark.law("L2")
def test_art_7_1_whether_goods_are_prohibited_goes_by_the_right_day_of_their_crossing() -> None:
    """The act is in force from the first day of 2020."""
    bombs = RecordCrossing(**SAID, papers=PROHIBITED)
    hours = (at(0).replace(year=2019) - at(0)) / timedelta(hours=1)
    declared = Stated(
        LodgeDeclaration(
            consignment="C1", declarant="Sample", form="declaration", items=(GoodsItem(code=str(BOMBS.code)),)
        ),
        3,
    )
    found = types([crossing(bombs), declared, correction(bombs, crossed=hours)])
    assert {"ImportProhibitionWithdrawn", "ImmediateExportOrderWithdrawn"} <= {*found}
    late = states([crossing(bombs), declared, correction(bombs, crossed=hours)])
    assert late == states([crossing(bombs, hours), declared])


def test_of_a_crossing_that_never_was_nothing_is_left_but_what_was_declared_and_shown() -> None:
    bombs = RecordCrossing(**SAID, seals=sealed("S1"), papers=PROHIBITED)
    acts = [
        Stated(PresentVehicle(movement="M1", checkpoint="SRK-MIX"), 2),
        Stated(PresentGoods(consignment="C1", checkpoint="SRK-MIX", packages_found=11), 2),
        Stated(LodgeDeclaration(consignment="C1", declarant="Sample", form="article_40_documents", items=()), 3),
    ]
    gone = Stated(WithdrawCrossing(movement="M1", withdraws=at(1)), 24)
    said = lane([crossing(bombs), *acts, gone])
    assert standing(said) == states(acts)
    assert {"CheckpointWithdrawn", "VehicleFindingsWithdrawn", "CrossingWithdrawn"} <= {*said.types(TRUCK)}
    assert {
        "CheckpointWithdrawn", "GoodsFindingsWithdrawn", "GoodsDoubtWithdrawn",
    } <= {*said.types(GOODS)}  # fmt: skip
    assert states([crossing(bombs), *acts, gone, crossing(bombs, 2)]) == states([*acts, crossing(bombs, 2)])


@pytest.mark.law("F4")
def test_art_5_1_21_a_release_that_was_given_stands_and_that_it_had_no_crossing_before_it_is_found() -> None:
    water = RecordCrossing(**SAID, papers=LAWFUL)
    released = Stated(ReleaseGoods(consignment="C1", regime="transit"), 2)
    found = types([crossing(water), released, correction(water, crossed=3)])
    assert found.count("GoodsReleased") == 1
    assert found[-1] == "ReleaseFindingsRecorded"
    gone = Stated(WithdrawCrossing(movement="M1", withdraws=at(1)), 24)
    assert standing(lane([crossing(water), released, gone])) == states([released])


# --- in any order of recording, beside whatever else happened ---

AIR: dict[str, Any] = {"movement": "M1", "direction": "in", "mode": "air"}
TWO = (Papers(consignment="C1", packages=12, goods=(WATER,)), Papers(consignment="C2", packages=3, goods=(BOMBS,)))
CROSSINGS = (
    RecordCrossing(**SAID, seals=sealed("S1"), papers=TWO),
    RecordCrossing(**SAID, seals=sealed("S1", "S2"), papers=(replace(TWO[0], packages=11, goods=(MEDICINE, BOMBS)),)),
    RecordCrossing(**(SAID | {"place": "SRK-MIX"}), papers=TWO[1:]),
    RecordCrossing(**AIR, place="ASB-AIR", papers=TWO),
    RecordCrossing(**AIR, non_stop=True, papers=TWO[:1]),
    RecordCrossing(**AIR, non_stop=True),
    RecordCrossing(movement="M1", direction="in", mode="pipeline", papers=TWO),
)
OTHERS = (
    Stated(
        NotifyArrival(
            movement="M1", checkpoint="ASB-AIR", mode="air", expected=at(1), vehicle=PLANE, carrier="Sample",
            journey=(Call(place="ASB-AIR", unloads=("C1",)), Call(place="MRY-AIR", work=("unload",))),
            consignments=("C1", "C3"),
        ),
        0,
    ),
    Stated(RecordArrival(movement="M1", checkpoint="ASB-AIR"), 2),
    Stated(RecordArrival(movement="M1", checkpoint="MRY-AIR", unloads=("C2",)), 3),
    Stated(RecordStop(movement="M1", place="MRY-AIR", exemption_lost=True, present_at="MRY-AIR"), 3),
    Stated(RecordStop(movement="M1", place="ASB-AIR"), 2),
    Stated(RecordCrossing(**(SAID | {"movement": "M2"}), papers=(Papers(consignment="C1", goods=(WATER,)),)), 5),
    Stated(PresentVehicle(movement="M1", checkpoint="FRP-MIX", seals_found_intact=("S1",)), 4),
    Stated(PresentGoods(consignment="C1", checkpoint="MRY-AIR", packages_found=12), 4),
    Stated(PresentGoods(consignment="C2", checkpoint="FRP-MIX", packages_found=3), 4),
    Stated(
        LodgeDeclaration(
            consignment="C2", declarant="Sample Imports", form="declaration", regime="transit",
            items=(GoodsItem(code="220110110"),),
        ),
        6,
    ),
    Stated(RecordImmediateExport(consignment="C2", done=False), 7),
    Stated(PlaceInStorage(consignment="C2", place="Farap, store 2"), 7.5),
    Stated(RecordImmediateExport(consignment="C1"), 8),
)  # fmt: skip
HOURS = st.sampled_from([0.5, 1.0, 4.5])


@st.composite
def histories(draw: st.DrawFn) -> History:
    """One with a crossing that is stated wrongly, put right once or twice, or taken back; and the right one."""
    wrong, when = draw(st.sampled_from(CROSSINGS)), draw(HOURS)
    acts, right = [crossing(wrong, when)], Stated(wrong, when)
    for _ in range(draw(st.integers(1, 2))):
        said, then = draw(st.sampled_from(CROSSINGS)), draw(HOURS)
        acts.append(correction(said, right.hours, then))
        right = Stated(said, then)
    never = draw(st.booleans())
    if never:
        acts.append(Stated(WithdrawCrossing(movement="M1", withdraws=at(right.hours)), 24))
    return history(draw, acts, [] if never else [right], OTHERS)


@settings(max_examples=300, deadline=None)
@given(found=histories())
def test_a_crossing_put_right_leaves_every_service_as_if_only_that_had_been_stated(found: History) -> None:
    told, alone = found
    assert states(told) == states(alone)


@pytest.mark.long
@settings(max_examples=3000, deadline=None)
@given(found=histories())
def test_a_crossing_put_right_in_many_more_cases(found: History) -> None:
    told, alone = found
    assert states(told) == states(alone)


def test_a_deadline_that_ran_from_a_wrong_crossing_has_no_end() -> None:
    """The term itself runs from the placement in storage; its end counts only of goods that have to leave."""
    bombs = LodgeDeclaration(
        consignment="C1", declarant="Sample", form="declaration", items=(GoodsItem(code=str(BOMBS.code)),)
    )
    stored = Stated(PlaceInStorage(consignment="C1", place="Farap, store 2"), 2)
    said = lane([crossing(RecordCrossing(**SAID, papers=PROHIBITED)), Stated(bombs, 2), stored])
    said.wait(at(24 * 5))
    assert "StorageTermEnded" in said.types(GOODS)
    said.say(WithdrawCrossing(movement="M1", withdraws=at(1)), at(24 * 5), at(24 * 5))
    assert "StorageTermEndWithdrawn" in said.types(GOODS)
