"""An act with an effect in the past, for tests: in force on a day, and known a month after it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from law import rulebook
from law.reference import VARIABLE

ACT = """
id = "LATE"
title = "Of goods that exist in tests only"
layer = "by-law"
citation = "Late act, item 1"
in_force_from = 2026-01-01
known_from = 2026-02-01
source = "Invented for tests"
sample = true
measures = [
  {kind = "prohibition", prefix = "999901", direction = "in", origin = "*", zone = "*"},
  {kind = "prohibition", prefix = "999902", direction = "in", origin = "XA", zone = "*"},
  {kind = "prohibition", prefix = "999902", direction = "in", origin = "XB", zone = "*"},
  {kind = "prohibition", prefix = "930690", direction = "in", origin = "*", zone = "*"},
  {kind = "restriction", prefix = "999903", direction = "in", origin = "*", zone = "*", requires = "late permit"},
  {kind = "restriction", prefix = "999905", direction = "in", origin = "XA", zone = "*", requires = "late permit"},
  {kind = "control", prefix = "999904", direction = "in", origin = "*", zone = "*", requires = "late body"},
  {kind = "control", prefix = "999906", direction = "in", origin = "XA", zone = "*", requires = "late body"},
]
terms = [{name = "temporary storage", provision = "1", prefix = "999901", count = 30}]

[[procedures]]
checkpoint = "ART-ROD"
version = "LATE/1"
modes = ["road"]
notice_required = true
lead = 600
signed_by_administration = 2025-12-01
signed_by_customs = 2025-12-02

[[procedures]]
checkpoint = "SRK-MIX"
version = "LATE/2"
modes = ["road"]
notice_required = false
signed_by_administration = 2025-12-01
signed_by_customs = 2025-12-02
"""
BEFORE_IT, IN_FORCE = (datetime(year, month, 15, 7, tzinfo=UTC) for year, month in ((2025, 12), (2026, 1)))
UNKNOWN, KNOWN = (datetime(2026, month, 20, 7, tzinfo=UTC) for month in (1, 3))
TIMES = [(IN_FORCE, KNOWN, True), (IN_FORCE, UNKNOWN, False), (BEFORE_IT, KNOWN, False)]
"""When something happened, when it was recorded, and whether the act holds for it."""


@pytest.fixture
def late_act(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The act is on file besides the others."""
    (tmp_path / "acts").mkdir()
    (tmp_path / "acts" / "late.toml").write_text(ACT, encoding="utf-8")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    forget()
    yield
    monkeypatch.undo()
    forget()


def forget() -> None:
    """What was read of acts is read anew."""
    for remembered in (rulebook.loaded, rulebook._loaded_on, rulebook._loaded_applied):
        remembered.cache_clear()
