"""What is recorded later than it happened, and an act that is known later than it is in force."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from clearance import measures
from clearance.approvals import RecordApproval
from clearance.consignment import consignment
from clearance.export import RecordImmediateExport
from clearance.goods import Part
from clearance.permit_decisions import DecideOnPermit
from clearance.permits import PresentPermit
from clearance.placement import PlaceInStorage
from clearance.storage import three_days_or_as_an_act_sets
from clearance.tests.declared import SHOWN, WATER, crossed, found, lodge, ready
from clearance.upstream import Goods
from contracts.arrival import GoodsCrossingCorrected
from contracts.clearance import ImportProhibited, TemporaryStorageStarted
from contracts.measures import less
from decider import Due
from decider.tests.kit import NOON, given, play, when
from law.calendar import days_after
from law.rule import Happened
from law.tests.late_act import IN_FORCE, KNOWN, TIMES, UNKNOWN
from law.tests.late_act import late_act as late_act

LATER = NOON + timedelta(days=3)
BOMBS, BARRED_BY_ORIGIN = "930690100", "999902000"
BARRED, RESTRICTED, CONTROLLED = "999901000", "999903000", "999904000"
RESTRICTED_BY_ORIGIN, CONTROLLED_BY_ORIGIN = "999905000", "999906000"


def measured(events: list[Any]) -> list[tuple[str, str | None, str | None]]:
    """What acts make of goods: the event's type, its act, and the origin that it goes by."""
    return [(each.type, each.act, getattr(each, "origin", None)) for each in events if hasattr(each, "act")]


