from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest

from clearance.consignment import consignment
from clearance.declaration import LodgeDeclaration
from clearance.export import RecordImmediateExport
from clearance.placement import PlaceInStorage
from clearance.storage_terms import StorageTerm
from clearance.tests.declared import found
from contracts.arrival import GoodsCrossed
from contracts.clearance import (
    DisposalReferred,
    ImmediateExportDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    StorageTermEnded,
    StorageTermEndWithdrawn,
    TemporaryStorageStarted,
)
from contracts.doubts import GoodsDoubtDecided
from contracts.papers import GoodsLine, Papers
from contracts.placements import GoodsPlacedInStorage
from decider import Due, Input, OpenPoint
from decider.tests.kit import NOON, SOMEBODY, Said, given, live, step, when

BOMBS = "930690100"
UNTIL = datetime(2026, 3, 5, 19, tzinfo=UTC)  # 24:00 at Ashgabat on the third day after that of NOON.
MOMENT, HOUR, DAY = timedelta(microseconds=1), timedelta(hours=1), timedelta(days=1)
CROSSED = GoodsCrossed(
    consignment="C1", movement="M1", direction="in", mode="road", place="FRP-MIX", crossed=NOON - 2 * DAY,
    papers=Papers(consignment="C1", goods=(GoodsLine(code=BOMBS),)),
)  # fmt: skip
PROHIBITED = ImportProhibited(
    consignment="C1", codes=(BOMBS,), act="SAMPLE-PROHIBITIONS",
    citation="Sample act on prohibited imports (invented), item 1", layer="by-law",
)  # fmt: skip
ORDERED = ImmediateExportOrdered(consignment="C1")
PLACE = "Farap, store 2"
STORE = PlaceInStorage(consignment="C1", place=PLACE)
STORED = TemporaryStorageStarted(consignment="C1", place=PLACE, started=NOON, until=UNTIL)
PLACED = GoodsPlacedInStorage(consignment="C1", place=PLACE, placed=NOON)
BEGUN = (PLACED, STORED)
EXPORT = RecordImmediateExport(consignment="C1")
ENDED = StorageTermEnded(occurred=UNTIL, consignment="C1", until=UNTIL)
REFERRED = DisposalReferred(occurred=UNTIL, consignment="C1", until=UNTIL)
WITHDRAWN = StorageTermEndWithdrawn(consignment="C1", until=UNTIL)
DECIDED = GoodsDoubtDecided(consignment="C1", code=BOMBS, evidence=("examination",), decided=NOON - HOUR)
KEPT_OUT = (CROSSED, DECIDED, PROHIBITED, ORDERED)
OF_ALL = StorageTerm(until=UNTIL)
DUE = Due(name="StorageTerm", instant=UNTIL)
LEAVE = OpenPoint(act="RecordImmediateExport", who="carrier", article="7(1)")
DISPOSAL = OpenPoint(act="DecideDisposal", who="officer", article="7(1) para 2")


def exported(instant: datetime) -> ImmediateExportDone:
    return ImmediateExportDone(consignment="C1", exported=instant)


def placed(instant: datetime) -> GoodsPlacedInStorage:
    return GoodsPlacedInStorage(consignment="C1", place=PLACE, placed=instant)


def late(content: object, occurred: datetime, recorded: datetime) -> Input[object]:
    return Input(stream="consignment/C1", content=content, occurred=occurred, recorded=recorded, subject=SOMEBODY)


@pytest.mark.law("L3")
def test_art_7_1_goods_that_did_not_leave_at_once_are_stored_for_three_days_and_the_persons_of_art_9_pay() -> None:
    assert STORED.cost_bearer == "article_9_persons"
    state, events = step(consignment, given(consignment, *KEPT_OUT), late(STORE, NOON, NOON))
    assert events == [PLACED, STORED]
    assert consignment.due(state) == ((UNTIL, "StorageTerm"),)
    assert consignment.open_points(state) == (LEAVE,)


@pytest.mark.law("L3")
def test_art_7_1_the_first_statement_that_they_did_not_leave_begins_the_term_whatever_was_recorded_first() -> None:
    stored = given(consignment, *KEPT_OUT, *BEGUN)
    assert when(consignment, stored, STORE, NOON + DAY) == []
    earlier = STORED.model_copy(
        update={"started": NOON - DAY, "until": UNTIL - DAY, "instead_of": UNTIL},
    )
    state, events = step(consignment, stored, late(STORE, NOON - DAY, NOON + HOUR))
    assert events == [placed(NOON - DAY), earlier]
    assert consignment.due(state) == ((UNTIL - DAY, "StorageTerm"),)
    assert step(consignment, state, late(STORE, NOON, NOON + HOUR)) == (state, [])


