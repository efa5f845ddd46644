"""The table of Art. 38(1), written by hand: what is done at each call, by each mode, and whose checkpoint is where.

A call is written as its place and the work that is done there; `unload` is that of the goods C1, `?` says nothing of
its work. The second call at A is expected as `A2`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest

from arrival.movement.arrivals import CorrectArrival, RecordArrival, WithdrawArrival
from arrival.movement.crossing import CorrectCrossing, RecordCrossing
from arrival.movement.journey import ChangeJourney
from contracts.papers import Papers
from contracts.values import Call
from presentation.consignment import consignment
from tests.orders.post import Act, World
from tests.orders.test_interleavings import START, at

FLIGHT, GOODS = "movement/M1", "consignment/C1"
PLACES: dict[str, dict[str, str]] = {
    "air": {"A": "ASB-AIR", "B": "MRY-AIR", "C": "DSH-AIR"},
    "sea": {"A": "TKB-SEA", "B": "GRB-SEA", "C": "TST-SEA"},
    "river": {"A": "TKB-SEA", "B": "GRB-SEA", "C": "TST-SEA"},
    "road": {"A": "FRP-MIX", "B": "SRK-MIX", "C": "TLM-ROD"},
    "rail": {"A": "FRP-MIX", "B": "SRK-MIX", "C": "AKY-RLW"},
}


@dataclass(frozen=True)
class Row:
    """What was planned, what happened, what of it was put right, by its number: and whose checkpoint is where then."""

    planned: str
    happened: str = ""
    right: tuple[tuple[int, str], ...] = ()
    vehicle: str = "-"
    goods: str = "-"


PLANNED = (
    Row("A"),
    Row("A, B"),
    Row("A unload", vehicle="A", goods="A"),
    Row("A load", vehicle="A"),
    Row("A reload", vehicle="A"),
    Row("A, B unload", vehicle="B", goods="B"),
    Row("A load, B unload", vehicle="A", goods="B"),
    Row("A reload, B unload", vehicle="A", goods="B"),
    Row("A unload, B load", vehicle="A", goods="A"),
    Row("A unload, B unload", vehicle="A", goods="A B"),
    Row("A, B, A", vehicle="-"),
    Row("A, B, A unload", vehicle="A2", goods="A2"),
    Row("A, B, A load", vehicle="A2"),
    Row("A, B unload, A unload", vehicle="B", goods="B A2"),
    Row("A, B load, A unload", vehicle="B", goods="A2"),
    Row("A load, B, A unload", vehicle="A", goods="A2"),
    Row("A unload, B, A load", vehicle="A", goods="A"),
    Row("A unload, B, A unload", vehicle="A", goods="A A2"),
    Row("A, B, A, C, A unload", vehicle="A3", goods="A3"),
    Row("A, A unload", vehicle="A", goods="A"),
)
AS_PLANNED = tuple(
    Row(row.planned, ", ".join(call[0] + " ?" for call in row.planned.split(", ")), (), row.vehicle, row.goods)
    for row in PLANNED
    if row.planned != "A, A unload"  # Named twice in a row it is one call, and so is what happened.
)
OTHERWISE = (
    Row("A unload", "A"),
    Row("A unload", "A, B unload", vehicle="B", goods="B"),
    Row("A unload", "A load, B unload", vehicle="A", goods="B"),
    Row("A unload", "A reload, B unload", vehicle="A", goods="B"),
    Row("A load, B unload", "B unload", vehicle="B", goods="B"),
    Row("A, B unload", "A unload, B", vehicle="A", goods="A"),
    Row("A, B unload", "A unload, B load", vehicle="A", goods="A"),
    Row("A, B", "A, B unload", vehicle="B", goods="B"),
    Row("", "A, B unload, A unload", vehicle="B", goods="B A2"),
    Row("", "A, B, A unload", vehicle="A2", goods="A2"),
    Row("", "A load, B, A unload", vehicle="A", goods="A2"),
    Row("", "A, B, A", vehicle="-"),
    Row("A load", "A load, B, A unload", vehicle="A", goods="A2"),
    Row("A, B unload, A", "A, B, A unload", vehicle="A2", goods="A2"),
    Row("A, B unload, A unload", "A ?", vehicle="B", goods="B A2"),
    Row("A, B unload, A unload", "A, B ?", vehicle="B", goods="B A2"),
    Row("A, B unload, A unload", "A, B unload, A", vehicle="B", goods="B"),
    Row("A, B, A unload", "A unload, B, A", vehicle="A", goods="A"),
    Row("A, B, A unload", "A ?, B ?, A load", vehicle="A2"),
    Row("A, B, A unload", "A ?, C unload, A ?", vehicle="C", goods="C A2"),
)
PUT_RIGHT = (
    Row("", "A unload, B unload", ((0, "A"),), vehicle="B", goods="B"),
    Row("", "A unload, B", ((0, "A load"), (1, "B unload")), vehicle="A", goods="B"),
    Row("", "A unload", ((0, "B unload"),), vehicle="B", goods="B"),
    Row("", "A, B unload, A unload", ((2, "A"),), vehicle="B", goods="B"),
    Row("", "A, B unload, A unload", ((0, "A load"),), vehicle="A", goods="B A2"),
    Row("", "A, B unload, A unload", ((1, "gone"),), vehicle="A2", goods="A2"),
    Row("", "A, B unload, A unload", ((0, "gone"),), vehicle="B", goods="B A"),
    Row("", "A, B unload, A unload", ((2, "gone"),), vehicle="B", goods="B"),
    Row("", "A, B unload, A unload", ((2, "C unload"),), vehicle="B", goods="B C"),
    Row("", "A, B unload, C unload", ((2, "A unload"),), vehicle="B", goods="B A2"),
    Row("A, B unload, A unload", "A ?, B ?, A ?", ((1, "B"),), vehicle="A2", goods="A2"),
    Row("A, B unload, A unload", "A ?, B ?, A ?", ((2, "A"),), vehicle="B", goods="B"),
)
ROWS = (*PLANNED, *AS_PLANNED, *OTHERWISE, *PUT_RIGHT)


def calls(said: str) -> list[tuple[str, tuple[Any, ...] | None]]:
    """Each place, and the work that is done there; None where nothing is said of that."""
    found = [each.split() for each in said.split(", ") if each]
    return [(place, None if work == ["?"] else tuple(work)) for place, *work in found]


def done(work: tuple[Any, ...] | None) -> dict[str, Any]:
    return {} if work is None else {"work": work, "unloads": ("C1",) if "unload" in work else ()}


def numbered(places: Iterable[str]) -> list[tuple[str, int]]:
    seen: list[str] = []
    for place in places:
        seen.append(place)
    return [(place, seen[: n + 1].count(place)) for n, place in enumerate(seen)]


def acts_of(row: Row, mode: Any, crossed_at: str = "A", *, numbers: bool = False) -> list[Act]:
    at_ = PLACES[mode]
    planned = tuple(Call(place=at_[place], **done(work or ())) for place, work in calls(row.planned))
    crossing = RecordCrossing(
        movement="M1", direction="in", mode=mode, place=at_[crossed_at], papers=(Papers(consignment="C1"),)
    )
    acts = [Act("crossing", "arrival", FLIGHT, crossing, at(1))]
    if planned:
        told = ChangeJourney(movement="M1", mode=mode, journey=planned)
        acts.insert(0, Act("journey", "arrival", FLIGHT, told, at(0)))
    came = calls(row.happened)
    which = [number if numbers else None for _, number in numbered(place for place, _ in came)]
    for n, ((place, work), call) in enumerate(zip(came, which, strict=True)):
        arrival = RecordArrival(movement="M1", checkpoint=at_[place], call=call, **done(work))
        acts.append(Act(f"call {n}", "arrival", FLIGHT, arrival, at(2 + n)))
    for n, right in row.right:
        acts.append(Act(f"right {n}", "arrival", FLIGHT, right_of(row, n, right, at_), at(20)))
    return acts


def right_of(row: Row, n: int, right: str, at_: dict[str, str]) -> CorrectArrival | WithdrawArrival:
    was = at_[calls(row.happened)[n][0]]
    if right == "gone":
        return WithdrawArrival(movement="M1", checkpoint=was, withdraws=at(2 + n))
    ((place, work),) = calls(right)
    moved: dict[str, Any] = {"right_place": at_[place]} if at_[place] != was else {}
    return CorrectArrival(movement="M1", checkpoint=was, corrects=at(2 + n), **moved, **done(work))


def played(acts: Sequence[Act]) -> World:
    """Each is heard by all before the next one."""
    world = World(tuple(acts), {FLIGHT: 0, GOODS: 0}, now=START, late=START)
    for act in acts:
        world._act(act)
        while steps := {name: step for name, step in world.steps().items() if not name.startswith("act ")}:
            next(iter(steps.values()))()
    return world


def found(world: World, stream: str, mode: str) -> str:
    """The checkpoints on record, as the table writes them."""
    letters = {code: letter for letter, code in PLACES[mode].items()}
    places = world.state("presentation", stream).checkpoint.calls
    said = [letters[each.checkpoint] + (str(each.call) if each.call > 1 else "") for each in places]
    return " ".join(said) or "-"


def where(world: World, mode: str) -> tuple[str, str, str]:
    """The vehicle's checkpoint, that of the goods, and where these wait to be shown."""
    return found(world, FLIGHT, mode), found(world, GOODS, mode), waiting(world, mode)


