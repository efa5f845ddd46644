from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given as for_all
from hypothesis import settings
from hypothesis import strategies as st

from contracts.arrival import GoodsCrossed
from contracts.clearance import (
    DeclarationLodged,
    ImmediateExportDone,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    PaymentAssessed,
    PaymentReceived,
)
from contracts.goods import GoodsItem
from contracts.presentation import CheckpointDetermined, GoodsPresented
from contracts.readiness import ReadyForRelease
from contracts.release import (
    ClearanceCompleted,
    GoodsReleased,
    GroundAfterRelease,
    GroundAfterReleaseWithdrawn,
    RegimeEnded,
    ReleaseFindingsRecorded,
    ReleaseFindingsWithdrawn,
    ReleaseRefused,
)
from decider import OpenPoint
from decider.tests.kit import NOON, folded, given, play, when
from law import Finding, Ground
from release.consignment import consignment
from release.regime import EndRegime
from release.release import ReleaseGoods

CROSSED = GoodsCrossed(consignment="C1", movement="M1", direction="in", mode="road", place="FRP-MIX", crossed=NOON)
SHOWN = GoodsPresented(consignment="C1", checkpoint="FRP-MIX", shown=NOON)
DETERMINED = CheckpointDetermined(consignment="C1", checkpoint="FRP-MIX", basis="facts")
DECLARED = DeclarationLodged(
    consignment="C1",
    declarant="Sample Imports",
    form="declaration",
    items=(GoodsItem(code="220110110"),),
    regime="free circulation",
    lodged=NOON,
    findings=(Finding(rule="L8", article="20(2)", facts=(("codes", ("220110110",)),)),),
)
ASSESSED = PaymentAssessed(
    consignment="C1", duties=Decimal("100.00"), taxes=Decimal("45.50"), fees=Decimal("4.50"), total=Decimal("150.00")
)
PAID = PaymentReceived(consignment="C1", amount=Decimal("150.00"), reference="T-1")
READY = ReadyForRelease(consignment="C1", items=(1,))
PROHIBITED = ImportProhibited(
    consignment="C1", codes=("930690100",), act="ACT-1", citation="Act 1, item 4", layer="by-law"
)
RELEASE = ReleaseGoods(consignment="C1", regime="free circulation")
RELEASED = GoodsReleased(consignment="C1", regime="free circulation", runs_for_a_term=False, released=NOON)
FOR_A_TERM = ReleaseGoods(consignment="C1", regime="free circulation", runs_for_a_term=True)
RELEASED_FOR_A_TERM = RELEASED.model_copy(update={"runs_for_a_term": True})
END = EndRegime(consignment="C1")
ENDED = RegimeEnded(consignment="C1", ended=NOON)
NOT_DECLARED = (("declaration", "not on record"), ("released", "free circulation"))
EARLIER, LATER = NOON - timedelta(hours=1), NOON + timedelta(hours=1)


def completed(at: datetime = NOON) -> ClearanceCompleted:
    return ClearanceCompleted(occurred=at, consignment="C1", completed=at)


COMPLETED = completed()


def ground(act: str, citation: str, layer: str, *codes: str) -> Ground:
    facts = (("act", act), ("citation", citation), ("codes", codes))
    return Ground(rule="L2", article="7(1)", layer=layer, facts=facts)  # type: ignore[arg-type]


@pytest.mark.law("L1")
def test_art_5_1_20_customs_releases_goods_under_the_regime_named() -> None:
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED, READY), RELEASE) == [RELEASED]


@pytest.mark.law("L9")
def test_art_29_2_a_release_waits_for_no_payment_and_clearance_ends_with_it() -> None:
    released = given(consignment, CROSSED, SHOWN, DECLARED, ASSESSED, RELEASED)
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED, ASSESSED), RELEASE) == [RELEASED]
    half = PAID.model_copy(update={"amount": Decimal("149.99")})
    assert when(consignment, released, half) == []
    assert when(consignment, folded(consignment, released, half), PAID) == [COMPLETED]


@pytest.mark.law("L8")
def test_art_20_2_goods_without_a_proof_of_origin_are_released() -> None:
    assert DECLARED.findings[0].rule == "L8"
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED), RELEASE) == [RELEASED]


