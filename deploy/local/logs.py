"""Reading the logs: the end of one or of all, and then what is added."""

import time
from collections.abc import Iterator
from pathlib import Path

from deploy.local.failure import StackError
from deploy.local.folder import Folder

POLL_SECONDS = 0.2


def lines(folder: Folder, name: str | None, count: int, follow: bool) -> Iterator[str]:
    """The last `count` lines of a log, or of every log with its name in front; with `follow`, and so on for ever."""
    paths = _paths(folder, name)
    width = max(len(path.stem) for path in paths)
    read = {path: path.stat().st_size for path in paths}
    for path in paths:
        with path.open("rb") as file:
            yield from _named(path, name, width, file.read(read[path]).splitlines()[-count:] if count else [])
    while follow:
        for path in _paths(folder, name):
            yield from _named(path, name, width, _added(path, read))
        time.sleep(POLL_SECONDS)


def _paths(folder: Folder, name: str | None) -> list[Path]:
    paths = sorted(folder.logs.glob("*.log"))
    found = [path for path in paths if name in (None, path.stem)]
    if not found:
        known = ", ".join(path.stem for path in paths) or "none"
        raise StackError(f"there is no log of {name or 'anything'} in {folder.logs}; there is: {known}")
    return found


def _added(path: Path, read: dict[Path, int]) -> list[bytes]:
    """The whole lines that came since the last look; a log that became shorter was begun anew."""
    begin = read.get(path, 0)
    if path.stat().st_size < begin:
        begin = 0
    with path.open("rb") as file:
        file.seek(begin)
        whole, _, _ = file.read().rpartition(b"\n")
    read[path] = begin + len(whole) + bool(whole)
    return whole.splitlines()


def _named(path: Path, asked: str | None, width: int, found: list[bytes]) -> Iterator[str]:
    for line in found:
        text = line.decode("utf-8", errors="replace")
        yield text if asked else f"{path.stem:<{width}} | {text}"
