"""Goods that come in with several vehicles: what comes with each by its own crossing (Arts 5(1)(21)(a), 7(1)).

The act of these tests is in force from the first of January 2026, and known on each of their days.
"""

from datetime import datetime, timedelta
from itertools import permutations
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.export import RecordImmediateExport
from clearance.tests.declared import SHOWN, WATER, lodge
from clearance.tests.test_facts_keep_their_answer import came
from contracts.arrival import GoodsCrossed
from contracts.clearance import ImmediateExportOrdered, ImportProhibited
from contracts.measures import Measure
from contracts.readiness import ReadyForRelease
from decider.tests.kit import Said, facts, live
from law.tests.late_act import BEFORE_IT, IN_FORCE, KNOWN
from law.tests.late_act import late_act as late_act

pytestmark = pytest.mark.usefixtures("late_act")
BARRED, ALSO, RESTRICTED, CONTROLLED = "999901000", "999901111", "999903000", "999904000"


def lived(*contents: Any, until: datetime = KNOWN + timedelta(days=1)) -> tuple[Any, list[Any]]:
    """All recorded once the act is known, each when it happened."""
    said = [Said(content=each, occurred=getattr(each, "crossed", IN_FORCE), recorded=KNOWN) for each in contents]
    return live(consignment, said, until)


def touched(*contents: Any) -> list[tuple[tuple[str, ...], str | None]]:
    """Of each measure the goods, and the vehicle where it is not all that brought such."""
    found = lived(*contents)[0].measures
    return [(each.codes, each.movement) for each in (*found.prohibitions, *found.restrictions, *found.controls)]


def before_it(movement: str, *goods: tuple[str, str | None]) -> GoodsCrossed:
    return came(*goods, movement=movement, at=BEFORE_IT)


def under_it(movement: str, *goods: tuple[str, str | None]) -> GoodsCrossed:
    return came(*goods, movement=movement, at=IN_FORCE)


CASES = [
    ("each by its own: the second came in under the act",
     (before_it("M1", (WATER, None)), under_it("M2", (BARRED, None)), lodge((WATER, None), (BARRED, None))),
     [((BARRED,), None)]),
    ("each by its own: the first came in before it",
     (before_it("M1", (BARRED, None)), under_it("M2", (WATER, None)), lodge((WATER, None), (BARRED, None))), []),
    ("the same goods before it and under it: those of the second",
     (before_it("M1", (BARRED, None)), under_it("M2", (BARRED, None)), lodge((BARRED, None))),
     [((BARRED,), "M2")]),
    ("the same goods, both under it: all of them",
     (under_it("M1", (BARRED, None)), under_it("M2", (BARRED, None)), lodge((BARRED, None))),
     [((BARRED,), None)]),
    ("restricted and controlled goods, too",
     (before_it("M1", (RESTRICTED, None), (CONTROLLED, None)),
      under_it("M2", (RESTRICTED, None), (CONTROLLED, None))), [((RESTRICTED,), "M2"), ((CONTROLLED,), "M2")]),
    ("declared, and named in the papers of one",
     (before_it("M1", (BARRED, None)), under_it("M2", (WATER, None)), lodge((BARRED, None), (WATER, None))),
     []),
    ("declared, and named in no papers: it may have come with either",
     (before_it("M1"), under_it("M2"), lodge((BARRED, None))), [((BARRED,), "M2")]),
    ("declared under nine digits, where the papers of one have six",
     (before_it("M1", (BARRED[:6], None)), under_it("M2", (WATER, None)), lodge((ALSO, None))), []),
    ("one vehicle: by its crossing",
     (under_it("M1", (BARRED, None)), lodge((BARRED, None))), [((BARRED,), None)]),
]  # fmt: skip


@pytest.mark.law("L2", "L5", "C5")
@pytest.mark.parametrize(("said", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_art_7_1_what_comes_with_each_vehicle_is_judged_by_its_own_crossing_in_any_order(
    said: tuple[Any, ...], expected: list[Any]
) -> None:
    for order in permutations(said):
        assert touched(*order) == expected


@pytest.mark.law("L2")
def test_art_7_1_the_carrier_whose_part_may_come_in_is_told_nothing_of_the_other_s() -> None:
    first, second = before_it("M1", (BARRED, None)), under_it("M2", (BARRED, None))
    declared = lodge((BARRED, None))
    state, events = lived(first, second, declared)
    assert [each.movement for each in events if isinstance(each, ImportProhibited)] == ["M2"]
    assert [each.movements for each in events if isinstance(each, ImmediateExportOrdered)] == [("M2",)]
    for order in permutations((first, second, declared)):
        assert facts(lived(*order)[0].export) == facts(state.export)


@pytest.mark.law("L2", "L1")
def test_art_7_1_of_goods_that_came_in_before_the_act_it_is_said_that_they_can_be_released_once_the_others_left() -> (
    None
):
    """Nobody can release an item in part, so while goods of it are here that have to leave a release is refused."""
    said = (
        before_it("M1", (BARRED, None)), under_it("M2", (BARRED, None)), SHOWN, lodge((BARRED, None)),
    )  # fmt: skip
    state, events = lived(*said)
    assert [each for each in events if isinstance(each, ReadyForRelease)] == []
    (leaves,) = (each for each in consignment.open_points(state) if each.act == "RecordImmediateExport")
    assert leaves.since == IN_FORCE
    state, events = lived(*said, RecordImmediateExport(consignment="C1"))
    assert [each.items for each in events if isinstance(each, ReadyForRelease)] == [(1,)]
    assert [point.act for point in consignment.open_points(state)] == ["AcceptDeclaration"]


def test_a_measure_of_one_vehicle_is_another_than_that_of_all() -> None:
    parts = before_it("M1", (BARRED, None)), under_it("M2", (BARRED, None), (ALSO, None))
    state, _ = lived(*parts, lodge((BARRED, None), (ALSO, None)))
    act = {"act": "LATE", "citation": "Late act, item 1", "layer": "by-law"}
    assert state.measures.prohibitions == (
        Measure(codes=(BARRED,), movement="M2", **act),  # type: ignore[arg-type]
        Measure(codes=(ALSO,), **act),  # type: ignore[arg-type]
    )
