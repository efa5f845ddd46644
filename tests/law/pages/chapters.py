"""The chapters of the Customs Code, as far as its text is on file."""

import re
from typing import NamedTuple


class Chapter(NamedTuple):
    number: int
    title: str
    first: int
    last: int
    """Its articles, both included."""

    @property
    def file(self) -> str:
        return f"chapter-{self.number}.md"

    @property
    def articles(self) -> str:
        return f"{self.first} to {self.last}"


CHAPTERS = (
    Chapter(1, "Basic provisions", 1, 5),
    Chapter(2, "The basic principles of movement of goods and vehicles through customs border of Turkmenistan", 6, 9),
    Chapter(3, "Informing and consultation", 10, 11),
    Chapter(4, "Country of goods' origin", 12, 20),
    Chapter(5, "Commodity nomenclature of foreign economic activity", 21, 22),
    Chapter(6, "Provisional solution", 23, 26),
    Chapter(7, "The basic provisions relating to customs clearance", 27, 36),
    Chapter(8, "Arrival of goods and vehicles on the territory of Turkmenistan", 37, 38),
)
"""The text on file breaks off within Art. 38(2), so chapter 8 goes on, and others follow."""


def provision(articles: tuple[str, ...]) -> str:
    """What a rule rests on, as it stands over it."""
    return ", ".join(articles)


def article(of: str) -> int:
    """37 of `37(2-1)`; of several the first."""
    return int(re.match(r"\d+", of)[0])  # type: ignore[index]


def chapter(of: str) -> Chapter:
    """That which holds a provision; LookupError where none on file does."""
    for each in CHAPTERS:
        if each.first <= article(of) <= each.last:
            return each
    raise LookupError(f"no chapter on file holds Art. {of}: add it to tests/law/pages/chapters.py")


def order(of: str) -> list[tuple[int, str]]:
    """As the Code goes: 7(5) before 10(1), 37(2) before 37(2-1)."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.findall(r"\d+|[a-z]+", of)]
