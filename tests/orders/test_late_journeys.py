"""Late facts at the border, by every mode: whatever is recorded when, all states of `arrival` and `presentation` agree.

A flight is announced, told anew, crosses, lands in several places and stops where it was not to. Each fact happens
once, at its own instant; corrections are amendments, of which the last recorded counts, and no facts of this kind.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arrival.consignment import consignment as arrival_consignment
from arrival.movement import movement as arrival_movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.journey import ChangeJourney
from arrival.movement.notice import NotifyArrival
from arrival.movement.stops import RecordStop
from contracts.arrival import (
    Chapter8NotApplicable,
    ConsignmentAnnounced,
    ExemptionLost,
    GoodsArrived,
    GoodsCrossed,
    GoodsJourneyChanged,
)
from contracts.papers import Papers
from contracts.tests.kit import sealed
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from decider import Aggregate, Subject
from decider.tests.kit import Said, at, facts, folded
from presentation.consignment import consignment as presentation_consignment
from presentation.consignment.presentation import PresentGoods
from presentation.movement import movement as presentation_movement
from presentation.movement.presentation import PresentVehicle
from tests.orders.test_late_facts import LONG, SHORT, START, Order, as_it_happened, ends, orders, said

OFFICER = Subject("officer-1", "officer")
"""When customs was told, whenever that is recorded, is his to say."""
PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")

DECIDERS: dict[str, tuple[Aggregate[Any], ...]] = {
    "movement": (arrival_movement, presentation_movement),
    "consignment": (arrival_consignment, presentation_consignment),
}
ASHGABAT, MARY, DASHOGUZ = "ASB-AIR", "MRY-AIR", "DSH-AIR"
PAPERS = (Papers(consignment="C1", packages=12), Papers(consignment="C3", packages=3))
NOTICE = NotifyArrival(
    movement="M1", checkpoint=ASHGABAT, mode="air", expected=START, vehicle=PLANE, carrier="Sample Airways",
    journey=(Call(place=ASHGABAT, work=("unload",)), Call(place=MARY, unloads=("C2",))), consignments=("C1", "C2"),
)  # fmt: skip
FACTS = (
    NOTICE,
    ChangeJourney(movement="M1", mode="air", journey=(Call(place=MARY, work=("unload",)), Call(place=DASHOGUZ))),
    ChangeJourney(movement="M1", mode="air", journey=(Call(place=DASHOGUZ, unloads=("C1", "C4")),)),
    RecordArrival(movement="M1", checkpoint=ASHGABAT, mode="air", work=()),
    RecordArrival(movement="M1", checkpoint=MARY, unloads=("C1",)),
    RecordArrival(movement="M1", checkpoint=DASHOGUZ),
    RecordStop(movement="M1", place=MARY),
    RecordStop(movement="M1", place=DASHOGUZ, exemption_lost=True, present_at=ASHGABAT),
    PresentVehicle(movement="M1", checkpoint=MARY),
    PresentGoods(consignment="C1", checkpoint=MARY, packages_found=11),
    PresentGoods(consignment="C3", checkpoint=DASHOGUZ, packages_found=3),
)
CROSSINGS = (
    RecordCrossing(movement="M1", direction="in", mode="air", place=ASHGABAT, seals=sealed("S1"), papers=PAPERS),
    RecordCrossing(movement="M1", direction="in", mode="air", non_stop=True, seals=sealed("S1"), papers=PAPERS),
    RecordCrossing(movement="M1", direction="in", mode="road", place="FRP-MIX", papers=PAPERS),
)
AT_THE_BORDER = st.tuples(
    st.lists(st.sampled_from(FACTS), min_size=1, unique_by=repr), st.lists(st.sampled_from(CROSSINGS), max_size=1)
).flatmap(lambda found: orders([*found[0], *found[1]]))


def states(order: Sequence[Said]) -> dict[tuple[Aggregate[Any], str], Any]:
    """Every state once each act was done, and what it led to was told and heard at once."""
    found: dict[tuple[Aggregate[Any], str], Any] = {}

    def give(decider: Aggregate[Any], stream: str, content: Any, occurred: datetime, recorded: datetime) -> None:
        key = (decider, stream)
        state = found.get(key, decider.INITIAL)
        state = folded(decider, state, content, recorded=recorded) if isinstance(content, decider.HEARS) else state
        events = decider.decide(at(decider, occurred, content, recorded, OFFICER), state)
        found[key] = folded(decider, state, *events, recorded=recorded)
        for event in events:
            happened = event.occurred or occurred
            for other in DECIDERS[stream.partition("/")[0]]:
                if isinstance(event, other.HEARS):
                    give(other, stream, event, happened, recorded)
            for target, command in getattr(decider, "react", lambda event: [])(event):
                give(arrival_consignment, target, command, happened, recorded)

    for each in order:
        kind = "movement" if hasattr(each.content, "movement") else "consignment"
        (decider,) = (each_ for each_ in DECIDERS[kind] if takes(each_, each.content))
        stream = f"{kind}/{getattr(each.content, kind)}"
        give(decider, stream, each.content, each.occurred, each.recorded)
    return found


def takes(decider: Aggregate[Any], command: Any) -> bool:
    own = isinstance(command, PresentVehicle | PresentGoods)
    return own == (decider in (presentation_movement, presentation_consignment))


def _alike(order: Order) -> None:
    assert facts(states(said(order))) == facts(states(as_it_happened(order)))


@SHORT
@given(order=AT_THE_BORDER)
def test_late_facts_a_journey_ends_alike_in_any_order_of_recording(order: Order) -> None:
    _alike(order)


@pytest.mark.long
@LONG
@given(order=AT_THE_BORDER)
def test_late_facts_a_journey_ends_alike_in_many_more_cases(order: Order) -> None:
    _alike(order)


def test_late_facts_a_notice_that_is_recorded_a_day_late_takes_back_that_it_is_missing() -> None:
    day = 24 * 60 * 60
    landed = RecordArrival(movement="M1", checkpoint=ASHGABAT, mode="air")
    prompt = [_at(0, NOTICE), _at(day, landed)]
    late = [_at(day, landed), _at(0, NOTICE, by=2 * day)]
    assert facts(states(prompt)) == facts(states(late))
    missing = states([_at(day, landed)])[arrival_movement, "movement/M1"].notice.findings
    assert [finding.rule for finding in missing] == ["A9"]
    assert states(late)[arrival_movement, "movement/M1"].notice.findings == ()


def _at(seconds: float, content: Any, by: float | None = None) -> Said:
    occurred = datetime.fromtimestamp(START.timestamp() + seconds, START.tzinfo)
    recorded = occurred if by is None else datetime.fromtimestamp(START.timestamp() + by, START.tzinfo)
    return Said(content=content, occurred=occurred, recorded=recorded)


# --- what is heard of goods on several vehicles, each in its own way ---

ABOARD = {"consignment": "C1", "movement": "M1"}
OF_GOODS = st.lists(
    st.sampled_from(
        [
            PresentGoods(consignment="C1", checkpoint=MARY, packages_found=12),
            ConsignmentAnnounced(**ABOARD, checkpoint=ASHGABAT, mode="air", expected=START, unloaded_at=(ASHGABAT,)),
            GoodsJourneyChanged(**ABOARD, mode="air", unloaded_at=(MARY, DASHOGUZ)),
            GoodsCrossed(
                **ABOARD, direction="in", mode="air", crossed=START, papers=Papers(consignment="C1", packages=12)
            ),
            GoodsArrived(**ABOARD, checkpoint=MARY, arrived=START),
            GoodsArrived(**ABOARD, checkpoint=DASHOGUZ, arrived=START, unloaded=True),
            Chapter8NotApplicable(**ABOARD, exemption="non_stop"),
            ExemptionLost(**ABOARD, present_at=ASHGABAT, stopped=START),
            GoodsCrossed(
                consignment="C1", movement="M2", direction="in", mode="road", place="FRP-MIX", crossed=START,
                papers=Papers(consignment="C1", packages=1),
            ),
        ]
    ),
    min_size=2,
    unique_by=repr,
)  # fmt: skip


@SHORT
@given(order=OF_GOODS.flatmap(orders))
def test_late_facts_goods_by_air_are_found_alike_in_any_order_of_recording(order: Order) -> None:
    late, prompt = ends(presentation_consignment, order)
    assert facts(late) == facts(prompt)
