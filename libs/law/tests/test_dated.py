from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from law.dated import Dated, Version

DAYS = st.dates(date(2025, 1, 1), date(2027, 12, 31))


def versions(number: int) -> st.SearchStrategy[tuple[Version[int], ...]]:
    one = st.builds(Version[int], value=st.integers(), in_force_from=DAYS, in_force_to=st.none(), known_from=DAYS)
    return st.lists(one, max_size=number, unique_by=lambda each: each.known_from).map(tuple)


def noon(when: date) -> datetime:
    return datetime(when.year, when.month, when.day, 7, tzinfo=UTC)


def test_a_value_is_that_of_the_day_as_it_was_known_when_it_was_recorded() -> None:
    three, one = Version(value=3), Version(value=1, in_force_from=date(2026, 3, 1), known_from=date(2026, 3, 10))
    dated = Dated(name="a term", versions=(three, one))
    assert dated.at(occurred=noon(date(2026, 3, 2)), recorded=noon(date(2026, 3, 9))) == 3
    assert dated.at(occurred=noon(date(2026, 3, 2)), recorded=noon(date(2026, 3, 10))) == 1
    assert dated.at(occurred=noon(date(2026, 2, 28)), recorded=noon(date(2026, 3, 10))) == 3


def test_a_version_is_in_force_on_its_first_and_its_last_day() -> None:
    version = Version(value=1, in_force_from=date(2026, 3, 1), in_force_to=date(2026, 3, 2))
    dated = Dated(name="a term", versions=(version,), total=False)
    assert [len(dated.answers(date(2026, 3, 1 + n), date(2026, 3, 1))) for n in range(3)] == [1, 1, 0]
    assert dated.answers(date(2026, 2, 28), date(2026, 3, 1)) == []


def test_what_need_not_hold_for_ever_ends_by_a_version_that_is_known_later() -> None:
    opened = Version(value=1, in_force_from=date(2025, 1, 1))
    closed = Version(value=1, in_force_from=date(2025, 1, 1), in_force_to=date(2026, 3, 1), known_from=date(2026, 2, 1))
    again = Version(value=1, in_force_from=date(2026, 5, 1), known_from=date(2026, 4, 1))
    post = Dated(name="a post", versions=(opened, closed, again), total=False)
    days, known = (
        (date(2026, 3, 1), date(2026, 3, 2), date(2026, 5, 1)),
        (date(2026, 1, 31), date(2026, 3, 31), date(2026, 4, 1)),
    )
    assert [[post.answers(day, then) for day in days] for then in known] == [
        [[1], [1], [1]],
        [[1], [], []],
        [[1], [], [1]],
    ]
    assert Dated(name="a term", versions=(opened, closed)).answers(days[1], known[1]) == [1]


def test_where_there_is_no_value_or_there_are_two_none_is_guessed() -> None:
    late = Version(value=1, in_force_from=date(2026, 3, 1))
    for of, said in (((late,), "has 0 values on 2026-02-28"), ((Version(value=1), Version(value=2)), "has 2 values")):
        with pytest.raises(LookupError, match=f"a term {said}"):
            Dated(name="a term", versions=of).at(occurred=noon(date(2026, 2, 28)), recorded=noon(date(2026, 2, 28)))


def test_two_versions_overlap_where_neither_is_known_later() -> None:
    first = Version(value=1, in_force_to=date(2026, 2, 28))
    assert Dated(name="a", versions=(first, Version(value=2, in_force_from=date(2026, 3, 1)))).overlap() is None
    second = Version(value=2, in_force_from=date(2026, 2, 28))
    assert Dated(name="a", versions=(first, second)).overlap() == (first, second)
    assert Dated(name="a", versions=(second, first)).overlap() == (second, first)
    later = Version(value=2, in_force_from=date(2026, 2, 28), known_from=date(2026, 2, 1))
    assert Dated(name="a", versions=(first, later)).overlap() is None


@given(versions(4), DAYS, DAYS, st.integers())
def test_what_becomes_known_later_changes_no_answer_that_was_given_before(
    known: tuple[Version[int], ...], occurred: date, recorded: date, value: int
) -> None:
    before = Dated(name="a", versions=known).answers(occurred, recorded)
    later = Version(value=value, known_from=date.fromordinal(recorded.toordinal() + 1))
    assert Dated(name="a", versions=(later, *known)).answers(occurred, recorded) == before
    assert len(before) <= 1
