from datetime import UTC, date, datetime

from law.calendar import ASHGABAT
from law.dated import Dated, Version
from law.terms import TEMPORARY_STORAGE, Term, ends


def ashgabat(day: int, hour: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, tzinfo=ASHGABAT)


def test_goods_are_stored_for_three_days() -> None:
    assert ends(TEMPORARY_STORAGE, occurred=ashgabat(2, 12), recorded=ashgabat(2, 12)) == ashgabat(6)


def test_a_term_is_that_of_the_day_on_which_it_began_as_it_was_known_when_that_was_recorded() -> None:
    shorter = Version(
        value=Term(article="ACT-1 2", count=1), in_force_from=date(2026, 3, 1), known_from=date(2026, 3, 10)
    )
    term = Dated(name="storage", versions=(*TEMPORARY_STORAGE.versions, shorter))
    before, within, known = datetime(2026, 2, 28, 12, tzinfo=UTC), ashgabat(2), ashgabat(10)
    assert ends(term, occurred=within, recorded=within) == ashgabat(6)
    assert ends(term, occurred=within, recorded=known) == ashgabat(4)
    assert ends(term, occurred=before, recorded=known) == datetime(2026, 3, 3, 19, tzinfo=UTC)


def test_a_term_may_be_one_of_months() -> None:
    term = Dated(name="six months", versions=(Version(value=Term(article="ACT-1 3", count=6, unit="months")),))
    assert ends(term, occurred=ashgabat(31), recorded=ashgabat(31)) == datetime(2026, 10, 1, tzinfo=ASHGABAT)