def waiting(world: World, mode: str) -> str:
    """Where the goods are to be shown, by the open points."""
    letters = {code: letter for letter, code in PLACES[mode].items()}
    points = consignment.open_points(world.state("presentation", GOODS))
    return " ".join(f"{letters[each.place or '']}{each.call or ''}" for each in points) or "-"


@pytest.mark.law("P3", "P4", "P5", "P6", "P8", "P10")
@pytest.mark.parametrize("mode", ["air", "sea", "river"])
def test_art_38_1_whose_checkpoint_is_where_by_what_is_done_at_each_call(mode: str) -> None:
    wrong = []
    for row in ROWS:
        world = played(acts_of(row, mode))
        is_so = where(world, mode)
        if is_so != (row.vehicle, row.goods, row.goods):
            wrong.append((row, is_so))
    assert wrong == []


@pytest.mark.law("P7", "P10")
@pytest.mark.parametrize("mode", ["road", "rail"])
@pytest.mark.parametrize("crossed", ["A", "B", "C"])
def test_art_38_1_5_by_no_call_on_land_is_it_another_than_where_the_border_was_crossed(mode: str, crossed: str) -> None:
    wrong = []
    for row in ROWS:
        world = played(acts_of(row, mode, crossed))
        is_so = where(world, mode)
        if is_so != (crossed, crossed, crossed):
            wrong.append((row, is_so))
    assert wrong == []


