"""An arrival that was stated wrongly: once it is put right, all services are as if only that had been stated."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrival.movement.arrivals import CorrectArrival, RecordArrival, WithdrawArrival
from arrival.movement.crossing import CorrectCrossing, RecordCrossing, WithdrawCrossing
from arrival.movement.notice import NotifyArrival
from arrival.movement.stops import RecordStop
from contracts.papers import Papers
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from presentation.consignment.presentation import PresentGoods
from presentation.movement.presentation import PresentVehicle
from tests.orders.putting_right import History, Stated, at, history, lane, standing, states

PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")
FLIGHT, GOODS = "movement/M1", "consignment/C1"
ASHGABAT, MARY, DASHOGUZ = "ASB-AIR", "MRY-AIR", "DSH-AIR"
PAPERS = (Papers(consignment="C1", packages=12), Papers(consignment="C2", packages=3))
FLIES: dict[str, Any] = {"movement": "M1", "direction": "in", "mode": "air", "papers": PAPERS}
CROSSING = Stated(RecordCrossing(**FLIES, place=ASHGABAT), 1)
NOTICE = Stated(
    NotifyArrival(
        movement="M1", checkpoint=ASHGABAT, mode="air", expected=at(2), vehicle=PLANE, carrier="Sample Airways",
        journey=(Call(place=ASHGABAT, unloads=("C1",)), Call(place=MARY, work=("unload",))), consignments=("C1", "C3"),
    ),
    -24,
)  # fmt: skip


def arrival(place: str, hours: float = 2, **done: Any) -> Stated:
    return Stated(RecordArrival(movement="M1", checkpoint=place, **done), hours)


def correction(place: str, hours: float = 2, **right: Any) -> Stated:
    """A day after it was stated for so many hours."""
    return Stated(CorrectArrival(movement="M1", checkpoint=place, corrects=at(hours), **right), 26)


def withdrawal(place: str, hours: float = 2) -> Stated:
    return Stated(WithdrawArrival(movement="M1", checkpoint=place, withdraws=at(hours)), 26)


def checkpoints(several: list[Stated]) -> list[tuple[str, ...]]:
    """Of the flight, and of the goods."""
    found = states(several)
    parts = [found.get((stream, f"presentation.{stream.partition('/')[0]}"), {}) for stream in (FLIGHT, GOODS)]
    return [tuple(each["checkpoint"] for each in of.get("checkpoint", {}).get("calls", ())) for of in parts]


@pytest.mark.law("P3", "P4")
def test_art_38_1_an_arrival_that_was_at_another_airport_moves_the_checkpoints() -> None:
    wrong = [NOTICE, CROSSING, arrival(ASHGABAT, unloads=("C1",))]
    assert checkpoints(wrong) == [(ASHGABAT,), (ASHGABAT,)]
    moved = [*wrong, correction(ASHGABAT, right_place=MARY, unloads=("C1",))]
    assert checkpoints(moved) == [(MARY,), (MARY,)]
    assert states(moved) == states([NOTICE, CROSSING, arrival(MARY, unloads=("C1",))])
    shown = [
        Stated(PresentVehicle(movement="M1", checkpoint=ASHGABAT), 3),
        Stated(PresentGoods(consignment="C1", checkpoint=DASHOGUZ, packages_found=12), 3),
    ]
    said = lane([*wrong, *shown, correction(ASHGABAT, right_place=MARY, unloads=("C1",))])
    assert said.types(FLIGHT)[-2:] == ["CheckpointDetermined", "VehicleFindingsRecorded"]
    assert said.types(GOODS)[-3:] == ["CheckpointDetermined", "GoodsFindingsWithdrawn", "GoodsFindingsRecorded"]


@pytest.mark.law("A9", "A4")
def test_art_37_2_1_a_notice_is_measured_by_the_right_arrival_and_by_none_that_never_was() -> None:
    unannounced = [CROSSING, arrival(ASHGABAT)]
    assert lane(unannounced).types(FLIGHT)[-1] == "NoticeFindingsRecorded"
    said = lane([*unannounced, withdrawal(ASHGABAT)])
    assert "NoticeFindingsWithdrawn" in said.types(FLIGHT)
    assert standing(said) == states([CROSSING])
    late = [
        CROSSING,
        arrival(ASHGABAT),
        NOTICE._replace(hours=3),
        correction(ASHGABAT, arrived=at(2) + timedelta(hours=4)),
    ]
    assert states(late) == states([CROSSING, NOTICE._replace(hours=3), arrival(ASHGABAT, 6)])


# --- in any order of recording, beside whatever else happened ---

DONE: tuple[dict[str, Any], ...] = (
    {}, {"unloads": ("C1",)}, {"unloads": ("C2", "C3")}, {"work": ("load",)}, {"work": ()}, {"mode": "river"},
    {"mode": "road"}, {"work": ("unload",)},
)  # fmt: skip
PLACES = (ASHGABAT, MARY, DASHOGUZ)
OTHERS = (
    NOTICE,
    CROSSING,
    Stated(RecordStop(movement="M1", place=MARY, exemption_lost=True, present_at=MARY), 3),
    Stated(PresentVehicle(movement="M1", checkpoint=ASHGABAT), 4),
    Stated(PresentGoods(consignment="C1", checkpoint=MARY, packages_found=12), 4),
    Stated(PresentGoods(consignment="C3", checkpoint=ASHGABAT, packages_found=12), 4),
    arrival("TMB-AIR", 5, unloads=("C1",)),
    Stated(RecordCrossing(**(FLIES | {"movement": "M2"}), place=MARY), 5),
)


@st.composite
def histories(draw: st.DrawFn) -> History:
    """With an arrival that is stated wrongly, put right once or twice, or taken back; the crossing may be, too."""
    place, hours, done = (
        draw(st.sampled_from(PLACES)),
        draw(st.sampled_from([0.5, 2.0, 4.5])),
        draw(st.sampled_from(DONE)),
    )
    acts, right = [arrival(place, hours, **done)], arrival(place, hours, **done)
    for _ in range(draw(st.integers(1, 2))):
        to, then, done = (
            draw(st.sampled_from(PLACES)),
            draw(st.sampled_from([0.5, 2.0, 4.5])),
            draw(st.sampled_from(DONE)),
        )
        acts.append(correction(place, hours, right_place=to, arrived=at(then), **done))
        place, hours, right = to, then, arrival(to, then, **done)
    never = draw(st.booleans())
    if never:
        acts.append(withdrawal(place, hours))
    return history(draw, acts, [] if never else [right], OTHERS)


CROSSED: dict[str, Any] = {"movement": "M1", "corrects": at(1), "direction": "in", "mode": "air"}
OF_THE_CROSSING = (
    Stated(CorrectCrossing(**CROSSED, place=ASHGABAT, papers=PAPERS[1:]), 12),
    Stated(CorrectCrossing(**CROSSED, non_stop=True, papers=PAPERS[:1]), 12),
    Stated(WithdrawCrossing(movement="M1", withdraws=at(1)), 12),
)


@st.composite
def with_both(draw: st.DrawFn) -> History:
    """Also the crossing is put right, before or after."""
    told, alone = draw(histories())
    change = draw(st.sampled_from(OF_THE_CROSSING))
    return [CROSSING, *_put(draw, told, change)], [CROSSING, *_put(draw, alone, change)]


def _put(draw: st.DrawFn, several: list[Stated], change: Stated) -> list[Stated]:
    others = [each for each in several if each != CROSSING]
    place = draw(st.integers(0, len(others)))
    return [*others[:place], change, *others[place:]]


@settings(max_examples=300, deadline=None)
@given(found=histories() | with_both())
def test_an_arrival_put_right_leaves_every_service_as_if_only_that_had_been_stated(found: History) -> None:
    told, alone = found
    assert states(told) == states(alone)


@pytest.mark.long
@settings(max_examples=3000, deadline=None)
@given(found=histories() | with_both())
def test_an_arrival_put_right_in_many_more_cases(found: History) -> None:
    told, alone = found
    assert states(told) == states(alone)
