"""What a decider is given: a command, a deadline or a foreign event, with all that it may know beyond its state."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeAlias, TypeVar

Attached: TypeAlias = tuple[tuple[str, str | tuple[str, ...]], ...]
Content_co = TypeVar("Content_co", covariant=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A deadline has passed: the content of an input that a service gives itself, `occurred` at the legal instant."""

    name: str
    instant: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Input(Generic[Content_co]):
    """`occurred` picks the law, `recorded` what was known of it; both are aware and in UTC."""

    stream: str
    content: Content_co
    occurred: datetime
    recorded: datetime
    subject: str
    attached: Attached = ()

    @property
    def id(self) -> str:
        """The stream's id without its kind, such as `C1` of `consignment/C1`."""
        return self.stream.partition("/")[2]


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenPoint:
    """What is needed next: the command that closes it, the role that the law obliges, the article, the place.

    Where no command closes it, because what is to be done stands outside the source, `act` names what was recorded.
    """

    act: str
    who: str
    article: str
    place: str | None = None
