"""Every open point of every service: a command closes it, somebody has to act, an article says so, since when."""

import re
from collections.abc import Iterator
from functools import cache

from chassis.service import find_services
from decider import OpenPoint
from tests.law.cases.case import Question
from tests.law.cases.gathering import cases
from tests.law.lane import Lane
from tests.law.pages.playing import say
from tests.orders.examples import decided

ARTICLE = re.compile(r"\d+(\(\d+(-\d+)?\))*( para \d+)?")
BESIDE_RULES = frozenset({"DecideAmendment"})
"""No rule opens it, so no provision has a case of it."""
UNDATED = frozenset({"PresentVehicle", "PresentGoods", "DetermineCheckpoint"})
"""Points that do not say yet since when they are open."""


@cache
def walked() -> tuple[OpenPoint, ...]:
    """All that are open after any input of any worked case."""
    return tuple({repr(point): point for point in _walk()}.values())


def _walk() -> Iterator[OpenPoint]:
    for case in cases():
        lane = Lane()
        for said in case.given if isinstance(case.when, Question) else (*case.given, case.when):
            say(lane, said)
            yield from (point for stream, _ in [*lane.states] for point in lane.points(stream))


def test_every_act_that_may_be_open_is_a_command_of_its_service() -> None:
    commands = {route.command.__name__ for service in find_services().values() for route in service.routes}
    acts = {act for each in decided() for act in each.decider.acts}
    assert acts <= commands
    for each in decided():
        own = {command.__name__ for command in each.decider.commands}
        assert {*each.decider.acts} <= own, each.name


def test_every_open_point_says_who_must_act_under_which_article_and_since_when() -> None:
    roles = {role for service in find_services().values() for route in service.routes for role in route.roles}
    for point in walked():
        assert ARTICLE.fullmatch(point.article), point
        assert point.who in roles | {"officer"}, point
        assert point.since is not None or point.act in UNDATED, point
        assert point.until is None or (point.since is not None and point.since <= point.until), point


def test_the_worked_cases_open_every_point_of_clearance() -> None:
    (clearance,) = (each.decider for each in decided() if each.name == "clearance/consignment")
    assert {*clearance.acts} - {point.act for point in walked()} <= BESIDE_RULES


def test_a_term_that_the_law_sets_is_said() -> None:
    assert [point for point in walked() if point.act == "RecordImmediateExport" and point.until]
