"""A release that was given, and is stated afterwards, and one that is asked for (Art. 5(1)(20))."""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from contracts.arrival import Chapter8NotApplicable, ExemptionLost
from contracts.clearance import ImportProhibitionWithdrawn
from contracts.presentation import GoodsPresentationCorrected, GoodsPresentationWithdrawn
from contracts.release import GivenBefore, GoodsReleased, GroundAfterRelease, GroundAfterReleaseWithdrawn
from contracts.stating import StatementDiffers, Stater
from decider import Subject
from decider.tests.kit import NOON, folded, given, when
from law import Finding
from release.consignment import consignment
from release.release import Given, ReleaseGoods
from release.tests.goods import (
    BOMBS,
    BY_ORIGIN,
    CIGARETTES,
    CROSSED,
    DECLARED,
    MET,
    OF_BOMBS,
    OF_MEDICINE,
    OF_ORIGIN,
    PLAIN,
    PROHIBITED,
    RESTRICTED,
    SHOWN,
    noted,
    release,
)

HOUR = timedelta(hours=1)
SECOND, THIRD, FOURTH = NOON + 24 * HOUR, NOON + 48 * HOUR, NOON + 72 * HOUR
OFFICER = Subject("officer-1", "officer", checkpoints=("FRP-MIX",))
ELSEWHERE = Subject("officer-2", "officer", checkpoints=("TLM-ROD",))
GIVEN = Given(officer="FRP-0217", post="FRP-MIX", reason="the line to the post was cut")
SEEN, UNMET = "while it is on record", "before it is met"
NOT_SHOWN = Finding(rule="P1", article="37(2)", facts=(("shown", "not on record"),))


def stated(*numbers: int, **more: Any) -> ReleaseGoods:
    return replace(release(*numbers), given=GIVEN, **more)


def on_record(*events: tuple[Any, datetime]) -> Any:
    """Each event, and when it came on record."""
    state = given(consignment)
    for event, recorded in events:
        state = folded(consignment, state, event, recorded=recorded)
    return state


def told(state: Any, content: ReleaseGoods, by: Subject = OFFICER) -> list[Any]:
    """Of the second day, and recorded on the fourth."""
    return when(consignment, state, content, SECOND, FOURTH, by)


def types(events: list[Any]) -> list[str]:
    return [each.type for each in events]


CLEAR = ((CROSSED, NOON), (SHOWN, NOON), (DECLARED, NOON))


@pytest.mark.law("L1")
def test_art_5_1_20_a_release_that_was_given_is_recorded_at_its_instant_with_who_gave_it() -> None:
    assert told(on_record((CROSSED, NOON), (SHOWN, NOON), (PLAIN, NOON)), stated()) == [
        GoodsReleased(
            consignment="C1",
            regime="free circulation",
            runs_for_a_term=False,
            released=SECOND,
            given=GivenBefore(officer="FRP-0217", post="FRP-MIX", reason="the line to the post was cut"),
            stated_by=Stater(role="officer", checkpoints=("FRP-MIX",)),
        )
    ]


@pytest.mark.law("L2")
def test_art_7_1_a_release_that_was_given_before_a_ground_came_is_recorded_and_one_asked_for_then_refused() -> None:
    late = on_record(*CLEAR, (PROHIBITED, THIRD))
    assert types(told(late, release(2))) == ["ReleaseRefused"]
    released, after = told(late, stated(2))
    assert (released.type, released.released) == ("GoodsReleased", SECOND)
    assert OF_BOMBS.rule not in {each.rule for each in released.findings}
    assert (after.type, after.who, after.grounds) == ("GroundAfterRelease", "officer", (OF_BOMBS,))


@pytest.mark.law("L2", "L7")
def test_art_7_1_a_ground_that_was_on_record_when_a_release_was_given_is_found_of_it_and_a_supervisor_sees_it() -> None:
    known = on_record(*CLEAR, (PROHIBITED, NOON), (BY_ORIGIN, SECOND))
    for item, ground in ((2, OF_BOMBS), (3, OF_ORIGIN)):
        released, against = told(known, stated(item))
        assert noted(ground, SEEN) in released.findings
        assert (against.type, against.who, against.grounds) == ("GroundAfterRelease", "supervisor", (ground,))
        point = consignment.open_points(folded(consignment, known, released, against))[-1]
        assert (point.act, point.who, point.article) == ("DecideOnGroundAfterRelease", "supervisor", ground.article)


@pytest.mark.law("L2")
def test_art_7_1_goods_that_papers_named_by_fewer_digits_were_on_record() -> None:
    short = PROHIBITED.model_copy(update={"codes": ("9306",)})
    gone = ImportProhibitionWithdrawn(consignment="C1", codes=("9306",), act="ACT-1")
    known = on_record(*CLEAR, (short, NOON), (PROHIBITED, THIRD), (gone, THIRD))
    assert told(known, stated(2))[1].who == "supervisor"
    other = PROHIBITED.model_copy(update={"act": "ACT-3"})
    assert told(on_record(*CLEAR, (other, NOON), (PROHIBITED, THIRD)), stated(2))[1].who == "officer"


