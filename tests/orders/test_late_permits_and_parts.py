"""Late facts, of goods that need a permit or an approval, or whose origin counts, and of goods released in parts."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clearance.acceptance import AcceptDeclaration
from clearance.approvals import RecordApproval
from clearance.consignment import consignment as clearance
from clearance.declaration import LodgeDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.permit_decisions import DecideOnPermit
from clearance.permits import PresentPermit
from contracts.arrival import Chapter8NotApplicable, ExemptionLost, GoodsCrossed
from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalRequested,
    DeclarationLodged,
    ImportProhibited,
    PaymentAssessed,
    PaymentReceived,
    RestrictionOpened,
    RestrictionSatisfied,
)
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.presentation import GoodsPresented
from contracts.values import PermitLine
from decider.tests.kit import facts
from release.consignment import consignment as release
from release.regime import EndRegime
from release.release import ReleaseGoods
from tests.orders.test_late_facts import (
    ACT_COMES,
    DELAYS,
    LONG,
    SHORT,
    START,
    WATER,
    Fact,
    Order,
    crossed,
    ends,
    instants,
)


@st.composite
def dated(draw: st.DrawFn, contents: Sequence[Any], start: datetime) -> Order:
    """Facts in an order of recording, each with what it is late by at least; an event says itself when it happened."""
    facts = []
    for content, instant in zip(contents, draw(instants(len(contents), start)), strict=True):
        said = {"crossed", "accepted", "decided"} & {*getattr(type(content), "model_fields", ())}
        facts.append(Fact(content.model_copy(update=dict.fromkeys(said, instant)) if said else content, instant))
    return [(fact, draw(st.sampled_from(DELAYS))) for fact in draw(st.permutations(facts))]


MEDICINE, SYRUP, BEEF, CIGARETTES = "300490100", "300490200", "020230900", "240220900"
KIND = "medicine import permit"


# --- clearance: what an act requires, and who has met it (Arts 7(1) para 3, 7(5), 20(1), 29(2), 37(3)) ---


def by(movement: str, *goods: tuple[str, str | None]) -> GoodsCrossed:
    lines = tuple(GoodsLine(code=code, origin=origin) for code, origin in goods)
    return crossed(movement).model_copy(update={"papers": Papers(consignment="C1", goods=lines)})


def permit(number: str, *codes: str | None) -> PresentPermit:
    lines = tuple(PermitLine(code=code, quantity="1", unit="kg") for code in codes)
    return PresentPermit(consignment="C1", permit=KIND, number=number, issued_by="Sample Health Authority", lines=lines)


OF_CLEARANCE = st.lists(
    st.sampled_from(
        [
            by("M1", (MEDICINE, None), (CIGARETTES, "XA"), (BEEF, None)),
            by("M2", (SYRUP, "UZ")),
            LodgeDeclaration(
                consignment="C1", declarant="Sample Imports", form="declaration", regime="transit",
                items=(GoodsItem(code=MEDICINE), GoodsItem(code=CIGARETTES, origin="UZ"), GoodsItem(code=WATER)),
            ),
            AcceptDeclaration(consignment="C1"),
            permit("P-1", MEDICINE),
            permit("P-3", MEDICINE, SYRUP),
            permit("P-2", "3004", MEDICINE),
            DecideOnPermit(consignment="C1", permit=KIND, number="P-2", accepted=True),
            DecideOnPermit(consignment="C1", permit=KIND, number="P-2", accepted=False),
            RecordApproval(consignment="C1", agency="veterinary", granted=True, reference="V-1"),
            RecordApproval(consignment="C1", agency="veterinary", granted=False, reference="V-2"),
            GoodsPresented(consignment="C1", checkpoint="FRP-MIX"),
            DecideOnGoodsInDoubt(consignment="C1", item=2, origin="XA", evidence=("examination",)),
            DecideOnGoodsInDoubt(consignment="C1", item=3, code=BEEF, evidence=("examination",)),
            Chapter8NotApplicable(consignment="C1", movement="M1", exemption="non_stop"),
            ExemptionLost(consignment="C1", movement="M1", present_at="TKB-SEA", stopped=ACT_COMES),
        ]
    ),
    min_size=3,
    unique_by=repr,
).flatmap(lambda contents: dated(contents, ACT_COMES))  # fmt: skip


def _clearance(order: Order) -> None:
    late, prompt = ends(clearance, order)
    assert facts(late.arrival) == facts(prompt.arrival)
    assert late.declared.doubts == prompt.declared.doubts
    for name in ("measures", "permits", "decisions", "requirements", "approvals", "declared", "payments", "readiness"):
        assert facts(getattr(late, name)) == facts(getattr(prompt, name)), name
    assert late.export.ordered == prompt.export.ordered
    assert clearance.open_points(late) == clearance.open_points(prompt)


@SHORT
@given(order=OF_CLEARANCE)
def test_late_facts_what_acts_require_is_met_alike_in_any_order_of_recording(order: Order) -> None:
    _clearance(order)


@pytest.mark.long
@LONG
@given(order=OF_CLEARANCE)
def test_late_facts_what_acts_require_is_met_alike_in_many_more_cases(order: Order) -> None:
    _clearance(order)


# --- release: parts, their grounds that came later, their ends (Arts 5(1)(20), 7(1), 20(1), 29(2)) ---

FIRST = ReleaseGoods(consignment="C1", items=(1,), regime="transit", runs_for_a_term=True)
SECOND = ReleaseGoods(consignment="C1", items=(2,), regime="free circulation")
VETERINARY: dict[str, Any] = {"consignment": "C1", "agency": "veterinary"}
RESTRICTION: dict[str, Any] = {"consignment": "C1", "codes": (MEDICINE,), "permit": KIND, "act": "ACT-3"}
OF_PARTS = st.lists(
    st.sampled_from(
        [
            FIRST,
            SECOND,
            EndRegime(consignment="C1", items=(1,)),
            EndRegime(consignment="C1"),
            crossed("M1"),
            DeclarationLodged(
                consignment="C1", declarant="Sample Imports", form="declaration", regime="transit", lodged=ACT_COMES,
                items=(GoodsItem(code=MEDICINE), GoodsItem(code=CIGARETTES, origin="XA", regime="free circulation")),
            ),
            PaymentAssessed(consignment="C1", duties=Decimal(1), taxes=Decimal(0), fees=Decimal(0), total=Decimal(1)),
            PaymentReceived(consignment="C1", amount=Decimal(1), reference="T-1"),
            ImportProhibited(
                consignment="C1", article="20(1)", rule="L7", codes=(CIGARETTES,), act="ACT-2", citation="Act 2",
                layer="by-law", origin="XA",
            ),
            RestrictionOpened(citation="Act 3", layer="by-law", **RESTRICTION),
            RestrictionSatisfied(number="P-1", **RESTRICTION),
            AgencyApprovalRequested(codes=(MEDICINE,), act="ACT-4", citation="Act 4", **VETERINARY),
            AgencyApprovalGranted(reference="V-1", decided=ACT_COMES, **VETERINARY),
            AgencyApprovalRefused(reference="V-2", decided=ACT_COMES, **VETERINARY),
        ]
    ),
    min_size=3,
    unique_by=repr,
).flatmap(lambda contents: dated(contents, START))  # fmt: skip


def _parts(order: Order) -> None:
    """Whether goods are released is decided by the grounds on record when it is asked; all else by the facts."""
    late, prompt = ends(release, order)
    assert facts(late.clearance) == facts(prompt.clearance)
    if facts(late.released) != facts(prompt.released):
        return
    for name in ("findings", "after", "completion"):
        assert facts(getattr(late, name)) == facts(getattr(prompt, name)), name
    assert release.open_points(late) == release.open_points(prompt)


@SHORT
@given(order=OF_PARTS)
def test_late_facts_goods_in_parts_are_judged_and_completed_alike_in_any_order_of_recording(order: Order) -> None:
    _parts(order)


@pytest.mark.long
@LONG
@given(order=OF_PARTS)
def test_late_facts_goods_in_parts_are_judged_and_completed_alike_in_many_more_cases(order: Order) -> None:
    _parts(order)
