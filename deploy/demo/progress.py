"""The day as it goes: a live table on a terminal, otherwise a plain line every other second."""

import time
from collections.abc import Iterator
from types import TracebackType
from typing import Protocol, Self

from rich.console import Console
from rich.live import Live
from rich.table import Table

from deploy.demo.script import NO_POST
from deploy.demo.tally import STAGES, Tally
from deploy.local.telling import on_terminal

BETWEEN_LINES_SECONDS = 2.0


class Progress(Protocol):
    """Shows how far the day is."""

    def show(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


def progress(tally: Tally, console: Console) -> Progress:
    """What suits whoever is looking."""
    return LiveTable(tally, console) if on_terminal() else PlainLines(tally)


class LiveTable:
    """A line per post, a column per stage, and how many events come in a second."""

    def __init__(self, tally: Tally, console: Console) -> None:
        self._tally = tally
        self._live = Live(self._table(), console=console, auto_refresh=False)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._live.stop()

    def show(self) -> None:
        self._live.update(self._table(), refresh=True)

    def _table(self) -> Table:
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_footer=True, footer_style="bold")
        posts = (*self._tally.script.posts, NO_POST)
        table.add_column(f"{self._tally.rate()}\nevents/s", footer="all")
        for stage in STAGES:
            whole = sum(self._tally.count(stage, post) for post in posts)
            head = stage.name.replace(" ", "\n") if " " in stage.name else f"{stage.of}\n{stage.name}"
            table.add_column(head, footer=str(whole), justify="right", no_wrap=True)
        for post in posts:
            table.add_row(post, *(str(self._tally.count(stage, post) or "") for stage in STAGES))
        return table


class PlainLines:
    """All posts in one line."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._said, self._at = "", 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._say()

    def show(self) -> None:
        if time.monotonic() - self._at >= BETWEEN_LINES_SECONDS:
            self._say()

    def _say(self) -> None:
        line = "; ".join(f"{of}: {', '.join(self._counts(of))}" for of in ("vehicles", "goods"))
        if line != self._said:
            print(f"{line}; {self._tally.rate()} events/s", flush=True)
        self._said, self._at = line, time.monotonic()

    def _counts(self, of: str) -> Iterator[str]:
        for stage in (stage for stage in STAGES if stage.of == of):
            posts = (*self._tally.script.posts, NO_POST)
            yield f"{sum(self._tally.count(stage, post) for post in posts)} {stage.name}"
