from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from clearance.approvals import RecordApproval
from clearance.consignment import consignment
from clearance.tests.declared import (
    APPLES,
    BARRED,
    BEEF,
    CIGARETTES,
    MEDICINE,
    SHOWN,
    STARTED,
    WATER,
    crossed,
    found,
    lodge,
    lodged,
    measure,
    ready,
)
from contracts.arrival import Chapter8NotApplicable, ExemptionLost, GoodsCrossed, GoodsCrossingCorrected
from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    RestrictionOpened,
    RestrictionWithdrawn,
)
from contracts.measures import Measures
from contracts.values import Exemption, Mode
from decider import OpenPoint
from decider.tests.kit import NOON, given, play, when

BY_ORIGIN = measure("prohibition", CIGARETTES, BARRED)[0]
RESTRICTING, RESTRICTION = measure("restriction", MEDICINE)
CONTROLLING, VETERINARY = measure("control", BEEF)
PHYTOSANITARY = measure("control", APPLES)[1]
PROHIBITED = ImportProhibited(
    consignment="C1",
    article="20(1)",
    rule="L7",
    layer=BY_ORIGIN.layer,
    codes=(CIGARETTES,),
    act=BY_ORIGIN.id,
    citation=BY_ORIGIN.citation,
    origin=BARRED,
)
LIFTED = ImportProhibitionWithdrawn(
    consignment="C1",
    article="20(1)",
    rule="L7",
    layer=BY_ORIGIN.layer,
    codes=(CIGARETTES,),
    act=BY_ORIGIN.id,
    origin=BARRED,
)
ORDERED = ImmediateExportOrdered(consignment="C1")
ORDER_LIFTED = ImmediateExportOrderWithdrawn(consignment="C1")
OPENED = RestrictionOpened(
    consignment="C1",
    layer=RESTRICTING.layer,
    codes=(MEDICINE,),
    permit=RESTRICTION.requires or "",
    act=RESTRICTING.id,
    citation=RESTRICTING.citation,
)
REQUESTED = AgencyApprovalRequested(
    consignment="C1",
    layer=CONTROLLING.layer,
    agency=VETERINARY.requires or "",
    codes=(BEEF,),
    act=CONTROLLING.id,
    citation=CONTROLLING.citation,
)
BEFORE_THE_ACTS = datetime(2019, 12, 31, 12, tzinfo=UTC)
EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


@pytest.mark.law("L7", "L2")
def test_art_20_1_goods_of_an_origin_from_which_none_come_in_have_to_leave_again() -> None:
    declared = lodge((CIGARETTES, BARRED))
    assert when(consignment, given(consignment, crossed((CIGARETTES, BARRED))), declared)[2:] == [PROHIBITED, ORDERED]


@pytest.mark.law("L7")
def test_art_20_1_of_the_same_goods_of_another_origin_or_of_none_that_is_known_nothing_is_prohibited() -> None:
    assert when(consignment, given(consignment), crossed((CIGARETTES, "UZ"), (CIGARETTES, None))) == []


@pytest.mark.law("L7")
def test_art_20_1_an_origin_counts_as_it_is_declared_or_as_an_officer_decides_and_not_as_papers_name_it() -> None:
    elsewhere = [STARTED, lodged((CIGARETTES, "UZ"))]
    assert when(consignment, given(consignment), lodge((CIGARETTES, "UZ"))) == elsewhere
    assert when(consignment, given(consignment), lodge((CIGARETTES, BARRED)))[2:] == [PROHIBITED]
    for origin in ("UZ", None):
        state, _ = play(consignment, [crossed((CIGARETTES, BARRED)), lodge((CIGARETTES, origin))])
        assert state.measures == Measures()
        assert when(consignment, state, found(item=1, origin=BARRED))[2:] == [PROHIBITED, ORDERED]
    barred, _ = play(consignment, [crossed((CIGARETTES, BARRED)), lodge((CIGARETTES, BARRED))])
    assert when(consignment, barred, found(item=1, origin="UZ"))[1:] == [LIFTED, ORDER_LIFTED]


