"""Goods in several parts: each is shown at its own place, counted by itself and waited for (Arts 37(2), 38(1))."""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from contracts.arrival import (
    GoodsArrived,
    GoodsCrossed,
    GoodsCrossingWithdrawn,
    GoodsJourneyChanged,
    GoodsJourneyWithdrawn,
)
from contracts.papers import Papers
from contracts.presentation import GoodsPresented, PartsStillToBePresented, ToBeShown
from decider.tests.kit import NOON, Said, live, when
from law import Finding
from presentation.consignment import consignment
from presentation.consignment.presentation import CorrectGoodsPresentation, PresentGoods, WithdrawGoodsPresentation

HOUR = timedelta(hours=1)
FARAP, TALIMARJAN, SARAHS = "FRP-MIX", "TLM-ROD", "SRK-MIX"
PORT, SECOND_PORT, THIRD_PORT = "TKB-SEA", "TST-SEA", "GRB-SEA"
ASHGABAT, MARY = "ASB-AIR", "MRY-AIR"


def at(hour: int, content: Any) -> Said:
    """It happened in that hour of the day, and is recorded whenever it is played."""
    return Said(content=content, occurred=NOON + hour * HOUR, recorded=NOON + 99 * HOUR)


def crossed(movement: str, hour: int, packages: int | None, mode: Any = "road", place: str = FARAP) -> Said:
    papers = Papers(consignment="C1", packages=packages)
    return at(hour, GoodsCrossed(
        consignment="C1", movement=movement, direction="in", mode=mode, place=place, crossed=NOON + hour * HOUR,
        papers=papers,
    ))  # fmt: skip


def unloaded(movement: str, place: str, hour: int, here: bool = True) -> Said:
    return at(hour, GoodsArrived(
        consignment="C1", movement=movement, checkpoint=place, arrived=NOON + hour * HOUR, unloaded=here
    ))  # fmt: skip


def shown(
    place: str, hour: int, packages: int | None = None, movement: str | None = None, call: int | None = None
) -> Said:
    said = PresentGoods(
        consignment="C1", checkpoint=place, movement=movement, packages_found=packages, call=call
    )  # fmt: skip
    return at(hour, said)


def counted(found: int, stated: int, *movements: str) -> Finding:
    whose = (("movements", movements),) if movements else ()
    facts = (*whose, ("packages_found", str(found)), ("packages_stated", str(stated)))
    return Finding(rule="P2", article="37(2)", facts=facts)


def elsewhere(place: str, determined: str, *further: str) -> Finding:
    facts = (("determined", determined), *((("further", further),) if further else ()), ("shown", place))
    return Finding(rule="P8", article="38(1)", facts=facts)


LORRY = (crossed("M1", 0, 12),)
TWO_AT_ONE_POST = (crossed("M1", 0, 12), crossed("M2", 4, 8))
TWO_AT_TWO_POSTS = (crossed("M1", 0, 12), crossed("M2", 1, 8, place=TALIMARJAN))
SHIP = (crossed("M1", 0, 12, "sea", PORT), unloaded("M1", PORT, 1), unloaded("M1", SECOND_PORT, 5))
FLIGHTS = (
    crossed("M1", 0, 12, "air", ASHGABAT), unloaded("M1", ASHGABAT, 1),
    crossed("M2", 2, 8, "air", ASHGABAT), unloaded("M2", MARY, 3),
)  # fmt: skip
TWICE_AT_ASHGABAT = (
    crossed("M1", 0, 12, "air", ASHGABAT),
    unloaded("M1", ASHGABAT, 1), unloaded("M1", MARY, 3, False), unloaded("M1", ASHGABAT, 5),
)  # fmt: skip
M1_WAITS_AT_FARAP, M2_WAITS_AT_FARAP = (FARAP, "M1"), (FARAP, "M2")


@dataclass(frozen=True)
class Row:
    """How goods came, how they were shown, and what is to be found and still open, as the articles have it."""

    came: tuple[Said, ...]
    showings: tuple[Said, ...]
    findings: tuple[Finding, ...] = ()
    open: tuple[tuple[str, str | None], ...] = ()


