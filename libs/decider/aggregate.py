"""An aggregate put together from matters of the law, each of which has its own part of the state.

A matter is a file. It says by plain functions what it decides, how its part changes, what follows, what is open and
what is due. Which commands, events and parts a function concerns stands in its annotations: a part of the state is
handed to whoever names its type. So a new matter is a file, a part, and a word in the composition.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import datetime
from functools import partial
from inspect import signature
from operator import attrgetter, is_
from typing import Any, Generic, TypeVar, get_args, get_origin, get_type_hints

from decider.input import Due, Held, Input, OpenPoint, Stream
from decider.joining import Joining
from decider.replacing import replace

State = TypeVar("State")
Deadlines = tuple[tuple[datetime, str], ...]
Place = tuple[str, ...]
"""Where a part lies in the state: names of fields, from the outside in."""
Folding = tuple[Callable[[Any], Any], Callable[[Any, Any], Any], Callable[..., Any], bool]
"""How a part is taken out of the state and put back, and what makes another one of it: by when it was recorded, too?"""
Parts = Callable[[Any], tuple[Any, ...]]
"""The parts of a state that a function asks for, in the order in which it does."""
Deciding = Sequence[tuple[Callable[..., Any], Parts]]
"""Who decides on an input, each with the parts that it asks for."""
Asking = tuple[Callable[..., Sequence[Any]], Parts, tuple[Any, ...]]
"""Who says what follows, with the parts that it asks for, and what these were when it was asked last."""
Completing = Mapping[type, tuple[Callable[..., Any], Parts]]
"""By the type of an event, who completes it, and of which parts."""
ROUNDS_MAX = 20
"""So often it is asked what follows from what has followed, before that counts as an error of the rules."""


@dataclass(frozen=True, kw_only=True)
class Matter:
    """What a file says of its matter; of each kind as many functions as it takes.

    `commands`: (Input[its commands], parts ...) -> events; a command may concern several matters. So may an event of
    another service that is decided on by itself.
    `folds`: (its part, its events) -> the part, or (its part, its events, recorded) where it keeps since when it is
    known what they say; `unfolded` are events that change no state.
    `follows`: (Stream, parts ...) -> events that react from all that is known, asked where a part that it names became
    another; or (Input, parts ...), asked at every input, or at those only that its annotation names.
    `completes`: (its events, parts ...) -> the same event with what whoever reads it needs to know besides; nothing is
    decided by that, and no state holds it.
    `tells`: (its events) -> commands to other streams; one that is told again is `Held`.
    `open_points`, `due`: (parts ...) -> what is open, what is pending.
    """

    commands: tuple[Callable[..., Sequence[Any]], ...] = ()
    folds: tuple[Callable[..., Any], ...] = ()
    follows: tuple[Callable[..., Sequence[Any]], ...] = ()
    completes: tuple[Callable[..., Any], ...] = ()
    tells: tuple[Callable[..., Iterable[tuple[str, Any]]], ...] = ()
    open_points: tuple[Callable[..., Iterable[OpenPoint]], ...] = ()
    due: tuple[Callable[..., Iterable[tuple[datetime, str]]], ...] = ()
    unfolded: tuple[type, ...] = ()


class Aggregate(Generic[State]):
    """A decider made of matters, in the order in which what follows from them is asked.

    `upstream` folds what other services say; nothing follows from an event in `silent`, which is folded only. `acts`
    are those that may be open, `joining` says how its streams become one. Raises TypeError where a function names what
    no part of the state is, or does not say which acts it opens. One whose matters tell nobody has no `react`, one
    without deadlines no `due`, one whose streams stay apart no `joined`.
    """

    react: Callable[[Any], list[tuple[str, Any]]]
    due: Callable[[State], Deadlines]
    joined: Callable[[State], str | None]

    def __init__(
        self, state: type[State], *matters: Matter, upstream: Matter | None = None, silent: tuple[type, ...] = (),
        joining: Joining | None = None,
    ) -> None:  # fmt: skip
        heard = upstream or Matter()
        self.matters = every = (heard, *matters)
        self.INITIAL = state()
        self._places = _each_once(_places(state))
        self._silent = silent
        self._folds = self._folded(fold for matter in every for fold in matter.folds)
        self.HEARS: tuple[type, ...] = tuple(dict.fromkeys(event for fold in heard.folds for event in _events(fold)))
        self._commands = self._by_command(command for matter in matters for command in matter.commands)
        self._follows = [(_after(each), *self._with_parts(each)) for matter in matters for each in matter.follows]
        self._completes = self._by_completed(each for matter in matters for each in matter.completes)
        self._open_points = [self._with_parts(each) for matter in matters for each in matter.open_points]
        self.acts = tuple(dict.fromkeys(act for finds, _ in self._open_points for act in _acts(finds)))
        self._due = [self._with_parts(each) for matter in matters for each in matter.due]
        self._tells = _by_event(each for matter in matters for each in matter.tells)
        self._unfolded = frozenset(event for matter in every for event in matter.unfolded)
        if self._tells:
            self.react = self._react
        if self._due:
            self.due = self._deadlines
        self.reads = joining.reads if joining else ()
        self._answers = joining.answers if joining else ()
        self._into = self._with_parts(joining.into) if joining else None
        self._passes_on = [self._with_parts(joining.passes_on)] if joining else []
        if joining:
            self.joined = self._joined

    @property
    def commands(self) -> tuple[type, ...]:
        return tuple(each for each in self._commands if each not in self.HEARS)

    def leads_to(self, command: type) -> tuple[type, ...]:
        """The events that a command may itself lead to, as those say who decide it."""
        decides = (decide for decide, _ in self._commands.get(command, ()))
        return tuple(event for decide in decides for event in _types(get_args(get_type_hints(decide)["return"])[0]))

    @property
    def events(self) -> tuple[type, ...]:
        """Every event that it folds, others' and its own, and deadlines; and those that change nothing."""
        return (*self._folds, *sorted(self._unfolded, key=lambda event: event.__name__))

    @property
    def internal_commands(self) -> tuple[type, ...]:
        """The commands by which its streams tell others."""
        return tuple({command: None for tell in self._tells.values() for one in tell for command in _told(one)})

    def decide(self, given: Input[Any], state: State) -> list[Any]:
        """The events that an input leads to, as they are decided."""
        return self._led_to(given, state, {})[1]

    def outcome(self, given: Input[Any], state: State, before: State | None = None) -> tuple[State, list[Any]]:
        """The same events as they are recorded, completed, and the state after the input and them.

        With the state `before` the input, in which an event of another service is not folded yet, what follows is
        asked only where this input changes what it follows from: everything else was asked when that changed.
        """
        return self._led_to(given, state, self._completes, before)

    def _led_to(
        self, given: Input[Any], state: State, completes: Completing, before: State | None = None
    ) -> tuple[State, list[Any]]:
        content = given.content
        if type(content) in self._silent:
            return state, []
        decided = [event for decide, parts in self._decides(content, state) for event in decide(given, *parts(state))]
        if isinstance(content, Due):
            state = self.evolve(state, content, given.recorded)
        found: list[Any] = []
        for event in decided:
            state = self.evolve(state, event, given.recorded)
            found.append(_completed(completes, event, state))
        if self._joined(state) is not None:
            return state, found
        asked = [
            (follows, parts, () if before is None or after is not Stream else parts(before))
            for after, follows, parts in self._follows
            if after in (Stream, object) or type(content) in after
        ]
        for _ in range(ROUNDS_MAX):
            state, asked, more = self._followed(given, state, completes, asked)
            if not more:
                return state, found
            found += more
        raise RuntimeError(f"{type(content).__name__}: what follows from it does not come to an end")

    def _followed(
        self, given: Input[Any], state: State, completes: Completing, asked: Sequence[Asking]
    ) -> tuple[State, list[Asking], list[Any]]:
        """One after the other, each where a part is not the one of which it was asked last."""
        then, found = [], list[Any]()
        for follows, parts, last in asked:
            now = parts(state)
            if not last or not all(map(is_, now, last)):
                events = follows(given, *now)
                for event in events:
                    state = self.evolve(state, event, given.recorded)
                    found.append(_completed(completes, event, state))
                now = parts(state) if events else now
            then.append((follows, parts, now))
        return state, then, found

    def _decides(self, content: Any, state: State) -> Deciding:
        """Who decides on it; of a stream that was joined, only on what it answers, or passes on."""
        decides = self._commands.get(type(content), [])
        if not decides or type(content) in self._answers or self._joined(state) is None:
            return decides
        return self._passes_on

    def _joined(self, state: State) -> str | None:
        """The id of the stream into which this one was joined, None where it was not."""
        if self._into is None:
            return None
        into, parts = self._into
        found: str | None = into(*parts(state))
        return found

    def evolve(self, state: State, event: Any, recorded: datetime) -> State:
        """The state after an event, its own or another service's, or a deadline, that was recorded then."""
        folds = self._folds.get(type(event))
        if folds is None:
            if type(event) not in self._unfolded:
                raise TypeError(f"{type(event).__name__} is no event of {type(self.INITIAL).__name__}")
            return state
        for part, put, fold, dated in folds:
            state = put(state, fold(part(state), event, recorded) if dated else fold(part(state), event))
        return state

    def open_points(self, state: State) -> tuple[OpenPoint, ...]:
        if self._joined(state) is not None:
            return ()
        return tuple(point for found, parts in self._open_points for point in found(*parts(state)))

    def _deadlines(self, state: State) -> Deadlines:
        if self._joined(state) is not None:
            return ()
        return tuple(sorted({each for found, parts in self._due for each in found(*parts(state))}))

    def _react(self, event: Any) -> list[tuple[str, Any]]:
        return [one for tell in self._tells.get(type(event), ()) for one in tell(event)]

    def _folded(self, folds: Iterable[Callable[..., Any]]) -> dict[type, list[Folding]]:
        found: dict[type, list[Folding]] = {}
        for fold in folds:
            part, _, *dated = _hints(fold).values()
            place = self._place_of(part, fold)
            taken, put = attrgetter(".".join(place)), partial(_with_part, place)
            for event in _events(fold):
                found.setdefault(event, []).append((taken, put, fold, bool(dated)))
        return found

    def _by_command(self, decides: Iterable[Callable[..., Any]]) -> dict[type, list[tuple[Callable[..., Any], Parts]]]:
        found: dict[type, list[tuple[Callable[..., Any], Parts]]] = {}
        for decide in decides:
            asked, *_ = _hints(decide).values()
            for command in _types(get_args(asked)[0]):
                found.setdefault(command, []).append(self._with_parts(decide))
        return found

    def _by_completed(self, completes: Iterable[Callable[..., Any]]) -> Completing:
        found: dict[type, tuple[Callable[..., Any], Parts]] = {}
        for each in completes:
            (_, events), *parts = _hints(each).items()
            asked = _parts([".".join(self._place_of(part, each)) for _, part in parts])
            found |= dict.fromkeys(_types(events), (each, asked))
        return found

    def _with_parts(self, asking: Callable[..., Any]) -> tuple[Callable[..., Any], Parts]:
        hints = [hint for hint in _hints(asking).values() if get_origin(hint) is not Input and hint is not Stream]
        return asking, _parts([".".join(self._place_of(hint, asking)) for hint in hints])

    def _place_of(self, part: Any, asking: Callable[..., Any]) -> Place:
        if part not in self._places:
            raise TypeError(f"{asking.__module__}.{asking.__name__} asks for {part}, which is no part of the state")
        return self._places[part]


