"""Every planted defect fits the tree, and names a test that is there; whether that notices it, `make planted` says."""

from pathlib import Path

import pytest

from tests.planted.defects import Defect, Unfit, check, copied, plant, read

FOLDER = Path(__file__).parent
ROOT = FOLDER.parents[1]
DEFECTS = read(FOLDER)


def names_a_test(defect: Defect) -> bool:
    """Whether the file is there, and the function in it, if one is named."""
    file, _, node = defect.test.partition("::")
    path, function = ROOT / file, node.partition("[")[0]
    return path.is_file() and (not function or f"def {function}(" in path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_it_names_a_test_that_is_there(defect: Defect) -> None:
    assert names_a_test(defect), f"{defect.patch.name} names {defect.test}"


def test_a_test_that_is_gone_is_noticed() -> None:
    gone = Defect(name="gone", what="", test="tests/planted/test_defects.py::test_of_the_past", patch=FOLDER)
    assert not names_a_test(gone)


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.name)
def test_it_applies(defect: Defect) -> None:
    check(defect, ROOT)


def test_a_patch_that_does_not_fit_says_what_to_do(tmp_path: Path) -> None:
    tree = copied(FOLDER, tmp_path / "tree")
    with pytest.raises(Unfit, match="does not apply any more; make it anew"):
        plant(DEFECTS[0], tree)
