"""What was stated of the goods' leaving: once more, otherwise, put right, taken back; and their storage (Art. 7(1))."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

import pytest

from clearance.app import SERVICE
from clearance.consignment import consignment
from clearance.export import CorrectImmediateExport, RecordImmediateExport, WithdrawImmediateExport
from clearance.tests.declared import found
from clearance.tests.test_storage import BOMBS, CROSSED, DAY, KEPT_OUT, OF_ALL, STORE, UNTIL
from contracts.clearance import (
    ImmediateExportCorrected,
    ImmediateExportDone,
    ImmediateExportNotDone,
    ImmediateExportWithdrawn,
)
from contracts.stating import StatementDiffers, Stater
from decider import Party, Subject
from decider.tests.kit import NOON, Said, given, live, when

CARRIER = Subject("driver-1", "carrier", Party(number="77", issuer="TM"))
OTHER = Subject("driver-2", "carrier", Party(number="78", issuer="TM"))
OFFICER = Subject("officer-1", "officer", checkpoints=("FRP-MIX",))
BY = Stater(role="carrier", party="77", issuer="TM")
HOUR = timedelta(hours=1)
LATER, LATE = NOON + HOUR, UNTIL + HOUR

GONE = RecordImmediateExport(consignment="C1")
STAYS = RecordImmediateExport(consignment="C1", done=False)
DONE = ImmediateExportDone(consignment="C1", exported=NOON, stated_by=BY)
NOT_DONE = ImmediateExportNotDone(consignment="C1", stated=NOON, stated_by=BY)
CORRECT = CorrectImmediateExport(consignment="C1", corrects=NOON, exported=LATER)
CORRECTED = ImmediateExportCorrected(consignment="C1", done=True, exported=LATER, corrects=NOON, stated_by=BY)
WITHDRAW = WithdrawImmediateExport(consignment="C1", withdraws=NOON)
WITHDRAWN = ImmediateExportWithdrawn(consignment="C1", withdraws=NOON)
AMENDS = ("CorrectImmediateExport", "WithdrawImmediateExport")


def said(*before: Any, asked: Any, by: Subject = CARRIER, instant: Any = NOON) -> list[Any]:
    return when(consignment, given(consignment, *before), asked, instant, subject=by)


def lived(*inputs: tuple[Any, Any], recorded: Any = None, until: Any = UNTIL + 3 * DAY) -> tuple[Any, list[str]]:
    """The state, and the types of all events, after these; each recorded when it happened, or all at once later."""
    order = [Said(content=content, occurred=at, recorded=recorded or at) for content, at in inputs]
    state, events = live(consignment, order, until)
    return state, [event.type for event in events]


def stands(state: Any) -> Any:
    storage = state.storage
    return state.export.ordered, state.export.left, storage.terms, storage.ended, consignment.due(state)


CAME = ((CROSSED, CROSSED.crossed), (found(BOMBS), CROSSED.crossed))


def test_a_statement_says_when_and_by_whom_it_was_made() -> None:
    assert said(asked=GONE) == [DONE]
    assert said(asked=STAYS)[0] == NOT_DONE


def test_the_same_again_is_nothing_new_whoever_says_it_and_of_another_time_another_fact_and_the_first_counts() -> None:
    for before, again in ((DONE, GONE), (NOT_DONE, STAYS)):
        assert [each for each in said(before, asked=again) if "Export" in each.type] == []
        assert [each for each in said(before, asked=again, by=OTHER) if "Export" in each.type] == []
        for instant in (NOON - HOUR, LATER):
            assert said(before, asked=again, instant=instant)[0].type == before.type
    earlier = DONE.model_copy(update={"exported": NOON - HOUR})
    assert given(consignment, DONE, earlier).export.left == given(consignment, earlier, DONE).export.left == NOON - HOUR


def test_the_opposite_of_the_same_instant_differs_and_of_another_one_is_another_fact() -> None:
    assert said(NOT_DONE, asked=GONE)[0] == StatementDiffers(
        article="7(1)", rule="L2", statement="RecordImmediateExport", differing=("done", "why"),
        stands=(("done", "False"), ("why", "not_done")), stands_by=BY, stands_since=NOON, amend_by=AMENDS,
    )  # fmt: skip
    assert said(NOT_DONE, asked=GONE, instant=LATER)[0].type == "ImmediateExportDone"


def test_what_was_wrong_is_put_right_under_the_time_that_it_was_stated_for() -> None:
    assert said(DONE, asked=CORRECT) == [CORRECTED]
    assert said(DONE, CORRECTED, asked=CORRECT) == []
    assert given(consignment, DONE, CORRECTED).export.left == LATER
    (told,) = said(DONE, CORRECTED, asked=WITHDRAW)
    assert (told.outcome, told.stands_since) == ("differs", LATER)
    (told,) = said(asked=CORRECT)
    assert (told.outcome, told.amend_by) == ("differs", ("RecordImmediateExport",))


@pytest.mark.parametrize("asked", [CORRECT, WITHDRAW])
def test_who_stated_it_amends_it_and_an_officer_and_nobody_else(asked: Any) -> None:
    assert said(DONE, asked=asked)[0].outcome == "recorded"
    assert said(DONE, asked=asked, by=OFFICER)[0].outcome == "recorded"
    (told,) = said(DONE, asked=asked, by=OTHER)
    assert (told.outcome, told.stands_by) == ("differs", BY)


def test_what_never_was_may_be_stated_again() -> None:
    assert said(DONE, asked=WITHDRAW) == [WITHDRAWN]
    assert said(DONE, WITHDRAWN, asked=WITHDRAW) == []
    assert not given(consignment, DONE, WITHDRAWN).export.done
    assert said(DONE, WITHDRAWN, asked=GONE) == [DONE]


@pytest.mark.law("L3", "L4")
def test_art_7_1_an_export_put_right_to_a_time_after_the_term_ends_the_term() -> None:
    late = replace(CORRECT, corrects=LATER, exported=LATE)
    state, events = lived(*CAME, (STORE, NOON), (GONE, LATER), (late, LATE + HOUR))
    assert events[-3:] == ["ImmediateExportCorrected", "StorageTermEnded", "DisposalReferred"]
    assert stands(state) == stands(lived(*CAME, (STORE, NOON), (GONE, LATE))[0])
    assert state.storage.ended == (OF_ALL,)


@pytest.mark.law("L3", "L4")
def test_art_7_1_an_export_put_right_to_a_time_within_the_term_takes_its_end_back() -> None:
    right = replace(CORRECT, corrects=LATE, exported=LATER)
    state, events = lived(*CAME, (STORE, NOON), (GONE, LATE), (right, LATE + HOUR))
    assert events[-2:] == ["ImmediateExportCorrected", "StorageTermEndWithdrawn"]
    assert stands(state) == stands(lived(*CAME, (STORE, NOON), (GONE, LATER))[0])


@pytest.mark.law("L3", "L4")
def test_art_7_1_goods_that_did_not_leave_after_all_are_still_to_leave_and_their_term_ends() -> None:
    gone = replace(WITHDRAW, withdraws=LATER)
    state, _ = lived(*CAME, (STORE, NOON), (GONE, LATER), (gone, LATER + HOUR), until=UNTIL)
    assert [point.act for point in consignment.open_points(state) if "Export" in point.act] == ["RecordImmediateExport"]
    state, events = lived(*CAME, (STORE, NOON), (GONE, LATER), (gone, LATE))
    assert events[-3:] == ["ImmediateExportWithdrawn", "StorageTermEnded", "DisposalReferred"]
    assert stands(state) == stands(lived(*CAME, (STORE, NOON))[0])


def test_why_goods_did_not_leave_is_said_with_it_and_another_reason_differs() -> None:
    impossible = replace(STAYS, why="impossible")
    (event,) = said(asked=impossible)
    assert event == NOT_DONE.model_copy(update={"why": "impossible"})
    (told,) = said(event, asked=STAYS)
    assert (told.outcome, told.differing) == ("differs", ("why",))
    right = CorrectImmediateExport(consignment="C1", corrects=NOON, done=False, why="impossible")
    assert said(NOT_DONE, asked=right)[0].why == "impossible"


@pytest.mark.law("L3")
def test_art_7_1_that_goods_do_not_leave_begins_no_term_and_has_an_officer_place_them() -> None:
    for why in ("impossible", "not_done"):
        state, events = lived(*CAME, (replace(STAYS, why=why), NOON))
        found_of_it = [each for each in events if "Doubt" not in each]
        assert found_of_it == ["ImportProhibited", "ImmediateExportOrdered", "ImmediateExportNotDone"]
        assert (state.storage.terms, consignment.due(state)) == ((), ())
        points = [(point.act, point.who, point.article) for point in consignment.open_points(state)]
        assert ("PlaceInStorage", "officer", "7(1) para 2") in points
    state, events = lived(*CAME, (GONE, NOON), (replace(CORRECT, done=False, exported=None), LATER), until=LATER)
    assert events[-1] == "ImmediateExportCorrected"
    assert "PlaceInStorage" in [point.act for point in consignment.open_points(state)]


def test_of_goods_that_left_or_need_not_nobody_is_to_place_them() -> None:
    for order in ((NOT_DONE,), (*KEPT_OUT, NOT_DONE, DONE.model_copy(update={"exported": LATER}))):
        assert "PlaceInStorage" not in [point.act for point in consignment.open_points(given(consignment, *order))]


def test_that_goods_left_or_did_not_and_where_they_are_stored_is_an_officer_s_to_say() -> None:
    says = ("ImmediateExport", "Placement", "PlaceInStorage")
    roles = {route.command.__name__: route.roles for route in SERVICE.routes if route.command.__name__.endswith(says)}
    assert len(roles) == 6
    assert {*roles.values()} == {("officer",)}


@pytest.mark.parametrize("command", [RecordImmediateExport, partial(CorrectImmediateExport, corrects=NOON)])
def test_art_7_1_goods_that_left_have_no_reason_why_they_did_not(command: Any) -> None:
    with pytest.raises(ValueError, match="`why` says why the goods did not leave"):
        command(consignment="C1", done=True, why="impossible")
    assert command(consignment="C1", done=False, why="impossible").why == "impossible"