def _places(state: Any, within: Place = ()) -> Iterator[tuple[type, Place]]:
    """Every part of a state, parts of parts too."""
    for field, hint in zip(fields(state), get_type_hints(state).values(), strict=True):
        if is_dataclass(hint):
            yield hint, (*within, field.name)  # type: ignore[misc]
            yield from _places(hint, (*within, field.name))


def _each_once(places: Iterable[tuple[type, Place]]) -> dict[type, Place]:
    found: dict[type, Place] = {}
    for part, place in places:
        if part in found:
            raise TypeError(f"{part.__name__} is a part twice: {'.'.join(found[part])} and {'.'.join(place)}")
        found[part] = place
    return found


def _parts(places: Sequence[str]) -> Parts:
    match places:
        case []:
            return lambda state: ()
        case [place]:
            part = attrgetter(place)
            return lambda state: (part(state),)
        case _:
            return attrgetter(*places)


def _with_part(place: Place, state: Any, part: Any) -> Any:
    name, *inner = place
    return replace(state, **{name: _with_part(tuple(inner), getattr(state, name), part) if inner else part})


def _hints(function: Callable[..., Any]) -> dict[str, Any]:
    """The types of a function's parameters, in order."""
    hints = get_type_hints(function)
    return {name: hints[name] for name in signature(function).parameters}


