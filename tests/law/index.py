"""The rules, as their functions declare them, and their tests, as they are marked."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from law.rule import Rule
from law.rules import catalogue, order

FOLDERS = ("libs", "services", "tests")


@dataclass(frozen=True, kw_only=True)
class Proof:
    """A test that is linked to a rule by `@pytest.mark.law`."""

    id: str
    path: str
    test: str

    @property
    def node(self) -> str:
        return f"{self.path}::{self.test}"


def rules() -> list[Rule]:
    """Every rule that some function is, by id."""
    return [rule for rule in catalogue().rules if rule.function]


def proofs(root: Path) -> list[Proof]:
    """Every linked test of the tree, by id."""
    found = [proof for path, tree in _sources(root) if _is_test(path) for proof in _proofs(path, tree)]
    return sorted(found, key=lambda proof: (order(proof.id), proof.path, proof.test))


def _sources(root: Path) -> Iterator[tuple[str, ast.Module]]:
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            yield path.relative_to(root).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def _is_test(path: str) -> bool:
    return Path(path).name.startswith("test_")


def _proofs(path: str, tree: ast.Module) -> Iterator[Proof]:
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.law":
                for id_ in mark.args:
                    yield Proof(id=ast.literal_eval(id_), path=path, test=node.name)