@pytest.mark.law("F6")
def test_art_5_1_20_a_regime_other_than_the_declared_one_is_a_finding_and_is_not_refused() -> None:
    other = Finding(rule="F6", article="5(1)(20)", facts=(("declared", "free circulation"), ("released", "transit")))
    released = RELEASED.model_copy(update={"regime": "transit", "findings": (other,)})
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED), replace(RELEASE, regime="transit")) == [
        released
    ]


@pytest.mark.law("F6")
def test_art_5_1_20_a_release_where_no_regime_was_declared_is_a_finding_and_is_not_refused() -> None:
    none = Finding(rule="F6", article="5(1)(20)", facts=NOT_DECLARED)
    released = RELEASED.model_copy(update={"findings": (none,)})
    assert when(consignment, given(consignment, CROSSED, SHOWN), RELEASE) == [released]


@pytest.mark.law("F4")
def test_art_5_1_21_a_a_release_without_a_crossing_on_record_is_a_finding_and_is_not_refused() -> None:
    unseen = Finding(rule="F4", article="5(1)(21)(a)", facts=(("crossing", "not on record"),))
    released = RELEASED.model_copy(update={"findings": (unseen,)})
    assert when(consignment, given(consignment, DECLARED), RELEASE) == [released]


@pytest.mark.law("L2")
def test_art_7_1_prohibited_goods_are_refused_release_under_the_act_that_forbids_them() -> None:
    refused = ReleaseRefused(
        consignment="C1",
        layer="by-law",
        regime="free circulation",
        grounds=(ground("ACT-1", "Act 1, item 4", "by-law", "930690100"),),
    )
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED, PROHIBITED), RELEASE) == [refused]
    assert ReleaseRefused.outcome == "refused"


@pytest.mark.law("L2")
def test_art_7_1_a_refusal_lists_every_ground_and_adds_none_for_what_is_only_a_finding() -> None:
    more = PROHIBITED.model_copy(update={"codes": ("391530000",)})
    treaty = PROHIBITED.model_copy(update={"act": "ACT-0", "citation": "Treaty, Art. 2", "layer": "treaty"})
    state = given(consignment, PROHIBITED, more, treaty)
    assert when(consignment, state, replace(RELEASE, regime="transit")) == [
        ReleaseRefused(
            consignment="C1",
            layer="treaty",
            regime="transit",
            grounds=(
                ground("ACT-0", "Treaty, Art. 2", "treaty", "930690100"),
                ground("ACT-1", "Act 1, item 4", "by-law", "391530000", "930690100"),
            ),
        )
    ]


def test_a_refusal_changes_nothing_and_asking_again_is_refused_again() -> None:
    state, recorded = play(consignment, [PROHIBITED, RELEASE, RELEASE])
    assert state == given(consignment, PROHIBITED)
    assert [event.type for event in recorded] == ["ReleaseRefused", "ReleaseRefused"]


def test_goods_are_released_once_and_under_another_regime_the_release_differs() -> None:
    released = given(consignment, CROSSED, SHOWN, DECLARED, RELEASED)
    assert when(consignment, released, RELEASE) == []
    (differs,) = when(consignment, released, replace(RELEASE, regime="transit"))
    assert (differs.type, differs.statement, differs.differing) == ("StatementDiffers", "ReleaseGoods", ("regime",))
    (differs,) = when(consignment, released, replace(RELEASE, runs_for_a_term=True))
    assert differs.differing == ("runs_for_a_term",)


@pytest.mark.law("C4", "L9")
@pytest.mark.parametrize("inputs", tuple(permutations([FOR_A_TERM, ASSESSED, PAID, END])))
def test_art_29_2_clearance_ends_with_the_last_of_its_conditions_in_any_order(inputs: tuple[object, ...]) -> None:
    before = [CROSSED, SHOWN, DECLARED]
    _, short_of_one = play(consignment, [*before, *inputs[:-1]])
    assert COMPLETED not in short_of_one
    _, recorded = play(consignment, [*before, *inputs])
    assert recorded[-1] == COMPLETED
    assert sorted(event.type for event in recorded) == ["ClearanceCompleted", "GoodsReleased", "RegimeEnded"]


