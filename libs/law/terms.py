"""Terms that the law sets in days, each with its article and its two dates: in force from, and known from."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from law.calendar import EARLIEST, day, days_after


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """So many days, as one provision sets them."""

    article: str
    days: int
    in_force_from: date
    known_from: date


TEMPORARY_STORAGE = (Term(article="7(1) para 2", days=3, in_force_from=day(EARLIEST), known_from=day(EARLIEST)),)
"""Of goods whose import is prohibited. The Code leaves room for other terms for some goods; no act on file sets one."""


def ends(terms: Sequence[Term], *, occurred: datetime, recorded: datetime) -> datetime:
    """To which instant a term runs that began at `occurred`, by the law of that day as it was known at `recorded`."""
    known = [each for each in terms if each.known_from <= day(recorded) and each.in_force_from <= day(occurred)]
    return days_after(occurred, max(known, key=lambda each: (each.known_from, each.in_force_from)).days)
