"""Goods in doubt: an officer may release them all the same, and what is doubtful stands beside it (Art. 22(4))."""

from datetime import timedelta

import pytest

from contracts.clearance import ImmediateExportDone
from contracts.doubts import GoodsDoubtDecided, GoodsDoubtWithdrawn, GoodsInDoubt
from contracts.release import ClearanceCompleted
from decider.tests.kit import NOON, folded, given, when
from law import Finding
from release.consignment import consignment
from release.tests.goods import (
    ASSESSED,
    BOMBS,
    CROSSED,
    PAID,
    PLAIN,
    PROHIBITED,
    SHOWN,
    no_longer_ready,
    ready,
    release,
    released,
)

ORIGIN = Finding(
    rule="O13",
    article="19(1) para 2",
    facts=(("code", "240220900"), ("declared", ("UZ",)), ("items", ("2",)), ("papers", ("XA",))),
)
UNDECLARED = Finding(rule="K6", article="22(4)", facts=(("declared", "by no item"), ("papers", ("930690100",))))
DOUBT = GoodsInDoubt(consignment="C1", findings=(ORIGIN,))
DECIDED = GoodsDoubtDecided(consignment="C1", item=2, origin="UZ", evidence=("origin_proof",), decided=NOON)
SETTLED = GoodsDoubtWithdrawn(consignment="C1", findings=(ORIGIN,))
LEFT = ImmediateExportDone(consignment="C1", exported=NOON)
MORE_PAID = PAID.model_copy(update={"reference": "T-2"})
BEFORE = (CROSSED, SHOWN, PLAIN, ready(1, 2), DOUBT)


@pytest.mark.law("K6")
def test_art_22_4_goods_in_doubt_are_refused_to_nobody_and_the_release_is_recorded_with_what_is_doubtful() -> None:
    known = given(consignment, *BEFORE)
    assert when(consignment, known, release(2)) == [released(2, findings=(ORIGIN,))]
    assert when(consignment, known, release()) == [released(findings=(ORIGIN,))]
    assert when(consignment, known, release(1)) == [released(1)]
    other = folded(consignment, known, GoodsInDoubt(consignment="C1", findings=(UNDECLARED,)))
    assert when(consignment, other, release(1)) == [released(1, findings=(UNDECLARED,))]


@pytest.mark.law("K6")
def test_what_was_doubtful_when_goods_were_released_stays_with_the_release() -> None:
    after = given(consignment, *BEFORE, released(2, findings=(ORIGIN,)))
    assert when(consignment, after, DECIDED) == []
    assert when(consignment, folded(consignment, after, DECIDED), SETTLED) == []
    settled = given(consignment, *BEFORE, DECIDED, SETTLED)
    assert when(consignment, settled, release(2)) == [released(2)]


def test_nobody_is_asked_to_release_goods_while_they_are_in_doubt() -> None:
    known = given(consignment, *BEFORE, no_longer_ready(2))
    assert [each.act for each in consignment.open_points(known)] == ["ReleaseGoods"]
    assert consignment.open_points(folded(consignment, known, no_longer_ready(1))) == ()


@pytest.mark.law("C4")
def test_art_29_2_clearance_ends_where_goods_that_an_officer_decided_are_prohibited_have_left() -> None:
    others_left = (CROSSED, SHOWN, PLAIN, ASSESSED, PAID, PROHIBITED, released(2), LEFT)
    assert when(consignment, given(consignment, *others_left), MORE_PAID) == []
    bombs = GoodsDoubtDecided(consignment="C1", item=1, code=BOMBS, evidence=("examination",), decided=NOON)
    assert when(consignment, given(consignment, *others_left), bombs) == [
        ClearanceCompleted(occurred=NOON, consignment="C1", completed=NOON)
    ]
    later = bombs.model_copy(update={"decided": NOON + timedelta(days=1)})
    (event,) = when(consignment, given(consignment, *others_left), later)
    assert (event.type, event.completed) == ("ClearanceCompleted", later.decided)
