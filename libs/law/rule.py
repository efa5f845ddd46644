"""A rule of the law, declared once: at the function that is the rule.

Its docstring opens with its articles, its id and its sentence, `Art. 37(2) [P2]: every seal is intact.`; on which text
it rests, from when to when it is in force, and since when it is known stands in `@rule(...)`. The pages of `docs/law`,
`GET /rules` and the version of the rulebook are read from that.

A rule that concludes something takes first the `Fact` that it speaks of, and says nothing of a fact that happened while
it was not in force, or that was recorded before it was known. So a later version of the rulebook leaves alone what an
earlier one has judged, whatever else comes in afterwards.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import wraps
from inspect import signature
from types import NoneType
from typing import (
    Any,
    Literal,
    NamedTuple,
    ParamSpec,
    Protocol,
    TypeAlias,
    TypeVar,
    get_args,
    get_origin,
    get_type_hints,
)

from law.act import Layer
from law.calendar import ASHGABAT, EARLIEST, LATEST
from law.rows import dates_in_order

By: TypeAlias = Literal["computed", "officer", "person"]
P = ParamSpec("P")
R = TypeVar("R")
OPENING = re.compile(r"Art\. (?P<articles>[^\[\]]+?) \[(?P<id>[A-Z]\d+)\]: (?P<sentence>.+)")
LEAST: dict[type, Any] = {NoneType: None, bool: False, tuple: ()}
"""The least that a rule can conclude, by what it returns."""


class Fact(Protocol):
    """What a rule speaks of: it happened at one time, and was recorded at another."""

    @property
    def occurred(self) -> datetime: ...

    @property
    def recorded(self) -> datetime: ...


class Happened(NamedTuple):
    """A fact, as a state keeps it."""

    occurred: datetime
    recorded: datetime


def both(one: Fact, *others: Fact) -> Happened:
    """What is concluded from several facts: it happened with the first, and is known with the last of them."""
    return Happened(one.occurred, max(each.recorded for each in (one, *others)))


@dataclass(frozen=True, kw_only=True, slots=True)
class Text:
    """A text of law: since when it is in force and known."""

    source: str
    layer: Layer = "code"
    in_force_from: date
    known_from: date


CODE = Text(
    source="Customs Code of Turkmenistan of 25 September 2010",
    in_force_from=date(2010, 9, 25),
    known_from=date(2010, 9, 25),
)
"""The text on file gives the Code's own date and that of its last amendment, and not what came with which amendment. So
every rule is in force from the first of them, but for paragraphs whose number shows that they were put in later."""
AS_AMENDED_IN_2023 = Text(
    source="Customs Code of Turkmenistan, as amended on 30 September 2023",
    in_force_from=date(2023, 9, 30),
    known_from=date(2023, 9, 30),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Rule:
    """A rule as it is published; `in_force_to` is its last day.

    `function` is the one that is the rule, and None where no service applies it yet. One that `reaches_back` speaks
    also of facts that were recorded before it was known.
    """

    id: str
    articles: tuple[str, ...]
    sentence: str
    by: By
    layer: Layer
    source: str
    in_force_from: date
    in_force_to: date | None = None
    known_from: date
    reaches_back: bool = False
    function: str | None = None


class Speaks(NamedTuple):
    """Of which facts a rule speaks: those that happened from one instant to before another, recorded from a third."""

    begins: datetime
    ends: datetime
    known: datetime


DECLARED: dict[str, Rule] = {}
"""Every rule of the modules that are imported, by its function."""
SPEAKS: dict[str, Speaks] = {}
"""Those of them that conclude something."""


def rule(
    text: Text = CODE,
    *,
    by: By = "computed",
    in_force_from: date | None = None,
    in_force_to: date | None = None,
    known_from: date | None = None,
    reaches_back: bool = False,
    otherwise: Any = ...,
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Declares a rule; without dates of its own it has those of its text.

    `otherwise` is what it returns where it says nothing: the least that it can conclude, unless it is stated, as it is
    for a condition that everything fulfils where nobody sets it. Raises TypeError where a docstring opens as no rule's
    does, ValueError where the dates are not in order.
    """

    def declared(function: Callable[P, R]) -> Callable[P, R]:
        opening = OPENING.fullmatch((function.__doc__ or "").partition("\n")[0])
        if opening is None:
            raise TypeError(f"{function.__module__}.{function.__name__} does not open `Art. ... [id]: its sentence.`")
        name = f"{function.__module__}:{function.__name__}"
        made = Rule(
            id=opening["id"],
            articles=tuple(opening["articles"].split(", ")),
            sentence=opening["sentence"][0].upper() + opening["sentence"][1:],
            by=by,
            layer=text.layer,
            source=text.source,
            in_force_from=in_force_from or text.in_force_from,
            in_force_to=in_force_to,
            known_from=known_from or text.known_from,
            reaches_back=reaches_back,
            function=name,
        )
        dates_in_order(made.in_force_from, made.in_force_to)
        DECLARED[name] = made
        return _within_its_dates(function, name, made, otherwise) if concludes(function) else function

    return declared


def concludes(function: Callable[..., Any]) -> bool:
    """Whether it is a rule that takes a fact, and so speaks of it only within its dates."""
    first = next(iter(signature(function).parameters.values()), None)
    return first is not None and first.annotation is Fact


def _within_its_dates(function: Callable[P, R], name: str, made: Rule, otherwise: Any) -> Callable[P, R]:
    silence = _least(function) if otherwise is ... else otherwise
    SPEAKS[name] = speaks(made)

    @wraps(function)
    def dated(*args: P.args, **kwargs: P.kwargs) -> R:
        fact: Any = args[0]
        begins, ends, known = SPEAKS[name]
        if begins <= fact.occurred < ends and known <= fact.recorded:
            return function(*args, **kwargs)
        return silence  # type: ignore[no-any-return]

    return dated


def speaks(rule: Rule) -> Speaks:
    """From the first instant of the day from which it is in force, or known, at Ashgabat."""
    ends = LATEST if rule.in_force_to is None else _start(rule.in_force_to + timedelta(days=1))
    return Speaks(_start(rule.in_force_from), ends, EARLIEST if rule.reaches_back else _start(rule.known_from))


def _start(day: date) -> datetime:
    """In UTC, as facts are: two instants of one zone are compared several times faster."""
    return datetime.combine(day, time(), ASHGABAT).astimezone(UTC)


def _least(function: Callable[..., Any]) -> Any:
    """Raises TypeError where what it returns has no least."""
    returned = get_type_hints(function)["return"]
    kinds = {get_origin(each) or each for each in (get_args(returned) or (returned,))} | {get_origin(returned)}
    for kind, least in LEAST.items():
        if kind in kinds:
            return least
    raise TypeError(f"{function.__module__}.{function.__name__} returns {returned}: state what it returns `otherwise`")
