"""A rule that finds is named for what it finds: what it returns is true where there is such."""

import ast
import re
from collections.abc import Iterator

from tests.law.__main__ import ROOT
from tests.law.index import rules

SENTENCE = re.compile(r"(^|_)(is|are|may|has|have|can|was|were|comes?)(_|$)")
FINDS = re.compile(r"\b(Finding|Ground)\b")


def finding(tree: ast.AST) -> Iterator[str]:
    """The functions that return findings or grounds."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.returns and FINDS.search(ast.unparse(node.returns)):
            yield node.name


def test_a_rule_that_finds_is_named_for_what_it_finds() -> None:
    found = {rule.function for rule in rules(ROOT)}
    named = {
        name
        for path in {rule.path for rule in rules(ROOT)}
        for name in finding(ast.parse((ROOT / path).read_text(encoding="utf-8")))
        if name in found
    }
    assert len(named) > 15
    assert {name for name in named if SENTENCE.search(name)} == set()


def test_a_rule_that_says_the_opposite_of_what_it_returns_is_noticed() -> None:
    named = [*finding(ast.parse("def seals_are_intact() -> Finding | None: ...\ndef broken_seals() -> Finding: ..."))]
    assert [bool(SENTENCE.search(name)) for name in named] == [True, False]
