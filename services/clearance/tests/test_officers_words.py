"""What officers decide where the Code leaves the consequence to them: disposal, and a body's refusal."""

from datetime import timedelta

import pytest

from clearance.approvals import RecordApproval
from clearance.consignment import consignment
from clearance.disposal import DecideDisposal
from clearance.refusals import DecideOnRefusedApproval
from clearance.tests.declared import BEEF, SHOWN, crossed, lodge
from clearance.tests.test_storage import BEGUN, BOMBS, DISPOSAL, DUE, ENDED, KEPT_OUT, REFERRED, UNTIL
from contracts.officers import DisposalDecided, RefusedApprovalDecided
from decider import OpenPoint
from decider.tests.kit import NOON, folded, given, play, when
from tests.law.cases.case import Case, on
from tests.law.cases.usual import ACCEPT, CARTRIDGES, declared, item

LATER = UNTIL + timedelta(hours=1)
DESTROY = DecideDisposal(consignment="C1", disposal="destroyed under customs control", provision="Chapter 39")
DESTROYED = DisposalDecided(
    consignment="C1", disposal="destroyed under customs control", provision="Chapter 39", decided=LATER
)
AFTER_THE_TERM = (*KEPT_OUT, *BEGUN, DUE, ENDED, REFERRED)


@pytest.mark.law("L4")
def test_art_7_1_the_officers_word_on_what_becomes_of_goods_closes_the_point_that_their_term_opened() -> None:
    ended = given(consignment, *AFTER_THE_TERM)
    assert consignment.open_points(ended) == (DISPOSAL,)
    (point,) = consignment.open_points(ended)
    assert (point.since, point.until) == (UNTIL, None)
    assert when(consignment, ended, DESTROY, LATER) == [DESTROYED]
    assert consignment.open_points(folded(consignment, ended, DESTROYED)) == ()
    early = DESTROYED.model_copy(update={"decided": NOON})
    assert consignment.open_points(folded(consignment, ended, early)) == (DISPOSAL,)


@pytest.mark.law("L4")
def test_art_7_1_a_decision_on_some_goods_leaves_the_point_of_the_others() -> None:
    ended = given(consignment, *AFTER_THE_TERM)
    some = DESTROYED.model_copy(update={"codes": (BOMBS,)})
    assert consignment.open_points(folded(consignment, ended, some)) == (DISPOSAL,)  # The term is of all goods.


def test_a_decision_on_disposal_is_recorded_in_any_order_and_once() -> None:
    assert when(consignment, given(consignment), DESTROY, LATER) == [DESTROYED]
    stands = given(consignment, DESTROYED)
    assert when(consignment, stands, DESTROY, LATER) == []
    other = DecideDisposal(consignment="C1", disposal="sold", provision="Chapter 39")
    (differs,) = when(consignment, stands, other, LATER)
    assert (differs.type, differs.stands) == ("StatementDiffers", (("disposal", DESTROYED.disposal),))


REFUSE = RecordApproval(consignment="C1", agency="veterinary", granted=False, reference="V-1")
DECIDE = DecideOnRefusedApproval(consignment="C1", agency="Veterinary", reference="v-1", consequence="tested again")
DECIDED = RefusedApprovalDecided(
    consignment="C1", agency="Veterinary", reference="v-1", consequence="tested again", decided=NOON
)
POINT = OpenPoint(act="DecideOnRefusedApproval", who="officer", article="29(2) para 2")


@pytest.mark.law("L10")
def test_art_29_2_what_a_refusal_means_is_the_officers_to_say_and_a_later_refusal_asks_him_again() -> None:
    state, _ = play(consignment, [crossed((BEEF, None)), lodge((BEEF, None)), SHOWN, REFUSE])
    assert POINT in consignment.open_points(state)
    assert [each.since for each in consignment.open_points(state) if each == POINT] == [NOON]
    assert when(consignment, state, DECIDE) == [DECIDED]
    decided = folded(consignment, state, DECIDED)
    assert POINT not in consignment.open_points(decided)
    again = RecordApproval(consignment="C1", agency="veterinary", granted=False, reference="V-2")
    (refused,) = when(consignment, decided, again, LATER)
    assert POINT in consignment.open_points(folded(consignment, decided, refused))
    of_the_first = DECIDED.model_copy(update={"decided": LATER + timedelta(hours=1)})
    assert POINT in consignment.open_points(folded(consignment, state, refused, of_the_first))
    granted = RecordApproval(consignment="C1", agency="veterinary", granted=True, reference="V-3")
    (word,) = when(consignment, state, granted, LATER)
    assert POINT not in consignment.open_points(folded(consignment, state, word))


CROSSED = on("2026-03-02 10:00", declared(item(CARTRIDGES)))
CASES = (
    Case(
        under="7(1) para 2",
        title="The officer decides what becomes of goods whose term of storage is over",
        given=(CROSSED,),
        when=on("2026-03-10 10:00", DESTROY),
    ),
    Case(
        under="29(2) para 2",
        title="The officer decides what a body's refusal means for the goods",
        given=(
            on("2026-03-02 10:00", declared(item(BEEF))),
            on("2026-03-02 10:30", ACCEPT),
            on("2026-03-02 11:00", REFUSE),
        ),
        when=on("2026-03-02 12:00", DECIDE),
    ),
)
