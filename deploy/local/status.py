"""The status that the supervisor writes and everybody else reads."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from deploy.local import processes
from deploy.local.folder import Folder, is_locked


class State(StrEnum):
    """What a program is doing."""

    WAITING = "waiting"  # Its stage has not begun.
    STARTING = "starting"  # It runs and is not ready yet.
    UP = "up"
    UNREADY = "unready"  # It was ready, and is not now.
    DONE = "done"  # It had to run once, and did.
    BACKOFF = "backoff"  # It died and will be started again.
    STOPPING = "stopping"
    STOPPED = "stopped"  # On request; it stays so until it is started.
    LOST = "lost"  # Nobody watches it: the supervisor is gone.


GOOD = (State.UP, State.DONE)
HEALTH_CHARACTERS_MAX = 200


def in_short(troubles: Sequence[str]) -> str:
    """The first trouble, and how many more there are; empty where there is none."""
    if not troubles:
        return ""
    first = troubles[0] if len(troubles[0]) <= HEALTH_CHARACTERS_MAX else f"{troubles[0][:HEALTH_CHARACTERS_MAX]}..."
    return f"{first} (and {len(troubles) - 1} more)" if len(troubles) > 1 else first


@dataclass(frozen=True, kw_only=True)
class ProgramStatus:
    """One line of the status."""

    name: str
    state: State
    pid: int | None = None
    born: float | None = None  # Unix time; with the pid it names one process for ever.
    since: str = ""
    restarts: int = 0
    address: str = ""
    health: str = ""  # "ok", or the first of its troubles.
    troubles: tuple[str, ...] = ()  # Why it is not ready, how it ended last, or what ails it though it is ready.

    @property
    def alive(self) -> bool:
        return self.pid is not None and self.born is not None and processes.is_alive(self.pid, self.born)


@dataclass(frozen=True, kw_only=True)
class StackStatus:
    """The whole stack at one moment."""

    running: bool  # Whether a supervisor lives.
    pid: int | None = None
    born: float | None = None
    stopping: bool = False
    programs: tuple[ProgramStatus, ...] = ()

    @property
    def up(self) -> bool:
        """Whether everything that should run is ready."""
        return self.running and not self.stopping and all(program.state in GOOD for program in self.programs)

    def __getitem__(self, name: str) -> ProgramStatus:
        return next(program for program in self.programs if program.name == name)

    def __contains__(self, name: str) -> bool:
        return any(program.name == name for program in self.programs)

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1)

    @classmethod
    def from_json(cls, text: str) -> Self:
        read = json.loads(text)
        programs = (
            ProgramStatus(**{**each, "state": State(each["state"]), "troubles": tuple(each["troubles"])})
            for each in read["programs"]
        )
        return cls(**{**read, "programs": tuple(programs)})


def read(folder: Folder) -> StackStatus:
    """The status now. Without a living supervisor nothing counts as up, whatever it wrote last."""
    running = is_locked(supervisor_lock(folder))
    try:
        written = StackStatus.from_json(folder.status.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return StackStatus(running=running)
    if running:
        return written
    return StackStatus(running=False, programs=tuple(_lost(program) for program in written.programs))


def _lost(program: ProgramStatus) -> ProgramStatus:
    changed = {"state": State.LOST if program.alive else State.STOPPED, "health": "", "troubles": ()}
    return ProgramStatus(**{**asdict(program), **changed})


def supervisor_lock(folder: Folder) -> Path:
    """Held by the supervisor as long as it lives; the kernel lets go of it, so it is never stale."""
    return folder / "supervisor.lock"
