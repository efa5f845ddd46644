"""Each event of clearance and release says by which numbers others know the goods, or says here why it need not."""

import pytest

from contracts import clearance, release
from contracts.event import Event
from contracts.known import ToBeMatched

STATED = "whoever stated it has the numbers, and what others do then follows in an event of its own"
NEED_NOT = {
    "ClearanceStarted": "it says that something begins; what is to be done is said by what comes after it",
    "ClearanceStartCorrected": "as what it puts right",
    "PaymentReceived": STATED,
    "PaymentReversed": STATED,
    "PaymentCorrected": STATED,
    "PaymentWithdrawn": STATED,
    "PermitRecorded": STATED,
    "PermitCorrected": STATED,
    "PermitWithdrawn": STATED,
    "RestrictionSatisfied": "what was asked for with numbers is there, and nobody has anything to do any more",
    "ImmediateExportDone": STATED,
    "ImmediateExportNotDone": STATED,
    "ImmediateExportCorrected": STATED,
    "ImmediateExportWithdrawn": STATED,
    "GoodsPlacedInStorage": STATED,
    "PlacementCorrected": STATED,
    "PlacementWithdrawn": STATED,
    "ReleaseFindingsRecorded": "it is noted, stops nothing, and asks nothing of anybody",
    "ReleaseFindingsWithdrawn": "as what it takes back",
    "RegimeEnded": STATED,
    "RegimeEndCorrected": STATED,
    "RegimeEndWithdrawn": STATED,
    "StatementDiffers": "it is the answer to whoever made the statement, who has the numbers",
    "FactsPassedOn": "it is between two streams of one service",
}
EVENTS = sorted({*clearance.EVENTS, *release.EVENTS}, key=lambda each: each.__name__)


@pytest.mark.parametrize("event", EVENTS)
def test_an_event_on_which_others_act_can_be_matched_and_of_any_other_it_is_said_why_not(event: type[Event]) -> None:
    assert issubclass(event, ToBeMatched) != (event.__name__ in NEED_NOT)


def test_what_is_taken_back_of_what_others_act_on_says_it_too_and_reasons_are_of_events_that_there_are() -> None:
    names = {each.__name__: issubclass(each, ToBeMatched) for each in EVENTS}
    assert {*NEED_NOT} <= {*names}
    pairs = {name: name.removesuffix("Withdrawn") for name in names if name.endswith("Withdrawn")}
    assert {name: names[name] for name, of in pairs.items() if of in names} == {
        name: names[of] for name, of in pairs.items() if of in names
    }
