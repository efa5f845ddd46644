from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.permit_decisions import DecideOnPermit
from clearance.permits import CorrectPermit, PresentPermit
from clearance.tests.declared import MEDICINE, RADIO, SHOWN, WATER, crossed, lodge, measure, ready
from contracts.clearance import (
    PermitCorrected,
    PermitDecided,
    PermitRecorded,
    PermitReferralWithdrawn,
    PermitReferred,
    RestrictionOpened,
    RestrictionSatisfactionWithdrawn,
    RestrictionSatisfied,
)
from contracts.values import PermitLine
from decider import OpenPoint
from decider.tests.kit import NOON, given, play, when
from law import Facts, Finding

ACT, MEASURE = measure("restriction", MEDICINE)
OTHER_ACT, OTHER = measure("restriction", RADIO)
KIND, OTHER_KIND = MEASURE.requires or "", OTHER.requires or ""
SYRUP = "300490200"
EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


def line(code: str | None) -> PermitLine:
    return PermitLine(code=code, quantity="120", unit="kg")


def permit(*lines: PermitLine, number: str = "P-1", kind: str = KIND) -> PresentPermit:
    return PresentPermit(consignment="C1", permit=kind, number=number, issued_by="Sample Health Authority", lines=lines)


def recorded_permit(of: PresentPermit, *findings: Finding) -> PermitRecorded:
    return PermitRecorded(
        consignment="C1",
        permit=of.permit,
        number=of.number,
        issued_by=of.issued_by,
        lines=of.lines,
        presented=NOON,
        findings=findings,
    )


def defect(*facts: tuple[str, Any]) -> Finding:
    said: Facts = facts
    return Finding(rule="K1", article="7(5)", facts=said)


def met(*codes: str, number: str = "P-1", since: datetime = NOON) -> RestrictionSatisfied:
    return RestrictionSatisfied(
        consignment="C1", layer=ACT.layer, codes=codes, permit=KIND, number=number, act=ACT.id, met=since
    )


def no_more_met(*codes: str, number: str = "P-1") -> RestrictionSatisfactionWithdrawn:
    return RestrictionSatisfactionWithdrawn(
        consignment="C1", layer=ACT.layer, codes=codes, permit=KIND, number=number, act=ACT.id
    )


def referred(*findings: Finding, number: str = "P-1") -> PermitReferred:
    return PermitReferred(consignment="C1", permit=KIND, number=number, findings=findings)


def referred_no_more(*findings: Finding, number: str = "P-1") -> PermitReferralWithdrawn:
    return PermitReferralWithdrawn(consignment="C1", permit=KIND, number=number, findings=findings)


OPENED = RestrictionOpened(
    consignment="C1", layer=ACT.layer, codes=(MEDICINE,), permit=KIND, act=ACT.id, citation=ACT.citation
)
GOODS = crossed((MEDICINE, None))
SOUND = permit(line(MEDICINE))
SHORT = permit(PermitLine(code="3004", quantity="120"), line(MEDICINE))
LACKING = defect(("code", ("1",)), ("unit", ("1",)))
YES = DecideOnPermit(consignment="C1", permit=KIND, number="P-1", accepted=True)
NO = replace(YES, accepted=False)
ACCEPTED = PermitDecided(consignment="C1", permit=KIND, number="P-1", accepted=True, decided=NOON)
REJECTED = ACCEPTED.model_copy(update={"accepted": False})
PRESENT = OpenPoint(act="PresentPermit", who="declarant", article="7(1) para 3")
DECIDE = OpenPoint(act="DecideOnPermit", who="officer", article="7(5)")


def points(*events: Any) -> list[str]:
    return [each.act for each in consignment.open_points(given(consignment, *events)) if "Permit" in each.act]


@pytest.mark.law("L5")
def test_art_7_1_a_permit_that_names_the_goods_meets_what_is_required_of_them_in_any_order() -> None:
    assert when(consignment, given(consignment, GOODS, OPENED), SOUND) == [recorded_permit(SOUND), met(MEDICINE)]
    assert when(consignment, given(consignment, recorded_permit(SOUND)), GOODS) == [OPENED, met(MEDICINE)]
    ends = [play(consignment, order)[0] for order in permutations([GOODS, SOUND, SHOWN, lodge((MEDICINE, None))])]
    assert all(end == ends[0] and end.readiness.items == (1,) for end in ends)


