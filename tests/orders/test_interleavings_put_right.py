"""All interleavings of a flight of which much was stated wrongly, and put right: the same states, and none but these.

Whatever pace readers, the agenda and those who act take, all that is wrong is withdrawn where it was heard.
"""

from functools import cache
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from arrival.movement.arrivals import CorrectArrival, RecordArrival
from arrival.movement.crossing import CorrectCrossing, RecordCrossing
from arrival.movement.notice import AmendNotice, CorrectNotice, NotifyArrival, WithdrawNotice
from arrival.movement.stops import RecordStop, WithdrawStop
from clearance.declaration import LodgeDeclaration
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.values import Call
from contracts.vehicle import MeansOfTransport
from decider.tests.kit import facts
from presentation.consignment.presentation import PresentGoods
from tests.orders.post import Act, World
from tests.orders.putting_right import without_struck
from tests.orders.test_interleavings import STEPS_MAX, Chooser, after, at, at_random

FLIGHT, ONE, OTHER = "movement/M1", "consignment/C1", "consignment/C2"
PARTITIONS = {FLIGHT: 0, ONE: 1, OTHER: 1}
BOMBS, WATER = GoodsLine(code="930690100"), GoodsLine(code="220110110")
WRONG = (Papers(consignment="C1", packages=12, goods=(BOMBS,)), Papers(consignment="C2", packages=3))
RIGHT = (Papers(consignment="C1", packages=11, goods=(WATER,)),)
PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")
FLIES: dict[str, Any] = {"movement": "M1", "direction": "in", "mode": "air"}
SAID: dict[str, Any] = {
    "movement": "M1", "checkpoint": "ASB-AIR", "mode": "air", "expected": at(4), "vehicle": PLANE,
    "carrier": "Sample Airways",
}  # fmt: skip
UNLOADED = (Call(place="MRY-AIR", unloads=("C1",)),)


def arrival(name: str, command: Any, hours: float, *behind: str) -> Act:
    return Act(name, "arrival", FLIGHT, command, at(hours), after(*behind))


BESIDE = (
    Act("shown", "presentation", ONE, PresentGoods(consignment="C1", checkpoint="MRY-AIR", packages_found=11), at(6)),
    Act(
        "declared", "clearance", ONE,
        LodgeDeclaration(
            consignment="C1", declarant="Sample Imports", form="declaration", items=(GoodsItem(code="220110110"),)
        ),
        at(6),
    ),
)  # fmt: skip
PUT_RIGHT = (
    arrival("notice", NotifyArrival(**SAID, consignments=("C1", "C2")), 0),
    arrival("right notice", CorrectNotice(**SAID, consignments=("C1",), journey=UNLOADED, corrects=at(0)), 5, "notice"),
    arrival("amendment", AmendNotice(**SAID, consignments=("C2",)), 2, "notice"),
    arrival("no amendment", WithdrawNotice(movement="M1", withdraws=at(2)), 5, "amendment"),
    arrival("crossing", RecordCrossing(**FLIES, non_stop=True, papers=WRONG), 3),
    arrival("right crossing", CorrectCrossing(**FLIES, place="ASB-AIR", papers=RIGHT, corrects=at(3)), 5, "crossing"),
    arrival("arrived", RecordArrival(movement="M1", checkpoint="ASB-AIR", unloads=("C2",)), 4),
    arrival(
        "right arrival",
        CorrectArrival(movement="M1", checkpoint="ASB-AIR", right_place="MRY-AIR", unloads=("C1",), corrects=at(4)),
        5, "arrived",
    ),
    arrival("stop", RecordStop(movement="M1", place="DSH-AIR", exemption_lost=True, present_at="DSH-AIR"), 4.5),
    arrival("no stop", WithdrawStop(movement="M1", place="DSH-AIR", withdraws=at(4.5)), 5, "stop"),
    *BESIDE,
)  # fmt: skip
FROM_THE_BEGINNING = (
    arrival("notice", NotifyArrival(**SAID, consignments=("C1",), journey=UNLOADED), 0),
    arrival("crossing", RecordCrossing(**FLIES, place="ASB-AIR", papers=RIGHT), 3),
    arrival("arrived", RecordArrival(movement="M1", checkpoint="MRY-AIR", unloads=("C1",)), 4),
    *BESIDE,
)


def played(choose: Chooser, acts: tuple[Act, ...]) -> dict[tuple[str, str], Any]:
    """What stands at the end in every stream of which anything does."""
    world = World(acts, PARTITIONS, now=at(8), late=at(9))
    for _ in range(STEPS_MAX):
        steps = world.steps()
        if not steps:
            assert world.done == {act.name for act in acts}
            return standing(world)
        steps[choose(list(steps))]()
    raise AssertionError(f"not at its end after {STEPS_MAX} steps")


def standing(world: World) -> dict[tuple[str, str], Any]:
    found = {name: without_struck(state) for name, state in world.states().items()}
    untouched = {name: without_struck(facts(kind_of(world, *name).initial)) for name in found}
    return {name: state for name, state in found.items() if state != untouched[name]}


def kind_of(world: World, service: str, stream: str) -> Any:
    return world.services[service].kind_of(stream)


@cache
def right() -> dict[tuple[str, str], Any]:
    return played(lambda steps: min(steps, key=lambda step: not step.startswith(("read", "told"))), FROM_THE_BEGINNING)


@settings(max_examples=60, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_all_interleavings_of_what_is_put_right_give_the_states_of_what_is_right(random: Random) -> None:
    assert played(at_random(random), PUT_RIGHT) == right()
