from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from clearance.acceptance import AcceptDeclaration
from clearance.consignment import consignment
from clearance.declaration import LodgeDeclaration
from clearance.export import RecordImmediateExport
from clearance.payments import RecordPayment
from clearance.tests.declared import found
from contracts.arrival import GoodsCrossed
from contracts.clearance import (
    ClearanceStarted,
    DeclarationAccepted,
    DeclarationLodged,
    ImmediateExportDone,
    ImmediateExportOrdered,
    ImmediateExportOrderWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    PaymentAssessed,
    PaymentReceived,
)
from contracts.doubts import GoodsDoubtDecided
from contracts.goods import GoodsItem
from contracts.papers import GoodsLine, Papers
from contracts.presentation import CheckpointDetermined, GoodsPresented
from contracts.readiness import ReadyForRelease
from contracts.values import Payment
from decider import OpenPoint
from decider.tests.kit import NOON, given, play, when
from law import Finding

PROVEN = GoodsItem(code="220110110", origin="UZ", origin_proof="certificate")
UNPROVEN = GoodsItem(code="250100310", origin="XC")
BOMBS = "930690100"
CITATION = "Sample act on prohibited imports (invented), item 1"
PAYMENTS = (
    Payment(kind="duty", amount=Decimal("100.00")),
    Payment(kind="tax", amount=Decimal("30.25")),
    Payment(kind="excise", amount=Decimal("15.25")),
    Payment(kind="fee", amount=Decimal("4.50")),
    Payment(kind="duty", amount=Decimal("1.00")),
)
CROSSED = GoodsCrossed(
    consignment="C1",
    movement="M1",
    direction="in",
    mode="road",
    place="FRP-MIX",
    crossed=NOON,
    papers=Papers(consignment="C1", packages=12),
)
DETERMINED = CheckpointDetermined(consignment="C1", checkpoint="FRP-MIX", basis="facts")
SHOWN = GoodsPresented(consignment="C1", checkpoint="FRP-MIX", packages_found=12)
LODGE = LodgeDeclaration(
    consignment="C1",
    declarant="Sample Imports",
    form="declaration",
    items=(PROVEN,),
    regime="free circulation",
    payments=PAYMENTS,
)
STARTED = ClearanceStarted(consignment="C1", trigger="declaration", started=NOON)
LODGED = DeclarationLodged(
    consignment="C1",
    declarant="Sample Imports",
    form="declaration",
    items=(PROVEN,),
    regime="free circulation",
    payments=PAYMENTS,
    lodged=NOON,
)
ACCEPT = AcceptDeclaration(consignment="C1")
ACCEPTED = DeclarationAccepted(
    consignment="C1",
    declarant="Sample Imports",
    form="declaration",
    items=(PROVEN,),
    regime="free circulation",
    accepted=NOON,
)
ASSESSED = PaymentAssessed(
    consignment="C1",
    duties=Decimal("101.00"),
    taxes=Decimal("45.50"),
    fees=Decimal("4.50"),
    total=Decimal("151.00"),
    payments=PAYMENTS,
    computed=NOON,
)
READY = ReadyForRelease(consignment="C1", items=(1,))
PAY = RecordPayment(consignment="C1", amount=Decimal("151.00"), reference="T-1")
PAID = PaymentReceived(consignment="C1", amount=Decimal("151.00"), reference="T-1", received=NOON)
PROHIBITED = ImportProhibited(
    consignment="C1", codes=(BOMBS,), act="SAMPLE-PROHIBITIONS", citation=CITATION, layer="by-law"
)
WITHDRAWN = ImportProhibitionWithdrawn(consignment="C1", codes=(BOMBS,), act="SAMPLE-PROHIBITIONS", layer="by-law")
ORDERED = ImmediateExportOrdered(consignment="C1")
EXPORTED = ImmediateExportDone(consignment="C1", exported=NOON)
FOUND = GoodsDoubtDecided(consignment="C1", code=BOMBS, evidence=("examination",), decided=NOON)
WITH_BOMBS = CROSSED.model_copy(
    update={"papers": Papers(consignment="C1", goods=(GoodsLine(code=BOMBS), GoodsLine(code="220110110")))}
)


@pytest.mark.law("C3")
def test_art_29_1_1_a_declaration_begins_clearance_when_it_is_lodged() -> None:
    assert when(consignment, given(consignment), LODGE) == [STARTED, LODGED]


