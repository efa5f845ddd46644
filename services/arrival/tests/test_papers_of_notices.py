"""The papers that a notice tells go to each of its consignments, also when it is amended, put right or taken back."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from arrival.movement import movement
from arrival.movement.notice import AmendNotice, CorrectNotice, NotifyArrival, WithdrawNotice
from arrival.movement.notice_told import announced as heard
from contracts.papers import ControlTotals, Papers, TransportDocument
from contracts.vehicle import MeansOfTransport
from decider.tests.kit import NOON, Said, given, live, when

LATER = NOON + timedelta(hours=1)
PLANE = MeansOfTransport(kind="aircraft_registration", identity="EZ-A001")
BILL, HOUSE = (TransportDocument(kind="air_waybill", number=each) for each in ("970-1", "970-2"))
TWELVE = Papers(consignment="C1", packages=12, documents=(BILL, HOUSE))
ELEVEN = replace(TWELVE, packages=11)
SAID: dict[str, Any] = {
    "movement": "M1", "checkpoint": "ASB-AIR", "mode": "air", "expected": NOON + timedelta(days=1), "vehicle": PLANE,
}  # fmt: skip
NOTIFY = NotifyArrival(**SAID, papers=(TWELVE,))
AMEND = AmendNotice(**SAID, papers=(ELEVEN,))
CORRECT = CorrectNotice(**SAID, papers=(ELEVEN,), corrects=NOON)


def lived(*inputs: tuple[Any, Any]) -> tuple[Any, list[Any]]:
    state, events = live(movement, [Said(content=each, occurred=at, recorded=LATER) for each, at in inputs], LATER)
    return state, events


def told(event: Any) -> list[Papers | None]:
    return [each.papers for notice in getattr(event, "stands", ()) or (event,) for _, each in heard("M1", notice)]


def test_what_is_amended_or_put_right_is_told_with_its_own_papers() -> None:
    for act, at in ((AMEND, LATER), (CORRECT, LATER)):
        state, events = lived((NOTIFY, NOON), (act, at))
        assert told(events[-1]) == [ELEVEN]
        assert state.route.notices["ASB-AIR"].notice.papers == (ELEVEN,)


def test_with_an_amendment_taken_back_goods_hear_by_which_papers_they_were_announced_before() -> None:
    _, events = lived((NOTIFY, NOON), (AMEND, LATER), (WithdrawNotice(movement="M1", withdraws=LATER), LATER))
    assert events[-1].type == "NoticeWithdrawn"
    assert told(events[-1]) == [TWELVE]


def test_a_notice_with_other_papers_differs_and_with_the_same_in_another_order_or_spelling_does_not() -> None:
    state = given(movement, *when(movement, given(movement), NOTIFY))
    same = replace(TWELVE, documents=(HOUSE, BILL))
    assert when(movement, state, replace(NOTIFY, papers=(same,))) == []
    assert when(movement, state, replace(NOTIFY, vehicle=replace(PLANE, identity="ez a001"))) == []
    (differs,) = when(movement, state, replace(NOTIFY, papers=(ELEVEN,)))
    assert (differs.outcome, differs.differing) == ("differs", ("papers",))


def test_a_notice_whose_own_documents_and_totals_are_written_otherwise_is_the_same() -> None:
    said = replace(NOTIFY, documents=(BILL,), totals=ControlTotals(gross_mass="42680.50"))
    state = given(movement, *when(movement, given(movement), said))
    other = replace(said, documents=(replace(BILL, number="970 1"),), totals=ControlTotals(gross_mass="42680.5"))
    assert when(movement, state, other) == []
