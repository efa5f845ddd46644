"""The end of clearance once reached stands; what had happened before it, recorded late, takes it back (Art. 29(2)).

Hand-written: what is recorded, what had happened when, and what customs says of the end.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalRequested,
    AgencyApprovalWithdrawn,
    DeclarationAmended,
    DeclarationLodged,
    DeclarationWithdrawn,
    ImmediateExportDone,
    PaymentAssessed,
    PaymentAssessmentWithdrawn,
    PaymentCorrected,
    PaymentReceived,
    PaymentReversed,
)
from contracts.goods import GoodsItem
from contracts.release import ClearanceCompleted, ClearanceCompletionWithdrawn, RegimeEnded
from decider.tests.kit import NOON, folded, given, when
from release.completion import completed
from release.consignment import consignment
from release.tests.goods import CROSSED, DECLARED, FREE, PLAIN, PROHIBITED, SHOWN, WATER, released
from release.use import ReportUse

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MARCH, MAY = NOON, NOON + timedelta(days=61)
PAID_AT = MARCH + DAY


def done(at: datetime) -> ClearanceCompleted:
    return ClearanceCompleted(occurred=at, consignment="C1", completed=at)


def not_done(at: datetime) -> ClearanceCompletionWithdrawn:
    return ClearanceCompletionWithdrawn(consignment="C1", withdraws=at)


def assessed(total: int, at: datetime = MARCH - HOUR) -> PaymentAssessed:
    nothing = Decimal(0)
    return PaymentAssessed(
        consignment="C1", duties=Decimal(total), taxes=nothing, fees=nothing, total=Decimal(total), computed=at
    )


def paid(amount: int, at: datetime = PAID_AT, reference: str = "T-1") -> PaymentReceived:
    return PaymentReceived(consignment="C1", amount=Decimal(amount), reference=reference, received=at)


def word(granted: bool, at: datetime, reference: str) -> Any:
    event = AgencyApprovalGranted if granted else AgencyApprovalRefused
    return event(consignment="C1", agency="veterinary", reference=reference, decided=at)


CONTROLLED = AgencyApprovalRequested(
    consignment="C1", layer="by-law", agency="veterinary", codes=(WATER,), act="ACT-4", citation="Act 4, item 1"
)
IN_ORDER = (
    CROSSED,
    SHOWN,
    PLAIN,
    assessed(1),
    CONTROLLED,
    word(True, MARCH - DAY, "V-1"),
    released(1),
    released(2),
    paid(1),
)
MEAT = GoodsItem(code="020230900")
AMENDED = DeclarationAmended(
    consignment="C1", declarant="Sample Imports", form="declaration", items=(*PLAIN.items, MEAT), regime=FREE,
    amended=MAY, replaces=NOON,
)  # fmt: skip
WITHDRAWN = DeclarationWithdrawn(consignment="C1", withdraws=NOON, withdrawn=MAY)
AFTERWARDS = {
    "an approval is revoked": word(False, MAY, "V-2"),
    "a payment goes back": PaymentReversed(
        consignment="C1", amount=Decimal(1), reference="T-9", reverses="T-1", reversed=MAY
    ),
    "more is due": assessed(5, MAY),
    "the declaration is amended": AMENDED,
    "the declaration is withdrawn": WITHDRAWN,
    "nothing is due any more": PaymentAssessmentWithdrawn(consignment="C1", since=MAY),
    "more goods are under control": CONTROLLED.model_copy(update={"agency": "phytosanitary", "since": MAY}),
}
"""What happens in May to goods with which customs was done in March."""
BEFORE_IT = {
    "an approval was revoked": word(False, PAID_AT - HOUR, "V-2"),
    "the approval never was": AgencyApprovalWithdrawn(
        consignment="C1", agency="veterinary", reference="V-1", withdraws=MARCH - DAY
    ),
    "the payment had gone back": PaymentReversed(
        consignment="C1", amount=Decimal(1), reference="T-9", reverses="T-1", reversed=PAID_AT
    ),
    "less came in": PaymentCorrected(
        consignment="C1", amount=Decimal("0.50"), reference="T-1", received=PAID_AT, corrects=PAID_AT
    ),
    "more was due": assessed(5),
    "nothing was computed": PaymentAssessmentWithdrawn(consignment="C1"),
    "the declaration had been amended": AMENDED.model_copy(update={"amended": PAID_AT - HOUR}),
    "the goods were under another control": CONTROLLED.model_copy(update={"agency": "phytosanitary"}),
}
"""What had happened by then, and is recorded in May."""


@pytest.mark.law("C4", "C5", "L9")
@pytest.mark.parametrize("what", AFTERWARDS)
def test_art_29_2_what_happens_after_the_end_of_clearance_undoes_it_in_no_order_of_recording(what: str) -> None:
    state = given(consignment, *IN_ORDER)
    assert when(consignment, given(consignment, *IN_ORDER[:-1]), IN_ORDER[-1], PAID_AT) == [done(PAID_AT)]
    afterwards = AFTERWARDS[what]
    assert end_of(folded(consignment, state, afterwards)) == PAID_AT
    in_may = when(consignment, folded(consignment, state, done(PAID_AT)), afterwards, MAY)
    assert not [each for each in in_may if each.type.startswith("ClearanceComplet")]
    assert end_of(given(consignment, PLAIN, afterwards, *(each for each in IN_ORDER if each != PLAIN))) == PAID_AT


@pytest.mark.law("C4", "C5", "L9")
@pytest.mark.parametrize("what", BEFORE_IT)
def test_art_29_2_what_had_happened_before_the_end_and_is_recorded_late_takes_it_back(what: str) -> None:
    state = given(consignment, *IN_ORDER, done(PAID_AT))
    found = when(consignment, state, BEFORE_IT[what], MAY)
    assert [each for each in found if each.type.startswith("ClearanceComplet")] == [not_done(PAID_AT)]


def end_of(state: Any, items: tuple[int, ...] = ()) -> datetime | None:
    return completed(items, state.clearance, state.released, state.ends)


SEEN = word(True, MAY, "V-7")
ENDED = RegimeEnded(consignment="C1", ended=PAID_AT + DAY)
APPROVED = word(True, PAID_AT + 2 * DAY, "V-1")
FOR_A_TERM = released(term=True)


@pytest.mark.law("C4")
@pytest.mark.parametrize("order", tuple(permutations([FOR_A_TERM, paid(1), ENDED, APPROVED])))
def test_art_29_2_it_is_of_when_the_last_condition_was_met_whatever_was_recorded_last(order: tuple[Any, ...]) -> None:
    before = given(consignment, CROSSED, SHOWN, PLAIN, assessed(1), CONTROLLED)
    state = folded(consignment, before, *order)
    assert end_of(state) == APPROVED.decided
    (found,) = when(consignment, state, SEEN, MAY)
    assert (found, found.occurred) == (done(APPROVED.decided), APPROVED.decided)


@pytest.mark.law("C4", "L9")
def test_art_29_2_a_payment_recorded_late_dates_the_end_anew() -> None:
    late = [*IN_ORDER[:-1], paid(1, PAID_AT + 3 * DAY, "T-2")]
    state = given(consignment, *late, done(PAID_AT + 3 * DAY))
    assert when(consignment, state, paid(1), MAY) == [not_done(PAID_AT + 3 * DAY), done(PAID_AT)]


@pytest.mark.law("C4", "L2")
def test_art_29_2_goods_that_may_not_come_in_are_done_with_when_they_have_left() -> None:
    of_two = DECLARED.model_copy(update={"items": DECLARED.items[:2]})
    out = ImmediateExportDone(consignment="C1", exported=MAY)
    state = given(consignment, CROSSED, SHOWN, of_two, PROHIBITED, assessed(1), paid(1), released(1))
    assert when(consignment, state, out, MAY) == [done(MAY)]


@pytest.mark.law("C4")
def test_art_29_2_another_declaration_in_the_place_of_one_that_was_withdrawn_undoes_no_end() -> None:
    items = (CROSSED, SHOWN, PLAIN, assessed(1), released(1), released(2), paid(1))
    another = DeclarationLodged(
        consignment="C1", declarant="Sample Imports", form="declaration", items=(MEAT,), regime=FREE, lodged=MAY + DAY
    )
    gone = PaymentAssessmentWithdrawn(consignment="C1", since=MAY)
    assert end_of(given(consignment, *items, WITHDRAWN, gone, another, assessed(7, MAY + DAY))) == PAID_AT


@pytest.mark.law("F18")
@pytest.mark.parametrize("use", ["use", "disposal"])
def test_art_36_bars_nothing_after_the_end_of_clearance_whatever_happens_since(use: Any) -> None:
    state = given(consignment, *IN_ORDER, done(PAID_AT), *AFTERWARDS.values())
    report = ReportUse(consignment="C1", use=use)
    assert "UseBlocked" not in [each.type for each in when(consignment, state, report, MAY)]