@pytest.mark.law("L5")
def test_art_7_1_restricted_goods_come_in_and_wait_for_a_permit() -> None:
    assert when(consignment, given(consignment), crossed((MEDICINE, "UZ"), (WATER, None))) == [OPENED]
    _, recorded = play(consignment, [crossed(), SHOWN, lodge((MEDICINE, "UZ"), (WATER, "UZ"))])
    assert recorded[2:] == [OPENED, ready(2)]


@pytest.mark.law("C5")
def test_art_29_2_each_body_is_asked_for_its_approval_and_the_goods_are_ready_without_it() -> None:
    plants = REQUESTED.model_copy(update={"agency": PHYTOSANITARY.requires, "codes": (APPLES,)})
    _, recorded = play(consignment, [crossed(), SHOWN, lodge((BEEF, "UZ"), (APPLES, "XA"))])
    assert recorded[2:] == [plants, REQUESTED, ready(1, 2)]


@pytest.mark.law("L5", "L7", "C5")
def test_what_holds_no_more_by_the_day_of_a_crossing_that_is_recorded_late_is_withdrawn_each_by_its_event() -> None:
    goods = ((CIGARETTES, BARRED), (MEDICINE, None), (BEEF, None))
    state, recorded = play(consignment, [crossed(*goods), lodge(*goods)])
    assert recorded[-2:] == [PROHIBITED, ORDERED]
    then = crossed(*goods).model_copy(update={"crossed": BEFORE_THE_ACTS})
    first = GoodsCrossingCorrected(**dict(then) | {"type": "GoodsCrossingCorrected", "corrects": NOON})
    assert when(consignment, state, first) == [
        LIFTED,
        RestrictionWithdrawn(
            consignment="C1", layer=OPENED.layer, codes=(MEDICINE,), permit=OPENED.permit, act=OPENED.act
        ),
        AgencyApprovalRequestWithdrawn(
            consignment="C1", layer=REQUESTED.layer, agency=REQUESTED.agency, codes=(BEEF,), act=REQUESTED.act
        ),
        ORDER_LIFTED,
    ]
    again, _ = play(consignment, [crossed(*goods), lodge(*goods), first])
    assert (again.measures, again.export.ordered) == (Measures(), False)


@pytest.mark.law("L2", "L5")
def test_goods_that_the_declaration_does_not_name_are_in_doubt_and_measured_as_an_officer_decides() -> None:
    state, recorded = play(consignment, [crossed((MEDICINE, None)), lodge((WATER, "UZ"))])
    assert [event.type for event in recorded[-2:]] == ["GoodsInDoubt", "RestrictionWithdrawn"]
    assert when(consignment, state, found(MEDICINE, item=1))[2:] == [OPENED]


# --- approvals (Art. 29(2) para 2) ---

AGENCY = VETERINARY.requires or ""
APPROVE = RecordApproval(consignment="C1", agency=AGENCY, granted=True, reference="V-1")
REFUSE = RecordApproval(consignment="C1", agency=AGENCY, granted=False, reference="V-2")
GRANTED = AgencyApprovalGranted(consignment="C1", agency=AGENCY, reference="V-1", decided=NOON)
REFUSED = AgencyApprovalRefused(consignment="C1", agency=AGENCY, reference="V-2", decided=NOON)
ASKED = OpenPoint(act="RecordApproval", who="agency", article="29(2) para 2")
DISAPPROVED = OpenPoint(act="DecideOnRefusedApproval", who="officer", article="29(2) para 2")
DECLARE = OpenPoint(act="LodgeDeclaration", who="declarant", article="9")
ACCEPT = OpenPoint(act="AcceptDeclaration", who="officer", article="20(4)")


@pytest.mark.law("C5")
def test_art_29_2_a_body_approves_whether_or_not_it_was_asked_by_then() -> None:
    beef = (crossed((BEEF, None)), REQUESTED)
    assert when(consignment, given(consignment, *beef), APPROVE) == [GRANTED]
    assert when(consignment, given(consignment), APPROVE) == [GRANTED]
    assert consignment.open_points(given(consignment, *beef)) == (DECLARE, ASKED)
    assert consignment.open_points(given(consignment, *beef, GRANTED)) == (DECLARE,)


