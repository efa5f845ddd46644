from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from law.rule import Rule
from tests.law.__main__ import ROOT, check, missing, wanted
from tests.law.index import proofs, rules
from tests.law.pages.documents import documents, stale, write

RULE = '''
def broken_seals(broken: bool) -> str | None:
    """Art. 37(2) [P2]: every seal is intact.

    And here more is said.
    """
    return "broken" if broken else None
'''
CATCHING = """
import pytest

from planted.rules import broken_seals


@pytest.mark.law("P2")
def test_broken():
    assert broken_seals(True) == "broken"
"""
BLIND = CATCHING.replace("True", "False").replace('"broken"', "None")
BREAKING = CATCHING.replace("import broken_seals", "import nothing_of_that_name")


PLANTED = Rule(
    id="P2", articles=("37(2)",), sentence="Every seal is intact.", by="computed", layer="code", source="The Code",
    in_force_from=date(2010, 9, 25), known_from=date(2010, 9, 25), function="planted.rules:broken_seals",
)  # fmt: skip


def tree(root: Path, test: str = CATCHING) -> Path:
    """A tree of one rule and one test."""
    service = root / "services" / "planted"
    (service / "tests").mkdir(parents=True)
    (root / "tests").mkdir()
    (root / "tests" / "servers.py").touch()  # Which the configuration names.
    (root / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    (service / "__init__.py").touch()
    (service / "rules.py").write_text(RULE)
    (service / "tests" / "__init__.py").touch()
    (service / "tests" / "test_rules.py").write_text(test)
    return root


def pages(root: Path, *found: Rule) -> dict[str, str]:
    return documents(root, found, (), (), proofs(root))


def test_a_rule_whose_test_fails_without_it_passes(tmp_path: Path) -> None:
    assert check(tree(tmp_path), [PLANTED]) == []


@pytest.mark.parametrize("test", [BLIND, BREAKING])
def test_a_rule_whose_tests_cannot_fail_is_reported(tmp_path: Path, test: str) -> None:
    (wrong,) = check(tree(tmp_path, test), [PLANTED])
    assert wrong.startswith("P2 planted.rules:broken_seals is empty and none of its 1 tests fails:")


def test_a_rule_without_a_test_and_a_test_without_a_rule_are_reported(tmp_path: Path) -> None:
    root = tree(tmp_path, CATCHING.replace('"P2"', '"P3"'))
    assert missing([PLANTED], proofs(root)) == [
        'P2 has no test: mark one with @pytest.mark.law("P2"), such as in services/planted/tests/test_rules.py',
        "services/planted/tests/test_rules.py::test_broken is marked P3, which no function has",
    ]


def test_what_is_written_is_not_stale_and_nothing_else_is_left(tmp_path: Path) -> None:
    root = tree(tmp_path)
    write(root, {"chapter-9.md": "of before"})
    write(root, pages(root, PLANTED))
    assert sorted(path.name for path in (root / "docs/law").iterdir()) == ["README.md", "chapter-8.md", "tests.json"]
    assert stale(root, pages(root, PLANTED)) == []


def test_a_page_of_another_rule_one_that_is_not_there_and_one_too_many_are_stale(tmp_path: Path) -> None:
    root = tree(tmp_path)
    write(root, pages(root, PLANTED))
    (root / "docs/law/README.md").unlink()
    (root / "docs/law/chapter-9.md").touch()
    assert stale(root, pages(root, replace(PLANTED, in_force_to=date(2026, 12, 31)))) == [
        f"docs/law/{name} is not what the source says: run make law"
        for name in ("README.md", "chapter-8.md", "chapter-9.md")
    ]


def test_the_pages_of_the_law_are_what_rules_and_cases_say() -> None:
    assert stale(ROOT, wanted()) == []
    assert missing(rules(), proofs(ROOT)) == []
