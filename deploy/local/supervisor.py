"""The supervisor: starts programs stage by stage, starts again what dies, and stops everything when it ends.

`python -m deploy.local.supervisor FOLDER` runs the plan that lies in FOLDER until SIGTERM, SIGINT or SIGHUP.
It knows nothing but the plan. It has one thread, because the children's orphan signal is tied to it. What it reports
cannot end it: on a full disk it goes on, says so where it can, and reports when there is room again.
"""

import asyncio
import os
import signal
import sys
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from deploy.local import processes
from deploy.local.folder import Folder, locked, write_whole
from deploy.local.program import Plan
from deploy.local.status import StackStatus, supervisor_lock
from deploy.local.watch import Watched

TICK_SECONDS = 0.1


class Supervisor:
    """Runs one plan."""

    def __init__(self, folder: Folder, plan: Plan) -> None:
        self.folder = folder
        self.ending = False
        self._owner = (plan.owner_pid, processes.born(plan.owner_pid) or 0.0) if plan.owner_pid else None
        self._programs = [Watched(program, folder.log(program.name)) for program in plan.programs]
        self._held: set[str] = set()
        self._born = processes.born(os.getpid())
        self._written: StackStatus | None = None
        self._trouble = ""

    async def run(self) -> None:
        """Work until told to end; then stop all, the highest stage first."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            asyncio.get_running_loop().add_signal_handler(number, self._end)
        checks = {program: asyncio.create_task(program.keep_checking()) for program in self._programs}
        while not self.ending:
            try:
                self._tick()
            except OSError as error:  # Of the system's tables of files and processes, one may be full.
                say(f"not all that was due was done: {error!r}")
            _revive(checks)
            await asyncio.sleep(TICK_SECONDS)
        await self._stop_all()
        for check in checks.values():
            check.cancel()
        await asyncio.gather(*checks.values(), return_exceptions=True)

    def _end(self) -> None:
        self.ending = True

    def _tick(self) -> None:
        if (held := self.folder.names_held()) is not None:
            self._held = held
        reached = self._reached_stage()
        for program in self._programs:
            program.hold(program.name in self._held)
            program.step(program.stage <= reached)
        if self._owner is not None and not processes.is_alive(*self._owner):
            self._end()
        self._write()

    def _reached_stage(self) -> int:
        """The stage that may run: all below it has been ready once, or is held on request."""
        open_stages = (each.stage for each in self._programs if not (each.has_been_ready or each.name in self._held))
        return min(open_stages, default=sys.maxsize)

    async def _stop_all(self) -> None:
        for _, stage in groupby(sorted(self._programs, key=_stage, reverse=True), key=_stage):
            programs = list(stage)
            while not all(program.is_at_rest for program in programs):
                for program in self._programs:
                    program.hold(program.is_at_rest or program in programs)
                    program.step(may_start=False)
                self._write()
                await asyncio.sleep(TICK_SECONDS)

    def _write(self) -> None:
        status = StackStatus(
            running=True,
            pid=os.getpid(),
            born=self._born,
            stopping=self.ending,
            programs=tuple(program.status() for program in self._programs),
        )
        if status == self._written:
            return
        try:
            write_whole(self.folder.status, status.to_json())
            self._written, trouble = status, ""
        except OSError as error:
            trouble = f"the status cannot be written: {error}"
        if trouble != self._trouble:
            say(trouble or f"the status is written again; until now {self._trouble}")
            self._trouble = trouble


def _revive(checks: dict[Watched, asyncio.Task[None]]) -> None:
    """A check that failed in a way nobody foresaw is written down and begun again; the programs run on."""
    for program, check in checks.items():
        if check.done():
            say(f"the check of {program.name} failed: {check.exception()!r}")
            checks[program] = asyncio.create_task(program.keep_checking())


def say(text: str) -> None:
    """A line in the supervisor's own log, where there is room for it."""
    with suppress(OSError):
        os.write(1, f"{text}\n".encode())


def _stage(program: Watched) -> int:
    return program.stage


def main() -> None:
    folder = Folder(Path(sys.argv[1]))
    with locked(supervisor_lock(folder), f"a supervisor already runs in {folder.path}"):
        asyncio.run(Supervisor(folder, Plan.read(folder.plan)).run())


if __name__ == "__main__":
    main()
