from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from contracts.arrival import ConsignmentAnnounced, GoodsCrossed
from contracts.papers import Papers
from contracts.presentation import (
    CheckpointDetermined,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    GoodsPresented,
    PartsStillToBePresented,
    ToBeShown,
)
from decider import OpenPoint
from decider.tests.kit import NOON, given, play, when
from law import Finding
from presentation.consignment import consignment
from presentation.consignment.presentation import PresentGoods

ANNOUNCED = ConsignmentAnnounced(
    consignment="C1", movement="M1", checkpoint="TLM-ROD", mode="road", expected=NOON, route=("SRK-MIX",)
)
CROSSED = GoodsCrossed(
    consignment="C1",
    movement="M1",
    direction="in",
    mode="road",
    place="FRP-MIX",
    crossed=NOON,
    papers=Papers(consignment="C1", packages=12),
)
EXPECTED = CheckpointDetermined(consignment="C1", checkpoint="SRK-MIX", basis="journey")
DETERMINED = CheckpointDetermined(consignment="C1", checkpoint="FRP-MIX", basis="facts")
INSTEAD = DETERMINED.model_copy(update={"replaces": "SRK-MIX"})
SHOW = PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=12)
SHOWN = GoodsPresented(consignment="C1", checkpoint="FRP-MIX", packages_found=12, shown=NOON)
EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
BREACHED = Finding(rule="P2", article="37(2)", facts=(("packaging", "breached"),))
CHANGED = Finding(rule="P2", article="37(2)", facts=(("condition", "changed"),))
FEWER = Finding(rule="P2", article="37(2)", facts=(("packages_found", "11"), ("packages_stated", "12")))
ELSEWHERE = Finding(rule="P8", article="38(1)", facts=(("determined", "FRP-MIX"), ("shown", "SRK-MIX")))


def found_with(**differently: object) -> GoodsPresented:
    return SHOWN.model_copy(update=differently)


@pytest.mark.law("P7")
def test_art_38_1_5_goods_by_road_go_to_the_first_checkpoint_along_the_line() -> None:
    assert when(consignment, given(consignment), ANNOUNCED) == [EXPECTED]
    assert when(consignment, given(consignment, ANNOUNCED, EXPECTED), CROSSED) == [INSTEAD]
    assert when(consignment, given(consignment, CROSSED, DETERMINED), ANNOUNCED) == []
    without = ANNOUNCED.model_copy(update={"route": ()})
    assert when(consignment, given(consignment), without) == [EXPECTED.model_copy(update={"checkpoint": "TLM-ROD"})]


def test_goods_found_as_they_crossed_are_shown_without_a_finding() -> None:
    assert when(consignment, given(consignment, CROSSED, DETERMINED), SHOW) == [SHOWN]


@pytest.mark.law("P2")
def test_art_37_2_breached_packaging_is_a_finding() -> None:
    found = found_with(packaging_breached=True, findings=(BREACHED,))
    assert when(consignment, given(consignment, CROSSED), replace(SHOW, packaging_breached=True)) == [found]


@pytest.mark.law("P2")
def test_art_37_2_changed_condition_is_a_finding() -> None:
    found = found_with(condition_changed=True, findings=(CHANGED,))
    assert when(consignment, given(consignment, CROSSED), replace(SHOW, condition_changed=True)) == [found]


@pytest.mark.law("P2")
def test_art_37_2_packages_are_counted_against_the_papers_of_the_crossing() -> None:
    found = found_with(packages_found=11, findings=(FEWER,))
    assert when(consignment, given(consignment, CROSSED), replace(SHOW, packages_found=11)) == [found]


@pytest.mark.law("P2")
def test_art_37_2_a_number_that_nobody_stated_is_measured_by_nothing() -> None:
    unstated = CROSSED.model_copy(update={"papers": Papers(consignment="C1")})
    assert when(consignment, given(consignment, unstated), SHOW) == [SHOWN]
    uncounted = replace(SHOW, packages_found=None)
    assert when(consignment, given(consignment, CROSSED), uncounted) == [found_with(packages_found=None)]
    assert when(consignment, given(consignment), replace(SHOW, packages_found=11)) == [found_with(packages_found=11)]