@pytest.mark.law("C4")
def test_art_29_2_a_regime_without_a_term_has_no_end_to_wait_for() -> None:
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED, ASSESSED, PAID), RELEASE) == [
        RELEASED,
        COMPLETED,
    ]


@pytest.mark.law("C4")
def test_art_29_2_clearance_ends_once() -> None:
    done = given(consignment, CROSSED, SHOWN, DECLARED, ASSESSED, PAID, RELEASED, COMPLETED)
    assert when(consignment, done, PAID) == []
    assert when(consignment, done, END) == [ENDED]


@pytest.mark.law("C4")
def test_art_29_2_clearance_does_not_end_where_no_payment_was_computed() -> None:
    assert when(consignment, given(consignment, CROSSED, SHOWN, DECLARED, PAID), RELEASE) == [RELEASED]


def test_a_regime_ends_once() -> None:
    released = given(consignment, CROSSED, SHOWN, DECLARED, RELEASED_FOR_A_TERM, ENDED)
    assert when(consignment, released, END) == []
    assert when(consignment, released, END, LATER) == []
    assert when(consignment, given(consignment, CROSSED, SHOWN, ENDED), END) == []


@pytest.mark.law("C4")
def test_art_29_2_a_regime_cannot_have_ended_before_the_release_that_began_it() -> None:
    paid = (CROSSED, SHOWN, DETERMINED, DECLARED, ASSESSED, PAID)
    early = ENDED.model_copy(update={"ended": EARLIER})
    assert when(consignment, given(consignment, *paid, early), FOR_A_TERM) == [RELEASED_FOR_A_TERM]
    assert when(consignment, given(consignment, *paid, RELEASED_FOR_A_TERM), END, EARLIER) == [early]
    running = given(consignment, *paid, early, RELEASED_FOR_A_TERM)
    assert consignment.open_points(running) == (
        OpenPoint(act="EndRegime", who="officer", article="29(2)", place="FRP-MIX"),
    )
    late = ENDED.model_copy(update={"ended": LATER})
    assert when(consignment, running, END, LATER) == [late, completed(LATER)]


@pytest.mark.law("C4")
@pytest.mark.parametrize("order", tuple(permutations([(END, EARLIER), (FOR_A_TERM, NOON), (END, LATER)])))
def test_art_29_2_no_order_of_recording_changes_when_a_regime_has_run(
    order: tuple[tuple[object, datetime], ...],
) -> None:
    state = given(consignment, CROSSED, SHOWN, DECLARED, ASSESSED, PAID)
    recorded: list[object] = []
    for content, instant in order:
        events = when(consignment, state, content, instant)
        state, recorded = folded(consignment, state, *events), [*recorded, *events]
        done = {(FOR_A_TERM, NOON), (END, LATER)} <= set(order[: order.index((content, instant)) + 1])
        assert recorded.count(completed(LATER)) == done


@pytest.mark.law("C4")
def test_art_29_2_an_end_that_was_recorded_without_its_time_counts_as_it_did() -> None:
    before = (CROSSED, SHOWN, DECLARED, ASSESSED, PAID)
    untimed = RegimeEnded(consignment="C1")
    assert when(consignment, given(consignment, *before, untimed), FOR_A_TERM) == [RELEASED_FOR_A_TERM, COMPLETED]
    assert when(consignment, given(consignment, *before, untimed), END, LATER) == []
    released = RELEASED_FOR_A_TERM.model_copy(update={"released": None})
    assert when(consignment, given(consignment, *before, released), END, EARLIER)[-1] == COMPLETED


@pytest.mark.parametrize("told", [CROSSED, SHOWN, DETERMINED, DECLARED, PROHIBITED, READY])
def test_what_only_a_later_release_has_to_know_leads_to_nothing(told: object) -> None:
    assert when(consignment, given(consignment), told) == []


