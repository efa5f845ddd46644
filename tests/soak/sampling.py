"""What a stack uses at one moment: memory, open files and sockets of each program, and how far everybody is behind."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import TypeAlias

import psutil  # type: ignore[import-untyped]

from deploy.local.status import StackStatus
from tests.faults.quiet import Standing

MEMORY, FILES, SOCKETS = "memory, MB", "open files", "sockets"
BEHIND, UNPUBLISHED, TO_TELL, RESTARTS = "not heard", "not published", "to tell", "restarts"
BYTES = 1_000_000

Figures: TypeAlias = Mapping[tuple[str, str], float]
"""By who and what."""


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Everything at one moment; `at` is in seconds since the first, `commands` is how many had been accepted."""

    at: float
    commands: int
    figures: Figures


def of_programs(now: StackStatus) -> Figures:
    """Each program with all processes that it has started; a process that ends meanwhile is left out."""
    found: dict[tuple[str, str], float] = {}
    for program in now.programs:
        if program.pid is None:
            continue
        with suppress(psutil.NoSuchProcess):
            root = psutil.Process(program.pid)
            found |= {(program.name, what): value for what, value in _of_tree(root).items()}
            found[program.name, RESTARTS] = program.restarts
    return found


def _of_tree(root: psutil.Process) -> dict[str, float]:
    """Memory that several processes share counts once: each has its part of it (PSS)."""
    used = dict.fromkeys((MEMORY, FILES, SOCKETS), 0.0)
    for process in (root, *root.children(recursive=True)):
        with suppress(psutil.NoSuchProcess, psutil.ZombieProcess):
            used[MEMORY] += process.memory_full_info().pss / BYTES
            used[FILES] += process.num_fds()
            used[SOCKETS] += len(process.net_connections(kind="inet"))
    return used


def of_standing(now: Standing) -> Figures:
    """Entries that a reader has not applied, that a service has not published, and commands it has yet to tell."""
    found: dict[tuple[str, str], float] = {}
    for (reader, upstream, partition), at in now.consumed.items():
        left = max(now.ends.get((upstream, partition), 0) - at, 0)
        found[reader, BEHIND] = found.get((reader, BEHIND), 0) + left
    for (service, partition), at in now.cursors.items():
        left = max(now.ends.get((service, partition), 0) - at, 0)
        found[service, UNPUBLISHED] = found.get((service, UNPUBLISHED), 0) + left
    return found | {(service, TO_TELL): count for service, count in now.left_to_tell.items()}
