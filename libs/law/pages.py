"""The pages that every service shows without a token; a day that is not asked for is today at Ashgabat."""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from law import publishing
from law.calendar import day


def rules(as_of: date | None = None, known: date | None = None) -> dict[str, Any] | None:
    """The rules, acts and defaults in force on a day, as known on another"""
    return publishing.rules(as_of or _today(), known or _today())


def rule(article: str, as_of: date | None = None, known: date | None = None) -> dict[str, Any] | None:
    """What stands under an article, an act's id, or a default's key"""
    return publishing.under(article, as_of or _today(), known or _today())


def checkpoints(name: str | None = None) -> dict[str, Any] | None:
    """The checkpoints that go by a name, or all of them"""
    return publishing.checkpoints(name)


def _today() -> date:
    return day(datetime.now(UTC))


PAGES: Mapping[str, Callable[..., dict[str, Any] | None]] = {
    "/rules": rules,
    "/rules/{article}": rule,
    "/checkpoints": checkpoints,
}