def test_the_officer_is_shown_what_is_ready_and_what_runs() -> None:
    ready = OpenPoint(act="ReleaseGoods", who="officer", article="5(1)(20)", place="FRP-MIX")
    running = OpenPoint(act="EndRegime", who="officer", article="29(2)", place="FRP-MIX")
    known = (CROSSED, SHOWN, DETERMINED, DECLARED)
    assert consignment.open_points(given(consignment, *known)) == ()
    assert consignment.open_points(given(consignment, *known, READY)) == (ready,)
    of_item = PROHIBITED.model_copy(update={"codes": ("220110110",)})
    assert consignment.open_points(given(consignment, *known, READY, of_item)) == ()
    assert consignment.open_points(given(consignment, *known, READY, PROHIBITED)) == (ready,)
    as_one = DECLARED.model_copy(update={"items": ()})
    ready_as_one = (CROSSED, SHOWN, DETERMINED, as_one, READY.model_copy(update={"items": ()}))
    assert consignment.open_points(given(consignment, *ready_as_one)) == (ready,)
    assert consignment.open_points(given(consignment, *ready_as_one, PROHIBITED)) == ()
    assert consignment.open_points(given(consignment, *ready_as_one, RELEASED)) == ()
    assert consignment.open_points(given(consignment, *known, READY, RELEASED)) == ()
    assert consignment.open_points(given(consignment, *known, READY, RELEASED_FOR_A_TERM)) == (running,)
    assert consignment.open_points(given(consignment, *known, READY, RELEASED_FOR_A_TERM, ENDED)) == ()


UNSEEN = Finding(rule="F4", article="5(1)(21)(a)", facts=(("crossing", "not on record"),))
UNDECLARED = Finding(rule="F6", article="5(1)(20)", facts=NOT_DECLARED)


@pytest.mark.law("F4")
def test_art_5_1_21_a_a_crossing_that_came_before_the_release_and_is_recorded_later_takes_the_finding_back() -> None:
    released = given(consignment, SHOWN, DECLARED, RELEASED.model_copy(update={"findings": (UNSEEN,)}))
    withdrawn = ReleaseFindingsWithdrawn(consignment="C1", findings=(UNSEEN,))
    assert when(consignment, released, CROSSED) == [withdrawn]
    assert when(consignment, released, CROSSED.model_copy(update={"crossed": LATER})) == []
    later = CROSSED.model_copy(update={"crossed": LATER})
    assert when(consignment, given(consignment, later, DECLARED), RELEASE)[0].findings == (UNSEEN,)
    assert when(consignment, given(consignment, later, CROSSED, SHOWN, DECLARED), RELEASE)[0].findings == ()


@pytest.mark.law("F6")
def test_art_5_1_20_a_declaration_that_came_before_the_release_and_is_recorded_later_says_which_regime_it_was() -> None:
    released = given(consignment, CROSSED, SHOWN, RELEASED.model_copy(update={"findings": (UNDECLARED,)}))
    withdrawn = ReleaseFindingsWithdrawn(consignment="C1", findings=(UNDECLARED,))
    other = Finding(rule="F6", article="5(1)(20)", facts=(("declared", "transit"), ("released", "free circulation")))
    for_transit = DECLARED.model_copy(update={"regime": "transit"})
    assert when(consignment, released, DECLARED) == [withdrawn]
    recorded = [withdrawn, ReleaseFindingsRecorded(consignment="C1", findings=(other,))]
    assert when(consignment, released, for_transit) == recorded
    assert when(consignment, given(consignment, CROSSED, SHOWN), RELEASE)[0].findings == (UNDECLARED,)
    assert when(consignment, released, DECLARED.model_copy(update={"lodged": LATER})) == []
    untimed = RELEASED.model_copy(update={"released": None, "findings": (UNDECLARED,)})
    late = DECLARED.model_copy(update={"lodged": LATER})
    assert when(consignment, given(consignment, CROSSED, SHOWN, untimed), late) == [withdrawn]


AFTER = GroundAfterRelease(
    consignment="C1", layer="by-law", grounds=(ground("ACT-1", "Act 1, item 4", "by-law", "930690100"),)
)
LIFTED = ImportProhibitionWithdrawn(consignment="C1", codes=("930690100",), act="ACT-1")


@pytest.mark.law("L2")
def test_art_7_1_a_prohibition_recorded_after_the_release_is_put_before_the_officer_and_undoes_nothing() -> None:
    released = (CROSSED, SHOWN, DETERMINED, DECLARED, ASSESSED, RELEASED)
    assert when(consignment, given(consignment, *released), PROHIBITED) == [AFTER]
    seen = given(consignment, *released, PROHIBITED, AFTER)
    point = OpenPoint(act="DecideOnGroundAfterRelease", who="officer", article="7(1)", place="FRP-MIX")
    assert consignment.open_points(seen) == (point,)
    assert when(consignment, seen, PAID) == [COMPLETED]
    assert consignment.open_points(folded(consignment, seen, ImmediateExportDone(consignment="C1"))) == ()


