"""The supervisor, over small real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from deploy.local import control
from deploy.local import status as statuses
from deploy.local.failure import StackError
from deploy.local.folder import Folder
from deploy.local.program import Plan
from deploy.local.status import State
from deploy.local.telling import Silent
from deploy.testing.programs import SLEEPER, gone, python, state, wait_for

Supervise = Callable[..., Folder]
STUBBORN = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('deaf')\ntime.sleep(600)"
WITH_A_CHILD = (
    f"import subprocess, sys\np = subprocess.Popen([sys.executable, '-c', {SLEEPER!r}])\nprint(p.pid)\np.wait()"
)


def pid_of(folder: Folder, name: str) -> int:
    wait_for(lambda: statuses.read(folder)[name].pid is not None)
    return statuses.read(folder)[name].pid or 0


def printed(folder: Folder, name: str) -> list[str]:
    lines = folder.log(name).read_text(encoding="utf-8").splitlines() if folder.log(name).exists() else []
    return [line for line in lines if not line.startswith("---")]


def test_a_program_that_dies_is_started_again(supervise: Supervise) -> None:
    folder = supervise(python("one", SLEEPER))
    first = pid_of(folder, "one")
    control.kill(folder, "one", signal.SIGKILL)
    wait_for(lambda: statuses.read(folder)["one"].restarts == 1 and state(folder, "one") is State.UP)
    assert pid_of(folder, "one") != first


def test_the_pause_before_a_new_start_grows_while_a_program_keeps_dying(supervise: Supervise) -> None:
    folder = supervise(python("one", "import time; print(time.monotonic()); raise SystemExit(3)"))
    wait_for(lambda: len(printed(folder, "one")) >= 5)
    starts = [float(line) for line in printed(folder, "one")]
    pauses = [later - earlier for earlier, later in pairwise(starts)]
    assert pauses[3] > pauses[2] > pauses[1]
    assert pauses[3] > pauses[0] + pauses[1]
    wait_for(lambda: statuses.read(folder)["one"].health == "ended with status 3")


def test_a_stage_begins_when_the_stage_below_is_ready(supervise: Supervise, tmp_path: Path) -> None:
    gate = tmp_path / "gate"
    task = f"import pathlib, sys\nsys.exit(not pathlib.Path({str(gate)!r}).exists())"
    folder = supervise(python("task", task, once=True), python("server", SLEEPER, stage=1))
    wait_for(lambda: statuses.read(folder)["task"].restarts >= 2)
    assert state(folder, "server") is State.WAITING
    gate.touch()
    wait_for(lambda: statuses.read(folder).up)
    assert state(folder, "task") is State.DONE


def test_the_highest_stage_stops_first_and_the_next_only_when_it_is_gone(supervise: Supervise, tmp_path: Path) -> None:
    order = tmp_path / "order"
    slow = (
        "import signal, sys, time\n"
        "def end(*_):\n"
        f"    open({str(order)!r}, 'a').write(sys.argv[1] + ' ')\n"
        "    time.sleep(0.3)\n"
        f"    open({str(order)!r}, 'a').write(sys.argv[1] + '. ')\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\nprint('ready')\ntime.sleep(600)"
    )
    programs = [python(name, slow.replace("sys.argv[1]", repr(name)), stage) for stage, name in enumerate("abc")]
    folder = supervise(*programs)
    wait_for(lambda: all(printed(folder, name) == ["ready"] for name in "abc"))
    assert control.stop(folder)
    assert order.read_text(encoding="utf-8").split() == ["c", "c.", "b", "b.", "a", "a."]


def test_a_program_that_ignores_sigterm_is_killed_after_its_grace(supervise: Supervise) -> None:
    folder = supervise(python("deaf", STUBBORN, grace_seconds=0.3))
    wait_for(lambda: printed(folder, "deaf") == ["deaf"])
    pid = pid_of(folder, "deaf")
    control.stop(folder)
    assert gone(pid)


def test_what_a_program_started_ends_with_it(supervise: Supervise) -> None:
    folder = supervise(python("parent", WITH_A_CHILD))
    wait_for(lambda: len(printed(folder, "parent")) == 1)
    grandchild = int(printed(folder, "parent")[0])
    control.kill(folder, "parent", signal.SIGKILL)
    wait_for(lambda: gone(grandchild))


def test_a_supervisor_killed_outright_leaves_no_orphan(supervise: Supervise) -> None:
    folder = supervise(python("one", SLEEPER), python("deaf", STUBBORN))
    children = [pid_of(folder, name) for name in ("one", "deaf")]
    supervisor = statuses.read(folder).pid
    assert supervisor is not None
    os.kill(supervisor, signal.SIGKILL)
    wait_for(lambda: all(gone(pid) for pid in children))
    assert not statuses.read(folder).up


def test_the_supervisor_ends_with_its_owner(folder: Folder) -> None:
    owner = os.fork()
    if owner == 0:
        signal.pause()
        os._exit(0)
    control.begin(folder, Plan(programs=(python("one", SLEEPER),), owner_pid=owner))
    child = pid_of(folder, "one")
    os.kill(owner, signal.SIGKILL)
    os.waitpid(owner, 0)
    wait_for(lambda: gone(child) and not statuses.read(folder).running)


def test_one_program_is_stopped_stays_stopped_and_starts_on_request(supervise: Supervise) -> None:
    folder = supervise(python("one", SLEEPER), python("two", SLEEPER))
    first, other = pid_of(folder, "one"), pid_of(folder, "two")
    control.hold(folder, "one", held=True)
    assert gone(first)
    assert state(folder, "one") is State.STOPPED
    assert not statuses.read(folder).up
    control.hold(folder, "one", held=False)
    assert statuses.read(folder).up
    assert (pid_of(folder, "two"), statuses.read(folder)["one"].restarts) == (other, 0)


def test_a_program_that_stands_still_is_shown_so_and_not_started_again(supervise: Supervise) -> None:
    folder = supervise(python("one", SLEEPER))
    pid = pid_of(folder, "one")
    wait_for(lambda: state(folder, "one") is State.UP)
    control.kill(folder, "one", signal.SIGSTOP)
    wait_for(lambda: state(folder, "one") is State.UNREADY)
    assert "stands still until SIGCONT" in statuses.read(folder)["one"].health
    time.sleep(0.5)
    assert (state(folder, "one"), pid_of(folder, "one")) == (State.UNREADY, pid)
    control.kill(folder, "one", signal.SIGCONT)
    wait_for(lambda: state(folder, "one") is State.UP)
    assert (pid_of(folder, "one"), statuses.read(folder)["one"].restarts) == (pid, 0)


def test_a_program_that_stands_still_ends_when_it_is_told_to(supervise: Supervise, tmp_path: Path) -> None:
    ended = tmp_path / "ended"
    code = (
        "import pathlib, signal, sys, time\n"
        "def end(*_):\n"
        f"    pathlib.Path({str(ended)!r}).touch()\n"
        "    sys.exit()\n"
        "signal.signal(signal.SIGTERM, end)\nprint('ready')\ntime.sleep(600)"
    )
    folder = supervise(python("one", code, grace_seconds=60.0))
    wait_for(lambda: printed(folder, "one") == ["ready"])
    pid = pid_of(folder, "one")
    control.kill(folder, "one", signal.SIGSTOP)
    control.stop(folder)
    assert gone(pid)
    assert ended.exists()


def test_what_is_held_from_the_beginning_does_not_start_and_holds_nothing_up(folder: Folder) -> None:
    programs = (python("one", SLEEPER), python("two", SLEEPER, stage=1), python("three", SLEEPER, stage=2))
    control.begin(folder, Plan(programs=programs), held=("two",))
    control.wait_until_up(folder, Silent(), 60.0, but=("two",))
    assert [program.state for program in statuses.read(folder).programs] == [State.UP, State.STOPPED, State.UP]
    control.hold(folder, "two", held=False)
    assert statuses.read(folder).up


def test_stopping_twice_is_the_same_as_once_and_leaves_no_pid(supervise: Supervise) -> None:
    folder = supervise(python("one", SLEEPER))
    supervisor, child = statuses.read(folder).pid or 0, pid_of(folder, "one")
    assert control.stop(folder)
    assert not control.stop(folder)
    assert gone(supervisor)
    assert gone(child)
    assert sorted(path.name for path in folder.path.iterdir()) == ["logs", "serhet-state", "supervisor.lock"]


def test_a_program_that_cannot_come_up_is_named_with_the_end_of_its_log(supervise: Supervise) -> None:
    bad = python("bad", "raise SystemExit('no such topic')")
    folder = supervise(replace(bad, check="http://127.0.0.1:1/"))  # Or it would count as ready while it runs.
    with pytest.raises(StackError, match=r"(?s)bad does not come up: ended with status 1.*no such topic"):
        control.wait_until_up(folder, Silent(), 60.0)


@pytest.mark.parametrize("written", ["", "no pid\n", "{stranger}\n/somewhere\n"])
def test_a_pid_file_that_would_be_believed_for_ever_is_gone_before_a_start(
    supervise: Supervise, tmp_path: Path, written: str
) -> None:
    believed, right = tmp_path / "believed.pid", tmp_path / "right.pid"
    right.write_text("999999999\n", encoding="utf-8")  # Of a process that is gone: its program knows what to do.
    with subprocess.Popen([sys.executable, "-c", SLEEPER]) as stranger:
        believed.write_text(written.format(stranger=stranger.pid), encoding="utf-8")
        folder = supervise(replace(python("one", SLEEPER), pid_files=(str(believed), str(right))))
        wait_for(lambda: state(folder, "one") is State.UP)
        alive = stranger.poll() is None
        stranger.kill()
    assert (alive, believed.exists(), right.exists()) == (True, False, True)


def test_a_pid_that_belongs_to_another_process_by_now_is_left_alone(supervise: Supervise) -> None:
    folder = supervise(python("one", SLEEPER))
    pid_of(folder, "one")
    control.stop(folder)
    with subprocess.Popen([sys.executable, "-c", SLEEPER]) as stranger:
        theirs = statuses.ProgramStatus(name="one", state=State.UP, pid=stranger.pid, born=1.0)
        folder.status.write_text(statuses.StackStatus(running=True, programs=(theirs,)).to_json(), encoding="utf-8")
        left = control.end_leftovers(folder)
        alive = stranger.poll() is None
        stranger.kill()
    assert (left, alive) == (False, True)
