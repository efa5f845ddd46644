"""Every rule that has a term takes two times: when it happened, and when that was recorded."""

import ast
from pathlib import Path

from tests.law.__main__ import ROOT
from tests.law.index import Rule, rules

BOTH = {"occurred", "recorded"}


def has_a_term(function: ast.FunctionDef) -> bool:
    """It asks how long a term is, or holds an instant against the end of one."""
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and ast.unparse(node.func).startswith("terms."):
            return True
        if isinstance(node, ast.Compare) and "until" in {
            each.id for each in ast.walk(node) if isinstance(each, ast.Name)
        }:
            return True
    return False


def with_a_term(root: Path, found: list[Rule]) -> dict[str, set[str]]:
    """The rules that have one, each with the names of its parameters."""
    taken = {}
    for rule in found:
        for node in ast.walk(ast.parse((root / rule.path).read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name == rule.function and has_a_term(node):
                taken[rule.name] = {each.arg for each in (*node.args.args, *node.args.kwonlyargs)}
    return taken


def test_a_rule_that_has_a_term_takes_when_it_occurred_and_when_it_was_recorded() -> None:
    found = with_a_term(ROOT, rules(ROOT))
    assert set(found) >= {"clearance.storage:three_days_or_as_an_act_sets", "clearance.storage:term_is_kept"}
    assert {name: BOTH - taken for name, taken in found.items() if not taken >= BOTH} == {}


def test_a_rule_with_one_time_is_noticed(tmp_path: Path) -> None:
    (tmp_path / "services").mkdir()
    (tmp_path / "services" / "rules.py").write_text(
        'def term_is_kept(until, recorded):\n    """Art. 7(1) [L3]: it is kept."""\n    return recorded <= until\n'
    )
    assert with_a_term(tmp_path, rules(tmp_path)) == {"rules:term_is_kept": {"until", "recorded"}}
