"""Worked cases for every provision under which a rule is declared, in the order of the Code."""

from tests.law.cases import chapter_1, chapter_2, chapter_3, chapter_4, chapter_7, chapter_8
from tests.law.cases.case import Case

CASES: tuple[Case, ...] = (
    *chapter_1.CASES,
    *chapter_2.CASES,
    *chapter_3.CASES,
    *chapter_4.CASES,
    *chapter_7.CASES,
    *chapter_8.CASES,
)
LEAST = 2
ONE_IS_ENOUGH = {"7(4)": "it says who bears a cost, and there is nothing that could come out otherwise"}
"""Provisions with one case, and why."""
