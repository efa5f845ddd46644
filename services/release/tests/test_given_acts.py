"""What acts want paid or approved before a release is judged by when it was, of one that is stated afterwards too."""

from datetime import datetime
from typing import Any

import pytest

from contracts.clearance import PaymentReversed
from decider.tests.kit import NOON
from law import Ground
from release.tests.goods import ASSESSED, CROSSED, PAID, SHOWN, noted
from release.tests.test_act_grounds import APPROVED, CONTROLLED, GOLD, MONKEYS, OF_APPROVAL, OF_PAYMENT, lodged
from release.tests.test_given import FOURTH, THIRD, UNMET, on_record, stated, told

OF_GOLD = ((CROSSED, NOON), (SHOWN, NOON), (lodged(GOLD), NOON), (ASSESSED, NOON))
OF_MONKEYS = ((CROSSED, NOON), (SHOWN, NOON), (lodged(MONKEYS), NOON), (CONTROLLED, NOON))
PAID_LATER = PAID.model_copy(update={"received": THIRD})
APPROVED_LATER = APPROVED.model_copy(update={"decided": THIRD})
BACK = PaymentReversed(consignment="C1", amount=PAID.amount, reference="R-1", reverses=PAID.reference, reversed=THIRD)


def recorded(*facts: tuple[Any, datetime]) -> list[Any]:
    """Of a release that was given on the second day: itself, and what stands against it."""
    events = told(on_record(*facts), stated())
    return [each for each in events if each.type in ("GoodsReleased", "GroundAfterRelease")]


@pytest.mark.law("F12")
@pytest.mark.parametrize(
    ("facts", "ground"),
    [((*OF_GOLD, (PAID_LATER, THIRD)), OF_PAYMENT), ((*OF_MONKEYS, (APPROVED_LATER, THIRD)), OF_APPROVAL)],
)
def test_art_8_2_what_was_paid_or_approved_only_after_a_release_was_open_when_it_was_given(
    facts: tuple[tuple[Any, datetime], ...], ground: Ground
) -> None:
    released, against = recorded(*facts)
    assert released.findings == (noted(ground, UNMET),)
    assert (against.type, against.who, against.grounds) == ("GroundAfterRelease", "supervisor", (ground,))


@pytest.mark.law("F12")
def test_art_8_2_what_was_paid_by_then_was_not_open_though_it_was_recorded_after_the_release() -> None:
    (released,) = recorded(*OF_GOLD, (PAID.model_copy(update={"received": NOON}), FOURTH))
    assert released.findings == ()


@pytest.mark.law("F12", "L2")
def test_art_7_1_what_was_paid_back_after_a_release_was_given_comes_after_it() -> None:
    released, after = recorded(*OF_GOLD, (PAID, NOON), (BACK, THIRD))
    assert (released.findings, after.who, after.grounds) == ((), "officer", (OF_PAYMENT,))
