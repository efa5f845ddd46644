"""What one client may cost another: how long single commands wait meanwhile, and how much the process holds."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil  # type: ignore[import-untyped]

PAUSE_SECONDS = 0.02
RESET_PEAK = "5"
"""What Linux takes as the order to forget the highest memory that a process has held."""


@dataclass
class Cost:
    """Seconds that another client's commands took, one after the other, and MiB of a process."""

    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    before: int = 0
    peak: int = 0

    @property
    def longest(self) -> float:
        return max(self.seconds)

    def __str__(self) -> str:
        waits = f"the longest of {len(self.seconds)} took {self.longest * 1000:.0f} ms, {self.refused} refused"
        return f"{waits}; {self.before} MiB before, {self.peak} MiB at most"


@contextmanager
def pressed(url: str, command: dict[str, Any], token: str, pid: int) -> Iterator[Cost]:
    """Sends single commands as somebody else, from a thread of its own, for as long as the context lasts."""
    cost, done = Cost(before=psutil.Process(pid).memory_info().rss // 2**20), threading.Event()
    Path(f"/proc/{pid}/clear_refs").write_text(RESET_PEAK, encoding="ascii")
    thread = threading.Thread(target=_send, args=(url, command, token, cost, done))
    thread.start()
    try:
        yield cost
    finally:
        done.set()
        thread.join()
        cost.peak = _peak(pid)


def _send(url: str, command: dict[str, Any], token: str, cost: Cost, done: threading.Event) -> None:
    with httpx.Client(headers={"authorization": f"Bearer {token}"}, timeout=60, trust_env=False) as client:
        while not done.is_set():
            movement = uuid4().hex
            body = json.dumps({**command, "movement": movement, "idempotency_key": movement})
            since = time.monotonic()
            answer = client.post(url, content=body)
            cost.seconds.append(time.monotonic() - since)
            cost.refused += answer.status_code != httpx.codes.OK
            time.sleep(PAUSE_SECONDS)


def _peak(pid: int) -> int:
    """MiB that the process has held at most since it was told to forget."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024
