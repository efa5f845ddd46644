"""Several items, bodies, vehicles and ends; and what is recorded later than it happened."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalRequested,
    ImmediateExportDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    PermitReferred,
)
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.readiness import ReadyForRelease
from contracts.release import RegimeEnded
from decider.tests.kit import NOON, folded, given, when
from law.rule import Happened
from release.completion import approvals_are_given, clearance_is_complete, goods_are_placed
from release.consignment import consignment
from release.regime import EndRegime, end_is_new
from release.tests.goods import (
    ADMISSION,
    ASSESSED,
    BOMBS,
    CROSSED,
    DECLARED,
    LAWFUL,
    MEDICINE,
    PAID,
    PERMIT,
    PLAIN,
    PROHIBITED,
    REFERRED,
    SHOWN,
    WATER,
    ready,
    release,
    released,
)
from release.use import ReportUse

NOW = Happened(NOON, NOON)
EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(days=3)


def word(agency: str, granted: bool, decided: Any = NOON, reference: str = "V-1") -> Any:
    event = AgencyApprovalGranted if granted else AgencyApprovalRefused
    return event(consignment="C1", agency=agency, reference=reference, decided=decided)


def asked(agency: str, code: str) -> AgencyApprovalRequested:
    return AgencyApprovalRequested(
        consignment="C1", layer="by-law", agency=agency, codes=(code,), act="ACT-4", citation="Act 4, item 1"
    )


# --- both times ---


@pytest.mark.law("L1")
def test_art_5_1_20_a_release_and_the_end_of_a_regime_are_of_when_they_were_given_whenever_that_is_recorded() -> None:
    state = given(consignment, CROSSED, SHOWN, PLAIN)
    assert when(consignment, state, release(), NOON, LATER)[0].released == NOON
    (ended,) = when(consignment, state, EndRegime(consignment="C1"), NOON, LATER)
    assert ended == RegimeEnded(consignment="C1", ended=NOON)


@pytest.mark.law("C4")
def test_art_29_2_whether_an_end_says_anything_new_goes_by_when_it_was() -> None:
    state = given(consignment, RegimeEnded(consignment="C1", ended=NOON))
    for instant, new in ((EARLIER, True), (NOON, False), (NOON + timedelta(microseconds=1), True)):
        assert bool(when(consignment, state, EndRegime(consignment="C1"), instant, LATER)) == new


@pytest.mark.law("F18")
def test_art_36_a_use_is_reported_of_when_it_is_to_be_whenever_that_is_recorded() -> None:
    use = ReportUse(consignment="C1", use="disposal")
    (blocked,) = when(consignment, given(consignment), use, NOON, LATER)
    assert blocked.reported == NOON


# --- several vehicles, checkpoints, items ---


def test_of_goods_on_several_vehicles_the_crossing_that_happened_first_counts() -> None:
    later = CROSSED.model_copy(update={"movement": "M2", "crossed": LATER})
    for order in permutations([CROSSED, SHOWN, later]):
        assert given(consignment, *order).arrival.crossed == NOON


def test_goods_that_have_no_checkpoint_any_more_are_asked_for_at_none() -> None:
    here = CheckpointDetermined(consignment="C1", checkpoint="FRP-MIX", basis="facts")
    gone = CheckpointWithdrawn(consignment="C1", checkpoint="FRP-MIX")
    state = given(consignment, CROSSED, SHOWN, PLAIN, ready(1), here)
    assert [point.place for point in consignment.open_points(state)] == ["FRP-MIX"]
    assert [point.place for point in consignment.open_points(folded(consignment, state, gone))] == [None]


def test_what_is_ready_adds_up() -> None:
    state = given(consignment, PLAIN, ready(2), ready(1))
    assert state.clearance.readiness.items == (1, 2)
    whole = given(consignment, ReadyForRelease(consignment="C1", items=()), ready(1))
    assert whole.clearance.readiness.as_a_whole


@pytest.mark.law("L2")
def test_art_7_1_goods_that_were_released_as_one_are_all_of_them() -> None:
    whole = given(consignment, released(), released(3))
    assert whole.released.items == ()
    assert given(consignment, released(3), released(1)).released.items == (1, 3)


# --- bodies and permits ---


@pytest.mark.law("C5")
def test_art_29_2_each_body_has_its_own_last_word_whichever_was_recorded_first() -> None:
    words = [
        word("veterinary", True, reference="V-1"), word("veterinary", False, LATER, reference="V-2"),
        word("phytosanitary", True), word("veterinary", True, EARLIER, reference="V-3"),
    ]  # fmt: skip
    for order in permutations(words):
        found = given(consignment, *order).clearance.approvals.last
        assert {each.agency: each.granted for each in found} == {"veterinary": False, "phytosanitary": True}
    at_once = [word("veterinary", granted, reference=str(granted)) for granted in (True, False)]
    assert len({given(consignment, *order).clearance.approvals.words for order in permutations(at_once)}) == 1


@pytest.mark.law("C5")
def test_art_29_2_of_some_items_only_those_bodies_are_asked_whose_control_they_are_under() -> None:
    state = given(consignment, PLAIN, asked("veterinary", WATER), word("phytosanitary", True))
    assert not approvals_are_given(NOW, (1,), state.clearance)
    assert approvals_are_given(NOW, (2,), state.clearance)
    assert not approvals_are_given(NOW, (), state.clearance)


@pytest.mark.law("L5")
def test_art_7_5_several_permits_may_wait_for_the_officer() -> None:
    other = PermitReferred(
        consignment="C1", permit=PERMIT, number="P-2", findings=REFERRED.findings,
    )  # fmt: skip
    for order in permutations([REFERRED, other]):
        assert [each.number for each in given(consignment, *order).clearance.requirements.referred] == ["P-1", "P-2"]


# --- the end of clearance (Art. 29(2)) ---


def complete(state: Any, items: tuple[int, ...] = ()) -> bool:
    return clearance_is_complete(items, state.clearance, state.released, state.ends)


def placed(unit: int | None, state: Any) -> bool:
    return goods_are_placed(NOW, unit, state.clearance, state.released)


def new_end(state: Any) -> bool:
    return end_is_new((), NOON, state.clearance.declared, state.released, state.ends)


@pytest.mark.law("C4")
def test_art_29_2_of_goods_none_of_which_were_released_clearance_has_not_ended() -> None:
    nothing = given(consignment, CROSSED, SHOWN, DECLARED.model_copy(update={"items": ()}), ASSESSED, PAID)
    assert not complete(nothing)
    left = ImmediateExportDone(consignment="C1", exported=NOON)
    gone = given(consignment, CROSSED, SHOWN, PROHIBITED, left, ASSESSED, PAID)
    assert placed(None, gone)
    assert not complete(gone)


@pytest.mark.law("C4")
def test_art_29_2_clearance_of_some_items_ends_with_their_own_release_and_regime() -> None:
    before = (CROSSED, SHOWN, LAWFUL, ASSESSED, PAID)
    one = given(consignment, *before, released(1))
    assert [complete(one, items) for items in ((1,), (2,), ())] == [True, False, False]
    both = given(consignment, *before, released(1), released(2, regime=ADMISSION, term=True))
    assert [complete(both, items) for items in ((1,), (2,), ())] == [True, False, False]


@pytest.mark.law("C4", "L2")
def test_art_29_2_of_goods_that_have_left_those_are_placed_that_might_not_come_in() -> None:
    left = ImmediateExportDone(consignment="C1", exported=NOON)
    of_items = given(consignment, DECLARED, PROHIBITED, left)
    assert [placed(unit, of_items) for unit in (1, 2, 4)] == [False, True, False]
    assert [item.code for item in DECLARED.items] == [WATER, BOMBS, "240220900", MEDICINE]
    assert placed(None, given(consignment, PROHIBITED, left))
    assert not placed(2, given(consignment, DECLARED, PROHIBITED))


@pytest.mark.law("C4", "L2")
def test_art_29_2_goods_that_came_to_be_prohibited_after_others_had_left_are_not_done_with_until_they_leave_too() -> (
    None
):
    left = ImmediateExportDone(consignment="C1", exported=NOON)
    ordered = ImmediateExportOrdered(consignment="C1", after=NOON, since=LATER, movements=("M2",))
    waits = given(consignment, DECLARED, PROHIBITED, left, ordered)
    assert not placed(2, waits)
    assert placed(2, folded(consignment, waits, left.model_copy(update={"exported": LATER})))
    gone = ImmediateExportOrderWithdrawn(consignment="C1", after=NOON, movements=("M2",))
    assert placed(2, folded(consignment, waits, gone))
    done = given(consignment, CROSSED, SHOWN, DECLARED.model_copy(update={"items": DECLARED.items[:2]}), PROHIBITED,
                 left, ASSESSED, PAID, released(1))  # fmt: skip
    (completed,) = when(consignment, done, PAID.model_copy(update={"reference": "T-2"}))
    assert when(consignment, folded(consignment, done, completed), ordered, LATER) == []


@pytest.mark.law("C4")
def test_art_29_2_an_end_for_all_is_new_as_long_as_goods_as_one_may_still_be_released_under_a_regime() -> None:
    end_of_items = (RegimeEnded(consignment="C1", items=(1, 2), ended=NOON),)
    state = given(consignment, PLAIN, released(1, term=True), released(2, term=True), *end_of_items)
    assert new_end(state)
    as_one = given(consignment, PLAIN, released(term=True), RegimeEnded(consignment="C1", items=(1, 2), ended=NOON))
    assert not new_end(as_one)