@pytest.mark.law("L2")
def test_art_7_1_what_was_found_of_a_release_falls_with_the_prohibition() -> None:
    state = on_record(*CLEAR, (PROHIBITED, NOON))
    released, against = told(state, stated(2))
    gone = ImportProhibitionWithdrawn(consignment="C1", codes=(BOMBS,), act="ACT-1")
    events = when(consignment, folded(consignment, state, released, against), gone, FOURTH)
    assert types(events) == ["ReleaseFindingsWithdrawn", "GroundAfterReleaseWithdrawn"]
    assert isinstance(events[1], GroundAfterReleaseWithdrawn)
    assert events[1].who == "supervisor"


@pytest.mark.law("L5")
def test_art_7_1_a_requirement_that_was_open_when_goods_were_released_is_found_of_it_though_it_is_met_now() -> None:
    met = MET.model_copy(update={"met": THIRD})
    state = on_record(*CLEAR, (RESTRICTED, NOON), (met, THIRD))
    released, against = told(state, stated(4))
    assert released.findings == (noted(OF_MEDICINE, UNMET),)
    assert (against.type, against.who, against.grounds) == ("GroundAfterRelease", "supervisor", (OF_MEDICINE,))
    (asked,) = told(state, release(4))
    assert (asked.type, asked.findings) == ("GoodsReleased", (noted(OF_MEDICINE, UNMET),))
    for since in (NOON, SECOND, None):
        known = on_record(*CLEAR, (RESTRICTED, NOON), (MET.model_copy(update={"met": since}), FOURTH))
        assert told(known, stated(4))[0].findings == ()


@pytest.mark.law("L5")
@pytest.mark.parametrize("order", tuple(permutations(range(3))))
def test_art_7_1_a_requirement_is_found_open_in_any_order_of_recording(order: tuple[int, ...]) -> None:
    facts = (RESTRICTED, MET.model_copy(update={"met": THIRD}), release(4))
    state = on_record(*CLEAR)
    if order.index(2) > order.index(0):
        order = (2, *(each for each in order if each != 2))
    for number in order:
        fact = facts[number]
        state = folded(consignment, state, *([] if number == 2 else [fact]))
        state = folded(consignment, state, *when(consignment, state, fact, SECOND))
    assert state.findings.noted == (noted(OF_MEDICINE, UNMET),)


@pytest.mark.law("L5")
def test_art_7_1_what_came_later_with_another_vehicle_was_open_at_no_earlier_release() -> None:
    later = CROSSED.model_copy(update={"movement": "M2", "crossed": THIRD})
    plain = ((CROSSED, NOON), (SHOWN, NOON), (PLAIN, NOON), (later, THIRD), (RESTRICTED, THIRD))
    released, *_ = told(on_record(*plain), stated())
    assert released.findings == ()
    declared = ((CROSSED, NOON), (SHOWN, NOON), (DECLARED, NOON), (later, THIRD), (RESTRICTED, THIRD))
    assert told(on_record(*declared), stated(4))[0].findings == (noted(OF_MEDICINE, UNMET),)


@pytest.mark.law("P1")
def test_art_37_2_goods_that_were_not_shown_when_they_were_released_are_noted_and_released() -> None:
    known = given(consignment, CROSSED, PLAIN)
    for content in (release(), stated()):
        (released,) = told(known, content)
        assert (released.type, released.findings) == ("GoodsReleased", (NOT_SHOWN,))
    late = SHOWN.model_copy(update={"shown": THIRD})
    assert told(folded(consignment, known, late), release())[0].findings == (NOT_SHOWN,)
    untimed = SHOWN.model_copy(update={"shown": None})
    assert told(folded(consignment, known, untimed), release())[0].findings == ()


@pytest.mark.law("P1")
def test_art_37_2_what_came_with_one_vehicle_is_not_shown_by_showing_what_came_with_another() -> None:
    second = CROSSED.model_copy(update={"movement": "M2"})
    of_first = SHOWN.model_copy(update={"movement": "M1"})
    of_second = SHOWN.model_copy(update={"movement": "M2", "shown": THIRD})
    facts = (("movements", ("M2",)), ("shown", "not on record"))
    not_shown = Finding(rule="P1", article="37(2)", facts=facts)
    before = given(consignment, CROSSED, second, of_first, PLAIN)
    for state in (before, folded(consignment, before, of_second)):
        assert told(state, release())[0].findings == (not_shown,)
    in_time = of_second.model_copy(update={"shown": NOON})
    assert told(folded(consignment, before, in_time), release())[0].findings == ()
    came_later = given(consignment, CROSSED, second.model_copy(update={"crossed": THIRD}), of_first, PLAIN)
    assert told(came_later, release())[0].findings == ()
    assert told(given(consignment, CROSSED, second, SHOWN, PLAIN), release())[0].findings == ()


