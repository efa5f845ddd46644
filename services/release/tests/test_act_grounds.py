"""Grounds that acts beside the Code provide: which goods, which regime, which fact, and what follows (Art. 8(2))."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from contracts.clearance import (
    AgencyApprovalGranted,
    AgencyApprovalRefused,
    AgencyApprovalRequested,
    DeclarationLodged,
    PaymentReversed,
)
from contracts.doubts import GoodsDoubtDecided
from contracts.goods import GoodsItem
from contracts.readiness import ReadyForRelease
from contracts.release import GroundAfterRelease, GroundAfterReleaseWithdrawn, ReleaseRefused, ReleaseWithheld
from decider.tests.kit import NOON, at, folded, given, when
from law import Facts, Ground
from law.reference import VARIABLE
from law.tests.late_act import forget
from release.consignment import consignment
from release.tests.goods import ASSESSED, CROSSED, FREE, PAID, PROHIBITED, SHOWN, WATER, ready, release, released

GOLD, MONKEYS = "710812000", "010619000"
CITATION = "Sample act on release after payment and approval (invented), items 1 and 2"


def lodged(*codes: str) -> DeclarationLodged:
    items = tuple(GoodsItem(code=each) for each in codes)
    return DeclarationLodged(
        consignment="C1", declarant="Sample Imports", form="declaration", items=items, regime=FREE, lodged=NOON
    )


def ground(rule: str, provision: str, *facts: tuple[str, str], codes: tuple[str, ...]) -> Ground:
    of_act: Facts = (("act", "SAMPLE-GROUNDS"), ("citation", CITATION), ("codes", codes))
    article = f"SAMPLE-GROUNDS {provision}"
    return Ground(rule=rule, article=article, layer="by-law", facts=tuple(sorted((*of_act, *facts))))  # type: ignore[arg-type]


OF_PAYMENT = ground("L9", "1", ("effect", "withhold"), ("on", "payment_not_made"), codes=(GOLD,))
OF_APPROVAL = ground(
    "L10", "2", ("agency", "veterinary"), ("effect", "refuse"), ("on", "approval_not_given"), codes=(MONKEYS,)
)
CONTROLLED = AgencyApprovalRequested(
    consignment="C1", agency="veterinary", codes=(MONKEYS,), act="SAMPLE-GROUNDS", citation=CITATION, layer="by-law"
)
APPROVED = AgencyApprovalGranted(consignment="C1", agency="Veterinary", reference="V-1", decided=NOON)
REFUSED = AgencyApprovalRefused(consignment="C1", agency="veterinary", reference="V-2", decided=NOON)
WITHHELD = ReleaseWithheld(
    consignment="C1", article="SAMPLE-GROUNDS 1", rule="L9", layer="by-law", regime=FREE, grounds=(OF_PAYMENT,)
)


@pytest.mark.law("F12")
def test_art_8_2_an_act_may_let_a_release_wait_until_payments_are_made() -> None:
    due = given(consignment, CROSSED, SHOWN, lodged(GOLD), ASSESSED)
    assert when(consignment, due, release()) == [WITHHELD]
    assert when(consignment, folded(consignment, due, PAID), release())[0] == released()
    assert when(consignment, given(consignment, CROSSED, SHOWN, lodged(GOLD)), release()) == [WITHHELD]


@pytest.mark.law("F12")
def test_art_8_2_what_an_act_says_of_some_goods_and_a_regime_holds_for_no_others() -> None:
    assert when(consignment, given(consignment, CROSSED, SHOWN, lodged(WATER), ASSESSED), release()) == [released()]
    (event,) = when(consignment, given(consignment, CROSSED, SHOWN, lodged(GOLD), ASSESSED), release(regime="transit"))
    assert event.type == "GoodsReleased"
    (event,) = when(
        consignment, given(consignment, CROSSED, SHOWN, lodged(GOLD), ASSESSED), release(regime="Free Circulation")
    )
    assert event == WITHHELD.model_copy(update={"regime": "Free Circulation"})
    both = given(consignment, CROSSED, SHOWN, lodged(WATER, GOLD), ASSESSED)
    assert when(consignment, both, release(1)) == [released(1)]
    assert when(consignment, both, release(2)) == [WITHHELD.model_copy(update={"items": (2,)})]
    assert when(consignment, both, release()) == [WITHHELD]


@pytest.mark.law("F12")
def test_art_8_2_goods_are_of_what_an_act_names_as_an_officer_has_decided_that_they_are() -> None:
    decided = GoodsDoubtDecided(consignment="C1", item=1, code=GOLD, evidence=("examination",), decided=NOON)
    state = given(consignment, CROSSED, SHOWN, lodged(WATER), ASSESSED, decided)
    assert when(consignment, state, release()) == [WITHHELD]
    assert when(consignment, state, release(1)) == [WITHHELD.model_copy(update={"items": (1,)})]
    other = given(consignment, CROSSED, SHOWN, lodged(GOLD), ASSESSED, decided.model_copy(update={"code": WATER}))
    assert when(consignment, other, release()) == [released()]


@pytest.mark.law("F12", "L10")
def test_art_8_2_an_act_may_refuse_a_release_while_a_body_has_not_approved() -> None:
    refused = ReleaseRefused(
        consignment="C1", article="SAMPLE-GROUNDS 2", rule="L10", layer="by-law", regime=FREE, grounds=(OF_APPROVAL,)
    )
    waiting = given(consignment, CROSSED, SHOWN, lodged(MONKEYS), CONTROLLED)
    for state in (waiting, folded(consignment, waiting, REFUSED)):
        assert when(consignment, state, release()) == [refused]
    assert when(consignment, folded(consignment, waiting, APPROVED), release()) == [released()]


@pytest.mark.law("L10")
def test_art_29_2_where_no_act_says_so_a_body_that_refuses_holds_no_release() -> None:
    other = CONTROLLED.model_copy(update={"codes": (WATER,), "act": "SAMPLE-CONTROLS"})
    state = given(consignment, CROSSED, SHOWN, lodged(WATER), other, REFUSED)
    assert when(consignment, state, release()) == [released()]


@pytest.mark.law("F12")
def test_art_8_2_what_refuses_stands_before_what_withholds_and_all_is_named() -> None:
    state = given(consignment, CROSSED, SHOWN, lodged(GOLD, MONKEYS), ASSESSED, CONTROLLED, PROHIBITED)
    (event,) = when(consignment, state, release())
    assert event.type == "ReleaseRefused"
    assert [each.rule for each in event.grounds] == ["L2", "L10", "L9"]


@pytest.mark.law("F12")
@pytest.mark.parametrize(("more", "who"), [((), "declarant"), ((PAID,), "agency")])
def test_art_8_2_a_withheld_release_says_who_has_to_act(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: tuple[object, ...], who: str
) -> None:
    acts = Path(__file__).parents[3] / "libs" / "law" / "acts"
    (tmp_path / "acts").mkdir()
    text = (acts / "sample_grounds.toml").read_text(encoding="utf-8")
    later = text.replace("known_from = 2020-01-01", "known_from = 2020-01-02").replace('"refuse"', '"withhold"')
    (tmp_path / "acts" / "later.toml").write_text(later, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    forget()
    try:
        state = given(consignment, CROSSED, SHOWN, lodged(GOLD, MONKEYS), ASSESSED, CONTROLLED, *more)
        (event,) = when(consignment, state, release())
    finally:
        monkeypatch.undo()
        forget()
    assert (event.type, event.who) == ("ReleaseWithheld", who)


@pytest.mark.law("F12")
def test_art_8_2_an_act_is_asked_by_the_day_of_the_release_as_it_was_known_when_that_was_recorded() -> None:
    before = datetime(2019, 12, 31, 18, 59, tzinfo=UTC)
    state = given(consignment, CROSSED, SHOWN, lodged(GOLD), ASSESSED, recorded=before)
    (event,) = consignment.decide(at(consignment, before, release()), state)
    assert event.type == "GoodsReleased"
    (event,) = consignment.decide(at(consignment, before, release(), recorded=NOON), state)
    assert event.type == "GoodsReleased"
    (event,) = consignment.decide(at(consignment, NOON, release(), recorded=NOON), state)
    assert event.type == "ReleaseWithheld"


@pytest.mark.law("L2")
def test_art_7_1_a_ground_of_an_act_that_comes_after_the_release_is_put_before_the_officer() -> None:
    back = PaymentReversed(
        consignment="C1", amount=PAID.amount, reference="R-1", reverses=PAID.reference, reversed=NOON
    )
    state = given(consignment, CROSSED, SHOWN, lodged(GOLD), ASSESSED, PAID, released())
    events = when(consignment, state, back)
    late = next(each for each in events if isinstance(each, GroundAfterRelease))
    assert late.grounds == (OF_PAYMENT,)
    state = folded(consignment, state, back, *events)
    again = PAID.model_copy(update={"reference": "T-2"})
    assert any(isinstance(each, GroundAfterReleaseWithdrawn) for each in when(consignment, state, again))


def test_nothing_is_open_to_be_released_while_an_act_withholds_it() -> None:
    state = given(consignment, CROSSED, SHOWN, lodged(GOLD, WATER), ASSESSED, ready(1))
    assert "ReleaseGoods" not in [point.act for point in consignment.open_points(state)]
    more = folded(consignment, state, ReadyForRelease(consignment="C1", items=(2,)))
    assert "ReleaseGoods" in [point.act for point in consignment.open_points(more)]
    paid = folded(consignment, state, PAID)
    assert "ReleaseGoods" in [point.act for point in consignment.open_points(paid)]
