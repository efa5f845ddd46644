from xml.etree import ElementTree

import pytest

from benchmarks.figures import Figure, Row
from benchmarks.plot import bars
from benchmarks.report import BARS, BEGIN, END, filled, in_markdown
from benchmarks.rows import ROWS

RATE = Figure(Row(name="rate", what="lifecycles", unit="/s"), (100.0, 120.0, 90.0))
SLOW = Figure(Row(name="slow", what="lifecycles", unit="/s"), (10.0, 12.0, 5.0))


def test_the_table_of_a_run_takes_the_place_of_the_one_before() -> None:
    page = f"before\n{BEGIN}\n\n| old |\n\n{END}\nafter\n"
    assert filled(page, "| new |") == f"before\n{BEGIN}\n\n| new |\n\n{END}\nafter\n"


def test_a_page_without_marks_is_not_written() -> None:
    with pytest.raises(ValueError, match="marks"):
        filled("a page", "| new |")


def test_the_table_has_a_line_per_figure() -> None:
    assert in_markdown([RATE]).splitlines()[2:] == ["| lifecycles | 100 /s | 90 to 120 |  |"]


def test_the_longest_bar_is_that_of_the_most() -> None:
    drawn = ElementTree.fromstring(bars("lifecycles <each second>", [("one", RATE), ("other", SLOW)]))  # noqa: S314
    one, other = (float(bar.get("width", "")) for bar in drawn.iter("{http://www.w3.org/2000/svg}rect"))
    assert one == pytest.approx(10 * other, rel=0.01)


def test_every_bar_of_the_plot_is_a_row_of_the_table() -> None:
    assert set(BARS) <= {row.name for row in ROWS}
