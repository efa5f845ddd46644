"""Facts that are put right or taken back after all that rested on them: what does not hold is withdrawn, everywhere.

Acts of customs stand. Whenever and in whichever order amendments are recorded and heard, the states are the same.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance.approvals import RecordApproval, WithdrawApproval
from clearance.export import CorrectImmediateExport
from clearance.permits import CorrectPermit, WithdrawPermit
from clearance.placement import WithdrawPlacement
from contracts.values import PermitLine
from presentation.consignment.presentation import CorrectGoodsPresentation, PresentGoods, WithdrawGoodsPresentation
from release.regime import CorrectRegimeEnd, EndRegime, WithdrawRegimeEnd
from tests.orders import test_interleavings as prohibited
from tests.orders.post import Act, World
from tests.orders.test_interleavings import PROHIBITED, START, Chooser, after, at, at_random
from tests.orders.test_interleavings_of_parts import ACTS, BEEF, GOODS, PARTITIONS, PERMIT

STEPS_MAX = 500
NAMED: dict[str, Any] = {"consignment": "C1", "permit": PERMIT.permit, "number": PERMIT.number}
APPROVAL: dict[str, Any] = {"consignment": "C1", "agency": "veterinary"}
NOT_APPROVED = WithdrawApproval(**APPROVAL, reference="V-1", withdraws=at(3))
NO_PERMIT = WithdrawPermit(**NAMED, withdraws=at(3))
OTHER_GOODS = CorrectPermit(
    **NAMED, corrects=at(3), issued_by=PERMIT.issued_by, lines=(PermitLine(code=BEEF, quantity="120", unit="kg"),)
)


NOT_SHOWN = WithdrawGoodsPresentation(consignment="C1", withdraws=at(2))
FEWER = CorrectGoodsPresentation(consignment="C1", corrects=at(2), checkpoint="FRP-MIX", packages_found=11, shown=at(3))
NOT_ENDED = WithdrawRegimeEnd(consignment="C1", items=(2,), withdraws=at(30))
ENDED_LATER = CorrectRegimeEnd(consignment="C1", corrects=at(30), stated_for=(2,), items=(1, 2), ended=at(40))
SHOWN_AGAIN = PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=12)


def of_clearance(name: str, command: Any, hour: float, *before: str) -> Act:
    return Act(name, "clearance", GOODS, command, at(hour), after(*before))


def of_presentation(name: str, command: Any, hour: float, *before: str) -> Act:
    return Act(name, "presentation", GOODS, command, at(hour), after(*before))


def played(choose: Chooser, acts: tuple[Act, ...]) -> World:
    """A world at its end: every act was done and everything was heard."""
    world = World(acts, PARTITIONS, now=START, late=START)
    for _ in range(STEPS_MAX):
        steps = world.steps()
        if not steps:
            assert len(world.done) == len(acts), f"never done: {sorted({act.name for act in acts} - world.done)}"
            return world
        steps[choose(list(steps))]()
    raise AssertionError(f"not at its end after {STEPS_MAX} steps")


def each_heard_first(steps: list[str]) -> str:
    """What is recorded is heard at once; then the next act is done."""
    return min(steps, key=lambda step: step.startswith("act"))


@cache
def in_turn(*acts: Act) -> World:
    return played(each_heard_first, (*ACTS, *acts))


def told(world: World, service: str, *types: str) -> list[str]:
    return [event.type for event in world.recorded(service, GOODS) if event.type in types]


COMPLETION = ("ClearanceCompleted", "ClearanceCompletionWithdrawn")


def test_an_approval_that_never_was_takes_back_the_end_of_clearance_and_a_later_one_brings_it_back() -> None:
    gone = of_clearance("not approved", NOT_APPROVED, 31, "end of transit")
    world = in_turn(gone)
    assert told(world, "release", *COMPLETION) == [*COMPLETION]
    assert world.open_acts("clearance", GOODS) == ["RecordApproval"]
    again = RecordApproval(**APPROVAL, granted=True, reference="V-2")
    world = in_turn(gone, of_clearance("approved after all", again, 32, "not approved"))
    assert told(world, "release", *COMPLETION) == [*COMPLETION, "ClearanceCompleted"]


@pytest.mark.parametrize("amends", [NO_PERMIT, OTHER_GOODS], ids=["withdrawn", "of other goods"])
def test_a_permit_that_was_none_leaves_the_release_and_is_a_ground_after_it(amends: Any) -> None:
    world = in_turn(of_clearance("no such permit", amends, 31, "end of transit"))
    met = ("RestrictionSatisfied", "RestrictionSatisfactionWithdrawn")
    assert told(world, "clearance", *met) == [*met]
    assert [(each.rule, each.article) for each in grounds(world)] == [("L5", "7(1) para 3")]
    assert told(world, "release", "GoodsReleased") == ["GoodsReleased"] * 2
    assert "DecideOnGroundAfterRelease" in world.open_acts("release", GOODS)


def grounds(world: World) -> Iterator[Any]:
    return iter(world.state("release", GOODS).after.grounds)


def test_goods_that_were_not_shown_are_still_to_be_shown_and_ready_no_more_and_their_release_stands() -> None:
    world = in_turn(of_presentation("not shown", NOT_SHOWN, 31, "end of transit"))
    assert world.open_acts("presentation", GOODS) == ["PresentGoods"]
    assert world.state("clearance", GOODS).presentation.showings.shown == ()
    assert world.state("clearance", GOODS).readiness.items == ()
    assert told(world, "release", "GoodsReleased", *COMPLETION) == ["GoodsReleased"] * 2 + ["ClearanceCompleted"]


def test_goods_of_which_no_presentation_stands_are_not_said_to_be_ready_until_they_are_shown() -> None:
    acts = {act.name: act for act in ACTS}
    first = [acts["crossing"], acts["goods shown"], of_presentation("not shown", NOT_SHOWN, 2.5, "goods shown")]
    declared = [replace(acts["declaration"], may=after("not shown")), replace(acts["permit"], may=after("declaration"))]
    world = played(each_heard_first, (*first, *declared))
    assert told(world, "clearance", "ReadyForRelease") == []
    again = of_presentation("shown again", SHOWN_AGAIN, 5, "permit")
    world = played(each_heard_first, (*first, *declared, again))
    assert told(world, "clearance", "ReadyForRelease") == ["ReadyForRelease"]


def of_release(name: str, command: Any, hour: float, *before: str) -> Act:
    return Act(name, "release", GOODS, command, at(hour), after(*before))


def test_an_end_of_a_regime_that_never_was_takes_back_the_end_of_clearance() -> None:
    gone = of_release("not ended", NOT_ENDED, 31, "end of transit")
    world = in_turn(gone)
    assert told(world, "release", *COMPLETION) == [*COMPLETION]
    assert "EndRegime" in world.open_acts("release", GOODS)
    world = in_turn(gone, of_release("ended after all", EndRegime(consignment="C1", items=(2,)), 40, "not ended"))
    assert told(world, "release", *COMPLETION) == [*COMPLETION, "ClearanceCompleted"]


AMENDED = (
    of_release("ended later", ENDED_LATER, 41, "end of transit"),
    of_presentation("fewer packages", FEWER, 31, "goods shown"),
    of_presentation("not shown", replace(NOT_SHOWN, withdraws=at(3)), 31, "fewer packages"),
    of_presentation("shown again", SHOWN_AGAIN, 31, "not shown"),
    of_clearance("not approved", NOT_APPROVED, 31, "approval"),
    of_clearance("of other goods", OTHER_GOODS, 31, "release of medicines"),
    of_clearance("no such permit", NO_PERMIT, 32, "of other goods"),
)


@settings(max_examples=40, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_all_interleavings_of_amended_facts_end_in_the_same_states(random: Random) -> None:
    assert played(at_random(random), (*ACTS, *AMENDED)).states() == in_turn(*AMENDED).states()


# --- goods that may not come in, and their storage (Art. 7(1)) ---

AFTER_THE_TERM = CorrectImmediateExport(consignment="C2", corrects=at(48), exported=at(86))
NOT_STORED = WithdrawPlacement(consignment="C2", withdraws=at(5))
LEFT_LATE = (
    Act("left later", "clearance", PROHIBITED, AFTER_THE_TERM, at(87), after("export")),
    Act("did not stay", "clearance", PROHIBITED, NOT_STORED, at(88), after("left later", "storage")),
)


@cache
def sent_back(*acts: Act) -> World:
    return prohibited.played(each_heard_first, (*prohibited.ACTS, *acts))


def test_an_export_put_right_to_a_time_after_the_term_ends_it_and_without_the_storage_there_is_no_term() -> None:
    world = sent_back(LEFT_LATE[0])
    told = [event.type for event in world.recorded("clearance", PROHIBITED)]
    assert told[-3:] == ["ImmediateExportCorrected", "StorageTermEnded", "DisposalReferred"]
    assert world.state("release", PROHIBITED).clearance.export.left == at(86)
    world = sent_back(*LEFT_LATE)
    told = [event.type for event in world.recorded("clearance", PROHIBITED)]
    assert told[-3:] == ["PlacementWithdrawn", "StorageTermWithdrawn", "StorageTermEndWithdrawn"]


@settings(max_examples=40, deadline=None)
@given(random=st.randoms(use_true_random=False))
def test_all_interleavings_of_an_export_put_right_end_in_the_same_states(random: Random) -> None:
    world = prohibited.played(at_random(random), (*prohibited.ACTS, *LEFT_LATE))
    assert world.states() == sent_back(*LEFT_LATE).states()