@pytest.mark.law("L10")
def test_art_29_2_a_refusal_is_recorded_and_takes_no_readiness() -> None:
    before = [crossed(), lodge((BEEF, "UZ")), REFUSE, SHOWN]
    state, recorded = play(consignment, before)
    assert recorded[3:] == [REFUSED, ready(1)]
    assert consignment.open_points(state) == (ACCEPT, DISAPPROVED)


@pytest.mark.law("C5", "L10")
def test_art_29_2_a_body_s_later_word_stands_whichever_was_recorded_first() -> None:
    later = AgencyApprovalRefused(consignment="C1", agency=AGENCY, reference="V-2", decided=LATER)
    assert when(consignment, given(consignment, GRANTED), REFUSE, LATER) == [later]
    assert given(consignment, GRANTED, later) == given(consignment, later, GRANTED)
    assert [each.granted for each in given(consignment, later, GRANTED).approvals.last] == [False]
    assert when(consignment, given(consignment, GRANTED), APPROVE) == []
    assert when(consignment, given(consignment, GRANTED), APPROVE, EARLIER) == []
    assert when(consignment, given(consignment, GRANTED), APPROVE, LATER) == []
    again = replace(APPROVE, reference="V-3")
    (word,) = when(consignment, given(consignment, GRANTED, later), again, LATER + timedelta(hours=1))
    assert [each.granted for each in given(consignment, GRANTED, later, word).approvals.last] == [True]


# --- goods that arrive nowhere (Arts 8(1), 37(3)) ---


def flowing(mode: Mode) -> GoodsCrossed:
    return crossed((WATER, "KZ")).model_copy(update={"mode": mode, "place": None})


def exempt(exemption: Exemption, movement: str = "M1") -> Chapter8NotApplicable:
    return Chapter8NotApplicable(consignment="C1", movement=movement, exemption=exemption)


LOST = ExemptionLost(consignment="C1", movement="M1", present_at="TKB-SEA", stopped=NOON)


@pytest.mark.law("A7", "F19")
@pytest.mark.parametrize("exemption", ["pipeline", "power_line"])
def test_art_37_3_goods_that_flow_in_are_ready_without_having_been_shown(exemption: Exemption) -> None:
    _, recorded = play(consignment, [flowing("pipeline"), exempt(exemption), lodge((WATER, "KZ"))])
    assert recorded[-1] == ready(1)
    _, uncrossed = play(consignment, [exempt(exemption), lodge((WATER, "KZ"))])
    assert uncrossed[-1] == ready(1)


@pytest.mark.law("A7")
def test_art_37_3_goods_on_a_flight_that_does_not_stop_are_ready_once_they_crossed() -> None:
    state, recorded = play(consignment, [exempt("non_stop"), lodge((WATER, "KZ"))])
    assert recorded[-1] == lodged((WATER, "KZ"))
    assert when(consignment, state, flowing("air")) == [ready(1)]


@pytest.mark.law("A7")
def test_art_37_3_goods_whose_exemption_was_lost_or_of_which_a_part_came_otherwise_have_to_be_shown() -> None:
    goods = [flowing("air"), exempt("non_stop"), LOST, lodge((WATER, "KZ"))]
    state, recorded = play(consignment, goods)
    assert recorded[-1] == lodged((WATER, "KZ"))
    assert when(consignment, state, SHOWN) == [ready(1)]
    by_truck = crossed((WATER, "KZ"), movement="M2")
    assert play(consignment, [flowing("air"), exempt("non_stop"), by_truck, lodge((WATER, "KZ"))])[1][-1] == lodged(
        (WATER, "KZ")
    )
    assert given(consignment, LOST, exempt("non_stop")) == given(consignment, exempt("non_stop"), LOST)


@pytest.mark.law("F19")
def test_art_8_1_goods_that_flow_in_have_to_be_declared_and_obey_the_acts_like_all_others() -> None:
    assert consignment.open_points(given(consignment, exempt("pipeline"))) == (DECLARE,)
    assert consignment.open_points(given(consignment, exempt("non_stop"))) == ()
    barred = [exempt("pipeline"), lodge((CIGARETTES, BARRED), (MEDICINE, None))]
    assert play(consignment, barred)[1][2:] == [PROHIBITED, OPENED]
