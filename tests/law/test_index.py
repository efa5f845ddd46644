from datetime import date
from pathlib import Path

import pytest

from law.rule import Rule
from tests.law.__main__ import ROOT, check, missing, page
from tests.law.index import proofs, rules

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


def tree(root: Path, test: str) -> Path:
    """A tree of one rule and one test, with its page as it has to be."""
    service = root / "services" / "planted"
    (service / "tests").mkdir(parents=True)
    (root / "docs").mkdir()
    (root / "tests").mkdir()
    (root / "tests" / "servers.py").touch()  # Which the configuration names.
    (root / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    (service / "__init__.py").touch()
    (service / "rules.py").write_text(RULE)
    (service / "tests" / "__init__.py").touch()
    (service / "tests" / "test_rules.py").write_text(test)
    (root / "docs" / "law.md").write_text(page([PLANTED], proofs(root)))
    return root


def test_a_rule_whose_test_fails_without_it_passes(tmp_path: Path) -> None:
    assert check(tree(tmp_path, CATCHING), [PLANTED]) == []


@pytest.mark.parametrize("test", [BLIND, BREAKING])
def test_a_rule_whose_tests_cannot_fail_is_reported(tmp_path: Path, test: str) -> None:
    (wrong,) = check(tree(tmp_path, test), [PLANTED])
    assert wrong.startswith("P2 planted.rules:broken_seals is empty and none of its 1 tests fails:")


def test_a_rule_without_a_test_and_a_test_without_a_rule_are_reported(tmp_path: Path) -> None:
    root = tree(tmp_path, CATCHING.replace('"P2"', '"P3"'))
    assert missing([PLANTED], proofs(root)) == [
        'P2 has no test: mark one with @pytest.mark.law("P2")',
        "services/planted/tests/test_rules.py::test_broken is marked P3, which no function has",
    ]


def test_a_stale_page_is_reported(tmp_path: Path) -> None:
    root = tree(tmp_path, CATCHING)
    (root / "docs" / "law.md").write_text("")
    assert check(root, [PLANTED]) == ["docs/law.md is not what the source says: make law writes it anew"]


def test_the_index_of_law_is_what_the_source_says() -> None:
    assert (ROOT / "docs" / "law.md").read_text(encoding="utf-8") == page(rules(), proofs(ROOT)), "run make law"
    assert missing(rules(), proofs(ROOT)) == []
