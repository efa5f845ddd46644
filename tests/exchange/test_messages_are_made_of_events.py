"""Every value that a partner wants comes out of the events and the open points of a life, as the table says.

A life is played for each message through the deciders; what cannot be made of it is named in the table.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest

from tests.exchange.leaves import leaves
from tests.exchange.table import LOST, rows_for
from tests.exchange.test_every_value_has_its_place import (
    FOLDER,
    MADE,
    MISSING,
    OPEN,
    OUT,
    TABLES,
    Said,
    plain,
    played,
    row_of,
    within,
)

LIVES = FOLDER / "lives"
NOTHING = "()"
"""Nothing is stated at that place of the event."""


@dataclass(frozen=True)
class Life:
    """What events said, by their names; which there were; and what each open point says."""

    said: frozenset[Said]
    events: frozenset[str]
    open: tuple[frozenset[Said], ...] = ()

    def says(self, at: str, value: str) -> bool:
        if value == NOTHING:
            return at.partition(".")[0] in self.events and not any(fnmatchcase(path, at + "*") for path, _ in self.said)
        return (at, value) in self.said


def lived(sample: Path) -> Life:
    _, lane = played(LIVES / f"{sample.name}.json")
    said = set[Said]()
    for event in lane.log:
        written = json.loads(event.model_dump_json(exclude_none=True))
        said |= {(f"{event.type}.{path}", value) for path, value in within(written)}
    points = [point.shown for stream in lane.recorded for point in lane.points(stream)]
    opened = (frozenset((name, str(value)) for name, value in point.items()) for point in points)
    return Life(frozenset(said), frozenset(event.type for event in lane.log), tuple(opened))


def wanting(sample: Path, life: Life) -> Iterator[str]:
    """Each value that is not where the table says that it comes from."""
    rows, open_ = rows_for(sample.name, TABLES), set[Said]()
    for leaf in leaves(sample):
        row = row_of(leaf, rows)
        assert row, leaf
        if row.to in (MADE, MISSING):
            continue
        for value in row.values(leaf.value):
            if value == LOST:
                continue
            if row.to == OPEN:
                open_.add((leaf.path.rpartition("/")[2], value))
            elif not life.says(row.to, plain(value)):
                yield f"{leaf.path}: {value} is not at {row.to}"
    if open_ and not any(open_ <= point for point in life.open):
        yield f"{sorted(open_)} is not open"


@pytest.mark.parametrize("sample", OUT, ids=lambda sample: sample.name)
def test_every_value_that_a_partner_wants_comes_out_of_a_life(sample: Path) -> None:
    assert [*wanting(sample, lived(sample))] == []


def test_of_goods_on_two_flights_the_message_says_the_sum_of_both_parts(tmp_path: Path) -> None:
    """What came in parts is told as one: each crossing says its own part, and how much there is in all."""
    sample = next(each for each in OUT if each.name == "xfsu-cleared-out.xml")
    file = tmp_path / "in_parts.json"
    file.write_text(json.dumps(in_two_parts(sample)), encoding="utf-8")
    _, lane = played(file)
    crossed = [each.papers for each in lane.log if each.type == "GoodsCrossed"]
    assert [(each.packages, each.part.code, each.part.packages_in_all) for each in crossed] == [
        (4, "P", 10),
        (6, "P", 10),
    ]
    wanted = {leaf.path.rpartition("/")[2]: leaf.value for leaf in leaves(sample)}
    assert str(sum(each.packages for each in crossed)) == wanted["PieceQuantity"] == wanted["TotalPieceQuantity"]
    assert str(sum(Decimal(each.gross_mass) for each in crossed)) == wanted["GrossWeightMeasure"]
    (release,) = (each for each in lane.log if each.type == "GoodsReleased")
    assert {each.movement for each in lane.log if each.type == "GoodsCrossed"} == {*release.known_by.movements}


def in_two_parts(sample: Path) -> list[dict[str, Any]]:
    """The life of one flight, with four packages on that one and six on the next."""
    first, arrival, shown, *rest = json.loads((LIVES / f"{sample.name}.json").read_text(encoding="utf-8"))
    whole = first["papers"][0]
    found = list[dict[str, Any]]()
    for number, packages, mass, hour in (("XX0815", 4, "155.0", 3), ("XX0817", 6, "300.0", 4)):
        of = {"movement": {**first["movement"], "number": number}}
        part = {**whole, "packages": packages, "gross_mass": mass, "part": {**whole["part"], "code": "P"}}
        vehicle = {**first["vehicle"], "journey": number}
        then = {"occurred": f"2026-12-02T0{hour}:00:00+05:00"}
        found += [{**first, **of, **then, "vehicle": vehicle, "papers": [part]}, {**arrival, **of, **then}]
        found.append({**shown, **of, "occurred": f"2026-12-02T0{hour}:30:00+05:00", "packages_found": packages})
    return [*found, *rest]


def test_a_life_that_never_was_makes_no_message() -> None:
    sample = next(each for each in OUT if each.name == "cusres-release-out.edi")
    assert len([*wanting(sample, Life(frozenset(), frozenset()))]) == 4
