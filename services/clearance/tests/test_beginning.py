"""With what clearance begins, and when (Art. 29(1)(1))."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from clearance.app import SERVICE
from clearance.beginning import BeginClearance
from clearance.consignment import consignment
from clearance.declaration import CorrectDeclaration, LodgeDeclaration, WithdrawDeclaration
from clearance.tests.declared import MEDICINE, lodge, lodged
from contracts.clearance import ClearanceStartCorrected, ClearanceStarted
from contracts.stating import Stater
from contracts.values import Spoken
from decider import Subject
from decider.tests.kit import NOON, folded, given, when

EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)
OFFICER = Subject("officer-1", "officer", checkpoints=("FRP-MIX",))
BY = Stater(role="officer", checkpoints=("FRP-MIX",))
PROVISION = "an act on what travellers carry"
WORDS = BeginClearance(consignment="C1", form="oral", provision=PROVISION, declarant="Sample Imports")
ON_WORDS = ClearanceStarted(
    consignment="C1", trigger="oral", started=NOON, provision=PROVISION, declarant="Sample Imports", stated_by=BY
)
LODGE, LODGED = lodge((MEDICINE, "UZ")), lodged((MEDICINE, "UZ"))
PAPERS = LodgeDeclaration(consignment="C1", declarant="Sample Imports", form="article_40_documents")


def moved(trigger: Any, started: Any, corrects: Any, **more: Any) -> ClearanceStartCorrected:
    return ClearanceStartCorrected(consignment="C1", trigger=trigger, started=started, corrects=corrects, **more)


def lodged_then() -> Any:
    """Of a declaration that was lodged at noon."""
    state = given(consignment)
    return folded(consignment, state, *when(consignment, state, LODGE))


@pytest.mark.law("C3")
@pytest.mark.parametrize("form", ["oral", "other_act"])
def test_art_29_1_1_words_or_another_act_begin_clearance_by_an_officer_who_names_the_provision(form: Spoken) -> None:
    (started,) = when(consignment, given(consignment), replace(WORDS, form=form), subject=OFFICER)
    assert started == ON_WORDS.model_copy(update={"trigger": form})
    assert when(consignment, given(consignment, started), replace(WORDS, form=form), subject=OFFICER) == []


def test_art_29_1_1_the_same_words_under_another_provision_differ_and_move_nothing() -> None:
    begun = given(consignment, ON_WORDS)
    (differs,) = when(consignment, begun, replace(WORDS, provision="an act on posts"), subject=OFFICER)
    assert (differs.type, differs.differing, differs.stands) == (
        "StatementDiffers", ("provision",), (("provision", PROVISION),),
    )  # fmt: skip
    named = replace(WORDS, provision="an act on posts", items=LODGE.items)
    assert when(consignment, begun, named, subject=OFFICER)[0].type == "DeclarationLodged"
    assert when(consignment, begun, replace(WORDS, provision=PROVISION.upper()), subject=OFFICER) == []


def test_art_29_1_1_the_same_words_of_somebody_else_or_another_act_then_differ_and_move_nothing() -> None:
    begun = given(consignment, ON_WORDS)
    others = {
        "declarant": replace(WORDS, declarant="Other Imports"),
        "principal": replace(WORDS, principal="Sample Trade"),
        "form": replace(WORDS, form="other_act"),
    }
    for name, other in others.items():
        (differs,) = when(consignment, begun, other, subject=OFFICER)
        assert (differs.type, differs.differing) == ("StatementDiffers", (name,))
        assert folded(consignment, begun, differs) == begun


def test_art_40_documents_say_whose_they_are_and_of_somebody_else_then_they_differ() -> None:
    (started,) = when(consignment, given(consignment), PAPERS)
    assert started.declarant == "Sample Imports"
    begun = given(consignment, started)
    assert when(consignment, begun, PAPERS) == []
    (differs,) = when(consignment, begun, replace(PAPERS, declarant="Other Imports"))
    assert (differs.statement, differs.differing) == ("LodgeDeclaration", ("declarant",))
    assert differs.stands == (("declarant", "Sample Imports"),)
    without = started.model_copy(update={"declarant": None})
    assert when(consignment, given(consignment, without), PAPERS) == []


def test_art_29_1_1_nobody_else_has_a_door_by_which_words_begin_it() -> None:
    roles = {route.command.__name__: route.roles for route in SERVICE.routes}
    assert roles["BeginClearance"] == ("officer",)
    with pytest.raises(ValidationError, match="declaration"):
        TypeAdapter(LodgeDeclaration).validate_python(
            {"consignment": "C1", "declarant": "Sample Imports", "form": "oral"}
        )


@pytest.mark.law("C3")
def test_art_29_1_1_words_declare_the_goods_that_they_name_and_no_more() -> None:
    named = replace(WORDS, items=LODGE.items, regime=LODGE.regime, payments=LODGE.payments)
    started, named_so, *_ = when(consignment, given(consignment), named, subject=OFFICER)
    assert (started, named_so.type, named_so.form, named_so.items) == (
        ON_WORDS, "DeclarationLodged", "oral", LODGE.items,
    )  # fmt: skip
    assert named_so.stated_by == BY
    (differs, *_) = when(consignment, given(consignment, started, named_so), LODGE)
    assert differs.type == "StatementDiffers"
    assert when(consignment, given(consignment, ON_WORDS), LODGE, subject=OFFICER)[0].type == "DeclarationLodged"


@pytest.mark.law("C3")
def test_art_29_1_1_what_was_before_and_is_recorded_late_moves_the_beginning() -> None:
    begun = lodged_then()
    assert when(consignment, begun, PAPERS, EARLIER, LATER) == [
        moved("article_40_documents", EARLIER, NOON, declarant="Sample Imports")
    ]
    assert when(consignment, begun, PAPERS, LATER) == []
    spoken = moved("oral", EARLIER, NOON, provision=PROVISION, declarant="Sample Imports", stated_by=BY)
    assert when(consignment, begun, WORDS, EARLIER, LATER, OFFICER) == [spoken]
    on_papers = given(consignment, *when(consignment, given(consignment), PAPERS))
    moves, then, *_ = when(consignment, on_papers, LODGE, EARLIER, LATER)
    assert (moves, then.type) == (moved("declaration", EARLIER, NOON), "DeclarationLodged")


@pytest.mark.law("C3")
def test_art_29_1_1_the_beginning_goes_with_the_time_of_the_declaration_that_is_put_right() -> None:
    right = CorrectDeclaration(
        consignment="C1", corrects=NOON, declarant=LODGE.declarant, principal=LODGE.principal, items=LODGE.items,
        regime=LODGE.regime, payments=LODGE.payments,
    )  # fmt: skip
    begun = lodged_then()
    for then in (EARLIER, LATER):
        events = when(consignment, begun, replace(right, lodged=then), LATER, subject=OFFICER)
        assert moved("declaration", then, NOON) in events
    papers = folded(consignment, begun, *when(consignment, begun, PAPERS, EARLIER, LATER))
    assert "ClearanceStartCorrected" not in [
        each.type for each in when(consignment, papers, replace(right, lodged=LATER), LATER, subject=OFFICER)
    ]


@pytest.mark.law("C3")
def test_art_29_1_1_a_declaration_that_was_withdrawn_has_begun_clearance() -> None:
    begun = lodged_then()
    gone = when(consignment, begun, WithdrawDeclaration(consignment="C1", withdraws=NOON), LATER, subject=OFFICER)
    state = folded(consignment, begun, *gone)
    assert gone[0].type == "DeclarationWithdrawn"
    again = when(consignment, state, LODGE, LATER)
    assert again[0].type == "DeclarationLodged"
    assert "ClearanceStartCorrected" not in [each.type for each in again]


def test_what_was_spoken_becomes_no_paper_by_being_put_right() -> None:
    spoken = (ON_WORDS, LODGED.model_copy(update={"form": "oral", "stated_by": BY}))
    right = CorrectDeclaration(
        consignment="C1", corrects=NOON, declarant="Other Imports", principal=LODGE.principal, items=LODGE.items,
        regime=LODGE.regime, payments=LODGE.payments,
    )  # fmt: skip
    (corrected, *_) = when(consignment, given(consignment, *spoken), right, LATER, subject=OFFICER)
    assert (corrected.type, corrected.form) == ("DeclarationCorrected", "oral")
