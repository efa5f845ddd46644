"""The pages that every service shows without a token; a day that is not asked for is today at Ashgabat."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any, cast

from law import publishing
from law.act import Act
from law.calendar import day
from law.checkpoints import Checkpoint
from law.defaults import Default
from law.rule import Rule
from law.rules import OfficerDecision

# What pages show are documents with these fields, and no instances of these classes.


@dataclass(frozen=True)
class Rules:
    """What is in force on the day `as_of`, as known on the day `known`; of an act those rows that were asked for."""

    rulebook: str
    as_of: date
    known: date
    rules: list[Rule]
    officer: list[OfficerDecision]
    acts: list[Act]
    defaults: list[Default]


@dataclass(frozen=True)
class Checkpoints:
    """Checkpoints, by code."""

    rulebook: str
    checkpoints: list[Checkpoint]


def rules(as_of: date | None = None, known: date | None = None) -> Rules:
    """The rules, acts and defaults in force on a day, as known on another"""
    return cast(Rules, publishing.rules(as_of or _today(), known or _today()))


def rule(article: str, as_of: date | None = None, known: date | None = None) -> Rules | None:
    """What stands under an article, an act's id, or a default's key"""
    return cast(Rules | None, publishing.under(article, as_of or _today(), known or _today()))


def checkpoints(name: str | None = None) -> Checkpoints:
    """The checkpoints that go by a name, or all of them"""
    return cast(Checkpoints, publishing.checkpoints(name))


def _today() -> date:
    return day(datetime.now(UTC))


PAGES: Mapping[str, Callable[..., Any]] = {
    "/rules": rules,
    "/rules/{article}": rule,
    "/checkpoints": checkpoints,
}
