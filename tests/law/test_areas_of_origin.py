"""Goods of an area that an act keeps out, from a declaration or an officer's word to their release (Art. 12(3))."""

from datetime import timedelta
from typing import Any

import pytest

from arrival.movement.crossing import RecordCrossing
from clearance.declaration import LodgeDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.tests.declared import CIGARETTES
from contracts.goods import GoodsItem, OriginArea
from contracts.papers import Papers
from decider import Subject
from decider.tests.kit import NOON
from presentation.consignment.presentation import PresentGoods
from release.release import ReleaseGoods
from tests.law.lane import Lane

UNION = OriginArea(kind="customs_union", name="SAMPLE customs union (invented)")
REGION = OriginArea(kind="region", name="Sample Region")
OFFICER = Subject("officer-1", "officer")


def lived(declared: GoodsItem, *decided: Any) -> Lane:
    papers = Papers(consignment="C-1", packages=12)
    acts = (
        RecordCrossing(movement="M-1", direction="in", mode="road", place="FRP-MIX", papers=(papers,)),
        PresentGoods(consignment="C-1", checkpoint="FRP-MIX", packages_found=12),
        LodgeDeclaration(
            consignment="C-1",
            declarant="Sample Imports",
            form="declaration",
            regime="free circulation",
            items=(declared,),
        ),
        *decided,
        ReleaseGoods(consignment="C-1", regime="free circulation"),
    )
    lane = Lane(OFFICER)
    for hour, each in enumerate(acts):
        at = NOON + timedelta(hours=hour)
        lane.say(each, at, at)
    return lane


def outcomes(lane: Lane) -> list[str]:
    return [each.type for each in lane.log if each.type in ("ReleaseRefused", "GoodsReleased", "ReleaseWithheld")]


def of(area: OriginArea | None, origin: str | None = None) -> GoodsItem:
    return GoodsItem(code=CIGARETTES, origin=origin, origin_area=area, origin_proof="certificate")


@pytest.mark.law("O2", "L7")
@pytest.mark.parametrize(("area", "outcome"), [(UNION, "ReleaseRefused"), (REGION, "GoodsReleased")])
def test_art_20_1_goods_declared_of_an_area_are_released_as_the_act_on_it_says(area: OriginArea, outcome: str) -> None:
    assert outcomes(lived(of(area, None if area is UNION else "KZ"))) == [outcome]


@pytest.mark.law("O2", "O15")
def test_art_19_3_what_an_officer_says_of_the_area_counts_at_release_whatever_was_declared() -> None:
    barred = DecideOnGoodsInDoubt(consignment="C-1", item=1, origin_area=UNION, evidence=("origin_proof",))
    free = DecideOnGoodsInDoubt(consignment="C-1", item=1, origin="KZ", evidence=("origin_proof",))
    assert outcomes(lived(of(None, "KZ"), barred)) == ["ReleaseRefused"]
    assert outcomes(lived(of(UNION), free)) == ["GoodsReleased"]
