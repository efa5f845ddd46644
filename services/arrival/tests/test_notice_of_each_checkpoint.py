"""Each administration gives notice of its own checkpoint; what was received, what it asks for, and who only informs."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from arrival.app import SERVICE
from arrival.consignment import consignment
from arrival.consignment.announcement import AnnounceConsignment, WithdrawAnnouncement
from arrival.movement import movement
from arrival.movement.arrivals import RecordArrival
from arrival.movement.information import InformArrival
from arrival.movement.linking import with_receipt
from arrival.movement.notice import AmendNotice, CorrectNotice, NotifyArrival, WithdrawNotice
from contracts.values import Call
from decider import Held, Party, Subject
from decider.tests.kit import NOON, folded, given, when
from law import Finding, rulebook
from law.rulebook import Procedure

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ASHGABAT, MARY = "ASB-AIR", "MRY-AIR"
OF_ASHGABAT, OF_MARY = (Subject(f"clerk-{each}", "administration", checkpoints=(each,)) for each in (ASHGABAT, MARY))
OFFICER = Subject("officer-1", "officer")
CARRIER = Subject("carrier-1", "carrier", Party(number="CA-1"))
LANDS = NOON + DAY
FIRST = NotifyArrival(movement="M1", checkpoint=ASHGABAT, expected=LANDS, consignments=("C1",))
SECOND = NotifyArrival(movement="M1", checkpoint=MARY, expected=LANDS + 3 * HOUR, consignments=("C2",))
AT_ASHGABAT = RecordArrival(movement="M1", checkpoint=ASHGABAT, mode="air")
AT_MARY = RecordArrival(movement="M1", checkpoint=MARY, mode="air")
Act = tuple[Any, datetime, Subject]


def live(*acts: Act, recorded: datetime | None = None) -> tuple[Any, list[Any]]:
    """The state after acts, and what the last of them led to."""
    state, events = given(movement), list[Any]()
    for asked, instant, by in acts:
        events = when(movement, state, asked, instant, recorded, by)
        state = folded(movement, state, *events, recorded=recorded or instant)
    return state, events


def found(*acts: Act) -> list[tuple[str, str]]:
    return [(each.rule, str(dict(each.facts)["checkpoint"])) for each in live(*acts)[0].notice.findings]


FROM_BOTH: tuple[Act, ...] = ((FIRST, NOON, OF_ASHGABAT), (SECOND, NOON + HOUR, OF_MARY))
LANDED: tuple[Act, ...] = ((AT_ASHGABAT, LANDS, OFFICER), (AT_MARY, LANDS + 3 * HOUR, OFFICER))


@pytest.mark.law("A1", "A9")
def test_art_37_2_1_each_administration_owes_its_own_notice_and_gives_it() -> None:
    _, (event, *_) = live(*FROM_BOTH)
    assert (event.outcome, event.checkpoint) == ("recorded", MARY)
    assert found(*FROM_BOTH, *LANDED) == []
    assert found(FROM_BOTH[0], *LANDED) == [("A9", MARY)]
    assert found(FROM_BOTH[1], *LANDED) == [("A9", ASHGABAT)]
    assert found(*LANDED) == [("A9", ASHGABAT), ("A9", MARY)]


@pytest.mark.law("A4")
def test_art_37_2_1_each_is_late_by_its_own_arrival() -> None:
    late = (SECOND, LANDS + 4 * HOUR, OF_MARY)
    assert found(FROM_BOTH[0], *LANDED, late) == [("A4", MARY)]
    assert found(FROM_BOTH[0], (SECOND, LANDS + HOUR, OF_MARY), *LANDED) == []


@pytest.mark.law("A4")
def test_art_37_2_1_an_amended_notice_keeps_the_time_at_which_it_was_given_first() -> None:
    amended = AmendNotice(movement="M1", checkpoint=MARY, expected=LANDS, consignments=("C2", "C3"))
    assert found(*FROM_BOTH, *LANDED, (amended, LANDS + 4 * HOUR, OF_MARY)) == []


@pytest.mark.law("A9")
def test_art_37_2_1_a_notice_that_is_withdrawn_is_none_and_the_other_one_stands() -> None:
    gone = WithdrawNotice(movement="M1", withdraws=NOON + HOUR)
    assert found(*FROM_BOTH, (gone, NOON + 2 * HOUR, OF_MARY), *LANDED) == [("A9", MARY)]
    at_once = (FROM_BOTH[0], (SECOND, NOON, OF_MARY))
    (untold,) = live(*at_once, (replace(gone, withdraws=NOON), NOON + HOUR, OF_MARY))[1]
    assert untold.outcome == "differs"  # Of two that were given then it has to say which.
    named = replace(gone, withdraws=NOON, checkpoint=MARY)
    assert found(*at_once, (named, NOON + HOUR, OF_MARY), *LANDED) == [("A9", MARY)]


@pytest.mark.law("A9")
def test_art_37_2_1_an_amendment_that_moves_a_notice_leaves_none_behind() -> None:
    moves = AmendNotice(movement="M1", checkpoint=MARY, expected=LANDS)
    state, (event,) = live(FROM_BOTH[0], (moves, NOON + HOUR, OF_ASHGABAT))
    assert (event.instead_of, [each.checkpoint for each in state.notice.counting]) == (ASHGABAT, [MARY])
    assert [(each.checkpoint, each.consignments) for each in event.unannounced] == [(ASHGABAT, ("C1",))]
    of_several = (replace(moves, checkpoint="TMB-AIR"), NOON + 2 * HOUR, OF_ASHGABAT)
    assert [each.outcome for each in live(*FROM_BOTH, of_several)[1]] == ["differs"]
    told_which = (replace(of_several[0], instead_of=ASHGABAT), *of_several[1:])
    state, _ = live(*FROM_BOTH, told_which)
    assert [each.checkpoint for each in state.notice.counting] == [MARY, "TMB-AIR"]
    back = WithdrawNotice(movement="M1", withdraws=NOON + 2 * HOUR)
    again, _ = live(*FROM_BOTH, told_which, (back, LANDS, OF_ASHGABAT))
    assert again.notice.counting == live(*FROM_BOTH)[0].notice.counting
    assert again.route.plan == live(*FROM_BOTH)[0].route.plan


def test_an_amendment_that_should_have_moved_the_notice_does_so_once_it_is_put_right() -> None:
    amends = AmendNotice(movement="M1", checkpoint=ASHGABAT, expected=NOON)
    said: dict[str, Any] = {"movement": "M1", "checkpoint": MARY, "expected": NOON, "corrects": NOON + HOUR}
    acts = (FROM_BOTH[0], (amends, NOON + HOUR, OF_ASHGABAT), (CorrectNotice(**said), LANDS, OF_ASHGABAT))
    assert [each.checkpoint for each in live(*acts)[0].notice.counting] == [MARY]
    back = (CorrectNotice(**{**said, "checkpoint": ASHGABAT}), LANDS, OF_ASHGABAT)
    assert [each.checkpoint for each in live(*acts, back)[0].notice.counting] == [ASHGABAT]


def test_a_notice_that_was_stated_for_the_wrong_checkpoint_is_put_right_and_stays_one() -> None:
    right = CorrectNotice(
        movement="M1", checkpoint="TMB-AIR", expected=LANDS, consignments=("C1",), corrects=NOON, instead_of=ASHGABAT
    )
    state, (event,) = live(*FROM_BOTH, (right, LANDS, OF_ASHGABAT))
    assert (event.instead_of, event.counts) == (ASHGABAT, True)
    alone, _ = live((replace(FIRST, checkpoint="TMB-AIR"), NOON, OF_ASHGABAT), FROM_BOTH[1])
    assert [replace(each, known=NOON) for each in state.notice.given] == [
        replace(each, known=NOON) for each in alone.notice.given
    ]
    assert state.route.plan == alone.route.plan


# --- what is asked for ---


@pytest.mark.law("A1", "A2")
def test_art_8_2_checkpoint_and_time_are_a_whole_notice_where_no_procedure_asks_for_more() -> None:
    bare = replace(FIRST, consignments=())
    _, events = live((bare, NOON, OF_ASHGABAT))
    assert [(each.type, each.mode) for each in events] == [("ArrivalNotified", "air")]
    farap = replace(bare, checkpoint="FRP-MIX")
    assert [(each.type, each.mode) for each in live((farap, NOON, OF_ASHGABAT))[1]] == [("ArrivalNotified", None)]


ASKS = Procedure(
    checkpoint=ASHGABAT, version="ASB-AIR/2", modes=("air",), notice_required=True,
    asks=("vehicle", "totals", "consignments"),
)  # fmt: skip


@pytest.mark.law("A2")
def test_art_37_2_1_what_the_agreed_procedure_asks_and_the_notice_lacks_is_a_finding(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rulebook, "procedure", lambda checkpoint, *_, **__: ASKS if checkpoint == ASHGABAT else None)
    facts = (("checkpoint", ASHGABAT), ("lacks", ("totals", "vehicle")), ("procedure", "ASB-AIR/2"))
    state, events = live((FIRST, NOON, OF_ASHGABAT))
    assert [each.type for each in events] == ["ArrivalNotified", "NoticeFindingsRecorded"]
    assert state.notice.findings == (Finding(rule="A2", article="37(2-1)", layer="by-law", facts=facts),)
    assert live((SECOND, NOON, OF_MARY))[0].notice.findings == ()


# --- what counts as received ---


@pytest.mark.law("A4")
def test_art_37_2_1_a_notice_counts_from_when_customs_had_it_and_earlier_only_by_an_officer() -> None:
    earlier = LANDS - DAY
    landed, _ = live(LANDED[0])
    (event, *_, recorded) = when(movement, landed, FIRST, earlier, LANDS + HOUR, OF_ASHGABAT)
    assert (event.submitted, event.received) == (earlier, LANDS + HOUR)
    (late,) = recorded.findings
    assert dict(late.facts) == {
        "arrived": LANDS.isoformat(), "checkpoint": ASHGABAT, "received": (LANDS + HOUR).isoformat(),
        "submitted": earlier.isoformat(),
    }  # fmt: skip
    (event, *_) = when(movement, landed, FIRST, earlier, LANDS + HOUR, OFFICER)
    assert (event.submitted, event.received, event.stated_by.role) == (earlier, earlier, "officer")
    (event, *_) = when(movement, landed, replace(FIRST, received=earlier), LANDS, LANDS + HOUR, OFFICER)
    assert (event.submitted, event.received) == (LANDS, earlier)
    (event, *_) = when(movement, landed, replace(FIRST, received=earlier), LANDS, LANDS + HOUR, OF_ASHGABAT)
    assert event.received == LANDS + HOUR


@pytest.mark.law("A4")
def test_art_37_2_1_told_again_under_another_name_it_was_received_when_it_was() -> None:
    state, _ = live((FIRST, NOON, OF_ASHGABAT), recorded=NOON + HOUR)
    data = {"movement": "M1", "checkpoint": ASHGABAT, "expected": LANDS.isoformat()}
    held = Held(type="NotifyArrival", occurred=NOON, subject=OF_ASHGABAT, authtype="user", data=data)
    assert with_receipt(held, state.notice).data["received"] == (NOON + HOUR).isoformat()
    right = replace(held, type="CorrectNotice", occurred=LANDS, data={**data, "corrects": NOON.isoformat()})
    assert with_receipt(right, state.notice).data["received"] == (NOON + HOUR).isoformat()
    assert with_receipt(replace(held, type="RecordArrival"), state.notice).data == data


# --- who only informs ---


@pytest.mark.law("A3")
def test_art_37_2_1_what_a_carrier_says_of_an_arrival_is_recorded_and_fulfils_nothing() -> None:
    informs = InformArrival(movement="M1", checkpoint=ASHGABAT, expected=LANDS)
    state, (event,) = live((informs, NOON, CARRIER))
    assert (event.type, event.informed, event.stated_by.party) == ("ArrivalInformed", NOON, "CA-1")
    assert when(movement, state, informs, NOON + HOUR, subject=CARRIER) == []
    assert found((informs, NOON, CARRIER), (AT_ASHGABAT, LANDS, OFFICER)) == [("A9", ASHGABAT)]
    assert state.route.plan is None


@pytest.mark.law("A3")
def test_art_37_2_1_whoever_the_goods_are_for_informs_at_the_door_beside_the_carrier_and_each_for_himself() -> None:
    (door,) = (route for route in SERVICE.routes if route.command is InformArrival)
    assert {"carrier", "consignee"} <= {*door.roles}
    informs = InformArrival(movement="M1", checkpoint=ASHGABAT, expected=LANDS)
    consignee = Subject("clerk-3", "consignee", Party(number="CO-1"))
    state, events = live((informs, NOON, CARRIER), (informs, NOON, consignee))
    assert [(each.stated_by.role, each.stated_by.party) for each in events] == [("consignee", "CO-1")]
    colleague = Subject("clerk-4", "consignee", Party(number="CO-1"))
    assert when(movement, state, informs, NOON + HOUR, subject=colleague) == []
    (again,) = when(movement, state, replace(informs, expected=LANDS + HOUR), NOON + HOUR, subject=colleague)
    assert (again.type, again.expected) == ("ArrivalInformed", LANDS + HOUR)
    assert found((informs, NOON, consignee), (AT_ASHGABAT, LANDS, OFFICER)) == [("A9", ASHGABAT)]


# --- how the journey leads by several ---


@pytest.mark.law("P10")
def test_art_38_by_two_notices_the_journey_leads_to_both_in_the_order_of_time() -> None:
    state, (event,) = live(*FROM_BOTH)
    assert [(call.place, call.unloads) for call in event.leads.journey] == [(ASHGABAT, ("C1",)), (MARY, ("C2",))]
    assert event.hear == ("C1", "C2")
    other, _ = live(*reversed(FROM_BOTH))
    assert [call.place for call in other.route.plan.journey] == [ASHGABAT, MARY]
    whole = Call(place=ASHGABAT, expected=LANDS), Call(place=MARY, work=("unload",))
    told, (event,) = live((replace(FIRST, journey=whole), NOON, OF_ASHGABAT), FROM_BOTH[1])
    assert event.leads.journey == whole
    assert (state.route.last.notice.checkpoint, told.route.plan.notice.checkpoint) == (MARY, ASHGABAT)


@pytest.mark.law("A1")
def test_art_37_2_1_goods_hear_of_each_notice_that_names_them() -> None:
    told = AnnounceConsignment(consignment="C1", movement="M1", checkpoint=ASHGABAT, mode="air", expected=LANDS)
    (first,) = when(consignment, given(consignment), told)
    (second,) = when(consignment, given(consignment, first), replace(told, checkpoint=MARY))
    assert (first.instead_of, second.instead_of) == (None, None)
    state = given(consignment, first, second)
    (gone,) = when(consignment, state, WithdrawAnnouncement(consignment="C1", movement="M1", checkpoint=MARY))
    assert folded(consignment, state, gone).announced == given(consignment, first).announced
