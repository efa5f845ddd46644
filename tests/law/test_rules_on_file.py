"""`rules.toml` against the source: what is published is what is applied, and what is applied is published."""

from datetime import date

import pytest

from chassis.service import find_services
from law import publishing
from law.findings import CLOSED_LIST
from law.pages import PAGES
from law.rules import catalogue
from tests.law.__main__ import ROOT, SCOPE
from tests.law.index import Rule, rules

LATE = date(2199, 12, 31)
"""By then everything that is known at all is known."""


def on_file() -> set[tuple[str, str]]:
    return {(rule.id, article) for rule in catalogue().rules for article in rule.articles}


def articles(of: Rule) -> list[tuple[str, str]]:
    """A function may rest on several articles: `Art. 5(1)(19), 5(1)(28) [F8]:`."""
    return [(of.id, article) for article in of.article.split(", ")]


def not_on_file(found: list[Rule]) -> dict[str, list[tuple[str, str]]]:
    """Functions whose id and article are not published together."""
    missing = {rule.name: [pair for pair in articles(rule) if pair not in on_file()] for rule in found}
    return {name: pairs for name, pairs in missing.items() if pairs}


def without_function(found: list[Rule]) -> list[str]:
    """Rules that are published as applied and that no function applies."""
    applied = {pair for rule in found for pair in articles(rule)}
    served = [rule for rule in catalogue().rules if rule.served]
    return [
        f"{rule.id} under {', '.join(rule.articles)}"
        for rule in served
        if not applied & {(rule.id, article) for article in rule.articles}
    ]


def test_every_function_that_is_a_rule_is_on_file_with_its_id_and_article() -> None:
    assert not_on_file(rules(ROOT)) == {}


def test_every_rule_on_file_has_a_function() -> None:
    assert without_function(rules(ROOT)) == []


def test_a_function_under_another_article_and_a_rule_without_one_are_noticed() -> None:
    def planted(id_: str, article: str) -> Rule:
        return Rule(id=id_, article=article, sentence="", path="services/x/y.py", function="f", line=1)

    assert not_on_file([planted("P2", "37(2)"), planted("P2", "37(3)")]) == {"x.y:f": [("P2", "37(3)")]}
    assert "P2 under 37(2)" in without_function([planted("P2", "37(3)")])
    assert "P2 under 37(2)" not in without_function([planted("P2", "37(2)")])


def test_what_is_on_file_is_what_the_index_has_to_have() -> None:
    assert {rule.id for rule in catalogue().rules if rule.served} == set(SCOPE)


@pytest.mark.law("F12")
@pytest.mark.parametrize(("article", "rule"), CLOSED_LIST)
def test_art_8_2_every_ground_of_the_closed_list_can_be_looked_up(article: str, rule: str) -> None:
    page = publishing.rule(article, LATE, LATE)
    assert page is not None
    assert rule in {each["id"] for each in page["rules"] if article in each["articles"]}


def test_a_command_that_is_said_to_state_an_officers_decision_is_taken_at_some_door() -> None:
    taken = {door.command.__name__ for service in find_services().values() for door in service.doors}
    assert {command for each in catalogue().officer for command in each.commands} - taken == set()


@pytest.mark.law("F15")
def test_art_10_1_every_service_shows_the_rules_to_everyone() -> None:
    pages = {name: service.pages for name, service in find_services().items()}
    assert all(PAGES.items() <= shown.items() for shown in pages.values())
