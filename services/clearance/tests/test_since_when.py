"""Since when something is open: since there was something to do, whenever that was recorded."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from clearance.acceptance import AcceptDeclaration
from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration
from clearance.payments import RecordPayment, ReversePayment
from clearance.permits import PresentPermit
from clearance.tests.declared import CIGARETTES, MEDICINE, SHOWN, WATER, crossed, found, lodge
from contracts.values import Payment, PermitLine
from decider.tests.kit import NOON, Said, live

HOURS = [NOON + timedelta(hours=hour) for hour in range(8)]
LATE = NOON + timedelta(days=2)
PAID = RecordPayment(consignment="C1", amount=Decimal(100), reference="T-1")
DUTY = replace(lodge((WATER, "UZ")), payments=(Payment(kind="duty", amount=Decimal(100)),))
BY_NOBODY = PresentPermit(
    consignment="C1", permit="medicine import permit", number="P-1", issued_by="Alma Trade HJ",
    lines=(PermitLine(code=MEDICINE, quantity="1", unit="kg"),),
)  # fmt: skip


def since(act: str, *inputs: tuple[Any, datetime]) -> set[datetime | None]:
    """In each order of recording."""
    said = [Said(content=content, occurred=at, recorded=LATE) for content, at in inputs]
    return {opened(act, order) for order in permutations(said)}


def opened(act: str, said: Sequence[Said]) -> datetime | None:
    state, _ = live(consignment, said, LATE)
    return next((each.since for each in consignment.open_points(state) if each.act == act), None)


@pytest.mark.law("K5", "O13")
def test_art_19_22_goods_are_in_doubt_since_papers_and_declaration_were_both_there_and_differed() -> None:
    goods = (crossed((CIGARETTES, "XA")), HOURS[0])
    differs = (lodge((CIGARETTES, "KZ")), HOURS[3])
    assert since("DecideOnGoodsInDoubt", goods, differs) == {HOURS[3]}
    agrees, then = (lodge((CIGARETTES, "XA")), HOURS[1]), AmendDeclaration(
        consignment="C1", declarant="Sample Imports", items=lodge((CIGARETTES, "KZ")).items
    )  # fmt: skip
    assert opened("DecideOnGoodsInDoubt", told(goods, agrees, (then, HOURS[4]))) == HOURS[4]
    word = (found(origin="KZ", item=1), HOURS[5])
    assert opened("DecideOnGoodsInDoubt", told(goods, differs, word)) is None


@pytest.mark.law("L5")
def test_art_7_5_a_permit_waits_for_the_officer_since_it_was_presented() -> None:
    goods, declared = (crossed((MEDICINE, "UZ")), HOURS[0]), (lodge((MEDICINE, "UZ")), HOURS[1])
    assert since("DecideOnPermit", goods, declared, (BY_NOBODY, HOURS[5])) == {HOURS[5]}
    assert since("DecideOnPermit", goods, declared, (BY_NOBODY, HOURS[0] - timedelta(hours=1))) == {HOURS[0]}


@pytest.mark.law("L9")
def test_art_29_2_payments_are_due_since_they_were_computed_or_went_back() -> None:
    begun = [
        (crossed(), HOURS[0]),
        (SHOWN, HOURS[0]),
        (DUTY, HOURS[1]),
        (AcceptDeclaration(consignment="C1"), HOURS[2]),
    ]
    assert opened("RecordPayment", told(*begun)) == HOURS[2]
    assert opened("RecordPayment", told(*begun, (PAID, HOURS[3]))) is None
    back = ReversePayment(consignment="C1", amount=Decimal(100), reference="T-2", reverses="T-1")
    assert opened("RecordPayment", told(*begun, (PAID, HOURS[3]), (back, HOURS[4]))) == HOURS[4]


def told(*inputs: tuple[Any, datetime]) -> list[Said]:
    return [Said(content=content, occurred=at, recorded=at) for content, at in inputs]
