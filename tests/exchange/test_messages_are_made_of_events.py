"""Every value that a partner wants comes out of the events and the open points of a life, as the table says.

A life is played for each message through the deciders; what cannot be made of it is named in the table.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

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


def test_a_life_that_never_was_makes_no_message() -> None:
    sample = next(each for each in OUT if each.name == "cusres-release-out.edi")
    assert len([*wanting(sample, Life(frozenset(), frozenset()))]) == 4
