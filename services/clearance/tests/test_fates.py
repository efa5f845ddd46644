"""Prohibited goods of which an act provides another fate than immediate export (Art. 7(1))."""

from datetime import timedelta

import pytest

from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration
from clearance.disposal import DecideDisposal
from clearance.tests.declared import SHOWN, crossed, lodge
from contracts.fates import OtherFateApplies, OtherFateWithdrawn
from decider import OpenPoint
from decider.tests.kit import NOON, folded, play, when
from tests.law.cases.case import Case, on
from tests.law.cases.usual import IVORY, declared, item, lorry

BOMBS, TUSKS = "930690100", "050710001"
HOUR = timedelta(hours=1)
FATE = OtherFateApplies(
    consignment="C1", layer="by-law", code=IVORY, act="SAMPLE-PROHIBITIONS",
    citation="Sample act on prohibited imports (invented), item 1",
    fate="handed over to the body that protects wild animals",
)  # fmt: skip
POINT = OpenPoint(act="DecideDisposal", who="officer", article="7(1)")


@pytest.mark.law("L2")
def test_art_7_1_goods_of_which_an_act_provides_another_fate_are_not_ordered_to_leave() -> None:
    state, events = play(consignment, [crossed((IVORY, None)), lodge((IVORY, None)), SHOWN])
    types = [each.type for each in events]
    assert "ImportProhibited" in types
    assert "ImmediateExportOrdered" not in types
    assert [each for each in events if each.type == "OtherFateApplies"] == [FATE]
    assert consignment.open_points(state) == (POINT,)


@pytest.mark.law("L2")
def test_art_7_1_other_prohibited_goods_beside_them_leave() -> None:
    state, events = play(consignment, [crossed(), lodge((IVORY, None), (BOMBS, None)), SHOWN])
    assert {"ImmediateExportOrdered", "OtherFateApplies"} <= {each.type for each in events}
    assert [each.act for each in consignment.open_points(state)] == ["DecideDisposal", "RecordImmediateExport"]


@pytest.mark.law("L2", "L4")
def test_art_7_1_the_officers_word_closes_it_and_a_fate_falls_with_the_prohibition() -> None:
    state, _ = play(consignment, [crossed(), lodge((IVORY, None))])
    decide = DecideDisposal(consignment="C1", codes=(IVORY,), disposal="handed over", provision="item 1")
    (word,) = when(consignment, state, decide, NOON + timedelta(hours=1))
    assert consignment.open_points(folded(consignment, state, word)) == ()
    gone = when(consignment, state, crossed().model_copy(update={"crossed": NOON.replace(year=2019)}))
    assert [each for each in gone if isinstance(each, OtherFateWithdrawn)] == [
        OtherFateWithdrawn(consignment="C1", layer="by-law", code=IVORY, act=FATE.act, fate=FATE.fate)
    ]


@pytest.mark.law("L2", "L4")
def test_art_7_1_a_word_without_codes_is_on_what_was_there_when_it_was_said() -> None:
    state, _ = play(consignment, [crossed(), lodge((IVORY, None))])
    decide = DecideDisposal(consignment="C1", disposal="handed over", provision="item 1")
    state = folded(consignment, state, *when(consignment, state, decide, NOON + HOUR))
    assert consignment.open_points(state) == ()
    amend = AmendDeclaration(
        consignment="C1", declarant="Sample Imports", items=lodge((IVORY, None), (TUSKS, None)).items
    )
    state = folded(consignment, state, *when(consignment, state, amend, NOON + 2 * HOUR))
    assert [(each.act, each.since) for each in consignment.open_points(state)] == [("DecideDisposal", NOON + 2 * HOUR)]
    state = folded(consignment, state, *when(consignment, state, decide, NOON + 3 * HOUR))
    assert consignment.open_points(state) == ()


CASES = (
    Case(
        under="7(1)",
        title="Goods are declared of which the act that prohibits them says what becomes of them",
        given=(on("2026-03-02 08:00", lorry(IVORY)),),
        when=on("2026-03-02 10:00", declared(item(IVORY))),
    ),
)
