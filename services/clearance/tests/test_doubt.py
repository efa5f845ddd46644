"""Papers against declaration: what is in doubt, what an officer decides, and what follows (Arts 19, 20(1), 22)."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from clearance.consignment import consignment
from clearance.declaration import AmendDeclaration
from clearance.doubt import DecideOnGoodsInDoubt
from clearance.tests.declared import (
    BARRED,
    CIGARETTES,
    MEDICINE,
    SHOWN,
    WATER,
    crossed,
    found,
    lodge,
    ready,
)
from contracts.doubts import GoodsDoubtDecided
from decider import OpenPoint
from decider.tests.kit import NOON, Said, folded, given, live, play, when
from law import Finding

BOMBS = "930690100"
LATER = NOON + timedelta(hours=1)
ACT = (("act", "SAMPLE-ORIGIN"), ("citation", "Sample act on imports by origin (invented), item 1"))
DECIDE = OpenPoint(act="DecideOnGoodsInDoubt", who="officer", article="19(1) para 2")


def doubts(*history: object) -> tuple[Finding, ...]:
    findings: tuple[Finding, ...] = play(consignment, history)[0].declared.doubts
    return findings


def code(declared: Any, papers: Any, *items: str) -> Finding:
    named = (("items", items),) if items else ()
    return Finding(rule="K6", article="22(4)", facts=(("declared", declared), *named, ("papers", papers)))


def origin(of: str, declared: tuple[str, ...], papers: tuple[str, ...], *items: str) -> Finding:
    facts = (("code", of), ("declared", declared), ("items", items), ("papers", papers))
    return Finding(rule="O13", article="19(1) para 2", facts=facts)


@pytest.mark.law("O13", "L7")
def test_art_20_1_the_declarants_bare_word_lifts_no_bar_that_the_papers_show() -> None:
    history = [crossed((CIGARETTES, BARRED)), lodge((CIGARETTES, "UZ")), SHOWN]
    state, recorded = play(consignment, history)
    assert state.declared.doubts == (origin(CIGARETTES, ("UZ",), (BARRED,), "1"),)
    assert DECIDE in consignment.open_points(state)
    assert state.readiness.items == ()
    assert {"ImportProhibited", "ImmediateExportOrdered", "ReadyForRelease"}.isdisjoint(each.type for each in recorded)
    barred = [each.type for each in when(consignment, state, found(item=1, origin=BARRED))]
    assert barred == ["GoodsDoubtDecided", "GoodsDoubtWithdrawn", "ImportProhibited", "ImmediateExportOrdered"]
    assert when(consignment, state, found(item=1, origin="UZ"))[2:] == [ready(1)]


@pytest.mark.law("O13", "K6")
@pytest.mark.parametrize(
    ("papers", "declared", "expected"),
    [
        ([(WATER, "UZ")], [(WATER, "UZ")], ()),
        ([(WATER, None)], [(WATER, "UZ")], ()),
        ([(WATER, "UZ")], [(WATER, None)], ()),
        ([], [(WATER, "UZ")], ()),
        ([("2201", "UZ")], [(WATER, "UZ")], ()),
        ([(WATER, "UZ")], [(WATER, "KZ")], (origin(WATER, ("KZ",), ("UZ",), "1"),)),
        ([(WATER, "UZ")], [(WATER, "UZ"), (WATER, "KZ")], (origin(WATER, ("KZ",), ("UZ",), "2"),)),
        ([(WATER, "UZ"), (WATER, "KZ")], [(WATER, "UZ")], (origin(WATER, ("UZ",), ("KZ", "UZ"), "1"),)),
        ([("2201", "UZ")], [(WATER, "KZ")], (origin("2201", ("KZ",), ("UZ",), "1"),)),
        ([(MEDICINE, None)], [(WATER, None)], (code((WATER,), (MEDICINE,), "1"),)),
        ([(WATER, None), (MEDICINE, None)], [(WATER, None)], (code("by no item", (MEDICINE,)),)),
        ([(WATER, None)], [(WATER, None), (MEDICINE, None)], (code((MEDICINE,), "not named", "2"),)),
    ],
)
def test_art_19_22_where_papers_and_declaration_both_speak_and_differ_the_goods_are_in_doubt(
    papers: Any, declared: Any, expected: tuple[Finding, ...]
) -> None:
    assert doubts(crossed(*papers), lodge(*declared)) == expected
    assert doubts(lodge(*declared), crossed(*papers)) == expected


@pytest.mark.law("O15", "K6")
def test_art_19_3_a_prohibition_that_papers_alone_show_orders_no_export_and_an_officer_is_asked() -> None:
    facts = (*ACT, ("codes", (CIGARETTES,)), ("origin", BARRED))
    assert doubts(crossed((CIGARETTES, BARRED))) == (Finding(rule="O15", article="19(3)", facts=facts),)
    state, recorded = play(consignment, [crossed((CIGARETTES, BARRED), (BOMBS, None)), lodge((WATER, None)), SHOWN])
    assert not {"ImportProhibited", "ImmediateExportOrdered", "ReadyForRelease"} & {each.type for each in recorded}
    assert [each.act for each in consignment.open_points(state)] == ["AcceptDeclaration", "DecideOnGoodsInDoubt"]


@pytest.mark.law("O15", "L7")
def test_art_20_1_an_item_of_unknown_origin_is_not_barred_by_what_papers_or_its_neighbour_say() -> None:
    state, recorded = play(consignment, [crossed(), lodge((CIGARETTES, BARRED), (CIGARETTES, None)), SHOWN])
    assert recorded[-1] == ready(2)
    state, recorded = play(consignment, [crossed((CIGARETTES, BARRED)), lodge((CIGARETTES, None)), SHOWN])
    assert state.measures.prohibitions == ()
    facts = (*ACT, ("codes", (CIGARETTES,)), ("items", ("1",)), ("origin", BARRED))
    assert state.declared.doubts == (Finding(rule="O15", article="19(3)", facts=facts),)
    assert state.readiness.items == ()


@pytest.mark.law("O15", "L7")
@pytest.mark.parametrize("said", ["2402", "240220"])
def test_art_19_3_papers_that_say_less_of_a_code_show_the_origin_of_an_item_that_has_none_as_well(said: str) -> None:
    state, _ = play(consignment, [crossed((said, BARRED)), lodge((CIGARETTES, None)), SHOWN])
    facts = (*ACT, ("codes", (CIGARETTES,)), ("items", ("1",)), ("origin", BARRED))
    assert state.declared.doubts == (Finding(rule="O15", article="19(3)", facts=facts),)
    assert state.readiness.items == ()


@pytest.mark.law("K6")
def test_art_22_4_only_the_items_in_doubt_wait() -> None:
    goods = (crossed((WATER, "UZ"), (MEDICINE, "KZ")), SHOWN)
    state, recorded = play(consignment, [*goods, lodge((WATER, "UZ"), (CIGARETTES, "KZ"))])
    assert recorded[-1] == ready(1)
    assert when(consignment, state, found(CIGARETTES, item=2))[-1] == ready(2)
    assert play(consignment, [*goods, lodge((WATER, "UZ"))])[0].readiness.items == ()


@pytest.mark.law("K4", "O15")
def test_a_decision_says_what_it_rests_on_and_is_one_of_customs() -> None:
    (of_code,) = when(consignment, given(consignment), found(WATER, "UZ", item=1))
    assert (of_code.article, of_code.rule, of_code.evidence) == ("22(2)", "K4", ("examination",))
    (of_origin,) = when(consignment, given(consignment), found(item=1, origin="UZ"))
    assert (of_origin.article, of_origin.rule, of_origin.decided) == ("19(3)", "O15", NOON)
    stands = given(consignment, of_code)
    assert when(consignment, stands, found(WATER, "UZ", item=1)) == []
    (differs,) = when(consignment, stands, found(MEDICINE, item=1))
    assert (differs.type, differs.stands, differs.amend_by) == (
        "StatementDiffers", (("code", WATER), ("origin", "UZ")), (),
    )  # fmt: skip
    (later,) = when(consignment, stands, found(MEDICINE, item=1), LATER)
    assert isinstance(later, GoodsDoubtDecided)


@pytest.mark.law("K6")
@pytest.mark.parametrize(
    ("evidence", "noted"),
    [
        (("shipping_papers",), True),
        (("expert_opinion", "shipping_papers"), True),
        (("shipping_papers", "samples"), False),
    ],
)
def test_art_22_4_a_classification_that_rests_on_auxiliary_evidence_alone_is_noted(
    evidence: tuple[Any, ...], noted: bool
) -> None:
    said = DecideOnGoodsInDoubt(consignment="C1", item=1, code=WATER, evidence=evidence)
    (event,) = when(consignment, given(consignment), said)
    assert [each.article for each in event.findings] == (["22(4)"] if noted else [])


@pytest.mark.law("K5")
def test_art_22_3_a_decision_binds_and_goods_that_are_declared_as_others_since_are_looked_at_anew() -> None:
    history = [crossed((MEDICINE, None)), lodge((WATER, None)), found(BOMBS, item=1)]
    state, _ = play(consignment, history)
    assert [each.codes for each in state.measures.prohibitions] == [(BOMBS,)]
    amend = AmendDeclaration(consignment="C1", declarant="Sample Imports", items=lodge((MEDICINE, None)).items)
    events = when(consignment, state, amend, LATER)
    (doubt,) = (each for each in events if each.type == "GoodsInDoubt")
    assert [(each.article, dict(each.facts)["decided"]) for each in doubt.findings] == [("22(3)", (BOMBS,))]
    assert not [each for each in events if each.type == "ImportProhibitionWithdrawn"]


MINE, OTHER, NEW = (WATER, None), (MEDICINE, None), (CIGARETTES, "UZ")
AGAIN = {
    "under another number": ((MINE, OTHER), 1, (OTHER, MINE), ("1", "2")),
    "under another number, with fewer items": ((OTHER, MINE), 2, (MINE,), ("1",)),
    "as goods that nobody had named": ((OTHER, MINE), 2, (OTHER, OTHER, NEW), ("2", "3")),
    "dropped, and nothing else": ((OTHER, MINE), 2, (OTHER,), ()),
    "as they were, with other goods": ((MINE, OTHER), 1, (MINE, NEW), ()),
}


@pytest.mark.law("K5")
@pytest.mark.parametrize(("lodged", "item", "amended", "asked"), AGAIN.values(), ids=AGAIN)
def test_art_22_3_goods_on_which_he_decided_are_not_free_when_they_are_declared(
    lodged: Any, item: int, amended: Any, asked: tuple[str, ...]
) -> None:
    state, _ = play(consignment, [crossed(), lodge(*lodged), SHOWN, found(BOMBS, item=item)])
    amend = AmendDeclaration(consignment="C1", declarant="Sample Imports", items=lodge(*amended).items)
    state = folded(consignment, state, *when(consignment, state, amend, LATER))
    doubt = next((dict(each.facts) for each in state.declared.doubts if each.rule == "K5"), {"items": ()})
    assert doubt["items"] == asked
    assert not {*map(int, asked)} & {*state.readiness.items}
    assert [each.codes for each in state.measures.prohibitions] == [(BOMBS,)]


@pytest.mark.law("K5", "L7")
def test_art_22_3_an_origin_that_he_established_stays_with_the_goods_that_are_declared_no_more() -> None:
    history = [crossed(), lodge((WATER, None), (CIGARETTES, "UZ")), SHOWN, found(item=2, origin=BARRED)]
    state, _ = play(consignment, history)
    assert [each.codes for each in state.measures.prohibitions] == [(CIGARETTES,)]
    amend = AmendDeclaration(consignment="C1", declarant="Sample Imports", items=lodge((WATER, None)).items)
    state = folded(consignment, state, *when(consignment, state, amend, LATER))
    assert [each.codes for each in state.measures.prohibitions] == [(CIGARETTES,)]


@pytest.mark.law("K6", "O13")
def test_papers_that_come_after_a_decision_are_looked_at_anew() -> None:
    second = crossed((CIGARETTES, BARRED), movement="M2").model_copy(update={"crossed": LATER})
    state, _ = play(consignment, [crossed((CIGARETTES, "KZ")), lodge((CIGARETTES, "UZ")), found(item=1, origin="UZ")])
    assert state.declared.doubts == ()
    (doubt,) = when(consignment, state, second, LATER)
    assert [dict(each.facts)["papers"] for each in doubt.findings] == [("KZ", BARRED)]


FACTS = (
    (crossed((CIGARETTES, BARRED), (BOMBS, None)), NOON),
    (lodge((CIGARETTES, "UZ"), (WATER, None)), NOON),
    (found(item=1, origin=BARRED), LATER),
    (found(BOMBS, item=2), LATER),
)


@pytest.mark.law("O13", "K6", "L7")
def test_no_order_of_recording_changes_what_is_in_doubt_and_what_follows() -> None:
    for known in range(len(FACTS) + 1):
        ends = []
        for order in permutations(FACTS[:known]):
            said = [Said(content=content, occurred=at, recorded=LATER) for content, at in order]
            state, _ = live(consignment, said, LATER)
            ends.append((state.declared.doubts, state.measures, state.export.ordered, consignment.open_points(state)))
        assert all(end == ends[0] for end in ends)
