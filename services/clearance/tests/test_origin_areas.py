"""Goods whose origin is a group or a part of countries, by the name that an act has for it (Art. 12(3))."""

from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest

from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration, LodgeDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.tests.declared import CIGARETTES, SHOWN, crossed, lodge
from contracts.clearance import ImportProhibited
from contracts.goods import GoodsItem, OriginArea
from contracts.readiness import ReadyForRelease
from decider.tests.kit import NOON, at, folded, given, play, when

UNION = "Sample customs union (invented)"


def area(name: str = UNION, kind: Literal["customs_union", "region"] = "customs_union") -> OriginArea:
    return OriginArea(kind=kind, name=name)


def declared(origin: str | None, of: OriginArea | None) -> LodgeDeclaration:
    said = lodge((CIGARETTES, origin))
    return replace(said, items=(replace(said.items[0], origin_area=of),))


def prohibited(*history: object) -> list[tuple[str, str | None]]:
    events = play(consignment, history)[1]
    return [(each.article, each.origin) for each in events if isinstance(each, ImportProhibited)]


@pytest.mark.law("O2", "L7")
def test_art_20_1_goods_of_an_area_whose_goods_an_act_keeps_out_may_not_come_in() -> None:
    assert prohibited(declared(None, area())) == [("20(1)", UNION)]
    assert prohibited(declared("KZ", area("SAMPLE CUSTOMS UNION, invented"))) == [("20(1)", UNION)]


@pytest.mark.law("O2", "L7")
def test_art_20_1_goods_of_another_area_or_of_none_are_of_no_barred_one() -> None:
    for of in (area("Sample Region", "region"), None):
        assert prohibited(declared("KZ", of)) == []
        assert prohibited(declared(None, of)) == []


@pytest.mark.law("O2", "O15")
def test_art_19_3_an_officer_establishes_that_goods_are_of_an_area_or_of_a_country_and_of_no_area() -> None:
    known = given(consignment, *play(consignment, [declared("KZ", None)])[1])
    finds = DecideOnGoodsInDoubt(consignment="C1", item=1, origin_area=area(), evidence=("origin_proof",))
    decided, barred, *_ = when(consignment, known, finds)
    assert (decided.type, decided.article, decided.origin_area) == ("GoodsDoubtDecided", "19(3)", area())
    assert (barred.type, barred.origin) == ("ImportProhibited", UNION)
    known = given(consignment, *play(consignment, [declared(None, area())])[1])
    finds = replace(finds, origin="KZ", origin_area=None)
    assert [each.type for each in when(consignment, known, finds)] == [
        "GoodsDoubtDecided",
        "ImportProhibitionWithdrawn",
    ]


def test_goods_that_are_amended_to_be_of_an_area_are_named_as_such_since_then() -> None:
    first, later = declared("KZ", None), NOON + timedelta(days=1)
    state = play(consignment, [first])[0]
    whole = {each: getattr(first, each) for each in ("consignment", "declarant", "regime")}
    items = (GoodsItem(code=CIGARETTES, origin="KZ", origin_area=area(), origin_proof="certificate"),)
    events = consignment.decide(at(consignment, later, AmendDeclaration(**whole, items=items)), state)
    assert "ImportProhibited" in [each.type for each in events]
    after = folded(consignment, state, *events, recorded=later).declared
    assert {(each.area, each.at) for each in after.named} == {(None, NOON), (UNION, later)}


def test_goods_of_an_area_that_no_act_names_are_ready_as_others_are() -> None:
    events = play(consignment, [crossed((CIGARETTES, None)), declared(None, area("Sample Region", "region")), SHOWN])[1]
    assert any(isinstance(each, ReadyForRelease) for each in events)
