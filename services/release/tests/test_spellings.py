"""Bodies, kinds of permits and regimes are named by acts, officers and declarants, each in their own spelling."""

import pytest

from contracts.clearance import AgencyApprovalGranted, AgencyApprovalRequested
from contracts.release import ClearanceCompleted, ReleaseWithheld
from decider.tests.kit import NOON, given, when
from release.consignment import consignment
from release.tests.goods import (
    ASSESSED,
    CITATION,
    CROSSED,
    DECLARED,
    FREE,
    MET,
    PAID,
    PERMIT,
    PLAIN,
    REFERRED,
    RESTRICTED,
    SHOWN,
    TURNED_DOWN,
    WATER,
    release,
    released,
)

CONTROLLED = AgencyApprovalRequested(
    consignment="C1", agency="veterinary", codes=(WATER,), act="ACT-4", citation=CITATION, layer="by-law"
)


@pytest.mark.law("C5")
@pytest.mark.parametrize("agency", ["Veterinary", "VETERINARY ", "veterinary"])
def test_art_29_2_clearance_ends_once_the_body_has_approved_however_it_is_spelt(agency: str) -> None:
    approved = AgencyApprovalGranted(consignment="C1", agency=agency, reference="V-1", decided=NOON)
    state = given(consignment, CROSSED, SHOWN, PLAIN, CONTROLLED, ASSESSED, PAID, released())
    (event,) = when(consignment, state, approved)
    assert isinstance(event, ClearanceCompleted)


@pytest.mark.law("L5")
def test_art_7_1_what_a_permit_meets_is_met_however_its_kind_is_spelt() -> None:
    met = MET.model_copy(update={"permit": PERMIT.title()})
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED, RESTRICTED, met), release(4)) == [released(4)]


def test_a_withheld_release_waits_for_whoever_has_to_act_however_the_permit_is_spelt() -> None:
    spelt = {"permit": PERMIT.upper(), "number": "p1"}
    state = given(consignment, CROSSED, SHOWN, DECLARED, RESTRICTED, REFERRED.model_copy(update=spelt))
    (withheld,) = when(consignment, state, release(4))
    assert isinstance(withheld, ReleaseWithheld)
    assert withheld.who == "officer"
    decided = given(consignment, CROSSED, SHOWN, DECLARED, RESTRICTED, REFERRED, TURNED_DOWN.model_copy(update=spelt))
    (withheld,) = when(consignment, decided, release(4))
    assert isinstance(withheld, ReleaseWithheld)
    assert withheld.who == "declarant"


@pytest.mark.law("F6")
def test_art_5_1_20_the_declared_regime_is_the_same_however_the_officer_spells_it() -> None:
    (event,) = when(consignment, given(consignment, CROSSED, SHOWN, PLAIN), release(regime=FREE.title()))
    assert event == released(regime=FREE.title())
