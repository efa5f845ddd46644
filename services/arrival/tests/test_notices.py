"""A notice that is given again, amended, put right, or taken back: what it is measured by, and who hears of it."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from arrival.consignment import consignment
from arrival.consignment.announcement import (
    AnnounceConsignment,
    RecordGoodsJourney,
    WithdrawAnnouncement,
    WithdrawGoodsJourney,
)
from arrival.movement import movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.journey import ChangeJourney
from arrival.movement.notice import AmendNotice, CorrectNotice, NotifyArrival, WithdrawNotice
from contracts.arrival import (
    ConsignmentAnnounced,
    ConsignmentAnnouncementWithdrawn,
    GoodsJourneyChanged,
    GoodsJourneyWithdrawn,
    NoticeAmended,
    NoticeWithdrawn,
)
from contracts.notices import Unannounced
from contracts.stating import Stater
from contracts.values import Call, Leads
from contracts.vehicle import MeansOfTransport
from decider import Party, Subject
from decider.tests.kit import NOON, folded, given, when

PLANE, OTHER = (MeansOfTransport(kind="aircraft_registration", identity=each) for each in ("EZ-A001", "EZ-A002"))
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
LATER = NOON + HOUR
PORT = Subject("clerk-1", "administration", Party(number="AD-1"))
BY = Stater(role="administration", party="AD-1")
ASHGABAT = (Call(place="ASB-AIR", unloads=("C1",)),)
SAID: dict[str, Any] = {
    "movement": "M1", "checkpoint": "ASB-AIR", "mode": "air", "expected": NOON + DAY, "vehicle": PLANE,
    "carrier": "Sample Airways", "journey": ASHGABAT, "consignments": ("C1", "C2"),
}  # fmt: skip
NOTIFY = NotifyArrival(**SAID)
AMEND = AmendNotice(**{**SAID, "consignments": ("C1", "C3")}, reason="one was left behind")
CORRECT = CorrectNotice(**{**SAID, "consignments": ("C3",)}, corrects=NOON)
WITHDRAW = WithdrawNotice(movement="M1", withdraws=NOON)


def live(*acts: tuple[Any, datetime], by: Subject = PORT) -> tuple[Any, list[Any]]:
    """The state after acts, and what the last of them led to."""
    state, events = given(movement), list[Any]()
    for asked, instant in acts:
        events = when(movement, state, asked, instant, subject=by)
        state = folded(movement, state, *events, recorded=instant)
    return state, events


GIVEN = (NOTIFY, NOON)


def not_any_more(*consignments: str) -> tuple[Unannounced, ...]:
    return (Unannounced(checkpoint="ASB-AIR", consignments=consignments),)


NOTICE = live(GIVEN)[1][0]


def said(asked: Any, instant: datetime = LATER, by: Subject = PORT) -> list[Any]:
    return when(movement, live(GIVEN)[0], asked, instant, subject=by)


@pytest.mark.parametrize(
    ("changed", "differing"),
    [
        ({"mode": "sea"}, "mode"),
        ({"expected": NOON}, "expected"),
        ({"vehicle": OTHER}, "vehicle"),
        ({"carrier": "Other Airways"}, "carrier"),
        ({"journey": (Call(place="ASB-AIR", unloads=("C2", "C1")),)}, "journey"),
        ({"consignments": ("C1",)}, "consignments"),
    ],
)
def test_each_thing_that_is_announced_otherwise_differs(changed: Any, differing: str) -> None:
    (told,) = said(replace(NOTIFY, **changed))
    assert (told.outcome, told.differing, told.stands_by, told.stands_since) == ("differs", (differing,), BY, NOON)


def test_an_amendment_has_its_own_time_and_stands_from_then_on() -> None:
    (event,) = said(AMEND)
    assert isinstance(event, NoticeAmended)
    assert (event.submitted, event.consignments, event.counts, event.stated_by) == (LATER, ("C1", "C3"), True, BY)
    assert event.leads == Leads(mode="air", journey=ASHGABAT, stated=LATER)
    assert (event.unannounced, event.left, event.hear) == (not_any_more("C2"), ("C2",), ("C1", "C3"))
    state, _ = live(GIVEN, (AMEND, LATER))
    assert [each.at for each in state.notice.given] == [NOON, LATER]
    assert when(movement, state, AMEND, LATER + HOUR, subject=PORT) == []
    assert [each.outcome for each in when(movement, state, NOTIFY, LATER + HOUR, subject=PORT)] == ["differs"]


def test_of_one_time_there_is_one_amendment_and_without_a_notice_none() -> None:
    state, _ = live(GIVEN, (AMEND, LATER))
    (told,) = when(movement, state, replace(AMEND, vehicle=OTHER), LATER, subject=PORT)
    assert (told.outcome, told.differing) == ("differs", ("vehicle",))
    assert [each.amend_by for each in when(movement, given(movement), AMEND)] == [("NotifyArrival",)]


@pytest.mark.law("A4")
def test_art_37_2_1_a_notice_is_measured_by_when_customs_was_told_of_that_checkpoint_and_not_of_the_rest() -> None:
    """It came a day before; that other goods come, an hour after it was there, makes it neither late nor short."""
    arrived = (RecordArrival(movement="M1", checkpoint="ASB-AIR", mode="air"), NOON + DAY)
    late = (AMEND, NOON + DAY + HOUR)
    assert live(GIVEN, arrived, late)[0].notice.findings == ()
    assert live(GIVEN, late, arrived)[0].notice.findings == ()
    elsewhere = (replace(AMEND, checkpoint="MRY-AIR"), NOON + DAY + HOUR)
    assert live(GIVEN, arrived, elsewhere)[0].notice.findings == ()
    back = (AMEND, NOON + DAY + 2 * HOUR)
    assert live(GIVEN, arrived, elsewhere, back)[0].notice.findings == ()
    (finding,) = live(GIVEN, (elsewhere[0], LATER), arrived, back)[0].notice.findings
    assert (finding.rule, dict(finding.facts)["received"]) == ("A4", back[1].isoformat())


def test_what_was_wrong_is_put_right_as_if_only_that_had_been_announced() -> None:
    state, (event,) = live(GIVEN, (CORRECT, LATER))
    assert (event.submitted, event.corrects, event.counts) == (NOON, NOON, True)
    assert (event.unannounced, event.left, event.hear) == (not_any_more("C2"), ("C2",), ("C3",))
    alone, _ = live((replace(NOTIFY, consignments=("C3",)), NOON))
    assert state == alone
    assert when(movement, state, CORRECT, LATER, subject=PORT) == []
    earlier = (replace(CORRECT, submitted=NOON - HOUR), LATER)
    moved, _ = live(GIVEN, earlier)
    assert [(each.at, each.received, each.known) for each in moved.notice.given] == [(NOON - HOUR, NOON, LATER)]
    by_officer, _ = live(GIVEN, earlier, by=Subject("officer-1", "officer"))
    assert [(each.at, each.received) for each in by_officer.notice.given] == [(NOON - HOUR, NOON - HOUR)]


def test_two_are_not_put_at_one_time() -> None:
    state, _ = live(GIVEN, (AMEND, LATER))
    assert [each.outcome for each in when(movement, state, replace(CORRECT, submitted=LATER))] == ["differs"]


@pytest.mark.parametrize("asked", [AMEND, CORRECT, WITHDRAW])
def test_it_is_amended_by_whoever_stated_it_or_an_officer(asked: Any) -> None:
    assert [each.outcome for each in said(asked, by=Subject("officer-1", "officer"))] == ["recorded"]
    assert [each.outcome for each in said(asked, by=Subject("clerk-2", "administration"))] == ["differs"]


@pytest.mark.parametrize("asked", [replace(CORRECT, corrects=LATER), replace(WITHDRAW, withdraws=LATER)])
def test_what_was_given_at_another_time_is_not_amended_unseen(asked: Any) -> None:
    assert [(each.outcome, each.stands_since) for each in said(asked)] == [("differs", NOON)]


@pytest.mark.law("A9")
def test_art_37_2_1_a_notice_that_never_was_is_missing() -> None:
    arrived = (RecordArrival(movement="M1", checkpoint="ASB-AIR", mode="air"), NOON + DAY)
    state, events = live(GIVEN, arrived, (WITHDRAW, NOON + 2 * DAY))
    assert [each.type for each in events] == ["NoticeWithdrawn", "NoticeFindingsRecorded"]
    assert (events[0].leads, events[0].left) == (None, ("C1", "C2"))
    assert [each.rule for each in state.notice.findings] == ["A9"]
    assert [each.struck for each in state.notice.given] == [True]
    again, _ = live(GIVEN, (WITHDRAW, LATER), GIVEN)
    assert again == live(GIVEN)[0]


def test_without_its_amendment_the_notice_counts_again() -> None:
    _, (event,) = live(GIVEN, (AMEND, LATER), (WithdrawNotice(movement="M1", withdraws=LATER), LATER + HOUR))
    assert [(each.submitted, each.consignments) for each in event.stands] == [(NOON, ("C1", "C2"))]
    assert event.leads == Leads(mode="air", journey=ASHGABAT, stated=NOON)
    assert (event.unannounced, event.left, event.hear) == (not_any_more("C3"), ("C3",), ("C1", "C2"))


# --- what the goods hear ---


def told(event: Any) -> list[tuple[str, str]]:
    return [(to[-2:], type(each).__name__) for to, each in movement.react(event)]


@pytest.mark.law("A1")
def test_art_37_2_1_goods_hear_that_they_are_announced_anew_or_not_any_more() -> None:
    assert told(said(AMEND)[0]) == [
        ("C2", "WithdrawAnnouncement"),
        ("C1", "AnnounceConsignment"),
        ("C3", "AnnounceConsignment"),
        ("C1", "RecordGoodsJourney"),
        ("C3", "RecordGoodsJourney"),
        ("C2", "WithdrawGoodsJourney"),
    ]
    gone = NoticeWithdrawn(movement="M1", withdraws=NOON, unannounced=not_any_more("C1"), left=("C1",))
    assert told(gone) == [("C1", "WithdrawAnnouncement"), ("C1", "WithdrawGoodsJourney")]


def test_an_amendment_of_what_was_amended_since_tells_its_goods_nothing() -> None:
    later = replace(AMEND, consignments=("C1", "C4"))
    state, _ = live(GIVEN, (later, LATER + HOUR))
    (event,) = when(movement, state, AMEND, LATER, subject=PORT)
    assert (event.counts, event.stands, event.unannounced, event.left, event.hear) == (False, (), (), (), ())
    assert told(event) == []


def test_goods_that_a_journey_names_stay_on_it_and_are_announced_no_more() -> None:
    journey = ChangeJourney(movement="M1", mode="air", journey=(Call(place="MRY-AIR", unloads=("C2",)),))
    _, (event,) = live(GIVEN, (journey, LATER), (CORRECT, LATER + HOUR))
    assert (event.unannounced, event.left, event.hear) == (not_any_more("C2"), (), ("C3",))
    assert event.leads == Leads(mode="air", journey=journey.journey, stated=LATER)


ABOARD: dict[str, Any] = {"consignment": "C1", "movement": "M1"}
ANNOUNCE = AnnounceConsignment(**ABOARD, checkpoint="ASB-AIR", mode="air", expected=NOON, submitted=NOON)
ANNOUNCED = ConsignmentAnnounced(**ABOARD, checkpoint="ASB-AIR", mode="air", expected=NOON, submitted=NOON)


def test_goods_are_announced_once_and_otherwise_in_the_place_of_that() -> None:
    state = given(consignment, ANNOUNCED)
    assert when(consignment, state, ANNOUNCE) == []
    (event,) = when(consignment, state, replace(ANNOUNCE, expected=LATER, submitted=LATER))
    assert (event.expected, event.submitted, event.instead_of) == (LATER, LATER, NOON)
    assert when(consignment, folded(consignment, state, event), ANNOUNCE)[0].instead_of == LATER
    withdraw = WithdrawAnnouncement(**ABOARD, checkpoint="ASB-AIR")
    gone = ConsignmentAnnouncementWithdrawn(**ABOARD, checkpoint="ASB-AIR", withdraws=NOON)
    assert when(consignment, state, withdraw) == [gone]
    assert given(consignment, ANNOUNCED, gone) == given(consignment)
    assert when(consignment, given(consignment), withdraw) == []


def test_goods_pass_on_that_they_are_on_a_journey_anew_or_on_none() -> None:
    anew = RecordGoodsJourney(**ABOARD, mode="air", stated=NOON, unloaded_at=("ASB-AIR",), anew=True)
    assert when(consignment, given(consignment), anew) == [
        GoodsJourneyChanged(**ABOARD, mode="air", stated=NOON, unloaded_at=("ASB-AIR",), anew=True)
    ]
    assert when(consignment, given(consignment), WithdrawGoodsJourney(**ABOARD)) == [GoodsJourneyWithdrawn(**ABOARD)]


OFFICER = Subject("officer-1", "officer")


def test_art_37_2_1_when_customs_had_the_notice_differs_by_an_officers_word_alone_and_is_put_right() -> None:
    had, other = NOON - HOUR, NOON - 2 * HOUR
    (event,) = when(movement, given(movement), replace(NOTIFY, received=had), subject=OFFICER)
    before = given(movement, event)
    assert when(movement, before, replace(NOTIFY, received=had), subject=OFFICER) == []
    assert when(movement, before, replace(NOTIFY, received=other), subject=PORT) == []
    (told,) = when(movement, before, replace(NOTIFY, received=other), subject=OFFICER)
    assert (told.type, told.differing, told.stands) == (
        "StatementDiffers", ("received",), (("received", had.isoformat()),),
    )  # fmt: skip
    amend = AmendNotice(**SAID, received=other)
    assert [each.type for each in when(movement, before, amend, subject=OFFICER)] == ["StatementDiffers"]
    (right,) = when(movement, before, CorrectNotice(**SAID, corrects=NOON, received=other), subject=OFFICER)
    assert (right.type, right.received) == ("NoticeCorrected", other)
    again = CorrectNotice(**SAID, corrects=NOON, received=other)
    assert when(movement, folded(movement, before, right), again, subject=OFFICER) == []
