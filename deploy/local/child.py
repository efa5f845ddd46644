"""One program as a child process: started so that it cannot outlive the supervisor, ended with all it started."""

import ctypes
import os
import signal
import subprocess
import sys
from contextlib import suppress
from datetime import UTC, datetime
from io import BufferedWriter
from pathlib import Path

from deploy.local.program import Program

ROOT = Path(__file__).parents[2]
LOG_BYTES_MAX = 20_000_000
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None


def spawn(program: Program, log: Path) -> "subprocess.Popen[bytes]":
    """Start the program in a process group of its own, its output added to `log`. OSError when it cannot start.

    Call it from the supervisor's main thread only: the kernel ties the orphan signal to the thread that forked.
    """
    supervisor = os.getpid()

    def bind() -> None:
        if LIBC is not None:
            LIBC.prctl(PR_SET_PDEATHSIG, program.orphan_signal)
        if os.getppid() != supervisor:
            os._exit(1)

    with open_log(log) as output:
        output.write(f"--- {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ} {program.name} begins\n".encode())
        output.flush()
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


def open_log(path: Path) -> BufferedWriter:
    """The log to append to; a long one is put aside first, and the one that was put aside before goes."""
    if path.exists() and path.stat().st_size > LOG_BYTES_MAX:
        path.replace(path.with_suffix(".log.1"))
    return path.open("ab")


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
    if process.returncode is not None:
        return False
    return os.waitid(os.P_PID, process.pid, os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is not None


def end(process: "subprocess.Popen[bytes]", number: int) -> None:
    """Send a signal to the program, awake to hear it; SIGKILL goes to its whole group."""
    with suppress(ProcessLookupError):
        if number == signal.SIGKILL:
            os.killpg(process.pid, number)
        else:
            process.send_signal(signal.SIGCONT)
            process.send_signal(number)
