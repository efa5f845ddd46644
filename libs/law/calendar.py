"""Days as the law counts them: at Ashgabat, five hours before UTC all year.

The Code has no rule for counting, so this is Serhet's own (`days.count`), and nothing but it: days of the calendar, the
day of the start left out, to the last day's 24:00. A month or a year later is the day of the same number, or the last
of a month that has none such. No holiday moves an end.
"""

from calendar import monthrange
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import Literal, TypeAlias, assert_never

Unit: TypeAlias = Literal["days", "months", "years"]

ASHGABAT = timezone(timedelta(hours=5), "Asia/Ashgabat")
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between these lies every instant that is taken; the second is outside."""


def day(instant: datetime) -> date:
    """The calendar day of an instant at Ashgabat."""
    return instant.astimezone(ASHGABAT).date()


def term_ends(start: datetime, count: int, unit: Unit) -> datetime:
    """The end of a term of so many days, months or years, in UTC."""
    match unit:
        case "days":
            return days_after(start, count)
        case "months":
            return months_after(start, count)
        case "years":
            return months_after(start, 12 * count)
        case _:
            assert_never(unit)


def days_after(start: datetime, days: int) -> datetime:
    """The end of a term of so many days, in UTC."""
    return _midnight_after(day(start) + timedelta(days=days))


def months_after(start: datetime, months: int) -> datetime:
    """The end of a term of so many months, in UTC."""
    begun = day(start)
    years, month = divmod(begun.year * 12 + begun.month - 1 + months, 12)
    last_of_month = monthrange(years, month + 1)[1]
    return _midnight_after(date(years, month + 1, min(begun.day, last_of_month)))


def _midnight_after(last: date) -> datetime:
    """24:00 of that day at Ashgabat, in UTC."""
    return datetime.combine(last + timedelta(days=1), time(), ASHGABAT).astimezone(UTC)
