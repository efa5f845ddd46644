"""How a test plays inputs to a decider, as the runner does: it folds a foreign event first, and then asks."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from decider import Due, Input, Subject

NOON = datetime(2026, 3, 2, 7, 0, tzinfo=UTC)  # Noon at Ashgabat.
SOMEBODY = Subject(id="somebody")


@dataclass(frozen=True, kw_only=True)
class Said:
    """An input with both its times."""

    content: Any
    occurred: datetime
    recorded: datetime


def at(
    decider: Any, instant: datetime, content: Any, recorded: datetime | None = None, subject: Subject = SOMEBODY
) -> Input[Any]:
    """Recorded when it happened, unless it says otherwise."""
    stream = stream_of(decider, content)
    return Input(stream=stream, content=content, occurred=instant, recorded=recorded or instant, subject=subject)


def stream_of(decider: Any, content: Any) -> str:
    """What it speaks of; a deadline, of the one that tests speak of."""
    kind = type(decider.INITIAL).__name__.lower()
    return f"{kind}/{getattr(content, kind, None) or kind[0].upper() + '1'}"


def given(decider: Any, *events: Any, recorded: datetime = NOON) -> Any:
    """The state after these events."""
    return folded(decider, decider.INITIAL, *events, recorded=recorded)


def folded(decider: Any, state: Any, *events: Any, recorded: datetime = NOON) -> Any:
    """What becomes of a state by these events."""
    for event in events:
        state = decider.evolve(state, event, recorded)
    return state


def facts(state: Any) -> Any:
    """What it holds, but for since when that is known: so much is the same whatever was recorded first."""
    match state:
        case dict():
            return {name: facts(each) for name, each in state.items() if name != "known"}
        case tuple() | list():
            return [facts(each) for each in state]
        case _ if is_dataclass(state) and not isinstance(state, type):
            return facts(asdict(state))
        case _:
            return state


def when(
    decider: Any,
    state: Any,
    content: Any,
    instant: datetime = NOON,
    recorded: datetime | None = None,
    subject: Subject = SOMEBODY,
) -> list[Any]:
    """The events that one input leads to."""
    if isinstance(content, decider.HEARS):
        state = decider.evolve(state, content, recorded or instant)
    decided: list[Any] = decider.decide(at(decider, instant, content, recorded, subject), state)
    return decided


def play(decider: Any, contents: Sequence[Any], instant: datetime = NOON) -> tuple[Any, list[Any]]:
    """The state and all events after these inputs, which happened when they were recorded; no deadline fires."""
    state, recorded = decider.INITIAL, []
    for content in contents:
        state, events = step(decider, state, at(decider, instant, content))
        recorded += events
    return state, recorded


def live(decider: Any, said: Sequence[Said], until: datetime) -> tuple[Any, list[Any]]:
    """The state and all events after these inputs, each deadline fired before the first input recorded after it.

    After the last input time goes on to `until`.
    """
    state, recorded = decider.INITIAL, []
    for each in said:
        state, events = fired(decider, state, each.recorded)
        recorded += events
        state, events = step(decider, state, at(decider, each.occurred, each.content, each.recorded))
        recorded += events
    state, events = fired(decider, state, until)
    return state, [*recorded, *events]


def fired(decider: Any, state: Any, now: datetime) -> tuple[Any, list[Any]]:
    """Fires what is due before `now`; an act at the very instant comes first, so it is in time."""
    recorded: list[Any] = []
    while pending := [each for each in due(decider, state) if each[0] < now]:
        instant, name = pending[0]
        content = Due(name=name, instant=instant)
        state, events = step(decider, state, at(decider, instant, content, now))
        assert (instant, name) not in due(decider, state), f"{name} of {instant} was fired and is pending still"
        recorded += events
    return state, recorded


def due(decider: Any, state: Any) -> tuple[tuple[datetime, str], ...]:
    """The pending deadlines, in order; a decider that has none need not say so."""
    found: tuple[tuple[datetime, str], ...] = decider.due(state) if hasattr(decider, "due") else ()
    assert found == tuple(sorted(found))
    return found


def step(decider: Any, state: Any, given: Input[Any]) -> tuple[Any, list[Any]]:
    """The state after one input, stored and read again, and the events that it led to."""
    if isinstance(given.content, decider.HEARS):
        state = decider.evolve(state, given.content, given.recorded)
    events: list[Any] = decider.decide(given, state)
    if isinstance(given.content, Due):
        state = decider.evolve(state, given.content, given.recorded)
    state = folded(decider, state, *events, recorded=given.recorded)
    stored = _states(decider)
    again = stored.validate_json(stored.dump_json(state, exclude_defaults=True))
    assert again == state
    return again, events


@cache
def _states(decider: Any) -> TypeAdapter[Any]:
    return TypeAdapter(type(decider.INITIAL))
