from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from contracts.arrival import ArrivalNotified, BorderCrossed
from contracts.presentation import (
    CheckpointDetermined,
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    VehiclePresented,
)
from contracts.seals import Seal
from contracts.tests.kit import sealed
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from decider import OpenPoint
from decider.tests.kit import NOON, folded, given, play, when
from law import Finding
from presentation.movement import movement
from presentation.movement.presentation import PresentVehicle

LORRY = MeansOfTransport(kind="registration_plate", identity="TM 1234 AB")

NOTIFIED = ArrivalNotified(
    movement="M1",
    checkpoint="SRK-MIX",
    mode="road",
    expected=NOON,
    vehicle=LORRY,
    carrier="Sample Haulage",
    journey=(Call(place="FRP-MIX"), Call(place="SRK-MIX")),
)
CROSSED = BorderCrossed(
    movement="M1",
    direction="in",
    mode="road",
    place="FRP-MIX",
    crossed=NOON,
    seals=sealed("S1", "S2", "S3"),
)
EXPECTED = CheckpointDetermined(movement="M1", checkpoint="FRP-MIX", basis="journey")
DETERMINED = CheckpointDetermined(movement="M1", checkpoint="FRP-MIX", basis="facts")
SHOW = PresentVehicle(movement="M1", checkpoint="FRP-MIX", seals_found_intact=("S3", "S2", "S1"))
SHOWN = VehiclePresented(movement="M1", checkpoint="FRP-MIX", seals_found_intact=("S1", "S2", "S3"), shown=NOON)
BROKEN = Finding(rule="P2", article="37(2)", facts=(("broken", ("S1", "S3")),))
ELSEWHERE = Finding(rule="P8", article="38(1)", facts=(("determined", "FRP-MIX"), ("shown", "SRK-MIX")))


@pytest.mark.law("P7")
def test_art_38_1_5_the_notice_lets_the_first_checkpoint_along_the_line_be_expected() -> None:
    assert when(movement, given(movement), NOTIFIED) == [EXPECTED]


@pytest.mark.law("P7")
def test_art_38_1_5_where_a_notice_gives_no_line_its_checkpoint_is_expected() -> None:
    without = NOTIFIED.model_copy(update={"journey": ()})
    assert when(movement, given(movement), without) == [EXPECTED.model_copy(update={"checkpoint": "SRK-MIX"})]


@pytest.mark.law("P7")
def test_art_38_1_5_the_crossing_as_it_happened_goes_before_the_notice() -> None:
    elsewhere = CROSSED.model_copy(update={"place": "TLM-ROD"})
    settled = DETERMINED.model_copy(update={"checkpoint": "TLM-ROD", "replaces": "FRP-MIX"})
    assert when(movement, given(movement, NOTIFIED, EXPECTED), elsewhere) == [settled]
    assert when(movement, given(movement, elsewhere, settled), NOTIFIED) == []


@pytest.mark.law("P7")
def test_art_38_1_5_a_checkpoint_is_recorded_only_when_the_result_changes() -> None:
    assert when(movement, given(movement), CROSSED) == [DETERMINED]
    assert when(movement, given(movement, NOTIFIED, EXPECTED), CROSSED) == []


@pytest.mark.law("P2")
def test_art_37_2_seals_that_are_all_intact_leave_nothing_to_find() -> None:
    assert when(movement, given(movement, CROSSED, DETERMINED), SHOW) == [SHOWN]


@pytest.mark.law("P2")
def test_art_37_2_a_broken_seal_is_recorded_and_stops_nothing() -> None:
    show = replace(SHOW, seals_found_intact=("S2",))
    found = SHOWN.model_copy(update={"seals_found_intact": ("S2",), "findings": (BROKEN,)})
    assert when(movement, given(movement, CROSSED, DETERMINED), show) == [found]
    assert VehiclePresented.outcome == "recorded"


@pytest.mark.law("P2")
def test_art_37_2_a_seal_is_the_same_in_another_spelling_and_shown_as_it_was_written_at_the_crossing() -> None:
    crossed = CROSSED.model_copy(
        update={"seals": (Seal(number="HZ 004411", by="carrier", on="SRHU1000019"), Seal(number="АВ-12", by="customs"))}
    )
    show = replace(SHOW, seals_found_intact=("hz004411",), seals_put_on=(Seal(number="TM-CUS-5521", by="customs"),))
    (shown,) = when(movement, given(movement, crossed, DETERMINED), show)
    assert shown.findings == (Finding(rule="P2", article="37(2)", facts=(("broken", ("АВ-12",)),)),)
    assert shown.seals_put_on == (Seal(number="TM-CUS-5521", by="customs"),)
    intact = replace(show, seals_found_intact=("HZ-004411", "ab 12"))
    (shown,) = when(movement, given(movement, crossed, DETERMINED), intact)
    assert (shown.findings, shown.seals_found_intact) == ((), ("HZ-004411", "ab 12"))


@pytest.mark.law("P2")
def test_art_37_2_a_seal_that_was_not_there_at_the_crossing_is_no_finding() -> None:
    show = replace(SHOW, seals_found_intact=("S1", "S2", "S3", "S9"))
    found = SHOWN.model_copy(update={"seals_found_intact": ("S1", "S2", "S3", "S9")})
    assert when(movement, given(movement, CROSSED, DETERMINED), show) == [found]


