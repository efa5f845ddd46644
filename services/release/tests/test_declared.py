"""What a release rests on and what it does not: goods as they were declared then, accepted or not (Art. 5(1)(20))."""

from datetime import timedelta

import pytest

from contracts.clearance import (
    DeclarationAccepted,
    DeclarationAmended,
    DeclarationCorrected,
    DeclarationLodged,
    DeclarationWithdrawn,
    PaymentAssessmentWithdrawn,
)
from contracts.goods import GoodsItem
from contracts.release import ReleaseFindingsRecorded, ReleaseFindingsWithdrawn
from decider.tests.kit import NOON, folded, given, when
from law import Finding
from release.consignment import consignment
from release.tests.goods import (
    ASSESSED,
    CROSSED,
    FREE,
    MEDICINE,
    PAID,
    SHOWN,
    WATER,
    no_longer_ready,
    ready,
    release,
    released,
)

LATER = NOON + timedelta(hours=1)
LODGED = DeclarationLodged(
    consignment="C1", declarant="Sample Imports", form="declaration", regime=FREE, lodged=NOON,
    items=(GoodsItem(code=WATER, origin="UZ"), GoodsItem(code=WATER, origin="KZ")),
)  # fmt: skip
OTHER = (GoodsItem(code=WATER, origin="UZ"), GoodsItem(code=MEDICINE, origin="UZ"))
AMENDED = DeclarationAmended(
    consignment="C1", declarant="Sample Imports", form="declaration", regime=FREE, items=OTHER, amended=LATER,
    replaces=NOON,
)  # fmt: skip
WITHDRAWN = DeclarationWithdrawn(consignment="C1", withdraws=NOON, withdrawn=LATER)
ACCEPTED = DeclarationAccepted(consignment="C1", accepted=NOON)
KNOWN = (CROSSED, SHOWN, LODGED, ready(1, 2))


def since(how: str, *items: str) -> ReleaseFindingsRecorded:
    of_them = (("items", items),) if items else ()
    finding = Finding(rule="L1", article="5(1)(20)", facts=(("declared", how), *of_them))
    return ReleaseFindingsRecorded(consignment="C1", findings=(finding,))


@pytest.mark.law("L1")
def test_art_5_1_20_a_release_waits_for_no_acceptance_and_none_is_missed() -> None:
    assert when(consignment, given(consignment, *KNOWN), release()) == [released()]
    assert when(consignment, given(consignment, *KNOWN, ACCEPTED), release()) == [released()]
    assert when(consignment, given(consignment, *KNOWN, released()), ACCEPTED) == []
    assert [point.act for point in consignment.open_points(given(consignment, *KNOWN))] == ["ReleaseGoods"]


@pytest.mark.law("L1")
def test_art_5_1_20_what_is_declared_otherwise_after_the_release_is_noted_and_undoes_nothing() -> None:
    done = given(consignment, *KNOWN, released())
    assert when(consignment, done, AMENDED) == [since("otherwise since")]
    assert when(consignment, done, WITHDRAWN) == [since("no longer")]
    back = AMENDED.model_copy(update={"items": LODGED.items, "amended": LATER + timedelta(hours=1)})
    noted = folded(consignment, done, AMENDED, since("otherwise since"))
    assert when(consignment, noted, back) == [
        ReleaseFindingsWithdrawn(consignment="C1", findings=since("otherwise since").findings)
    ]


@pytest.mark.law("L1")
def test_art_5_1_20_of_goods_released_in_parts_those_alone_are_noted_that_are_declared_otherwise() -> None:
    done = given(consignment, *KNOWN, released(1), released(2))
    assert when(consignment, done, AMENDED) == [since("otherwise since", "2")]


@pytest.mark.law("L1", "F6")
def test_art_5_1_20_a_release_is_held_against_what_was_declared_by_then_and_not_against_what_is_now() -> None:
    transit = AMENDED.model_copy(update={"items": LODGED.items, "regime": "transit"})
    assert when(consignment, given(consignment, *KNOWN, transit), release(regime="transit"), LATER)[0].findings == ()
    assert when(consignment, given(consignment, *KNOWN, released()), transit) == [since("otherwise since")]


def test_what_was_declared_wrongly_and_is_corrected_is_judged_as_if_it_had_been_right() -> None:
    right = DeclarationCorrected(
        consignment="C1", declarant="Sample Imports", form="declaration", regime="transit", items=LODGED.items,
        lodged=NOON, corrects=NOON,
    )  # fmt: skip
    done = given(consignment, *KNOWN, released())
    (found,) = when(consignment, done, right)
    assert [finding.rule for finding in found.findings] == ["F6"]


def test_nobody_is_asked_to_release_goods_that_were_ready_and_are_no_more() -> None:
    gone = given(consignment, *KNOWN, AMENDED, no_longer_ready(1, 2))
    assert consignment.open_points(gone) == ()
    again = folded(consignment, gone, ready(1))
    assert [point.act for point in consignment.open_points(again)] == ["ReleaseGoods"]


@pytest.mark.law("L9")
def test_art_29_2_clearance_does_not_end_while_nothing_is_computed() -> None:
    assert when(consignment, given(consignment, *KNOWN, ASSESSED, PAID), release())[1].type == "ClearanceCompleted"
    gone = PaymentAssessmentWithdrawn(consignment="C1")
    assert when(consignment, given(consignment, *KNOWN, ASSESSED, gone, PAID), release()) == [released()]