@pytest.mark.law("C3")
def test_art_29_1_1_the_art_40_documents_begin_clearance_and_the_declaration_still_comes() -> None:
    papers = LodgeDeclaration(consignment="C1", declarant="Sample Imports", form="article_40_documents")
    started = ClearanceStarted(
        consignment="C1", trigger="article_40_documents", started=NOON, declarant="Sample Imports"
    )
    assert when(consignment, given(consignment), papers) == [started]
    assert when(consignment, given(consignment, started), papers) == []
    assert when(consignment, given(consignment, started), LODGE) == [LODGED]


def test_a_broker_declares_for_its_principal() -> None:
    _, lodged = when(consignment, given(consignment), replace(LODGE, principal="Sample Owner"))
    assert lodged == LODGED.model_copy(update={"principal": "Sample Owner"})


@pytest.mark.law("C16")
def test_art_5_1_18_an_excise_counts_as_a_tax_and_nothing_lodged_is_nothing_due() -> None:
    nothing = Decimal(0)
    none_due = PaymentAssessed(
        consignment="C1", duties=nothing, taxes=nothing, fees=nothing, total=nothing, computed=NOON
    )
    assert play(consignment, [replace(LODGE, payments=()), ACCEPT])[1][-1] == none_due
    excise = (Payment(kind="excise", amount=Decimal("7.00")),)
    assert play(consignment, [replace(LODGE, payments=excise), ACCEPT])[1][-1] == PaymentAssessed(
        consignment="C1", duties=nothing, taxes=Decimal("7.00"), fees=nothing, total=Decimal("7.00"), payments=excise,
        computed=NOON,
    )  # fmt: skip


@pytest.mark.law("L8", "O13")
def test_art_19_1_where_no_proof_of_origin_is_due_its_lack_is_no_finding() -> None:
    for item in (replace(UNPROVEN, origin="UZ"), replace(UNPROVEN, origin=None)):
        _, lodged = when(consignment, given(consignment), replace(LODGE, items=(item,)))
        assert lodged.findings == ()
    before_the_act = datetime(2019, 12, 30, tzinfo=UTC)
    _, lodged = when(consignment, given(consignment), replace(LODGE, items=(UNPROVEN,)), before_the_act)
    assert lodged.findings == ()


@pytest.mark.law("L8", "O13")
def test_art_20_2_a_missing_proof_of_origin_is_recorded_and_stops_nothing() -> None:
    missing = Finding(rule="L8", article="20(2)", facts=(("codes", ("250100310",)),))
    lodged = LODGED.model_copy(update={"items": (PROVEN, UNPROVEN, UNPROVEN), "findings": (missing,)})
    lodge = replace(LODGE, items=(PROVEN, UNPROVEN, UNPROVEN))
    assert when(consignment, given(consignment, CROSSED, SHOWN), lodge) == [
        STARTED,
        lodged,
        READY.model_copy(update={"items": (1, 2, 3)}),
    ]


@pytest.mark.law("L1", "L9")
def test_art_5_1_20_goods_are_ready_once_declared_and_shown_and_paid_or_not() -> None:
    assert when(consignment, given(consignment, CROSSED, STARTED, LODGED), SHOWN) == [READY]
    assert when(consignment, given(consignment, CROSSED, SHOWN), LODGE) == [STARTED, LODGED, READY]
    assert when(consignment, given(consignment, SHOWN, STARTED, LODGED), CROSSED) == [READY]
    assert when(consignment, given(consignment, CROSSED, PAID), SHOWN) == []
    assert when(consignment, given(consignment, CROSSED, PAID), LODGE) == [STARTED, LODGED]


def test_where_the_goods_go_leads_to_nothing() -> None:
    assert when(consignment, given(consignment, STARTED, LODGED), DETERMINED) == []


def test_payments_add_up_and_too_much_is_not_refused() -> None:
    before = given(consignment, STARTED, LODGED, PAID)
    more = RecordPayment(consignment="C1", amount=Decimal("9.99"), reference="T-2")
    assert when(consignment, before, more) == [
        PaymentReceived(consignment="C1", amount=Decimal("9.99"), reference="T-2", received=NOON)
    ]


