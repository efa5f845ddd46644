"""An arrival that is stated again, stated otherwise, put right, or taken back: the vehicle's, and that of its goods."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from arrival.consignment import consignment
from arrival.consignment.arrivals import RecordGoodsArrival, WithdrawGoodsArrival
from arrival.movement import movement
from arrival.movement.arrivals import CorrectArrival, RecordArrival, WithdrawArrival
from contracts.arrival import ArrivalWithdrawn, BorderCrossed, GoodsArrivalWithdrawn, GoodsArrived, VehicleArrived
from contracts.papers import Papers
from contracts.stating import Stater
from decider import Party, Subject
from decider.tests.kit import NOON, folded, given, when

LATER = NOON + timedelta(hours=3)
PORT = Subject("clerk-1", "administration", Party(number="AD-1"))
BY = Stater(role="administration", party="AD-1")
CARRIER = Subject("carrier-1", "carrier")
CROSSED = BorderCrossed(
    movement="M1", direction="in", mode="sea", place="TKB-SEA", crossed=NOON, papers=(Papers(consignment="C1"),)
)
RECORD = RecordArrival(movement="M1", checkpoint="TKB-SEA", mode="sea", work=("load",), unloads=("C3", "C2"))
ARRIVED = VehicleArrived(
    movement="M1", checkpoint="TKB-SEA", mode="sea", arrived=NOON, work=("load", "unload"), unloads=("C2", "C3"),
    notice_due=True, consignments=("C1", "C2", "C3"), stated_by=BY,
)  # fmt: skip
CORRECT = CorrectArrival(
    movement="M1", checkpoint="TKB-SEA", corrects=NOON, mode="sea", unloads=("C2", "C4"), reason="misread"
)
CORRECTED = ARRIVED.model_copy(
    update={
        "work": ("unload",), "unloads": ("C2", "C4"), "corrects": NOON, "consignments": ("C1", "C2", "C4"),
        "left": ("C3",), "reason": "misread",
    }
)  # fmt: skip
MOVED = replace(CORRECT, right_place="GRB-SEA", arrived=LATER)
WITHDRAW = WithdrawArrival(movement="M1", checkpoint="TKB-SEA", withdraws=NOON)
GONE = ArrivalWithdrawn(movement="M1", checkpoint="TKB-SEA", withdraws=NOON, consignments=("C1", "C2", "C3"))


def said(*before: Any, asked: Any, by: Subject = PORT, instant: Any = NOON) -> list[Any]:
    """What is said of arrivals, and nothing of notices."""
    found = when(movement, given(movement, CROSSED, *before), asked, instant, subject=by)
    return [event for event in found if "Findings" not in event.type]


@pytest.mark.law("P10")
def test_art_38_what_was_done_at_a_place_is_stated_once_in_any_order_and_by_whomever() -> None:
    assert said(asked=RECORD) == [ARRIVED]
    assert said(ARRIVED, asked=replace(RECORD, unloads=("C2", "C3", "C2")), by=CARRIER, instant=LATER) == []


@pytest.mark.law("P10")
def test_art_38_who_leaves_out_what_was_done_says_nothing_against_it() -> None:
    silent = RecordArrival(movement="M1", checkpoint="TKB-SEA")
    assert said(ARRIVED, asked=silent) == []
    (first,) = said(asked=silent)
    (told,) = said(first, asked=RECORD)
    assert (told.outcome, told.differing) == ("differs", ("mode", "unloads", "work"))


@pytest.mark.law("P10")
@pytest.mark.parametrize(
    ("changed", "differing", "stands"),
    [
        ({"mode": "river"}, ("mode",), (("mode", "sea"),)),
        ({"work": ("reload",)}, ("work",), (("work", ("load", "unload")),)),
        ({"unloads": ("C2",)}, ("unloads",), (("unloads", ("C2", "C3")),)),
        ({"unloads": ()}, ("unloads", "work"), None),
    ],
)
def test_art_38_other_work_at_a_place_on_record_differs(changed: Any, differing: Any, stands: Any) -> None:
    (told,) = said(ARRIVED, asked=replace(RECORD, **changed), instant=LATER)
    assert (told.outcome, told.differing, told.stands_by, told.stands_since) == ("differs", differing, BY, NOON)
    assert told.amend_by == ("CorrectArrival", "WithdrawArrival")
    assert stands is None or told.stands == stands


def test_what_was_done_is_put_right_and_told_to_all_whom_it_concerned_or_concerns_now() -> None:
    assert said(ARRIVED, asked=CORRECT, instant=LATER) == [CORRECTED]
    assert said(ARRIVED, CORRECTED, asked=CORRECT) == []
    alone = CORRECTED.model_copy(update={"corrects": None, "left": ()})
    assert given(movement, ARRIVED, CORRECTED) == given(movement, alone)
    told = movement.react(CORRECTED)
    assert [(to, type(each).__name__) for to, each in told] == [
        *((f"consignment/{each}", "RecordGoodsArrival") for each in ("C1", "C2", "C4")),
        ("consignment/C3", "WithdrawGoodsArrival"),
    ]
    assert [each.unloaded for _, each in told[:3] if isinstance(each, RecordGoodsArrival)] == [False, True, True]


def test_left_out_in_a_correction_it_is_as_planned() -> None:
    planned = CorrectArrival(movement="M1", checkpoint="TKB-SEA", corrects=NOON)
    (event,) = said(ARRIVED, asked=planned)
    assert (event.mode, event.work, event.unloads, event.left) == (None, None, None, ("C2", "C3"))


def test_its_place_and_time_are_put_right_too() -> None:
    (event,) = said(ARRIVED, asked=MOVED)
    assert (event.checkpoint, event.instead_of, event.arrived, event.corrects) == ("GRB-SEA", "TKB-SEA", LATER, NOON)
    visits = folded(movement, given(movement, ARRIVED), event, recorded=LATER).visits
    assert [(each.checkpoint, each.at, each.known) for each in visits.stated] == [("GRB-SEA", LATER, LATER)]
    visits = folded(movement, given(movement, ARRIVED), CORRECTED, recorded=LATER).visits
    assert [each.known for each in visits.places] == [NOON]
    assert said(ARRIVED, event, asked=MOVED) == []
    assert {each.instead_of for _, each in movement.react(event) if isinstance(each, RecordGoodsArrival)} == {"TKB-SEA"}
    assert [each for _, each in movement.react(event) if isinstance(each, WithdrawGoodsArrival)] == [
        WithdrawGoodsArrival(consignment="C3", movement="M1", checkpoint="TKB-SEA", withdraws=NOON)
    ]


def test_nothing_stands_in_the_place_of_an_arrival_of_its_own() -> None:
    other = ARRIVED.model_copy(update={"checkpoint": "GRB-SEA", "work": (), "unloads": ()})
    (told,) = said(ARRIVED, other, asked=MOVED)
    assert (told.outcome, told.differing) == ("differs", ("unloads", "work"))
    gone = GONE.model_copy(update={"checkpoint": "GRB-SEA"})
    assert [each.type for each in said(ARRIVED, other, gone, asked=MOVED)] == ["VehicleArrived"]


@pytest.mark.parametrize("asked", [CORRECT, MOVED, WITHDRAW])
def test_it_is_amended_by_whoever_stated_it_or_an_officer_and_under_its_time(asked: Any) -> None:
    assert [each.outcome for each in said(ARRIVED, asked=asked, by=Subject("officer-1", "officer"))] == ["recorded"]
    assert [each.outcome for each in said(ARRIVED, asked=asked, by=CARRIER)] == ["differs"]
    moved = ARRIVED.model_copy(update={"arrived": LATER})
    assert [each.outcome for each in said(moved, asked=asked)] == ["differs"]
    assert [each.amend_by for each in said(asked=asked)] == [("RecordArrival",)]


def test_where_it_never_came_to_it_is_readable_counts_for_nothing_and_may_be_stated_again() -> None:
    assert said(ARRIVED, asked=WITHDRAW) == [GONE]
    visits = given(movement, ARRIVED, GONE).visits
    assert (visits.places, [each.struck for each in visits.stated]) == ((), [True])
    assert said(ARRIVED, GONE, asked=WITHDRAW) == []
    assert said(ARRIVED, GONE, asked=RECORD) == [ARRIVED]
    assert given(movement, ARRIVED, GONE, ARRIVED) == given(movement, ARRIVED)
    assert movement.react(GONE) == [
        (
            f"consignment/{each}",
            WithdrawGoodsArrival(consignment=each, movement="M1", checkpoint="TKB-SEA", withdraws=NOON),
        )
        for each in ("C1", "C2", "C3")
    ]


# --- what the goods hear ---

ABOARD: dict[str, Any] = {"consignment": "C1", "movement": "M1"}
CAME = GoodsArrived(**ABOARD, mode="sea", checkpoint="TKB-SEA", arrived=NOON, unloaded=True)
TELL = RecordGoodsArrival(**ABOARD, mode="sea", checkpoint="TKB-SEA", arrived=NOON, unloaded=True)


@pytest.mark.law("F8")
@pytest.mark.parametrize("changed", [{"mode": "river"}, {"arrived": LATER}, {"unloaded": False}, {"unloaded": None}])
def test_art_5_1_19_28_goods_hear_all_that_is_otherwise_of_an_arrival(changed: Any) -> None:
    right = CAME.model_copy(update={**changed, "corrects": NOON})
    assert when(consignment, given(consignment, CAME), replace(TELL, corrects=NOON, **changed)) == [right]
    assert given(consignment, CAME, right) == given(consignment, CAME.model_copy(update=changed))
    assert when(consignment, given(consignment, CAME), TELL) == []


@pytest.mark.law("F8")
def test_art_5_1_19_28_goods_hear_that_it_was_another_place() -> None:
    moved = replace(TELL, checkpoint="GRB-SEA", corrects=NOON, instead_of="TKB-SEA")
    right = CAME.model_copy(update={"checkpoint": "GRB-SEA", "instead_of": "TKB-SEA", "corrects": NOON})
    assert when(consignment, given(consignment, CAME), moved) == [right]
    alone = CAME.model_copy(update={"checkpoint": "GRB-SEA"})
    assert given(consignment, CAME, right) == given(consignment, alone)
    assert when(consignment, given(consignment), moved) == [alone]


def test_goods_that_did_not_come_hear_it_once() -> None:
    asked = WithdrawGoodsArrival(**ABOARD, checkpoint="TKB-SEA", withdraws=NOON)
    gone = GoodsArrivalWithdrawn(**ABOARD, checkpoint="TKB-SEA", withdraws=NOON)
    assert when(consignment, given(consignment, CAME), asked) == [gone]
    assert given(consignment, CAME, gone) == given(consignment)
    assert when(consignment, given(consignment), asked) == []