TABLE = {
    "one lorry, nowhere": Row(LORRY, (), open=((FARAP, None),)),
    "one lorry, as many": Row(LORRY, (shown(FARAP, 1, 12),)),
    "one lorry, fewer": Row(LORRY, (shown(FARAP, 1, 11),), (counted(11, 12),)),
    "one lorry, more": Row(LORRY, (shown(FARAP, 1, 13),), (counted(13, 12),)),
    "one lorry, elsewhere": Row(LORRY, (shown(SARAHS, 1, 12),), (elsewhere(SARAHS, FARAP),)),
    "one lorry, once more elsewhere": Row(LORRY, (shown(FARAP, 1, 12), shown(SARAHS, 2, 3))),
    "two lorries at one post, nowhere": Row(TWO_AT_ONE_POST, (), open=(M1_WAITS_AT_FARAP, M2_WAITS_AT_FARAP)),
    "two at one post, the first": Row(TWO_AT_ONE_POST, (shown(FARAP, 1, 12),), open=(M2_WAITS_AT_FARAP,)),
    "two at one post, the second by its name": Row(
        TWO_AT_ONE_POST, (shown(FARAP, 5, 8, "M2"),), open=(M1_WAITS_AT_FARAP,)
    ),
    "two at one post, each": Row(TWO_AT_ONE_POST, (shown(FARAP, 1, 12), shown(FARAP, 5, 8))),
    "two at one post, each fewer": Row(
        TWO_AT_ONE_POST,
        (shown(FARAP, 1, 11), shown(FARAP, 5, 7)),
        (counted(11, 12, "M1"), counted(7, 8, "M2")),
    ),
    "two at one post, what one lacks the other has more": Row(
        TWO_AT_ONE_POST,
        (shown(FARAP, 1, 11, "M1"), shown(FARAP, 5, 9, "M2")),
        (counted(11, 12, "M1"), counted(9, 8, "M2")),
    ),
    "two at one post, both at once": Row(TWO_AT_ONE_POST, (shown(FARAP, 5, 20),)),
    "two at one post, both at once, fewer": Row(TWO_AT_ONE_POST, (shown(FARAP, 5, 19),), (counted(19, 20),)),
    "two at one post, at the same time, by their names": Row(
        TWO_AT_ONE_POST, (shown(FARAP, 5, 12, "M1"), shown(FARAP, 5, 8, "M2"))
    ),
    "two at two posts, nowhere": Row(TWO_AT_TWO_POSTS, (), open=((FARAP, "M1"), (TALIMARJAN, "M2"))),
    "two at two posts, the first": Row(TWO_AT_TWO_POSTS, (shown(FARAP, 2, 12),), open=((TALIMARJAN, "M2"),)),
    "two at two posts, the second": Row(TWO_AT_TWO_POSTS, (shown(TALIMARJAN, 2, 8),), open=((FARAP, "M1"),)),
    "two at two posts, each": Row(TWO_AT_TWO_POSTS, (shown(FARAP, 2, 12), shown(TALIMARJAN, 3, 8))),
    "two at two posts, the second first": Row(TWO_AT_TWO_POSTS, (shown(TALIMARJAN, 2, 8), shown(FARAP, 3, 12))),
    "two at two posts, more at the second": Row(
        TWO_AT_TWO_POSTS, (shown(FARAP, 2, 12), shown(TALIMARJAN, 3, 9)), (counted(9, 8, "M2"),)
    ),
    "two at two posts, the second at the place of the first": Row(
        TWO_AT_TWO_POSTS,
        (shown(FARAP, 2, 12, "M1"), shown(FARAP, 3, 8, "M2")),
        (elsewhere(FARAP, TALIMARJAN),),
    ),
    "two at two posts, somewhere, of nobody knows which": Row(
        TWO_AT_TWO_POSTS,
        (shown(SARAHS, 2, 12),),
        (elsewhere(SARAHS, FARAP, TALIMARJAN),),
        ((FARAP, "M1"), (TALIMARJAN, "M2")),
    ),
    "two ports, nowhere": Row(SHIP, (), open=((PORT, None), (SECOND_PORT, None))),
    "two ports, the first": Row(SHIP, (shown(PORT, 2, 7),), open=((SECOND_PORT, None),)),
    "two ports, the second": Row(SHIP, (shown(SECOND_PORT, 6, 5),), open=((PORT, None),)),
    "two ports, as many in all": Row(SHIP, (shown(PORT, 2, 7), shown(SECOND_PORT, 6, 5))),
    "two ports, fewer in all": Row(SHIP, (shown(PORT, 2, 7), shown(SECOND_PORT, 6, 4)), (counted(11, 12),)),
    "two ports, more in all": Row(SHIP, (shown(PORT, 2, 7), shown(SECOND_PORT, 6, 6)), (counted(13, 12),)),
    "two ports, more at the first": Row(SHIP, (shown(PORT, 2, 13),), (counted(13, 12),), ((SECOND_PORT, None),)),
    "two ports, not counted at the second": Row(SHIP, (shown(PORT, 2, 7), shown(SECOND_PORT, 6))),
    "two ports, the first part at a third port": Row(
        SHIP, (shown(THIRD_PORT, 2, 7),), (elsewhere(THIRD_PORT, PORT),), ((SECOND_PORT, None),)
    ),
    "called at twice, nowhere": Row(TWICE_AT_ASHGABAT, (), open=((ASHGABAT, None), (ASHGABAT, None))),
    "called at twice, what the first unloaded": Row(
        TWICE_AT_ASHGABAT, (shown(ASHGABAT, 2, 7),), open=((ASHGABAT, None),)
    ),
    "called at twice, what the second unloaded, by its number": Row(
        TWICE_AT_ASHGABAT, (shown(ASHGABAT, 6, 5, call=2),), open=((ASHGABAT, None),)
    ),
    "called at twice, both at once": Row(TWICE_AT_ASHGABAT, (shown(ASHGABAT, 6, 12),)),
    "called at twice, both at once, fewer": Row(TWICE_AT_ASHGABAT, (shown(ASHGABAT, 6, 11),), (counted(11, 12),)),
    "called at twice, each": Row(TWICE_AT_ASHGABAT, (shown(ASHGABAT, 2, 7), shown(ASHGABAT, 6, 5))),
    "called at twice, each, fewer": Row(
        TWICE_AT_ASHGABAT, (shown(ASHGABAT, 2, 7), shown(ASHGABAT, 6, 4)), (counted(11, 12),)
    ),
    "called at twice, each, more": Row(
        TWICE_AT_ASHGABAT, (shown(ASHGABAT, 2, 7, call=1), shown(ASHGABAT, 6, 6, call=2)), (counted(13, 12),)
    ),
    "called at twice, where nothing was unloaded": Row(
        TWICE_AT_ASHGABAT, (shown(MARY, 6, 12),), (elsewhere(MARY, ASHGABAT),)
    ),
    "two flights, nowhere": Row(FLIGHTS, (), open=((ASHGABAT, "M1"), (MARY, "M2"))),
    "two flights, the first": Row(FLIGHTS, (shown(ASHGABAT, 4, 12),), open=((MARY, "M2"),)),
    "two flights, as many": Row(FLIGHTS, (shown(ASHGABAT, 4, 12), shown(MARY, 5, 8))),
    "two flights, the second first, fewer": Row(
        FLIGHTS, (shown(MARY, 4, 7), shown(ASHGABAT, 5, 12)), (counted(7, 8, "M2"),)
    ),
    "two flights, exchanged": Row(
        FLIGHTS, (shown(ASHGABAT, 4, 8), shown(MARY, 5, 12)), (counted(8, 12, "M1"), counted(12, 8, "M2"))
    ),
}


