"""Runs pytest again and again, each time in a fork of a process that has imported the slow things once.

`python tests/law/forking.py` reads one line of JSON per run, `{"copy": folder, "nodes": [...]}`, and answers with one:
`{"code": exit code, "output": text}`. Nothing of the tree itself may be imported before the fork.
"""

import json
import os
import sys
import tempfile
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

import pytest

SLOW = (
    "aiokafka.admin", "asyncpg", "confluent_kafka.admin", "fastapi", "faststream.kafka", "httpx",
    "hypothesis.strategies", "jgo", "joserfc.jwt", "opentelemetry.exporter.prometheus",
    "opentelemetry.sdk.trace.export", "psutil", "psycopg", "pydantic_settings", "rfc9457", "rich.console", "stamina",
    "structlog", "testcontainers.core.container", "uvicorn",
)  # fmt: skip
"""What the tree's tests import of others."""
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
            sys.path[:1] = [copy, f"{copy}/libs", f"{copy}/services"]
            code = pytest.main([*OPTIONS, *ALREADY_IMPORTED, *nodes])
            sys.stdout.flush()
            os._exit(int(code))
        _, status = os.waitpid(child, 0)
        output.seek(0)
        return {"code": os.waitstatus_to_exitcode(status), "output": output.read().decode(errors="replace")}


if __name__ == "__main__":
    for slow in SLOW:
        import_module(slow)
    for plugin in entry_points(group="pytest11"):
        plugin.load()
    for line in sys.stdin:
        print(json.dumps(run(**json.loads(line))), flush=True)
