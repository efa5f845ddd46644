"""Reads rules and their tests from the source: a rule is a function whose docstring opens `Art. 37(2) [P2]:`."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ORDER = "FAPDCKORLB"  # As the catalogue goes: the frame first, then along the way of the goods.
FOLDERS = ("libs", "services", "tests")
OPENING = re.compile(r"Art\. (?P<article>[^\[\]]+?) \[(?P<id>[A-Z]\d+)\]: (?P<sentence>.+)")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A function that is a rule; `line` is where it begins, counted from 1."""

    id: str
    article: str
    sentence: str
    path: str
    function: str
    line: int

    @property
    def name(self) -> str:
        return f"{module(self.path)}:{self.function}"


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A test that is linked to a rule by `@pytest.mark.law`."""

    id: str
    path: str
    test: str

    @property
    def node(self) -> str:
        return f"{self.path}::{self.test}"


def module(path: str) -> str:
    """`services/arrival/exemption.py` is imported as `arrival.exemption`."""
    return ".".join(Path(path).with_suffix("").parts[1:]).removesuffix(".__init__")


def rules(root: Path) -> list[Rule]:
    """Every rule of the tree, by id."""
    found = [rule for path, tree in _sources(root) if not _is_test(path) for rule in _rules(path, tree)]
    return sorted(found, key=lambda rule: (_order(rule.id), rule.path, rule.line))


def proofs(root: Path) -> list[Proof]:
    """Every linked test of the tree, by id."""
    found = [proof for path, tree in _sources(root) if _is_test(path) for proof in _proofs(path, tree)]
    return sorted(found, key=lambda proof: (_order(proof.id), proof.path, proof.test))


def _order(id_: str) -> tuple[int, int]:
    return ORDER.find(id_[0]), int(id_[1:])


def _sources(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _is_test(path: str) -> bool:
    return Path(path).name.startswith("test_")


def _rules(path: str, tree: ast.Module) -> Iterator[Rule]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        opening = OPENING.fullmatch((ast.get_docstring(node) or "").partition("\n")[0])
        if opening is None:
            continue
        yield Rule(
            id=opening["id"],
            article=opening["article"],
            sentence=opening["sentence"],
            path=path,
            function=node.name,
            line=node.lineno,
        )


def _proofs(path: str, tree: ast.Module) -> Iterator[Proof]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.law":
                for id_ in mark.args:
                    yield Proof(id=ast.literal_eval(id_), path=path, test=node.name)