@pytest.mark.law("L5")
def test_art_7_1_a_permit_is_of_its_kind_and_for_the_goods_that_it_names() -> None:
    other = permit(line(MEDICINE), kind=OTHER_KIND)
    assert when(consignment, given(consignment, GOODS, OPENED), other) == [recorded_permit(other)]
    both = OPENED.model_copy(update={"codes": (MEDICINE, SYRUP)})
    seen = given(consignment, crossed((MEDICINE, None), (SYRUP, None)), both)
    syrup = permit(line(SYRUP), line(WATER))
    unnamed = defect(("goods not named", (MEDICINE,)))
    assert when(consignment, seen, syrup) == [recorded_permit(syrup), met(SYRUP), referred(unnamed)]


@pytest.mark.law("L5")
def test_art_7_1_goods_that_need_a_permit_become_ready_with_it() -> None:
    both = crossed((MEDICINE, None), (WATER, None))
    state, recorded = play(consignment, [both, SHOWN, lodge((MEDICINE, "UZ"), (WATER, None))])
    assert recorded[-1] == ready(2)
    assert when(consignment, state, SOUND)[1:] == [met(MEDICINE), ready(1)]


@pytest.mark.law("K1")
def test_art_7_5_what_a_permit_lacks_is_a_finding_and_goes_to_the_officer() -> None:
    before = given(consignment, GOODS, OPENED)
    assert when(consignment, before, SHORT) == [recorded_permit(SHORT, LACKING), referred(LACKING)]
    bare = permit(PermitLine(code=MEDICINE))
    without = defect(("quantity", ("1",)), ("unit", ("1",)))
    assert when(consignment, before, bare) == [recorded_permit(bare, without), referred(without)]
    empty = permit()
    none, unnamed = defect(("lines", "none")), defect(("goods not named", (MEDICINE,)))
    assert when(consignment, before, empty) == [recorded_permit(empty, none), referred(none, unnamed)]


@pytest.mark.law("K1")
@pytest.mark.parametrize("code", [None, "30049010", "3004901000", "30049010a", "٣٠٠٤٩٠١٠٠"])
def test_art_7_5_a_code_has_nine_digits(code: str | None) -> None:
    wrong = permit(line(code))
    assert when(consignment, given(consignment), wrong) == [recorded_permit(wrong, defect(("code", ("1",))))]


@pytest.mark.law("K1", "L5")
def test_art_7_5_a_code_may_be_written_in_groups() -> None:
    grouped = permit(line("3004 90 100"))
    assert when(consignment, given(consignment, GOODS, OPENED), grouped) == [recorded_permit(grouped), met(MEDICINE)]


@pytest.mark.law("K1")
def test_art_7_5_nothing_goes_to_the_officer_while_no_act_on_record_asks_for_the_permit() -> None:
    assert when(consignment, given(consignment), SHORT) == [recorded_permit(SHORT, LACKING)]
    assert when(consignment, given(consignment, recorded_permit(SHORT, LACKING)), GOODS) == [OPENED, referred(LACKING)]


@pytest.mark.law("L5", "K1")
def test_art_7_5_whether_a_permit_with_a_defect_will_do_is_the_officer_s_word() -> None:
    waiting = (GOODS, OPENED, recorded_permit(SHORT, LACKING), referred(LACKING))
    assert points(*waiting) == ["DecideOnPermit"]
    assert when(consignment, given(consignment, *waiting), YES) == [ACCEPTED, met(MEDICINE)]
    assert points(*waiting, ACCEPTED, met(MEDICINE)) == []
    assert when(consignment, given(consignment, *waiting), NO) == [REJECTED]
    assert points(*waiting, REJECTED) == ["PresentPermit"]
    assert DECIDE in consignment.open_points(given(consignment, *waiting))
    assert PRESENT in consignment.open_points(given(consignment, *waiting, REJECTED))


@pytest.mark.law("L5")
def test_art_7_5_a_permit_that_was_turned_down_may_be_followed_by_another_or_by_a_better_one() -> None:
    waiting = (GOODS, OPENED, recorded_permit(SHORT, LACKING), referred(LACKING))
    second = permit(line(MEDICINE), number="P-2")
    assert when(consignment, given(consignment, *waiting, REJECTED), second) == [
        recorded_permit(second),
        met(MEDICINE, number="P-2"),
    ]
    mend = CorrectPermit(
        consignment="C1", permit=KIND, number="P-1", corrects=NOON, issued_by=SOUND.issued_by, lines=SOUND.lines,
        presented=LATER,
    )  # fmt: skip
    mended = PermitCorrected(
        consignment="C1", permit=KIND, number="P-1", issued_by=SOUND.issued_by, lines=SOUND.lines, presented=LATER,
        corrects=NOON,
    )  # fmt: skip
    assert when(consignment, given(consignment, *waiting, REJECTED), mend, LATER) == [
        mended,
        met(MEDICINE, since=LATER),
    ]
    assert when(consignment, given(consignment, *waiting), second)[-1] == referred_no_more(LACKING)


