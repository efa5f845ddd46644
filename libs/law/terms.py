"""Terms that the law sets, each with its article."""

from dataclasses import dataclass
from datetime import datetime

from law.calendar import Unit, term_ends
from law.dated import Dated, Version


@dataclass(frozen=True, kw_only=True, slots=True)
class Term:
    """So many days, months or years, as one provision sets them."""

    article: str
    count: int
    unit: Unit = "days"


TEMPORARY_STORAGE = Dated(
    name="the term of temporary storage", versions=(Version(value=Term(article="7(1) para 2", count=3)),)
)
"""Of goods whose import is prohibited, but for those for which an act sets another term (`law.rulebook.term_of`)."""


def ends(term: Dated[Term], *, occurred: datetime, recorded: datetime) -> datetime:
    """To which instant a term runs that began at `occurred`, by the law of that day as it was known at `recorded`."""
    set_then = term.at(occurred=occurred, recorded=recorded)
    return term_ends(occurred, set_then.count, set_then.unit)