@pytest.mark.law("P2")
def test_art_37_2_goods_on_two_vehicles_that_are_shown_at_once_are_counted_together() -> None:
    second = CROSSED.model_copy(update={"movement": "M2", "papers": Papers(consignment="C1", packages=3)})
    assert when(consignment, given(consignment, CROSSED, second), replace(SHOW, packages_found=15)) == [
        found_with(packages_found=15)
    ]
    silent = second.model_copy(update={"papers": Papers(consignment="C1")})
    for crossings in ((CROSSED, silent), (silent, CROSSED)):
        (shown,) = when(consignment, given(consignment, *crossings), replace(SHOW, packages_found=13))
        assert not [finding for finding in shown.findings if finding.rule == "P2"]


@pytest.mark.law("P2")
def test_art_37_2_packages_that_cross_after_the_goods_were_shown_are_not_missed_in_them() -> None:
    later = CROSSED.model_copy(
        update={"movement": "M2", "papers": Papers(consignment="C1", packages=8), "crossed": LATER}
    )
    waits = PartsStillToBePresented(consignment="C1", parts=(ToBeShown(movement="M2", checkpoint="FRP-MIX"),))
    assert when(consignment, given(consignment, CROSSED, DETERMINED, SHOWN), later) == [waits]
    assert when(consignment, given(consignment, CROSSED, later, DETERMINED), SHOW) == [SHOWN, waits]
    assert when(consignment, given(consignment, later, CROSSED, DETERMINED), SHOW) == [SHOWN, waits]
    silent = later.model_copy(update={"papers": Papers(consignment="C1")})
    short = Finding(rule="P2", article="37(2)", facts=(("movements", ("M1",)), *FEWER.facts))
    fewer = found_with(packages_found=11, findings=(short,))
    assert when(consignment, given(consignment, CROSSED, silent), replace(SHOW, packages_found=11)) == [fewer, waits]


@pytest.mark.law("P2")
def test_art_37_2_a_second_crossing_that_came_before_and_is_recorded_later_is_counted() -> None:
    before = CROSSED.model_copy(
        update={"movement": "M2", "papers": Papers(consignment="C1", packages=8), "crossed": EARLIER}
    )
    short = Finding(rule="P2", article="37(2)", facts=(("packages_found", "12"), ("packages_stated", "20")))
    late = GoodsFindingsRecorded(consignment="C1", findings=(short,))
    assert when(consignment, given(consignment, CROSSED, DETERMINED, SHOWN), before) == [late]


@pytest.mark.law("P2")
def test_art_37_2_a_presentation_that_was_recorded_without_its_time_is_measured_by_all_crossings() -> None:
    untimed = found_with(shown=None)
    later = CROSSED.model_copy(
        update={"movement": "M2", "papers": Papers(consignment="C1", packages=8), "crossed": LATER}
    )
    short = Finding(rule="P2", article="37(2)", facts=(("packages_found", "12"), ("packages_stated", "20")))
    late = GoodsFindingsRecorded(consignment="C1", findings=(short,))
    assert when(consignment, given(consignment, CROSSED, DETERMINED, untimed), later) == [late]


@pytest.mark.law("P2")
def test_art_37_2_a_second_crossing_that_came_before_and_is_recorded_later_takes_back_what_it_explains() -> None:
    before = CROSSED.model_copy(
        update={"movement": "M2", "papers": Papers(consignment="C1", packages=8), "crossed": EARLIER}
    )
    more = Finding(rule="P2", article="37(2)", facts=(("packages_found", "20"), ("packages_stated", "12")))
    shown = found_with(packages_found=20, findings=(more,))
    withdrawn = GoodsFindingsWithdrawn(consignment="C1", findings=(more,))
    assert when(consignment, given(consignment, CROSSED, DETERMINED, shown), before) == [withdrawn]
    assert given(consignment, CROSSED, DETERMINED, shown, before, withdrawn).presentation.findings == ()


