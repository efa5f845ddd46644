"""The deciders together, of goods on which acts take measures, in parts, in use too early, and by pipeline."""

from decimal import Decimal
from typing import Any

import pytest

from arrival.movement import movement as arrival_movement
from arrival.movement.crossing import RecordCrossing
from clearance.acceptance import AcceptDeclaration
from clearance.approvals import RecordApproval
from clearance.consignment import consignment as clearance_consignment
from clearance.declaration import LodgeDeclaration
from clearance.export import RecordImmediateExport
from clearance.payments import RecordPayment
from clearance.permit_decisions import DecideOnPermit
from clearance.permits import PresentPermit
from contracts.arrival import Chapter8NotApplicable, GoodsCrossed
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.values import Payment, PermitLine
from decider.tests.kit import NOON
from presentation.consignment import consignment as presentation_consignment
from presentation.consignment.presentation import PresentGoods
from release.consignment import consignment as release_consignment
from release.regime import EndRegime
from release.release import ReleaseGoods
from release.use import ReportUse
from tests.law.lane import Lane

STREAM = "consignment/C1"
WATER, BEEF, MEDICINE, CIGARETTES, SCREENS = "220110110", "020230900", "300490100", "240220900", "852859000"
FREE, ADMISSION = "free circulation", "temporary admission"
KIND = "medicine import permit"
ACCEPT = AcceptDeclaration(consignment="C1")
PAYMENT = RecordPayment(consignment="C1", amount=Decimal("10.00"), reference="T-1")


def item(code: str, origin: str = "UZ", **more: Any) -> GoodsItem:
    return GoodsItem(code=code, origin=origin, origin_proof="certificate", **more)


def declaration(*items: GoodsItem) -> LodgeDeclaration:
    return LodgeDeclaration(
        consignment="C1", declarant="Sample Imports", form="declaration", regime=FREE, items=items,
        payments=(Payment(kind="duty", amount=Decimal("10.00")),),
    )  # fmt: skip


def lane(*items: GoodsItem) -> Lane:
    """Crossed by road, shown, declared, and the declaration accepted."""
    way = Lane()
    papers = Papers(
        consignment="C1", packages=12, goods=tuple(GoodsLine(code=each.code, origin=each.origin) for each in items)
    )
    crossing = RecordCrossing(movement="M1", direction="in", mode="road", place="FRP-MIX", papers=(papers,))
    way.tell(arrival_movement, "movement/M1", crossing)
    shown = PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=12)
    way.tell(presentation_consignment, STREAM, shown)
    clear(way, declaration(*items), ACCEPT)
    return way


def release(way: Lane, *numbers: int, regime: str = FREE, term: bool = False) -> Any:
    """What is answered."""
    before = len(way.recorded[STREAM])
    asked = ReleaseGoods(consignment="C1", items=numbers, regime=regime, runs_for_a_term=term)
    way.tell(release_consignment, STREAM, asked)
    return way.recorded[STREAM][before]


def clear(way: Lane, *commands: Any) -> None:
    for command in commands:
        way.tell(clearance_consignment, STREAM, command)


def permit(code: str) -> PresentPermit:
    lines = (PermitLine(code=code, quantity="120", unit="kg"),)
    return PresentPermit(consignment="C1", permit=KIND, number="P-1", issued_by="Sample Health Authority", lines=lines)


@pytest.mark.law("L5")
def test_art_7_1_restricted_goods_are_withheld_and_released_once_their_permit_is_presented() -> None:
    way = lane(item(MEDICINE))
    assert way.open(STREAM) == ["PresentPermit", "RecordPayment"]
    withheld = release(way)
    assert (withheld.type, withheld.who) == ("ReleaseWithheld", "declarant")
    clear(way, permit(MEDICINE))
    assert way.open(STREAM) == ["RecordPayment", "ReleaseGoods"]
    assert release(way).type == "GoodsReleased"
    clear(way, PAYMENT)
    assert way.types(STREAM)[-1] == "ClearanceCompleted"


@pytest.mark.law("K1", "L5")
def test_art_7_5_a_permit_with_a_defect_goes_to_the_officer_and_his_word_decides() -> None:
    way = lane(item(MEDICINE))
    clear(way, permit("3004"))
    assert way.open(STREAM) == ["DecideOnPermit", "RecordPayment"]
    assert release(way).who == "officer"
    clear(way, DecideOnPermit(consignment="C1", permit=KIND, number="P-1", accepted=True))
    assert release(way).type == "GoodsReleased"


