"""What one client may cost another: how long single commands wait meanwhile, and how much the process holds.

`python -m tests.hostile.pressing URL` sends them in a process of its own: who sends very much has no time to look at
the clock. It reads `{"command": ..., "token": ...}` from a line of its input, sends until that ends, and says as JSON
how many seconds each took, and how many were refused.
"""

import json
import selectors
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import psutil  # type: ignore[import-untyped]

from deploy.local.issuer import make_token
from deploy.local.stack import Stack
from tests.hostile.loads import NOTICE, Load

PAUSE_SECONDS = 0.02
ROOT = Path(__file__).parents[2]
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


async def cost_of(load: Load, client: httpx.AsyncClient, stack: Stack) -> Cost:
    """What the load of this client costs another one at the same door of `arrival`, and its first process."""
    door, pid = stack.door("arrival"), stack.status()["arrival"].pid
    assert pid is not None
    other = make_token(stack.path, subject="somebody else", roles=["administration"])
    with pressed(f"{door}/arrival-notices", NOTICE, other, pid) as cost:
        await load(client, door)
    return cost


@contextmanager
def pressed(url: str, command: dict[str, Any], token: str, pid: int) -> Iterator[Cost]:
    """Sends single commands as somebody else for as long as the context lasts."""
    cost = Cost(before=psutil.Process(pid).memory_info().rss // 2**20)
    argv = [sys.executable, "-m", "tests.hostile.pressing", url]
    with subprocess.Popen(argv, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sending:
        assert sending.stdin is not None
        assert sending.stdout is not None
        sending.stdin.write(json.dumps({"command": command, "token": token}) + "\n")
        sending.stdin.flush()
        sending.stdout.readline()  # It has sent the first.
        Path(f"/proc/{pid}/clear_refs").write_text(RESET_PEAK, encoding="ascii")
        try:
            yield cost
        finally:
            sending.stdin.close()
            cost.seconds, cost.refused = json.loads(sending.stdout.readline())
            cost.peak = _peak(pid)


def send(url: str, command: dict[str, Any], token: str) -> None:
    """One after the other, until the input ends."""
    seconds, refused, ended = list[float](), 0, selectors.DefaultSelector()
    ended.register(sys.stdin, selectors.EVENT_READ)
    with httpx.Client(headers={"authorization": f"Bearer {token}"}, timeout=60, trust_env=False) as client:
        while not ended.select(PAUSE_SECONDS):
            movement = uuid4().hex
            body = json.dumps({**command, "movement": {"reference": movement}})
            since = time.monotonic()
            answer = client.post(url, content=body, headers={"idempotency-key": movement})
            seconds.append(time.monotonic() - since)
            refused += answer.status_code != httpx.codes.OK
            if len(seconds) == 1:
                print("sending", flush=True)
    print(json.dumps([seconds, refused]), flush=True)


def _peak(pid: int) -> int:
    """MiB that the process has held at most since it was told to forget."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:"))
    return int(line.split()[1]) // 1024


if __name__ == "__main__":
    send(sys.argv[1], **json.loads(sys.stdin.readline()))
