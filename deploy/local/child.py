"""One program as a child process: started so that it cannot outlive the supervisor, ended with all it started."""

import ctypes
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from deploy.local import processes
from deploy.local.program import Program

ROOT = Path(__file__).parents[2]
LOG_BYTES_MAX = 20_000_000
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def spawn(program: Program, log: Path) -> "subprocess.Popen[bytes]":
    """Start the program in a process group of its own, its output added to `log`. OSError when it cannot start.

    Of a log that cannot be written, on a full disk, it does without: a program need not say anything to be at work.
    Call it from the supervisor's main thread only: the kernel ties the orphan signal to the thread that forked.
    """
    supervisor = os.getpid()

    def bind() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, program.orphan_signal)
        if os.getppid() != supervisor:
            os._exit(1)

    for path in program.pid_files:
        _clear(Path(path), program.name)
    with _log_or_own_output(log) as output:
        with suppress(OSError):
            output.write(f"--- {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {program.name} begins\n".encode())
        return subprocess.Popen(
            program.argv,
            cwd=ROOT,
            env={**os.environ, **program.env},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            process_group=0,
            preexec_fn=bind,  # noqa: PLW1509  (the supervisor has one thread)
        )


def open_log(path: Path) -> FileIO:
    """The log to append to, which only its owner reads."""
    log = FileIO(path, "ab", opener=_privately)
    with suppress(PermissionError):
        os.fchmod(log.fileno(), 0o600)  # Of one that was there.
    return log


def _privately(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _log_or_own_output(path: Path) -> FileIO:
    """The log; the supervisor's own output, where there is no room for another file."""
    try:
        return open_log(path)
    except OSError:
        return FileIO(os.dup(1), "ab")


def shorten(path: Path) -> None:
    """Put what stands in a long log aside, and empty it: its program goes on adding to it. What was aside goes.

    Where there is no room to put it aside, it goes as well: that makes some.
    """
    aside = path.with_suffix(".log.1")
    with suppress(OSError):
        if path.stat().st_size > LOG_BYTES_MAX:
            with suppress(OSError), path.open("rb") as log, FileIO(aside, "wb", opener=_privately) as kept:
                shutil.copyfileobj(log, kept)
            os.truncate(path, 0)


def _clear(path: Path, name: str) -> None:
    """Remove a pid file that would be believed for ever: what stands there is no pid, or by now another program's."""
    try:
        pid = abs(int(path.read_text(encoding="utf-8").split("\n", 1)[0]))
    except FileNotFoundError:
        return
    except ValueError:
        pid = 0
    if not pid or processes.name(pid) not in (None, name):
        path.unlink()


def exited(process: "subprocess.Popen[bytes]") -> int | None:
    """The exit status (negative: the signal) once it has ended, and then everything in its group has ended too."""
    if process.returncode is not None:
        return process.returncode
    if os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        return None
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)  # Its pid is still taken, so no other group can bear the number.
    return process.wait()


def stands_still(process: "subprocess.Popen[bytes]") -> bool:
    """Whether a signal (SIGSTOP) has stopped it, and no SIGCONT has come since."""
    with suppress(ChildProcessError):  # It has ended, or is about to be found so.
        return os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None
    return False


def end(process: "subprocess.Popen[bytes]", number: int) -> None:
    """Send a signal to the program, awake to hear it; SIGKILL goes to its whole group."""
    with suppress(ProcessLookupError):
        if number == signal.SIGKILL:
            os.killpg(process.pid, number)
        else:
            process.send_signal(signal.SIGCONT)
            process.send_signal(number)
