"""Days as the law counts them: at Ashgabat, five hours before UTC all year."""

from datetime import UTC, date, datetime, time, timedelta, timezone

ASHGABAT = timezone(timedelta(hours=5), "Asia/Ashgabat")
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
"""Between these lies every instant that is taken; the second is outside."""


def day(instant: datetime) -> date:
    """The calendar day of an instant at Ashgabat."""
    return instant.astimezone(ASHGABAT).date()


def days_after(start: datetime, days: int) -> datetime:
    """The end of a term of so many days, in UTC: calendar days, the day of the start left out, to the last one's 24:00.

    The Code has no rule for counting days, so this is Serhet's own (`days.count`), and nothing but it.
    """
    midnight = datetime.combine(day(start) + timedelta(days=days + 1), time(), ASHGABAT)
    return midnight.astimezone(UTC)
