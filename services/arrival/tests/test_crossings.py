"""A crossing that is stated again, stated otherwise, put right, or taken back: the vehicle's, and that of its goods."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from arrival.consignment import consignment
from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing, WithdrawGoodsCrossing
from arrival.consignment.stops import LoseGoodsExemption, RecordGoodsStop
from arrival.movement import movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import CorrectCrossing, RecordCrossing, WithdrawCrossing
from arrival.movement.stops import RecordStop
from contracts.arrival import (
    BorderCrossed,
    Chapter8NotApplicable,
    CrossingCorrected,
    CrossingWithdrawn,
    ExemptionLossWithdrawn,
    ExemptionLost,
    ExemptionWithdrawn,
    GoodsArrivalWithdrawn,
    GoodsArrived,
    GoodsCrossed,
    GoodsCrossingCorrected,
    GoodsCrossingWithdrawn,
    StopRecorded,
    StopWithdrawn,
)
from contracts.papers import Container, GoodsLine, Money, Papers, Part, TransportDocument
from contracts.stating import StatementDiffers, Stater
from contracts.tests.kit import sealed
from contracts.values import Arrived, Stopped
from contracts.vehicle import MeansOfTransport
from decider import Subject
from decider.tests.kit import NOON, folded, given, play, when

LATER = NOON + timedelta(hours=1)
FARAP = Subject("officer-1", "officer", None, ("FRP-MIX",))
BY = Stater(role="officer", checkpoints=("FRP-MIX",))
CARRIER = Subject("carrier-1", "carrier")
WATER = GoodsLine(code="220110110")
TEA = GoodsLine(code="090210000", net_mass="11000.50", containers=("SRHU1000019",))
SAME_TEA = replace(TEA, net_mass="11000.5", containers=("SRHU 100001-9",))
BILL = TransportDocument(kind="bill_of_lading", number="HZF/26/00731")
HOUSE = TransportDocument(kind="house_bill_of_lading", number="HZF/26/00731-H1", parent="HZF/26/00731")
SAME_BILL = replace(BILL, number="hzf/26/00731")
BOX = Container(number="SRHU1000019", seals=sealed("HZ 4411"), packed_mass="15770.0")
OF_C1_PAPERS = Papers(
    consignment="C1", packages=12, goods=(WATER, TEA), documents=(BILL, HOUSE), containers=(BOX,), gross_mass="11870.0",
    part=Part(gross_mass_in_all="29675.5"), freight=Money(amount="1450.0", currency="USD"),
)  # fmt: skip
PAPERS = (OF_C1_PAPERS, Papers(consignment="C2"))
LORRY = MeansOfTransport(kind="registration_plate", identity="01 AG 1234")
(S1, S2) = sealed("S1", "S2")
SAID: dict[str, Any] = {"movement": "M1", "direction": "in", "mode": "road", "place": "FRP-MIX"}
RECORD = RecordCrossing(**SAID, vehicle=LORRY, seals=sealed("S1", "S2"), papers=PAPERS)
CROSSED = BorderCrossed(**SAID, vehicle=LORRY, crossed=NOON, seals=sealed("S1", "S2"), papers=PAPERS, stated_by=BY)
CORRECT = CorrectCrossing(
    **SAID,
    corrects=NOON,
    vehicle=LORRY,
    seals=sealed("S1"),
    papers=(PAPERS[0], Papers(consignment="C3")),
    reason="misread",
)
CORRECTED = CrossingCorrected(
    **SAID, crossed=NOON, corrects=NOON, vehicle=LORRY, seals=sealed("S1"), papers=CORRECT.papers, left=("C2",),
    reason="misread", stated_by=BY,
)  # fmt: skip
WITHDRAW = WithdrawCrossing(movement="M1", withdraws=NOON)
WITHDRAWN = CrossingWithdrawn(movement="M1", withdraws=NOON, consignments=("C1", "C2"))
AIR: dict[str, Any] = {"movement": "M1", "direction": "in", "mode": "air"}
FLOWN = BorderCrossed(**AIR, crossed=NOON, non_stop=True, papers=PAPERS)
OUTSIDE = Chapter8NotApplicable(movement="M1", exemption="non_stop")


def said(*before: Any, asked: Any, by: Subject = FARAP) -> list[Any]:
    return when(movement, given(movement, *before), asked, subject=by)


def test_a_crossing_says_on_whose_behalf_it_was_stated() -> None:
    assert said(asked=RECORD) == [CROSSED]


@pytest.mark.parametrize(
    "same",
    [
        RECORD,
        replace(RECORD, seals=sealed("S2", "S1", "S2")),
        replace(RECORD, seals=sealed("s-1", "S 2")),
        replace(RECORD, papers=PAPERS[::-1]),
        replace(RECORD, vehicle=replace(LORRY, identity="01ag-1234")),
        replace(RECORD, papers=(replace(PAPERS[0], goods=(TEA, WATER)), PAPERS[1])),
        replace(RECORD, papers=(replace(PAPERS[0], documents=(HOUSE, BILL)), PAPERS[1])),
        replace(RECORD, papers=(replace(PAPERS[0], containers=(replace(BOX, seals=sealed("hz-4411")),)), PAPERS[1])),
        replace(RECORD, papers=(replace(PAPERS[0], containers=(replace(BOX, number="srhu 100001-9"),)), PAPERS[1])),
        replace(RECORD, papers=(replace(PAPERS[0], containers=(replace(BOX, packed_mass="15770"),)), PAPERS[1])),
        replace(RECORD, papers=(replace(PAPERS[0], documents=(HOUSE, SAME_BILL)), PAPERS[1])),
        replace(RECORD, papers=(replace(PAPERS[0], gross_mass="11870"), PAPERS[1])),
        replace(RECORD, papers=(replace(PAPERS[0], part=Part(gross_mass_in_all="29675.50")), PAPERS[1])),
        replace(RECORD, papers=(replace(PAPERS[0], freight=Money(amount="1450", currency="USD")), PAPERS[1])),
        replace(RECORD, papers=(replace(PAPERS[0], goods=(WATER, SAME_TEA)), PAPERS[1])),
    ],
)
def test_the_same_in_another_order_and_by_another_is_nothing_new(same: RecordCrossing) -> None:
    assert when(movement, given(movement, CROSSED), same, LATER, subject=CARRIER) == []


@pytest.mark.parametrize(
    ("changed", "differing", "stands"),
    [
        ({"mode": "rail"}, ("mode",), (("mode", "road"),)),
        ({"place": "SRK-MIX"}, ("place",), (("place", "FRP-MIX"),)),
        ({"mode": "sea", "place": None, "non_stop": True}, ("mode", "non_stop", "place"), None),
        ({"seals": sealed("S1")}, ("seals",), (("seals", ("S1", "S2")),)),
        ({"seals": (replace(S1, on="SRHU1000019"), S2)}, ("seals",), (("seals", ("S1", "S2")),)),
        ({"vehicle": replace(LORRY, nationality="UZ")}, ("vehicle",), (("vehicle", "01 AG 1234"),)),
        ({"carried_by": "M2"}, ("carried_by",), ()),
        ({"papers": PAPERS[:1]}, ("papers",), ()),
        ({"papers": (replace(PAPERS[0], packages=13), PAPERS[1])}, ("papers",), ()),
        ({"papers": (replace(PAPERS[0], goods=(WATER,)), PAPERS[1])}, ("papers",), ()),
    ],
)
def test_each_thing_that_is_said_otherwise_differs(changed: Any, differing: Any, stands: Any) -> None:
    (told,) = said(CROSSED, asked=replace(RECORD, **changed))
    assert isinstance(told, StatementDiffers)
    assert (told.differing, told.stands_by, told.stands_since) == (differing, BY, NOON)
    assert stands is None or told.stands == stands
    assert told.amend_by == ("CorrectCrossing", "WithdrawCrossing")
    assert given(movement, CROSSED, told) == given(movement, CROSSED)


def test_what_was_wrong_is_put_right_and_the_state_is_as_if_only_that_had_been_stated() -> None:
    assert said(CROSSED, asked=CORRECT) == [CORRECTED]
    alone = CROSSED.model_copy(update={"seals": CORRECT.seals, "papers": CORRECT.papers})
    assert given(movement, CROSSED, CORRECTED) == given(movement, alone)
    assert said(CROSSED, CORRECTED, asked=CORRECT) == []


def test_its_time_is_put_right_too_and_it_is_known_at_that_time_since_then() -> None:
    (event,) = said(CROSSED, asked=replace(CORRECT, crossed=LATER))
    assert (event.crossed, event.corrects) == (LATER, NOON)
    vehicle = folded(movement, given(movement, CROSSED), event, recorded=LATER).vehicle
    assert (vehicle.crossing.at, vehicle.crossing.known) == (LATER, LATER)
    vehicle = folded(movement, given(movement, CROSSED), CORRECTED, recorded=LATER).vehicle
    assert (vehicle.crossing.at, vehicle.crossing.known) == (NOON, NOON)


@pytest.mark.parametrize("asked", [CORRECT, WITHDRAW])
def test_it_is_amended_by_whoever_stated_it_or_an_officer_and_under_its_time(asked: Any) -> None:
    by_carrier = CROSSED.model_copy(update={"stated_by": Stater(role="carrier", party="P-1")})
    assert [each.outcome for each in said(by_carrier, asked=asked)] == ["recorded"]
    assert [each.outcome for each in said(by_carrier, asked=asked, by=CARRIER)] == ["differs"]
    moved = CROSSED.model_copy(update={"crossed": LATER})
    assert [each.outcome for each in said(moved, asked=asked)] == ["differs"]
    assert [each.amend_by for each in said(asked=asked)] == [("RecordCrossing",)]


def test_what_was_taken_back_is_readable_counts_for_nothing_and_may_be_stated_again() -> None:
    assert said(CROSSED, asked=WITHDRAW) == [WITHDRAWN]
    vehicle = given(movement, CROSSED, WITHDRAWN).vehicle
    assert (vehicle.crossing.place, vehicle.crossing.struck) == ("FRP-MIX", True)
    assert (vehicle.crossed, vehicle.mode, vehicle.place, vehicle.consignments) == (False, None, None, ())
    assert said(CROSSED, WITHDRAWN, asked=WITHDRAW) == []
    assert said(CROSSED, WITHDRAWN, asked=RECORD) == [CROSSED]
    assert given(movement, CROSSED, WITHDRAWN, CROSSED) == given(movement, CROSSED)


@pytest.mark.law("A7")
def test_art_37_3_whether_the_chapter_applies_follows_the_right_crossing() -> None:
    landed = CorrectCrossing(**AIR, place="ASB-AIR", corrects=NOON, papers=PAPERS)
    corrected, inside = said(OUTSIDE, FLOWN, asked=landed)
    assert (corrected.type, inside) == ("CrossingCorrected", ExemptionWithdrawn(movement="M1", exemption="non_stop"))
    assert given(movement, OUTSIDE, FLOWN, corrected, inside).vehicle.exemption is None
    flown = CorrectCrossing(**AIR, non_stop=True, corrects=NOON, papers=PAPERS)
    crossed = FLOWN.model_copy(update={"place": "ASB-AIR", "non_stop": False})
    assert [each.type for each in said(crossed, asked=flown)] == ["Chapter8NotApplicable", "CrossingCorrected"]
    by_river = replace(flown, mode="river")
    assert [each.type for each in said(OUTSIDE, FLOWN, asked=by_river)] == ["CrossingCorrected"]
    by_line = replace(flown, mode="pipeline", non_stop=False)
    assert [each.type for each in said(OUTSIDE, FLOWN, asked=by_line)] == ["Chapter8NotApplicable", "CrossingCorrected"]
    assert [each.type for each in said(OUTSIDE, FLOWN, asked=WITHDRAW)] == ["CrossingWithdrawn", "ExemptionWithdrawn"]
    (told,) = said(OUTSIDE, FLOWN, asked=replace(landed, corrects=LATER))
    assert told.outcome == "differs"


def test_a_crossing_that_is_put_right_has_a_place_as_any() -> None:
    with pytest.raises(ValidationError, match="place"):
        TypeAdapter(CorrectCrossing).validate_python({**AIR, "corrects": NOON})


# --- what the goods hear ---

OF_C1: dict[str, Any] = {"consignment": "C1", "movement": "M1"}
COUNTED = replace(PAPERS[0], packages=13)
CROSS = RecordGoodsCrossing(**OF_C1, direction="in", mode="air", place="ASB-AIR", crossed=NOON, papers=PAPERS[0])
GOODS = GoodsCrossed(**OF_C1, direction="in", mode="air", place="ASB-AIR", crossed=NOON, papers=PAPERS[0])
NOT_ABOARD = WithdrawGoodsCrossing(**OF_C1, withdraws=NOON)


@pytest.mark.law("F8")
def test_art_5_1_19_28_goods_that_are_in_the_papers_no_more_had_not_crossed_and_new_ones_hear_all_of_it() -> None:
    acts = [
        RECORD,
        RecordArrival(movement="M1", checkpoint="FRP-MIX"),
        RecordStop(movement="M1", place="MRY-AIR", exemption_lost=True, present_at="ASB-AIR"),
        CORRECT,
    ]
    _, recorded = play(movement, acts)
    corrected = recorded[-1]
    assert (corrected.left, corrected.arrived) == (("C2",), (Arrived(checkpoint="FRP-MIX", arrived=NOON),))
    assert corrected.stopped == (Stopped(place="MRY-AIR", stopped=NOON, present_at="ASB-AIR"),)
    told = movement.react(corrected)
    types = ["RecordGoodsCrossing", "RecordGoodsArrival", "RecordGoodsStop", "LoseGoodsExemption"]
    for stream in ("consignment/C1", "consignment/C3"):
        assert [type(each).__name__ for to, each in told if to == stream] == types
    gone = WithdrawGoodsCrossing(consignment="C2", movement="M1", withdraws=NOON)
    assert [each for to, each in told if to == "consignment/C2"] == [gone]
    assert movement.react(WITHDRAWN) == [
        (f"consignment/{each}", WithdrawGoodsCrossing(consignment=each, movement="M1", withdraws=NOON))
        for each in ("C1", "C2")
    ]


def test_goods_hear_what_is_otherwise_and_of_the_same_nothing() -> None:
    right = GoodsCrossingCorrected(**{**GOODS.model_dump(exclude={"type"}), "corrects": NOON, "papers": COUNTED})
    state = given(consignment, GOODS)
    assert when(consignment, state, CROSS) == []
    assert when(consignment, state, replace(CROSS, papers=COUNTED)) == [right]
    assert given(consignment, GOODS, right) == given(consignment, GOODS.model_copy(update={"papers": COUNTED}))
    assert when(consignment, state, replace(CROSS, movement="M2"))[0].type == "GoodsCrossed"


@pytest.mark.law("A7")
def test_art_37_3_the_chapter_applies_to_goods_as_to_their_vehicle() -> None:
    flown = replace(CROSS, place=None, non_stop=True)
    state, _ = play(consignment, [flown])
    corrected, inside = when(consignment, state, CROSS)
    assert (corrected.type, inside) == ("GoodsCrossingCorrected", ExemptionWithdrawn(**OF_C1, exemption="non_stop"))
    assert folded(consignment, state, corrected, inside) == given(consignment, GOODS)
    assert [each.type for each in when(consignment, given(consignment, GOODS), flown)] == [
        "Chapter8NotApplicable",
        "GoodsCrossingCorrected",
    ]
    gone = when(consignment, state, NOT_ABOARD)
    assert [each.type for each in gone] == ["GoodsCrossingWithdrawn", "ExemptionWithdrawn"]
    assert folded(consignment, state, *gone) == given(consignment)


def test_goods_that_did_not_cross_with_it_came_nowhere_and_stopped_nowhere_but_where_they_were_unloaded() -> None:
    told = [
        CROSS,
        replace(CROSS, movement="M2"),
        RecordGoodsArrival(**OF_C1, checkpoint="MRY-AIR", arrived=NOON),
        RecordGoodsArrival(**OF_C1, checkpoint="TMB-AIR", arrived=NOON, unloaded=False),
        RecordGoodsArrival(**OF_C1, checkpoint="ASB-AIR", arrived=NOON, unloaded=True),
        RecordGoodsArrival(consignment="C1", movement="M2", checkpoint="ASB-AIR", arrived=NOON),
        RecordGoodsStop(**OF_C1, place="MRY-AIR", stopped=NOON, exemption_lost=True),
        LoseGoodsExemption(**OF_C1, present_at="ASB-AIR", stopped=NOON),
        RecordGoodsStop(consignment="C1", movement="M2", place="MRY-AIR", stopped=NOON, exemption_lost=False),
    ]
    state, _ = play(consignment, told)
    gone = when(consignment, state, NOT_ABOARD, LATER)
    assert gone == [
        GoodsCrossingWithdrawn(**OF_C1, withdraws=NOON),
        GoodsArrivalWithdrawn(**OF_C1, checkpoint="MRY-AIR", withdraws=NOON),
        GoodsArrivalWithdrawn(**OF_C1, checkpoint="TMB-AIR", withdraws=NOON),
        ExemptionLossWithdrawn(**OF_C1, present_at="ASB-AIR", stopped=NOON),
        StopWithdrawn(**OF_C1, place="MRY-AIR", withdraws=NOON),
    ]
    left, _ = play(consignment, [told[1], told[4], told[5], told[8]])
    assert folded(consignment, state, *gone) == left
    assert when(consignment, left, NOT_ABOARD) == []


def test_a_stop_is_heard_once_and_anew_where_it_is_decided_on() -> None:
    stop = StopRecorded(**OF_C1, place="MRY-AIR", stopped=NOON)
    lost = ExemptionLost(**OF_C1, present_at="ASB-AIR", stopped=NOON)
    heard = given(consignment, stop, stop.model_copy(update={"exemption_lost": True}), lost, lost).stops
    assert [each.exemption_lost for each in heard.heard] == [True]
    assert len(heard.losses) == 1


def test_what_is_known_of_goods_that_arrived_is_as_they_hear_it() -> None:
    came = GoodsArrived(**OF_C1, checkpoint="ASB-AIR", arrived=NOON)
    gone = GoodsArrivalWithdrawn(**OF_C1, checkpoint="ASB-AIR", withdraws=NOON)
    assert given(consignment, came, gone) == given(consignment)
