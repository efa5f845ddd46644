"""What the commands say while they work: lasting lines, and what is going on right now."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console

BETWEEN_LINES_SECONDS = 2.0


class Tell(Protocol):
    """Whoever waits for us listens to this."""

    def say(self, text: str) -> None:
        """A line that stays."""

    def show(self, text: str) -> None:
        """What is going on now: replaced by the next one."""


class Silent:
    """Says nothing; for callers that only want the outcome."""

    def say(self, text: str) -> None: ...

    def show(self, text: str) -> None: ...


class Plain:
    """Plain lines on stdout; of what is going on, at most one line in two seconds."""

    def __init__(self) -> None:
        self._shown = ""
        self._at = time.monotonic()

    def say(self, text: str) -> None:
        print(text, flush=True)

    def show(self, text: str) -> None:
        if text != self._shown and time.monotonic() - self._at >= BETWEEN_LINES_SECONDS:
            self._shown, self._at = text, time.monotonic()
            self.say(text)


class Live:
    """A spinner on a terminal."""

    def __init__(self) -> None:
        self._console = Console(highlight=False)
        self._status = self._console.status("")

    def __enter__(self) -> Self:
        self._status.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._status.stop()

    def say(self, text: str) -> None:
        self._console.print(text, markup=False)

    def show(self, text: str) -> None:
        self._status.update(text.replace("[", "\\["))


def on_terminal() -> bool:
    """Whether stdout is somebody's terminal."""
    return sys.stdout.isatty()


@contextmanager
def telling() -> Iterator[Tell]:
    """A spinner on a terminal, plain lines elsewhere."""
    if not on_terminal():
        yield Plain()
        return
    with Live() as live:
        yield live
