"""What was sent and what came back, what was written, and what it cost the services in memory."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import httpx
import psutil  # type: ignore[import-untyped]
import psycopg

from deploy.local.stack import Stack
from tests.faults.gathering import SERVICES

PROBLEM = "application/problem+json"
COUNT = "SELECT count(*) FROM journal"


@dataclass
class Tally:
    """Counts answers by status, and keeps what is not as it has to be."""

    statuses: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, what: str, answer: httpx.Response) -> None:
        """An answer to what is malformed: 4xx, and a problem document; of many lines, each."""
        if answer.status_code == 200 and answer.headers["content-type"].startswith("application/x-ndjson"):
            lines = answer.content.split(b"\n")
            self.add_lines([f"{what}, line {number}" for number in range(len(lines) - 1)], answer)
            return
        if answer.headers.get("content-type") != PROBLEM:
            self.wrong.append(f"{what}: {answer.status_code} {answer.headers.get('content-type')} {answer.text[:200]}")
            self.statuses[answer.status_code] += 1
            return
        self._add(what, {**answer.json(), "http": answer.status_code})

    def add_lines(self, whats: Sequence[str], answer: httpx.Response) -> None:
        """An answer to many lines, each of which is malformed as its name says."""
        told = [json.loads(line) for line in answer.content.splitlines()] if answer.status_code == 200 else []
        if len(told) != len(whats):
            self.wrong.append(
                f"{whats[0]} and {len(whats) - 1} more: {answer.status_code}, {len(told)} lines are told of"
            )
        for what, one in zip(whats, told, strict=False):
            self._add(what, one)

    def _add(self, what: str, told: dict[str, Any]) -> None:
        status = told.get("status", 200)
        self.statuses[status] += 1
        if not 400 <= status < 500 or told.get("http", status) != status or not told.get("detail"):
            self.wrong.append(f"{what}: {str(told)[:300]}")

    def __str__(self) -> str:
        by_status = ", ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        return f"{self.statuses.total()} sent; {by_status}"


def written(stack: Stack) -> dict[str, int]:
    """How many entries each service's journal holds."""
    found = {}
    for service in SERVICES:
        with psycopg.connect(stack.postgres(service)) as connection:
            found[service] = sum(count for (count,) in connection.execute(COUNT))
    return found


def memory(stack: Stack) -> dict[str, int]:
    """MiB that each service's process holds."""
    status = stack.status()
    return {name: psutil.Process(status[name].pid).memory_info().rss // 2**20 for name in SERVICES}