@pytest.mark.law("P2")
def test_art_37_2_a_crossing_recorded_after_the_presentation_leads_to_the_same_findings() -> None:
    show = replace(SHOW, checkpoint="SRK-MIX", seals_found_intact=("S2",))
    state, recorded = play(movement, [NOTIFIED, show, CROSSED])
    assert recorded == [
        EXPECTED,
        VehiclePresented(movement="M1", checkpoint="SRK-MIX", seals_found_intact=("S2",), shown=NOON),
        VehicleFindingsRecorded(movement="M1", findings=(BROKEN, ELSEWHERE)),
    ]
    other, _ = play(movement, [CROSSED, show, NOTIFIED])
    assert state == other


@pytest.mark.law("P8")
def test_art_38_1_a_vehicle_shown_elsewhere_than_at_its_checkpoint_is_a_finding() -> None:
    found = SHOWN.model_copy(update={"checkpoint": "SRK-MIX", "findings": (ELSEWHERE,)})
    assert when(movement, given(movement, CROSSED, DETERMINED), replace(SHOW, checkpoint="SRK-MIX")) == [found]


@pytest.mark.law("P8")
def test_art_38_1_a_plan_that_came_out_otherwise_is_not_held_against_the_carrier() -> None:
    expected = SHOWN.model_copy(update={"checkpoint": "SRK-MIX"})
    assert when(movement, given(movement, NOTIFIED, EXPECTED), replace(SHOW, checkpoint="SRK-MIX")) == [expected]


@pytest.mark.law("P1")
def test_art_37_2_from_the_crossing_on_the_carrier_has_to_show_the_vehicle_until_it_did() -> None:
    point = OpenPoint(act="PresentVehicle", who="carrier", article="37(2)", place="FRP-MIX")
    assert movement.open_points(given(movement, NOTIFIED, EXPECTED)) == ()
    assert movement.open_points(given(movement, NOTIFIED, EXPECTED, CROSSED)) == (point,)
    assert movement.open_points(given(movement, NOTIFIED, EXPECTED, CROSSED, SHOWN)) == ()


@pytest.mark.law("P1", "P2")
def test_art_37_2_a_vehicle_shown_before_it_crossed_is_not_measured_by_the_crossing() -> None:
    later = CROSSED.model_copy(update={"crossed": NOON + timedelta(hours=1)})
    show = replace(SHOW, checkpoint="SRK-MIX", seals_found_intact=("S2",))
    shown = SHOWN.model_copy(update={"checkpoint": "SRK-MIX", "seals_found_intact": ("S2",)})
    assert when(movement, given(movement, later, DETERMINED), show) == [shown]
    assert when(movement, given(movement, shown, DETERMINED), later) == []
    untimed = shown.model_copy(update={"shown": None})
    late = VehicleFindingsRecorded(movement="M1", findings=(BROKEN, ELSEWHERE))
    assert when(movement, given(movement, untimed, DETERMINED), later) == [late]


def test_a_vehicle_already_shown_is_not_shown_again_and_shown_otherwise_it_differs() -> None:
    assert when(movement, given(movement, CROSSED, DETERMINED, SHOWN), SHOW, NOON + timedelta(hours=1)) == []
    (told,) = when(movement, given(movement, CROSSED, DETERMINED, SHOWN), replace(SHOW, seals_found_intact=()))
    assert (told.outcome, told.differing) == ("differs", ("seals_found_intact",))


@settings(deadline=None)
@for_all(st.permutations([CROSSED, NOTIFIED, replace(SHOW, checkpoint="SRK-MIX", seals_found_intact=("S2",))]))
def test_the_order_of_recording_changes_neither_state_nor_findings(inputs: list[object]) -> None:
    state, recorded = play(movement, inputs)
    assert {finding for event in recorded for finding in getattr(event, "findings", ())} == {BROKEN, ELSEWHERE}
    assert state == play(movement, sorted(inputs, key=repr))[0]
    assert [event.checkpoint for event in recorded if event.type == "CheckpointDetermined"] == ["FRP-MIX"]


@pytest.mark.law("P1")
def test_art_37_2_a_vehicle_that_was_shown_before_is_judged_by_that_though_it_is_recorded_later() -> None:
    later = SHOWN.model_copy(update={"seals_found_intact": ("S2",), "shown": NOON + timedelta(hours=1)})
    shown = given(movement, CROSSED, DETERMINED, later.model_copy(update={"findings": (BROKEN,)}))
    withdrawn = VehicleFindingsWithdrawn(movement="M1", findings=(BROKEN,))
    assert when(movement, shown, SHOW) == [SHOWN, withdrawn]
    after = folded(movement, folded(movement, shown, SHOWN), withdrawn).presentation
    at_once = given(movement, CROSSED, DETERMINED, SHOWN).presentation
    assert (after.shown, after.findings) == (at_once.shown, at_once.findings)
    assert when(movement, given(movement, CROSSED, SHOWN), SHOW, NOON + timedelta(hours=1)) == []
