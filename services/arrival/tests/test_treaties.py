"""A treaty on the notice at a post goes before the Code and before what was agreed there (Art. 3(2))."""

from collections.abc import Callable
from pathlib import Path

import pytest

from arrival.movement import duty
from decider.tests.kit import NOON
from law.act import FindingLayer
from law.reference import VARIABLE
from law.rule import Happened
from law.tests.late_act import forget

Sets = Callable[[str], None]
FACT = Happened(NOON, NOON)
TREATY = """
id = "TREATY"
title = "On notices, for tests only"
layer = "treaty"
citation = "Treaty on notices, Art. 2"
in_force_from = 2026-01-01
known_from = 2026-01-01
source = "Invented for tests"
sample = true
"""


@pytest.fixture
def sets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Sets:
    """A treaty with these rows is on file besides the acts."""

    def load(rows: str) -> None:
        (tmp_path / "acts").mkdir()
        (tmp_path / "acts" / "treaty.toml").write_text(TREATY + rows, encoding="utf-8")
        monkeypatch.setenv(VARIABLE, str(tmp_path))
        forget()
        request.addfinalizer(forget)
        request.addfinalizer(monkeypatch.undo)

    return load


@pytest.mark.law("A3", "F1")
@pytest.mark.parametrize(
    ("checkpoint", "mode", "required", "layer"),
    [
        ("ASB-AIR", "air", "false", None),
        ("ASB-AIR", "air", "true", "treaty"),
        ("HWD-ROD", "road", "false", None),
        ("ART-ROD", "road", "true", "treaty"),
    ],
)
def test_art_3_2_a_treaty_says_for_a_post_whether_notice_is_due(
    sets: Sets, checkpoint: str, mode: str, required: str, layer: FindingLayer | None
) -> None:
    procedure = f'checkpoint = "{checkpoint}"\nversion = "T"\nmodes = ["{mode}"]\nnotice_required = {required}\n'
    before = {"ASB-AIR": "code", "HWD-ROD": "by-law", "ART-ROD": None}
    assert duty.is_due(FACT, mode, checkpoint) == before[checkpoint]  # type: ignore[arg-type]
    sets(f"[[procedures]]\n{procedure}")
    assert duty.is_due(FACT, mode, checkpoint) == layer  # type: ignore[arg-type]
    assert duty.is_due(FACT, "air", "MRY-AIR") == "code"


@pytest.mark.law("A2", "F23")
def test_art_3_2_a_treaty_that_displaces_a_procedure_leaves_what_the_code_itself_makes_due(sets: Sets) -> None:
    sets(
        "".join(
            f'[[displaces]]\npoint = "procedure"\nprovision = "3"\ncheckpoint = "{checkpoint}"\nmodes = ["{mode}"]\n'
            for checkpoint, mode in (("HWD-ROD", "road"), ("ASB-AIR", "air"))
        )
    )
    assert duty.is_due(FACT, "road", "HWD-ROD") is None
    assert duty.is_due(FACT, "air", "ASB-AIR") == "code"
    assert duty.procedure(FACT, "ASB-AIR", "air") is None
