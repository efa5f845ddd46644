"""The catalogue of law: the rules that functions are, those that none is yet, and what is left to an officer.

A rule is declared at its function (`law.rule`). What no function is stands in `rules.toml`.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import entry_points
from pathlib import Path
from types import ModuleType
from typing import Any

from law.dated import Version
from law.rows import read, row
from law.rule import CODE, DECLARED, Rule

FILE = Path(__file__).with_name("rules.toml")
ORDER = "FAPDCKORLB"
"""As the catalogue goes: the frame first, then along the way of the goods."""
NO_MATTERS = ("app", "tests")


@dataclass(frozen=True, kw_only=True, slots=True)
class OfficerDecision:
    """What an officer decides and Serhet takes as it is; `commands` are those that state it, where there are such."""

    articles: tuple[str, ...]
    sentence: str
    commands: tuple[str, ...] = ()
    in_force_from: date = CODE.in_force_from
    in_force_to: date | None = None
    known_from: date = CODE.known_from


@dataclass(frozen=True, kw_only=True, slots=True)
class Catalogue:
    """All of them: rules in the order of their ids, what is the officer's as it stands in the file."""

    rules: tuple[Rule, ...]
    officer: tuple[OfficerDecision, ...]


@cache
def catalogue() -> Catalogue:
    """The rules of every installed service, and what `rules.toml` holds."""
    on_file = load(FILE)
    return Catalogue(rules=tuple(sorted((*declared(), *on_file.rules), key=place)), officer=on_file.officer)


def place(rule: Rule) -> tuple[tuple[int, int], str]:
    return order(rule.id), rule.function or ""


def order(id_: str) -> tuple[int, int]:
    return ORDER.find(id_[0]), int(id_[1:])


def declared(*packages: str) -> list[Rule]:
    """The rules of the law itself and of these packages or, without any, of every installed service."""
    services = packages or [point.module.partition(".")[0] for point in entry_points(group="serhet.services")]
    names = {module.__name__ for package in ("law", *services) for module in modules(package)}
    return [rule for rule in DECLARED.values() if rule.function and rule.function.partition(":")[0] in names]


def modules(package: str) -> Iterator[ModuleType]:
    """Those of a package that hold law; what is imported already is not imported anew."""
    outer = importlib.import_module(package)
    yield outer
    for found in pkgutil.walk_packages(outer.__path__, f"{package}."):
        if found.name.split(".")[1] not in NO_MATTERS:
            yield importlib.import_module(found.name)


def load(path: Path) -> Catalogue:
    """A file of what no function is; a ValueError names it and says what is wrong in it."""
    stated = read(path)
    text: dict[str, Any] = {name: getattr(CODE, name) for name in ("source", "layer", "in_force_from", "known_from")}
    try:
        rules = tuple(row(Rule, text | each, f"rules {n}") for n, each in enumerate(stated["rules"], start=1))
        officer = tuple(row(OfficerDecision, each, f"officer {n}") for n, each in enumerate(stated["officer"], start=1))
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