@pytest.mark.law("L3", "L4")
def test_art_7_1_at_the_end_of_the_term_the_disposal_of_the_goods_is_referred_to_an_officer() -> None:
    stored = given(consignment, *KEPT_OUT, *BEGUN)
    state, events = step(consignment, stored, late(DUE, UNTIL, UNTIL + MOMENT))
    assert events == [ENDED, REFERRED]
    assert consignment.due(state) == ()
    assert consignment.open_points(state) == (DISPOSAL,)
    assert step(consignment, state, late(CROSSED, UNTIL, UNTIL + DAY))[1] == []


@pytest.mark.law("L3", "L4")
def test_art_7_1_a_deadline_that_is_fired_at_its_very_instant_holds_and_stays_fired() -> None:
    stored = given(consignment, *KEPT_OUT, *BEGUN)
    state, events = step(consignment, stored, late(DUE, UNTIL, UNTIL))
    assert events == [ENDED, REFERRED]
    assert step(consignment, state, late(STORE, NOON, UNTIL)) == (state, [])


@pytest.mark.law("L3")
def test_art_7_1_goods_that_left_within_the_term_have_none_that_ends() -> None:
    stored = given(consignment, *KEPT_OUT, *BEGUN)
    for instant in (NOON + MOMENT, UNTIL):
        state, events = step(consignment, stored, late(EXPORT, instant, UNTIL))
        assert events == [exported(instant)]
        assert (consignment.due(state), consignment.open_points(state)) == ((), ())
        assert step(consignment, state, late(CROSSED, UNTIL, UNTIL + DAY))[1] == []


@pytest.mark.law("L3")
@pytest.mark.parametrize("instant", [NOON + MOMENT, UNTIL])
def test_art_7_1_an_export_within_the_term_that_is_recorded_after_it_takes_its_end_back(instant: datetime) -> None:
    ended = given(consignment, *KEPT_OUT, *BEGUN, DUE, ENDED, REFERRED)
    state, events = step(consignment, ended, late(EXPORT, instant, UNTIL + DAY))
    assert events == [exported(instant), WITHDRAWN]
    assert WITHDRAWN.withdraws == (REFERRED.type, ENDED.type)
    assert consignment.open_points(state) == ()
    assert step(consignment, state, late(EXPORT, instant, UNTIL + DAY)) == (state, [])


@pytest.mark.law("L3", "L4")
def test_art_7_1_an_export_after_the_term_is_recorded_and_takes_nothing_back() -> None:
    ended = given(consignment, *KEPT_OUT, *BEGUN, DUE, ENDED, REFERRED)
    state, events = step(consignment, ended, late(EXPORT, UNTIL + MOMENT, UNTIL + DAY))
    assert events == [exported(UNTIL + MOMENT)]
    assert state.storage.ended == (OF_ALL,)
    assert consignment.open_points(state) == ()
    again, events = step(consignment, state, late(EXPORT, UNTIL, UNTIL + DAY))
    assert events == [exported(UNTIL), WITHDRAWN]
    assert again.storage.ended == ()


@pytest.mark.law("L3", "L4")
def test_art_7_1_storage_that_is_recorded_after_its_term_has_ended_is_referred_at_once() -> None:
    state, events = step(consignment, given(consignment, *KEPT_OUT), late(STORE, NOON, UNTIL + MOMENT))
    assert events == [PLACED, STORED, ENDED, REFERRED]
    assert consignment.due(state) == ()
    assert step(consignment, given(consignment, *KEPT_OUT), late(STORE, NOON, UNTIL))[1] == [PLACED, STORED]


