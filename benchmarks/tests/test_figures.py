import pytest

from benchmarks.figures import Figure, Row, collected, percentile

FAST = Row(name="fast", what="lifecycles", unit="/s", aim=600)
SHORT = Row(name="short", what="POST to answer", unit="ms", aim=30, at_most=True, digits=1)


def test_a_figure_shows_its_median_its_spread_and_its_aim() -> None:
    assert Figure(FAST, (610, 590, 1650)).cells() == ("lifecycles", "610 /s", "590 to 1,650", "at least 600 /s")


def test_a_figure_of_one_run_has_no_spread() -> None:
    assert Figure(SHORT, (12.34,)).cells() == ("POST to answer", "12.3 ms", "", "at most 30.0 ms")


def test_an_aim_that_is_missed_says_so() -> None:
    missed = Figure(SHORT, (30.5, 31.0, 29.0))
    assert missed.reached is False
    assert missed.cells()[-1] == "at most 30.0 ms: not yet"
    assert Figure(FAST, (599.0,)).reached is False
    assert Figure(FAST, (600.0,)).reached is True


def test_figures_come_in_the_order_of_the_rows_and_those_that_were_not_measured_are_left_out() -> None:
    other = Row(name="other", what="?", unit="")
    found = collected([FAST, other, SHORT], {"short": [1.0], "fast": [2.0, 3.0]})
    assert [figure.row.name for figure in found] == ["fast", "short"]


def test_what_has_no_row_is_refused() -> None:
    with pytest.raises(KeyError, match="unheard"):
        collected([FAST], {"unheard": [1.0]})


def test_a_percentile_is_a_value_that_was_measured() -> None:
    hundred = [float(value) for value in range(100, 0, -1)]
    assert [percentile(hundred, percent) for percent in (0, 50, 99, 100)] == [1.0, 50.0, 99.0, 100.0]
    assert percentile([7.0], 99) == 7.0
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)
