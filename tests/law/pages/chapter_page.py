"""The page of a chapter: by article its rules, what is left to the officer, and cases."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from law.rule import Rule
from law.rules import OfficerDecision
from tests.law.cases.case import Case
from tests.law.index import FOLDERS
from tests.law.pages.chapters import Chapter, article, chapter, order, provision
from tests.law.pages.telling import function, told
from tests.law.pages.words import value

HEAD = """# Chapter {number}. {title}

[How to read this page](README.md#how-to-read-a-page). Rules rest on {texts}.
"""
TABLE = """
| id | rule | decided by | in force | known from | text | function |
|---|---|---|---|---|---|---|
"""
Stated = TypeVar("Stated", Rule, OfficerDecision)


def page(
    of: Chapter, root: Path, rules: Sequence[Rule], officer: Sequence[OfficerDecision], cases: Iterable[Case]
) -> str:
    """The texts of law have numbers, in the order in which they came into force."""
    rules, officer = within(of, rules), within(of, officer)
    by_date = sorted(rules, key=lambda each: (each.in_force_from, each.source))
    texts = [*dict.fromkeys(f"{each.source} ({each.layer})" for each in by_date)]
    named = [f"text {number}, {text}" for number, text in enumerate(texts, start=1)]
    lines = [HEAD.format(number=of.number, title=of.title, texts=" and ".join(named) or "nothing yet")]
    seen = 0
    provisions = {provision(each.articles) for each in rules} | {provision(each.articles) for each in officer}
    for under in sorted(provisions, key=order):
        if article(under) != seen:
            seen = article(under)
            lines.append(f"\n## Article {seen}\n")
        lines.append(f"\n### Art. {under}\n")
        lines += _rules([each for each in rules if provision(each.articles) == under], texts, root)
        lines += (_left(each) for each in officer if provision(each.articles) == under)
        lines += (f"\n{told(each)}" for each in cases if each.under == under)
    return "".join(lines)


def within(of: Chapter, stated: Sequence[Stated]) -> list[Stated]:
    return [each for each in stated if chapter(provision(each.articles)) == of]


def _rules(rules: list[Rule], texts: list[str], root: Path) -> Iterator[str]:
    if rules:
        yield TABLE
    for each in rules:
        text = texts.index(f"{each.source} ({each.layer})") + 1
        yield (
            f"| {each.id} | {each.sentence} | {each.by} | {_in_force(each)} | {value(each.known_from)} | {text} "
            f"| {_link(each, root)} |\n"
        )


def _in_force(of: Rule | OfficerDecision) -> str:
    return (
        f"{value(of.in_force_from)} to {value(of.in_force_to)}" if of.in_force_to else f"from {value(of.in_force_from)}"
    )


def _link(rule: Rule, root: Path) -> str:
    """To its file."""
    if rule.function is None:
        return "none yet"
    module = rule.function.partition(":")[0].replace(".", "/")
    places = (f"{folder}/{module}{end}" for folder in FOLDERS for end in (".py", "/__init__.py"))
    return f"[`{function(rule)}`](../../{next(place for place in places if (root / place).is_file())})"


def _left(of: OfficerDecision) -> str:
    said = f" Stated by {', '.join(f'`{command}`' for command in of.commands)}." if of.commands else ""
    return f"\n*Left to the officer:* {of.sentence}{said}\n"
