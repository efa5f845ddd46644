from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.calendar import ASHGABAT, EARLIEST, LATEST, day, days_after, months_after, term_ends

INSTANTS = st.datetimes(datetime(2000, 1, 1), datetime(2199, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - bounds


def ashgabat(year: int, month: int, number: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, number, hour, minute, tzinfo=ASHGABAT)


@pytest.mark.parametrize("start", [ashgabat(2026, 3, 2), ashgabat(2026, 3, 2, 12), ashgabat(2026, 3, 2, 23, 59)])
def test_a_term_of_days_leaves_out_the_day_of_its_start_and_ends_with_its_last_day(start: datetime) -> None:
    assert days_after(start, 3) == datetime(2026, 3, 5, 19, tzinfo=UTC) == ashgabat(2026, 3, 6)
    assert days_after(start, 3).tzinfo == UTC


def test_it_is_the_day_at_ashgabat_that_counts() -> None:
    assert days_after(datetime(2026, 3, 2, 18, 59, 59, tzinfo=UTC), 3) == ashgabat(2026, 3, 6)
    assert days_after(datetime(2026, 3, 2, 19, 0, tzinfo=UTC), 3) == ashgabat(2026, 3, 7)
    assert months_after(datetime(2026, 1, 31, 18, 59, 59, tzinfo=UTC), 1) == ashgabat(2026, 3, 1)
    assert months_after(datetime(2026, 1, 31, 19, 0, tzinfo=UTC), 1) == ashgabat(2026, 3, 2)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        ((2028, 2, 27), (2028, 3, 1)),
        ((2026, 2, 27), (2026, 3, 2)),
        ((2100, 2, 26), (2100, 3, 1)),
        ((2026, 12, 30), (2027, 1, 2)),
        ((2000, 1, 1), (2000, 1, 4)),
        ((2199, 12, 31), (2200, 1, 3)),
    ],
)
def test_days_are_those_of_the_calendar_and_no_holiday_moves_them(
    start: tuple[int, int, int], last: tuple[int, int, int]
) -> None:
    assert days_after(ashgabat(*start, hour=12), 3) == ashgabat(*last) + timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "months", "last"),
    [
        ((2026, 1, 31), 1, (2026, 2, 28)),
        ((2028, 1, 31), 1, (2028, 2, 29)),
        ((2100, 1, 31), 1, (2100, 2, 28)),
        ((2000, 1, 30), 1, (2000, 2, 29)),
        ((2026, 2, 28), 1, (2026, 3, 28)),
        ((2026, 8, 31), 6, (2027, 2, 28)),
        ((2026, 12, 31), 1, (2027, 1, 31)),
        ((2026, 10, 15), 6, (2027, 4, 15)),
        ((2199, 12, 31), 2, (2200, 2, 28)),
    ],
)
def test_a_term_of_months_ends_with_the_day_of_the_same_number_or_the_months_last(
    start: tuple[int, int, int], months: int, last: tuple[int, int, int]
) -> None:
    assert months_after(ashgabat(*start, hour=23, minute=59), months) == ashgabat(*last) + timedelta(days=1)


@pytest.mark.parametrize(
    ("start", "years", "last"),
    [
        ((2028, 2, 29), 1, (2029, 2, 28)),
        ((2028, 2, 29), 4, (2032, 2, 29)),
        ((2096, 2, 29), 4, (2100, 2, 28)),
        ((2027, 2, 28), 1, (2028, 2, 28)),
        ((2026, 5, 1), 3, (2029, 5, 1)),
    ],
)
def test_a_term_of_years_ends_with_the_same_day_of_its_last_year(
    start: tuple[int, int, int], years: int, last: tuple[int, int, int]
) -> None:
    assert term_ends(ashgabat(*start), years, "years") == ashgabat(*last) + timedelta(days=1)


def test_a_term_is_counted_in_its_own_unit() -> None:
    start = ashgabat(2026, 3, 2, 9)
    assert [term_ends(start, 2, unit) for unit in ("days", "months", "years")] == [
        ashgabat(2026, 3, 5),
        ashgabat(2026, 5, 3),
        ashgabat(2028, 3, 3),
    ]


@given(INSTANTS, st.integers(1, 400))
def test_an_act_is_in_time_before_the_end_and_too_late_behind_it(start: datetime, count: int) -> None:
    end = days_after(start, count)
    assert day(end - timedelta(microseconds=1)) == day(start) + timedelta(days=count)
    assert day(end) == day(start) + timedelta(days=count + 1)


@given(INSTANTS, st.integers(1, 36))
def test_a_months_end_never_comes_earlier_for_a_later_start(start: datetime, months: int) -> None:
    assert months_after(start, months) <= months_after(start + timedelta(days=1), months)
    assert months_after(start, months) < months_after(start, months + 1)
    last = day(months_after(start, months) - timedelta(microseconds=1))
    assert last.day == day(start).day or (last + timedelta(days=1)).day == 1
    assert (last.year - day(start).year) * 12 + last.month - day(start).month == months


def test_every_instant_that_is_taken_has_its_day() -> None:
    assert (day(EARLIEST), day(LATEST - timedelta(microseconds=1))) == (date(2000, 1, 1), date(2200, 1, 1))
