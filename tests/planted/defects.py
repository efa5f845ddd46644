"""Patches of this folder: each plants one defect, and names the test that notices it."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

TEST = re.compile(r"^Test: (\S+)$", re.MULTILINE)
LEFT_OUT = shutil.ignore_patterns(
    ".git", ".venv", ".serhet", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"
)


class Unfit(Exception):  # noqa: N818 - what the patch is
    """A patch that cannot be used; the message says what to do."""


@dataclass(frozen=True, kw_only=True)
class Defect:
    """A patch: what it plants, in a sentence, and the test (a pytest node id) that fails with it."""

    name: str
    what: str
    test: str
    patch: Path


def read(folder: Path) -> list[Defect]:
    """Every patch of the folder, by name. Raises Unfit on one that does not say what it plants, or names no test."""
    return [_read(patch) for patch in sorted(folder.glob("*.patch"))]


def _read(patch: Path) -> Defect:
    head, *files = patch.read_text(encoding="utf-8").split("\ndiff --git ")
    if empty := [each.splitlines()[0] for each in files if "\n@@ " not in each]:
        raise Unfit(f"{patch.name}: nothing is changed in {empty[0]}; put the hunk back, or take the file out")
    named = TEST.search(head)
    what = " ".join(TEST.sub("", head).split())
    if not named or not what:
        raise Unfit(f"{patch.name}: begin with a sentence that says what is planted, and a line `Test: <node id>`")
    return Defect(name=patch.stem, what=what, test=named[1], patch=patch)


def copied(root: Path, folder: Path) -> Path:
    """A copy of the tree, without what is made from it."""
    return Path(shutil.copytree(root, folder, ignore=LEFT_OUT))


def importing(tree: Path) -> str:
    """The PYTHONPATH by which the copy's packages stand before the installed ones."""
    return os.pathsep.join(str(tree / part) for part in ("libs", "services", "."))


def plant(defect: Defect, tree: Path, back: bool = False) -> None:
    """Applies the patch, or takes it back. Raises Unfit where it does not fit the tree any more."""
    _apply(defect, tree, *(["--reverse"] if back else []))


def check(defect: Defect, tree: Path) -> None:
    """Raises Unfit where the patch does not fit the tree any more, and changes nothing."""
    _apply(defect, tree, "--check")


def _apply(defect: Defect, tree: Path, *options: str) -> None:
    argv = ["git", "apply", "--whitespace=nowarn", *options, str(defect.patch)]
    done = subprocess.run(argv, cwd=tree, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Unfit(f"{defect.patch.name} does not apply any more; make it anew:\n{done.stderr}")