@pytest.mark.law("L3", "L4")
def test_art_7_1_a_deadline_leads_to_nothing_while_no_order_to_leave_is_on_record_and_the_order_brings_it() -> None:
    stored = given(consignment, CROSSED.model_copy(update={"papers": None}), *BEGUN)
    state, events = step(consignment, stored, late(DUE, UNTIL, UNTIL + MOMENT))
    assert (events, consignment.due(state)) == ([], ())
    for before in (state, stored):
        word, *events = step(consignment, before, late(found(BOMBS), NOON, UNTIL + DAY))[1]
        assert (word.type, events) == ("GoodsDoubtDecided", [PROHIBITED, ORDERED, ENDED, REFERRED])
    assert step(consignment, stored, late(found(BOMBS), NOON, UNTIL))[1][1:] == [PROHIBITED, ORDERED]


@pytest.mark.law("L3")
def test_art_7_1_the_end_of_a_term_falls_with_the_prohibition() -> None:
    ended = given(consignment, *KEPT_OUT, *BEGUN, DUE, ENDED, REFERRED)
    before_the_act = CROSSED.model_copy(update={"crossed": datetime(2019, 12, 31, 12, tzinfo=UTC)})
    state, events = step(consignment, ended, late(before_the_act, before_the_act.crossed, UNTIL + DAY))
    gone = ImportProhibitionWithdrawn(consignment="C1", codes=(BOMBS,), act="SAMPLE-PROHIBITIONS", layer="by-law")
    assert events == [gone, ImmediateExportOrderWithdrawn(consignment="C1"), WITHDRAWN]
    assert [point.act for point in consignment.open_points(state)] == ["LodgeDeclaration"]


@pytest.mark.law("L3", "L4")
def test_art_7_1_an_earlier_start_that_is_recorded_later_moves_an_end_that_was_found() -> None:
    ended = given(consignment, *KEPT_OUT, *BEGUN, DUE, ENDED, REFERRED)
    earlier = STORED.model_copy(update={"started": NOON - DAY, "until": UNTIL - DAY, "instead_of": UNTIL})
    state, events = step(consignment, ended, late(STORE, NOON - DAY, UNTIL + DAY))
    moved = {"occurred": UNTIL - DAY, "until": UNTIL - DAY}
    assert events == [
        placed(NOON - DAY), earlier, WITHDRAWN, ENDED.model_copy(update=moved), REFERRED.model_copy(update=moved),
    ]  # fmt: skip
    assert (state.storage.ended, consignment.due(state)) == ((StorageTerm(until=UNTIL - DAY),), ())


def test_an_export_that_was_recorded_without_its_time_was_in_time() -> None:
    untimed = exported(NOON).model_copy(update={"exported": None})
    stored = given(consignment, *KEPT_OUT, *BEGUN, untimed)
    assert consignment.due(stored) == consignment.due(given(consignment, *KEPT_OUT, untimed, *BEGUN)) == ()
    assert step(consignment, stored, late(CROSSED, NOON, UNTIL + DAY))[1] == []


def test_the_door_says_done_unless_it_says_otherwise() -> None:
    assert RecordImmediateExport(consignment="C1").done


FACTS = {
    "crossed": (CROSSED, CROSSED.crossed),
    "decided": (found(BOMBS), NOON),
    "declared": (LodgeDeclaration(consignment="C1", declarant="Sample Imports", form="declaration"), NOON),
    "stored": (STORE, NOON),
    "stored again": (STORE, NOON + DAY),
}
LEFT = {"in time": UNTIL, "late": UNTIL + MOMENT, "never": None}


@pytest.mark.law("L3", "L4")
@pytest.mark.parametrize("left", LEFT)
@pytest.mark.parametrize("down", [None, UNTIL + 2 * DAY])
def test_art_7_1_no_order_of_recording_changes_how_the_storage_of_goods_ends(left: str, down: datetime | None) -> None:
    """Also where nothing is recorded and no deadline fires until the second day after the term."""
    when_left = LEFT[left]
    facts = [*FACTS.values(), *([(EXPORT, when_left)] if when_left else [])]
    ended = (OF_ALL,) if left != "in time" else ()
    for order in permutations(facts):
        recorded = down or max(instant for _, instant in facts)
        said = [Said(content=content, occurred=instant, recorded=recorded) for content, instant in order]
        state, events = live(consignment, said, UNTIL + 3 * DAY)
        assert state.storage.ended == ended
        assert (state.storage.terms, consignment.due(state), state.export.left) == ((OF_ALL,), (), when_left)
        standing = [event for event in events if event.type == "StorageTermEnded"]
        withdrawn = [event for event in events if event.type == "StorageTermEndWithdrawn"]
        assert len(standing) - len(withdrawn) == bool(ended)
