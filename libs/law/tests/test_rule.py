from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from law.rule import AS_AMENDED_IN_2023, DECLARED, SPEAKS, Fact, Happened, both, rule

FROM, TO, KNOWN = date(2026, 1, 1), date(2026, 12, 31), date(2026, 2, 1)
BEGINS, ENDS = datetime(2025, 12, 31, 19, tzinfo=UTC), datetime(2026, 12, 31, 19, tzinfo=UTC)
IS_KNOWN = datetime(2026, 1, 31, 19, tzinfo=UTC)
MOMENT = timedelta(microseconds=1)


@pytest.fixture(autouse=True)
def declared_again() -> Iterator[None]:
    """What a test declares is gone after it."""
    before, speaks = dict(DECLARED), dict(SPEAKS)
    yield
    DECLARED.clear()
    SPEAKS.clear()
    DECLARED.update(before)
    SPEAKS.update(speaks)


@rule(in_force_from=FROM, in_force_to=TO, known_from=KNOWN)
def too_long(_: Fact, length: int) -> bool:
    """Art. 1(2), 3 [X1]: nothing is longer than seven.

    And here more is said.
    """
    return length > 7


def test_a_rule_is_published_as_its_function_declares_it() -> None:
    declared = DECLARED["law.tests.test_rule:too_long"]
    assert (declared.id, declared.articles, declared.sentence) == ("X1", ("1(2)", "3"), "Nothing is longer than seven.")
    assert (declared.in_force_from, declared.in_force_to, declared.known_from) == (FROM, TO, KNOWN)
    assert (declared.by, declared.layer, declared.reaches_back) == ("computed", "code", False)
    assert "25 September 2010" in declared.source


@pytest.mark.parametrize(
    ("occurred", "recorded", "speaks"),
    [
        (BEGINS, IS_KNOWN, True),
        (BEGINS - MOMENT, IS_KNOWN, False),
        (BEGINS, IS_KNOWN - MOMENT, False),
        (ENDS - MOMENT, ENDS + timedelta(days=900), True),
        (ENDS, ENDS, False),
    ],
)
def test_a_rule_speaks_of_what_happened_while_it_was_in_force_and_was_recorded_when_it_was_known(
    occurred: datetime, recorded: datetime, speaks: bool
) -> None:
    assert too_long(Happened(occurred, recorded), 8) is speaks
    assert not too_long(Happened(occurred, recorded), 7)


def test_a_rule_that_reaches_back_speaks_of_what_was_recorded_before_it_was_known() -> None:
    @rule(in_force_from=FROM, known_from=KNOWN, reaches_back=True)
    def found(_: Fact) -> bool:
        """Art. 1 [X2]: it is found."""
        return True

    assert found(Happened(BEGINS, BEGINS))
    assert not found(Happened(BEGINS - MOMENT, IS_KNOWN))


def test_what_a_rule_that_says_nothing_returns_is_the_least_or_what_it_states() -> None:
    @rule(in_force_from=FROM)
    def one(_: Fact) -> int | None:
        """Art. 1 [X3]: it is one."""
        return 1

    @rule(in_force_from=FROM)
    def several(_: Fact) -> tuple[int, ...]:
        """Art. 1 [X4]: they are several."""
        return (1, 2)

    @rule(in_force_from=FROM, otherwise=True)
    def is_met(_: Fact) -> bool:
        """Art. 1 [X5]: it is met."""
        return False

    before = Happened(BEGINS - MOMENT, IS_KNOWN)
    assert (one(before), several(before), is_met(before)) == (None, (), True)
    with pytest.raises(TypeError, match="returns <class 'int'>: state what it returns `otherwise`"):

        @rule()
        def counted(_: Fact) -> int:
            """Art. 1 [X6]: they are counted."""
            return 1


def test_a_rule_without_dates_of_its_own_has_those_of_its_text() -> None:
    @rule(AS_AMENDED_IN_2023)
    def given(_: Fact) -> bool:
        """Art. 1 [X7]: it is given."""
        return True

    amended = datetime(2023, 9, 29, 19, tzinfo=UTC)
    assert given(Happened(amended, amended))
    assert not given(Happened(amended - MOMENT, amended))


def test_what_is_no_rule_or_ends_before_it_begins_is_refused() -> None:
    def nothing(_: Fact) -> bool:
        """It says nothing."""
        return True

    with pytest.raises(TypeError, match=r"test_rule.nothing does not open `Art. ... \[id\]: its sentence.`"):
        rule()(nothing)
    with pytest.raises(ValueError, match="in_force_to is 2025-12-31, a day before in_force_from"):
        rule(in_force_from=FROM, in_force_to=FROM - timedelta(days=1))(too_long)


def test_what_records_a_fact_and_takes_none_is_called_whenever_it_happened() -> None:
    @rule(in_force_from=date(2199, 1, 1))
    def recorded(asked: Any) -> list[int]:
        """Art. 1 [X8]: it is recorded."""
        return [1]

    assert recorded(Happened(BEGINS, BEGINS)) == [1]


def test_a_conclusion_from_several_facts_happened_with_the_first_and_is_known_with_the_last() -> None:
    assert both(Happened(BEGINS, BEGINS), Happened(ENDS, IS_KNOWN)) == Happened(BEGINS, IS_KNOWN)
    assert both(Happened(BEGINS, ENDS), Happened(ENDS, IS_KNOWN)) == Happened(BEGINS, ENDS)
