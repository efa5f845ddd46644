"""What a service tells the chassis about itself: plain values, written once in its `app.py`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property, reduce
from importlib.metadata import entry_points
from typing import Any, Protocol

from pydantic import BaseModel, TypeAdapter

from chassis.write import parking
from decider import Due, Input, OpenPoint
from entries.states import States


class Decider(Protocol):
    """How the streams of one kind are decided.

    `outcome`, `react`, `open_points`, `acts`, `due`, `joined` and `reads` are optional.
    """

    INITIAL: Any
    HEARS: tuple[type, ...]

    @property
    def decide(self) -> Callable[[Input[Any], Any], list[Any]]: ...

    @property
    def evolve(self) -> Callable[[Any, Any, datetime], Any]: ...


class Contract(Protocol):
    """A module that says what one service writes."""

    TOPIC: str
    EVENTS: tuple[Any, ...]


Page = Callable[..., Any]
"""The document that it returns, of the type that it names, is shown to everyone, without a token; None: no page."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """One path by which one command comes in, for a stream of one kind; of any, where the command names the stream.

    With `reads_latest`, upstreams are asked first for whatever they have recorded by then. `roles` are those whose act
    it is: whoever has several acts in the first of them, unless he names one. With `founds` it may speak of a stream of
    which nothing is on record here, even by its id.
    """

    path: str
    command: type
    kind: str = ""
    roles: tuple[str, ...] = ()
    reads_latest: bool = False
    founds: bool = False

    def stream(self, command: Any) -> str:
        return f"{self.kind}/{getattr(command, self.kind)}" if self.kind else str(command.stream)


class Kind:
    """A decider with what the chassis derives from it: how its states are read and written."""

    def __init__(self, name: str, decider: Decider) -> None:
        self.name = name
        self.initial = decider.INITIAL
        self.decide = decider.decide
        self.evolve = decider.evolve
        self.outcome: Callable[..., tuple[Any, list[Any]]] = getattr(decider, "outcome", self._outcome)
        self.hears: dict[str, Any] = {event.__name__: event for event in decider.HEARS}
        self.react: Callable[[Any], list[tuple[str, Any]]] = getattr(decider, "react", lambda event: [])
        self.open_points: Callable[[Any], tuple[OpenPoint, ...]] = getattr(decider, "open_points", lambda state: ())
        self.due: Callable[[Any], tuple[tuple[datetime, str], ...]] = getattr(decider, "due", lambda state: ())
        self.joined: Callable[[Any], str | None] = getattr(decider, "joined", lambda state: None)
        self.acts: tuple[str, ...] = getattr(decider, "acts", ())
        self.reads: tuple[type, ...] = getattr(decider, "reads", ())
        self.states = States(decider.INITIAL)
        self.schema = self.states.adapter

    def _outcome(self, given: Input[Any], state: Any, before: Any = None) -> tuple[Any, list[Any]]:
        events = self.decide(given, state)
        passed = [given.content] if isinstance(given.content, Due) else []
        return reduce(lambda state, event: self.evolve(state, event, given.recorded), [*passed, *events], state), events


PARKING_ROUTES = tuple(
    Route(path=path, command=command, roles=("operations", "supervisor"))
    for path, command in (("/redrives", parking.Redrive), ("/discards", parking.Discard))
)
"""Routes that every service has."""


@dataclass(frozen=True, kw_only=True)
class Service:
    """A service: its name, its port, what it writes, whom it hears, its deciders, its routes, and pages by their paths.

    `internal_commands` are those that its streams send one another. `state_version` is raised with every change of
    `evolve` that gives other states: they are then folded anew before the service goes on.
    """

    name: str
    port: int
    writes: Contract
    hears: Mapping[str, Contract] = field(default_factory=dict)
    deciders: Mapping[str, Decider]
    routes: tuple[Route, ...]
    pages: Mapping[str, Page] = field(default_factory=dict)
    examples: Mapping[str, Any] = field(default_factory=dict)
    """What may be sent, by the command's name, to be shown where its route is described."""
    internal_commands: tuple[type, ...] = ()
    numbers: Callable[[Any], Iterable[str]] = field(default=lambda said: ())
    """By which numbers, in one spelling, the stream of a command (or of its document), or of an own event, is found."""
    spelling: Callable[[str], str] = str
    """The one spelling of a number."""
    places: Any = None
    """The type by which a place is read where somebody asks what waits there; None: any text."""
    names_found: bool = False
    """Whether a stream begins only with a command that names it by something else than its id."""
    rulebook: str | Callable[[], str]
    """The version of what it decides by; what takes a while is asked once, when the first entry needs it."""
    state_version: int = 1

    def __post_init__(self) -> None:
        object.__setattr__(self, "kinds", {name: Kind(name, decider) for name, decider in self.deciders.items()})
        commands = (*(route.command for route in (*self.routes, *PARKING_ROUTES)), *self.internal_commands)
        object.__setattr__(self, "commands", {command.__name__: TypeAdapter(command) for command in commands})
        events = {event.__name__: event for event in self.writes.EVENTS}
        object.__setattr__(self, "events", {**parking.EVENTS, **events})

    kinds: dict[str, Kind] = field(init=False, repr=False, compare=False)
    commands: dict[str, TypeAdapter[Any]] = field(init=False, repr=False, compare=False)
    events: dict[str, type[BaseModel]] = field(init=False, repr=False, compare=False)

    @cached_property
    def version(self) -> str:
        """Of its rulebook."""
        return self.rulebook if isinstance(self.rulebook, str) else self.rulebook()

    @property
    def tells_itself(self) -> bool:
        """Whether it has an agenda at all: commands of one stream to another, or deadlines."""
        having = (hasattr(each, "due") or hasattr(each, "joined") for each in self.deciders.values())
        return bool(self.internal_commands) or any(having)

    @property
    def topic(self) -> str:
        return self.writes.TOPIC

    def kind_of(self, stream: str) -> Kind | None:
        """The decider of a stream, named `kind/id`; None where this service keeps no such streams."""
        return self.kinds.get(stream.partition("/")[0])


def find_services() -> dict[str, Service]:
    """Every installed service by name, by port, from the entry points of the packages that bring them."""
    services: list[Service] = [point.load() for point in entry_points(group="serhet.services")]
    return {service.name: service for service in sorted(services, key=lambda service: service.port)}
