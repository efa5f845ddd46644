"""Whoever is told that nothing was done is told something else than who is told nothing."""

from typing import Any

import pytest

from arrival.consignment import consignment
from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing
from arrival.consignment.stops import RecordGoodsStop
from arrival.movement import movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    ExemptionLost,
    JourneyChanged,
    StopRecorded,
    VehicleArrived,
)
from contracts.papers import Papers
from contracts.values import Arrived, Call, Stopped
from contracts.vehicle import MeansOfTransport
from decider.tests.kit import NOON, given, play, when

SHIP = MeansOfTransport(kind="ship_name", identity="Hazar")

PAPERS = (Papers(consignment="C1"), Papers(consignment="C2"))
CROSSED = BorderCrossed(
    movement="M1", direction="in", mode="air", place="TMB-AIR", crossed=NOON, papers=PAPERS,
)  # fmt: skip
NOTIFIED = ArrivalNotified(
    movement="M1",
    checkpoint="TKB-SEA",
    mode="sea",
    expected=NOON,
    vehicle=SHIP,
    carrier="Sample Lines",
)
UNLOADED: list[tuple[Any, tuple[bool | None, bool | None]]] = [
    (None, (None, None)),
    ((), (False, False)),
    (("C1",), (True, False)),
    (("C1", "C2"), (True, True)),
    (("C9",), (False, False)),
]
"""What is stated of a place, and what the two consignments hear of themselves."""


def arrivals(event: Any) -> list[tuple[str, str, bool | None]]:
    """What is told of arrivals: of which goods, where, and whether they left the vehicle there."""
    told = [each for _, each in movement.react(event) if isinstance(each, RecordGoodsArrival)]
    return [(each.consignment, each.checkpoint, each.unloaded) for each in told]


@pytest.mark.law("F8")
@pytest.mark.parametrize(("unloads", "heard"), UNLOADED)
def test_art_5_1_19_28_where_nothing_is_unloaded_the_goods_hear_that_and_where_it_is_not_stated_they_do_not(
    unloads: Any, heard: tuple[bool | None, bool | None]
) -> None:
    came = VehicleArrived(movement="M1", checkpoint="TMB-AIR", arrived=NOON, unloads=unloads, consignments=("C1", "C2"))
    assert arrivals(came) == [("C1", "TMB-AIR", heard[0]), ("C2", "TMB-AIR", heard[1])]


@pytest.mark.law("F8")
@pytest.mark.parametrize(("unloads", "heard"), UNLOADED)
def test_art_5_1_19_28_goods_hear_the_same_of_places_that_were_recorded_before_their_crossing(
    unloads: Any, heard: tuple[bool | None, bool | None]
) -> None:
    here, there = (Arrived(checkpoint=place, arrived=NOON, unloads=unloads) for place in ("TMB-AIR", "MRY-AIR"))
    crossed = CROSSED.model_copy(update={"arrived": here, "further": (there,)})
    assert sorted(arrivals(crossed)) == sorted(
        (goods, place.checkpoint, left)
        for place in (here, there)
        for goods, left in zip(("C1", "C2"), heard, strict=True)
    )


@pytest.mark.law("F8", "P10")
@pytest.mark.parametrize(("unloads", "heard"), UNLOADED)
def test_art_38_what_was_unloaded_comes_through_from_the_act_to_the_goods_whichever_is_recorded_first(
    unloads: Any, heard: tuple[bool | None, bool | None]
) -> None:
    crossing = RecordCrossing(movement="M1", direction="in", mode="air", place="TMB-AIR", papers=PAPERS)
    arrival = RecordArrival(movement="M1", checkpoint="TMB-AIR", unloads=unloads)
    for acts in ((crossing, arrival), (arrival, crossing)):
        _, recorded = play(movement, acts)
        told = [each for event in recorded for to, each in movement.react(event) if to == "consignment/C1"]
        state, _ = play(consignment, told)
        assert [visit.unloaded for visit in state.visits.places] == [heard[0]]


@pytest.mark.law("F8")
def test_art_5_1_19_28_papers_that_state_no_packages_are_not_papers_that_state_none() -> None:
    papers = (Papers(consignment="C1"), Papers(consignment="C2", packages=0))
    reactions = movement.react(CROSSED.model_copy(update={"papers": papers}))
    told = [each for _, each in reactions if isinstance(each, RecordGoodsCrossing)]
    assert [each.papers for each in told] == [*papers]
    for each in told:
        (crossed,) = when(consignment, given(consignment), each)
        assert crossed.papers == each.papers


@pytest.mark.law("A8")
def test_art_37_3_goods_hear_of_a_stop_before_their_crossing_whether_it_cost_the_exemption() -> None:
    stops = (Stopped(place="MRY-AIR", stopped=NOON), Stopped(place="ASB-AIR", stopped=NOON, present_at="ASB-AIR"))
    told = [each for _, each in movement.react(CROSSED.model_copy(update={"stopped": stops}))]
    heard = [(each.place, each.exemption_lost) for each in told if isinstance(each, RecordGoodsStop)]
    assert heard == [("MRY-AIR", False)] * 2 + [("ASB-AIR", True)] * 2
    assert [type(each).__name__ for each in told].count("LoseGoodsExemption") == 2


def test_of_an_event_that_concerns_no_goods_nobody_is_told() -> None:
    for event in (
        VehicleArrived(movement="M1", checkpoint="TMB-AIR", arrived=NOON, unloads=("C1",)),
        JourneyChanged(movement="M1", mode="air", journey=(Call(place="TMB-AIR", unloads=("C1",)),)),
        StopRecorded(movement="M1", place="TMB-AIR", stopped=NOON),
        ExemptionLost(movement="M1", present_at="TMB-AIR", stopped=NOON),
        CROSSED.model_copy(update={"papers": (), "arrived": Arrived(checkpoint="TMB-AIR", arrived=NOON)}),
    ):
        assert movement.react(event) == []


@pytest.mark.law("F8")
def test_art_5_1_19_28_of_the_largest_ship_each_consignment_is_told_once_of_everything() -> None:
    many = tuple(f"C{number:05}" for number in range(20_000))
    streams = [f"consignment/{each}" for each in many]
    came = Arrived(checkpoint="TKB-SEA", arrived=NOON, mode="sea", unloads=many)
    journey = (Call(place="TKB-SEA", unloads=many[:10_000]), Call(place="GRB-ROD", work=("unload",)))
    said = {"movement": "M1", "consignments": many}
    for event, times in (
        (NOTIFIED.model_copy(update={"consignments": many, "journey": journey}), 1),
        (JourneyChanged(mode="sea", journey=journey, **said), 1),
        (CROSSED.model_copy(update={"papers": tuple(Papers(consignment=each) for each in many), "arrived": came}), 2),
        (VehicleArrived(checkpoint="TKB-SEA", arrived=NOON, unloads=many, **said), 1),
        (StopRecorded(place="TKB-SEA", stopped=NOON, **said), 1),
        (ExemptionLost(present_at="TKB-SEA", stopped=NOON, **said), 1),
    ):
        told = movement.react(event)
        assert sorted(to for to, _ in told) == sorted(streams * times)
        assert all(to == f"consignment/{each.consignment}" for to, each in told)
