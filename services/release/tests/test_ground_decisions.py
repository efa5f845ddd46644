"""What becomes of goods against whose release a ground stands (Art. 7(1)), and who says so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.clearance import ImmediateExportDone
from contracts.doubts import GoodsDoubtDecided
from contracts.goods import GoodsItem
from contracts.release import (
    GivenBefore,
    GroundAfterRelease,
    GroundAfterReleaseDecided,
    GroundDecisionCorrected,
    GroundDecisionWithdrawn,
)
from contracts.stating import Stater
from decider import OpenPoint, Subject
from decider.tests.kit import NOON, folded, given, when
from law import Ground
from release.consignment import consignment
from release.ground_decisions import CorrectGroundDecision, DecideOnGroundAfterRelease, WithdrawGroundDecision
from release.tests.goods import (
    BOMBS,
    CIGARETTES,
    CROSSED,
    DECLARED,
    OF_BOMBS,
    OF_ORIGIN,
    PROHIBITED,
    SHOWN,
    WATER,
    released,
)

LATER, LATEST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)
POINTS = ("DecideOnGroundAfterRelease",)
GIVEN = GivenBefore(officer="5", post="FRP-MIX", reason="no line to the services")
OFFICER = Subject("officer-1", "officer", checkpoints=("FRP-MIX",))
SUPERVISOR = Subject("supervisor-1", "supervisor", checkpoints=("FRP-MIX",))
BY_OFFICER = Stater(role="officer", checkpoints=("FRP-MIX",))
DECIDE = DecideOnGroundAfterRelease(
    consignment="C1", act="ACT-1", consequence="they are taken back and leave", provision="Art. 7(1)"
)
DECIDED = GroundAfterReleaseDecided(
    consignment="C1", act="ACT-1", consequence=DECIDE.consequence, provision=DECIDE.provision, decided=NOON,
    stated_by=BY_OFFICER,
)  # fmt: skip


def against(*grounds: Ground, who: Any = "officer") -> GroundAfterRelease:
    first = grounds[0]
    return GroundAfterRelease(
        consignment="C1", article=first.article, rule=first.rule, layer=first.layer, grounds=grounds, who=who
    )


def open_for(*events: Any) -> list[str]:
    points = consignment.open_points(given(consignment, CROSSED, SHOWN, DECLARED, released(), *events))
    return [each.who for each in points if each.act == "DecideOnGroundAfterRelease"]


def decided(*events: Any, by: Subject = OFFICER, what: Any = DECIDE, at: Any = NOON) -> list[Any]:
    return when(consignment, given(consignment, *events), what, at, subject=by)


@pytest.mark.law("L2")
def test_art_7_1_a_ground_after_the_release_is_open_until_it_is_decided_on() -> None:
    late = against(OF_BOMBS)
    point = OpenPoint(act="DecideOnGroundAfterRelease", who="officer", article="7(1)")
    assert consignment.open_points(given(consignment, CROSSED, DECLARED, released(), late))[-1] == point
    assert decided(late)[0] == DECIDED
    assert open_for(late, DECIDED) == []
    assert open_for(DECIDED, late) == []


@pytest.mark.law("L2")
def test_art_7_1_it_is_open_since_the_ground_came_or_since_the_release_was_given_against_it() -> None:
    def since(*events: Any) -> Any:
        return next(each.since for each in consignment.open_points(given(consignment, *events)) if each.act in POINTS)

    goods, late = (CROSSED, SHOWN, DECLARED), against(OF_BOMBS)
    state = folded(consignment, given(consignment, *goods, released()), late, recorded=LATER)
    state = folded(consignment, state, against(OF_ORIGIN), recorded=LATEST)
    assert [each.since for each in consignment.open_points(state) if each.act in POINTS] == [LATER]
    state = folded(consignment, state, DECIDED)
    assert [each.since for each in consignment.open_points(state) if each.act in POINTS] == [LATEST]
    was_given = released().model_copy(update={"released": LATER, "given": GIVEN})
    assert since(*goods, was_given, against(OF_BOMBS, who="supervisor")) == LATER


@pytest.mark.law("L2")
def test_art_7_1_a_decision_is_of_its_act_and_its_codes_and_of_no_other() -> None:
    both = against(OF_BOMBS, OF_ORIGIN)
    assert open_for(both, DECIDED) == ["officer"]
    other = DECIDED.model_copy(update={"act": "ACT-2", "codes": (CIGARETTES,)})
    assert open_for(both, DECIDED, other) == []
    assert open_for(both, DECIDED, other.model_copy(update={"codes": (BOMBS,)})) == ["officer"]


@pytest.mark.law("L2")
def test_art_7_1_where_a_release_was_given_against_a_ground_no_officer_closes_the_case() -> None:
    seen = against(OF_BOMBS, who="supervisor")
    assert open_for(seen) == ["supervisor"]
    assert open_for(seen, DECIDED) == ["supervisor"]
    assert open_for(seen, ImmediateExportDone(consignment="C1")) == ["supervisor"]
    state = given(consignment, CROSSED, SHOWN, DECLARED, released(), seen)
    by_supervisor, *_ = when(consignment, state, DECIDE, subject=SUPERVISOR)
    assert open_for(seen, by_supervisor) == []
    assert decided(seen, DECIDED, by=SUPERVISOR, at=LATER)[0].stated_by.role == "supervisor"


@pytest.mark.law("L2")
def test_art_7_1_a_decision_is_of_goods_that_were_released_by_then() -> None:
    """Items of one code are released one after the other: the act stands against both, and each release is one case."""
    both = DECLARED.model_copy(update={"items": (GoodsItem(code=BOMBS), GoodsItem(code=BOMBS, origin="UZ"))})
    goods, late = (CROSSED, SHOWN, both, PROHIBITED), against(OF_BOMBS)
    first, second = released(1), released(2).model_copy(update={"released": LATEST})
    decided = DECIDED.model_copy(update={"decided": LATER})

    def since(*events: Any) -> list[Any]:
        points = consignment.open_points(given(consignment, *goods, *events))
        return [each.since for each in points if each.act in POINTS]

    assert since(first, late) == [NOON]
    assert since(first, late, decided) == []
    assert since(first, late, decided, second) == since(first, second, late, decided) == [LATEST]
    assert since(first, second, late, decided.model_copy(update={"decided": LATEST})) == []


@pytest.mark.law("L2")
def test_art_7_1_a_decision_is_of_goods_that_were_known_to_be_such_by_then() -> None:
    """What an officer finds later to be goods of the same act is another case, also where the word was on all of it."""
    found = GoodsDoubtDecided(
        consignment="C1", item=1, code=BOMBS, evidence=("examination",), decided=LATEST, stated_by=BY_OFFICER
    )
    waters = DECLARED.model_copy(update={"items": (GoodsItem(code=WATER), GoodsItem(code=CIGARETTES, origin="XA"))})
    goods = (CROSSED, SHOWN, waters, released(), found, against(OF_BOMBS))

    def open_after(at: Any) -> bool:
        state = given(consignment, *goods, DECIDED.model_copy(update={"decided": at}))
        return any(each.act in POINTS for each in consignment.open_points(state))

    assert [open_after(at) for at in (NOON, LATER, LATEST)] == [True, True, False]


def test_the_same_decision_again_is_nothing_new_and_another_one_at_its_time_differs() -> None:
    assert decided(DECIDED) == decided(DECIDED, at=LATER) == []
    another = replace(DECIDE, consequence="they are disposed of")
    assert decided(DECIDED, what=another)[0].type == "StatementDiffers"
    assert decided(DECIDED, what=another, at=LATER)[0].decided == LATER


def test_a_decision_is_put_right_and_taken_back() -> None:
    right = CorrectGroundDecision(
        consignment="C1", act="ACT-1", corrects=NOON, consequence="they are stored", provision="Art. 7(1) para 2",
        decided=LATER, reason="another provision was meant",
    )  # fmt: skip
    (corrected,) = decided(DECIDED, what=right, at=LATEST)
    assert isinstance(corrected, GroundDecisionCorrected)
    assert (corrected.decided, corrected.corrects) == (LATER, NOON)
    state = given(consignment, DECIDED, corrected)
    assert [(each.consequence, each.at) for each in state.decisions.words] == [("they are stored", LATER)]
    back = WithdrawGroundDecision(consignment="C1", act="ACT-1", withdraws=LATER)
    (withdrawn,) = when(consignment, state, back, LATEST, subject=OFFICER)
    assert isinstance(withdrawn, GroundDecisionWithdrawn)
    late = against(OF_BOMBS)
    assert open_for(late, DECIDED, corrected) == []
    assert open_for(late, DECIDED, corrected, withdrawn) == ["officer"]
    assert when(consignment, folded(consignment, state, withdrawn), back, LATEST, subject=OFFICER) == []
    assert decided(what=back)[0].type == "StatementDiffers"
