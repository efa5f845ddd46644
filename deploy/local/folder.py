"""The state folder: its marker, its lock, what lies where, and the secrets in it."""

import fcntl
import json
import os
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from deploy.local.failure import StackError

MARKER_TEXT = "The state of a local Serhet stack. `make clean` deletes it.\n"
TEST_FOLDER = "test"
PATIENCE_TRIES = 20
ROOM_BYTES_MIN = 64 * 1024 * 1024


@dataclass(frozen=True)
class Folder:
    """Where one stack keeps everything. The marker is what makes a folder ours to delete."""

    path: Path

    def __post_init__(self) -> None:
        object.__setattr__(self, "path", self.path.expanduser().absolute())

    def __truediv__(self, name: str | Path) -> Path:
        return self.path / name

    @property
    def marker(self) -> Path:
        return self / "serhet-state"

    @property
    def plan(self) -> Path:
        return self / "plan.json"

    @property
    def status(self) -> Path:
        return self / "status.json"

    @property
    def held(self) -> Path:
        return self / "held.json"

    @property
    def logs(self) -> Path:
        return self / "logs"

    def log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def names_held(self) -> set[str] | None:
        """The programs that are to be stopped; None where that cannot be read now."""
        try:
            return set(json.loads(self.held.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return set()
        except (OSError, ValueError):
            return None

    def lacks_room(self) -> str:
        """What to say where the disk is full, or nearly so; else nothing."""
        free = shutil.disk_usage(self.path).free if self.path.exists() else ROOM_BYTES_MIN
        if free >= ROOM_BYTES_MIN:
            return ""
        left = f"{free / 2**20:.0f} MB are left on the disk of {self.path}"
        return f"{left}: what is shown may be old (docs/operating.md, A full disk)"

    def ours(self) -> bool:
        """Whether the folder is a stack's state (so that it may be deleted)."""
        return self.marker.is_file()

    def make(self) -> None:
        """Create the folder, or refuse one that holds anything else (StackError)."""
        if self.path.is_dir() and not self.ours() and any(self.path.iterdir()):
            raise StackError(f"{self.path} holds other files: name an empty or a new folder in SERHET_FOLDER")
        self.logs.mkdir(parents=True, exist_ok=True)
        self.logs.chmod(0o700)
        if not self.ours():
            self.marker.write_text(MARKER_TEXT, encoding="utf-8")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder for one command; another one that holds it is a StackError."""
        with locked(self / "command.lock", f"another command is at work on {self.path}: wait for it"):
            yield

    def secret(self, name: str, keys: tuple[str, ...]) -> dict[str, str]:
        """The passwords in the file NAME (mode 0600), made for the keys that have none yet."""
        path = self / name
        try:
            known: dict[str, str] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        except ValueError as error:
            raise StackError(f"{path} holds passwords and cannot be read ({error}): put a copy of it back") from error
        wanted = {key: known.get(key) or secrets.token_urlsafe(24) for key in keys}
        if any(key not in known for key in keys):
            write_private(path, json.dumps(known | wanted, indent=1))
        return wanted

    def delete(self) -> tuple[str, ...]:
        """Delete what is in the folder; the names that were left because a test stack runs in them."""
        if not self.path.exists():
            return ()
        if not self.ours():
            raise StackError(f"{self.path} carries no marker of a Serhet stack: nothing was deleted")
        if self._tests_run():
            for entry in self.path.iterdir():
                if entry.name not in (TEST_FOLDER, self.marker.name):
                    shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
            return (TEST_FOLDER,)
        shutil.rmtree(self.path)
        return ()

    def _tests_run(self) -> bool:
        return any(is_locked(lock) for lock in (self / TEST_FOLDER).glob("*/supervisor.lock"))


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner reads, at once or not at all."""
    write_whole(path, text, mode=0o600)


def write_whole(path: Path, text: str, mode: int = 0o644) -> None:
    """Write a file at once or not at all, so that no reader meets half of it, and nothing stays of half of it."""
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    passing.unlink(missing_ok=True)
    try:
        with open(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "w", encoding="utf-8") as file:
            file.write(text)
        passing.replace(path)
    finally:
        passing.unlink(missing_ok=True)


@contextmanager
def locked(path: Path, busy: str = "") -> Iterator[None]:
    """Hold a lock that the kernel frees with the process.

    `busy` is the text of the StackError when somebody else holds it; empty: wait. One second of patience, because
    whoever only asks (`is_locked`) holds it for a moment.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        for _ in range(PATIENCE_TRIES if busy else 0):
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            time.sleep(0.05)
        else:
            if busy:
                raise StackError(busy)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_locked(path: Path) -> bool:
    """Whether a living process holds the lock."""
    try:
        with path.open("r") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False
