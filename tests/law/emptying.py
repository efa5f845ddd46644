"""Empties one rule after the other, and asks whether the tests of its id notice."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from law.rule import Rule
from tests.law.index import Proof

FAILED = 1  # pytest: tests were run, and some failed.
FORKING = Path(__file__).with_name("forking.py")


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of the tests once the rule was empty."""

    rule: Rule
    tests: int
    noticed: bool
    output: str


def verdicts(root: Path, rules: list[Rule], proofs: list[Proof]) -> Iterator[Verdict]:
    """One per rule, in their order; each is emptied in a process of its own, which imported it before."""
    nodes = {rule.id: [proof.node for proof in proofs if proof.id == rule.id] for rule in rules}
    asked = [{"name": rule.function, "nodes": nodes[rule.id]} for rule in rules]
    for rule, (code, output) in zip(rules, _answers(root, json.dumps({"rules": asked})), strict=True):
        yield Verdict(rule=rule, tests=len(nodes[rule.id]), noticed=code == FAILED, output=output)


def _answers(root: Path, asked: str) -> Iterator[tuple[int, str]]:
    argv = [sys.executable, str(FORKING)]
    with subprocess.Popen(argv, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as pytest:
        if pytest.stdin is None or pytest.stdout is None:
            raise RuntimeError("pytest is run through pipes")
        print(asked, file=pytest.stdin, flush=True)
        for line in pytest.stdout:
            answer = json.loads(line)
            yield answer["code"], answer["output"]
