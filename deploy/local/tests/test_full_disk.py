"""The supervisor on a small disk that is full: it goes on, and what it had to say comes when there is room again."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import psutil  # type: ignore[import-untyped]
import pytest

from deploy.local import __main__ as commands
from deploy.local import child, control
from deploy.local import status as statuses
from deploy.local.command_line import run
from deploy.local.failure import StackError
from deploy.local.folder import Folder, write_whole
from deploy.local.program import Plan, Program
from deploy.local.status import State
from deploy.testing.disks import NoDisk, fill, free, full, small_disk
from deploy.testing.programs import SLEEPER, gone, python, state, wait_for

Start = Callable[..., None]
HELD = "import time\nprint('x' * 5000)\nwhile True: time.sleep(60)"


@pytest.fixture(params=["bytes", "files"])
def folder(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Folder]:
    """A state folder on a disk of its own, which is soon full of bytes, or of files."""
    try:
        with small_disk(tmp_path / "disk", 1, files=30 if request.param == "files" else 0) as disk:
            made = Folder(disk / "state")
            made.make()
            yield made
            control.stop(made)
    except NoDisk as error:
        pytest.skip(f"no small disk can be mounted here: {error}")


@pytest.fixture
def start(folder: Folder) -> Start:
    def begin(*programs: Program) -> None:
        control.begin(folder, Plan(programs=programs, owner_pid=os.getpid()))

    return begin


def ends_with(log: Path, line: str) -> bool:
    return log.read_text(encoding="utf-8").endswith(f"{line}\n")


def children(folder: Folder) -> list[int]:
    """The pids of what the supervisor runs, whatever it was able to write of them."""
    return [each.pid for each in psutil.Process(statuses.read(folder).pid or 0).children()]


def test_a_full_disk_ends_no_supervisor_and_what_it_reports_comes_when_there_is_room(
    folder: Folder, start: Start
) -> None:
    start(python("one", SLEEPER))
    wait_for(lambda: state(folder, "one") is State.UP)
    first = statuses.read(folder)
    with full(folder.path.parent):
        control.kill(folder, "one", signal.SIGKILL)
        wait_for(lambda: children(folder) not in ([], [first["one"].pid]))
        second = children(folder)
        assert statuses.read(folder) == first, "what cannot be written stays as it was"
    wait_for(lambda: statuses.read(folder)["one"].restarts == 1)
    assert [statuses.read(folder)["one"].pid] == second
    assert "the status cannot be written" in folder.log("supervisor").read_text(encoding="utf-8")
    assert [path.name for path in folder.path.iterdir() if path.name.startswith(".")] == []


def test_a_program_starts_though_there_is_no_room_for_its_log(folder: Folder, start: Start, tmp_path: Path) -> None:
    gate, begun = tmp_path / "gate", tmp_path / "begun"
    task = f"import pathlib, sys\nsys.exit(not pathlib.Path({str(gate)!r}).exists())"
    start(python("task", task, once=True), python("late", f"open({str(begun)!r}, 'w')\n{HELD}", stage=1))
    wait_for(lambda: statuses.read(folder)["task"].restarts >= 1)
    with full(folder.path.parent):
        gate.touch()
        wait_for(begun.exists)
    wait_for(lambda: statuses.read(folder).up)


def test_on_a_full_disk_the_stack_can_be_stopped(folder: Folder, start: Start) -> None:
    start(python("one", SLEEPER))
    wait_for(lambda: state(folder, "one") is State.UP)
    pid, supervisor = statuses.read(folder)["one"].pid, statuses.read(folder).pid
    with full(folder.path.parent):
        assert control.stop(folder)
        assert gone(pid or 0)
        assert gone(supervisor or 0)


def test_a_command_that_finds_no_room_says_so_and_changes_nothing(
    folder: Folder, start: Start, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    start(python("one", SLEEPER))
    wait_for(lambda: state(folder, "one") is State.UP)
    monkeypatch.setenv("SERHET_FOLDER", str(folder.path))
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    with full(folder.path.parent):
        for command, code in (("stop one", 1), ("status", 0)):
            monkeypatch.setattr(sys, "argv", ["deploy.local", *command.split()])
            assert run(commands.parser()) == code
    said = capsys.readouterr()
    assert "there is no room for " in said.err
    assert "0 MB are left on the disk of " in said.out
    assert state(folder, "one") is State.UP
    control.hold(folder, "one", held=True)
    assert state(folder, "one") is State.STOPPED


def test_what_does_not_go_on_the_disk_leaves_what_was_there_and_nothing_besides(folder: Folder) -> None:
    write_whole(folder.plan, "former")
    folder.secret("logins.json", ("arrival",))
    before = (folder / "logins.json").read_bytes()
    fill(folder.path.parent)
    with pytest.raises(OSError, match="No space left"):
        write_whole(folder.plan, "later" * 10_000)
    with pytest.raises(OSError, match="No space left"):
        folder.secret("logins.json", ("arrival", "release"))
    folder.make()
    free(folder.path.parent)
    assert folder.plan.read_text(encoding="utf-8") == "former"
    assert (folder / "logins.json").read_bytes() == before
    assert sorted(path.name for path in folder.path.iterdir()) == ["logins.json", "logs", "plan.json", "serhet-state"]


def test_what_was_cut_to_nothing_ends_nobody(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "state")
    folder.make()
    control.begin(folder, Plan(programs=(python("one", SLEEPER),), owner_pid=os.getpid()))
    try:
        wait_for(lambda: state(folder, "one") is State.UP)
        pid = statuses.read(folder)["one"].pid
        folder.held.write_text("", encoding="utf-8")
        folder.status.write_text("", encoding="utf-8")
        assert statuses.read(folder).running
        assert statuses.read(folder).programs == ()
        os.kill(pid or 0, signal.SIGKILL)  # So that there is something to write.
        wait_for(lambda: "one" in statuses.read(folder) and state(folder, "one") is State.UP)
        control.hold(folder, "one", held=True)
        assert state(folder, "one") is State.STOPPED
    finally:
        control.stop(folder)
    (folder / "admin.json").write_text("", encoding="utf-8")
    with pytest.raises(StackError, match=r"admin\.json holds passwords and cannot be read"):
        folder.secret("admin.json", ("postgres",))


def test_logs_are_for_their_owner_alone_and_a_long_one_is_put_aside_while_its_program_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = Folder(tmp_path / "state")
    folder.make()
    log, aside = folder.log("one"), folder.logs / "one.log.1"
    log.touch(0o644)
    log.chmod(0o644)
    monkeypatch.setattr(child, "LOG_BYTES_MAX", 1000)
    talker = "import sys\nfor line in sys.stdin: print(line.strip(), flush=True)"
    with child.open_log(log) as output:
        argv = [sys.executable, "-c", talker]
        with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=output, text=True) as program:
            assert program.stdin
            for line in ("first" * 200, "second" * 200):
                program.stdin.write(f"{line}\n")
                program.stdin.flush()
                wait_for(partial(ends_with, log, line))
                child.shorten(log)
            program.stdin.write("third\n")
    assert (log.read_text(encoding="utf-8"), aside.read_text(encoding="utf-8")) == ("third\n", "second" * 200 + "\n")
    assert [stat.S_IMODE(path.stat().st_mode) for path in (folder.logs, log, aside)] == [0o700, 0o600, 0o600]
