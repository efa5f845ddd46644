"""What each event of clearance rests on: the provision by which customs, or somebody before it, does what it says."""

import pytest

from contracts import clearance
from contracts.links import FactsPassedOn
from contracts.stating import StatementDiffers

RESTS_ON = {
    ("29(1)(1)", "C3"): {"ClearanceStarted", "DeclarationLodged"},
    ("31(1)", "C8"): {
        "DeclarationRegistered", "RegistrationCorrected", "RegistrationWithdrawn", "DeclarationAmended",
        "DeclarationCorrected", "DeclarationWithdrawn", "DeclarationAmendmentRequested", "DeclarationAmendmentDecided",
    },
    ("20(4)", "O18"): {"DeclarationAccepted", "AcceptanceCorrected", "AcceptanceWithdrawn"},
    ("29(2)", "L9"): {
        "PaymentAssessed", "PaymentAssessmentWithdrawn", "PaymentReceived", "PaymentReversed", "PaymentCorrected",
        "PaymentWithdrawn",
    },
    ("22(4)", "K6"): {"GoodsInDoubt", "GoodsDoubtWithdrawn"},
    ("22(2)", "K4"): {"GoodsDoubtDecided"},
    ("29(2) para 2", "L10"): {"AgencyApprovalRefused", "RefusedApprovalDecided"},
    ("7(1) para 2", "L4"): {"DisposalReferred", "DisposalDecided"},
}  # fmt: skip
"""Where it goes by the goods (Arts 7(1), 19(3), 20(1)), the event says it itself."""
DEFINED_ONLY = {
    "ReadyForRelease": "no article orders it, and what it tells the officer of is defined there",
    "ReadyForReleaseWithdrawn": "it takes that back",
}


@pytest.mark.parametrize("rests_on", RESTS_ON, ids=" ".join)
def test_an_event_cites_what_it_rests_on(rests_on: tuple[str, str]) -> None:
    events = RESTS_ON[rests_on]
    by_name = {event.__name__: event for event in clearance.EVENTS}
    found = {
        (by_name[name].model_fields["article"].default, by_name[name].model_fields["rule"].default) for name in events
    }
    assert found == {rests_on}


def test_no_event_rests_on_a_definition() -> None:
    own = (event for event in clearance.EVENTS if event not in (StatementDiffers, FactsPassedOn))
    assert {each.__name__ for each in own if each.model_fields["article"].default.startswith("5(")} == {*DEFINED_ONLY}
