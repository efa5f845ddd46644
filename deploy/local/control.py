"""The other side of the supervisor: start it, ask it, stop it, and end what a killed one left behind."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Collection
from contextlib import suppress

from deploy.local import status as statuses
from deploy.local.child import ROOT, open_log, shorten
from deploy.local.failure import StackError
from deploy.local.folder import Folder, is_locked, locked, write_private, write_whole
from deploy.local.processes import is_alive
from deploy.local.program import Plan
from deploy.local.status import GOOD, State
from deploy.local.telling import Tell

POLL_SECONDS = 0.05
BEGIN_SECONDS_MAX = 30.0
STOP_SECONDS_MAX = 150.0
DEATHS_AT_START_MAX = 5
LOG_LINES_SHOWN = 12


def begin(folder: Folder, plan: Plan, held: Collection[str] = ()) -> None:
    """Start a supervisor in the background; it has taken its lock when this returns. What is held does not start."""
    if (dead := _begun.pop(folder, None)) is not None:
        dead.wait(STOP_SECONDS_MAX)
    write_private(folder.plan, plan.to_json())
    folder.status.unlink(missing_ok=True)
    write_whole(folder.held, json.dumps(sorted(held)))
    shorten(folder.log("supervisor"))
    with open_log(folder.log("supervisor")) as output:
        _begun[folder] = subprocess.Popen(
            [sys.executable, "-m", "deploy.local.supervisor", str(folder.path)],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    until = time.monotonic() + BEGIN_SECONDS_MAX
    while not folder.status.exists():
        if _begun[folder].poll() is not None or time.monotonic() > until:
            raise StackError(f"the supervisor does not begin:\n{last_lines(folder, 'supervisor')}")
        time.sleep(POLL_SECONDS)


_begun: dict[Folder, "subprocess.Popen[bytes]"] = {}  # So that whoever starts a supervisor reaps it, too.


def wait_until_up(folder: Folder, tell: Tell, timeout_seconds: float, but: Collection[str] = ()) -> None:
    """Wait until everything is ready `but` what is held; StackError with the end of the log of what is not."""
    began = time.monotonic()
    while True:
        now = statuses.read(folder)
        if not now.running or now.stopping:
            raise StackError(f"the supervisor was stopped:\n{last_lines(folder, 'supervisor')}")
        waiting = [program for program in now.programs if program.state not in GOOD and program.name not in but]
        if not waiting and now.programs:
            return
        tell.show("waiting for " + ", ".join(f"{each.name} ({each.health or each.state})" for each in waiting))
        late = time.monotonic() - began > timeout_seconds
        for program in waiting:
            dying = program.restarts >= DEATHS_AT_START_MAX and program.state is State.BACKOFF
            if dying or (late and program.state is not State.WAITING):
                text = f"{program.name} does not come up: {program.health or program.state}"
                raise StackError(f"{text}\n{last_lines(folder, program.name)}\n({folder.log(program.name)})")
        time.sleep(POLL_SECONDS)


def stop(folder: Folder) -> bool:
    """Stop the supervisor and all that it started, and wait for it; False when there was nothing to stop."""
    lock = statuses.supervisor_lock(folder)
    process = _begun.pop(folder, None)
    if process is not None and process.poll() is None:
        process.terminate()
        process.wait(STOP_SECONDS_MAX)
    else:
        _wait(lambda: statuses.read(folder).pid is not None or not is_locked(lock), 10.0, "the supervisor says nothing")
    now = statuses.read(folder)
    if now.running and now.pid is not None and now.born is not None and is_alive(now.pid, now.born):
        _signal(now.pid, signal.SIGTERM)
        _wait(lambda: not is_locked(lock), STOP_SECONDS_MAX, "the supervisor does not end")
    left = end_leftovers(folder)
    for path in (folder.status, folder.plan, folder.held):
        path.unlink(missing_ok=True)
    return process is not None or now.running or left


def end_leftovers(folder: Folder) -> bool:
    """End what a supervisor that died without stopping has left, known by pid and birth; True if there was any."""
    left = [each for each in statuses.read(folder).programs if each.alive]
    for program in left:
        assert program.pid is not None
        _signal(program.pid, signal.SIGKILL)
    _wait(lambda: not any(program.alive for program in left), 10.0, "a process of the last run does not end")
    return bool(left)


def hold(folder: Folder, *names: str, held: bool, wait: bool = True) -> None:
    """Stop programs and leave them stopped, or start them again; waits until it is so, if that is wanted."""
    now = statuses.read(folder)
    if not now.running:
        raise StackError("the stack is not running: make up")
    if unknown := [name for name in names if name not in now]:
        raise StackError(f"there is no {', '.join(unknown)} here, but {', '.join(each.name for each in now.programs)}")
    if foreign := [each.name for each in Plan.read(folder.plan).programs if each.name in names and not each.argv]:
        raise StackError(f"{', '.join(foreign)} is a server of yours: stop or start it where you did before")
    with locked(folder / "held.lock"):
        before = folder.names_held() or set()
        write_whole(folder.held, json.dumps(sorted(before | set(names) if held else before - set(names))))
    wanted = (State.STOPPED,) if held else GOOD
    for name in names if wait else ():
        problem = f"{name} did not become {wanted[0]}"
        _wait(lambda: statuses.read(folder)[name].state in wanted, STOP_SECONDS_MAX, problem)  # noqa: B023  (at once)


def kill(folder: Folder, name: str, number: int) -> None:
    """Send a signal to one program, and to no other process that got its pid; StackError when it does not run."""
    program = statuses.read(folder)[name]
    if not program.alive or program.pid is None:
        raise StackError(f"{name} does not run")
    _signal(program.pid, number)


def last_lines(folder: Folder, name: str, count: int = LOG_LINES_SHOWN) -> str:
    """The end of a program's log, indented; empty when it has none."""
    with suppress(FileNotFoundError):
        lines = folder.log(name).read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(f"  {line}" for line in lines[-count:])
    return ""


def _signal(pid: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, number)


def _wait(until: Callable[[], bool], seconds: float, problem: str) -> None:
    end = time.monotonic() + seconds
    while not until():
        if time.monotonic() > end:
            raise StackError(f"{problem} after {seconds:.0f} s")
        time.sleep(POLL_SECONDS)
