"""One program under the supervisor: its state, its restarts, its readiness."""

import asyncio
import signal
import subprocess
import time
from datetime import UTC, datetime
from pathlib import Path

from deploy.local import child, processes
from deploy.local.checks import Condition, condition
from deploy.local.program import Program
from deploy.local.status import GOOD, ProgramStatus, State, in_short

FIRST_DELAY_SECONDS = 0.2
DELAY_SECONDS_MAX = 10.0
HEALTHY_AFTER_SECONDS = 10.0
CHECK_SECONDS_STARTING = 0.1
CHECK_SECONDS_UP = 5.0
STANDS_STILL = Condition(False, ("it was stopped by a signal and stands still until SIGCONT",))
RUNNING = (State.STARTING, State.UP, State.UNREADY)
AT_REST = (State.WAITING, State.DONE, State.BACKOFF, State.STOPPED)


class Watched:
    """A program and what is known of it now. Only the supervisor's loop calls this."""

    def __init__(self, program: Program, log: Path) -> None:
        self.name, self.stage = program.name, program.stage
        self.has_been_ready = False
        self._program, self._log = program, log
        self._process: subprocess.Popen[bytes] | None = None
        self._born: float | None = None
        self._state, self._since, self._moment = State.WAITING, _now(), time.monotonic()
        self._troubles: tuple[str, ...] = ()
        self._held = False
        self._restarts = 0
        self._deaths = 0  # Since it was last healthy.
        self._start_at = 0.0
        self._kill_at = 0.0

    @property
    def is_at_rest(self) -> bool:
        return self._state in AT_REST or self._foreign

    @property
    def _foreign(self) -> bool:
        return not self._program.argv

    def hold(self, held: bool) -> None:
        """Ask for it to be stopped and left alone, or to run again."""
        if self._foreign or held == self._held:
            return
        self._held = held
        if not held:
            self._deaths, self._start_at = 0, 0.0
            if self._state is State.STOPPED:
                self._change(State.BACKOFF)
        elif self._process is None:
            self._change(State.STOPPED)

    def step(self, may_start: bool) -> None:
        """Do what is due now: notice an end, go on with a stop, start."""
        now = time.monotonic()
        if self._process is not None:
            self._step_running(self._process, now)
        elif may_start and not self._held and self._state in (State.WAITING, State.BACKOFF) and now >= self._start_at:
            self._start()

    def _step_running(self, process: "subprocess.Popen[bytes]", now: float) -> None:
        code = child.exited(process)
        if code is not None:
            self._ended(code)
        elif self._held and self._state is not State.STOPPING:
            self._change(State.STOPPING)
            self._kill_at = now + self._program.grace_seconds
            child.end(process, self._program.stop_signal)
        elif self._state is State.STOPPING and now >= self._kill_at:
            child.end(process, signal.SIGKILL)
        elif self._state in RUNNING and child.stands_still(process):
            self._judge(STANDS_STILL)

    def _start(self) -> None:
        if self._state is State.BACKOFF and self._deaths:
            self._restarts += 1
        if not self._foreign:
            try:
                self._process = child.spawn(self._program, self._log)
            except OSError as error:
                self._process = None
                self._again(f"cannot start: {error}")
                return
            self._born = processes.born(self._process.pid)
        self._change(State.STARTING)

    def _ended(self, code: int) -> None:
        healthy = self._state is State.UP and time.monotonic() - self._moment >= HEALTHY_AFTER_SECONDS
        self._process = self._born = None
        if self._held:
            self._change(State.STOPPED)
        elif self._program.once and code == 0:
            self.has_been_ready = True
            self._change(State.DONE)
        else:
            self._deaths = 0 if healthy else self._deaths
            self._again(f"ended by {signal.Signals(-code).name}" if code < 0 else f"ended with status {code}")

    def _again(self, reason: str) -> None:
        self._start_at = time.monotonic() + min(FIRST_DELAY_SECONDS * 2**self._deaths, DELAY_SECONDS_MAX)
        self._deaths += 1
        self._change(State.BACKOFF, reason)

    async def keep_checking(self) -> None:
        """Ask again and again whether it is ready, more often while it starts."""
        while True:
            child.shorten(self._log)
            process = self._process
            if self._state in RUNNING and not self._program.once:
                found = await condition(self._program.check)
                if process is self._process and not (process and child.stands_still(process)):
                    self._judge(found)
            await asyncio.sleep(CHECK_SECONDS_UP if self._state is State.UP else CHECK_SECONDS_STARTING)

    def _judge(self, found: Condition) -> None:
        if self._state not in RUNNING:
            return
        if found.ready:
            self.has_been_ready = True
            self._change(State.UP, *found.troubles)
        else:
            self._change(State.STARTING if self._state is State.STARTING else State.UNREADY, *found.troubles)

    def _change(self, state: State, *troubles: str) -> None:
        if state is not self._state:
            self._state, self._since, self._moment = state, _now(), time.monotonic()
        self._troubles = troubles

    def status(self) -> ProgramStatus:
        return ProgramStatus(
            name=self.name,
            state=self._state,
            pid=self._process.pid if self._process else None,
            born=self._born,
            since=self._since,
            restarts=self._restarts,
            address=self._program.address,
            health=in_short(self._troubles) or ("ok" if self._state in GOOD else ""),
            troubles=self._troubles,
        )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
