"""All interleavings: a truck with lawful and with prohibited goods, through four services, in any order that is legal.

Whatever pace readers, actors, the agenda and the clock take: the same states, the same legal outcome, and nothing that
was found or refused has to be withdrawn, but for the end of a term whose keeping was recorded only after it.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from random import Random
from typing import Any, TypeAlias

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.notice import NotifyArrival
from clearance.acceptance import AcceptDeclaration
from clearance.declaration import LodgeDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.export import RecordImmediateExport
from clearance.payments import RecordPayment
from clearance.placement import PlaceInStorage
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.tests.kit import sealed
from contracts.values import Call, Payment
from contracts.vehicle import MeansOfTransport
from presentation.consignment.presentation import PresentGoods
from presentation.movement.presentation import PresentVehicle
from release.regime import EndRegime
from release.release import ReleaseGoods
from tests.orders.post import Act, World

LORRY = MeansOfTransport(kind="registration_plate", identity="TM 1234 AB")

START = datetime(2026, 3, 2, 7, tzinfo=UTC)
TERM_ENDS = datetime(2026, 3, 5, 19, tzinfo=UTC)
TRUCK, LAWFUL, PROHIBITED = "movement/M1", "consignment/C1", "consignment/C2"
PARTITIONS = {TRUCK: 0, LAWFUL: 1, PROHIBITED: 1}
WATER, BOMBS = "220110110", "930690100"
STEPS, STEPS_MAX = 117, 400
"""How many steps the history takes, and after how many it is given up."""

Chooser: TypeAlias = Callable[[list[str]], str]


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


def opened(service: str, stream: str, act: str) -> Callable[[World], bool]:
    """The actor has seen that this is asked."""
    return lambda world: act in world.open_acts(service, stream)


def after(*names: str) -> Callable[[World], bool]:
    return lambda world: world.done >= set(names)


def on_record(service: str, stream: str, type_: str) -> Callable[[World], bool]:
    return lambda world: type_ in {event.type for event in world.recorded(service, stream)}


NOTICE = NotifyArrival(
    movement="M1", checkpoint="FRP-MIX", mode="road", expected=START, vehicle=LORRY,
    carrier="Sample Haulage", journey=(Call(place="FRP-MIX"),), consignments=("C1", "C2"),
)  # fmt: skip
CROSSING = RecordCrossing(
    movement="M1", direction="in", mode="road", place="FRP-MIX", seals=sealed("S1"),
    papers=(
        Papers(consignment="C1", packages=12, goods=(GoodsLine(code=WATER),)),
        Papers(consignment="C2", packages=3, goods=(GoodsLine(code=BOMBS),)),
    ),
)  # fmt: skip
DECLARATION = LodgeDeclaration(
    consignment="C1", declarant="Sample Imports", form="declaration", regime="transit",
    items=(GoodsItem(code=WATER, origin_proof="certificate"),),
    payments=(Payment(kind="duty", amount=Decimal("10.00")),),
)  # fmt: skip
FOUND = DecideOnGoodsInDoubt(consignment="C2", code=BOMBS, evidence=("examination",))
STAYS = RecordImmediateExport(consignment="C2", done=False)
STORE = PlaceInStorage(consignment="C2", place="Farap, store 2")
ACTS = (
    Act("notice", "arrival", TRUCK, NOTICE, at(0)),
    Act("crossing", "arrival", TRUCK, CROSSING, at(1)),
    Act("arrival", "arrival", TRUCK, RecordArrival(movement="M1", checkpoint="FRP-MIX"), at(1.5)),
    Act(
        "vehicle shown", "presentation", TRUCK,
        PresentVehicle(movement="M1", checkpoint="FRP-MIX", seals_found_intact=("S1",)), at(2),
        opened("presentation", TRUCK, "PresentVehicle"),
    ),
    Act(
        "goods shown", "presentation", LAWFUL,
        PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=12), at(2),
        opened("presentation", LAWFUL, "PresentGoods"),
    ),
    Act(
        "prohibited goods shown", "presentation", PROHIBITED,
        PresentGoods(consignment="C2", checkpoint="FRP-MIX", packages_found=3), at(2),
        opened("presentation", PROHIBITED, "PresentGoods"),
    ),
    Act(
        "goods found", "clearance", PROHIBITED, FOUND, at(2.5), opened("clearance", PROHIBITED, "DecideOnGoodsInDoubt")
    ),
    Act("declaration", "clearance", LAWFUL, DECLARATION, at(0.5)),
    Act("acceptance", "clearance", LAWFUL, AcceptDeclaration(consignment="C1"), at(2.5)),
    Act(
        "payment", "clearance", LAWFUL,
        RecordPayment(consignment="C1", amount=Decimal("10.00"), reference="T-1"), at(3),
    ),
    Act(
        "release", "release", LAWFUL, ReleaseGoods(consignment="C1", regime="transit", runs_for_a_term=True), at(4),
        opened("release", LAWFUL, "ReleaseGoods"),
    ),
    Act("end of regime", "release", LAWFUL, EndRegime(consignment="C1"), at(30), after("release")),
    Act(
        "release of prohibited goods", "release", PROHIBITED, ReleaseGoods(consignment="C2", regime="transit"), at(4),
        on_record("clearance", PROHIBITED, "ImportProhibited"),
    ),
    Act(
        "no export", "clearance", PROHIBITED, STAYS, at(4.5), opened("clearance", PROHIBITED, "RecordImmediateExport"),
    ),
    Act("storage", "clearance", PROHIBITED, STORE, at(5), opened("clearance", PROHIBITED, "PlaceInStorage")),
    Act("export", "clearance", PROHIBITED, RecordImmediateExport(consignment="C2"), at(48), after("storage")),
)  # fmt: skip


LAWFUL_ACTS = tuple(act for act in ACTS if act.stream != PROHIBITED)


def played(choose: Chooser, acts: tuple[Act, ...] = ACTS, without: frozenset[str] = frozenset()) -> World:
    """A world at its end: every act was done and everything was heard."""
    world = World(acts, PARTITIONS, now=START, late=TERM_ENDS + timedelta(days=1), without=without)
    for _ in range(STEPS_MAX):
        steps = world.steps()
        if not steps:
            assert len(world.done) == len(acts), f"never done: {sorted({act.name for act in acts} - world.done)}"
            return world
        steps[choose(list(steps))]()
    raise AssertionError(f"not at its end after {STEPS_MAX} steps")


def test_the_history_takes_as_many_steps_as_a_reader_may_start_at() -> None:
    taken: list[str] = []
    played(lambda steps: taken.append(steps[0]) or steps[0])  # type: ignore[func-returns-value]
    assert len(taken) == STEPS


DOUBTS = ("GoodsInDoubt", "GoodsDoubtWithdrawn")
"""The papers of the prohibited goods show what they are, and an officer decides so."""


def outcome(world: World) -> dict[str, list[Any]]:
    """What counts in law, by stream; a term's end and its withdrawal cancel each other out."""
    passing = {"StorageTermEnded", "DisposalReferred", "StorageTermEndWithdrawn"}
    found = {}
    for stream in PARTITIONS:
        recorded = (event for service in world.services for event in world.recorded(service, stream))
        events = [event for event in recorded if event.type not in DOUBTS]
        found[stream] = sorted(event.type for event in events if event.type not in passing)
        assert not [event for event in events if "Withdrawn" in event.type and event.type not in passing]
        assert not [finding for event in events for finding in getattr(event, "findings", ())]
        counted = [event.type for event in events]
        assert counted.count("StorageTermEnded") == counted.count("StorageTermEndWithdrawn")
    return found


