"""Streams of one kind that somebody finds to be one: who may say so, what becomes of each, and that none go round."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from arrival.app import SERVICE
from arrival.consignment import consignment
from arrival.consignment.announcement import AnnounceConsignment, WithdrawAnnouncement
from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.left import ForgetVehicle
from arrival.consignment.linking import AnswerConsignmentLink, JoinConsignment, LinkConsignment
from arrival.movement import movement
from arrival.movement.linking import JoinMovement, LeaveGoods, LinkMovement
from arrival.movement.notice import NotifyArrival
from contracts.arrival import ConsignmentAnnouncementWithdrawn, GoodsJourneyWithdrawn, GoodsLeft
from contracts.links import FactsPassedOn, LinkAsked, LinkMade, LinkRefused
from contracts.stating import StatementDiffers, Stater
from decider import Held, Party, Subject
from decider.tests.kit import NOON, at, folded, given

OFFICER = Subject("officer-1", "officer")
PORT, CARRIER = (Subject(f"{each}-1", each, Party(number=each)) for each in ("administration", "carrier"))
LINK = LinkConsignment(consignment="C1", second="C2")
ASKED = LinkAsked(consignment="C1", second="C2", stated_by=Stater(role="officer"))
ANNOUNCED = AnnounceConsignment(consignment="C2", movement="M1", checkpoint="FRP-MIX", mode="road", expected=NOON)


def held(command: Any, by: Subject = PORT) -> Held:
    """As it stands on record since an hour."""
    data = SERVICE.commands[type(command).__name__].dump_python(command, mode="json", exclude_defaults=True)
    return Held(type=type(command).__name__, occurred=NOON - timedelta(hours=1), subject=by, authtype="user", data=data)


def said(
    command: Any, *before: Any, by: Subject = OFFICER, holds: Sequence[Held] = (), of: Any = consignment
) -> list[Any]:
    decided: list[Any] = of.decide(replace(at(of, NOON, command, subject=by), held=tuple(holds)), given(of, *before))
    return decided


def made(first: str, second: str, on: str, *also: str) -> LinkMade:
    return LinkMade(consignment=on, first=first, second=second, also=also)


def test_an_officer_links_what_nobody_knows_yet_and_the_second_is_asked() -> None:
    assert said(LINK) == [ASKED]
    assert consignment.react(ASKED) == [("consignment/C2", JoinConsignment(consignment="C2", into="C1"))]


def test_whoever_has_stated_something_of_both_may_link_them_and_nobody_else() -> None:
    own, join = held(ANNOUNCED), JoinConsignment(consignment="C2", into="C1")
    assert [type(each) for each in said(LINK, by=PORT, holds=[own])] == [LinkAsked]
    assert said(LINK, by=CARRIER, holds=[own]) == [
        StatementDiffers(article="8(1)", rule="F19", statement="LinkConsignment")
    ]
    assert said(join, by=CARRIER, holds=[own]) == [
        LinkRefused(consignment="C2", first="C1", second="C2", why="of_others")
    ]
    assert said(join, by=PORT, holds=[own])[-1] == made("C1", "C2", "C2")


def test_to_have_asked_for_a_link_is_no_statement_of_goods() -> None:
    asked_before = held(LINK, CARRIER)
    assert [type(each) for each in said(LINK, by=CARRIER, holds=[asked_before])] == [StatementDiffers]
    assert said(JoinConsignment(consignment="C2", into="C3"), holds=[asked_before]) == [made("C3", "C2", "C2")]


def test_the_second_tells_all_that_it_holds_and_then_that_it_is_one_with_the_first() -> None:
    own = held(ANNOUNCED)
    passed, link = said(JoinConsignment(consignment="C2", into="C1"), made("C2", "C3", "C2"), holds=[own])
    assert passed == FactsPassedOn(consignment="C2", into="C1", holds=(own,))
    assert link == made("C1", "C2", "C2", "C3")
    ((to, again),) = consignment.react(passed)
    assert (to, again) == ("consignment/C1", replace(own, data=own.data | {"consignment": "C1", "told_as": "C2"}))
    assert consignment.react(link) == [
        ("consignment/C1", AnswerConsignmentLink(consignment="C1", second="C2", also=("C3",)))
    ]


def test_the_first_shows_all_that_are_one_with_it_and_asks_none_of_them_again() -> None:
    (noted,) = said(AnswerConsignmentLink(consignment="C1", second="C2", also=("C3",)), ASKED)
    assert noted == made("C1", "C2", "C1", "C3")
    assert consignment.react(noted) == []
    links = given(consignment, ASKED, noted).links
    assert (links.joined, links.asked, links.joined_into) == (("C2", "C3"), (), None)
    for second in ("C2", "C3"):
        assert said(replace(LINK, second=second), ASKED, noted) == []
    assert said(LINK, ASKED) == []


def test_none_is_joined_that_has_asked_or_is_one_with_another_and_the_first_may_ask_again() -> None:
    join = JoinConsignment(consignment="C2", into="C1")
    asking = LinkAsked(consignment="C2", second="C1")
    assert said(join, asking) == [LinkRefused(consignment="C2", first="C1", second="C2", why="asks")]
    refused = LinkRefused(consignment="C2", first="C1", second="C2", why="joined", joined="C9")
    assert said(join, made("C9", "C2", "C2")) == [refused]
    ((to, answer),) = consignment.react(refused)
    (noted,) = said(answer, ASKED)
    assert (to, noted) == ("consignment/C1", refused.model_copy(update={"consignment": "C1"}))
    assert consignment.react(noted) == []
    assert [type(each) for each in said(LINK, ASKED, noted)] == [LinkAsked]


def test_what_one_that_was_joined_is_told_it_passes_on_and_nothing_is_open_there() -> None:
    own = held(replace(ANNOUNCED, movement="M2"))
    joined = made("C1", "C2", "C2")
    assert said(replace(ANNOUNCED, movement="M2"), joined, holds=[own]) == [
        FactsPassedOn(consignment="C2", into="C1", holds=(own,))
    ]
    assert consignment.joined(given(consignment, joined)) == "C1"
    assert consignment.joined(given(consignment, made("C1", "C2", "C1"))) is None


@pytest.mark.parametrize(
    ("link", "own"), [(LinkConsignment, {"consignment": "C1"}), (LinkMovement, {"movement": "C1"})]
)
def test_nothing_is_linked_with_itself(link: Any, own: dict[str, str]) -> None:
    with pytest.raises(ValueError, match="linked with"):
        link(**own, second="C1")


NOTICE = NotifyArrival(
    movement="M2", checkpoint="FRP-MIX", mode="road", expected=NOON, consignments=("C1", "C2")
)  # fmt: skip


def test_a_vehicle_leaves_its_goods_once_the_first_has_told_them() -> None:
    told = held(NOTICE)
    state = folded(movement, given(movement), *said(NOTICE, of=movement))
    passed, link = movement.decide(
        replace(at(movement, NOON, JoinMovement(movement="M2", into="M1"), subject=OFFICER), held=(told,)), state
    )
    state = folded(movement, state, passed, link)
    on_first = LinkMade(movement="M1", first="M1", second="M2")
    assert movement.react(on_first) == [("movement/M2", LeaveGoods(movement="M2", into="M1"))]
    assert movement.open_points(state) == ()
    left = movement.decide(at(movement, NOON, LeaveGoods(movement="M2", into="M1")), state)
    assert left == [GoodsLeft(movement="M2", into="M1", consignments=("C1", "C2"))]
    assert movement.react(left[0]) == [
        (f"consignment/{each}", ForgetVehicle(consignment=each, movement="M2", into="M1")) for each in ("C1", "C2")
    ]


def test_what_was_told_by_one_name_is_not_taken_back_by_another() -> None:
    """A vehicle that named the goods in one way and names them in another takes them back by the first."""
    told = replace(ANNOUNCED, consignment="C1", told_as="C2")
    gone = WithdrawAnnouncement(consignment="C1", movement="M1", checkpoint=told.checkpoint, told_as="C2")
    (announced,) = said(told)
    assert [type(each) for each in said(gone, announced)] == [ConsignmentAnnouncementWithdrawn]
    (again,) = said(replace(told, told_as=None), announced)
    assert said(gone, announced, again) == []
    assert said(replace(gone, told_as=None), announced) == []


def test_goods_that_left_a_vehicle_under_one_name_did_not_stay_aboard_under_another() -> None:
    here = RecordGoodsArrival(consignment="C1", movement="M1", checkpoint="TKB-SEA", arrived=NOON, unloaded=True)
    stays = replace(here, unloaded=False, told_as="C2")
    (left,) = said(here)
    assert said(stays, left) == []
    (aboard,) = said(stays)
    assert [each.unloaded for each in said(here, aboard)] == [True]
    assert [each.unloaded for each in said(replace(stays, told_as=None), left)] == [False]


def test_goods_forget_a_vehicle_whole_and_no_other() -> None:
    (announced,) = said(ANNOUNCED)
    state = folded(consignment, given(consignment), announced, announced.model_copy(update={"movement": "M2"}))
    events = consignment.decide(at(consignment, NOON, ForgetVehicle(consignment="C2", movement="M1", into="M2")), state)
    assert [type(each) for each in events] == [ConsignmentAnnouncementWithdrawn, GoodsJourneyWithdrawn]
    assert [each.movement for each in folded(consignment, state, *events).announced.by] == ["M2"]
