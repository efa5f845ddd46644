"""A file that may change while it is used, such as keys: what it says now, read anew when it is another one."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Generic, TypeVar

T = TypeVar("T")
LOOK_SECONDS = 5.0
"""How often it is looked whether it has changed."""
AGAIN_SECONDS = 1.0
"""How often at most, whatever happens."""


class Watched(Generic[T]):
    """What `read` makes of a file. Where it raises `unfit`, `failed` is told, and what was read before stays."""

    def __init__(
        self, path: Path, read: Callable[[bytes], T], unfit: tuple[type[Exception], ...],
        failed: Callable[[Exception], None],
    ) -> None:  # fmt: skip
        self._path = path
        self._read = read
        self._unfit: tuple[type[Exception], ...] = (OSError, *unfit)
        self._failed = failed
        self._seen = self._marks()
        self._looked_at = time.monotonic()
        self.value = read(path.read_bytes())

    def now(self, after: float = LOOK_SECONDS) -> T:
        """What it says, as it was no longer ago than so many seconds."""
        if time.monotonic() - self._looked_at >= after:
            self._looked_at = time.monotonic()
            try:
                if (marks := self._marks()) != self._seen:
                    self.value = self._read(self._path.read_bytes())
                    self._seen = marks
            except self._unfit as error:
                self._failed(error)
        return self.value

    def _marks(self) -> tuple[int, int, int]:
        """By these a file is known for the same one."""
        found = self._path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