@pytest.mark.law("C5", "L10")
def test_art_29_2_completion_waits_for_a_body_s_approval_and_release_does_not() -> None:
    way = lane(item(BEEF))
    assert release(way).type == "GoodsReleased"
    refusal = RecordApproval(consignment="C1", agency="veterinary", granted=False, reference="V-1")
    clear(way, PAYMENT, refusal)
    assert "ClearanceCompleted" not in way.types(STREAM)
    clear(way, RecordApproval(consignment="C1", agency="veterinary", granted=True, reference="V-2"))
    assert way.types(STREAM)[-1] == "ClearanceCompleted"


@pytest.mark.law("L7")
def test_art_20_1_goods_are_refused_by_their_origin_and_leave_and_the_others_go() -> None:
    way = lane(item(CIGARETTES, "XA"), item(CIGARETTES, "UZ"))
    assert way.open(STREAM) == ["RecordPayment", "RecordImmediateExport", "ReleaseGoods"]
    refused = release(way)
    assert (refused.type, refused.article, [each.rule for each in refused.grounds]) == (
        "ReleaseRefused",
        "20(1)",
        ["L7"],
    )
    assert release(way, 2).type == "GoodsReleased"
    clear(way, RecordImmediateExport(consignment="C1"), PAYMENT)
    assert way.types(STREAM)[-1] == "ClearanceCompleted"
    assert way.open(STREAM) == []


@pytest.mark.law("F6", "C4", "F18")
def test_art_5_1_20_goods_in_two_parts_under_two_regimes_are_used_as_far_as_each_allows() -> None:
    way = lane(item(WATER), item(SCREENS, regime=ADMISSION))
    assert release(way, 1).findings == ()
    assert release(way, 2, regime=ADMISSION, term=True).findings == ()
    clear(way, PAYMENT)
    used = len(way.recorded[STREAM])
    way.tell(release_consignment, STREAM, ReportUse(consignment="C1", items=(1,), use="disposal"))
    allowed = ReportUse(consignment="C1", items=(2,), use="use", under_the_regime=True)
    way.tell(release_consignment, STREAM, allowed)
    assert way.recorded[STREAM][used:] == []
    way.tell(release_consignment, STREAM, ReportUse(consignment="C1", items=(2,), use="disposal"))
    assert way.types(STREAM)[-1] == "UseBlocked"
    way.tell(release_consignment, STREAM, EndRegime(consignment="C1", items=(2,)))
    assert way.types(STREAM)[-1] == "ClearanceCompleted"


@pytest.mark.law("F18")
def test_art_36_goods_are_not_disposed_of_before_clearance_and_are_moved_at_any_time() -> None:
    way = lane(item(WATER))
    before = way.types(STREAM)
    way.tell(release_consignment, STREAM, ReportUse(consignment="C1", use="movement"))
    assert way.types(STREAM) == before
    way.tell(release_consignment, STREAM, ReportUse(consignment="C1", use="disposal"))
    assert way.types(STREAM) == [*before, "UseBlocked"]
    release(way)
    clear(way, PAYMENT)
    way.tell(release_consignment, STREAM, ReportUse(consignment="C1", use="disposal"))
    assert way.types(STREAM)[-1] == "ClearanceCompleted"


@pytest.mark.law("A7", "F19")
def test_art_37_3_goods_by_pipeline_are_cleared_without_arrival_or_presentation() -> None:
    way = Lane()
    flowing = GoodsCrossed(
        consignment="C1",
        movement="M1",
        direction="in",
        mode="pipeline",
        crossed=NOON,
        papers=Papers(consignment="C1", goods=(GoodsLine(code=WATER),)),
    )
    outside = Chapter8NotApplicable(consignment="C1", movement="M1", exemption="pipeline")
    for event in (flowing, outside):
        for decider in (clearance_consignment, release_consignment):
            if isinstance(event, decider.HEARS):
                way.tell(decider, STREAM, event)
    assert way.open(STREAM) == ["LodgeDeclaration"]
    clear(way, declaration(item(WATER)), ACCEPT, PAYMENT)
    assert release(way).type == "GoodsReleased"
    assert way.types(STREAM) == [
        "ClearanceStarted",
        "DeclarationLodged",
        "ReadyForRelease",
        "DeclarationAccepted",
        "PaymentAssessed",
        "PaymentReceived",
        "GoodsReleased",
        "ClearanceCompleted",
    ]
