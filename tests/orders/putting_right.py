"""What was stated wrongly and put right through all services, beside what is right from the beginning."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple, TypeAlias

from hypothesis import strategies as st

from decider import Subject
from decider.tests.kit import facts
from tests.law.lane import Lane

START = datetime.fromisoformat("2026-03-02T07:00:00Z")
OFFICER = Subject("officer-1", "officer")
"""When customs was told, whenever that is recorded, is his to say."""
States: TypeAlias = dict[tuple[str, str], Any]


class Stated(NamedTuple):
    """A command, so many hours after the beginning, and recorded so many hours after that."""

    command: Any
    hours: float
    late: float = 0


History: TypeAlias = tuple[list[Stated], list[Stated]]
"""With what was stated wrongly, and what put it right; and as if only the right thing had been stated."""


def at(hours: float) -> datetime:
    return START + timedelta(hours=hours)


def lane(several: Iterable[Stated]) -> Lane:
    """All services after these, each recorded no earlier than the one before it."""
    said, recorded = Lane(OFFICER), START
    for each in several:
        recorded = max(recorded, at(each.hours + each.late))
        said.say(each.command, at(each.hours), recorded)
    return said


def states(several: Iterable[Stated]) -> States:
    """What stands in every stream of every service, but for what was taken back and since when anything is known."""
    return standing(lane(several))


def standing(said: Lane) -> States:
    found = {
        (stream, type(decider.INITIAL).__module__): without_struck(facts(state))
        for (stream, decider), state in said.states.items()
        if state != decider.INITIAL
    }
    untouched = {module: without_struck(facts(decider.INITIAL)) for module, decider in modules(said)}
    return {name: state for name, state in found.items() if state != untouched[name[1]]}


def modules(said: Lane) -> Iterable[tuple[str, Any]]:
    return ((type(decider.INITIAL).__module__, decider) for _, decider in said.states)


def without_struck(of: Any) -> Any:
    match of:
        case dict():
            return None if of.get("struck") else {name: without_struck(each) for name, each in of.items()}
        case list():
            return [each for each in map(without_struck, of) if each is not None]
        case _:
            return of


def history(draw: st.DrawFn, acts: Sequence[Stated], right: Sequence[Stated], others: Sequence[Stated]) -> History:
    """The acts in their order, and what is right, each somewhere among some of what happened besides."""
    beside = draw(st.lists(st.sampled_from(others), unique_by=repr, max_size=7))
    return among(draw, acts, beside), among(draw, right, beside)


def among(draw: st.DrawFn, acts: Sequence[Stated], others: Sequence[Stated]) -> list[Stated]:
    places = sorted(draw(st.lists(st.integers(0, len(others)), min_size=len(acts), max_size=len(acts))))
    found = [*others]
    for place, act in reversed([*zip(places, acts, strict=True)]):
        found.insert(place, act)
    return found
