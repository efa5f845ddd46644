"""A crossing or an arrival where no checkpoint is: a fact, with its legal basis or a finding (Art. 37(1))."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from arrival.movement import movement
from arrival.movement.crossing import CorrectCrossing, RecordCrossing
from arrival.movement.elsewhere import CorrectArrivalElsewhere, RecordArrivalElsewhere, WithdrawArrivalElsewhere
from contracts.elsewhere import Elsewhere
from contracts.papers import Papers
from decider.tests.kit import NOON, folded, given, when
from law import Finding

RIVER = Elsewhere(description="Winter road across the river", latitude="39.204", longitude="63.552")
BY_ORDER = replace(RIVER, legal_basis="Order on crossings in emergencies, 3")
CROSS = RecordCrossing(
    movement="M1", direction="in", mode="road", elsewhere=RIVER, papers=(Papers(consignment="C1", packages=12),)
)
COME = RecordArrivalElsewhere(movement="M1", elsewhere=RIVER, mode="road")
FACTS = (("at", NOON.isoformat()), ("elsewhere", RIVER.description), ("legal_basis", "not named"))
NOT_NAMED = Finding(rule="A6", article="37(1)", facts=FACTS)
LATER = NOON + timedelta(hours=1)


def findings(events: list[Any]) -> list[Finding]:
    return [each for event in events for each in getattr(event, "findings", ())]


@pytest.mark.law("A6", "A9")
def test_art_37_1_a_crossing_elsewhere_is_one_and_the_goods_hear_that_their_import_began() -> None:
    crossed, found = when(movement, given(movement), CROSS)
    assert (crossed.type, crossed.place, crossed.elsewhere, crossed.border) == ("BorderCrossed", None, RIVER, "state")
    assert (found.type, found.findings) == ("WhereaboutsFindingsRecorded", (NOT_NAMED,))
    assert [(to, told.place, told.border) for to, told in movement.react(crossed)] == [
        ("consignment/C1", None, "state")
    ]


@pytest.mark.law("A6")
def test_art_37_1_where_the_legal_basis_is_named_there_is_no_finding() -> None:
    assert [each.type for each in when(movement, given(movement), replace(CROSS, elsewhere=BY_ORDER))] == [
        "BorderCrossed"
    ]
    events = when(movement, given(movement), CROSS)
    right = CorrectCrossing(
        movement="M1",
        direction="in",
        mode="road",
        elsewhere=BY_ORDER,
        border="zone",
        papers=CROSS.papers,
        corrects=NOON,
    )
    put_right = when(movement, folded(movement, given(movement), *events), right, LATER)
    assert [each.type for each in put_right] == ["CrossingCorrected", "WhereaboutsFindingsWithdrawn"]
    assert put_right[0].border == "zone"


@pytest.mark.law("A6")
def test_art_37_1_an_arrival_elsewhere_is_recorded_put_right_and_taken_back() -> None:
    events = when(movement, given(movement), COME)
    assert [each.type for each in events] == ["VehicleArrivedElsewhere", "WhereaboutsFindingsRecorded"]
    assert findings(events) == [NOT_NAMED]
    state = folded(movement, given(movement), *events)
    assert when(movement, state, COME) == []
    (told,) = when(movement, state, replace(COME, elsewhere=BY_ORDER))
    assert (told.outcome, told.differing) == ("differs", ("elsewhere",))
    right = CorrectArrivalElsewhere(movement="M1", elsewhere=BY_ORDER, corrects=NOON, arrived=LATER)
    moved = when(movement, state, right, LATER)
    assert [each.type for each in moved] == ["VehicleArrivedElsewhere", "WhereaboutsFindingsWithdrawn"]
    after = folded(movement, state, *moved)
    assert [(each.at, each.elsewhere) for each in after.outside.standing] == [(LATER, BY_ORDER)]
    gone = when(movement, state, WithdrawArrivalElsewhere(movement="M1", withdraws=NOON), LATER)
    assert [each.type for each in gone] == ["ArrivalElsewhereWithdrawn", "WhereaboutsFindingsWithdrawn"]
    assert folded(movement, state, *gone).outside.standing == ()


def test_a_crossing_is_at_one_place_and_says_at_which() -> None:
    with pytest.raises(ValueError, match="at one place"):
        replace(CROSS, place="FRP-MIX")
    with pytest.raises(ValueError, match="`elsewhere`"):
        replace(CROSS, elsewhere=None)


@pytest.mark.law("A6")
def test_art_37_3_of_what_crosses_without_a_stop_no_basis_is_looked_for() -> None:
    over = RecordCrossing(movement="M1", direction="in", mode="air", non_stop=True, elsewhere=RIVER)
    assert findings(when(movement, given(movement), over)) == []
