"""What the supervisor is told to run: plain values, with no word about customs in them."""

import json
import signal
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Self


@dataclass(frozen=True, kw_only=True)
class Program:
    """One program: a server to keep running, a task to run once, or (argv empty) somebody else's server to watch.

    A stage begins when every program of the lower stages has been ready; stages stop in the opposite order.
    `check` is the URL that tells readiness: http, postgresql or kafka; empty means ready as soon as it runs.
    """

    name: str
    stage: int
    argv: tuple[str, ...]
    env: dict[str, str] = field(default_factory=dict)  # On top of the supervisor's own environment.
    address: str = ""  # What people are shown; never with a password.
    check: str = ""
    once: bool = False
    stop_signal: int = signal.SIGTERM
    orphan_signal: int = signal.SIGKILL  # From the kernel, should the supervisor die without stopping its programs.
    grace_seconds: float = 20.0
    pid_files: tuple[str, ...] = ()  # It does not start while one of these names a pid that lives, or none.


@dataclass(frozen=True, kw_only=True)
class Plan:
    """All that one supervisor runs. With `owner_pid` it stops everything when that process is gone."""

    programs: tuple[Program, ...]
    owner_pid: int | None = None

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read what `to_json` wrote."""
        read = json.loads(path.read_text(encoding="utf-8"))
        lists = ("argv", "pid_files")
        programs = (Program(**{**each, **{name: tuple(each[name]) for name in lists}}) for each in read["programs"])
        return cls(programs=tuple(programs), owner_pid=read["owner_pid"])


def names(programs: Sequence[Program]) -> tuple[str, ...]:
    return tuple(program.name for program in programs)