@pytest.mark.law("P1", "P2", "P8")
@pytest.mark.parametrize("row", TABLE.values(), ids=TABLE)
def test_art_37_2_38_1_each_part_is_shown_at_its_own_place_in_whichever_order_that_is_recorded(row: Row) -> None:
    nothing_shown, _ = live(consignment, list(row.came), NOON + 100 * HOUR)
    in_part = len(row.open) < len(consignment.open_points(nothing_shown))
    orders = list(permutations((*row.came, *row.showings)))
    for order in orders[:: 1 + len(orders) // 121]:
        state, _ = live(consignment, list(order), NOON + 100 * HOUR)
        found = sorted(state.presentation.findings, key=repr)
        assert found == sorted(row.findings, key=repr)
        opened = [(point.place, point.part) for point in consignment.open_points(state)]
        assert opened == list(row.open)
        waiting = {each.checkpoint for each in state.presentation.waiting}
        assert waiting == ({place for place, _ in row.open} if in_part else set())


def after(*said: Said) -> Any:
    """The state once these came on record."""
    return live(consignment, list(said), NOON + 100 * HOUR)[0]


def told(state: Any, content: Any, hour: int) -> list[Any]:
    return when(consignment, state, content, NOON + hour * HOUR)


@pytest.mark.law("P1")
def test_art_37_2_that_some_parts_are_still_to_be_shown_is_said_and_that_none_is_any_more() -> None:
    state = after(*TWO_AT_TWO_POSTS)
    first, waits = told(state, shown(FARAP, 2, 12).content, 2)
    assert first == GoodsPresented(consignment="C1", checkpoint=FARAP, packages_found=12, shown=NOON + 2 * HOUR)
    left = ToBeShown(movement="M2", checkpoint=TALIMARJAN)
    assert waits == PartsStillToBePresented(consignment="C1", parts=(left,))
    state = after(*TWO_AT_TWO_POSTS, shown(FARAP, 2, 12))
    second, done = told(state, shown(TALIMARJAN, 3, 8, "M2").content, 3)
    assert (second.movement, second.findings) == ("M2", ())
    assert done == PartsStillToBePresented(consignment="C1", parts=())
    gone = WithdrawGoodsPresentation(consignment="C1", withdraws=NOON + 2 * HOUR)
    assert told(state, gone, 9)[-1] == done


@pytest.mark.law("P10")
def test_art_38_a_port_that_is_not_to_unload_them_any_more_is_waited_for_no_more() -> None:
    planned = GoodsJourneyChanged(
        consignment="C1", movement="M1", mode="sea", unloaded_at=(PORT, SECOND_PORT), stated=NOON
    )
    instead = planned.model_copy(update={"unloaded_at": (PORT,), "stated": NOON + 3 * HOUR})
    before = (at(0, planned), SHIP[0], SHIP[1], shown(PORT, 2, 12))
    assert [each.place for each in consignment.open_points(after(*before))] == [SECOND_PORT]
    assert consignment.open_points(after(*before, at(3, instead))) == ()


@pytest.mark.law("P10")
def test_art_38_a_port_where_nobody_had_planned_it_stands_in_the_place_of_the_next_one_and_the_others_stay() -> None:
    planned = GoodsJourneyChanged(
        consignment="C1", movement="M1", mode="sea", unloaded_at=(PORT, SECOND_PORT), stated=NOON
    )
    diverted = (at(0, planned), SHIP[0], unloaded("M1", THIRD_PORT, 1), shown(THIRD_PORT, 2, 6))
    for order in permutations(diverted):
        state = after(*order)
        assert [each.place for each in consignment.open_points(state)] == [SECOND_PORT]
        assert state.presentation.findings == ()
    both = after(*diverted, unloaded("M1", SECOND_PORT, 3), shown(SECOND_PORT, 4, 5))
    assert (consignment.open_points(both), both.presentation.findings) == ((), (counted(11, 12),))
    again = after(*diverted, unloaded("M1", "BKD-SEA", 3), shown("BKD-SEA", 4, 6))
    assert (consignment.open_points(again), again.presentation.findings) == ((), ())


@pytest.mark.law("P10")
def test_art_38_what_is_said_of_the_way_after_a_diversion_is_of_what_is_left() -> None:
    planned = GoodsJourneyChanged(consignment="C1", movement="M1", mode="sea", unloaded_at=(PORT,), stated=NOON)
    diverted = (at(0, planned), SHIP[0], unloaded("M1", THIRD_PORT, 1), shown(THIRD_PORT, 2, 6))
    assert consignment.open_points(after(*diverted)) == ()
    anew = planned.model_copy(update={"unloaded_at": (SECOND_PORT,), "stated": NOON + 2 * HOUR})
    for order in permutations((*diverted, at(2, anew))):
        assert [each.place for each in consignment.open_points(after(*order))] == [SECOND_PORT]


def test_showings_of_two_vehicles_at_one_time_are_put_right_and_taken_back_each_by_itself() -> None:
    both = (*TWO_AT_ONE_POST, shown(FARAP, 5, 11, "M1"), shown(FARAP, 5, 7, "M2"))
    right = CorrectGoodsPresentation(
        consignment="C1", corrects=NOON + 5 * HOUR, movement="M2", checkpoint=FARAP, packages_found=8
    )
    corrected, ended = told(after(*both), right, 9)
    assert (corrected.movement, corrected.stated_of, ended.findings) == ("M2", "M2", (counted(7, 8, "M2"),))
    state = after(*both, at(9, right))
    assert [(each.movement, each.packages_found) for each in state.presentation.showings] == [("M1", 11), ("M2", 8)]
    gone = WithdrawGoodsPresentation(consignment="C1", withdraws=NOON + 5 * HOUR, movement="M1")
    taken, ended, waits = told(state, gone, 9)
    assert (taken.stated_of, ended.findings) == ("M1", (counted(11, 12, "M1"),))
    assert waits.parts == (ToBeShown(movement="M1", checkpoint=FARAP),)
    assert told(after(*both, at(9, right), at(9, gone)), gone, 9) == []


def test_a_showing_that_named_no_vehicle_may_be_said_to_be_of_one_and_stays_of_it() -> None:
    said = (*TWO_AT_ONE_POST, shown(FARAP, 5, 20))
    of_second = CorrectGoodsPresentation(
        consignment="C1", corrects=NOON + 5 * HOUR, movement="M2", checkpoint=FARAP, packages_found=8
    )
    corrected, waits = told(after(*said), of_second, 9)
    assert (corrected.movement, corrected.stated_of) == ("M2", None)
    assert waits.parts == (ToBeShown(movement="M1", checkpoint=FARAP),)
    state = after(*said, at(9, of_second))
    (again,) = told(state, replace(of_second, movement=None, packages_found=7), 9)[:1]
    assert (again.movement, again.stated_of) == ("M2", "M2")
    (differs,) = told(state, replace(of_second, movement="M1"), 9)
    assert (differs.outcome, differs.amend_by) == ("differs", ("PresentGoods",))


def test_two_showings_that_name_no_vehicle_and_one_time_are_one_and_of_two_vehicles_are_two() -> None:
    state = after(*LORRY, shown(FARAP, 5, 12))
    assert told(state, shown(FARAP, 5, 12).content, 5) == []
    (differs,) = told(state, shown(SARAHS, 5, 12).content, 5)
    assert (differs.outcome, differs.differing) == ("differs", ("checkpoint",))
    (named,) = told(state, shown(FARAP, 5, 12, "M1").content, 5)
    assert named.movement == "M1"


@pytest.mark.law("P1", "P2")
def test_art_37_2_what_is_shown_of_a_vehicle_by_a_name_that_was_joined_is_of_that_vehicle() -> None:
    gone = GoodsCrossingWithdrawn(consignment="C1", movement="M3", withdraws=NOON + HOUR)
    joined = GoodsJourneyWithdrawn(consignment="C1", movement="M3", joined_into="M2")
    one_of_two_names = (
        *TWO_AT_TWO_POSTS, crossed("M3", 1, 8, place=TALIMARJAN), at(1, gone), at(1, joined),
    )  # fmt: skip
    first, second = shown(FARAP, 2, 12), shown(TALIMARJAN, 3, 7, "M3")
    for said in ((*one_of_two_names, first, second), (first, second, *one_of_two_names)):
        state = after(*said)
        assert (consignment.open_points(state), state.presentation.waiting) == ((), ())
        assert state.presentation.findings == (counted(7, 8, "M2"),)
    twice = after(*one_of_two_names, second, shown(TALIMARJAN, 4, 8, "M2"))
    assert twice.presentation.findings == (counted(7, 8, "M2"),)


def test_names_that_lead_in_a_circle_come_to_an_end() -> None:
    one = GoodsJourneyWithdrawn(consignment="C1", movement="M1", joined_into="M2")
    other = one.model_copy(update={"movement": "M2", "joined_into": "M1"})
    state = after(*LORRY, at(1, one), at(1, other), shown(FARAP, 2, 12, "M1"))
    assert state.arrival.name_of("M1") in ("M1", "M2")
