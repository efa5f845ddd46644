"""`make planted`: plants each defect in a copy of the tree; its test has to fail with it, and to pass without."""

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

from deploy.local.testing import servers
from tests.planted.defects import Defect, Unfit, copied, plant, read

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
PASSED, FAILED = 0, 1
SECONDS_MAX = 120
WORDS = {PASSED: "passes", FAILED: "fails"}


def main(wanted: Sequence[str]) -> int:
    """Runs all, or those whose names contain one of the words given; 0 if every test told the defect from the rest."""
    console = Console()
    try:
        defects = [each for each in read(FOLDER) if not wanted or any(word in each.name for word in wanted)]
        with tempfile.TemporaryDirectory() as folder, _environment(Path(folder)) as environment:
            tree = copied(ROOT, Path(folder) / "tree")
            found = [(each, *_judge(each, tree, environment, console)) for each in defects]
    except Unfit as unfit:
        console.print(str(unfit), style="red")
        return 1
    table = Table("planted", "named test", "without", "with", box=None, pad_edge=False)
    for defect, without, planted in found:
        table.add_row(defect.name, defect.test.rpartition("/")[2], _word(without), _word(planted))
    console.print(table)
    caught = sum(codes == (PASSED, FAILED) for _, *codes_ in found for codes in [tuple(codes_)])
    console.print(f"{caught} of {len(found)} defects are caught by the tests that are named for them")
    return 0 if found and caught == len(found) else 1


def _judge(defect: Defect, tree: Path, environment: Mapping[str, str], console: Console) -> tuple[int, int]:
    """The test's exit status without the defect, and with it."""
    began = time.monotonic()
    without = _run(defect.test, tree, environment)
    plant(defect, tree)
    try:
        planted = _run(defect.test, tree, environment)
    finally:
        plant(defect, tree, back=True)
    told = "caught" if (without, planted) == (PASSED, FAILED) else "NOT CAUGHT"
    console.print(f"{told:<10} {time.monotonic() - began:5.0f} s  {defect.name}: {defect.what}", soft_wrap=True)
    return without, planted


def _run(test: str, tree: Path, environment: Mapping[str, str]) -> int:
    """pytest's exit status; a test that hangs has failed."""
    argv = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    try:
        return subprocess.run(
            argv, cwd=tree, env=environment, capture_output=True, text=True, check=False, timeout=SECONDS_MAX
        ).returncode
    except subprocess.TimeoutExpired:
        return FAILED


@contextmanager
def _environment(folder: Path) -> Iterator[dict[str, str]]:
    """Servers for all runs, and a path on which the copy's packages stand before the installed ones."""
    tree = folder / "tree"
    path = os.pathsep.join(str(tree / part) for part in ("libs", "services", "."))
    with servers() as chosen:
        yield {
            **os.environ,
            "PYTHONPATH": path,
            "SERHET_TEST_KAFKA": chosen.kafka,
            "SERHET_TEST_POSTGRES": chosen.postgres_admin,
            "SERHET_FOLDER": str(folder / "state"),
        }


def _word(code: int) -> str:
    return WORDS.get(code, f"cannot be run ({code})")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