def _events(fold: Callable[..., Any]) -> Iterator[type]:
    """The events that a fold takes, in their order."""
    _, events, *_ = _hints(fold).values()
    yield from _types(events)


def _completed(completes: Completing, event: Any, state: Any) -> Any:
    """By the state after it, in which it has been folded already."""
    if (completing := completes.get(type(event))) is None:
        return event
    complete, parts = completing
    return complete(event, *parts(state))


def _types(hint: Any) -> tuple[type, ...]:
    return get_args(hint) or (hint,)


def _after(follows: Callable[..., Any]) -> Any:
    """The types of input at which it is asked what follows; object: at all; Stream: where a part has changed."""
    asked, *_ = _hints(follows).values()
    if asked is Stream:
        return Stream
    (content,) = get_args(asked)
    return content if content is object else _types(content)


def _acts(finds: Callable[..., Any]) -> tuple[str, ...]:
    if (acts := getattr(finds, "acts", None)) is None:
        raise TypeError(f"{finds.__module__}.{finds.__name__} does not say which acts it opens: @opens(...)")
    return tuple(acts)


def _by_event(tells: Iterable[Callable[..., Any]]) -> dict[type, list[Callable[..., Any]]]:
    found: dict[type, list[Callable[..., Any]]] = {}
    for tell in tells:
        (events,) = _hints(tell).values()
        for event in _types(events):
            found.setdefault(event, []).append(tell)
    return found


def _told(tell: Callable[..., Any]) -> tuple[type, ...]:
    """Of `list[tuple[str, A | B]]` A and B; what is told again is no command of its own."""
    pair = get_args(get_type_hints(tell)["return"])[0]
    return tuple(each for each in _types(get_args(pair)[1]) if each is not Held)
