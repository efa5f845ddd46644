"""Runs the tests of one emptied rule after the other, each time in a fork of a pytest that has collected them all.

`python tests/law/forking.py` reads one line of JSON, `{"rules": [{"name": "module:function", "nodes": [...]}]}`, in the
folder of the tree that it is about. It answers with a line for each rule: `{"code": exit code, "output": text}`.
"""

import ast
import gc
import inspect
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name
from types import CodeType
from typing import Any, TextIO

import pytest

OPTIONS = ("-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider")
WRITTEN = 1  # The descriptor of what pytest says.
BROKEN = (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR)


class Forking:
    """A plugin: in each fork one rule is empty, and its tests are all that there is to run."""

    def __init__(self, rules: list[dict[str, Any]], answers: TextIO) -> None:
        self.rules, self.answers = rules, answers

    @pytest.hookimpl(wrapper=True)
    def pytest_runtestloop(self, session: pytest.Session) -> Iterator[None]:
        gc.freeze()  # What is never collected stays shared memory.
        for rule in self.rules:
            sys.stdout.flush()
            before = os.fstat(WRITTEN).st_size
            if not (child := os.fork()):
                empty(rule["name"])
                session.items[:] = [each for each in session.items if each.nodeid.partition("[")[0] in rule["nodes"]]
                return (yield)
            _, status = os.waitpid(child, 0)
            said = os.pread(WRITTEN, os.fstat(WRITTEN).st_size - before, before).decode(errors="replace")
            answer = {"code": os.waitstatus_to_exitcode(status), "output": said}
            print(json.dumps(answer), file=self.answers, flush=True)
        session.items.clear()
        return (yield)


def empty(name: str) -> None:
    """Gives a rule the code of a function that returns nothing: whoever has imported it calls that from now on."""
    rule = inspect.unwrap(resolve_name(name))
    (found,) = ast.parse(inspect.getsource(rule)).body
    if not isinstance(found, ast.FunctionDef):
        raise TypeError(f"{name} is no function")
    found.body = [ast.Return()]
    tree = ast.fix_missing_locations(ast.Module([found], []))
    consts = compile(tree, rule.__code__.co_filename, "exec").co_consts
    (rule.__code__,) = (each for each in consts if isinstance(each, CodeType) and each.co_name == found.name)


def main() -> None:
    rules = json.loads(sys.stdin.readline())["rules"]
    this, root = os.getpid(), str(Path.cwd())
    sys.path[:1] = [root, f"{root}/libs", f"{root}/services"]  # Before the editable installs, which are of one tree.
    with tempfile.TemporaryFile() as output, os.fdopen(os.dup(WRITTEN), "w") as answers:
        os.dup2(output.fileno(), WRITTEN)
        files = sorted({node.partition("::")[0] for rule in rules for node in rule["nodes"]})
        code = pytest.main([*OPTIONS, *files], plugins=[Forking(rules, answers)])
        if os.getpid() != this:
            sys.stdout.flush()
            os._exit(int(code))
        if code in BROKEN:
            sys.exit(os.pread(WRITTEN, os.fstat(WRITTEN).st_size, 0).decode(errors="replace"))


if __name__ == "__main__":
    main()
