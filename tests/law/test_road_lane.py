"""Goods along the road lane, from the notice to the end of clearance."""

from decimal import Decimal

import pytest

from arrival.movement import movement as arrival_movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.notice import NotifyArrival
from clearance.acceptance import AcceptDeclaration
from clearance.consignment import consignment as clearance_consignment
from clearance.declaration import LodgeDeclaration
from clearance.export import RecordImmediateExport
from clearance.payments import RecordPayment
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.tests.kit import sealed
from contracts.values import Call, OriginProof, Payment
from contracts.vehicle import MeansOfTransport
from decider.tests.kit import NOON
from presentation.consignment import consignment as presentation_consignment
from presentation.consignment.presentation import PresentGoods
from presentation.movement import movement as presentation_movement
from presentation.movement.presentation import PresentVehicle
from release.consignment import consignment as release_consignment
from release.regime import EndRegime
from release.release import ReleaseGoods
from tests.law.lane import Lane

LORRY = MeansOfTransport(kind="registration_plate", identity="TM 1234 AB")


def lane(code: str = "220110110", proof: OriginProof = "certificate") -> Lane:
    """Announced, crossed, arrived, shown with one seal broken, declared, and the declaration accepted."""
    way = Lane()
    notice = NotifyArrival(
        movement="M1", checkpoint="FRP-MIX", mode="road", expected=NOON, vehicle=LORRY,
        carrier="Sample Haulage", journey=(Call(place="FRP-MIX"),), consignments=("C1",),
    )  # fmt: skip
    papers = (Papers(consignment="C1", packages=12, goods=(GoodsLine(code=code, origin="XC"),)),)
    crossing = RecordCrossing(
        movement="M1",
        direction="in",
        mode="road",
        place="FRP-MIX",
        seals=sealed("S1", "S2"),
        papers=papers,
    )
    declaration = LodgeDeclaration(
        consignment="C1", declarant="Sample Imports", form="declaration", regime="free circulation",
        items=(GoodsItem(code=code, origin="XC", origin_proof=proof),),
        payments=(Payment(kind="duty", amount=Decimal("10.00")),),
    )  # fmt: skip
    for command in (notice, crossing, RecordArrival(movement="M1", checkpoint="FRP-MIX")):
        way.tell(arrival_movement, "movement/M1", command)
    seen = PresentVehicle(movement="M1", checkpoint="FRP-MIX", seals_found_intact=("S1",))
    way.tell(presentation_movement, "movement/M1", seen)
    shown = PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=12)
    way.tell(presentation_consignment, "consignment/C1", shown)
    way.tell(clearance_consignment, "consignment/C1", declaration)
    way.tell(clearance_consignment, "consignment/C1", AcceptDeclaration(consignment="C1"))
    return way


RELEASE = ReleaseGoods(consignment="C1", regime="free circulation", runs_for_a_term=True)
BEFORE_RELEASE = [
    "ConsignmentAnnounced",
    "CheckpointDetermined",
    "GoodsCrossed",
    "GoodsArrived",
    "GoodsPresented",
    "ClearanceStarted",
    "DeclarationLodged",
    "ReadyForRelease",
    "DeclarationAccepted",
    "PaymentAssessed",
]


@pytest.mark.law("L1", "C4", "F8")
def test_goods_are_released_and_cleared_along_the_whole_lane() -> None:
    way = lane()
    assert way.open("consignment/C1") == ["RecordPayment", "ReleaseGoods"]
    way.tell(release_consignment, "consignment/C1", RELEASE)
    assert way.open("consignment/C1") == ["RecordPayment", "EndRegime"]
    payment = RecordPayment(consignment="C1", amount=Decimal("10.00"), reference="T-1")
    way.tell(clearance_consignment, "consignment/C1", payment)
    way.tell(release_consignment, "consignment/C1", EndRegime(consignment="C1"))
    assert way.types("consignment/C1") == [
        *BEFORE_RELEASE,
        "GoodsReleased",
        "PaymentReceived",
        "RegimeEnded",
        "ClearanceCompleted",
    ]
    assert way.open("consignment/C1") == way.open("movement/M1") == []


@pytest.mark.law("P2")
def test_art_37_2_a_broken_seal_is_on_record_and_the_goods_are_released() -> None:
    way = lane()
    way.tell(release_consignment, "consignment/C1", RELEASE)
    assert [finding.facts for finding in way.recorded["movement/M1"][-1].findings] == [(("broken", ("S2",)),)]
    assert way.types("consignment/C1") == [*BEFORE_RELEASE, "GoodsReleased"]


@pytest.mark.law("L8")
def test_art_20_2_goods_without_a_proof_of_origin_are_released_like_others() -> None:
    way = lane(proof="none")
    way.tell(release_consignment, "consignment/C1", RELEASE)
    assert [
        event.findings[0].rule for event in way.recorded["consignment/C1"] if event.type == "DeclarationLodged"
    ] == ["L8"]
    assert way.types("consignment/C1") == [*BEFORE_RELEASE, "GoodsReleased"]


@pytest.mark.law("L2")
def test_art_7_1_prohibited_goods_are_refused_and_sent_back() -> None:
    way = lane(code="930690100")
    assert way.open("consignment/C1") == ["RecordImmediateExport"]
    way.tell(release_consignment, "consignment/C1", RELEASE)
    assert way.recorded["consignment/C1"][-1].type == "ReleaseRefused"
    way.tell(clearance_consignment, "consignment/C1", RecordImmediateExport(consignment="C1"))
    assert way.open("consignment/C1") == []
    assert way.types("consignment/C1") == [
        "ConsignmentAnnounced",
        "CheckpointDetermined",
        "GoodsCrossed",
        "GoodsInDoubt",
        "GoodsArrived",
        "GoodsPresented",
        "ClearanceStarted",
        "DeclarationLodged",
        "GoodsDoubtWithdrawn",
        "ImportProhibited",
        "ImmediateExportOrdered",
        "DeclarationAccepted",
        "PaymentAssessed",
        "ReleaseRefused",
        "ImmediateExportDone",
    ]
