"""`make planted`: plants each defect in a copy of the tree; its test has to fail with it, and to pass without."""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from deploy.testing.stacks import servers
from tests.planted.caught import Caught
from tests.planted.defects import Defect, Unfit, check, copied, importing, plant, read

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
PASSED, FAILED = 0, 1
SECONDS_MAX = 120
CAUGHT, LINES = ".caught", 15
WORDS = {PASSED: "passes", FAILED: "fails"}


def main(argv: Sequence[str]) -> int:
    """Runs all, or those whose names contain one of the words given; 0 if every test told the defect from the rest."""
    console = Console()
    parser = argparse.ArgumentParser(prog="make planted", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="WORD", help="only those whose names contain one of these words")
    parser.add_argument("--resume", action="store_true", help="leave out what was caught, and is as it was then")
    options = parser.parse_args(argv)
    try:
        defects = [each for each in read(FOLDER) if not options.only or any(word in each.name for word in options.only)]
        caught = Caught.begun(FOLDER / CAUGHT, ROOT, options.resume or bool(options.only))
        left = [each for each in defects if not (options.resume and caught.holds(each))]
        with tempfile.TemporaryDirectory() as folder, _environment(Path(folder)) as environment:
            bed = Bed(copied(ROOT, Path(folder) / "tree"), environment)
            found = [(each, *_judge(each, bed, caught, console)) for each in left]
    except Unfit as unfit:
        console.print(str(unfit), style="red")
        return 1
    table = Table("planted", "named test", "without", "with", box=None, pad_edge=False)
    for defect, without, planted in found:
        table.add_row(defect.name, defect.test.rpartition("/")[2], _word(without), _word(planted))
    console.print(table)
    before, missed = len(defects) - len(left), sum(codes != [PASSED, FAILED] for _, *codes in found)
    earlier = f", {before} of them in an earlier run" if before else ""
    console.print(f"{len(defects) - missed} of {len(defects)} defects are caught by the tests named for them{earlier}")
    return 1 if missed or not defects else 0


class Bed:
    """A copy of the tree, in which defects are planted, one at a time."""

    def __init__(self, tree: Path, environment: Mapping[str, str]) -> None:
        self.tree, self._environment = tree, environment
        self._without: dict[str, tuple[int, str]] = {}

    def without(self, test: str) -> tuple[int, str]:
        """How a test ends where nothing is planted; tests that several defects are named for run once."""
        if test not in self._without:
            self._without[test] = self.run(test)
        return self._without[test]

    def run(self, test: str) -> tuple[int, str]:
        """pytest's exit status, and the last that it said; a test that hangs has failed."""
        argv = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
        try:
            done = subprocess.run(
                argv, cwd=self.tree, env=self._environment, capture_output=True, text=True, check=False,
                timeout=SECONDS_MAX,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            return FAILED, f"did not end within {SECONDS_MAX} s"
        return done.returncode, "\n".join(done.stdout.splitlines()[-LINES:])


def _judge(defect: Defect, bed: Bed, caught: Caught, console: Console) -> tuple[int, int]:
    """The test's exit status without the defect, and with it."""
    began = time.monotonic()
    try:
        check(defect, bed.tree)
    except Unfit as unfit:
        console.print(f"NOT CAUGHT {unfit}", markup=False, soft_wrap=True)
        return PASSED, PASSED
    without, said = bed.without(defect.test)
    plant(defect, bed.tree)
    try:
        planted, _ = bed.run(defect.test)
    finally:
        plant(defect, bed.tree, back=True)
    if good := (without, planted) == (PASSED, FAILED):
        caught.add(defect)
    told = "caught" if good else "NOT CAUGHT"
    console.print(f"{told:<10} {time.monotonic() - began:5.0f} s  {defect.name}: {defect.what}", soft_wrap=True)
    if without != PASSED:
        console.print(f"without it, its test says:\n{said}", markup=False, soft_wrap=True)
    return without, planted


@contextmanager
def _environment(folder: Path) -> Iterator[dict[str, str]]:
    """Servers for all runs, and a path to the copy's packages."""
    with servers() as chosen:
        yield {
            **os.environ,
            "PYTHONPATH": importing(folder / "tree"),
            "SERHET_TEST_KAFKA": chosen.kafka,
            "SERHET_TEST_POSTGRES": chosen.postgres_admin,
            "SERHET_FOLDER": str(folder / "state"),
        }


def _word(code: int) -> str:
    return WORDS.get(code, f"cannot be run ({code})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
