"""What is published is what is applied, and what is applied is published."""

from datetime import date

import pytest

from chassis.service import find_services
from law import publishing
from law.findings import CLOSED_LIST
from law.pages import PAGES
from law.rules import FILE, catalogue, declared, load

LATE = date(2199, 12, 31)
"""By then everything that is known at all is known."""


def test_what_no_function_applies_is_said_to_be_applied_by_none() -> None:
    applied = {(rule.id, article) for rule in declared() for article in rule.articles}
    on_file = {(rule.id, article) for rule in load(FILE).rules for article in rule.articles}
    assert on_file
    assert applied & on_file == set()
    assert {rule.function for rule in load(FILE).rules} == {None}


def test_all_that_is_declared_is_published() -> None:
    page = publishing.rules(LATE, LATE)
    assert {each["function"] for each in page["rules"]} - {None} == {rule.function for rule in declared()}
    assert len(declared()) > 80


@pytest.mark.law("F12")
@pytest.mark.parametrize(("article", "rule"), CLOSED_LIST)
def test_art_8_2_every_ground_of_the_closed_list_can_be_looked_up(article: str, rule: str) -> None:
    page = publishing.under(article, LATE, LATE)
    assert page is not None
    assert rule in {each["id"] for each in page["rules"] if article in each["articles"]}


def test_a_command_that_is_said_to_state_an_officers_decision_is_taken_at_some_door() -> None:
    taken = {route.command.__name__ for service in find_services().values() for route in service.routes}
    assert {command for each in catalogue().officer for command in each.commands} - taken == set()


@pytest.mark.law("F15")
def test_art_10_1_every_service_shows_the_rules_to_everyone() -> None:
    pages = {name: service.pages for name, service in find_services().items()}
    assert all(PAGES.items() <= shown.items() for shown in pages.values())
