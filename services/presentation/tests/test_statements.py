"""Presentations as they are stated: once more, otherwise, put right, taken back (Art. 37(2))."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.arrival import BorderCrossed, GoodsCrossed
from contracts.papers import Papers
from contracts.presentation import (
    GoodsPresentationCorrected,
    GoodsPresentationWithdrawn,
    GoodsPresented,
    VehiclePresentationCorrected,
    VehiclePresentationWithdrawn,
    VehiclePresented,
)
from contracts.stating import StatementDiffers, Stater
from contracts.tests.kit import sealed
from decider import Party, Subject
from decider.tests.kit import NOON, Said, facts, given, live, when
from presentation.consignment import consignment
from presentation.consignment.presentation import CorrectGoodsPresentation, PresentGoods, WithdrawGoodsPresentation
from presentation.movement import movement
from presentation.movement.presentation import (
    CorrectVehiclePresentation,
    PresentVehicle,
    WithdrawVehiclePresentation,
)

CARRIER = Subject("driver-1", "carrier", Party(number="77", issuer="TM"))
OTHER = Subject("driver-2", "carrier", Party(number="78", issuer="TM"))
OFFICER = Subject("officer-1", "officer", checkpoints=("FRP-MIX",))
BY = Stater(role="carrier", party="77", issuer="TM")
HOUR = timedelta(hours=1)
EARLIER, LATER = NOON - HOUR, NOON + HOUR


@dataclass(frozen=True, kw_only=True)
class Of:
    """A vehicle, or goods: how they are shown, found otherwise, put right and taken back."""

    decider: Any
    crossed: Any
    show: Any
    otherwise: Any
    event: Any
    correct: Any
    corrected: Any
    withdraw: Any
    withdrawn: Any
    differing: str
    amends: tuple[str, str]


ROAD: dict[str, Any] = {"direction": "in", "mode": "road", "place": "FRP-MIX", "crossed": EARLIER - HOUR}
M: dict[str, Any] = {"movement": "M1"}
C: dict[str, Any] = {"consignment": "C1"}
SEALS: dict[str, Any] = {"checkpoint": "FRP-MIX", "seals_found_intact": ("S1", "S2")}
PACKAGES: dict[str, Any] = {"checkpoint": "FRP-MIX", "packages_found": 12}
RIGHT: dict[str, Any] = {"shown": NOON, "corrects": NOON, "stated_by": BY}
VEHICLE = Of(
    decider=movement,
    crossed=BorderCrossed(**M, **ROAD, seals=sealed("S1", "S2")),
    show=PresentVehicle(**M, **SEALS),
    otherwise=PresentVehicle(**M, **{**SEALS, "seals_found_intact": ("S1",)}),
    event=VehiclePresented(**M, **SEALS, shown=NOON, stated_by=BY),
    correct=CorrectVehiclePresentation(**M, **{**SEALS, "seals_found_intact": ("S1",)}, corrects=NOON),
    corrected=VehiclePresentationCorrected(**M, **{**SEALS, "seals_found_intact": ("S1",)}, **RIGHT),
    withdraw=WithdrawVehiclePresentation(**M, withdraws=NOON),
    withdrawn=VehiclePresentationWithdrawn(**M, withdraws=NOON),
    differing="seals_found_intact",
    amends=("CorrectVehiclePresentation", "WithdrawVehiclePresentation"),
)
GOODS = Of(
    decider=consignment,
    crossed=GoodsCrossed(**C, movement="M1", **ROAD, papers=Papers(consignment="C1", packages=12)),
    show=PresentGoods(**C, **PACKAGES),
    otherwise=PresentGoods(**C, **{**PACKAGES, "packages_found": 11}),
    event=GoodsPresented(**C, **PACKAGES, shown=NOON, stated_by=BY),
    correct=CorrectGoodsPresentation(**C, **{**PACKAGES, "packages_found": 11}, corrects=NOON),
    corrected=GoodsPresentationCorrected(**C, **{**PACKAGES, "packages_found": 11}, **RIGHT),
    withdraw=WithdrawGoodsPresentation(**C, withdraws=NOON),
    withdrawn=GoodsPresentationWithdrawn(**C, withdraws=NOON),
    differing="packages_found",
    amends=("CorrectGoodsPresentation", "WithdrawGoodsPresentation"),
)
EITHER = pytest.mark.parametrize("of", [VEHICLE, GOODS], ids=["vehicle", "goods"])


def said(of: Of, *before: Any, asked: Any, by: Subject = CARRIER, instant: Any = NOON) -> list[Any]:
    return when(of.decider, given(of.decider, *before), asked, instant, subject=by)


def lived(of: Of, *inputs: tuple[Any, Any]) -> tuple[Any, list[str]]:
    """The state, and the types of all events, after these were recorded in this order."""
    order = [Said(content=content, occurred=at, recorded=NOON + 9 * HOUR) for content, at in inputs]
    state, events = live(of.decider, order, NOON + 9 * HOUR)
    return state, [event.type for event in events if "Checkpoint" not in event.type]


def counts(state: Any) -> Any:
    return facts([(state.presentation.shown,), state.presentation.findings])


def whose(differs: StatementDiffers) -> Any:
    return differs.outcome, differs.differing, differs.stands_by, differs.stands_since, differs.amend_by


@EITHER
def test_a_presentation_says_when_and_by_whom_it_was_stated(of: Of) -> None:
    assert said(of, asked=of.show) == [of.event]


@EITHER
def test_the_same_again_is_nothing_new_whoever_says_it(of: Of) -> None:
    assert said(of, of.event, asked=of.show, by=OTHER) == said(of, of.event, asked=of.show) == []


def test_a_vehicle_is_shown_once_and_goods_at_another_time_may_be_another_part() -> None:
    assert said(VEHICLE, VEHICLE.event, asked=VEHICLE.show, instant=LATER) == []
    (again,) = said(GOODS, GOODS.event, asked=GOODS.show, instant=LATER)
    assert (again.shown, again.findings) == (LATER, ())


def test_a_seal_in_another_spelling_is_the_same_and_one_that_was_put_on_is_not() -> None:
    spelt = replace(VEHICLE.show, seals_found_intact=("s-2", "S 1"))
    assert said(VEHICLE, VEHICLE.event, asked=spelt) == []
    (told,) = said(VEHICLE, VEHICLE.event, asked=replace(VEHICLE.show, seals_put_on=sealed("S3")))
    assert (told.outcome, told.differing) == ("differs", ("seals_put_on",))
    put_on = replace(VEHICLE.correct, seals_put_on=sealed("S3"))
    (event,) = said(VEHICLE, VEHICLE.event, asked=put_on)
    assert event.seals_put_on == sealed("S3")


@pytest.mark.parametrize(("of", "instant"), [(VEHICLE, NOON), (VEHICLE, LATER), (GOODS, NOON)])
def test_a_vehicle_found_otherwise_then_or_later_and_goods_then_differ_and_nothing_changes(
    of: Of, instant: Any
) -> None:
    (told,) = said(of, of.event, asked=of.otherwise, instant=instant)
    assert whose(told) == ("differs", (of.differing,), BY, NOON, of.amends)
    assert given(of.decider, of.event, told) == given(of.decider, of.event)


@EITHER
@pytest.mark.law("P1", "P2")
def test_art_37_2_what_was_shown_before_counts_and_with_that_taken_back_what_was_shown_after_it_does(of: Of) -> None:
    state, events = lived(of, (of.crossed, EARLIER), (of.show, NOON), (of.otherwise, EARLIER))
    assert events[-1] == of.event.type
    assert counts(state) == counts(lived(of, (of.crossed, EARLIER), (of.otherwise, EARLIER))[0])
    gone = replace(of.withdraw, withdraws=EARLIER)
    state, events = lived(of, (of.crossed, EARLIER), (of.show, NOON), (of.otherwise, EARLIER), (gone, NOON))
    assert events[-2].endswith("PresentationWithdrawn")
    assert events[-1].endswith("FindingsWithdrawn")
    assert counts(state) == counts(lived(of, (of.crossed, EARLIER), (of.show, NOON))[0])
    (told,) = said(of, of.event, asked=of.otherwise)
    assert told.stands_since == NOON


@EITHER
def test_what_was_wrong_is_put_right_under_the_time_that_it_was_stated_for(of: Of) -> None:
    assert said(of, of.event, asked=of.correct) == [of.corrected]
    assert said(of, of.event, of.corrected, asked=of.correct) == []
    (moved,) = said(of, of.event, asked=replace(of.correct, shown=LATER))
    assert (moved.shown, moved.corrects) == (LATER, NOON)
    (told,) = said(of, of.event, moved, asked=of.correct)
    assert (told.outcome, told.stands_since) == ("differs", LATER)
    assert said(of, of.event, moved, asked=replace(of.correct, shown=LATER)) == []


@EITHER
@pytest.mark.law("P2")
def test_art_37_2_what_was_found_of_it_follows_what_is_right(of: Of) -> None:
    state, events = lived(of, (of.crossed, EARLIER), (of.show, NOON), (of.correct, LATER))
    assert events[-2].endswith("PresentationCorrected")
    assert events[-1].endswith("FindingsRecorded")
    assert counts(state) == counts(lived(of, (of.crossed, EARLIER), (of.otherwise, NOON))[0])
    back = type(of.correct)(**{**vars(of.correct), of.differing: getattr(of.show, of.differing)})
    state, events = lived(of, (of.crossed, EARLIER), (of.otherwise, NOON), (back, LATER))
    assert events[-1].endswith("FindingsWithdrawn")
    assert counts(state) == counts(lived(of, (of.crossed, EARLIER), (of.show, NOON))[0])


@EITHER
@pytest.mark.law("P2")
def test_art_37_2_put_right_to_a_time_before_the_crossing_it_is_not_measured_by_that(of: Of) -> None:
    before = replace(of.correct, shown=EARLIER - 2 * HOUR)
    state, _ = lived(of, (of.crossed, EARLIER), (of.otherwise, NOON), (before, LATER))
    assert state.presentation.findings == ()


@EITHER
@pytest.mark.parametrize("act", ["correct", "withdraw"])
def test_who_stated_it_amends_it_and_an_officer_and_nobody_else(of: Of, act: str) -> None:
    asked = getattr(of, act)
    assert said(of, of.event, asked=asked)[0].outcome == "recorded"
    assert said(of, of.event, asked=asked, by=OFFICER)[0].outcome == "recorded"
    (told,) = said(of, of.event, asked=asked, by=OTHER)
    assert (told.outcome, told.stands_by) == ("differs", BY)


@EITHER
@pytest.mark.law("P1", "P2")
def test_art_37_2_what_was_not_shown_is_still_to_be_shown_and_nothing_is_found_of_it(of: Of) -> None:
    state, events = lived(of, (of.crossed, EARLIER), (of.otherwise, NOON), (of.withdraw, LATER))
    assert events[-2:] == [of.withdrawn.type, events[-1]]
    assert events[-1].endswith("FindingsWithdrawn")
    assert [point.act for point in of.decider.open_points(state)] == [type(of.show).__name__]
    assert [each.struck for each in state.presentation.showings] == [True]
    assert said(of, of.event, of.withdrawn, asked=of.withdraw) == []
    assert said(of, of.event, of.withdrawn, asked=of.show) == [of.event]


@EITHER
def test_where_nothing_stands_it_says_how_to_state_it(of: Of) -> None:
    for before in ((), (of.event, of.withdrawn)):
        (told,) = said(of, *before, asked=of.correct)
        assert (told.outcome, told.amend_by) == ("differs", (type(of.show).__name__,))


@EITHER
def test_what_was_recorded_without_its_time_is_amended_under_any(of: Of) -> None:
    untimed = of.event.model_copy(update={"shown": None})
    (right,) = said(of, untimed, asked=of.correct)
    assert [each.at for each in given(of.decider, untimed, right).presentation.showings] == [NOON]
    (gone,) = said(of, untimed, asked=of.withdraw)
    assert given(of.decider, untimed, gone).presentation.shown is None
