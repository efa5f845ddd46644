"""The tables of `docs/exchange.md`: where each value of a message goes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

PAGE = Path(__file__).parents[2] / "docs" / "exchange.md"
LOST, STREAM = "lost", "stream"
QUOTED = re.compile(r"`([^`]+)`")
WRITTEN_AS = re.compile(r"`([^`]+)` = (?:`([^`]+)`|(lost))")


class Row(NamedTuple):
    """`to` is where values go that stand at a path that fits one of `fields`, or that they are lost."""

    fields: tuple[str, ...]
    to: str
    why: str
    written_as: tuple[tuple[str, str], ...]

    def fits(self, path: str) -> bool:
        return any(fnmatchcase(path, field) for field in self.fields)

    def values(self, value: str) -> tuple[str, ...]:
        """What a value is here: itself, or whatever it is written as."""
        return tuple(there for here, there in self.written_as if here == value) or (value,)


@dataclass(frozen=True)
class Section:
    """The table of a message, or of all whose name fits."""

    name: str
    rows: tuple[Row, ...]


def sections(text: str) -> Iterator[Section]:
    for part in re.split(r"^### ", text, flags=re.MULTILINE)[1:]:
        head, _, body = part.partition("\n")
        body = re.split(r"^## ", body, flags=re.MULTILINE)[0]
        if name := QUOTED.search(head):
            yield Section(name[1], tuple(_rows(body)))


def _rows(body: str) -> Iterator[Row]:
    for line in body.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 3 and QUOTED.search(cells[0]):
            to = QUOTED.search(cells[1])
            written = tuple((here, there or lost) for here, there, lost in WRITTEN_AS.findall(cells[2]))
            yield Row(tuple(QUOTED.findall(cells[0])), to[1] if to else cells[1], cells[2], written)


def rows_for(sample: str, found: Sequence[Section]) -> list[Row]:
    """Its own first, then those that it shares."""
    own = [row for section in found if section.name == sample for row in section.rows]
    shared = [section for section in found if section.name != sample and fnmatchcase(sample, section.name)]
    return own + [row for section in shared for row in section.rows]
