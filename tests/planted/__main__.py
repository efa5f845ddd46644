"""`make planted`: plants each defect in a copy of the tree; its test has to fail with it, and to pass without."""

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import TypeVar

from rich.console import Console
from rich.table import Table

from tests.planted import beds
from tests.planted.beds import FAILED, PASSED, Bed
from tests.planted.caught import Caught
from tests.planted.defects import Defect, Unfit, check, read

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
CAUGHT = ".caught"
Thing = TypeVar("Thing")
Found = TypeVar("Found")
WORDS = {PASSED: "passes", FAILED: "fails"}


def main(argv: Sequence[str]) -> int:
    """Runs all, or those whose names contain one of the words given; 0 if every test told the defect from the rest."""
    console = Console()
    parser = argparse.ArgumentParser(prog="make planted", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="WORD", help="only those whose names contain one of these words")
    parser.add_argument("--resume", action="store_true", help="leave out what was caught, and is as it was then")
    parser.add_argument("--beds", type=int, default=2, metavar="N", help="copies of the tree at work at once (2)")
    options = parser.parse_args(argv)
    try:
        defects = [each for each in read(FOLDER) if not options.only or any(word in each.name for word in options.only)]
        caught = Caught.begun(FOLDER / CAUGHT, ROOT, options.resume or bool(options.only))
        left = [each for each in defects if not (options.resume and caught.holds(each))]
        with Field.of(min(options.beds, len(left))) as field:
            failing = field.failing(sorted({each.test for each in left}))
            codes = field.each(lambda bed, defect: _judge(defect, bed, failing, caught, console), left)
    except Unfit as unfit:
        console.print(str(unfit), style="red")
        return 1
    table = Table("planted", "named test", "without", "with", box=None, pad_edge=False)
    for defect, (without, planted) in zip(left, codes, strict=True):
        table.add_row(defect.name, defect.test.rpartition("/")[2], _word(without), _word(planted))
    console.print(table)
    before, missed = len(defects) - len(left), sum(each != (PASSED, FAILED) for each in codes)
    earlier = f", {before} of them in an earlier run" if before else ""
    console.print(f"{len(defects) - missed} of {len(defects)} defects are caught by the tests named for them{earlier}")
    return 1 if missed or not defects else 0


class Field:
    """Some beds, each at work on one thing at a time."""

    def __init__(self, made: Sequence[Bed]) -> None:
        self._count, self._free = len(made), SimpleQueue[Bed]()
        for bed in made:
            self._free.put(bed)

    @classmethod
    @contextmanager
    def of(cls, count: int) -> Iterator["Field"]:
        """So many beds from this tree."""
        with ExitStack() as ending:
            yield cls([ending.enter_context(beds.made(ROOT)) for _ in range(count)])

    def each(self, work: Callable[[Bed, Thing], Found], things: Sequence[Thing]) -> list[Found]:
        """What the work gives for each thing, in the things' order."""

        def on_a_free_bed(thing: Thing) -> Found:
            bed = self._free.get()
            try:
                return work(bed, thing)
            finally:
                self._free.put(bed)

        with ThreadPoolExecutor(max(1, self._count)) as threads:
            return list(threads.map(on_a_free_bed, things))

    def failing(self, tests: Sequence[str]) -> set[str]:
        """Those of the tests that do not pass where nothing is planted: each bed runs its share of them at once."""
        shares = [tests[each :: self._count] for each in range(self._count)]
        return set().union(*self.each(Bed.failing, shares))


def _judge(defect: Defect, bed: Bed, failing: set[str], caught: Caught, console: Console) -> tuple[int, int]:
    """The test's exit status without the defect, and with it."""
    began, without, said = time.monotonic(), PASSED, ""
    try:
        check(defect, bed.tree)
    except Unfit as unfit:
        console.print(f"NOT CAUGHT {unfit}", markup=False, soft_wrap=True)
        return PASSED, PASSED
    if defect.test in failing:
        without, said = bed.run(defect.test)
    planted = bed.planted(defect)
    if good := (without, planted) == (PASSED, FAILED):
        caught.add(defect)
    told = "caught" if good else "NOT CAUGHT"
    console.print(f"{told:<10} {time.monotonic() - began:5.0f} s  {defect.name}: {defect.what}", soft_wrap=True)
    if without != PASSED:
        console.print(f"without it, its test says:\n{said}", markup=False, soft_wrap=True)
    return without, planted


def _word(code: int) -> str:
    return WORDS.get(code, f"cannot be run ({code})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
