"""All interleavings: a truck with water and medicines, cleared in two parts, in any order that is legal."""

from decimal import Decimal
from functools import cache
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from arrival.movement.crossing import RecordCrossing
from clearance.acceptance import AcceptDeclaration
from clearance.approvals import RecordApproval
from clearance.declaration import LodgeDeclaration
from clearance.payments import RecordPayment
from clearance.permits import PresentPermit
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.values import PermitLine
from presentation.consignment.presentation import PresentGoods
from release.regime import EndRegime
from release.release import ReleaseGoods
from tests.orders.post import Act, World
from tests.orders.test_interleavings import START, Chooser, after, at, at_random, on_record, opened

TRUCK, GOODS = "movement/M1", "consignment/C1"
PARTITIONS = {TRUCK: 0, GOODS: 1}
BEEF, MEDICINE = "020230900", "300490100"
PERMIT = PresentPermit(
    consignment="C1", permit="medicine import permit", number="P-1", issued_by="Sample Health Authority",
    lines=(PermitLine(code=MEDICINE, quantity="120", unit="kg"),),
)  # fmt: skip
CROSSING = RecordCrossing(
    movement="M1", direction="in", mode="road", place="FRP-MIX",
    papers=(Papers(consignment="C1", packages=12, goods=(GoodsLine(code=BEEF), GoodsLine(code=MEDICINE))),),
)  # fmt: skip
DECLARATION = LodgeDeclaration(
    consignment="C1", declarant="Sample Imports", form="declaration", regime="free circulation",
    items=(GoodsItem(code=BEEF, origin_proof="certificate"), GoodsItem(code=MEDICINE, regime="transit")),
)  # fmt: skip
ACTS = (
    Act("crossing", "arrival", TRUCK, CROSSING, at(1)),
    Act(
        "goods shown", "presentation", GOODS,
        PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=12), at(2),
        opened("presentation", GOODS, "PresentGoods"),
    ),
    Act("declaration", "clearance", GOODS, DECLARATION, at(0.5)),
    Act("acceptance", "clearance", GOODS, AcceptDeclaration(consignment="C1"), at(2.5)),
    Act("permit", "clearance", GOODS, PERMIT, at(3)),
    Act(
        "approval", "clearance", GOODS,
        RecordApproval(consignment="C1", agency="veterinary", granted=True, reference="V-1"), at(3),
    ),
    Act("payment", "clearance", GOODS, RecordPayment(consignment="C1", amount=Decimal("1.00"), reference="T-1"), at(3)),
    Act(
        "release of beef", "release", GOODS, ReleaseGoods(consignment="C1", items=(1,), regime="free circulation"),
        at(4), opened("release", GOODS, "ReleaseGoods"),
    ),
    Act(
        "release of medicines", "release", GOODS,
        ReleaseGoods(consignment="C1", items=(2,), regime="transit", runs_for_a_term=True), at(5),
        on_record("clearance", GOODS, "RestrictionSatisfied"),
    ),
    Act(
        "end of transit", "release", GOODS, EndRegime(consignment="C1", items=(2,)), at(30),
        after("release of medicines"),
    ),
)  # fmt: skip
STEPS_MAX = 300


def played(choose: Chooser) -> World:
    """A world at its end: every act was done and everything was heard."""
    world = World(ACTS, PARTITIONS, now=START, late=START)
    for _ in range(STEPS_MAX):
        steps = world.steps()
        if not steps:
            assert len(world.done) == len(ACTS), f"never done: {sorted({act.name for act in ACTS} - world.done)}"
            return world
        steps[choose(list(steps))]()
    raise AssertionError(f"not at its end after {STEPS_MAX} steps")


def outcome(world: World) -> list[Any]:
    """What counts in law: nothing that the goods are asked for is withdrawn, and nothing refused.

    How often goods become ready, and how many items at a time, tells only when the officer was told.
    """
    events = [event for service in world.services for event in world.recorded(service, GOODS)]
    assert not [event.type for event in events if event.type in ("ReleaseRefused", "ReleaseWithheld")]
    return sorted(event.type for event in events if event.type != "ReadyForRelease" and "Findings" not in event.type)


@cache
def in_order() -> tuple[dict[tuple[str, str], bytes], list[Any]]:
    world = played(lambda steps: min(steps, key=lambda step: not step.startswith("read")))
    return world.states(), outcome(world)


def test_the_history_ends_with_both_parts_released_and_clearance_completed() -> None:
    _, found = in_order()
    assert [found.count(type_) for type_ in ("GoodsReleased", "RegimeEnded", "ClearanceCompleted")] == [2, 1, 1]
    assert [type_ for type_ in found if "Withdrawn" in type_] == []


@settings(max_examples=60, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_all_interleavings_of_goods_in_parts_give_the_same_states_and_the_same_legal_outcome(random: Random) -> None:
    world = played(at_random(random))
    assert (world.states(), outcome(world)) == in_order()
