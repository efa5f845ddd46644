"""All interleavings of a flight that unloads in two places, and of one that was not to stop: the same states."""

from functools import cache
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.notice import NotifyArrival
from arrival.movement.stops import RecordStop
from contracts.papers import Papers
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from presentation.consignment.presentation import PresentGoods
from presentation.movement.presentation import PresentVehicle
from tests.orders.post import Act, World
from tests.orders.test_interleavings import START, STEPS_MAX, Chooser, at, at_random

PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")

FLIGHT, ONE, OTHER = "movement/M1", "consignment/C1", "consignment/C2"
PARTITIONS = {FLIGHT: 0, ONE: 1, OTHER: 1}
PAPERS = (Papers(consignment="C1", packages=12), Papers(consignment="C2", packages=3))
NOTICE = NotifyArrival(
    movement="M1", checkpoint="ASB-AIR", mode="air", expected=START, vehicle=PLANE, carrier="Sample Airways",
    journey=(Call(place="ASB-AIR", unloads=("C1", "C2")), Call(place="MRY-AIR")), consignments=("C1", "C2"),
)  # fmt: skip
SHOWN = (
    Act("vehicle shown", "presentation", FLIGHT, PresentVehicle(movement="M1", checkpoint="ASB-AIR"), at(6)),
    Act("one shown", "presentation", ONE, PresentGoods(consignment="C1", checkpoint="ASB-AIR"), at(6)),
    Act("other shown", "presentation", OTHER, PresentGoods(consignment="C2", checkpoint="MRY-AIR"), at(7)),
)
LANDING = (
    Act("notice", "arrival", FLIGHT, NOTICE, at(0)),
    Act(
        "crossing", "arrival", FLIGHT,
        RecordCrossing(movement="M1", direction="in", mode="air", place="ASB-AIR", papers=PAPERS), at(3),
    ),
    Act("Ashgabat", "arrival", FLIGHT, RecordArrival(movement="M1", checkpoint="ASB-AIR", unloads=("C1",)), at(4)),
    Act("Mary", "arrival", FLIGHT, RecordArrival(movement="M1", checkpoint="MRY-AIR", unloads=("C2",)), at(5)),
    *SHOWN,
)  # fmt: skip
OVERFLIGHT = (
    Act(
        "crossing", "arrival", FLIGHT,
        RecordCrossing(movement="M1", direction="in", mode="air", non_stop=True, papers=PAPERS), at(3),
    ),
    Act("Mary", "arrival", FLIGHT, RecordArrival(movement="M1", checkpoint="MRY-AIR"), at(4)),
    Act(
        "stop", "arrival", FLIGHT,
        RecordStop(movement="M1", place="MRY-AIR", exemption_lost=True, present_at="ASB-AIR"), at(5),
    ),
    *SHOWN,
)  # fmt: skip


def played(choose: Chooser, acts: tuple[Act, ...]) -> World:
    """A world at its end."""
    world = World(acts, PARTITIONS, now=at(8), late=at(9))
    for _ in range(STEPS_MAX):
        steps = world.steps()
        if not steps:
            return world
        steps[choose(list(steps))]()
    raise AssertionError(f"not at its end after {STEPS_MAX} steps")


@cache
def in_order(acts: tuple[Act, ...]) -> World:
    return played(lambda steps: min(steps, key=lambda step: not step.startswith(("read", "told"))), acts)


def found(world: World, stream: str) -> tuple[tuple[str, ...], list[str]]:
    state = world.state("presentation", stream)
    return state.checkpoint.places, [finding.rule for finding in state.presentation.findings]


def test_a_flight_and_its_goods_have_checkpoints_of_their_own() -> None:
    world = in_order(LANDING)
    assert [found(world, each) for each in PARTITIONS] == [(("ASB-AIR",), []), (("ASB-AIR",), []), (("MRY-AIR",), [])]


def test_a_flight_that_was_not_to_stop_is_shown_where_the_officer_says() -> None:
    world = in_order(OVERFLIGHT)
    assert [found(world, each) for each in PARTITIONS] == [
        (("ASB-AIR",), []),
        (("ASB-AIR",), []),
        (("ASB-AIR",), ["P8"]),
    ]


@pytest.mark.parametrize("acts", [LANDING, OVERFLIGHT], ids=["landing", "overflight"])
@settings(max_examples=40, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_all_interleavings_of_a_flight_give_the_same_states(acts: tuple[Act, ...], random: Random) -> None:
    assert played(at_random(random), acts).states() == in_order(acts).states()
