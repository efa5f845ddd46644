"""A bed: a copy of the tree with servers of its own, in which defects are planted, one at a time."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from deploy.testing.stacks import servers
from tests.planted.defects import Defect, copied, importing, plant

PASSED, FAILED = 0, 1
SECONDS_MAX, LINES = 120, 15
NOT_PASSED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
PYTEST = (sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider")


@dataclass(frozen=True)
class Bed:
    """The copy's root, and what its tests find in their environment."""

    tree: Path
    environment: Mapping[str, str]

    def failing(self, tests: Sequence[str]) -> set[str]:
        """Those of the tests that do not pass together in one run where nothing is planted; all, if it ends early."""
        done = self._pytest("-rfE", *tests)
        if done.returncode not in (PASSED, FAILED):
            return set(tests)
        nodes = NOT_PASSED.findall(done.stdout)
        return {test for test in tests if any(node.startswith(test) for node in nodes)}

    def run(self, test: str) -> tuple[int, str]:
        """pytest's exit status, and the last that it said; a test that hangs has failed."""
        try:
            done = self._pytest("-x", test, seconds=SECONDS_MAX)
        except subprocess.TimeoutExpired:
            return FAILED, f"did not end within {SECONDS_MAX} s"
        return done.returncode, "\n".join(done.stdout.splitlines()[-LINES:])

    def planted(self, defect: Defect) -> int:
        """The exit status of the defect's test with the defect in the tree."""
        plant(defect, self.tree)
        try:
            return self.run(defect.test)[0]
        finally:
            plant(defect, self.tree, back=True)

    def _pytest(self, *argv: str, seconds: float | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*PYTEST, *argv], cwd=self.tree, env=dict(self.environment), capture_output=True, text=True, check=False,
            timeout=seconds,
        )  # fmt: skip


@contextmanager
def made(root: Path) -> Iterator[Bed]:
    """A bed from the tree at `root`; its servers run and its folder stands as long as the context."""
    with tempfile.TemporaryDirectory() as name, servers() as chosen:
        folder = Path(name)
        tree = copied(root, folder / "tree")
        yield Bed(
            tree,
            {
                **os.environ,
                "PYTHONPATH": importing(tree),
                "SERHET_TEST_KAFKA": chosen.kafka,
                "SERHET_TEST_POSTGRES": chosen.postgres_admin,
                "SERHET_FOLDER": str(folder / "state"),
            },
        )
