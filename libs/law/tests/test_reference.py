"""Further reference data by an environment variable, as a fresh process reads it."""

import subprocess
import sys
from pathlib import Path

from law import reference
from law.checkpoints import FILE
from law.tests.test_checkpoints import FARAP, HEAD
from law.tests.test_rulebook import ACT

ASK = """
from law.checkpoints import find
from law.rulebook import loaded
print([act.id for act in loaded() if not act.id.startswith("SAMPLE")], find("NEW-ROD") is not None)
"""


def asked(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {reference.VARIABLE: str(folder)}
    return subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_a_folder_of_reference_data_adds_acts_and_checkpoints(tmp_path: Path) -> None:
    (tmp_path / "acts").mkdir()
    (tmp_path / "acts" / "act.toml").write_text(ACT)
    (tmp_path / FILE).write_text(f"{HEAD}\n{FARAP.replace('FRP-MIX', 'NEW-ROD')}\n", encoding="utf-8")
    assert asked(tmp_path).stdout.strip() == "['ACT-1'] True"


def test_a_folder_may_hold_nothing(tmp_path: Path) -> None:
    assert asked(tmp_path).stdout.strip() == "[] False"


def test_a_folder_that_is_not_there_ends_the_process_and_is_named(tmp_path: Path) -> None:
    refused = asked(tmp_path / "nowhere")
    assert refused.returncode
    assert "nowhere, which is no folder: make it, or unset SERHET_REFERENCE" in refused.stderr
