"""The rules of this tree: each has its tests, and none can be emptied without one of them failing."""

from tests.law.__main__ import ROOT, check
from tests.law.index import rules


def test_every_rule_is_noticed_by_the_tests_that_are_listed_for_it() -> None:
    assert check(ROOT, rules()) == []
