"""Goods that come to be prohibited when others have left already have an order of their own (Art. 7(1))."""

from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.export import RecordImmediateExport
from clearance.placement import PlaceInStorage
from clearance.tests.declared import WATER, crossed, found, lodge
from contracts.clearance import ImmediateExportOrdered, ImmediateExportOrderWithdrawn
from decider.tests.kit import NOON, Said, facts, live

BOMBS, WASTE = "930690100", "391530000"
HOURS = [NOON + timedelta(hours=hour) for hour in range(8)]
GONE = RecordImmediateExport(consignment="C1")
FIRST = (
    (crossed((BOMBS, None), (WATER, "UZ")), HOURS[0]), (lodge((BOMBS, None), (WATER, "UZ")), HOURS[1]),
    (GONE, HOURS[2]),
)  # fmt: skip
SECOND = (crossed((BOMBS, None), movement="M2").model_copy(update={"crossed": HOURS[4]}), HOURS[4])
LATE = NOON + timedelta(days=2)


def told(*inputs: tuple[Any, datetime], recorded: datetime | None = None) -> tuple[Any, list[Any]]:
    """The state, and the orders; each recorded when it happened, or all later."""
    state, events = live(consignment, [Said(content=c, occurred=at, recorded=recorded or at) for c, at in inputs], LATE)
    orders = ImmediateExportOrdered | ImmediateExportOrderWithdrawn
    return state, [each for each in events if isinstance(each, orders)]


def points(state: Any) -> list[Any]:
    return [(each.who, each.since) for each in consignment.open_points(state) if each.act == "RecordImmediateExport"]


@pytest.mark.law("L2")
def test_art_7_1_what_another_lorry_brings_after_the_export_has_an_order_of_its_own() -> None:
    state, (first,) = told(*FIRST)
    assert (first.after, points(state)) == (None, [])
    state, (_, again) = told(*FIRST, SECOND)
    assert (again.after, again.since, again.movements, again.codes) == (HOURS[2], HOURS[4], ("M2",), None)
    assert points(state) == [("carrier", HOURS[4])]
    state, orders = told(*FIRST, SECOND, (GONE, HOURS[5]))
    assert (len(orders), points(state), state.export.done) == (2, [], True)


@pytest.mark.law("L2")
def test_art_7_1_the_order_is_told_anew_and_never_taken_back_where_more_goods_come_that_have_to_leave() -> None:
    third = crossed((BOMBS, None), movement="M3").model_copy(update={"crossed": HOURS[5]})
    state, orders = told(*FIRST, SECOND, (third, HOURS[5]))
    assert [(each.type, each.movements) for each in orders[1:]] == [
        ("ImmediateExportOrdered", ("M2",)), ("ImmediateExportOrdered", ("M2", "M3")),
    ]  # fmt: skip
    assert [each.movements for each in state.export.exports.again] == [("M2", "M3")]


@pytest.mark.law("L2")
def test_art_7_1_what_an_officer_finds_after_the_export_has_an_order_of_its_own() -> None:
    state, (_, again) = told(*FIRST, (found(WASTE, "UZ"), HOURS[3]))
    assert (again.after, again.since, again.codes) == (HOURS[2], HOURS[3], (WASTE,))
    assert points(state) == [("carrier", HOURS[3])]


@pytest.mark.law("L2")
def test_art_7_1_the_order_falls_with_the_crossing_that_it_rests_on() -> None:
    state, orders = told(*FIRST, (SECOND[0].model_copy(update={"crossed": HOURS[2]}), HOURS[4]))
    assert ([each.after for each in orders], points(state)) == ([None], [])


@pytest.mark.law("L2")
def test_art_7_1_the_orders_are_the_same_in_whichever_order_all_was_recorded() -> None:
    inputs = (*FIRST, SECOND, (GONE, HOURS[5]))
    ends = [told(*order, recorded=HOURS[6])[0] for order in permutations(inputs)]
    kept = {
        repr((facts(each.export), consignment.open_points(each))) for each in ends if len(each.export.exports.gone) > 1
    }
    assert len(kept) == 1
    waits = {repr(points(each)) for each in (told(*order, recorded=HOURS[6])[0] for order in permutations(inputs[:4]))}
    assert waits == {repr([("carrier", HOURS[4])])}


@pytest.mark.law("L3")
def test_art_7_1_what_left_in_time_is_not_referred_for_what_came_after_it() -> None:
    placed = PlaceInStorage(consignment="C1", place="Farap, store 2")
    late = [*FIRST[:2], (placed, HOURS[1]), FIRST[2], SECOND]
    inputs = [Said(content=content, occurred=at, recorded=at) for content, at in late]
    state, events = live(consignment, inputs, NOON + timedelta(days=9))
    assert not [each for each in events if each.type == "DisposalReferred"]
    assert points(state) == [("carrier", HOURS[4])]
