"""A worked case: what was on record, and what comes. What customs records of it is played, never written down."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from decider.tests.kit import Said
from law.calendar import ASHGABAT


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked of the rulebook itself, in words, and what answers it."""

    words: str
    answer: Callable[[], Any]


@dataclass(frozen=True, kw_only=True)
class Nothing:
    """Time passes, and nobody says anything."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """`under` is the provision that it shows, as rules cite it. The title says what happens, never what follows."""

    under: str
    title: str
    given: tuple[Said, ...] = ()
    when: Said | Question


def on(local: str, content: Any, *, recorded: str | None = None) -> Said:
    """What happened then, as clocks at Ashgabat show it; recorded at once, unless it says otherwise."""
    return Said(content=content, occurred=instant(local), recorded=instant(recorded or local))


def until(local: str) -> Said:
    return on(local, Nothing())


def instant(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ASHGABAT).astimezone(UTC)
