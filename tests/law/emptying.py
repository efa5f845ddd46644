"""Empties one rule after the other in a copy of the tree, and asks whether the tests of its id notice."""

import compileall
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from py_compile import PycInvalidationMode
from queue import SimpleQueue

from tests.law.index import FOLDERS, Proof, Rule

AT_A_TIME = 2
FAILED = 1  # pytest: tests were run, and some failed.


@dataclass(frozen=True, kw_only=True)
class Copy:
    """A copy of the tree, and the process that runs tests in it."""

    root: Path
    pytest: subprocess.Popen[str]


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What became of the tests once the rule was empty."""

    rule: Rule
    tests: int
    noticed: bool
    output: str


def verdicts(root: Path, rules: list[Rule], proofs: list[Proof]) -> list[Verdict]:
    """One per rule, in their order; each copy of the tree has one rule empty at a time."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(AT_A_TIME):
            copy = Copy(root=_copied(root, Path(folder) / str(number)), pytest=running.enter_context(_pytest()))
            running.callback(_closed, copy)
            copies.put(copy)
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            return list(pool.map(lambda rule: _verdict(rule, proofs, copies), rules))


def _pytest() -> subprocess.Popen[str]:
    script = str(Path(__file__).with_name("forking.py"))
    return subprocess.Popen([sys.executable, script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _closed(copy: Copy) -> None:
    if copy.pytest.stdin:
        copy.pytest.stdin.close()


def _copied(root: Path, copy: Path) -> Path:
    for folder in (*FOLDERS, "deploy"):  # Tests of whole stacks import from there.
        if (root / folder).is_dir():
            shutil.copytree(
                root / folder, copy / folder, ignore=shutil.ignore_patterns("__pycache__", ".*", "node_modules")
            )
    shutil.copy(root / "pyproject.toml", copy)
    # Compiled once; by its hash Python sees of each source whether it is still the same, however fast it was changed.
    compileall.compile_dir(copy, quiet=1, invalidation_mode=PycInvalidationMode.CHECKED_HASH)
    return copy


def _verdict(rule: Rule, proofs: list[Proof], copies: SimpleQueue[Copy]) -> Verdict:
    nodes = [proof.node for proof in proofs if proof.id == rule.id]
    if not nodes:
        return Verdict(rule=rule, tests=0, noticed=False, output="no test is linked to it")
    copy = copies.get()
    try:
        with _empty(rule, copy.root):
            code, output = _run(copy, nodes)
    finally:
        copies.put(copy)
    return Verdict(rule=rule, tests=len(nodes), noticed=code == FAILED, output=output)


@contextmanager
def _empty(rule: Rule, copy: Path) -> Iterator[None]:
    path = copy / rule.path
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines(keepends=True)
    first, last = rule.body
    path.write_text("".join([*lines[: first - 1], f"{rule.indent}return None\n", *lines[last:]]), encoding="utf-8")
    try:
        yield
    finally:
        path.write_text(text, encoding="utf-8")


def _run(copy: Copy, nodes: list[str]) -> tuple[int, str]:
    if copy.pytest.stdin is None or copy.pytest.stdout is None:
        raise RuntimeError("pytest is run through pipes")
    print(json.dumps({"copy": str(copy.root), "nodes": nodes}), file=copy.pytest.stdin, flush=True)
    answer = json.loads(copy.pytest.stdout.readline())
    return answer["code"], answer["output"]
