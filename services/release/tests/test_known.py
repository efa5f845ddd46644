"""Whoever acts on a release finds the goods by the numbers of their papers, in the event itself."""

from typing import get_args

import pytest

from contracts import release as contract
from contracts.arrival import GoodsCrossed
from contracts.clearance import DeclarationLodged, DeclarationRegistered
from contracts.goods import GoodsItem
from contracts.known import KnownBy, ToBeMatched
from contracts.papers import Container, Papers, TransportDocument
from contracts.presentation import CheckpointDetermined
from decider.tests.kit import NOON, at, given
from release import known
from release.consignment import consignment
from release.release import ReleaseGoods

AIR_WAYBILL = TransportDocument(kind="air_waybill", number="970-10000421")
PAPERS = Papers(consignment="C1", documents=(AIR_WAYBILL,), containers=(Container(number="10021", size_type="PMC"),))
CROSSED = GoodsCrossed(
    consignment="C1", movement="M1", direction="in", mode="air", place="ASB-AIR", crossed=NOON, papers=PAPERS
)
DETERMINED = CheckpointDetermined(consignment="C1", checkpoint="ASB-AIR", basis="facts")
DECLARED = DeclarationLodged(
    consignment="C1", declarant="Merw Brokers", form="declaration", reference="2026/1180", lodged=NOON,
    items=(GoodsItem(code="300241000"),), regime="free circulation",
)  # fmt: skip


def test_a_release_names_checkpoint_movement_papers_containers_and_both_numbers_of_the_declaration() -> None:
    registered = DeclarationRegistered(consignment="C1", number="93012026/000417", registered=NOON)
    state = given(consignment, CROSSED, DETERMINED, DECLARED, registered)
    _, (released, *_) = consignment.outcome(
        at(consignment, NOON, ReleaseGoods(consignment="C1", regime="free circulation")), state
    )
    assert released.known_by == KnownBy(
        checkpoint="ASB-AIR", movements=("M1",), documents=(AIR_WAYBILL,), containers=("10021",),
        reference="2026/1180", number="93012026/000417",
    )  # fmt: skip


@pytest.mark.parametrize("event", [each for each in contract.EVENTS if issubclass(each, ToBeMatched)])
def test_every_event_that_is_to_be_matched_is_completed(event: type) -> None:
    assert event in get_args(known.Acted)
