"""What is recorded later than it happened: by the law of the day on which it did, as it was known when recorded."""

from datetime import datetime, timedelta

import pytest

from arrival.consignment import consignment
from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing
from arrival.consignment.stops import LoseGoodsExemption, RecordGoodsStop
from arrival.movement import duty, movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.notice import NotifyArrival
from arrival.movement.stops import RecordStop
from contracts.arrival import ArrivalNotified, BorderCrossed, NoticeFindingsRecorded, VehicleArrived
from contracts.papers import Papers
from contracts.vehicle import MeansOfTransport
from decider.tests.kit import NOON, given, when
from law import Finding
from law.rule import Happened
from law.tests.late_act import IN_FORCE, KNOWN, TIMES, UNKNOWN
from law.tests.late_act import late_act as late_act

LORRY = MeansOfTransport(kind="registration_plate", identity="01-AG-1234")

LATER, EARLIER = NOON + timedelta(days=3), NOON - timedelta(hours=2)
ROAD = "ART-ROD"
CROSSED = BorderCrossed(movement="M1", direction="in", mode="road", place=ROAD, crossed=IN_FORCE)
NOTIFIED = ArrivalNotified(
    movement="M1", checkpoint=ROAD, mode="road", expected=IN_FORCE, vehicle=LORRY, carrier="Hazar Logistika",
    submitted=IN_FORCE,
)  # fmt: skip


@pytest.mark.law("A9", "F4")
def test_art_5_1_21_a_a_crossing_happened_when_it_did_whenever_it_is_recorded() -> None:
    crossing = RecordCrossing(movement="M1", direction="in", mode="road", place=ROAD)
    (crossed,) = when(movement, given(movement), crossing, NOON, LATER)
    assert crossed.crossed == NOON


@pytest.mark.law("P10")
def test_art_38_an_arrival_and_a_stop_happened_when_they_did_whenever_they_are_recorded() -> None:
    (arrived, *_) = when(movement, given(movement), RecordArrival(movement="M1", checkpoint=ROAD), NOON, LATER)
    assert (arrived.arrived, arrived.occurred) == (NOON, None)
    stop = RecordStop(movement="M1", place="MRY-AIR", exemption_lost=True, present_at="MRY-AIR")
    stopped, lost = when(movement, given(movement), stop, NOON, LATER)
    assert (stopped.stopped, lost.stopped) == (NOON, NOON)


@pytest.mark.law("F8")
def test_art_5_1_19_28_what_goods_are_told_late_happened_to_them_when_it_did() -> None:
    cross = RecordGoodsCrossing(
        consignment="C1", movement="M1", direction="in", mode="pipeline", crossed=EARLIER, non_stop=False
    )
    arrive = RecordGoodsArrival(consignment="C1", movement="M1", checkpoint=ROAD, arrived=EARLIER)
    stop = RecordGoodsStop(consignment="C1", movement="M1", place=ROAD, stopped=EARLIER, exemption_lost=True)
    lose = LoseGoodsExemption(consignment="C1", movement="M1", stopped=EARLIER, present_at=ROAD)
    for told in (cross, arrive, stop, lose):
        for occurred, said in ((NOON, EARLIER), (EARLIER, None)):
            events = when(consignment, given(consignment), told, occurred, LATER)
            assert {event.occurred for event in events} == {said}, told