def test_what_somebody_stated_is_of_when_it_was_stated_whenever_that_is_recorded() -> None:
    permit = PresentPermit(consignment="C1", permit="late permit", number="P-1", issued_by="Sample Authority")
    word = DecideOnPermit(consignment="C1", permit="late permit", number="P-1", accepted=True)
    approval = RecordApproval(consignment="C1", agency="late body", granted=True, reference="V-1")
    gone = RecordImmediateExport(consignment="C1")
    stored = PlaceInStorage(consignment="C1", place="Farap, store 2")
    stated = {
        lodge((WATER, None)): "lodged",
        permit: "presented",
        word: "decided",
        approval: "decided",
        gone: "exported",
        stored: "placed",
    }
    for command, field in stated.items():
        events = when(consignment, given(consignment), command, NOON, LATER)
        assert [getattr(each, field) for each in events if hasattr(each, field)] == [NOON], command


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("L2", "L5", "L7", "C5")
@pytest.mark.parametrize(("occurred", "recorded", "holds"), TIMES)
def test_art_7_20_29_measures_hold_by_the_day_on_which_goods_came_in_as_it_was_known_when_that_was_recorded(
    occurred: datetime, recorded: datetime, holds: bool
) -> None:
    goods = ((BARRED, None), (BARRED_BY_ORIGIN, "XA"), (RESTRICTED, None), (CONTROLLED, None))
    expected = [
        ("ImportProhibited", "LATE", None),
        ("ImportProhibited", "LATE", "XA"),
        ("RestrictionOpened", "LATE", None),
        ("AgencyApprovalRequested", "LATE", None),
    ]
    declared = when(consignment, given(consignment), lodge(*goods), occurred, recorded)
    assert measured(declared) == (expected if holds else [])
    came = crossed(*goods).model_copy(update={"crossed": occurred})
    by_papers = when(consignment, given(consignment), came, occurred, recorded)
    assert measured(by_papers) == (expected[2:] if holds else [])
    doubted = [
        dict(each.facts)["act"]
        for event in by_papers
        if "findings" in event.model_fields_set
        for each in event.findings
    ]
    assert doubted == (["LATE", "LATE"] if holds else [])


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("L7", "L5", "C5")
def test_art_20_1_an_origin_is_named_where_the_act_goes_by_it_and_a_body_is_asked_once_for_all() -> None:
    goods = (
        (BARRED_BY_ORIGIN, "XA"), (BARRED_BY_ORIGIN, "XB"), (BARRED_BY_ORIGIN, "UZ"),
        (RESTRICTED_BY_ORIGIN, "XA"), (CONTROLLED_BY_ORIGIN, "XA"),
    )  # fmt: skip
    state, events = play(consignment, [crossed(*goods), lodge(*goods)], KNOWN)
    assert sorted(measured(events), key=str) == [
        ("AgencyApprovalRequested", "LATE", None),
        ("ImportProhibited", "LATE", "XA"),
        ("ImportProhibited", "LATE", "XB"),
        ("RestrictionOpened", "LATE", "XA"),
    ]
    assert measured(when(consignment, state, crossed(*goods), KNOWN)) == []
    then = crossed(*goods).model_copy(update={"crossed": datetime(2019, 12, 1, tzinfo=UTC)})
    before = GoodsCrossingCorrected(**dict(then) | {"type": "GoodsCrossingCorrected", "corrects": NOON})
    gone = measured(when(consignment, state, before, KNOWN))
    assert ("RestrictionWithdrawn", "LATE", "XA") in gone
    assert [type_ for type_, *_ in gone].count("ImportProhibitionWithdrawn") == 2


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("L5", "L1")
def test_art_7_1_goods_of_an_origin_that_no_act_restricts_become_ready_without_a_permit() -> None:
    goods = ((RESTRICTED_BY_ORIGIN, "XA"), (RESTRICTED_BY_ORIGIN, "UZ"))
    assert play(consignment, [crossed(*goods), SHOWN, lodge(*goods)], KNOWN)[1][-1] == ready(2)


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("L2")
def test_art_7_1_two_acts_that_forbid_the_same_goods_are_two_prohibitions() -> None:
    came = lodge((BOMBS, None))
    first = when(consignment, given(consignment), came, IN_FORCE, UNKNOWN)
    assert measured(first) == [("ImportProhibited", "SAMPLE-PROHIBITIONS", None)]
    both = when(consignment, given(consignment), came, IN_FORCE, KNOWN)
    assert [act for _, act, _ in measured(both)] == ["LATE", "SAMPLE-PROHIBITIONS"]
    bombs, now = Goods(code=BOMBS, since=KNOWN, known=KNOWN), Happened(KNOWN, KNOWN)
    one, other = measures.touched_by(measures.prohibited_goods, (Part(came_in=now, goods=(bombs,)),))
    assert less((one,), (other,)) == [one]
    assert less((one, other), (one,)) == [other]


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("L3")
@pytest.mark.parametrize(("occurred", "recorded", "holds"), TIMES)
def test_art_7_1_a_term_of_storage_goes_by_the_day_on_which_it_began_as_that_was_known(
    occurred: datetime, recorded: datetime, holds: bool
) -> None:
    found = three_days_or_as_an_act_sets(
        Happened(occurred, recorded), Goods(code=BARRED, since=occurred, known=recorded)
    )
    assert found is not None
    assert (found.until, found.act) == (days_after(occurred, 30 if holds else 3), "LATE" if holds else None)


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("L3")
@pytest.mark.parametrize(("recorded", "days"), [(KNOWN, 30), (UNKNOWN, 3)])
def test_art_7_1_a_placement_in_storage_takes_the_term_as_it_is_known_then(recorded: datetime, days: int) -> None:
    barred = ImportProhibited(
        consignment="C1", codes=(BARRED,), act="LATE", citation="Late act, item 1", layer="by-law"
    )
    stated = PlaceInStorage(consignment="C1", place="Farap, store 2")
    came = crossed((BARRED, None)).model_copy(update={"crossed": IN_FORCE})
    (said,) = when(consignment, given(consignment), found(BARRED), IN_FORCE, recorded)
    before = given(consignment, came, said, barred, recorded=recorded)
    events = when(consignment, before, stated, IN_FORCE, recorded)
    (begun,) = (each for each in events if isinstance(each, TemporaryStorageStarted))
    assert (begun.started, begun.until) == (IN_FORCE, days_after(IN_FORCE, days))


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("L3", "L5")
def test_art_7_1_what_is_known_only_by_the_end_of_a_term_says_nothing_of_goods_on_record_before() -> None:
    came = crossed((BOMBS, None), (RESTRICTED, None)).model_copy(update={"crossed": IN_FORCE})
    stated = PlaceInStorage(consignment="C1", place="Farap, store 2")
    state, events = play(consignment, [came, found(BOMBS), stated], IN_FORCE)
    assert ("RestrictionOpened", "LATE", None) not in measured(events)
    ((instant, name),) = consignment.due(state)
    at_its_end = when(consignment, state, Due(name=name, instant=instant), instant, KNOWN)
    assert measured(at_its_end) == [("StorageTermEnded", None, None)]
