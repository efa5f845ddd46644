"""Goods of a second vehicle let the measures stand anew, by vehicle; in between nobody sees them gone."""

from typing import Any

from tests.promises.lives import Said, lived

BEEF: dict[str, Any] = {"code": "020230900", "origin": "XA"}
ITEM = {**BEEF, "quantity": "1", "unit": "kg", "origin_proof": "certificate"}
DOMESTIC = "release for domestic use"


def crossing(movement: str, hour: float) -> Said:
    papers = [{"consignment": "C1", "packages": 5, "goods": [BEEF]}]
    document = {"movement": movement, "direction": "in", "mode": "road", "place": "FRP-MIX", "papers": papers}
    return Said(command="RecordCrossing", document=document, hour=hour)


def of_goods(command: str, hour: float, **more: Any) -> Said:
    return Said(command=command, document={"consignment": "C1", **more}, hour=hour)


def test_it_does_not_clear_to_the_end_what_a_body_has_still_to_approve() -> None:
    declared = {"declarant": "Sample Imports", "form": "declaration", "regime": DOMESTIC, "items": [ITEM]}
    life = lived(
        (
            crossing("M1", 0),
            of_goods("PresentGoods", 1, checkpoint="FRP-MIX", packages_found=5),
            of_goods("AcceptDeclaration", 2),
            of_goods("LodgeDeclaration", 3, **declared, payments=[{"kind": "duty", "amount": "10.00"}]),
            of_goods("RecordPayment", 4, amount="10.00", reference="P-1"),
            of_goods("ReleaseGoods", 5, items=[], regime=DOMESTIC, runs_for_a_term=False),
            crossing("M2", 6),
        )
    )
    assert len(life.of("GoodsReleased")) == 1
    assert life.of("AgencyApprovalRequestWithdrawn")
    assert not life.of("ClearanceCompleted")
