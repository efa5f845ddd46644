"""What a decider is given: a command, a deadline or a foreign event, with all that it may know beyond its state."""

from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from law.findings import Facts

Content_co = TypeVar("Content_co", covariant=True)


@dataclass(frozen=True, kw_only=True, slots=True)
class Due:
    """A deadline has passed: the content of an input that a service gives itself, `occurred` at the legal instant."""

    name: str
    instant: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Input(Generic[Content_co]):
    """`occurred` picks the law, `recorded` what was known of it; both are aware and in UTC."""

    content: Content_co
    occurred: datetime
    recorded: datetime
    subject: str
    attached: Facts = ()
