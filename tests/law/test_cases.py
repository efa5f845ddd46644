"""The worked cases of `docs/law`: enough of them under each provision, and each rule decides something in one."""

import inspect
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pkgutil import resolve_name
from typing import Any

from arrival.movement.crossing import RecordCrossing
from contracts.clearance import StorageTermEnded
from contracts.tests.kit import sealed
from law import Finding
from law.rule import Rule
from presentation.movement.presentation import PresentVehicle
from tests.law.cases.case import Case, instant, on
from tests.law.cases.gathering import LEAST, ONE_IS_ENOUGH, cases
from tests.law.forking import empty
from tests.law.index import rules
from tests.law.pages import words
from tests.law.pages.chapters import order, provision
from tests.law.pages.playing import play
from tests.law.pages.telling import told

CROSSED = RecordCrossing(movement="M1", direction="in", mode="road", place="FRP-MIX", seals=sealed("S1", "S2"))
BROKEN = Case(
    under="37(2)",
    title="One of two seals is broken",
    given=(on("2026-03-02 08:00", CROSSED),),
    when=on("2026-03-02 09:00", PresentVehicle(movement="M1", checkpoint="FRP-MIX", seals_found_intact=("S1",))),
)
TOLD = """#### Case: One of two seals is broken
- *On record:* On 2 March 2026 at 08:00 the vehicle M1 crosses the border, by road, at Farap, under the seals S1 and S2.
- *Comes:* On 2 March 2026 at 09:00 the vehicle M1 is shown to customs, at Farap, seals found intact S1.
- *Recorded:* **Vehicle presented**, M1 (Art. 37(2) [P1]). Finding `broken_seals`, Art. 37(2) [P2]: broken S2.
- *Why:*
  - Art. 37(2) [P2], `by`: What is shown is measured by what had happened by then, whenever either was recorded.
  - Art. 37(2) [P2], `broken_seals`: Every seal that was on the vehicle when it crossed is intact when it is shown.
"""


def test_every_provision_under_which_a_rule_is_declared_has_its_cases_and_no_other() -> None:
    count = Counter(case.under for case in cases())
    assert {*count} == {provision(rule.articles) for rule in rules()}
    assert {under for under, number in count.items() if number < LEAST} == {*ONE_IS_ENOUGH}


def test_each_case_has_a_title_of_its_own() -> None:
    assert len({case.title for case in cases()}) == len(cases())


def test_every_rule_decides_something_in_a_case_of_its_provision() -> None:
    before = {case.title: outcome(case) for case in cases()}
    unseen = []
    for rule in rules():
        with emptied(rule):
            of_it = [case for case in cases() if case.under == provision(rule.articles)]
            if all(outcome(case) == before[case.title] for case in of_it):
                unseen.append(f"{rule.id} {rule.function}: give Art. {provision(rule.articles)} a case of it")
    assert unseen == []


@contextmanager
def emptied(rule: Rule) -> Iterator[None]:
    function = inspect.unwrap(resolve_name(str(rule.function)))
    code = function.__code__
    empty(str(rule.function))
    try:
        yield
    finally:
        function.__code__ = code


def outcome(case: Case) -> Any:
    """What is recorded, open and answered; without a rule, that may be nothing that anybody can read."""
    try:
        played = play(case)
    except (AssertionError, AttributeError, TypeError, ValueError) as wrong:
        return repr(wrong)
    return played.events, played.points, played.answer


def test_a_case_tells_what_the_deciders_record_of_it_and_another_rule_tells_another_story() -> None:
    assert told(BROKEN) == TOLD
    with emptied(next(rule for rule in rules() if str(rule.function).endswith(":broken_seals"))):
        assert "Finding" not in told(BROKEN)


def test_a_term_ends_at_24_00_of_its_last_day_and_what_the_input_says_is_not_said_again() -> None:
    ended = StorageTermEnded(consignment="C1", until=instant("2026-03-06 00:00"), occurred=instant("2026-03-06 00:00"))
    assert words.of_event(ended, CROSSED, instant("2026-03-02 08:00")) == "until 5 March 2026 at 24:00"


def test_facts_of_a_finding_are_read_by_their_names_and_instants_as_clocks_at_ashgabat_show_them() -> None:
    facts = (("arrived", "2026-03-02T04:00:00+00:00"), ("checkpoint", "FRP-MIX"), ("codes", ("1", "2", "3")))
    finding = Finding(rule="A4", article="37(2-1)", facts=facts)
    assert words.facts(finding) == "arrived 2 March 2026 at 09:00, checkpoint Farap, codes 1, 2 and 3"


def test_the_provisions_of_the_code_have_an_order() -> None:
    in_order = ["5(1)(21)(a)", "7(1)", "7(1) para 2", "7(5)", "10(1)", "37(2)", "37(2-1)", "37(3)", "38", "38(1)(1)"]
    assert [*map(order, in_order)] == sorted(map(order, in_order))
