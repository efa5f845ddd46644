"""Every open point of every service: a command closes it, somebody has to act, an article says so, since when."""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache, partial
from typing import Any, NamedTuple

from arrival.movement.notice import NotifyArrival
from chassis.service import find_services
from clearance.disposal import DecideDisposal
from clearance.doubt import DecideOnGoodsInDoubt
from decider import OpenPoint, Subject
from decider.tests.kit import NOON
from release.ground_decisions import DecideOnGroundAfterRelease
from tests.law.cases.case import Question
from tests.law.cases.gathering import cases
from tests.law.lane import Lane
from tests.law.pages.playing import say
from tests.orders.examples import decided

ARTICLE = re.compile(r"\d+(\(\d+(-\d+)?\))*( para \d+)?")
OFFICER, LATER = Subject("officer-1", "officer"), NOON + timedelta(days=30)


CLOSES: tuple[tuple[Subject, Any], ...] = (
    (OFFICER, DecideDisposal(consignment="C1", disposal="destroyed under control", provision="Chapter 39")),
    (
        Subject("supervisor-1", "supervisor"),
        DecideOnGroundAfterRelease(
            consignment="C1", act="SAMPLE-RESTRICTIONS", consequence="none", provision="Art. 7(1) para 3"
        ),
    ),
    (OFFICER, DecideOnGoodsInDoubt(consignment="C1", item=1, evidence=("examination",))),
    (OFFICER, DecideOnGoodsInDoubt(consignment="C1", evidence=("examination",))),
    (OFFICER, NotifyArrival(movement="M1", checkpoint="ASB-AIR", mode="air", expected=NOON)),
)
"""What is said after each worked case, where none of them closes the point itself."""


class Walked(NamedTuple):
    """All that are open after any input of any worked case, and of those that their act closed, act and article."""

    points: tuple[OpenPoint, ...]
    closed: frozenset[tuple[str, str]]


@cache
def walked() -> Walked:
    points, closed = dict[str, OpenPoint](), set[tuple[str, str]]()
    for case in cases():
        lane = Lane()
        for said in case.given if isinstance(case.when, Question) else (*case.given, case.when):
            closed |= _closed_by(lane, said.content, partial(say, lane, said))
            points |= {repr(point): point for _, point in _open(lane)}
        for lane.subject, command in CLOSES:
            if any(point.act == type(command).__name__ for _, point in _open(lane)):
                closed |= _closed_by(lane, command, partial(lane.say, command, LATER, LATER))
    return Walked(tuple(points.values()), frozenset(closed))


def _open(lane: Lane) -> set[tuple[str, OpenPoint]]:
    return {(stream, point) for stream, _ in [*lane.states] for point in lane.points(stream)}


def _closed_by(lane: Lane, command: Any, told: Callable[[], None]) -> set[tuple[str, str]]:
    """The points that asked for this command and are open no more once it is told."""
    before, name = _open(lane), type(command).__name__
    told()
    return {(name, point.article) for _, point in before - _open(lane) if point.act == name}


def test_every_act_that_may_be_open_is_a_command_of_its_service() -> None:
    commands = {route.command.__name__ for service in find_services().values() for route in service.routes}
    acts = {act for each in decided() for act in each.decider.acts}
    assert acts <= commands
    for each in decided():
        own = {command.__name__ for command in each.decider.commands}
        assert {*each.decider.acts} <= own, each.name


def test_every_open_point_says_who_must_act_under_which_article_and_since_when() -> None:
    roles = {role for service in find_services().values() for route in service.routes for role in route.roles}
    for point in walked().points:
        assert ARTICLE.fullmatch(point.article), point
        assert point.who in roles | {"officer"}, point
        assert point.since is not None, point
        assert point.until is None or (point.since is not None and point.since <= point.until), point


def test_the_worked_cases_open_every_point_of_clearance() -> None:
    (clearance,) = (each.decider for each in decided() if each.name == "clearance/consignment")
    assert {*clearance.acts} <= {point.act for point in walked().points}


def test_every_open_point_is_closed_by_the_command_that_it_names() -> None:
    opened = {(point.act, point.article) for point in walked().points}
    assert {act for each in decided() for act in each.decider.acts} <= {act for act, _ in opened}
    assert opened - walked().closed == set()


def test_a_term_that_the_law_sets_is_said() -> None:
    assert [point for point in walked().points if point.act == "RecordImmediateExport" and point.until]
