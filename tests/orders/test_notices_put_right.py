"""A notice, or a journey, that was stated wrongly: put right, all services are as if only that had been stated."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.journey import ChangeJourney, CorrectJourney, WithdrawJourney
from arrival.movement.notice import AmendNotice, CorrectNotice, NotifyArrival, WithdrawNotice
from contracts.papers import Papers
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from presentation.consignment.presentation import PresentGoods
from presentation.movement.presentation import PresentVehicle
from tests.orders.putting_right import History, Stated, among, at, history, lane, standing, states

FLIGHT, GOODS = "movement/M1", "consignment/C1"
ASHGABAT, MARY, DASHOGUZ = "ASB-AIR", "MRY-AIR", "DSH-AIR"
PAPERS = (Papers(consignment="C1", packages=12), Papers(consignment="C2", packages=3))
NOTICES: tuple[dict[str, Any], ...] = (
    {"checkpoint": ASHGABAT, "consignments": ("C1", "C2")},
    {"checkpoint": MARY, "consignments": ("C1",), "journey": (Call(place=MARY, unloads=("C3",)),)},
    {"checkpoint": ASHGABAT, "journey": (Call(place=ASHGABAT), Call(place=DASHOGUZ, work=("unload",)))},
    {"checkpoint": ASHGABAT, "consignments": ("C4",), "mode": "river"},
    {"checkpoint": "FRP-MIX", "consignments": ("C1", "C4"), "mode": "road"},
)
JOURNEYS: tuple[dict[str, Any], ...] = (
    {"journey": (Call(place=MARY, unloads=("C1", "C5")), Call(place=DASHOGUZ, work=("unload",)))},
    {"journey": (Call(place=DASHOGUZ, work=("unload",)),)},
    {"journey": (Call(place=ASHGABAT, work=("load",)), Call(place=MARY, unloads=("C2",)))},
    {"mode": "rail", "journey": (Call(place="SRK-MIX"),)},
)
ARRIVED = Stated(RecordArrival(movement="M1", checkpoint=ASHGABAT, mode="air"), 10)
PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")
CROSSED = Stated(
    RecordCrossing(movement="M1", direction="in", mode="air", place=ASHGABAT, papers=PAPERS), 9
)  # fmt: skip


def content(**notice: Any) -> dict[str, Any]:
    said = {"mode": "air", "expected": at(10), "vehicle": PLANE, "carrier": "Sample Airways"}
    return {"movement": "M1", **said, **notice}


def notice(hours: float = 0, **said: Any) -> Stated:
    return Stated(NotifyArrival(**content(**said)), hours)


def amendment(hours: float, **said: Any) -> Stated:
    return Stated(AmendNotice(**content(**said)), hours)


def correction(corrects: float, submitted: float, **said: Any) -> Stated:
    return Stated(CorrectNotice(**content(**said), corrects=at(corrects), submitted=at(submitted)), 30)


def withdrawal(hours: float) -> Stated:
    return Stated(WithdrawNotice(movement="M1", withdraws=at(hours)), 30)


def journey(hours: float, **said: Any) -> Stated:
    return Stated(ChangeJourney(**{"movement": "M1", "mode": "air", **said}), hours)


@pytest.mark.law("A9")
def test_art_37_2_1_a_notice_that_never_was_is_missing_and_what_it_planned_is_gone() -> None:
    acts = [notice(**NOTICES[0]), CROSSED, ARRIVED, withdrawal(0)]
    said = lane(acts)
    assert "NoticeFindingsRecorded" in said.types(FLIGHT)
    assert standing(said) == states([CROSSED, ARRIVED])
    assert {"ConsignmentAnnouncementWithdrawn", "GoodsJourneyWithdrawn"} <= {*said.types(GOODS)}
    assert lane([notice(**NOTICES[0]), withdrawal(0)]).types(GOODS)[-1] == "CheckpointWithdrawn"


@pytest.mark.law("P4")
def test_art_38_1_where_goods_are_expected_follows_what_was_said_last_and_stands() -> None:
    first, second = (
        {"journey": (Call(place=MARY, unloads=("C1",)),)},
        {"journey": (Call(place=DASHOGUZ, unloads=("C1",)),)},
    )
    gone = Stated(WithdrawJourney(movement="M1", withdraws=at(2)), 30)
    said = lane([journey(1, **first), journey(2, **second), gone])
    places = [each.checkpoint for each in said.recorded[GOODS] if each.type == "CheckpointDetermined"]
    assert places == [MARY, DASHOGUZ, MARY]
    assert "CheckpointWithdrawn" not in said.types(GOODS)


def test_goods_that_are_announced_anew_are_never_without_a_checkpoint() -> None:
    said = lane([notice(**NOTICES[0]), amendment(1, **NOTICES[1]), correction(1, 1, **NOTICES[4])])
    places = [each.checkpoint for each in said.recorded[GOODS] if each.type == "CheckpointDetermined"]
    assert places == [ASHGABAT, "FRP-MIX"]
    assert said.types(GOODS).count("CheckpointWithdrawn") == 1  # By the second nobody unloads them.


# --- in any order of recording, beside whatever else happened ---

OTHERS = (
    CROSSED,
    ARRIVED,
    Stated(RecordArrival(movement="M1", checkpoint=MARY, unloads=("C3",)), 11),
    Stated(PresentVehicle(movement="M1", checkpoint=MARY), 12),
    Stated(PresentGoods(consignment="C1", checkpoint=MARY, packages_found=12), 12),
    journey(3, **JOURNEYS[0]),
    journey(6, **JOURNEYS[2]),
)
HOURS = st.sampled_from([0.5, 4.0, 9.5, 10.5])


@st.composite
def notices(draw: st.DrawFn) -> History:
    """With a notice that is stated wrongly, put right once or twice, or taken back."""
    hours, said = draw(HOURS), draw(st.sampled_from(NOTICES))
    acts, right = [notice(hours, **said)], notice(hours, **said)
    for _ in range(draw(st.integers(1, 2))):
        then, said = draw(HOURS), draw(st.sampled_from(NOTICES))
        acts.append(correction(hours, then, **said))
        hours, right = then, notice(then, **said)
    never = draw(st.booleans())
    if never:
        acts.append(withdrawal(hours))
    return history(draw, acts, [] if never else [right], OTHERS)


@st.composite
def amended(draw: st.DrawFn) -> History:
    """With an amendment that never was, or that was another one."""
    first, wrong, right = (draw(st.sampled_from(NOTICES)) for _ in range(3))
    acts = [notice(0, **first), amendment(5, **wrong)]
    if first in (wrong, right):
        return [], []
    if draw(st.booleans()):
        return history(draw, [*acts, withdrawal(5)], acts[:1], OTHERS)
    return history(draw, [*acts, correction(5, 7, **right)], [acts[0], amendment(7, **right)], OTHERS)


@st.composite
def journeys(draw: st.DrawFn) -> History:
    """With a journey that is told wrongly, put right once or twice, or taken back; beside a notice, or none."""
    hours, said = draw(st.sampled_from([1.0, 4.0, 8.0])), draw(st.sampled_from(JOURNEYS))
    acts, right = [journey(hours, **said)], journey(hours, **said)
    for _ in range(draw(st.integers(1, 2))):
        then, said = draw(st.sampled_from([1.0, 4.0, 8.0])), draw(st.sampled_from(JOURNEYS))
        asked = {"movement": "M1", "mode": "air", **said}
        acts.append(Stated(CorrectJourney(**asked, corrects=at(hours), stated=at(then)), 30))
        hours, right = then, journey(then, **said)
    never = draw(st.booleans())
    if never:
        acts.append(Stated(WithdrawJourney(movement="M1", withdraws=at(hours)), 30))
    told, alone = history(draw, acts, [] if never else [right], OTHERS)
    before = draw(st.lists(st.sampled_from(NOTICES), max_size=1).map(lambda each: [notice(2, **said) for said in each]))
    return among(draw, before, told), among(draw, before, alone)


@settings(max_examples=400, deadline=None)
@given(found=notices() | amended() | journeys())
def test_what_was_said_beforehand_put_right_leaves_every_service_as_if_only_that_had_been_stated(
    found: History,
) -> None:
    told, alone = found
    assert states(told) == states(alone)


@pytest.mark.long
@settings(max_examples=4000, deadline=None)
@given(found=notices() | amended() | journeys())
def test_what_was_said_beforehand_put_right_in_many_more_cases(found: History) -> None:
    told, alone = found
    assert states(told) == states(alone)
