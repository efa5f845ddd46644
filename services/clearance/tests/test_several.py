"""Several vehicles, permits, bodies and items: what is said of one is not said of another."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from clearance.approvals import RecordApproval
from clearance.consignment import consignment
from clearance.permit_decisions import DecideOnPermit, Decisions, decision_on
from clearance.permits import Permit, Permits, PresentPermit
from clearance.requirements import by_permit, defects
from clearance.storage_terms import less, with_term, without_term
from clearance.tests.declared import (
    APPLES,
    BARRED,
    BEEF,
    CIGARETTES,
    MEDICINE,
    RADIO,
    SHOWN,
    STARTED,
    WATER,
    crossed,
    lodge,
    lodged,
    measure,
    ready,
)  # fmt: skip
from clearance.tests.test_storage import BOMBS, OF_ALL
from contracts.arrival import Chapter8NotApplicable, ExemptionLost
from contracts.clearance import (
    AgencyApprovalRequested,
    ImmediateExportDone,
    ImmediateExportNotDone,
    ImportProhibited,
    PermitDecided,
    PermitRecorded,
    PermitReferred,
    RestrictionOpened,
    RestrictionSatisfactionWithdrawn,
    RestrictionSatisfied,
    TemporaryStorageStarted,
)
from contracts.measures import Measure, Measures
from contracts.payments import Payments
from contracts.permits import Met, Requirements, unmet
from contracts.readiness import ReadyForRelease
from contracts.values import PermitLine
from decider.tests.kit import NOON, folded, given, play, when
from law import Finding
from law.calendar import EARLIEST

EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
ACT, OF_MEDICINE = measure("restriction", MEDICINE)
HEALTH, RADIOS = OF_MEDICINE.requires or "", measure("restriction", RADIO)[1].requires or ""
BOTH = (crossed((MEDICINE, None), (RADIO, None)), SHOWN, lodge((MEDICINE, None), (RADIO, None)))


def permit(kind: str, *codes: str, number: str = "P-1") -> PresentPermit:
    lines = tuple(PermitLine(code=code, quantity="120", unit="kg") for code in codes)
    return PresentPermit(consignment="C1", permit=kind, number=number, issued_by="Sample Health Authority", lines=lines)


def decided(kind: str, accept: bool, number: str = "P-1") -> DecideOnPermit:
    return DecideOnPermit(consignment="C1", permit=kind, number=number, accepted=accept)


def types(events: list[Any]) -> list[str]:
    return [event.type for event in events]


def play_on(state: Any, *contents: Any) -> Any:
    """The state after these inputs too."""
    for content in contents:
        for event in when(consignment, state, content):
            state = folded(consignment, state, event)
    return state


def exempt(movement: str) -> Chapter8NotApplicable:
    return Chapter8NotApplicable(consignment="C1", movement=movement, exemption="non_stop")


def lost(movement: str) -> ExemptionLost:
    return ExemptionLost(consignment="C1", movement=movement, present_at="TKB-SEA", stopped=NOON)


# --- permits (Arts 7(1) para 3, 7(5)) ---


@pytest.mark.law("L5")
def test_art_7_1_each_permit_meets_what_its_own_kind_is_required_for_in_any_order() -> None:
    for order in permutations([permit(HEALTH, MEDICINE), permit(RADIOS, RADIO)]):
        state, _ = play(consignment, BOTH)
        for presented in order:
            met = [each for each in when(consignment, state, presented) if isinstance(each, RestrictionSatisfied)]
            assert [(each.permit, each.codes) for each in met] == [
                (presented.permit, (MEDICINE,) if presented.permit == HEALTH else (RADIO,))
            ]
            state = play_on(state, presented)
        assert state.readiness.items == (1, 2)


@pytest.mark.law("K1")
def test_art_7_5_goods_are_named_by_a_permit_of_the_kind_that_they_need() -> None:
    state, _ = play(consignment, BOTH)
    unnamed = Finding(rule="K1", article="7(5)", facts=(("goods not named", (MEDICINE,)),))
    state = play_on(state, permit(RADIOS, RADIO, MEDICINE))
    found = when(consignment, state, permit(HEALTH, WATER))
    assert [each.findings for each in found if isinstance(each, PermitReferred)] == [(unnamed,)]


@pytest.mark.law("K1")
def test_art_7_5_what_another_kind_of_permit_is_needed_for_is_no_defect_of_this_one() -> None:
    state, _ = play(consignment, BOTH)
    assert types(when(consignment, state, permit(HEALTH, MEDICINE))) == [
        "PermitRecorded", "RestrictionSatisfied", "ReadyForRelease",
    ]  # fmt: skip
    met = play_on(state, permit(HEALTH, MEDICINE))
    assert types(when(consignment, met, permit(HEALTH, WATER, number="P-2"))) == ["PermitRecorded"]


@pytest.mark.law("L5", "K1")
def test_art_7_5_the_officers_word_is_on_the_permit_that_it_names_and_on_no_other() -> None:
    state, _ = play(consignment, BOTH)
    waiting = play_on(state, permit(HEALTH), permit(RADIOS), permit(HEALTH, number="P-2"))
    assert len(waiting.requirements.referred) == 3
    found = when(consignment, waiting, decided(RADIOS, True))
    assert [(each.permit, each.codes) for each in found if isinstance(each, RestrictionSatisfied)] == [
        (RADIOS, (RADIO,))
    ]
    after = play_on(waiting, decided(RADIOS, True), decided(HEALTH, False, "P-2"))
    assert [(each.kind, each.number) for each in after.requirements.referred] == [(HEALTH, "P-1")]
    assert len(after.decisions.words) == 2
    assert types(when(consignment, after, decided(HEALTH, False))) == ["PermitDecided"]
    assert types(when(consignment, after, decided(RADIOS, False), LATER)) == [
        "PermitDecided", "RestrictionSatisfactionWithdrawn", "ReadyForReleaseWithdrawn",
    ]  # fmt: skip


@pytest.mark.law("L5")
def test_art_7_5_a_word_on_a_permit_as_it_was_presented_before_is_none_on_the_one_presented_since() -> None:
    state, _ = play(consignment, BOTH)
    for event in when(consignment, state, permit(HEALTH), LATER):
        state = folded(consignment, state, event)
    assert "RestrictionSatisfied" not in types(when(consignment, state, decided(HEALTH, True), NOON, LATER))
    assert "RestrictionSatisfied" in types(when(consignment, state, decided(HEALTH, True), LATER))


def test_a_permit_is_known_by_its_kind_and_number_and_another_content_of_it_differs() -> None:
    state = play_on(consignment.INITIAL, permit(HEALTH, MEDICINE))
    for other in (permit(RADIOS, MEDICINE), permit(HEALTH, MEDICINE, number="P-2")):
        assert types(when(consignment, state, other, EARLIER)) == ["PermitRecorded"]
        assert len(play_on(state, other).permits.presented) == 2
    for other in (permit(HEALTH, WATER), replace(permit(HEALTH, MEDICINE), issued_by="Another Authority")):
        assert types(when(consignment, state, other, EARLIER)) == ["StatementDiffers"]
        assert play_on(state, other) == state
    two = [
        PermitRecorded(consignment="C1", permit=HEALTH, number=number, issued_by="One", lines=(), presented=NOON)
        for number in ("P-1", "P-2")
    ]
    assert len({given(consignment, *order).permits.presented for order in permutations(two)}) == 1


@pytest.mark.law("L5")
def test_art_7_1_goods_that_two_acts_restrict_need_what_each_of_them_requires() -> None:
    by_health, by_radio = (
        Measure(act=act, citation="Item 1", layer="by-law", requires=kind, codes=(MEDICINE,))
        for act, kind in (("ACT-1", HEALTH), ("ACT-2", RADIOS))
    )
    met = Met(act="ACT-1", layer="by-law", kind=HEALTH, number="P-1", code=MEDICINE)
    known = Requirements(met=(met,))
    assert [unmet(each, known) for each in (by_health, by_radio)] == [(), (MEDICINE,)]
    assert unmet(replace(by_health, act="ACT-2"), known) == (MEDICINE,)
    several = [met, replace(met, act="ACT-2"), replace(met, kind=RADIOS), replace(met, number="P-2")]
    assert [codes for _, codes in by_permit(several)] == [(MEDICINE,)] * 4
    assert [codes for _, codes in by_permit([met, replace(met, code=BEEF)])] == [(BEEF, MEDICINE)]


@pytest.mark.law("K1")
def test_art_7_5_a_permit_for_which_nothing_waits_is_not_put_before_the_officer_though_another_kind_is_missing() -> (
    None
):
    of_radios = Measure(act="ACT-2", citation="Item 1", layer="by-law", requires=RADIOS, codes=(RADIO,))
    empty = Permit(kind=HEALTH, number="P-1", issued_by="Sample Health Authority", lines=(), at=NOON, known=NOON)
    restricted, nothing = Measures(restrictions=(of_radios,)), Requirements()
    assert defects(empty, None, Permits(presented=(empty,)), Decisions(), restricted, nothing) == ()
    assert defects(replace(empty, kind=RADIOS), None, Permits(), Decisions(), restricted, nothing) != ()


@pytest.mark.law("L5")
def test_art_7_1_what_is_no_more_met_is_met_no_more_and_a_word_of_an_unknown_time_yields_to_any_other() -> None:
    met = RestrictionSatisfied(consignment="C1", codes=(MEDICINE, BEEF), permit=HEALTH, number="P-1", act=ACT.id)
    gone = RestrictionSatisfactionWithdrawn(consignment="C1", codes=(BEEF,), permit=HEALTH, number="P-1", act=ACT.id)
    assert [each.code for each in given(consignment, met, gone).requirements.met] == [MEDICINE]
    words = [
        PermitDecided(consignment="C1", permit=HEALTH, number="P-1", accepted=at is None, decided=at)
        for at in (None, NOON)
    ]
    presented = Permit(
        kind=HEALTH, number="P-1", issued_by="Sample Health Authority", lines=(), at=EARLIEST, known=NOON
    )
    for order in permutations(words):
        word = decision_on(presented, given(consignment, *order).decisions)
        assert word is not None
        assert not word.accepted


# --- origins (Arts 7, 20(1)) ---


@pytest.mark.law("L7", "L1")
def test_art_20_1_goods_of_one_origin_are_barred_and_the_same_goods_of_another_are_not() -> None:
    one, other = (CIGARETTES, BARRED), (CIGARETTES, "UZ")
    assert play(consignment, [crossed(one, other), SHOWN, lodge(one, other)])[1][-1] == ready(2)
    assert play(consignment, [crossed(other), SHOWN, lodge(other, one)])[1][-1] == ready(1)


@pytest.mark.law("L5")
def test_art_7_1_a_restriction_by_origin_asks_a_permit_of_goods_of_that_origin_alone() -> None:
    by_origin = RestrictionOpened(
        consignment="C1", layer=ACT.layer, codes=(MEDICINE,), permit=HEALTH, act=ACT.id, citation=ACT.citation,
        origin=BARRED,
    )  # fmt: skip
    for origin, asked in ((BARRED, True), ("UZ", False), (None, False)):
        state = given(consignment, crossed((MEDICINE, origin)), by_origin, lodged((MEDICINE, origin)))
        assert ("PresentPermit" in [each.act for each in consignment.open_points(state)]) == asked


# --- bodies (Art. 29(2) para 2) ---


@pytest.mark.law("C5")
def test_art_29_2_each_body_has_its_own_word() -> None:
    goods = (crossed((BEEF, None), (APPLES, None)), lodge((BEEF, None), (APPLES, None)))
    state, events = play(consignment, goods)
    bodies = sorted(each.agency for each in events if isinstance(each, AgencyApprovalRequested))
    assert bodies == ["phytosanitary", "veterinary"]
    word = RecordApproval(consignment="C1", agency="veterinary", granted=True, reference="V-1")
    after = play_on(state, word)
    assert [each.act for each in consignment.open_points(after)].count("RecordApproval") == 1
    both = play_on(after, replace(word, agency="phytosanitary"))
    assert len(both.approvals.words) == 2
    other = replace(word, reference="V-2")
    assert types(when(consignment, after, other, EARLIER)) == ["AgencyApprovalGranted"]
    assert types(when(consignment, after, replace(word, granted=False), EARLIER)) == ["StatementDiffers"]


@pytest.mark.law("C5")
def test_art_29_2_of_goods_that_have_to_leave_no_body_is_asked_for_its_approval() -> None:
    barred = ImportProhibited(consignment="C1", codes=(BEEF,), act="ACT-1", citation="Act 1", layer="by-law")
    asked = AgencyApprovalRequested(
        consignment="C1", layer="by-law", agency="veterinary", codes=(BEEF,), act="ACT-2", citation="Act 2"
    )
    goods = ((BEEF, None), (WATER, None))
    state = given(consignment, crossed(*goods), barred, asked, lodged(*goods))
    assert "RecordApproval" not in [each.act for each in consignment.open_points(state)]


# --- vehicles, and goods on them (Arts 8(1), 37(3)) ---


@pytest.mark.law("C5")
def test_goods_that_two_vehicles_brought_are_all_measured() -> None:
    _, events = play(consignment, [crossed((BEEF, None)), crossed((APPLES, None), movement="M2"), lodge()])
    assert types(events).count("AgencyApprovalRequested") == 2
    state, _ = play(consignment, [crossed((BEEF, None)), crossed((APPLES, None), movement="M2")])
    assert [each.codes for each in state.measures.controls] == [(APPLES,), (BEEF,)]


@pytest.mark.law("A7")
def test_art_37_3_goods_need_not_be_shown_where_all_their_vehicles_were_not_to_stop_and_none_did() -> None:
    flown, more = crossed((WATER, "UZ")), crossed((WATER, "UZ"), movement="M2")
    declared = lodge((WATER, "UZ"))
    assert play(consignment, [flown, more, exempt("M1"), exempt("M2"), declared])[1][-1] == ready(1)
    assert play(consignment, [flown, more, exempt("M2"), declared])[1][-1] == lodged((WATER, "UZ"))
    for order in permutations([exempt("M1"), exempt("M2"), lost("M1"), lost("M2")]):
        assert play(consignment, [flown, more, *order, declared])[1][-1] == lodged((WATER, "UZ"))
    assert play(consignment, [flown, exempt("M1"), lost("M2"), declared])[1][-1] == ready(1)
    assert play(consignment, [flown, exempt("M1"), lost("M1"), lost("M2"), declared])[1][-1] == lodged((WATER, "UZ"))


# --- items, payments ---


def test_what_is_ready_is_said_once_of_each_item() -> None:
    state = given(consignment, crossed(), STARTED, lodged((WATER, None), (WATER, "UZ")), ready(2), ready(1))
    assert state.readiness.items == (1, 2)
    assert when(consignment, state, SHOWN) == []
    whole = given(consignment, ReadyForRelease(consignment="C1", items=()), ready(1))
    assert (whole.readiness.items, whole.readiness.as_a_whole) == ((1,), True)


@pytest.mark.law("L9")
def test_art_29_2_what_was_not_computed_is_not_collected() -> None:
    assert not Payments().are_collected


# --- terms of storage (Art. 7(1) para 2) ---


@pytest.mark.law("L3")
def test_art_7_1_terms_of_one_act_are_told_apart_by_their_end_and_lose_goods_one_by_one() -> None:
    one = replace(OF_ALL, act="ACT-1", codes=(WATER, BOMBS))
    later = replace(one, until=OF_ALL.until + timedelta(days=1))
    assert less((one,), (replace(one, codes=(BOMBS,)),)) == (replace(one, codes=(WATER,)),)
    assert less((one,), (later,)) == (one,)
    assert less((OF_ALL,), (one,)) == (OF_ALL,)
    assert less((OF_ALL,), (OF_ALL,)) == ()
    assert with_term((replace(one, codes=(WATER,)), later), replace(one, codes=(BOMBS,))) == (one, later)
    assert without_term((one, later), one) == (later,)


@pytest.mark.law("L3")
def test_art_7_1_the_term_runs_from_the_first_statement_and_a_second_term_does_not_move_it() -> None:
    said = [ImmediateExportNotDone(consignment="C1", stated=at) for at in (NOON, LATER)]
    for order in permutations(said):
        not_done = given(consignment, *order).export.exports.not_done
        assert not_done
        assert not_done.at == NOON
    terms = [
        TemporaryStorageStarted(consignment="C1", started=NOON, until=until, act=act, codes=codes)
        for until, act, codes in ((OF_ALL.until, None, None), (OF_ALL.until + timedelta(days=9), "ACT-1", (BOMBS,)))
    ]
    for both in permutations(terms):
        state = given(consignment, *both)
        assert len(consignment.due(state)) == len(state.storage.terms) == 2


@pytest.mark.law("L3")
def test_art_7_1_goods_that_left_after_one_term_and_before_another_have_only_the_deadline_that_they_missed() -> None:
    first = TemporaryStorageStarted(consignment="C1", started=NOON, until=OF_ALL.until)
    second = first.model_copy(update={"until": OF_ALL.until + timedelta(days=9), "act": "ACT-1", "codes": (BOMBS,)})
    left = ImmediateExportDone(consignment="C1", exported=OF_ALL.until + timedelta(days=1))
    assert [at for at, _ in consignment.due(given(consignment, first, second, left))] == [first.until]