@pytest.mark.law("A7", "F4")
def test_art_37_3_goods_hear_that_their_vehicle_was_not_to_stop() -> None:
    for non_stop in (True, False):
        crossing = RecordCrossing(movement="M1", direction="in", mode="air", place="ASB-AIR", non_stop=non_stop)
        *_, crossed = when(movement, given(movement), crossing)
        assert crossed.non_stop == non_stop
        with_goods = crossed.model_copy(update={"papers": (Papers(consignment="C1"),)})
        ((_, told),) = movement.react(with_goods)
        *_, crossed = when(consignment, given(consignment), told)
        assert (crossed.type, crossed.non_stop) == ("GoodsCrossed", non_stop)


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("A2")
@pytest.mark.parametrize(("occurred", "recorded", "holds"), TIMES)
def test_art_37_2_1_a_notice_follows_the_procedure_of_its_day_as_it_was_known(
    occurred: datetime, recorded: datetime, holds: bool
) -> None:
    told = NotifyArrival(
        movement="M1",
        checkpoint=ROAD,
        mode="road",
        expected=NOON,
        vehicle=LORRY,
        carrier="Hazar Logistika",
    )
    (notified, *_) = when(movement, given(movement), told, occurred, recorded)
    assert notified.procedure == ("LATE/1" if holds else None)


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("A3")
@pytest.mark.parametrize(("occurred", "recorded", "holds"), TIMES)
def test_art_37_2_1_whether_a_notice_was_due_goes_by_the_day_of_the_crossing_or_the_arrival(
    occurred: datetime, recorded: datetime, holds: bool
) -> None:
    assert duty.is_due(Happened(occurred, recorded), "road", ROAD) == ("by-law" if holds else None)
    crossing = RecordCrossing(movement="M1", direction="in", mode="road", place=ROAD)
    (crossed,) = when(movement, given(movement), crossing, occurred, recorded)
    assert crossed.notice_due == holds
    arrival = RecordArrival(movement="M1", checkpoint=ROAD, mode="road")
    (arrived, *missing) = when(movement, given(movement), arrival, occurred, recorded)
    assert arrived.notice_due == holds
    finding = Finding(rule="A9", article="37(2-1)", layer="by-law", facts=(("checkpoint", ROAD),))
    assert missing == ([NoticeFindingsRecorded(movement="M1", findings=(finding,))] if holds else [])


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("A3")
def test_art_37_2_1_a_procedure_that_makes_no_notice_due_makes_none_due() -> None:
    assert duty.procedure(Happened(IN_FORCE, KNOWN), "SRK-MIX", "road")
    assert duty.is_due(Happened(IN_FORCE, KNOWN), "road", "SRK-MIX") is None


@pytest.mark.law("A3")
@pytest.mark.parametrize("mode", ["air", "sea", "river"])
def test_art_37_2_1_where_only_the_railway_station_owes_a_notice_no_other_mode_does(mode: str) -> None:
    assert duty.is_due(Happened(NOON, NOON), mode, ROAD) is None  # type: ignore[arg-type]
    assert duty.is_due(Happened(NOON, NOON), "rail", ROAD) == "code"


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("A2", "A4")
@pytest.mark.parametrize(("recorded", "holds"), [(KNOWN, True), (UNKNOWN, False)])
def test_art_37_2_1_a_short_lead_is_found_by_what_was_known_of_the_procedure(recorded: datetime, holds: bool) -> None:
    arrived = IN_FORCE + timedelta(minutes=90)
    arrival = RecordArrival(movement="M1", checkpoint=ROAD)
    (_, *found) = when(movement, given(movement, NOTIFIED, CROSSED, recorded=recorded), arrival, arrived, recorded)
    facts = (("checkpoint", ROAD), ("minutes", "90"), ("minutes_wanted", "600"))
    short = Finding(rule="A2", article="37(2-1)", layer="by-law", facts=facts)
    assert found == ([NoticeFindingsRecorded(movement="M1", findings=(short,))] if holds else [])


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("A4")
def test_art_37_2_1_a_notice_that_only_a_procedure_makes_due_is_late_by_that_layer() -> None:
    late = NOTIFIED.model_copy(update={"submitted": IN_FORCE + timedelta(hours=2)})
    arrival = RecordArrival(movement="M1", checkpoint=ROAD)
    (_, found) = when(movement, given(movement, late, CROSSED), arrival, IN_FORCE, KNOWN)
    assert [(each.rule, each.layer) for each in found.findings] == [("A4", "by-law")]


@pytest.mark.usefixtures("late_act")
@pytest.mark.law("A9")
def test_art_37_2_1_how_it_crossed_goes_before_what_is_said_of_its_arrival_and_that_before_what_was_announced() -> None:
    def due(*before: object, mode: str | None = None) -> bool:
        arrival = RecordArrival(movement="M1", checkpoint=ROAD, mode=mode)  # type: ignore[arg-type]
        (arrived, *_) = when(movement, given(movement, *before), arrival, IN_FORCE, KNOWN)
        assert isinstance(arrived, VehicleArrived)
        return arrived.notice_due

    by_river = CROSSED.model_copy(update={"mode": "river"})
    assert (due(CROSSED), due(by_river), due(CROSSED, mode="river"), due(by_river, mode="road")) == (
        True, False, True, False,
    )  # fmt: skip
    announced = NOTIFIED.model_copy(update={"mode": "river"})
    assert (due(NOTIFIED), due(announced), due(NOTIFIED, mode="river"), due(announced, mode="road")) == (
        True, False, False, True,
    )  # fmt: skip
