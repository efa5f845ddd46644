from datetime import timedelta
from typing import Any

import pytest

from contracts.clearance import AgencyApprovalRefused, ImmediateExportDone, ImportProhibitionWithdrawn
from contracts.doubts import GoodsDoubtDecided
from contracts.goods import GoodsItem
from contracts.release import (
    ClearanceCompleted,
    GroundAfterRelease,
    GroundAfterReleaseWithdrawn,
    ReleaseFindingsRecorded,
    ReleaseRefused,
    ReleaseWithheld,
    UseBlocked,
)
from contracts.values import Use
from decider import OpenPoint
from decider.tests.kit import NOON, folded, given, when
from law import Ground
from release.consignment import consignment
from release.regime import EndRegime
from release.tests.goods import (
    ADMISSION,
    ASSESSED,
    BY_ORIGIN,
    CIGARETTES,
    CROSSED,
    DECLARED,
    FREE,
    LAWFUL,
    MEDICINE,
    MET,
    OF_BOMBS,
    OF_MEDICINE,
    OF_ORIGIN,
    PAID,
    PLAIN,
    PROHIBITED,
    REFERRED,
    REFERRED_NO_MORE,
    RESTRICTED,
    SHOWN,
    TURNED_DOWN,
    UNMET,
    UNRESTRICTED,
    noted,
    ready,
    release,
    released,
)
from release.use import ReportUse

KNOWN = (CROSSED, SHOWN, DECLARED, PROHIBITED, BY_ORIGIN, RESTRICTED)


def refused(*numbers: int, grounds: tuple[Ground, ...]) -> ReleaseRefused:
    first = grounds[0]
    return ReleaseRefused(
        consignment="C1",
        article=first.article,
        rule=first.rule,
        layer=first.layer,
        items=numbers,
        regime=FREE,
        grounds=grounds,
    )


def withheld(*numbers: int, **more: Any) -> ReleaseWithheld:
    return ReleaseWithheld(consignment="C1", layer="by-law", items=numbers, regime=FREE, grounds=(OF_MEDICINE,), **more)


@pytest.mark.law("L2", "L7", "L5")
def test_a_release_of_the_whole_is_refused_with_every_ground_on_record() -> None:
    every = (OF_BOMBS, OF_ORIGIN, OF_MEDICINE)
    assert when(consignment, given(consignment, *KNOWN), release()) == [refused(grounds=every)]
    assert when(consignment, given(consignment, PROHIBITED, BY_ORIGIN, RESTRICTED), release()) == [
        refused(grounds=every)
    ]


@pytest.mark.law("L2", "L7")
def test_a_release_of_some_items_meets_their_own_grounds_alone() -> None:
    known = given(consignment, *KNOWN)
    assert when(consignment, known, release(1)) == [released(1)]
    assert when(consignment, known, release(1, 2)) == [refused(1, 2, grounds=(OF_BOMBS,))]
    assert when(consignment, known, release(3)) == [refused(3, grounds=(OF_ORIGIN,))]
    assert when(consignment, known, release(4, 2)) == [refused(2, 4, grounds=(OF_BOMBS, OF_MEDICINE))]


@pytest.mark.law("L7")
def test_art_20_1_an_item_of_another_origin_goes_and_so_does_one_of_which_it_is_not_known() -> None:
    items = (GoodsItem(code=CIGARETTES, origin="UZ"), GoodsItem(code=CIGARETTES))
    known = given(consignment, CROSSED, SHOWN, DECLARED.model_copy(update={"items": items}), BY_ORIGIN)
    assert when(consignment, known, release(1)) == [released(1)]
    assert when(consignment, known, release(2)) == [released(2)]
    barred = GoodsDoubtDecided(consignment="C1", item=2, origin="XA", evidence=("examination",), decided=NOON)
    decided = folded(consignment, known, barred)
    assert when(consignment, decided, release(2)) == [refused(2, grounds=(OF_ORIGIN,))]
    assert when(consignment, decided, release(1)) == [released(1)]


@pytest.mark.law("L5")
def test_art_7_1_restricted_goods_are_withheld_until_what_is_required_is_met() -> None:
    assert ReleaseWithheld.outcome == "withheld"
    assert when(consignment, given(consignment, *KNOWN), release(4)) == [withheld(4)]
    assert when(consignment, given(consignment, *KNOWN), release(1, 4)) == [withheld(1, 4)]
    assert when(consignment, given(consignment, *KNOWN, MET), release(4)) == [released(4)]
    assert when(consignment, given(consignment, *KNOWN, MET, UNMET), release(4)) == [withheld(4)]
    assert when(consignment, given(consignment, *KNOWN, UNRESTRICTED), release(4)) == [released(4)]


