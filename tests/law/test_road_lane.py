"""The deciders together, without Kafka or Postgres: what one writes is what the next one hears."""

from collections import defaultdict
from decimal import Decimal
from typing import Any

import pytest

from arrival.consignment import consignment as arrival_consignment
from arrival.movement import movement as arrival_movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.crossing import RecordCrossing
from arrival.movement.notice import NotifyArrival
from clearance.consignment import consignment as clearance_consignment
from clearance.declaration import LodgeDeclaration
from clearance.export import RecordImmediateExport
from clearance.payments import RecordPayment
from contracts.values import Call, GoodsItem, GoodsLine, OriginProof, Papers, Payment
from decider import Aggregate
from decider.tests.kit import NOON, at, folded
from presentation.consignment import consignment as presentation_consignment
from presentation.consignment.presentation import PresentGoods
from presentation.movement import movement as presentation_movement
from presentation.movement.presentation import PresentVehicle
from release.consignment import consignment as release_consignment
from release.regime import EndRegime
from release.release import ReleaseGoods

DECIDERS: dict[str, tuple[Aggregate[Any], ...]] = {
    "movement": (arrival_movement, presentation_movement),
    "consignment": (
        arrival_consignment,
        presentation_consignment,
        clearance_consignment,
        release_consignment,
    ),
}


class Lane:
    """Every decider with its states; what is recorded is heard at once by all that stand behind."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, Aggregate[Any]], Any] = {}
        self.recorded: dict[str, list[Any]] = defaultdict(list)

    def tell(self, decider: Aggregate[Any], stream: str, content: Any) -> None:
        state = self.states.get((stream, decider), decider.INITIAL)
        if isinstance(content, decider.HEARS):
            state = folded(decider, state, content)
        events = decider.decide(at(decider, NOON, content), state)
        self.states[stream, decider] = folded(decider, state, *events)
        self.recorded[stream] += events
        for event in events:
            self._spread(stream, event, decider)

    def _spread(self, stream: str, event: Any, author: Aggregate[Any]) -> None:
        for other in DECIDERS[stream.partition("/")[0]]:
            if isinstance(event, other.HEARS):
                self.tell(other, stream, event)
        for target, command in getattr(author, "follow", lambda event: [])(event):
            self.tell(arrival_consignment, target, command)

    def types(self, stream: str) -> list[str]:
        return [event.type for event in self.recorded[stream]]

    def open(self, stream: str) -> list[str]:
        deciders = DECIDERS[stream.partition("/")[0]]
        shown = [each for each in deciders if hasattr(each, "open_points") and (stream, each) in self.states]
        return [point.act for each in shown for point in each.open_points(self.states[stream, each])]


def lane(code: str = "220110110", proof: OriginProof = "certificate") -> Lane:
    """Announced, crossed, arrived, shown with one seal broken, and declared."""
    way = Lane()
    notice = NotifyArrival(
        movement="M1", checkpoint="FRP-MIX", mode="road", expected=NOON, vehicle="TM 1234 AB",
        carrier="Sample Haulage", journey=(Call(place="FRP-MIX"),), consignments=("C1",),
    )  # fmt: skip
    papers = (Papers(consignment="C1", packages=12, goods=(GoodsLine(code=code, origin="UZ"),)),)
    crossing = RecordCrossing(
        movement="M1", direction="in", mode="road", place="FRP-MIX", seals=("S1", "S2"), papers=papers
    )
    declaration = LodgeDeclaration(
        consignment="C1", declarant="Sample Imports", form="declaration", regime="free circulation",
        items=(GoodsItem(code=code, origin="UZ", origin_proof=proof),),
        payments=(Payment(kind="duty", amount=Decimal("10.00")),),
    )  # fmt: skip
    for command in (notice, crossing, RecordArrival(movement="M1", checkpoint="FRP-MIX")):
        way.tell(arrival_movement, "movement/M1", command)
    seen = PresentVehicle(movement="M1", checkpoint="FRP-MIX", seals_found_intact=("S1",))
    way.tell(presentation_movement, "movement/M1", seen)
    shown = PresentGoods(consignment="C1", checkpoint="FRP-MIX", packages_found=12)
    way.tell(presentation_consignment, "consignment/C1", shown)
    way.tell(clearance_consignment, "consignment/C1", declaration)
    return way


RELEASE = ReleaseGoods(consignment="C1", regime="free circulation", runs_for_a_term=True)
BEFORE_RELEASE = [
    "ConsignmentAnnounced",
    "CheckpointDetermined",
    "GoodsCrossed",
    "GoodsArrived",
    "GoodsPresented",
    "ClearanceStarted",
    "DeclarationAccepted",
    "PaymentAssessed",
    "ReadyForRelease",
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
        event.findings[0].rule for event in way.recorded["consignment/C1"] if event.type == "DeclarationAccepted"
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
        "ImportProhibited",
        "ImmediateExportOrdered",
        "GoodsArrived",
        "GoodsPresented",
        "ClearanceStarted",
        "DeclarationAccepted",
        "PaymentAssessed",
        "ReleaseRefused",
        "ImmediateExportDone",
    ]