@pytest.mark.law("P1")
def test_art_37_2_goods_that_were_shown_before_are_judged_by_that_though_it_is_recorded_later() -> None:
    elsewhere = found_with(checkpoint="SRK-MIX", packaging_breached=True, shown=LATER, findings=(BREACHED, ELSEWHERE))
    shown = given(consignment, CROSSED, DETERMINED, elsewhere)
    withdrawn = GoodsFindingsWithdrawn(consignment="C1", findings=(BREACHED, ELSEWHERE))
    assert when(consignment, shown, SHOW) == [SHOWN, withdrawn]
    assert when(consignment, given(consignment, CROSSED, SHOWN), replace(SHOW, checkpoint="SRK-MIX"), LATER) == [
        found_with(checkpoint="SRK-MIX", shown=LATER)
    ]
    assert when(consignment, given(consignment, CROSSED, found_with(shown=None)), SHOW, EARLIER) == []


@pytest.mark.law("P8")
def test_art_38_1_where_goods_cross_after_they_were_shown_says_nothing_of_where_to_show_them() -> None:
    later = CROSSED.model_copy(update={"crossed": LATER})
    shown = found_with(checkpoint="SRK-MIX")
    assert when(consignment, given(consignment, later), replace(SHOW, checkpoint="SRK-MIX")) == [shown]
    assert when(consignment, given(consignment, shown, DETERMINED), later) == []


@pytest.mark.law("P7")
def test_art_38_1_5_of_goods_on_two_vehicles_the_crossing_that_happened_first_settles_it() -> None:
    elsewhere = CROSSED.model_copy(update={"movement": "M2", "place": "TLM-ROD", "crossed": LATER})
    settled = CheckpointDetermined(consignment="C1", checkpoint="TLM-ROD", basis="facts")
    both = DETERMINED.model_copy(update={"further": ("TLM-ROD",)})
    assert when(consignment, given(consignment, CROSSED, DETERMINED), elsewhere) == [both]
    instead = both.model_copy(update={"replaces": "TLM-ROD"})
    assert when(consignment, given(consignment, elsewhere, settled), CROSSED) == [instead]


@pytest.mark.law("P8")
def test_art_38_1_goods_shown_elsewhere_than_at_their_checkpoint_are_a_finding() -> None:
    found = found_with(checkpoint="SRK-MIX", findings=(ELSEWHERE,))
    assert when(consignment, given(consignment, CROSSED), replace(SHOW, checkpoint="SRK-MIX")) == [found]


@pytest.mark.law("P1")
def test_art_37_2_from_the_crossing_on_the_carrier_has_to_show_the_goods_until_it_did() -> None:
    point = OpenPoint(act="PresentGoods", who="carrier", article="37(2)", place="FRP-MIX")
    assert consignment.open_points(given(consignment, ANNOUNCED, EXPECTED)) == ()
    assert consignment.open_points(given(consignment, CROSSED)) == (point,)
    assert consignment.open_points(given(consignment, CROSSED, SHOWN)) == ()


def test_goods_that_were_shown_at_that_time_are_not_shown_again_and_shown_otherwise_it_differs() -> None:
    assert when(consignment, given(consignment, CROSSED, SHOWN), SHOW) == []
    (told,) = when(consignment, given(consignment, CROSSED, SHOWN), replace(SHOW, condition_changed=True))
    assert (told.outcome, told.differing) == ("differs", ("condition_changed",))


@pytest.mark.law("P2")
def test_art_37_2_a_crossing_recorded_after_the_presentation_leads_to_the_same_findings() -> None:
    show = replace(SHOW, checkpoint="SRK-MIX", packages_found=11, packaging_breached=True)
    _, recorded = play(consignment, [show, CROSSED])
    assert recorded == [
        found_with(checkpoint="SRK-MIX", packages_found=11, packaging_breached=True, findings=(BREACHED,)),
        DETERMINED,
        GoodsFindingsRecorded(consignment="C1", findings=(FEWER, ELSEWHERE)),
    ]


ODD = replace(SHOW, checkpoint="SRK-MIX", packages_found=11, packaging_breached=True, condition_changed=True)


@settings(deadline=None)
@for_all(st.permutations([CROSSED, ANNOUNCED, ODD]))
def test_the_order_of_recording_changes_neither_state_nor_findings(inputs: list[object]) -> None:
    state, recorded = play(consignment, inputs)
    found = {finding for event in recorded for finding in getattr(event, "findings", ())}
    assert found == {BREACHED, CHANGED, FEWER, ELSEWHERE}
    assert state == play(consignment, sorted(inputs, key=repr))[0]
