"""What released goods may be used for: release is the permission, and Art. 36 bars what it does not permit."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.clearance import AgencyApprovalRefused, AgencyApprovalRequested
from contracts.release import RegimeEnded, UseAllowed
from contracts.stating import Stater
from contracts.values import Use
from decider import Subject
from decider.tests.kit import NOON, given, when
from release.consignment import consignment
from release.tests.goods import ADMISSION, ASSESSED, BY_ORIGIN, CROSSED, LAWFUL, PAID, PLAIN, SHOWN, WATER, released
from release.tests.test_completion_stands import done
from release.use import ReportUse

HOUR = timedelta(hours=1)
OFFICER, HOLDER = Subject("officer-1", "officer", None, ("FRP-MIX",)), Subject("declarant-1", "declarant")
CONTROLLED = AgencyApprovalRequested(
    consignment="C1", layer="by-law", agency="veterinary", codes=(WATER,), act="ACT-4", citation="Act 4, item 1"
)
REFUSED = AgencyApprovalRefused(consignment="C1", agency="veterinary", reference="V-1", decided=NOON)
ENDED = RegimeEnded(consignment="C1", ended=NOON + HOUR)
USES: tuple[Use, ...] = ("use", "disposal", "movement")
FREE, FOR_A_TERM = (CROSSED, SHOWN, PLAIN, released()), (CROSSED, SHOWN, LAWFUL, released(regime=ADMISSION, term=True))
CASES: list[tuple[str, tuple[Any, ...], datetime, bool, tuple[Use, ...]]] = [
    ("nothing on record", (), NOON, False, ("movement",)),
    ("declared and paid, not released", (CROSSED, SHOWN, PLAIN, ASSESSED, PAID), NOON, False, ("movement",)),
    ("released", FREE, NOON, False, USES),
    ("released, payment open", (*FREE, ASSESSED), NOON, False, USES),
    ("released, approval open", (*FREE, CONTROLLED), NOON, False, USES),
    ("released, approval refused", (*FREE, CONTROLLED, REFUSED), NOON, False, USES),
    ("released, and a ground came after it", (*FREE, BY_ORIGIN), NOON, False, USES),
    ("an hour before it was released", FREE, NOON - HOUR, False, ("movement",)),
    ("for a term, against it", FOR_A_TERM, NOON, False, ("movement",)),
    ("for a term, as it allows", FOR_A_TERM, NOON, True, USES),
    ("for a term, as it allows, payment open", (*FOR_A_TERM, ASSESSED), NOON, True, USES),
    ("the term is over and payment open", (*FOR_A_TERM, ASSESSED, ENDED), NOON + HOUR, True, ("movement",)),
    ("an hour before the term was over", (*FOR_A_TERM, ASSESSED, ENDED), NOON, True, USES),
    ("cleared to the end", (*FOR_A_TERM, ASSESSED, PAID, ENDED, done(NOON + HOUR)), NOON + HOUR, False, USES),
    ("an hour before that", (*FOR_A_TERM, ASSESSED, PAID, ENDED, done(NOON + HOUR)), NOON, False, ("movement",)),
    ("long after", (*FOR_A_TERM, ASSESSED, PAID, ENDED, done(NOON + HOUR), REFUSED), NOON + 99 * HOUR, False, USES),
]


@pytest.mark.law("F18", "F6")
@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_art_36_bars_what_neither_a_release_nor_the_end_of_clearance_permits(case: Any) -> None:
    _, before, at, as_it_allows, allowed = case
    state = given(consignment, *before)
    for use in USES:
        report = ReportUse(consignment="C1", use=use, under_the_regime=as_it_allows)
        found = [each.type for each in when(consignment, state, report, at, NOON + 99 * HOUR, HOLDER)]
        assert ("UseBlocked" not in found) == (use in allowed), use


@pytest.mark.law("F18")
def test_art_36_an_officer_excuses_a_use_by_the_provision_that_he_cites_and_nobody_else_does() -> None:
    report = ReportUse(consignment="C1", items=(1,), use="use", provision="Code, Art. 34")
    state = given(consignment, CROSSED, SHOWN, PLAIN)
    by = Stater(role="officer", checkpoints=("FRP-MIX",))
    assert when(consignment, state, report, NOON, subject=OFFICER) == [
        UseAllowed(consignment="C1", items=(1,), use="use", reported=NOON, provision="Code, Art. 34", stated_by=by)
    ]
    assert [each.type for each in when(consignment, state, report, NOON, subject=HOLDER)] == ["UseBlocked"]
    released_since = given(consignment, CROSSED, SHOWN, PLAIN, released())
    assert when(consignment, released_since, report, NOON, subject=OFFICER) == []
