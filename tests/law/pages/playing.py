"""Plays a case through the deciders, and hears which rules were asked at its last input and what they said."""

import inspect
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pkgutil import resolve_name
from types import CodeType, FrameType
from typing import Any, NamedTuple

from decider import OpenPoint
from decider.tests.kit import Said
from law.rule import Rule
from law.tests.late_act import forget
from tests.law.cases.case import Case, Nothing, Question
from tests.law.index import rules
from tests.law.lane import Lane


class Asked(NamedTuple):
    """A rule, and what it said."""

    rule: Rule
    said: Any


@dataclass(frozen=True, kw_only=True)
class Played:
    """What came of the last input: events, what is open then of what they are of, and the rules that were asked."""

    events: tuple[Any, ...] = ()
    points: tuple[OpenPoint, ...] = ()
    answer: Any = None
    asked: tuple[Asked, ...] = ()


def play(case: Case) -> Played:
    lane = Lane()
    for each in case.given:
        say(lane, each)
    with listening() as asked:
        if isinstance(case.when, Question):
            return Played(answer=case.when.answer(), asked=tuple(asked))
        before = {stream: len(events) for stream, events in lane.recorded.items()}
        logged = len(lane.log)
        say(lane, case.when)
        touched = sorted(stream for stream, events in lane.recorded.items() if len(events) > before.get(stream, 0))
        points = tuple(point for stream in touched for point in lane.points(stream))
    return Played(events=tuple(lane.log[logged:]), points=points, asked=tuple(asked))


def say(lane: Lane, said: Said) -> None:
    """What was due before an input was recorded, was found by then."""
    lane.wait(said.recorded)
    if not isinstance(said.content, Nothing):
        lane.say(said.content, said.occurred, said.recorded)


@contextmanager
def listening() -> Iterator[list[Asked]]:
    """Every rule that is asked meanwhile, in their order; also those whose answers were remembered."""
    forget()
    heard: list[Asked] = []
    found: dict[CodeType, Rule] = {inspect.unwrap(resolve_name(str(each.function))).__code__: each for each in rules()}

    def hear(frame: FrameType, what: str, said: Any) -> None:
        if what == "return" and frame.f_code in found:
            heard.append(Asked(found[frame.f_code], said))

    before = sys.getprofile()
    sys.setprofile(hear)
    try:
        yield heard
    finally:
        sys.setprofile(before)
