"""Seals of containers that only papers name: what was found of them is compared, where somebody looked (Art. 37(2))."""

from datetime import timedelta
from typing import Any

import pytest

from contracts.arrival import GoodsCrossed, GoodsCrossingCorrected, GoodsCrossingWithdrawn
from contracts.papers import Container, Papers
from contracts.presentation import GoodsFindingsRecorded, GoodsFindingsWithdrawn
from contracts.seals import Seal
from decider.tests.kit import NOON, given, when
from law import Finding
from presentation.consignment import consignment
from presentation.consignment.presentation import CorrectGoodsPresentation, PresentGoods

LATER = NOON + timedelta(hours=1)
BOX = Container(number="SRHU1000019", seals=(Seal(number="HZ 004411", by="carrier"), Seal(number="S2")))
OTHER_BOX = Container(number="SRHU1000020", seals=(Seal(number="S3"),))
UNSEALED = Container(number="SRHU1000021")


def crossed(*containers: Container, movement: str = "M1", **more: Any) -> GoodsCrossed:
    return GoodsCrossed(
        consignment="C1", movement=movement, direction="in", mode="road", place="FRP-MIX", crossed=NOON,
        papers=Papers(consignment="C1", containers=containers), **more,
    )  # fmt: skip


def shown(*intact: str, looked: bool = True) -> PresentGoods:
    return PresentGoods(consignment="C1", checkpoint="FRP-MIX", container_seals_intact=intact if looked else None)


def found(*known: Any, asked: Any) -> tuple[Finding, ...]:
    event, *_ = when(consignment, given(consignment, *known), asked, LATER)
    findings: tuple[Finding, ...] = event.findings
    return findings


def broken(*numbers: str, on: tuple[str, ...]) -> Finding:
    return Finding(rule="P2", article="37(2)", facts=(("broken", numbers), ("containers", on)))


@pytest.mark.law("P2")
def test_art_37_2_a_seal_that_the_papers_name_and_that_is_not_found_intact_is_a_finding_with_its_container() -> None:
    papers = crossed(BOX, OTHER_BOX, UNSEALED)
    assert found(papers, asked=shown("S2", "S3")) == (broken("HZ 004411", on=("SRHU1000019",)),)
    assert found(papers, asked=shown()) == (broken("HZ 004411", "S2", "S3", on=("SRHU1000019", "SRHU1000020")),)
    assert found(papers, asked=shown("hz-004411", "S 2", "s3", "S9")) == ()


@pytest.mark.law("P2")
def test_art_37_2_where_nobody_says_how_they_were_found_and_where_papers_name_none_nothing_is_concluded() -> None:
    assert found(crossed(BOX), asked=shown(looked=False)) == ()
    assert found(crossed(UNSEALED), asked=shown()) == ()
    assert found(asked=shown()) == ()


@pytest.mark.law("P2")
def test_art_37_2_of_goods_on_two_vehicles_the_papers_of_those_count_that_had_crossed_by_then() -> None:
    second = crossed(OTHER_BOX, movement="M2")
    assert found(crossed(BOX), second, asked=shown("HZ 004411", "S2")) == (broken("S3", on=("SRHU1000020",)),)
    late = second.model_copy(update={"crossed": LATER + timedelta(minutes=1)})
    assert found(crossed(BOX), late, asked=shown("HZ 004411", "S2")) == ()


def test_a_crossing_that_is_recorded_put_right_or_taken_back_later_says_otherwise() -> None:
    (presented,) = when(consignment, given(consignment), shown("S2"), LATER)
    first = crossed(BOX)
    recorded = when(consignment, given(consignment, presented), first, NOON)
    finding = broken("HZ 004411", on=("SRHU1000019",))
    assert GoodsFindingsRecorded(consignment="C1", findings=(finding,)) in recorded
    ended = GoodsFindingsWithdrawn(consignment="C1", findings=(finding,))
    right = GoodsCrossingCorrected(
        **{**first.model_dump(exclude={"type"}), "papers": Papers(consignment="C1", containers=(UNSEALED,))},
        corrects=NOON,
    )
    for event in (right, GoodsCrossingWithdrawn(consignment="C1", movement="M1", withdraws=NOON)):
        assert ended in when(consignment, given(consignment, presented, first, *recorded), event, NOON)


def test_they_are_the_same_however_spelt_and_put_right_with_the_rest() -> None:
    (presented,) = when(consignment, given(consignment, crossed(BOX)), shown("S2"), LATER)
    state = given(consignment, crossed(BOX), presented)
    assert when(consignment, state, shown("s-2", "S2"), LATER) == []
    (differs,) = when(consignment, state, shown("S2", "HZ 004411"), LATER)
    assert (differs.type, differs.differing) == ("StatementDiffers", ("container_seals_intact",))
    right = CorrectGoodsPresentation(
        consignment="C1", corrects=LATER, checkpoint="FRP-MIX", container_seals_intact=("S2", "HZ 004411")
    )
    corrected, ended = when(consignment, state, right, LATER)
    assert corrected.container_seals_intact == ("HZ 004411", "S2")
    assert ended == GoodsFindingsWithdrawn(consignment="C1", findings=presented.findings)
