"""Prohibited goods that are placed in storage: which of them, where, since when, and their terms (Art. 7(1) para 2)."""

from dataclasses import replace
from datetime import datetime
from itertools import permutations
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.export import RecordImmediateExport
from clearance.placement import CorrectPlacement, WithdrawPlacement
from clearance.tests.declared import SHOWN, WATER, crossed, found, lodge
from clearance.tests.test_storage import BOMBS, CROSSED, DAY, HOUR, PLACE, STORE, UNTIL
from contracts.placements import GoodsPlacedInStorage, PlacementCorrected, PlacementWithdrawn
from contracts.stating import StatementDiffers, Stater
from decider import Subject
from decider.tests.kit import NOON, Said, facts, given, live, when
from law.calendar import days_after

OFFICER = Subject("officer-1", "officer", checkpoints=("FRP-MIX",))
BY = Stater(role="officer", checkpoints=("FRP-MIX",))
LATER, LATE = NOON + HOUR, UNTIL + HOUR
MINES = "930690200"
PLACED = GoodsPlacedInStorage(consignment="C1", place=PLACE, placed=NOON, stated_by=BY)
CORRECT = CorrectPlacement(consignment="C1", corrects=NOON, place="Farap, store 3")
CORRECTED = PlacementCorrected(consignment="C1", place="Farap, store 3", placed=NOON, corrects=NOON, stated_by=BY)
WITHDRAW = WithdrawPlacement(consignment="C1", withdraws=NOON)
WITHDRAWN = PlacementWithdrawn(consignment="C1", withdraws=NOON)
STAYS, GONE = RecordImmediateExport(consignment="C1", done=False), RecordImmediateExport(consignment="C1")
CAME = (CROSSED, CROSSED.crossed)


def said(*before: Any, asked: Any, instant: Any = NOON) -> list[Any]:
    return when(consignment, given(consignment, *before), asked, instant, subject=OFFICER)


def lived(*inputs: tuple[Any, Any], recorded: Any = None, until: Any = LATER) -> tuple[Any, list[str]]:
    """The state, and the types of all events; each recorded when it happened, or all at once later."""
    order = [Said(content=content, occurred=at, recorded=recorded or at) for content, at in inputs]
    state, events = live(consignment, order, until)
    return state, [event.type for event in events]


def terms(state: Any) -> list[tuple[tuple[str, ...], datetime]]:
    return [(each.codes, each.until) for each in state.storage.terms]


def test_a_placement_says_where_when_and_by_whom_it_was_stated_and_the_same_again_is_nothing_new() -> None:
    assert said(asked=STORE) == [PLACED]
    assert said(PLACED, asked=STORE) == said(PLACED, asked=STORE, instant=LATER) == []
    elsewhere = replace(STORE, place="Farap, store 3")
    assert said(PLACED, asked=elsewhere)[0].outcome == "differs"
    assert [each.place for each in said(PLACED, asked=elsewhere, instant=LATER)] == ["Farap, store 3"]


def test_what_was_wrong_is_put_right_under_its_time_and_its_items_and_what_never_was_is_taken_back() -> None:
    assert said(PLACED, asked=CORRECT) == [CORRECTED]
    assert said(PLACED, CORRECTED, asked=CORRECT) == []
    assert said(PLACED, asked=WITHDRAW) == [WITHDRAWN]
    assert said(PLACED, WITHDRAWN, asked=WITHDRAW) == []
    assert said(PLACED, WITHDRAWN, asked=STORE) == [PLACED]
    for asked in (CORRECT, WITHDRAW, replace(CORRECT, stated_for=(1,))):
        (told,) = said(asked=asked)
        assert told == StatementDiffers(
            article="7(1) para 2", rule="L3", statement=type(asked).__name__, amend_by=("PlaceInStorage",)
        )


@pytest.mark.law("L3")
def test_art_7_1_the_three_days_run_from_the_placement_and_not_from_the_word_that_goods_do_not_leave() -> None:
    state, events = lived(CAME, (STAYS, NOON - DAY), (STORE, NOON), until=NOON)
    assert events[-3:] == ["ImmediateExportNotDone", "GoodsPlacedInStorage", "TemporaryStorageStarted"]
    assert terms(state) == [((), days_after(NOON, 3))]


@pytest.mark.law("L3")
def test_art_7_1_no_term_begins_before_the_goods_have_crossed() -> None:
    state, _ = lived((lodge((BOMBS, None)), NOON), (STAYS, NOON), (STORE, NOON))
    assert (terms(state), consignment.due(state)) == ([], ())
    late = crossed((BOMBS, None)).model_copy(update={"crossed": NOON + 2 * DAY})
    for order in permutations([(late, NOON + 2 * DAY), (STORE, NOON), (STAYS, NOON)]):
        state, _ = lived(*order, recorded=NOON + 2 * DAY, until=NOON + 2 * DAY)
        assert terms(state) == [((), days_after(NOON + 2 * DAY, 3))]


@pytest.mark.law("L3", "L4")
def test_art_7_1_each_of_the_goods_has_its_term_from_its_own_placement() -> None:
    came = crossed((BOMBS, None), (MINES, None), (WATER, None)).model_copy(update={"crossed": NOON - DAY})
    declared = lodge((BOMBS, None), (MINES, None), (WATER, None))
    first, second = replace(STORE, items=(1,)), replace(STORE, items=(2,), place="Farap, store 3")
    facts_ = [(came, NOON - DAY), (declared, NOON - DAY), (STAYS, NOON - DAY), (first, NOON), (second, NOON + DAY)]
    for order in permutations(facts_[1:]):
        state, _ = lived(facts_[0], *order, recorded=NOON + DAY, until=NOON + DAY)
        assert terms(state) == [((BOMBS,), UNTIL), ((MINES,), UNTIL + DAY)]
    one_only, _ = lived(*facts_[:4], until=NOON)
    assert terms(one_only) == [((BOMBS,), UNTIL)]
    assert "PlaceInStorage" in [point.act for point in consignment.open_points(one_only)]
    all_there, _ = lived(*facts_, until=NOON + DAY)
    assert "PlaceInStorage" not in [point.act for point in consignment.open_points(all_there)]


@pytest.mark.law("L3", "L4")
def test_art_7_1_a_placement_that_never_was_has_no_term_and_none_that_ended() -> None:
    state, events = lived(CAME, (found(BOMBS), NOON - DAY), (STORE, NOON), (WITHDRAW, LATE), until=LATE)
    assert events[-3:] == ["PlacementWithdrawn", "StorageTermWithdrawn", "StorageTermEndWithdrawn"]
    assert (terms(state), state.storage.ended) == ([], ())


@pytest.mark.law("L3")
def test_art_7_1_with_the_first_placement_taken_back_or_put_right_the_term_follows() -> None:
    twice = [CAME, (STORE, NOON), (STORE, NOON - DAY)]
    state, _ = lived(*twice, (replace(WITHDRAW, withdraws=NOON - DAY), LATER), recorded=LATER)
    assert facts(state.storage) == facts(lived(CAME, (STORE, NOON), recorded=LATER)[0].storage)
    right = (replace(CORRECT, place=PLACE, placed=NOON - DAY), LATER)
    state, events = lived(CAME, (STORE, NOON), right, recorded=LATER)
    assert events[-2:] == ["PlacementCorrected", "TemporaryStorageStarted"]
    assert terms(state) == [((), UNTIL - DAY)]
    assert lived(CAME, (STORE, NOON), (SHOWN, LATER), recorded=LATER)[1][-1] == "TemporaryStorageStarted"
