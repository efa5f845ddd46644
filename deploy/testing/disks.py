"""A small disk for tests, that can be filled and freed again."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BALLAST = "ballast"
FEW_FILES = 10_000


class NoDisk(Exception):  # noqa: N818 - a state of the world, named as one
    """None can be mounted here."""


@contextmanager
def small_disk(path: Path, megabytes: int, files: int = 0) -> Iterator[Path]:
    """A disk of its own at `path`, of so many megabytes, and for at most so many files, if that is said.

    Raises NoDisk where none can be mounted. What is written there is gone afterwards.
    """
    new = not path.exists()
    path.mkdir(parents=True, exist_ok=True)
    options = f"size={megabytes}m,mode=0755" + (f",nr_inodes={files}" if files else "")
    argv = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(path)]
    try:
        mounted = subprocess.run(argv, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise NoDisk(str(error)) from error
    if mounted.returncode:
        raise NoDisk(mounted.stderr.strip())
    try:
        yield path
    finally:
        subprocess.run(["umount", "--lazy", str(path)], check=True)
        if new:
            path.rmdir()


def fill(disk: Path) -> None:
    """Write until not one page more goes on the disk, nor one file more where they are few; again, if it was freed."""
    ballast = disk / BALLAST
    ballast.mkdir(exist_ok=True)
    with (ballast / "bytes").open("ab", buffering=0) as file:
        for size in (2**20, 4096):
            with suppress(OSError):
                while file.write(bytes(size)) == size:
                    pass
    with suppress(OSError):
        for number in range(FEW_FILES):
            (ballast / str(number)).touch(exist_ok=False)


def free(disk: Path) -> None:
    """Take away what `fill` wrote."""
    for path in (disk / BALLAST).iterdir():
        path.unlink()


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Full inside, free afterwards."""
    fill(disk)
    try:
        yield
    finally:
        free(disk)
