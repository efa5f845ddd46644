from datetime import UTC, date, datetime

import pytest

from law.calendar import ASHGABAT, days_after
from law.terms import TEMPORARY_STORAGE, Term, ends


def ashgabat(day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=ASHGABAT)


@pytest.mark.parametrize("start", [ashgabat(2), ashgabat(2, 12), ashgabat(2, 23, 59)])
def test_a_term_of_days_leaves_out_the_day_of_its_start_and_ends_with_its_last_day(start: datetime) -> None:
    assert days_after(start, 3) == datetime(2026, 3, 5, 19, tzinfo=UTC) == ashgabat(6)
    assert days_after(start, 3).tzinfo == UTC


def test_it_is_the_day_at_ashgabat_that_counts() -> None:
    assert days_after(datetime(2026, 3, 2, 18, 59, tzinfo=UTC), 3) == ashgabat(6)
    assert days_after(datetime(2026, 3, 2, 19, 0, tzinfo=UTC), 3) == ashgabat(7)


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (datetime(2028, 2, 27, 12, tzinfo=UTC), datetime(2028, 3, 1, 19, tzinfo=UTC)),
        (datetime(2026, 2, 27, 12, tzinfo=UTC), datetime(2026, 3, 2, 19, tzinfo=UTC)),
        (datetime(2026, 12, 30, 12, tzinfo=UTC), datetime(2027, 1, 2, 19, tzinfo=UTC)),
        (datetime(2000, 1, 1, tzinfo=UTC), datetime(2000, 1, 4, 19, tzinfo=UTC)),
    ],
)
def test_days_are_those_of_the_calendar_and_no_holiday_moves_them(start: datetime, end: datetime) -> None:
    assert days_after(start, 3) == end
    assert ends(TEMPORARY_STORAGE, occurred=start, recorded=start) == end


def test_a_term_is_that_of_the_day_on_which_it_began_as_it_was_known_when_that_was_recorded() -> None:
    shorter = Term(article="ACT-1 2", days=1, in_force_from=date(2026, 3, 1), known_from=date(2026, 3, 10))
    terms = (*TEMPORARY_STORAGE, shorter)
    before, within, known = datetime(2026, 2, 28, 12, tzinfo=UTC), ashgabat(2), ashgabat(10)
    assert ends(terms, occurred=within, recorded=within) == ashgabat(6)
    assert ends(terms, occurred=within, recorded=known) == ashgabat(4)
    assert ends(terms, occurred=before, recorded=known) == datetime(2026, 3, 3, 19, tzinfo=UTC)
