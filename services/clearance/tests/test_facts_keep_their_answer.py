"""Each measure by the two dates of its own fact: what was recorded before an act was known keeps its answer, always.

The fact is the crossing of that part of the goods or, while none is on record, that they were declared (Art. 7(1)).
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from clearance.acceptance import AcceptDeclaration, RegisterDeclaration
from clearance.amendment import DecideAmendment
from clearance.approvals import RecordApproval
from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration, CorrectDeclaration, LodgeDeclaration
from clearance.payments import RecordPayment
from clearance.permits import PresentPermit
from clearance.tests.declared import SHOWN, WATER, crossed, items, lodge
from clearance.tests.test_two_times import measured
from contracts.arrival import GoodsCrossed, GoodsCrossingCorrected
from contracts.presentation import CheckpointDetermined
from decider.tests.kit import Said, live
from law.tests.late_act import BEFORE_IT, IN_FORCE, KNOWN, UNKNOWN
from law.tests.late_act import late_act as late_act

pytestmark = pytest.mark.usefixtures("late_act")
BARRED, RESTRICTED, CONTROLLED = "999901000", "999903000", "999904000"
GOODS = ((BARRED, None), (RESTRICTED, None), (CONTROLLED, None))
ALL = ["AgencyApprovalRequested", "ImportProhibited", "RestrictionOpened"]
AGAIN = KNOWN + timedelta(days=30)


def came(*goods: tuple[str, str | None], movement: str = "M1", at: datetime = IN_FORCE) -> GoodsCrossed:
    return crossed(*goods, movement=movement).model_copy(update={"crossed": at})


def put_right(to: GoodsCrossed, corrects: datetime = IN_FORCE) -> GoodsCrossingCorrected:
    return GoodsCrossingCorrected(**dict(to) | {"type": "GoodsCrossingCorrected", "corrects": corrects})


KINDS = {
    "prohibitions": "ImportProhibited", "restrictions": "RestrictionOpened", "controls": "AgencyApprovalRequested",
}  # fmt: skip


def on_record(*said: tuple[Any, datetime, datetime]) -> list[str]:
    """What of the act stands at last."""
    inputs = [Said(content=content, occurred=occurred, recorded=recorded) for content, occurred, recorded in said]
    state, _ = live(consignment, inputs, AGAIN)
    return sorted(name for kind, name in KINDS.items() if getattr(state.measures, kind))


def whole(kind: Any, goods: Sequence[tuple[str, str | None]], **more: Any) -> Any:
    said = {"declarant": "Sample Imports", "items": items(*goods), "regime": "free circulation", **more}
    if kind is not AmendDeclaration:
        said["form"] = "declaration"
    return kind(consignment="C1", **said)


AMENDED = whole(AmendDeclaration, GOODS, reference="LRN 2")
CORRECTED = whole(CorrectDeclaration, GOODS, reference="LRN 2", corrects=IN_FORCE)
PERMIT = PresentPermit(consignment="C1", permit="late permit", number="P-1", issued_by="Sample Authority")
LATER: dict[str, Any] = {
    "a number": RegisterDeclaration(consignment="C1", number="93012026/1"),
    "acceptance": AcceptDeclaration(consignment="C1"),
    "an amendment of its reference": AMENDED,
    "a correction of its reference": CORRECTED,
    "a permit": PERMIT,
    "an approval": RecordApproval(consignment="C1", agency="late body", granted=True, reference="V-1"),
    "a payment": RecordPayment(consignment="C1", amount=Decimal("1.00"), reference="T-1"),
    "a showing": SHOWN,
    "a checkpoint": CheckpointDetermined(consignment="C1", checkpoint="FRP-MIX", basis="facts"),
    "the hour of the crossing put right": put_right(came(*GOODS, at=IN_FORCE + timedelta(hours=1))),
    "a declaration of the same goods": lodge(*GOODS),
}
"""Whatever else comes in once the act is known."""
BEFORE: dict[str, list[Any]] = {
    "crossed": [(came(*GOODS), IN_FORCE, UNKNOWN)],
    "crossed and declared": [(came(*GOODS), IN_FORCE, UNKNOWN), (lodge(*GOODS), IN_FORCE, UNKNOWN)],
    "declared and crossed": [(lodge(*GOODS), IN_FORCE, UNKNOWN), (came(*GOODS), IN_FORCE, UNKNOWN)],
    "declared, crossed without papers": [(lodge(*GOODS), IN_FORCE, UNKNOWN), (came(), IN_FORCE, UNKNOWN)],
    "declared": [(lodge(*GOODS), IN_FORCE, UNKNOWN)],
}


@pytest.mark.law("L2", "L5", "C5")
@pytest.mark.parametrize("what", LATER)
@pytest.mark.parametrize("before", BEFORE)
def test_art_7_1_nothing_else_that_is_recorded_changes_what_was_answered_before_the_act_was_known(
    before: str, what: str
) -> None:
    if before == "declared" and what.startswith("the hour"):
        return
    said: list[Any] = [*BEFORE[before], (LATER[what], IN_FORCE + timedelta(days=2), KNOWN)]
    assert on_record(*said) == []


@pytest.mark.law("L2", "L5", "C5")
@pytest.mark.parametrize(
    "said",
    [
        [(came(*GOODS), IN_FORCE, KNOWN), (lodge(*GOODS), IN_FORCE, KNOWN)],
        [(lodge(*GOODS), IN_FORCE, KNOWN)],
        [(lodge(*GOODS), IN_FORCE, UNKNOWN), (came(*GOODS), IN_FORCE, KNOWN)],
        [(came((WATER, None)), IN_FORCE, UNKNOWN), (lodge(*GOODS), IN_FORCE, KNOWN)],
        [
            (came((WATER, None)), IN_FORCE, UNKNOWN), (put_right(came(*GOODS)), IN_FORCE, KNOWN),
            (lodge(*GOODS), IN_FORCE, KNOWN),
        ],
        [
            (came(*GOODS, at=BEFORE_IT), BEFORE_IT, UNKNOWN), (lodge(*GOODS), BEFORE_IT, UNKNOWN),
            (put_right(came(*GOODS), BEFORE_IT), IN_FORCE, KNOWN),
        ],
    ],
    ids=["crossed", "declared", "declared before, crossed since", "other goods named since",
         "other goods in papers since", "crossed on another day than was stated"],
)  # fmt: skip
def test_art_7_1_what_is_a_fact_of_its_own_is_answered_by_what_is_known_when_it_is_recorded(said: Any) -> None:
    assert on_record(*said) == ALL


@pytest.mark.law("L2")
def test_art_7_1_an_amendment_that_customs_grants_answers_for_the_goods_that_it_adds_and_no_others() -> None:
    barred_too = whole(AmendDeclaration, (*GOODS, ("999901111", None)))
    asked = IN_FORCE + timedelta(days=40)
    said = [
        Said(content=content, occurred=occurred, recorded=recorded)
        for content, occurred, recorded in (
            (came(*GOODS), IN_FORCE, UNKNOWN),
            (lodge(*GOODS), IN_FORCE, UNKNOWN),
            (AcceptDeclaration(consignment="C1"), IN_FORCE, UNKNOWN),
            (barred_too, asked, KNOWN),
            (DecideAmendment(consignment="C1", asks="amendment", requested=asked, granted=True), KNOWN, KNOWN),
        )
    ]
    state, events = live(consignment, said, AGAIN)
    assert measured(events) == [("ImportProhibited", "LATE", None)]
    assert [each.codes for each in state.measures.prohibitions] == [("999901111",)]


@pytest.mark.law("L2")
def test_art_7_1_what_was_declared_of_another_day_is_another_fact() -> None:
    wrong = whole(LodgeDeclaration, GOODS)
    right = whole(CorrectDeclaration, GOODS, corrects=BEFORE_IT, lodged=IN_FORCE)
    assert on_record((wrong, BEFORE_IT, UNKNOWN), (right, BEFORE_IT, KNOWN)) == ALL