@pytest.mark.law("L2")
def test_art_7_1_prohibited_goods_that_papers_alone_name_have_to_leave_once_an_officer_has_decided_that_they_are() -> (
    None
):
    state, (doubt,) = play(consignment, [WITH_BOMBS])
    assert (doubt.type, doubt.article) == ("GoodsInDoubt", "22(4)")
    word, settled, *leads_to = when(consignment, state, found(BOMBS))
    assert (word.type, settled.type, leads_to) == ("GoodsDoubtDecided", "GoodsDoubtWithdrawn", [PROHIBITED, ORDERED])


@pytest.mark.law("L2")
def test_art_7_1_prohibited_goods_that_only_the_declaration_names_have_to_leave_too() -> None:
    lodge = replace(LODGE, items=(PROVEN, replace(UNPROVEN, code=BOMBS, origin_proof="certificate")))
    lodged = LODGED.model_copy(update={"items": lodge.items})
    assert when(consignment, given(consignment, CROSSED, SHOWN), lodge) == [
        STARTED,
        lodged,
        PROHIBITED,
        ORDERED,
        READY,
    ]


@pytest.mark.law("L2")
def test_art_7_1_goods_declared_before_they_cross_are_prohibited_at_once_and_leave_once_they_are_in() -> None:
    lodge = replace(LODGE, items=(GoodsItem(code=BOMBS, origin_proof="declaration"),))
    lodged = LODGED.model_copy(update={"items": lodge.items})
    assert when(consignment, given(consignment), lodge) == [STARTED, lodged, PROHIBITED]
    declared = given(consignment, STARTED, lodged, PROHIBITED)
    assert when(consignment, declared, CROSSED) == [ORDERED]


@pytest.mark.law("L2")
def test_art_7_1_what_is_prohibited_is_said_once_and_further_goods_are_added() -> None:
    before = given(consignment, CROSSED, FOUND, PROHIBITED, ORDERED)
    assert when(consignment, before, SHOWN) == []
    plastic = replace(LODGE, items=(replace(PROVEN, code="391530000"), replace(PROVEN, code=BOMBS)))
    assert when(consignment, before, plastic)[2:] == [PROHIBITED.model_copy(update={"codes": ("391530000",)})]


@pytest.mark.law("L2")
def test_art_7_1_each_act_that_forbids_the_goods_is_kept_apart_with_its_own() -> None:
    other = PROHIBITED.model_copy(update={"act": "ACT-0", "codes": ("391530000",)})
    more = other.model_copy(update={"codes": ("391530100",)})
    kept = given(consignment, PROHIBITED, other, more).measures.prohibitions
    assert [(each.act, each.codes) for each in kept] == [
        ("ACT-0", ("391530000", "391530100")),
        ("SAMPLE-PROHIBITIONS", (BOMBS,)),
    ]


@pytest.mark.law("L2")
def test_art_7_1_goods_are_prohibited_by_the_law_of_the_day_on_which_they_came_in() -> None:
    before_the_act = WITH_BOMBS.model_copy(update={"crossed": datetime(2019, 12, 31, 12, tzinfo=UTC)})
    assert when(consignment, given(consignment), before_the_act) == []
    lodge = replace(LODGE, items=(replace(PROVEN, code=BOMBS), PROVEN))
    lodged = LODGED.model_copy(update={"items": lodge.items})
    assert when(consignment, given(consignment, before_the_act), lodge) == [STARTED, lodged]


@pytest.mark.law("L2")
@pytest.mark.parametrize("earlier_first", [True, False])
def test_art_7_1_of_goods_on_two_vehicles_the_crossing_of_each_says_which_law_holds(earlier_first: bool) -> None:
    before_the_act = CROSSED.model_copy(update={"movement": "M2", "crossed": datetime(2019, 12, 31, 12, tzinfo=UTC)})
    crossings = (before_the_act, CROSSED) if earlier_first else (CROSSED, before_the_act)
    lodge = replace(LODGE, items=(replace(PROVEN, code=BOMBS),))
    lodged = LODGED.model_copy(update={"items": lodge.items})
    assert when(consignment, given(consignment, *crossings), lodge) == [
        STARTED,
        lodged,
        PROHIBITED.model_copy(update={"movement": "M1"}),
        ORDERED.model_copy(update={"movements": ("M1",)}),
    ]


