"""Where a campaign takes place: a stack whose lines can die, whose clocks can leap, whose disks can fill, and one of
whose services can go a version ahead and back."""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from chassis.tests.leaping import hook
from deploy.local.child import ROOT
from deploy.local.folder import TEST_FOLDER
from deploy.local.ports import Ports
from deploy.local.stack import Stack, state_folder
from deploy.testing import stacks
from deploy.testing.disks import NoDisk, small_disk
from tests.faults import versions
from tests.faults.gathering import SERVICES
from tests.faults.lines import Lines

MEGABYTES, KAFKA_MEGABYTES = 5000, 3000
"""Room for a whole campaign; of the state's disk, with the databases in it, and of Kafka's."""
LOGS = "faults-logs"


@dataclass(frozen=True, kw_only=True)
class Place:
    """The stack, what services go to their servers by, and the folder that says what time it is and what is ahead.

    `no_disks` says why no small disks could be mounted; empty where the stack lies on two.
    """

    stack: Stack
    lines: Lines
    hooks: Path
    no_disks: str = ""


@contextmanager
def place(folder: Path, megabytes: int = MEGABYTES, kafka_megabytes: int = KAFKA_MEGABYTES) -> Iterator[Place]:
    """A stack with two processes of each service; `folder` holds what is not the stack's. Its logs stay."""
    hooks, lines = folder / "hooks", Lines()
    hooks.mkdir()
    with stacks.free_place() as (path, offset), lines.laid(Ports(offset)) as laid, ExitStack() as ending:
        Stack(path, offset).clean()
        no_disks = _lay_disks(path, megabytes, kafka_megabytes, ending)
        besides = _hooked(hooks)
        stack = Stack(path, offset, SERVICES, bound=True, processes=2, lines=laid, besides=besides)
        ending.callback(_keep_logs, stack)
        yield Place(
            stack=ending.enter_context(stack.running()), lines=lines, hooks=hooks, no_disks=no_disks
        )  # fmt: skip


def _lay_disks(path: Path, megabytes: int, kafka_megabytes: int, ending: ExitStack) -> str:
    """Why there are none; empty where they are."""
    try:
        ending.enter_context(small_disk(path, megabytes))
        ending.enter_context(small_disk(path / "kafka", kafka_megabytes))
    except NoDisk as error:
        return str(error)
    (path / "serhet-state").touch()
    return ""


def _hooked(hooks: Path) -> dict[str, str]:
    """The environment of services whose clocks leap, and whose versions are those that the folder says."""
    environment = dict(hook(hooks))
    with (hooks / "sitecustomize.py").open("a", encoding="utf-8") as file:
        file.write(versions.hook(hooks))
    return environment | {"PYTHONPATH": os.pathsep.join([environment["PYTHONPATH"], str(ROOT)])}


def _keep_logs(stack: Stack) -> None:
    kept = state_folder() / TEST_FOLDER / LOGS
    shutil.rmtree(kept, ignore_errors=True)
    shutil.copytree(stack.path / "logs", kept)
