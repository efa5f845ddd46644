"""A declaration comes to the same whatever of it is recorded first: lodged, amended, numbered, accepted, taken back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clearance.acceptance import AcceptDeclaration, RegisterDeclaration
from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration, CorrectDeclaration, LodgeDeclaration, WithdrawDeclaration
from contracts.goods import GoodsItem
from contracts.values import Payment
from decider import Subject
from decider.tests.kit import NOON, SOMEBODY, at, facts, step

LODGE = LodgeDeclaration(
    consignment="C1", declarant="Sample Imports", form="declaration", regime="transit",
    items=(GoodsItem(code="220110110", origin="UZ"),),
)  # fmt: skip
AMEND = AmendDeclaration(
    consignment="C1", declarant="Sample Imports", regime="transit",
    items=(GoodsItem(code="300490100", origin="UZ"),), payments=(Payment(kind="fee", amount=Decimal("5.00")),),
)  # fmt: skip
AMENDMENTS = (AMEND, replace(AMEND, items=()), replace(AMEND, regime="free circulation"))
WITHDRAW = WithdrawDeclaration(consignment="C1", withdraws=NOON)
LAST = NOON + timedelta(hours=9)
OFFICER = Subject("officer", "officer")
Act = tuple[datetime, Any]


@st.composite
def acts(draw: st.DrawFn, amendments: int = 0, may_be_withdrawn: bool = True) -> list[Act]:
    """What follows on lodging, each at a time of its own, in the order of recording.

    What was taken back is amended no more, so an amendment is recorded before that.
    """
    hours = draw(st.permutations(range(1, 8)))
    said: list[Any] = [AcceptDeclaration(consignment="C1"), RegisterDeclaration(consignment="C1", number="N-1")]
    said += draw(st.lists(st.sampled_from(AMENDMENTS), min_size=amendments, max_size=3, unique_by=repr))
    found = [(NOON + timedelta(hours=hour), each) for hour, each in zip(hours, said, strict=False)]
    order: list[Act] = draw(st.permutations(found))
    if may_be_withdrawn and draw(st.booleans()):
        amended = [number for number, (_, each) in enumerate(order, start=1) if isinstance(each, AmendDeclaration)]
        order.insert(draw(st.integers(max(amended, default=0), len(order))), (LAST, WITHDRAW))
    return order


def recorded(acts: Sequence[Act], by: Subject = SOMEBODY) -> Any:
    """All of it late."""
    state, _ = step(consignment, consignment.INITIAL, at(consignment, NOON, LODGE, LAST, by))
    for when, content in acts:
        state, _ = step(consignment, state, at(consignment, when, content, LAST, by))
    return state


@settings(max_examples=150, deadline=None)
@given(said=acts())
def test_late_facts_a_declaration_comes_to_the_same_in_any_order_of_recording(said: list[Act]) -> None:
    late, prompt = recorded(said), recorded(sorted(said, key=lambda each: each[0]))
    for name in ("declared", "measures", "readiness"):
        assert facts(getattr(late, name)) == facts(getattr(prompt, name)), name
    assert late.payments.assessed == prompt.payments.assessed
    assert consignment.open_points(late) == consignment.open_points(prompt)


@settings(max_examples=100, deadline=None)
@given(said=acts(amendments=1, may_be_withdrawn=False), data=st.data())
def test_an_amendment_that_is_taken_back_never_was_whatever_came_before_and_after_it(
    said: list[Act], data: st.DataObject
) -> None:
    amended = [each for each in said if isinstance(each[1], AmendDeclaration)]
    gone = data.draw(st.sampled_from(amended))
    back = WithdrawDeclaration(consignment="C1", withdraws=gone[0])
    place = data.draw(st.integers(said.index(gone) + 1, len(said)))
    left = recorded([each for each in said if each is not gone], OFFICER)
    found = recorded([*said[:place], (NOON, back), *said[place:]], OFFICER)
    for name in ("declared", "measures", "readiness"):
        assert standing(facts(getattr(found, name))) == standing(facts(getattr(left, name))), name
    assert found.payments.assessed == left.payments.assessed
    assert consignment.open_points(found) == consignment.open_points(left)


def standing(of: Any) -> Any:
    """Without what was struck."""
    if isinstance(of, dict):
        return {name: standing(each) for name, each in of.items()}
    if isinstance(of, list):
        return [standing(each) for each in of if not (isinstance(each, dict) and each.get("struck"))]
    return of


CLERK = Subject("clerk", "declarant")
CORRECT = CorrectDeclaration(
    consignment="C1", declarant="Sample Imports", regime="transit",
    items=(GoodsItem(code="300490100", origin="DE"),), corrects=NOON,
)  # fmt: skip
HOUR = timedelta(hours=1)
ACCEPTED: Act = (NOON + 2 * HOUR, AcceptDeclaration(consignment="C1"))
LODGED: Act = (NOON, LODGE)
AMENDED: Act = (NOON + HOUR, AMEND)
OF_WHAT_WAS_LODGED = (CORRECT, replace(CORRECT, lodged=NOON - HOUR))
OF_THE_AMENDMENT = (
    replace(CORRECT, corrects=NOON + HOUR),
    replace(CORRECT, corrects=NOON + HOUR, lodged=NOON + HOUR / 2),
)


@pytest.mark.parametrize("correct", [*OF_WHAT_WAS_LODGED, *OF_THE_AMENDMENT], ids=repr)
@pytest.mark.parametrize("taken_back", ["nothing", "the declaration", "the amendment"])
def test_what_is_put_right_after_an_acceptance_that_is_recorded_late_is_asked_for_and_so_is_what_is_taken_back(
    correct: CorrectDeclaration, taken_back: str
) -> None:
    right = correct.lodged or correct.corrects
    of_amendment = correct.corrects != NOON
    prompt_at, late_at = {
        "nothing": (None, None),
        "the declaration": (NOON, NOON if of_amendment else right),
        "the amendment": (NOON + HOUR, right if of_amendment else NOON + HOUR),
    }[taken_back]
    acts: list[Act] = [LODGED, AMENDED, (NOON + 3 * HOUR, correct)]
    prompt = [*acts[:2], ACCEPTED, acts[2], *withdrawn(prompt_at)]
    late = [*acts, *withdrawn(late_at), ACCEPTED]
    one, other = said_by_the_clerk(prompt), said_by_the_clerk(late)
    assert facts(one.declared) == facts(other.declared)
    assert consignment.open_points(one) == consignment.open_points(other)


def withdrawn(at: datetime | None) -> list[Act]:
    return [(NOON + 4 * HOUR, WithdrawDeclaration(consignment="C1", withdraws=at))] if at else []


def said_by_the_clerk(acts: Sequence[Act]) -> Any:
    state = consignment.INITIAL
    for when, content in acts:
        by = OFFICER if isinstance(content, AcceptDeclaration) else CLERK
        state, _ = step(consignment, state, at(consignment, when, content, LAST, by))
    return state
