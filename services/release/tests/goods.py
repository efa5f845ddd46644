"""Consignments as the tests of release tell of them: of four items with grounds, and of two that are in order."""

from decimal import Decimal

from contracts.arrival import GoodsCrossed
from contracts.clearance import (
    DeclarationLodged,
    ImportProhibited,
    PaymentAssessed,
    PaymentReceived,
    PermitDecided,
    PermitReferralWithdrawn,
    PermitReferred,
    RestrictionOpened,
    RestrictionSatisfactionWithdrawn,
    RestrictionSatisfied,
    RestrictionWithdrawn,
)
from contracts.goods import GoodsItem
from contracts.presentation import GoodsPresented
from contracts.readiness import ReadyForRelease, ReadyForReleaseWithdrawn
from contracts.release import GoodsReleased
from decider.tests.kit import NOON
from law import ClosedListArticle, Facts, Finding, Ground
from release.release import ReleaseGoods

WATER, BOMBS, CIGARETTES, MEDICINE = "220110110", "930690100", "240220900", "300490100"
FREE, ADMISSION = "free circulation", "temporary admission"
CITATION, PERMIT = "Act 1, item 4", "medicine import permit"
CROSSED = GoodsCrossed(consignment="C1", movement="M1", direction="in", mode="road", place="FRP-MIX", crossed=NOON)
SHOWN = GoodsPresented(consignment="C1", checkpoint="FRP-MIX", shown=NOON)
ITEMS = (
    GoodsItem(code=WATER, origin="UZ"),
    GoodsItem(code=BOMBS),
    GoodsItem(code=CIGARETTES, origin="XA"),
    GoodsItem(code=MEDICINE, origin="UZ"),
)
DECLARED = DeclarationLodged(
    consignment="C1", declarant="Sample Imports", form="declaration", items=ITEMS, regime=FREE, lodged=NOON
)
LAWFUL = DECLARED.model_copy(
    update={"items": (GoodsItem(code=WATER), GoodsItem(code=CIGARETTES, origin="UZ", regime=ADMISSION))}
)
PLAIN = LAWFUL.model_copy(update={"items": (GoodsItem(code=WATER), GoodsItem(code=CIGARETTES, origin="UZ"))})
ASSESSED = PaymentAssessed(consignment="C1", duties=Decimal(1), taxes=Decimal(0), fees=Decimal(0), total=Decimal(1))
PAID = PaymentReceived(consignment="C1", amount=Decimal(1), reference="T-1")
PROHIBITED = ImportProhibited(consignment="C1", codes=(BOMBS,), act="ACT-1", citation=CITATION, layer="by-law")
BY_ORIGIN = ImportProhibited(
    consignment="C1", article="20(1)", rule="L7", codes=(CIGARETTES,), act="ACT-2", citation=CITATION, layer="treaty",
    origin="XA",
)  # fmt: skip
RESTRICTED = RestrictionOpened(
    consignment="C1", codes=(MEDICINE,), permit=PERMIT, act="ACT-3", citation=CITATION, layer="by-law"
)
UNRESTRICTED = RestrictionWithdrawn(consignment="C1", codes=(MEDICINE,), permit=PERMIT, act="ACT-3")
MET = RestrictionSatisfied(consignment="C1", codes=(MEDICINE,), permit=PERMIT, number="P-1", act="ACT-3")
UNMET = RestrictionSatisfactionWithdrawn(consignment="C1", codes=(MEDICINE,), permit=PERMIT, number="P-1", act="ACT-3")
DEFECT = Finding(rule="K1", article="7(5)", facts=(("lines", "none"),))
REFERRED = PermitReferred(consignment="C1", permit=PERMIT, number="P-1", findings=(DEFECT,))
REFERRED_NO_MORE = PermitReferralWithdrawn(consignment="C1", permit=PERMIT, number="P-1", findings=(DEFECT,))
TURNED_DOWN = PermitDecided(consignment="C1", permit=PERMIT, number="P-1", accepted=False, decided=NOON)


def ready(*numbers: int) -> ReadyForRelease:
    return ReadyForRelease(consignment="C1", items=numbers)


def no_longer_ready(*numbers: int) -> ReadyForReleaseWithdrawn:
    return ReadyForReleaseWithdrawn(consignment="C1", items=numbers)


def release(*numbers: int, regime: str = FREE, term: bool = False) -> ReleaseGoods:
    return ReleaseGoods(consignment="C1", items=numbers, regime=regime, runs_for_a_term=term)


def released(
    *numbers: int, regime: str = FREE, term: bool = False, findings: tuple[Finding, ...] = ()
) -> GoodsReleased:
    return GoodsReleased(
        consignment="C1", items=numbers, regime=regime, runs_for_a_term=term, findings=findings, released=NOON
    )


def ground(rule: str, article: ClosedListArticle, act: str, *codes: str, **more: str) -> Ground:
    layers = {"ACT-1": "by-law", "ACT-2": "treaty", "ACT-3": "by-law"}
    facts: Facts = (("act", act), ("citation", CITATION), ("codes", codes), *sorted(more.items()))
    return Ground(rule=rule, article=article, layer=layers[act], facts=facts)  # type: ignore[arg-type]


def noted(of: Ground, released: str) -> Finding:
    """What is found of a release against which this was open, or on record."""
    facts = tuple(sorted((*of.facts, ("released", released))))
    return Finding(rule=of.rule, article=of.article, layer=of.layer, facts=facts)


OF_BOMBS = ground("L2", "7(1)", "ACT-1", BOMBS)
OF_ORIGIN = ground("L7", "20(1)", "ACT-2", CIGARETTES, origin="XA")
OF_MEDICINE = ground("L5", "7(1) para 3", "ACT-3", MEDICINE, permit=PERMIT)
