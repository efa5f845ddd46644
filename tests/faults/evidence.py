"""What the checker judges: entries as topics and journals hold them, what was accepted, and what is to come of it."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self, TypeAlias

KindOfDefect: TypeAlias = Literal["lost", "doubled", "out of order", "altered"]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry as one side holds it. `document` is its value, read; of what cannot be read it is empty."""

    service: str
    partition: int
    position: int
    kind: str
    stream: str
    chain: bytes
    value: bytes

    @property
    def where(self) -> str:
        return f"{self.service}/{self.partition}/{self.position}"

    @cached_property
    def document(self) -> dict[str, Any]:
        try:
            read = json.loads(self.value)
        except ValueError:
            return {}
        return read if isinstance(read, dict) else {}

    @property
    def type(self) -> str:
        return str(self.document.get("type"))

    @cached_property
    def seen(self) -> dict[str, int]:
        parts = (part.partition("=") for part in self.document.get("seen", "").split(",") if part)
        return {service: int(position) for service, _, position in parts}


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """A command that was answered, and the answer: its receipt and the events that it led to."""

    service: str
    client: str
    key: str
    type: str
    stream: str
    receipt: Mapping[str, Any]
    events: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A stream whose last command was accepted: how often each type of entry stands in it, by service.

    `plain` says that every fact came before what rests on it, so that nothing may ever have been found amiss; elsewhere
    what was found amiss is withdrawn in the end, for each fact is stated with its time, and by those all is well.
    """

    stream: str
    entries: Mapping[str, Mapping[str, int]]
    plain: bool = False


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A command that was answered and that a restore lost, as the restore listed it; `id` is that of the lost entry."""

    service: str
    client: str
    key: str
    id: str


@dataclass(frozen=True, kw_only=True)
class Defect:
    kind: KindOfDefect
    text: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.text}"


Side: TypeAlias = dict[tuple[str, int], list[Entry]]
"""Per service and partition what one side holds, in its own order."""


@dataclass(kw_only=True)
class Evidence:
    """Everything at one moment at which nothing moves any more."""

    topics: Side = field(default_factory=dict)
    journals: Side = field(default_factory=dict)
    accepted: list[Accepted] = field(default_factory=list)
    expected: list[Expected] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    unanswered: list[tuple[str, str, str]] = field(default_factory=list)
    """What was given up before there was an answer, by service, client and key: it may be recorded or not."""
    set_aside: list[Side] = field(default_factory=list)
    """Of each database that a restore put aside: what its journal held, and the journal in its place does not."""


class Log:
    """The log of accepted commands, a JSON document a line, written as they are accepted.

    `commands` counts them by service.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self.commands: Counter[str] = Counter()
        self.shipments = 0

    def add_accepted(self, accepted: Accepted) -> None:
        self.commands[accepted.service] += 1
        self._file.write(json.dumps({"accepted": vars(accepted)}) + "\n")

    def add_expected(self, expected: Iterable[Expected]) -> None:
        for each in expected:
            self.shipments += each.stream.startswith("consignment/")
            self._file.write(json.dumps({"expected": vars(each)}) + "\n")

    def add_listed(self, listed: Iterable[Listed]) -> None:
        for each in listed:
            self._file.write(json.dumps({"listed": vars(each)}) + "\n")

    def add_unanswered(self, service: str, client: str, keys: Iterable[str]) -> None:
        for key in keys:
            self._file.write(json.dumps({"unanswered": (service, client, key)}) + "\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()


def read_log(path: Path) -> Evidence:
    """What the log says; what the servers hold is not in it."""
    read = Evidence()
    with path.open(encoding="utf-8") as file:
        for line in map(json.loads, file):
            read.accepted += [Accepted(**line["accepted"])] if "accepted" in line else []
            read.expected += [Expected(**line["expected"])] if "expected" in line else []
            read.unanswered += [tuple(line["unanswered"])] if "unanswered" in line else []
            read.listed += [Listed(**line["listed"])] if "listed" in line else []
    return read