@pytest.mark.law("L2")
def test_art_7_1_a_ground_after_the_release_is_recorded_once_for_each_act_and_code() -> None:
    more = PROHIBITED.model_copy(update={"codes": ("391530000", "930690100")})
    other = PROHIBITED.model_copy(update={"act": "ACT-0"})
    seen = (CROSSED, SHOWN, DECLARED, RELEASED, PROHIBITED, AFTER)
    assert when(consignment, given(consignment, *seen), PROHIBITED) == []
    assert when(consignment, given(consignment, *seen), RELEASE) == []
    plastic = GroundAfterRelease(
        consignment="C1", layer="by-law", grounds=(ground("ACT-1", "Act 1, item 4", "by-law", "391530000"),)
    )
    assert when(consignment, given(consignment, *seen), more) == [plastic]
    of_other = GroundAfterRelease(
        consignment="C1", layer="by-law", grounds=(ground("ACT-0", "Act 1, item 4", "by-law", "930690100"),)
    )
    assert when(consignment, given(consignment, *seen, more, plastic), other) == [of_other]


@pytest.mark.law("L2")
def test_art_7_1_a_ground_after_the_release_falls_with_its_prohibition() -> None:
    seen = given(consignment, CROSSED, SHOWN, DECLARED, RELEASED, PROHIBITED, AFTER)
    gone = GroundAfterReleaseWithdrawn(consignment="C1", layer="by-law", grounds=AFTER.grounds)
    assert when(consignment, seen, LIFTED) == [gone]
    assert (
        consignment.open_points(given(consignment, CROSSED, SHOWN, DECLARED, RELEASED, PROHIBITED, AFTER, LIFTED, gone))
        == ()
    )
    again = given(consignment, CROSSED, SHOWN, DECLARED, RELEASED, PROHIBITED, AFTER, LIFTED, gone)
    assert when(consignment, again, PROHIBITED) == [AFTER]


@pytest.mark.law("L2")
def test_art_7_1_a_refused_release_is_granted_once_the_prohibition_is_withdrawn() -> None:
    more = PROHIBITED.model_copy(update={"codes": ("391530000",)})
    left = given(consignment, CROSSED, SHOWN, DECLARED, PROHIBITED, more, LIFTED)
    (refused,) = when(consignment, left, RELEASE)
    assert refused.grounds == (ground("ACT-1", "Act 1, item 4", "by-law", "391530000"),)
    lifted = LIFTED.model_copy(update={"codes": ("391530000",)})
    assert when(consignment, folded(consignment, left, lifted), RELEASE) == [RELEASED]


@pytest.mark.law("L2")
def test_art_7_1_a_release_said_to_be_given_before_a_ground_came_on_record_is_refused_when_it_is_recorded_after() -> (
    None
):
    (refused,) = when(consignment, given(consignment, CROSSED, SHOWN, DECLARED, PROHIBITED), RELEASE, EARLIER)
    assert refused.type == "ReleaseRefused"


@settings(deadline=None)
@for_all(st.permutations(["arrival", *["presentation"] * 2, *["clearance"] * 4, "own", "own"]))
def test_no_order_between_authors_changes_the_state_or_that_clearance_ends_once(order: list[str]) -> None:
    said = {
        "arrival": iter([CROSSED]),
        "presentation": iter([DETERMINED, SHOWN]),
        "clearance": iter([DECLARED, ASSESSED, READY, PAID]),
        "own": iter([FOR_A_TERM, END]),
    }
    state, recorded = play(consignment, [next(said[author]) for author in order])
    assert state == given(
        consignment, CROSSED, SHOWN, DETERMINED, DECLARED, ASSESSED, READY, PAID, RELEASED_FOR_A_TERM, ENDED, COMPLETED
    )
    types = [event.type for event in recorded if not event.type.startswith("ReleaseFindings")]
    assert sorted(types) == ["ClearanceCompleted", "GoodsReleased", "RegimeEnded"]
