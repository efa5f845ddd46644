"""A stream that waits at several places is found where each of its acts waits, and nowhere else."""

import pytest

from chassis.tests.parcels import SENDER
from chassis.tests.workbench import Bench
from chassis.write.journal import sql
from decider import OpenPoint
from decider.input import who_waits_where

FILL = """
INSERT INTO states (stream, partition, sequence, state, open, place)
VALUES ($1, 0, 1, '', string_to_array($2, ','), $3)
"""
HERE, THERE = (OpenPoint(act="Fetch", who="somebody", article="1", place=place) for place in ("Here", "There"))
ELSEWHERE = OpenPoint(act="Send", who="somebody", article="1", place="Here")
ANYWHERE = OpenPoint(act="Weigh", who="somebody", article="1")


def test_of_one_place_the_acts_are_kept_as_they_are_and_of_several_each_with_its_own() -> None:
    assert who_waits_where(()) == ("", None)
    assert who_waits_where((HERE, ANYWHERE)) == ("Fetch,Weigh", "Here")
    assert who_waits_where((THERE, ELSEWHERE, ANYWHERE)) == ("Fetch,Send,Weigh,Fetch@There,Send@Here", None)


@pytest.mark.parametrize(
    ("act", "place", "found"),
    [
        ("Fetch", "There", ["P1", "P3"]), ("Send", "Here", ["P1"]), ("Fetch", "Here", ["P2"]), ("Send", "There", []),
        ("Fetch", None, ["P1", "P2", "P3"]),
    ],
)  # fmt: skip
async def test_it_is_listed_at_each_of_them(bench: Bench, act: str, place: str | None, found: list[str]) -> None:
    await bench.fresh(SENDER)
    for name, points in (("P1", (THERE, ELSEWHERE)), ("P2", (HERE,)), ("P3", (THERE,))):
        await bench.rows(SENDER, FILL, f"parcel/{name}", *who_waits_where(points))
    rows = await bench.rows(SENDER, sql("read_waiting"), "parcel/", "parcel/", act, place, 100, 2**19)
    assert [row["stream"].removeprefix("parcel/") for row in rows] == found
