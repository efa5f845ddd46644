"""The rules that Serhet applies, and what it leaves to an officer: `rules.toml`, with articles and two dates."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from law.act import Layer
from law.dated import Version
from law.rows import read, row

By: TypeAlias = Literal["computed", "officer", "person"]
FILE = Path(__file__).with_name("rules.toml")


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """One rule under its articles; an id may stand under several, with a sentence for each."""

    id: str
    articles: tuple[str, ...]
    sentence: str
    by: By
    layer: Layer = "code"
    served: bool = True
    in_force_from: date
    in_force_to: date | None = None
    known_from: date


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficerDecision:
    """What an officer decides and Serhet takes as it is; `commands` are those that state it, where there are such."""

    articles: tuple[str, ...]
    sentence: str
    commands: tuple[str, ...] = ()
    in_force_from: date
    in_force_to: date | None = None
    known_from: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """All of them, in the order of the file."""

    rules: tuple[Rule, ...]
    officer: tuple[OfficerDecision, ...]


@cache
def catalogue() -> Catalogue:
    """What `rules.toml` holds."""
    return load(FILE)


def load(path: Path) -> Catalogue:
    """A file of rules; a ValueError names it and says what is wrong in it."""
    stated = read(path)
    dates: dict[str, Any] = stated["text"]
    try:
        rules = tuple(row(Rule, dates | each, f"rules {n}") for n, each in enumerate(stated["rules"], start=1))
        officer = tuple(
            row(OfficerDecision, dates | each, f"officer {n}") for n, each in enumerate(stated["officer"], start=1)
        )
    except ValueError as wrong:
        raise ValueError(f"{path.name}: {wrong}") from wrong
    for articles, sentence in ((each.articles, each.sentence) for table in (rules, officer) for each in table):
        if not articles:
            raise ValueError(f"{path.name}: {sentence!r} has no article; name what it rests on")
    return Catalogue(rules=rules, officer=officer)


def holds(of: Rule | OfficerDecision, when: date, known: date) -> bool:
    """Whether it is in force on a day, as known on another."""
    version = Version(value=of, in_force_from=of.in_force_from, in_force_to=of.in_force_to, known_from=of.known_from)
    return of.known_from <= known and version.covers(when)
