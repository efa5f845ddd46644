"""That goods are ready for release is said of them, and taken back where they wait for something again."""

from itertools import permutations
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.permits import PresentPermit, WithdrawPermit
from clearance.tests.declared import (
    MEDICINE,
    SHOWN,
    WATER,
    crossed,
    found,
    lodge,
    measure,
    no_longer_ready,
    ready,
)
from contracts.presentation import GoodsPresentationWithdrawn, PartsStillToBePresented, ToBeShown
from contracts.readiness import ReadyForRelease, ReadyForReleaseWithdrawn
from contracts.values import PermitLine
from decider import Subject
from decider.tests.kit import NOON, at, play, step

BOMBS = "930690100"
OFFICER = Subject(id="officer-1", role="officer")
ONE = (crossed((WATER, "UZ")), SHOWN.model_copy(update={"shown": NOON, "movement": "M1"}), lodge((WATER, "UZ")))
SECOND = crossed((WATER, "UZ"), movement="M2")
WAITS = PartsStillToBePresented(consignment="C1", parts=(ToBeShown(movement="M2", checkpoint="FRP-MIX"),))
OTHER = ONE[1].model_copy(update={"movement": "M2"})
NONE_WAITS = PartsStillToBePresented(consignment="C1")


def told(*inputs: Any) -> list[Any]:
    """What was said of readiness."""
    state, said = consignment.INITIAL, []
    for content in inputs:
        state, events = step(consignment, state, at(consignment, NOON, content, subject=OFFICER))
        said += [each for each in events if isinstance(each, ReadyForRelease | ReadyForReleaseWithdrawn)]
    return said


@pytest.mark.law("L1")
def test_art_5_1_20_a_part_that_crosses_later_takes_readiness_back_until_it_is_shown() -> None:
    assert told(*ONE, SECOND, WAITS) == [ready(1), no_longer_ready(1)]
    assert told(*ONE, SECOND, WAITS, OTHER, NONE_WAITS) == [ready(1), no_longer_ready(1), ready(1)]


@pytest.mark.law("L1")
def test_art_5_1_20_goods_that_a_later_part_names_and_nobody_declared_take_it_back_until_an_officer_decides() -> None:
    more = crossed((WATER, "UZ"), (BOMBS, None), movement="M2")
    decided = found()
    assert told(*ONE, more)[:2] == [ready(1), no_longer_ready(1)]
    assert told(*ONE, more, decided) == [ready(1), no_longer_ready(1), ready(1)]


@pytest.mark.law("L1")
def test_art_5_1_20_what_is_taken_back_of_showing_and_permits_takes_readiness_back() -> None:
    never = GoodsPresentationWithdrawn(consignment="C1", withdraws=NOON, stated_of="M1")
    assert told(*ONE, never) == [ready(1), no_longer_ready(1)]
    kind = measure("restriction", MEDICINE)[1].requires or ""
    permit = PresentPermit(
        consignment="C1", permit=kind, number="P-1", issued_by="Sample Health Authority",
        lines=(PermitLine(code=MEDICINE, quantity="120", unit="kg"),),
    )  # fmt: skip
    goods = (crossed((MEDICINE, "UZ"), (WATER, "UZ")), SHOWN, lodge((MEDICINE, "UZ"), (WATER, "UZ")))
    gone = WithdrawPermit(consignment="C1", permit=kind, number="P-1", withdraws=NOON)
    assert told(*goods, permit, gone) == [ready(2), ready(1), no_longer_ready(1)]


@pytest.mark.law("L1")
def test_art_5_1_20_goods_declared_as_one_are_ready_as_one_until_items_are_declared_of_them() -> None:
    words = lodge()
    whole = (crossed((WATER, "UZ")), SHOWN, words)
    assert told(*whole) == [ready()]
    assert told(*whole, crossed((BOMBS, None), movement="M2")) == [ready(), no_longer_ready()]


def test_what_is_ready_is_the_same_in_whichever_order_it_was_recorded() -> None:
    more = crossed((BOMBS, None), movement="M2")
    ends = [play(consignment, order)[0].readiness.items for order in permutations((*ONE, more))]
    assert set(ends) == {()}
    ends = [play(consignment, order)[0].readiness.items for order in permutations((*ONE, SECOND, OTHER))]
    assert set(ends) == {(1,)}
