"""Runs pytest again and again, each time in a fork of a process that has imported the slow things once.

`python tests/law/forking.py` reads one line of JSON per run, `{"copy": folder, "nodes": [...]}`, and answers with one:
`{"code": exit code, "output": text}`. Nothing of the tree itself may be imported before the fork.
"""

import json
import os
import sys
import tempfile
from typing import Any

import hypothesis.strategies
import pydantic
import pytest

SLOW = (hypothesis.strategies, pydantic.BaseModel, pytest.main)
OPTIONS = ("-x", "-q", "--no-header", "--tb=line", "-p", "no:cacheprovider")
ALREADY_IMPORTED = ("-W", "ignore::pytest.PytestAssertRewriteWarning")


def run(copy: str, nodes: list[str]) -> dict[str, Any]:
    """The copy stands before the editable installs on the path, so it is the emptied rule that is imported."""
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if not child:
            os.dup2(output.fileno(), 1)
            os.dup2(output.fileno(), 2)
            os.chdir(copy)
            sys.dont_write_bytecode = True
            sys.path[:1] = [copy, f"{copy}/libs", f"{copy}/services"]
            code = pytest.main([*OPTIONS, *ALREADY_IMPORTED, *nodes])
            sys.stdout.flush()
            os._exit(int(code))
        _, status = os.waitpid(child, 0)
        output.seek(0)
        return {"code": os.waitstatus_to_exitcode(status), "output": output.read().decode(errors="replace")}


if __name__ == "__main__":
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)