@pytest.mark.law("P1")
def test_art_37_2_which_items_are_with_which_vehicle_nobody_says_so_one_of_several_is_not_noted() -> None:
    second = CROSSED.model_copy(update={"movement": "M2"})
    state = given(consignment, CROSSED, second, SHOWN.model_copy(update={"movement": "M1"}), PLAIN)
    assert not any(each.rule == "P1" for each in told(state, release(1))[0].findings)
    assert [each.rule for each in told(state, release(1, 2))[0].findings] == ["P1"]
    unshown = given(consignment, CROSSED, second, PLAIN)
    assert [each.rule for each in told(unshown, release(1))[0].findings] == ["P1"]


@pytest.mark.law("P1")
def test_art_37_2_a_showing_that_is_recorded_corrected_or_taken_back_later_says_whether_they_were() -> None:
    state = given(consignment, CROSSED, PLAIN)
    state = folded(consignment, state, *told(state, release()))
    assert types(when(consignment, state, SHOWN, FOURTH)) == ["ReleaseFindingsWithdrawn"]
    shown = given(consignment, CROSSED, SHOWN, PLAIN)
    shown = folded(consignment, shown, *told(shown, release()))
    gone = GoodsPresentationWithdrawn(consignment="C1", withdraws=NOON)
    later = GoodsPresentationCorrected(
        consignment="C1", checkpoint="FRP-MIX", packaging_breached=False, condition_changed=False, shown=THIRD,
        corrects=NOON,
    )  # fmt: skip
    for event in (gone, later):
        (found,) = when(consignment, shown, event, FOURTH)
        assert found.findings == (NOT_SHOWN,)


@pytest.mark.law("A7", "P1")
def test_art_37_3_goods_to_which_the_chapter_does_not_apply_are_shown_nowhere_until_a_stop_ends_that() -> None:
    exempt = Chapter8NotApplicable(consignment="C1", movement="M1", exemption="non_stop")
    known = given(consignment, CROSSED, PLAIN, exempt)
    assert told(known, release())[0].findings == ()
    other = CROSSED.model_copy(update={"movement": "M2"})
    assert told(folded(consignment, known, other), release())[0].findings == (NOT_SHOWN,)
    for stopped, found in ((NOON, (NOT_SHOWN,)), (THIRD, ())):
        lost = ExemptionLost(consignment="C1", movement="M1", present_at="FRP-MIX", stopped=stopped)
        assert told(folded(consignment, known, lost), release())[0].findings == found


@pytest.mark.law("L1")
def test_art_5_1_20_that_a_release_was_given_is_noted_where_another_post_states_it() -> None:
    known = given(consignment, CROSSED, SHOWN, PLAIN)
    for by, places in ((ELSEWHERE, ("TLM-ROD",)), (Subject("officer-3", "officer"), ())):
        (released,) = told(known, stated(), by)
        facts = (("post", "FRP-MIX"), ("stated_by", places))
        assert released.findings == (Finding(rule="L1", article="5(1)(20)", facts=facts),)
    assert told(known, release(), ELSEWHERE)[0].findings == ()


def test_goods_that_are_released_on_record_were_not_released_otherwise() -> None:
    state = given(consignment, CROSSED, SHOWN, PLAIN)
    state = folded(consignment, state, *told(state, stated()))
    assert told(state, stated()) == told(state, release()) == []
    differs = StatementDiffers(
        article="5(1)(20)", rule="L1", statement="ReleaseGoods", differing=("regime",), stands_since=SECOND,
        stands=(("regime", "free circulation"), ("runs_for_a_term", "False")),
        stands_by=Stater(role="officer", checkpoints=("FRP-MIX",)),
    )  # fmt: skip
    assert told(state, stated(regime="transit")) == [differs]
    assert types(when(consignment, state, stated(), THIRD, FOURTH, OFFICER)) == ["StatementDiffers"]


@pytest.mark.law("L2")
def test_a_release_that_another_officer_is_said_to_have_given_then_differs() -> None:
    state = on_record(*CLEAR)
    state = folded(consignment, state, *told(state, stated()))
    assert told(state, stated()) == []
    assert told(state, replace(stated(), given=replace(GIVEN, officer="frp 0217", reason="the line was dead"))) == []
    (differs,) = told(state, replace(stated(), given=replace(GIVEN, officer="FRP-0218")))
    assert (differs.type, differs.differing) == ("StatementDiffers", ("given",))


def test_a_release_asked_for_is_no_way_around_by_the_time_that_is_stated_for_it() -> None:
    assert isinstance(told(on_record(*CLEAR, (BY_ORIGIN, FOURTH)), stated(3))[-1], GroundAfterRelease)
    (refused,) = told(on_record(*CLEAR, (BY_ORIGIN, FOURTH)), release(3))
    assert (refused.type, dict(refused.grounds[0].facts)["codes"]) == ("ReleaseRefused", (CIGARETTES,))