@pytest.mark.law("L2")
def test_art_7_1_what_was_judged_by_the_day_of_the_declaration_is_withdrawn_when_an_earlier_crossing_is_recorded() -> (
    None
):
    lodge = replace(LODGE, items=(replace(PROVEN, code=BOMBS),))
    before_the_act = CROSSED.model_copy(update={"crossed": datetime(2019, 12, 31, 12, tzinfo=UTC)})
    state, recorded = play(consignment, [lodge, SHOWN, before_the_act])
    assert recorded[2:] == [PROHIBITED, WITHDRAWN, READY]
    assert (state.measures.prohibitions, state.export.ordered) == ((), False)


@pytest.mark.law("L2")
def test_art_7_1_an_order_to_leave_falls_with_the_last_prohibition_under_it() -> None:
    before_the_act = CROSSED.model_copy(update={"crossed": datetime(2019, 12, 31, 12, tzinfo=UTC)})
    ordered = given(consignment, CROSSED, FOUND, PROHIBITED, ORDERED)
    assert when(consignment, ordered, before_the_act) == [
        WITHDRAWN,
        ImmediateExportOrderWithdrawn(consignment="C1"),
    ]
    other = PROHIBITED.model_copy(update={"act": "ACT-0"})
    less = WITHDRAWN.model_copy(update={"act": "ACT-0"})
    plastic = PROHIBITED.model_copy(update={"codes": ("391530000",)})
    left = given(consignment, PROHIBITED, other, plastic, less, WITHDRAWN).measures.prohibitions
    assert [(each.act, each.codes) for each in left] == [("SAMPLE-PROHIBITIONS", ("391530000",))]
    again = given(
        consignment, CROSSED, FOUND, PROHIBITED, ORDERED, WITHDRAWN, ImmediateExportOrderWithdrawn(consignment="C1")
    )
    assert when(consignment, again, SHOWN) == [PROHIBITED, ORDERED]


@pytest.mark.law("L2")
def test_art_7_1_prohibited_goods_never_become_ready_for_release() -> None:
    bombs = replace(LODGE, items=(replace(PROVEN, code=BOMBS),))
    lodged = LODGED.model_copy(update={"items": bombs.items})
    _, recorded = play(consignment, [CROSSED, bombs, SHOWN, PAY])
    assert recorded == [STARTED, lodged, PROHIBITED, ORDERED, PAID]
    as_one = replace(LODGE, items=())
    for history in ([WITH_BOMBS, as_one, SHOWN], [WITH_BOMBS, found(BOMBS), as_one, SHOWN]):
        assert play(consignment, history)[1][-1] == LODGED.model_copy(update={"items": ()})


@pytest.mark.law("L1")
def test_art_5_1_20_of_goods_that_are_prohibited_in_part_the_others_are_ready_and_each_item_once() -> None:
    some = replace(LODGE, items=(PROVEN, replace(PROVEN, code=BOMBS), UNPROVEN))
    _, recorded = play(consignment, [CROSSED, some, SHOWN, SHOWN])
    assert [event for event in recorded if event.type == "ReadyForRelease"] == [
        READY.model_copy(update={"items": (1, 3)})
    ]


@pytest.mark.law("L1")
def test_art_5_1_20_goods_that_were_declared_without_items_are_ready_as_a_whole_and_once() -> None:
    _, recorded = play(consignment, [CROSSED, SHOWN, replace(LODGE, items=()), SHOWN])
    assert [event for event in recorded if event.type == "ReadyForRelease"] == [READY.model_copy(update={"items": ()})]


@pytest.mark.law("L2")
def test_art_7_1_immediate_export_is_done_once() -> None:
    export = RecordImmediateExport(consignment="C1")
    before = given(consignment, CROSSED, FOUND, PROHIBITED, ORDERED)
    assert when(consignment, before, export) == [EXPORTED]
    assert when(consignment, given(consignment, CROSSED, FOUND, PROHIBITED, ORDERED, EXPORTED), export) == []
    assert play(consignment, [export, CROSSED, found(BOMBS)])[1][-2:] == [PROHIBITED, ORDERED]
    untimed = EXPORTED.model_copy(update={"exported": None})
    assert when(consignment, given(consignment, untimed), export, NOON - timedelta(days=1)) == []


def point(act: str, who: str, article: str, place: str | None = "FRP-MIX") -> OpenPoint:
    return OpenPoint(act=act, who=who, article=article, place=place)


def test_art_9_goods_that_have_crossed_have_to_be_declared_and_before_that_nothing_is_asked() -> None:
    assert consignment.open_points(given(consignment, DETERMINED)) == ()
    assert consignment.open_points(given(consignment, CROSSED)) == (point("LodgeDeclaration", "declarant", "9", None),)
    assert consignment.open_points(given(consignment, CROSSED, DETERMINED, STARTED)) == (
        point("LodgeDeclaration", "declarant", "9"),
    )


