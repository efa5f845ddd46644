"""Whoever is sent to a decision by its number finds it, and each dependency has its reason there."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DECISIONS = (ROOT / "DECISIONS.md").read_text(encoding="utf-8")
NUMBERS = [int(number) for number in re.findall(r"^### (\d+)\. ", DECISIONS, re.MULTILINE)]
REASONS = DECISIONS.partition("## Dependencies")[2]
TEXTS = {".md", ".py", ".sql", ".toml", ".json", ".yaml", ".yml", ".patch", ".properties", ""}
CITED = re.compile(r"\bdecisions?\s+(\d+(?:(?:\s*,\s*|\s+and\s+|\s*,\s*and\s+)\d+)*)", re.IGNORECASE)


def texts() -> Iterator[Path]:
    """What stands in the tree, without environments and state: those are hidden."""
    for top in ROOT.glob("[!.]*"):
        found = top.rglob("*") if top.is_dir() else [top]
        yield from (path for path in found if path.is_file() and path.suffix in TEXTS)


def cited(text: str) -> list[int]:
    return [int(number) for found in CITED.findall(text) for number in re.findall(r"\d+", found)]


def test_decisions_are_numbered_one_after_the_other() -> None:
    assert NUMBERS
    assert all(number == place for place, number in enumerate(NUMBERS, 1))


def test_every_decision_that_is_cited_stands_in_the_list() -> None:
    found = {str(path.relative_to(ROOT)): cited(path.read_text(encoding="utf-8")) for path in texts()}
    assert found["DECISIONS.md"], "it cites one itself: it is looked at"
    assert {path: lost for path, all_ in found.items() if (lost := [n for n in all_ if n not in NUMBERS])} == {}


@pytest.mark.parametrize(
    ("text", "numbers"),
    [("as it was (decision\n 1)", [1]), ("Decisions 1, 2 and 3 say", [1, 2, 3]), ("two decisions by one officer", [])],
)
def test_a_citation_is_seen(text: str, numbers: list[int]) -> None:
    assert cited(text) == numbers


def dependencies(path: Path) -> set[str]:
    """The packages of others that a pyproject file asks for."""
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    groups = [told["project"]["dependencies"], told.get("build-system", {}).get("requires", [])]
    asked = [each for group in [*groups, *told.get("dependency-groups", {}).values()] for each in group]
    return {name for each in asked if not (name := re.split(r"[\[=<>~!; ]", each)[0]).startswith("serhet-")}


@pytest.mark.parametrize(
    "path", [ROOT / "pyproject.toml", *ROOT.glob("*/*/pyproject.toml")], ids=lambda path: path.parent.name
)
def test_every_dependency_has_its_reason(path: Path) -> None:
    assert [name for name in sorted(dependencies(path)) if f"`{name}`" not in REASONS] == []
