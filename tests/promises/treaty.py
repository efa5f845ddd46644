"""A treaty on file besides the other acts: what one of them prohibits it lets in, and says nothing else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

from law.reference import VARIABLE
from law.tests.late_act import forget
from tests.promises.lives import BOMBS

TREATY = f"""
id = "TREATY"
title = "Of goods that exist in tests only"
layer = "treaty"
citation = "Treaty for tests, Art. 4"
in_force_from = 2020-01-01
known_from = 2020-01-01
source = "Invented for tests"
sample = true

[[displaces]]
point = "prohibition"
provision = "4"
prefix = "{BOMBS[:6]}"
"""


@contextmanager
def on_file() -> Iterator[None]:
    with TemporaryDirectory() as folder, patch.dict(os.environ, {VARIABLE: folder}):
        (Path(folder) / "acts").mkdir()
        (Path(folder) / "acts" / "treaty.toml").write_text(TREATY, encoding="utf-8")
        forget()
        yield
    forget()
