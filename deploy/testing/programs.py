"""Programs, commands and processes, as tests start them, wait for them and look whether they are gone."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from deploy.local import processes
from deploy.local import status as statuses
from deploy.local.child import ROOT
from deploy.local.folder import Folder
from deploy.local.program import Program
from deploy.local.status import State

SLEEPER = "import time\nwhile True: time.sleep(60)"


def python(name: str, code: str, stage: int = 0, once: bool = False, grace_seconds: float = 5.0) -> Program:
    """A program of a few lines of Python."""
    argv = (sys.executable, "-I", "-u", "-c", code)
    return Program(name=name, stage=stage, argv=argv, once=once, grace_seconds=grace_seconds)


def wait_for(what: Callable[[], bool], seconds: float = 60.0) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.02)


def state(folder: Folder, name: str) -> State:
    return statuses.read(folder)[name].state


def gone(pid: int) -> bool:
    """Whether no such process runs. What has ended and was not reaped yet by init is gone, too."""
    return processes.born(pid) is None


def left(pids: Iterable[int]) -> list[str]:
    """Those that still run, with their names."""
    return [f"{processes.name(pid)} (pid {pid})" for pid in pids if not gone(pid)]


@contextmanager
def from_a_terminal() -> Iterator[None]:
    """Whoever is started in the background ignores Ctrl-C, and so would all that it starts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def command(
    place: tuple[Path, int], *arguments: str, room: str = "deploy.local", **more: str
) -> Iterator["subprocess.Popen[str]"]:
    """`python -m <room> ...` as it is typed; `more` goes into its environment."""
    env = {**os.environ, "SERHET_FOLDER": str(place[0]), "SERHET_PORTS": str(place[1]), **more}
    for name in ("SERHET_KAFKA", "SERHET_POSTGRES"):
        env.pop(name, None) if name not in more else None
    argv = [sys.executable, "-m", room, *arguments]
    with from_a_terminal():
        process = subprocess.Popen(argv, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate()


def typed(place: tuple[Path, int], *arguments: str, **more: str) -> tuple[int, str, str]:
    """What a command answered: exit status, stdout, stderr."""
    with command(place, *arguments, **more) as process:
        out, err = process.communicate(timeout=240)
        return process.returncode, out, err