@pytest.mark.law("L5")
def test_art_7_1_each_permit_that_meets_it_is_enough() -> None:
    other = MET.model_copy(update={"number": "P-2"})
    assert when(consignment, given(consignment, *KNOWN, MET, other, UNMET), release(4)) == [released(4)]
    elsewhere = MET.model_copy(update={"act": "ACT-1"})
    assert when(consignment, given(consignment, *KNOWN, elsewhere), release(4)) == [withheld(4)]


@pytest.mark.law("L5")
def test_art_7_5_the_officer_has_to_act_where_a_permit_waits_for_his_decision_and_the_declarant_otherwise() -> None:
    for after, who in (
        ((REFERRED,), "officer"),
        ((REFERRED, TURNED_DOWN), "declarant"),
        ((REFERRED, REFERRED_NO_MORE), "declarant"),
    ):
        assert when(consignment, given(consignment, *KNOWN, *after), release(4)) == [withheld(4, who=who)]
    radio = RESTRICTED.model_copy(update={"permit": "radio equipment permit", "act": "ACT-1", "codes": (MEDICINE,)})
    (both,) = when(consignment, given(consignment, *KNOWN, radio, REFERRED), release(4))
    assert (both.who, len(both.grounds)) == ("declarant", 2)


def test_goods_under_a_number_that_no_item_has_may_be_any_that_no_item_names() -> None:
    """Otherwise a number would be a way around the grounds."""
    assert when(consignment, given(consignment, CROSSED, SHOWN, PROHIBITED), release(1)) == [
        refused(1, grounds=(OF_BOMBS,))
    ]
    lawful = given(consignment, CROSSED, SHOWN, LAWFUL, PROHIBITED)
    assert when(consignment, lawful, release(9)) == [refused(9, grounds=(OF_BOMBS,))]
    assert when(consignment, lawful, release(1))[0].type == "GoodsReleased"


@pytest.mark.law("L10", "L9")
def test_art_29_2_no_unpaid_duty_and_no_refusal_of_a_body_holds_a_release() -> None:
    no = AgencyApprovalRefused(consignment="C1", agency="veterinary", reference="V-1", decided=NOON)
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED, ASSESSED, no), release(1)) == [released(1)]


# --- grounds that come on record after the release ---


def after(*grounds: Ground) -> GroundAfterRelease:
    first = grounds[0]
    return GroundAfterRelease(
        consignment="C1", article=first.article, rule=first.rule, layer=first.layer, grounds=grounds
    )


def after_no_more(*grounds: Ground) -> GroundAfterReleaseWithdrawn:
    return GroundAfterReleaseWithdrawn.model_validate(
        {**after(*grounds).model_dump(), "type": "GroundAfterReleaseWithdrawn"}
    )


@pytest.mark.law("L2", "L7", "L5")
def test_a_ground_of_any_kind_that_comes_after_the_release_is_recorded_for_the_goods_released() -> None:
    known = (CROSSED, SHOWN, DECLARED, released(3, 4))
    assert when(consignment, given(consignment, *known), PROHIBITED) == []
    assert when(consignment, given(consignment, *known), BY_ORIGIN) == [after(OF_ORIGIN)]
    open_then = ReleaseFindingsRecorded(consignment="C1", findings=(noted(OF_MEDICINE, "before it is met"),))
    assert when(consignment, given(consignment, *known), RESTRICTED) == [open_then, after(OF_MEDICINE)]
    assert when(consignment, given(consignment, *known, PROHIBITED), release(2)) == [refused(2, grounds=(OF_BOMBS,))]


@pytest.mark.law("L5")
def test_art_7_1_a_requirement_that_came_after_the_release_falls_once_it_is_met() -> None:
    known = (CROSSED, SHOWN, DECLARED, released(4), RESTRICTED, after(OF_MEDICINE))
    seen = OpenPoint(act="DecideOnGroundAfterRelease", who="officer", article="7(1) para 3")
    assert consignment.open_points(given(consignment, *known)) == (seen,)
    assert when(consignment, given(consignment, *known), MET) == [after_no_more(OF_MEDICINE)]
    assert consignment.open_points(given(consignment, *known, ImmediateExportDone(consignment="C1"))) == (seen,)


