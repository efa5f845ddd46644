"""Every planted defect fits the tree, and names a test that is there; whether that notices it, `make planted` says."""

from pathlib import Path

import pytest

from tests.planted.caught import Caught
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


def test_a_run_that_was_ended_goes_on_with_what_is_not_caught_or_has_changed(tmp_path: Path) -> None:
    (tmp_path / "test_one.py").write_text("one", encoding="utf-8")
    one, other = (
        Defect(name=name, what="", test="test_one.py::test_one", patch=tmp_path / f"{name}.patch")
        for name in ("one", "other")
    )
    for defect in (one, other):
        defect.patch.write_text(defect.name, encoding="utf-8")
    Caught.begun(tmp_path / "caught", tmp_path, resumed=True).add(one)
    again = Caught.begun(tmp_path / "caught", tmp_path, resumed=True)
    assert (again.holds(one), again.holds(other)) == (True, False)
    assert not Caught.begun(tmp_path / "caught", tmp_path, resumed=False).holds(one)
    one.patch.write_text("another", encoding="utf-8")
    assert not again.holds(one)
    one.patch.write_text("one", encoding="utf-8")
    (tmp_path / "test_one.py").write_text("another", encoding="utf-8")
    assert not again.holds(one)


def test_a_patch_that_names_a_file_and_changes_nothing_in_it_says_what_to_do(tmp_path: Path) -> None:
    whole = DEFECTS[0].patch.read_text(encoding="utf-8")
    (tmp_path / "half.patch").write_text(whole + "diff --git a/README.md b/README.md\n", encoding="utf-8")
    with pytest.raises(Unfit, match=r"half.patch: nothing is changed in a/README.md"):
        read(tmp_path)
