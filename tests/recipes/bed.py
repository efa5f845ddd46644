"""A copy of the tree, in which recipes are followed one after the other."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from tests.planted.defects import copied, importing

ROOT = Path(__file__).parents[2]
GIT = ("git", "-c", "user.name=recipes", "-c", "user.email=recipes@localhost", "-c", "commit.gpgsign=false")


class Told(NamedTuple):
    """How something that was run ended, and what it said."""

    code: int
    said: str


class Bed:
    """The copy is imported, not what is installed; it is put back with git."""

    def __init__(self, folder: Path) -> None:
        self.tree = copied(ROOT, folder / "tree")
        self._site = folder / "site"  # For what is installed anew: the entry points of services that are new.
        self._environment = {**os.environ, "PYTHONPATH": f"{importing(self.tree)}{os.pathsep}{self._site}"}
        (self.tree / ".venv").mkdir()
        (self.tree / ".venv" / "bin").symlink_to(Path(sys.executable).parent)
        for argv in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "As it is"]):
            self._done([*GIT, *argv])

    def put_back(self) -> None:
        """As it was before any recipe; what is compiled stays."""
        self._done([*GIT, "checkout", "--quiet", "."])
        self._done([*GIT, "clean", "--quiet", "-d", "--force"])
        shutil.rmtree(self._site, ignore_errors=True)

    def give(self, command: str) -> Told:
        """A command of a recipe. `make setup` would fetch everything: here it installs the services that are new."""
        if command == "make setup":
            return self._installed()
        make, *targets = command.split()
        return self.run([make, "--old-file=.venv/ready", f"RUN={sys.executable}", *targets])

    def touched(self) -> set[str]:
        """Every file that is not as it was."""
        said = self._done([*GIT, "status", "--porcelain", "--untracked-files=all"])
        return {line[3:] for line in said.splitlines()}

    def python(self, *argv: str) -> Told:
        return self.run([sys.executable, *argv])

    def pytest(self, *nodes: str) -> Told:
        return self.python("-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", *nodes)

    def run(self, argv: Sequence[str]) -> Told:
        done = subprocess.run(argv, cwd=self.tree, env=self._environment, capture_output=True, text=True, check=False)
        return Told(done.returncode, done.stdout + done.stderr)

    def _installed(self) -> Told:
        new = [path.parent for path in self.tree.glob("services/*/pyproject.toml")]
        new = [folder for folder in new if not (ROOT / folder.relative_to(self.tree)).exists()]
        if not new:
            return Told(0, "")
        options = ("--quiet", "--no-deps", "--no-build-isolation", "--offline", "--target", str(self._site))
        return self.python("-m", "uv", "pip", "install", *options, *(f"--editable={folder}" for folder in new))

    def _done(self, argv: Sequence[str]) -> str:
        told = self.run(argv)
        if told.code:
            raise RuntimeError(f"{' '.join(argv)}: {told.said}")
        return told.said
