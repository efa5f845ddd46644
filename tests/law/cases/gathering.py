"""Worked cases for every provision under which a rule is declared, in the order of the Code.

They stand in this package by chapter, or as `CASES` beside the test of the rule that they show.
"""

from functools import cache
from importlib import import_module
from pathlib import Path

from tests.law.cases.case import Case
from tests.law.pages.chapters import order

SERVICES = Path(__file__).parents[3] / "services"
LEAST = 2
ONE_IS_ENOUGH = {"7(4)": "it says who bears a cost, and there is nothing that could come out otherwise"}
"""Provisions with one case, and why."""


@cache
def cases() -> tuple[Case, ...]:
    """All, in the order of the Code; of one provision those of the chapter first."""
    here = [f"tests.law.cases.{path.stem}" for path in sorted(Path(__file__).parent.glob("chapter_*.py"))]
    beside = [
        f"{path.parts[-3]}.tests.{path.stem}" for path in sorted(SERVICES.glob("*/tests/test_*.py")) if _has(path)
    ]
    found = [case for module in (*here, *beside) for case in import_module(module).CASES]
    return tuple(sorted(found, key=lambda case: order(case.under)))


def _has(path: Path) -> bool:
    return "\nCASES = (" in path.read_text(encoding="utf-8")