@pytest.mark.law("P7", "P10")
@pytest.mark.parametrize("mode", ["road", "rail"])
@pytest.mark.parametrize("said", ["", "A unload", "B unload, A unload", "C load, B unload"])
def test_art_38_1_5_where_the_crossing_is_put_right_it_is_where_that_was_in_truth(mode: Any, said: str) -> None:
    for happened in ("", "A unload", "B unload, A unload, B unload"):
        acts = acts_of(Row(said, happened), mode, "A")
        right = CorrectCrossing(
            movement="M1", direction="in", mode=mode, place=PLACES[mode]["B"], corrects=at(1),
            papers=(Papers(consignment="C1"),),
        )  # fmt: skip
        world = played([*acts, Act("right", "arrival", FLIGHT, right, at(21))])
        assert where(world, mode) == ("B", "B", "B"), (said, happened)


@pytest.mark.law("P8", "P10")
def test_art_38_1_calls_that_were_numbered_are_the_same_in_whichever_order_they_are_recorded() -> None:
    for row in OTHERWISE:
        journey_and_crossing = 2 if row.planned else 1
        acts = acts_of(row, "air", numbers=True)
        for first in (acts[:journey_and_crossing], []):
            world = played([*first, *(act for act in reversed(acts) if act not in first)])
            assert (found(world, FLIGHT, "air"), found(world, GOODS, "air")) == (row.vehicle, row.goods), row


@pytest.mark.law("P7")
@pytest.mark.parametrize("mode", ["road", "rail"])
@pytest.mark.parametrize(
    ("said", "crossed", "expected"),
    [
        ("A", "A", "A"),
        ("A, B unload", "A", "A"),
        ("A, B unload", "B", "B"),
        ("B, A unload, B unload", "B", "B"),
        ("A load, B, A unload", "C", "C"),
        ("", "C", "C"),
    ],
)
def test_art_38_1_5_on_land_it_is_the_first_along_the_line_whatever_is_done_there(
    mode: str, said: str, crossed: str, expected: str
) -> None:
    for happened in ("", "B unload, A unload, B unload"):
        world = played(acts_of(Row(said, happened), mode, crossed))
        assert (found(world, FLIGHT, mode), found(world, GOODS, mode)) == (expected, expected)


def test_a_call_said_again_is_that_call_and_one_after_another_place_or_with_a_number_is_another() -> None:
    def places(*said: tuple[str, int, int | None]) -> list[tuple[str, int]]:
        acts = [
            Act(f"{n}", "arrival", FLIGHT, RecordArrival(movement="M1", checkpoint=place, call=call), at(hour))
            for n, (place, hour, call) in enumerate(said)
        ]
        visits = played(acts).state("arrival", FLIGHT).visits.places
        return [(each.checkpoint, (each.at - START) // timedelta(hours=1)) for each in visits]

    a, b = "ASB-AIR", "MRY-AIR"
    assert places((a, 1, None), (a, 2, None)) == [(a, 1)]
    assert places((a, 1, None), (a, 2, 1)) == [(a, 1)]
    assert places((a, 1, None), (a, 5, 2)) == [(a, 1), (a, 5)]
    assert places((a, 5, 2), (a, 1, None)) == [(a, 1), (a, 5)]
    assert places((b, 3, None), (a, 1, None), (a, 5, None)) == [(a, 1), (b, 3), (a, 5)]
    assert places((b, 3, None), (a, 5, None), (a, 1, None), (a, 6, 2)) == [(a, 1), (b, 3), (a, 5)]
    assert places((a, 1, None), (a, 5, 2), (a, 5, 2), (a, 6, 2)) == [(a, 1), (a, 5)]