@pytest.mark.law("L7")
def test_art_20_1_a_ground_of_origin_that_came_after_the_release_ends_with_it_or_once_the_goods_have_left() -> None:
    known = (CROSSED, SHOWN, DECLARED, released(3), BY_ORIGIN, after(OF_ORIGIN))
    lifted = ImportProhibitionWithdrawn(consignment="C1", codes=(CIGARETTES,), act="ACT-2", origin="XA")
    assert when(consignment, given(consignment, *known), lifted) == [after_no_more(OF_ORIGIN)]
    of_any = lifted.model_copy(update={"origin": None})
    assert when(consignment, given(consignment, *known), of_any) == []
    assert consignment.open_points(given(consignment, *known, ImmediateExportDone(consignment="C1"))) == ()


def test_the_officer_is_shown_what_of_the_goods_can_be_released_and_is_not() -> None:
    asked = OpenPoint(act="ReleaseGoods", who="officer", article="5(1)(20)")
    known = (CROSSED, SHOWN, DECLARED, ready(1, 4), RESTRICTED)
    assert consignment.open_points(given(consignment, *known)) == (asked,)
    assert consignment.open_points(given(consignment, *known, released(1))) == ()
    assert consignment.open_points(given(consignment, *known, released(1), MET)) == (asked,)


# --- use and disposal (Art. 36) ---

COMPLETED = ClearanceCompleted(occurred=NOON, consignment="C1", completed=NOON)


def report(use: Use, *numbers: int, under_the_regime: bool = False) -> ReportUse:
    return ReportUse(consignment="C1", items=numbers, use=use, under_the_regime=under_the_regime)


def blocked(use: Use, *numbers: int) -> UseBlocked:
    items = (("items", tuple(str(each) for each in numbers)),) if numbers else ()
    ground = Ground(rule="F18", article="36", layer="code", facts=(*items, ("use", use)))
    return UseBlocked(consignment="C1", items=numbers, use=use, reported=NOON, grounds=(ground,))


@pytest.mark.law("F18")
@pytest.mark.parametrize("use", ["use", "disposal"])
def test_art_36_goods_are_not_used_and_not_disposed_of_before_they_are_released(use: Use) -> None:
    assert UseBlocked.outcome == "refused"
    assert when(consignment, given(consignment), report(use)) == [blocked(use)]
    in_order = (CROSSED, SHOWN, PLAIN, ASSESSED, PAID)
    assert when(consignment, given(consignment, *in_order, released(2)), report(use, 1)) == [blocked(use, 1)]
    assert when(consignment, given(consignment, *in_order, released(2)), report(use)) == [blocked(use)]
    assert when(consignment, given(consignment, *in_order, released(), COMPLETED), report(use)) == []


@pytest.mark.law("F18")
def test_art_36_movement_under_control_is_neither_use_nor_disposal() -> None:
    assert when(consignment, given(consignment), report("movement")) == []
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED, PROHIBITED), report("movement", 2)) == []


@pytest.mark.law("F18")
def test_art_36_a_regime_for_a_term_allows_what_it_is_for_while_it_runs_and_nothing_else() -> None:
    running = (CROSSED, SHOWN, LAWFUL, ASSESSED, PAID, released(1), released(2, regime=ADMISSION, term=True))
    state = given(consignment, *running)
    assert when(consignment, state, report("use", 2, under_the_regime=True)) == []
    assert when(consignment, state, report("use", 2)) == [blocked("use", 2)]
    assert when(consignment, state, report("disposal", 2)) == [blocked("disposal", 2)]
    assert when(consignment, state, report("use", under_the_regime=True)) == []
    assert when(consignment, state, report("use")) == [blocked("use")]
    not_yet = given(consignment, CROSSED, SHOWN, LAWFUL, ASSESSED, PAID)
    assert when(consignment, not_yet, report("use", 2, under_the_regime=True)) == [blocked("use", 2)]


@pytest.mark.law("F18", "C4")
def test_art_36_of_goods_in_two_parts_those_may_be_used_whose_own_clearance_is_complete() -> None:
    state = given(
        consignment, CROSSED, SHOWN, LAWFUL, ASSESSED, PAID, released(1), released(2, regime=ADMISSION, term=True)
    )
    assert when(consignment, state, report("disposal", 1)) == []
    assert when(consignment, state, report("disposal", 1, 2)) == [blocked("disposal", 1, 2)]
    end = EndRegime(consignment="C1", items=(2,))
    ended = given(
        consignment, CROSSED, SHOWN, LAWFUL, ASSESSED, PAID, released(1), released(2, regime=ADMISSION, term=True)
    )
    for event in when(consignment, ended, end, NOON + timedelta(days=30)):
        ended = folded(consignment, ended, event)
    assert when(consignment, ended, report("disposal", 1, 2), NOON + timedelta(days=30)) == []


def test_a_use_that_was_blocked_changes_nothing() -> None:
    assert given(consignment, blocked("use")) == given(consignment)