@pytest.mark.law("L9")
def test_art_29_2_what_was_assessed_is_to_be_paid_until_all_of_it_has_come_in() -> None:
    due = point("RecordPayment", "declarant", "29(2)")
    declared = (CROSSED, DETERMINED, STARTED, LODGED, ACCEPTED, ASSESSED)
    half = PAID.model_copy(update={"amount": Decimal("150.99")})
    rest = PAID.model_copy(update={"amount": Decimal("0.01"), "reference": "T-2"})
    assert consignment.open_points(given(consignment, *declared)) == (due,)
    assert consignment.open_points(given(consignment, *declared, half)) == (due,)
    assert consignment.open_points(given(consignment, *declared, half, rest)) == ()


def test_art_7_1_of_prohibited_goods_only_the_export_is_asked_and_of_the_carrier() -> None:
    bombs = CROSSED.model_copy(update={"papers": Papers(consignment="C1", goods=(GoodsLine(code=BOMBS),))})
    ordered = (bombs, DETERMINED, PROHIBITED, ORDERED)
    assert consignment.open_points(given(consignment, *ordered)) == (point("RecordImmediateExport", "carrier", "7(1)"),)
    assert consignment.open_points(given(consignment, *ordered, EXPORTED)) == ()


def test_art_9_of_the_other_goods_of_a_consignment_all_else_is_still_asked_and_each_of_its_own_person() -> None:
    ordered = (WITH_BOMBS, DETERMINED, PROHIBITED, ORDERED)
    export, declare = point("RecordImmediateExport", "carrier", "7(1)"), point("LodgeDeclaration", "declarant", "9")
    pay, accept = point("RecordPayment", "declarant", "29(2)"), point("AcceptDeclaration", "officer", "20(4)")
    assert consignment.open_points(given(consignment, *ordered)) == (declare, export)
    assert consignment.open_points(given(consignment, *ordered, STARTED, LODGED)) == (accept, export)
    accepted = (*ordered, STARTED, LODGED, ACCEPTED, ASSESSED)
    assert consignment.open_points(given(consignment, *accepted)) == (pay, export)
    assert consignment.open_points(given(consignment, *accepted, EXPORTED)) == (pay,)


@pytest.mark.law("L6")
def test_art_7_4_what_a_prohibition_costs_is_borne_by_those_who_have_the_cost() -> None:
    *_, ordered = when(consignment, given(consignment, CROSSED), found(BOMBS))
    assert ordered.type == "ImmediateExportOrdered"
    assert ordered.cost_bearers == ("article_9_persons", "declarants", "carriers", "other_persons")


@pytest.mark.law("C3")
def test_art_29_1_1_an_item_may_be_declared_for_a_regime_of_its_own() -> None:
    lodge = replace(LODGE, items=(PROVEN, replace(PROVEN, regime="transit")))
    _, lodged, *_ = when(consignment, given(consignment), lodge)
    assert [item.regime for item in lodged.items] == [None, "transit"]


@pytest.mark.parametrize("crossing", [CROSSED, WITH_BOMBS])
@settings(deadline=None)
@for_all(order=st.permutations(["arrival", "presentation", "presentation", "own", "own", "own"]))
def test_no_order_between_authors_changes_the_state_or_what_was_concluded(
    crossing: GoodsCrossed, order: list[str]
) -> None:
    said = {"arrival": iter([crossing]), "presentation": iter([DETERMINED, SHOWN]), "own": iter([LODGE, ACCEPT, PAY])}
    state, recorded = play(consignment, [next(said[author]) for author in order])
    expected, events = play(consignment, [crossing, DETERMINED, SHOWN, LODGE, ACCEPT, PAY])
    assert state == expected
    one, other = (sorted(each.type for each in all_ if "Doubt" not in each.type) for all_ in (recorded, events))
    assert one == other  # What was in doubt meanwhile depends on which was recorded first.


def test_the_declaration_is_of_when_it_was_lodged_and_not_of_when_it_was_recorded() -> None:
    earlier = NOON - timedelta(days=1)
    _, lodged = when(consignment, given(consignment), LODGE, earlier)
    assert lodged == LODGED.model_copy(update={"lodged": earlier})
