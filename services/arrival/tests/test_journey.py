from dataclasses import replace
from datetime import timedelta

import pytest

from arrival.consignment.announcement import RecordGoodsJourney
from arrival.movement import movement
from arrival.movement.journey import ChangeJourney, where_unloaded
from arrival.movement.notice import NotifyArrival
from contracts.arrival import BorderCrossed, JourneyChanged
from contracts.papers import Papers
from contracts.values import Call, Leads
from contracts.vehicle import MeansOfTransport
from decider.tests.kit import NOON, given, when

PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")

SOON, LATER = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
ASHGABAT, MARY = Call(place="ASB-AIR", unloads=("C1",)), Call(place="MRY-AIR", unloads=("C2",))
CHANGE = ChangeJourney(movement="M1", mode="air", journey=(ASHGABAT, MARY))
CHANGED = JourneyChanged(movement="M1", mode="air", journey=(ASHGABAT, MARY), stated=SOON, consignments=("C1", "C2"))
NOTICE = NotifyArrival(
    movement="M1", checkpoint="ASB-AIR", mode="air", expected=NOON, vehicle=PLANE, carrier="Sample Airways",
    consignments=("C1", "C3"),
)  # fmt: skip


@pytest.mark.law("P10")
def test_art_38_a_journey_may_be_told_anew_with_or_without_a_notice_before() -> None:
    assert when(movement, given(movement), CHANGE, SOON) == [CHANGED]
    (notified,) = when(movement, given(movement), NOTICE)
    changed = CHANGED.model_copy(update={"consignments": ("C1", "C2", "C3")})
    assert when(movement, given(movement, notified), CHANGE, SOON) == [changed]


def test_the_same_journey_told_again_at_the_same_time_is_nothing_new() -> None:
    assert when(movement, given(movement, CHANGED), CHANGE, SOON) == []


@pytest.mark.law("P10")
def test_art_38_what_was_said_last_counts_whatever_was_recorded_last() -> None:
    older = ChangeJourney(movement="M1", mode="air", journey=(Call(place="TKB-AIR", unloads=("C9",)),))
    (recorded, counts) = when(movement, given(movement, CHANGED), older, NOON)
    assert (recorded.journey, recorded.stated, recorded.consignments) == (older.journey, NOON, ("C9",))
    assert counts == CHANGED.model_copy(update={"consignments": ("C9",), "again": True})
    assert given(movement, CHANGED, recorded, counts).route.plan == given(movement, CHANGED).route.plan


@pytest.mark.law("P10")
def test_art_38_a_notice_recorded_after_a_later_change_lets_its_goods_hear_of_the_change() -> None:
    (notified, counts) = when(movement, given(movement, CHANGED), NOTICE)
    assert notified.consignments == ("C1", "C3")
    assert counts == CHANGED.model_copy(update={"consignments": ("C3",), "again": True})


@pytest.mark.law("P10")
def test_art_38_a_notice_that_tells_no_journey_leaves_standing_the_one_that_leads_to_its_checkpoint() -> None:
    """The airport says that it comes, and with which goods; that it flies on to Mary it does not deny."""
    (notified,) = when(movement, given(movement, CHANGED), NOTICE, LATER)
    with_more = replace(ASHGABAT, unloads=("C1", "C3"))
    assert notified.leads == Leads(mode="air", journey=(with_more, MARY), stated=LATER)
    assert notified.hear == ("C1", "C2", "C3")
    (elsewhere, _) = when(movement, given(movement, CHANGED), replace(NOTICE, checkpoint="TMB-AIR"), LATER)
    assert (elsewhere.leads, elsewhere.hear) == (None, ())


@pytest.mark.law("P10")
def test_art_38_goods_hear_what_of_the_journey_concerns_them() -> None:
    told = RecordGoodsJourney(consignment="C1", movement="M1", mode="air", stated=SOON, unloaded_at=("ASB-AIR",))
    assert movement.react(CHANGED)[0] == ("consignment/C1", told)
    by_rail = CHANGED.model_copy(update={"mode": "rail"})
    told = RecordGoodsJourney(consignment="C1", movement="M1", mode="rail", stated=SOON, route=("ASB-AIR", "MRY-AIR"))
    assert movement.react(by_rail)[0] == ("consignment/C1", told)


@pytest.mark.law("F8")
def test_art_5_1_19_28_no_consignment_is_told_of_the_others_however_many_there_are() -> None:
    many = tuple(f"C{number}" for number in range(1000))
    ship = CHANGED.model_copy(
        update={"mode": "sea", "journey": (Call(place="TKB-SEA", unloads=many),), "consignments": many}
    )
    crossed = BorderCrossed(
        movement="M1", direction="in", mode="sea", place="TKB-SEA", crossed=NOON,
        papers=tuple(Papers(consignment=each) for each in many),
    )  # fmt: skip
    for event in (ship, crossed):
        assert max(len(repr(told)) for _, told in movement.react(event)) < 700


def test_a_call_that_unloads_and_names_nothing_unloads_what_no_other_call_names() -> None:
    where = where_unloaded(
        (ASHGABAT, Call(place="MRY-AIR", work=("load", "unload")), Call(place="TKB-AIR", work=("load",)))
    )
    assert (where("C1"), where("C2")) == ((("ASB-AIR", 1),), (("MRY-AIR", 1),))
    assert where_unloaded((ASHGABAT, Call(place="MRY-AIR", unloads=("C1",))))("C1") == (
        ("ASB-AIR", 1), ("MRY-AIR", 1)
    )  # fmt: skip
    assert where_unloaded((Call(place="ASB-AIR"),))("C1") == ()