@cache
def in_order(acts: tuple[Act, ...] = ACTS) -> tuple[dict[tuple[str, str], bytes], dict[str, list[Any]]]:
    """The history as it is meant: what is recorded is heard at once, then the next act is done."""
    world = played(
        lambda steps: min(steps, key=lambda step: (step == "the days go by", not step.startswith("read"))), acts
    )
    return world.states(), outcome(world)


def at_random(random: Random) -> Chooser:
    """Every open step alike; or, as often, by a pace of its own for each, which changes now and then."""
    if random.random() < 0.5:
        return random.choice
    paces: dict[str, float] = {}

    def by_pace(steps: list[str]) -> str:
        chosen = max(steps, key=lambda step: paces.setdefault(step, random.random()))
        if random.random() < 0.1:
            paces[chosen] = random.random()
        return chosen

    return by_pace


def test_the_history_ends_with_a_release_completed_and_a_release_refused() -> None:
    _, found = in_order()
    assert [type_ for type_ in found[LAWFUL] if type_ in ("GoodsReleased", "RegimeEnded", "ClearanceCompleted")] == [
        "ClearanceCompleted",
        "GoodsReleased",
        "RegimeEnded",
    ]
    assert {"ImportProhibited", "ImmediateExportOrdered", "TemporaryStorageStarted", "ImmediateExportDone"} <= {
        *found[PROHIBITED]
    }
    assert found[PROHIBITED].count("ReleaseRefused") == 1


@settings(max_examples=60, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_all_interleavings_give_the_same_states_and_the_same_legal_outcome(random: Random) -> None:
    world = played(at_random(random))
    assert (world.states(), outcome(world)) == in_order()


@pytest.mark.long
@settings(max_examples=1000, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_all_interleavings_in_many_more_cases(random: Random) -> None:
    world = played(at_random(random))
    assert (world.states(), outcome(world)) == in_order()


@pytest.mark.parametrize("service", ["presentation", "clearance", "release"])
def test_all_interleavings_a_reader_may_start_at_every_point(service: str) -> None:
    """Up to that point it reads nothing; from there on it catches up before anything else goes on."""
    for start in range(STEPS):
        taken = 0

        def choose(steps: list[str], start: int = start) -> str:
            nonlocal taken
            taken += 1
            own = [step for step in steps if step.startswith(f"read ('{service}'")]
            others = [step for step in steps if step not in own]
            return (own or others)[0] if taken > start or not others else others[0]

        world = played(choose)
        assert (world.states(), outcome(world)) == in_order(), f"{service} starts after step {start}"


@settings(max_examples=30, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_all_interleavings_of_lawful_goods_need_no_asking_where_readers_heed_what_was_seen(random: Random) -> None:
    world = played(at_random(random), LAWFUL_ACTS, frozenset({"asking"}))
    assert (world.states(), outcome(world)) == in_order(LAWFUL_ACTS)


@pytest.mark.parametrize(
    ("acts", "without"),
    [
        pytest.param(ACTS, {"asking"}, id="release does not ask first"),
        pytest.param(LAWFUL_ACTS, {"asking", "seen"}, id="readers ignore what was seen"),
    ],
)
def test_a_care_that_is_not_taken_is_noticed(acts: tuple[Act, ...], without: set[str]) -> None:
    @settings(max_examples=300, deadline=None, database=None, derandomize=True, phases=[Phase.generate])
    @given(random=st.randoms(use_true_random=False))
    def careless(random: Random) -> None:
        world = played(at_random(random), acts, frozenset(without))
        assert (world.states(), outcome(world)) == in_order(acts)

    with pytest.raises(AssertionError):
        careless()
