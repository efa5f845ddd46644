"""What a decider is given: a command, a deadline or a foreign event, with all that it may know beyond its state."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, Protocol, TypeAlias, TypeVar

Attached: TypeAlias = tuple[tuple[str, str | tuple[str, ...]], ...]
Content_co = TypeVar("Content_co", covariant=True)
Finds = TypeVar("Finds", bound=Callable[..., Any])


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A deadline has passed: the content of an input that a service gives itself, `occurred` at the legal instant."""

    name: str
    instant: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Party:
    """A company or a person by its number, and who gave it that number, where that is known."""

    number: str
    issuer: str | None = None


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose act it is, as its token says: in which role, for which party, at which checkpoints.

    Of the service itself, and of what it heard, `id` is the service's name, and there is no role.
    """

    id: str
    role: str | None = None
    party: Party | None = None
    checkpoints: tuple[str, ...] = ()

    @property
    def places(self) -> str | None:
        """The checkpoints, as entries say them."""
        return ",".join(self.checkpoints) or None


@dataclass(frozen=True, kw_only=True, slots=True)
class Held:
    """An input as a stream has it on record: its type, when it happened, whose act it was, and its JSON.

    Told to another stream of the same service, it stays that act, under its own time. `authtype` is as in entries.
    """

    type: str
    occurred: datetime
    subject: Subject
    authtype: str
    data: dict[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class Input(Generic[Content_co]):
    """`occurred` picks the law, `recorded` what was known of it; both are aware and in UTC.

    `told`: another stream of the same service tells it. `held` is what the stream has on record, at those contents that
    ask for it (`Joining.reads`), and once a stream was joined, what it is told itself.
    """

    stream: str
    content: Content_co
    occurred: datetime
    recorded: datetime
    subject: Subject
    attached: Attached = ()
    held: tuple[Held, ...] = ()
    told: bool = False

    @property
    def id(self) -> str:
        """The stream's id without its kind, such as `C1` of `consignment/C1`."""
        return self.stream.partition("/")[2]


class Stream(Protocol):
    """Of an input no more than whose it is: what follows from a state, and not from what came in, or when."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPoint:
    """What is needed next: the command that closes it, the role that the law obliges, the article, the place.

    `part` says of what on the stream, where the same is open of several, and `call` which of a vehicle's calls at the
    place, where it is not the first. It is open `since` what it follows from had happened, and to be done `until` the
    end of a term where the law sets one; two are the same whatever these say.
    """

    act: str
    who: str
    article: str
    place: str | None = None
    part: str | None = None
    call: int | None = None
    since: datetime | None = field(default=None, compare=False)
    until: datetime | None = field(default=None, compare=False)

    @property
    def shown(self) -> dict[str, str | int | None]:
        """As JSON has it; without part, call and times, where there are none."""
        said = {"act": self.act, "who": self.who, "article": self.article, "place": self.place}
        times = {name: at.isoformat() for name, at in (("since", self.since), ("until", self.until)) if at}
        of_it: dict[str, str | int] = {name: of for name, of in (("part", self.part), ("call", self.call)) if of}
        return {**said, **of_it, **times}


def who_waits_where(points: Sequence[OpenPoint]) -> tuple[str, str | None]:
    """The acts that are open, and the place, if there is one for all; of several each act also with its own."""
    places = {point.place for point in points if point.place}
    acts = [point.act for point in points]
    if len(places) < 2:
        return ",".join(acts), next(iter(places), None)
    return ",".join((*acts, *(f"{point.act}@{point.place}" for point in points if point.place))), None


def opens(*acts: str) -> Callable[[Finds], Finds]:
    """Says of a function that finds open points which acts they may be: by these, and no others, they are looked up."""

    def said(finds: Finds) -> Finds:
        vars(finds)["acts"] = acts
        return finds

    return said