@pytest.mark.law("L5")
def test_art_7_1_a_requirement_is_met_since_the_permit_was_presented_or_since_the_officer_accepted_it() -> None:
    """Whenever either is recorded: a release is measured by it."""
    opened = given(consignment, GOODS, OPENED)
    assert when(consignment, opened, SOUND, EARLIER, LATER)[-1] == met(MEDICINE, since=EARLIER)
    waiting = given(consignment, GOODS, OPENED, recorded_permit(SHORT, LACKING), referred(LACKING))
    assert when(consignment, waiting, YES, LATER)[-1] == met(MEDICINE, since=LATER)


@pytest.mark.law("L5")
def test_art_7_5_of_two_words_of_the_officer_the_later_stands_whichever_was_recorded_first() -> None:
    later_no = REJECTED.model_copy(update={"decided": LATER})
    before = (GOODS, OPENED, recorded_permit(SHORT, LACKING))
    accepted = given(consignment, *before, ACCEPTED, met(MEDICINE))
    assert when(consignment, accepted, NO, LATER) == [later_no, no_more_met(MEDICINE)]
    assert when(consignment, given(consignment, *before, later_no), YES) == [ACCEPTED]
    assert given(consignment, ACCEPTED, later_no) == given(consignment, later_no, ACCEPTED)


def test_the_same_word_and_the_same_permit_are_recorded_once_and_a_word_again_on_what_was_presented_since() -> None:
    seen = given(consignment, recorded_permit(SOUND), ACCEPTED)
    assert when(consignment, seen, SOUND) == when(consignment, seen, SOUND, EARLIER) == []
    assert when(consignment, seen, SOUND, LATER) == []
    assert when(consignment, seen, YES) == when(consignment, seen, YES, LATER) == []
    assert when(consignment, seen, YES, EARLIER) == [ACCEPTED.model_copy(update={"decided": EARLIER})]
    since = given(consignment, recorded_permit(SOUND).model_copy(update={"presented": LATER}), ACCEPTED)
    assert when(consignment, since, YES, LATER) == [ACCEPTED.model_copy(update={"decided": LATER})]


@pytest.mark.law("L5")
def test_art_7_1_what_was_met_falls_with_what_was_required() -> None:
    state, _ = play(consignment, [GOODS, SOUND])
    before_the_act = GOODS.model_copy(update={"crossed": NOON.replace(year=2019)})
    events = when(consignment, state, before_the_act)
    assert [event.type for event in events] == ["RestrictionWithdrawn", "RestrictionSatisfactionWithdrawn"]


def test_art_7_1_goods_of_two_kinds_need_two_permits_and_each_has_its_own_person() -> None:
    state, _ = play(consignment, [crossed((MEDICINE, None), (RADIO, None)), SHORT])
    asked = [point for point in consignment.open_points(state) if "Permit" in point.act]
    assert asked == [PRESENT, DECIDE]


@pytest.mark.law("L5")
def test_art_7_1_a_permit_is_of_the_kind_that_the_act_requires_however_it_is_spelt() -> None:
    spelt = permit(line(MEDICINE), kind=KIND.upper(), number="p 1")
    state, events = play(consignment, [GOODS, SHOWN, lodge((MEDICINE, None)), spelt])
    assert "RestrictionSatisfied" in [event.type for event in events]
    assert "PresentPermit" not in [point.act for point in consignment.open_points(state)]
    assert when(consignment, state, permit(line(MEDICINE))) == []


@pytest.mark.law("K1")
def test_art_7_5_the_officer_may_write_the_permit_in_his_way() -> None:
    state, _ = play(consignment, [GOODS, lodge((MEDICINE, None)), permit()])
    assert "DecideOnPermit" in [point.act for point in consignment.open_points(state)]
    spelt = DecideOnPermit(consignment="C1", permit=KIND.title(), number="P1", accepted=True)
    state, events = play(consignment, [GOODS, lodge((MEDICINE, None)), permit(), spelt])
    assert "RestrictionSatisfied" in [event.type for event in events]
    assert "DecideOnPermit" not in [point.act for point in consignment.open_points(state)]
    assert when(consignment, state, replace(spelt, permit=KIND, number="P-1")) == []
