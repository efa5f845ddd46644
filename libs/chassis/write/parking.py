"""Parking: what becomes of a foreign record that cannot be decided, and of whatever comes behind it on its stream.

Nothing here knows tables or topics. A parked record is an entry of its stream (`Parked`); so are re-drive and discard.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Annotated, Any, ClassVar, Literal, NamedTuple, TypeAlias

import orjson
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from chassis.write.answering import as_answer
from chassis.write.inputs import Answer, ParkedRecord
from doors.problems import problem
from entries.entry import entry_id, read_document, read_time

STREAMS_MAX = 20
WITHIN = timedelta(minutes=1)

Word: TypeAlias = Annotated[str, StringConstraints(strict=True, min_length=1, max_length=300)]
Records: TypeAlias = Annotated[tuple[Word, ...], Field(min_length=1, max_length=10_000)]


@dataclass(frozen=True, kw_only=True)
class Redrive:
    """Decide a stream's parked records again, in their order, from the first on; the list must be the exact one."""

    stream: Word
    records: Records
    dry_run: bool = False


@dataclass(frozen=True, kw_only=True)
class Discard:
    """Let go of some of a stream's parked records for good, without their effects; the list must be exact."""

    stream: Word
    records: Records
    dry_run: bool = False


class CaseEvent(BaseModel):
    """An event of the chassis itself: no decider sees it."""

    model_config = ConfigDict(frozen=True, extra="ignore")
    outcome: ClassVar[str] = "recorded"
    occurred: None = None


class CaseOpened(CaseEvent):
    """An input raised: it took no effect."""

    type: Literal["CaseOpened"] = "CaseOpened"
    case: str
    error: str


class Parked(CaseEvent):
    """A foreign record was put aside: it raised (`cause`), or stands behind one that did."""

    type: Literal["Parked"] = "Parked"
    record: str
    cause: str


class Redriven(CaseEvent):
    """These records were decided after all, here and now."""

    type: Literal["Redriven"] = "Redriven"
    records: tuple[str, ...]


class Discarded(CaseEvent):
    """These records will never be decided."""

    type: Literal["Discarded"] = "Discarded"
    records: tuple[str, ...]


EVENTS: dict[str, type[CaseEvent]] = {each.__name__: each for each in (CaseOpened, Parked, Redriven, Discarded)}
BEHIND = "behind another"


def refusal(command: Redrive | Discard, parked: Sequence[ParkedRecord]) -> Answer | None:
    """Why the command is not taken, or what it would do, if it is a dry run; None where it is to be done."""
    there = [one.record for one in parked]
    wanted = list(command.records)
    first = there[: len(wanted)]
    exact = wanted == first if isinstance(command, Redrive) else len(set(wanted)) == len(wanted) <= len(there)
    if not there or not exact or not set(wanted) <= set(there):
        what = "Nothing is parked on this stream" if not there else f"Parked on this stream are, in order: {there}"
        return as_answer(problem("not-what-is-parked", what=what, parked=there))
    if not command.dry_run:
        return None
    named = [shown(one) for one in parked if one.record in wanted]
    return Answer(200, orjson.dumps({"outcome": "dry run", "parked": named}))


def is_parked(first: ParkedRecord, service: str) -> Answer:
    """The case number under which a parked stream is known is the id of the entry that parked it."""
    case = entry_id(service, first.partition, first.position)
    return as_answer(problem("parked", stream=first.stream, case=case))


def shown(one: ParkedRecord) -> dict[str, Any]:
    """A parked record, for whoever decides what becomes of it."""
    return {"stream": one.stream, "record": one.record, "cause": one.cause, "position": one.position}


class Understood(NamedTuple):
    """What a record's document says, as far as it matters to deciding."""

    stream: str
    content: Any
    correlationid: str
    occurred: datetime
    recorded: datetime
    traceparent: str


def understand(value: bytes, kind_of: Callable[[str], Any]) -> Understood | None:
    """A record's stream and content; None where nobody here takes it. Raises ValueError on what is no event."""
    try:
        read = read_document(value)
        kind = kind_of(read["subject"])
        event = kind.hears.get(read["type"]) if kind else None
        if event is None:
            return None
        return Understood(
            read["subject"], event.model_validate(read["data"]), read["correlationid"],
            read_time(read["time"]), read_time(read["recordedtime"]), read["traceparent"],
        )  # fmt: skip
    except (ArithmeticError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"no event that can be read: {error!r}") from error


@dataclass(slots=True)
class Breaker:
    """Twenty streams of a partition parked by one cause within a minute: that is a bad deployment, so no more are."""

    _parked: dict[tuple[int, str], dict[str, datetime]] = field(default_factory=dict)
    open: dict[tuple[int, str], str] = field(default_factory=dict)
    """Per partition and cause, what to say of it; it stays so until the process is started again."""

    def lets(self, partition: int, cause: str, stream: str, now: datetime) -> bool:
        """Whether one more stream may be parked by this cause."""
        name = (partition, cause)
        recent = {one: at for one, at in self._parked.get(name, {}).items() if now - WITHIN < at <= now}
        if name in self.open or (len(recent) >= STREAMS_MAX and stream not in recent):
            what = f"partition {partition} is paused: {STREAMS_MAX} streams were parked within a minute by {cause}"
            advice = "Deploy what can decide them and start again (docs/operating.md, A bad deployment)"
            self.open[name] = f"{what}. {advice}"
            return False
        self._parked[name] = recent | {stream: now}
        return True
