"""What doors answer: to a command, of a stream; and problems (RFC 9457), with the errors that tell of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import orjson

Document: TypeAlias = Mapping[str, Any]
"""A JSON object."""
Outcome: TypeAlias = Literal["recorded", "nothing new", "differs", "refused", "withheld"]

NAMED = "/problems/"
TEXT_LENGTH = 300
"""So much is told of an answer that is no problem document."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """Where the command stands: `id` is service/partition/position, `chain` 64 hexadecimal digits."""

    id: str
    position: int
    chain: str


@dataclass(frozen=True, kw_only=True)
class Event:
    """What a command led to; `data` is as `libs/contracts` describes its type."""

    id: str
    type: str
    data: Document


@dataclass(frozen=True, kw_only=True)
class Answer:
    """A command that is recorded, and what came of it. What the law refuses or withholds is an answer too.

    `findings` are those that it led to: `rule`, `article`, `layer` and `facts` each.
    """

    outcome: Outcome
    findings: tuple[Document, ...]
    events: tuple[Event, ...]
    receipt: Receipt


@dataclass(frozen=True, kw_only=True)
class Problem:
    """Why a door did not take something, and what to do; `document` is the whole, with members of its own."""

    status: int
    type: str
    title: str
    detail: str
    document: Document = field(repr=False)

    @property
    def name(self) -> str:
        """The last part of its type, such as `malformed`."""
        return self.type.removeprefix(NAMED)


@dataclass(frozen=True, kw_only=True)
class OpenPoint:
    """What is needed next: an act, whose it is, under which article, and where, if that is known; of which part.

    `since` when it is open, and `until` when it is to be done where a term is set, as texts.
    """

    act: str
    who: str
    article: str
    place: str | None
    part: str | None = None
    call: int | None = None
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, kw_only=True)
class Stream:
    """A stream as a service shows it. `timeline` holds its entries in order (`docs/entry.md`), each with its `chain`;
    it is empty in a list of streams."""

    id: str
    state: Document
    open_points: tuple[OpenPoint, ...]
    timeline: tuple[Document, ...] = ()


class ServiceError(Exception):
    """A door did not do what was asked of it."""


class NotTaken(ServiceError):  # noqa: N818 - what a door said, not what went wrong here
    """A door answered what sending again does not change; `problem` says why."""

    def __init__(self, what: str, problem: Problem) -> None:
        super().__init__(f"{what} was not taken: {problem.status} {problem.detail}")
        self.problem = problem


class NoAnswer(ServiceError):  # noqa: N818 - what a door did not say
    """No door answered for as long as was waited. Whether a command is recorded is not known: its key tells."""


class NotRecorded(ServiceError):  # noqa: N818 - what a door said
    """A command was answered otherwise than `recorded`, where that was demanded."""


def answer_of(told: bytes) -> Answer | Problem:
    """What a line, or a body, says. Raises ValueError where it is no JSON object."""
    document = orjson.loads(told)
    if "receipt" not in document:
        return problem_of(document)
    events = tuple(Event(id=each["id"], type=each["type"], data=each["data"]) for each in document["events"])
    return Answer(
        outcome=document["outcome"], findings=tuple(document.get("findings", ())), events=events,
        receipt=receipt_of(document["receipt"]),
    )  # fmt: skip


def receipt_of(document: Document) -> Receipt:
    return Receipt(id=document["id"], position=document["position"], chain=document["chain"])


def problem_of(document: Document, status: int = 0) -> Problem:
    """`status` is that of the response, where the document says none."""
    detail = str(document.get("detail") or document)
    return Problem(
        status=int(document.get("status", status)), type=str(document.get("type", "about:blank")),
        title=str(document.get("title", "")), detail=detail, document=document,
    )  # fmt: skip


def problem_in(body: bytes, status: int) -> Problem:
    """The problem that a response is, whoever answered: something between here and the service may have done so."""
    try:
        document = orjson.loads(body)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        document = {"detail": body.decode(errors="replace")[:TEXT_LENGTH]}
    return problem_of(document, status)


OPEN_POINT = ("act", "who", "article", "place", "part", "call", "since", "until")


def stream_of(document: Document, timeline: Sequence[Document] = ()) -> Stream:
    points = (OpenPoint(**{field: each.get(field) for field in OPEN_POINT}) for each in document["open_points"])
    return Stream(id=document["id"], state=document["state"], open_points=tuple(points), timeline=tuple(timeline))
