"""From an input to its effects: the state after it, the events, and what these tell other streams.

Pure: whatever will be written is read back before it counts.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

import orjson
from pydantic import TypeAdapter

from chassis.service import Kind, Service
from chassis.write.inputs import Causation, ParkedRecord, Told
from chassis.write.parking import CaseEvent
from decider import Due, Held, Input, OpenPoint, Party, Subject
from entries.actor import Actor
from entries.entry import GROUP_BYTES
from entries.states import Kept, Unreadable, read_back

EFFECTS_MAX = 200
"""So many events may follow from one input, since they are published as one; how much they may weigh: `GROUP_BYTES`."""
TOLD_BYTES, TOLD_BYTES_MAX = GROUP_BYTES // 2, 4 * GROUP_BYTES
"""What one command weighs, at most, that a stream tells another, so that it surely fits as an input; and all together
that an input tells.
"""
TOLD_MAX = 20_000
"""So many streams one event may tell: telling them takes half a second."""


class TooLarge(Unreadable):
    """What one input leads to is more than is published as one, or than is told at once."""


def written(command: Any, adapter: TypeAdapter[Any]) -> bytes:
    """A command as it stands in an entry: fields at their default are not written, for whoever reads fills them in."""
    data = adapter.dump_json(command, exclude_defaults=True)
    read_back(data, adapter.validate_json, command)
    return data


@dataclass(slots=True)
class LoadedStream:
    """A stream's state while a batch works on it, and what is parked there."""

    kind: Kind
    stream: str
    partition: int
    state: Any
    before: Kept
    """What is stored of it, as it was before this batch."""
    sequence: int = 0
    changed: bool = False
    careful: bool = False
    written: tuple[bytes, tuple[OpenPoint, ...]] | None = None
    """The state's bytes and open points, where this batch has made them already."""
    unread: str = ""
    """Why this version cannot read the stored state: then nothing is decided on it, and it stays as it is stored."""
    parked: list[ParkedRecord] = field(default_factory=list)
    past: list[bytes] = field(default_factory=list)
    """The stream's entries before this batch, where it may be asked what it holds."""

    @property
    def begun(self) -> bool:
        """Whether anything is on record of it."""
        return self.sequence > 0 or self.state != self.kind.initial

    def pending(self, before: datetime) -> list[Due]:
        """The deadlines that lie before this instant, in order: an act at the very instant is in time."""
        return [Due(name=name, instant=at) for at, name in sorted(self.kind.due(self.state)) if at < before]


class Effect(NamedTuple):
    """An event as it will be written, and the commands by which it tells other streams.

    By its `numbers` its own stream is found.
    """

    type: str
    data: bytes
    occurred: datetime | None
    tells: Sequence[Told] = ()
    numbers: Sequence[str] = ()


def decided(
    service: Service, loaded: LoadedStream, before: Any, state: Any, content: Any, cause: Causation,
    held: tuple[Held, ...] = (),
) -> tuple[Any, list[Effect]]:  # fmt: skip
    """The state after the input, and its effects. Raises whatever the decider raises, and Unreadable.

    `state` is the one `before` it, but for an event of another service: that is folded already.

    That the state itself can be stored is seen at the end of the batch or, where one is careful, at each input.
    """
    asked = Input(
        stream=loaded.stream,
        content=content,
        occurred=cause.occurred,
        recorded=cause.recorded,
        subject=subject_of(cause.actor),
        held=held,
        told=cause.told,
    )
    effects = []
    state, events = loaded.kind.outcome(asked, state, before)
    for event in events:
        data = event.__pydantic_serializer__.to_json(event, exclude_none=True)
        read_back(data, event.__pydantic_validator__.validate_json, event)
        told, numbers = tells(service, loaded.kind, event), tuple(service.numbers(event))
        effects.append(Effect(event.type, data, event.occurred, told, numbers))
    if loaded.careful:
        loaded.written = stored(loaded, state)
    return state, bounded(effects)


@lru_cache(maxsize=1024)
def subject_of(actor: Actor) -> Subject:
    """Whose act it is, for a decider; kept, for many acts are one's."""
    party = Party(number=actor.authparty, issuer=actor.authpartyissuer) if actor.authparty else None
    return Subject(actor.authid, actor.authrole, party, tuple(filter(None, (actor.authplaces or "").split(","))))


def actor_of(of: Held) -> Actor:
    """The same of what is told again, as entries say it."""
    number, issuer = (of.subject.party.number, of.subject.party.issuer) if of.subject.party else (None, None)
    return Actor(of.subject.id, of.authtype, of.subject.role, number, issuer, of.subject.places)


def stored(loaded: LoadedStream, state: Any) -> tuple[bytes, tuple[OpenPoint, ...]]:
    """A state's bytes and its open points. Raises whatever these raise, and Unreadable."""
    return loaded.kind.states.changed(loaded.before, state), loaded.kind.open_points(state)


def tells(service: Service, kind: Kind, event: Any) -> list[Told]:
    """The commands by which the event tells other streams. Raises TooLarge."""
    following = kind.react(event)
    if len(following) > TOLD_MAX:
        raise TooLarge(f"one event tells {len(following)} streams of {TOLD_MAX} at most")
    return [_told(service, to, one) for to, one in following]


def _told(service: Service, to: str, one: Any) -> Told:
    """What is told again stays what it was, and is read as whoever takes it will read it."""
    if not isinstance(one, Held):
        return Told(to, type(one).__name__, written(one, service.commands[type(one).__name__]))
    adapter = service.commands[one.type]
    data = written(adapter.validate_json(orjson.dumps(one.data), extra="forbid"), adapter)
    return Told(to, one.type, data, one.occurred, actor_of(one))


def after_deadline(kind: Kind, state: Any, content: Any, recorded: datetime) -> Any:
    """The state without the deadline that has fired; any other input changes a state by its events alone."""
    return kind.evolve(state, content, recorded) if isinstance(content, Due) else state


def bounded(effects: list[Effect]) -> list[Effect]:
    """The effects, where they are not too many, and what they tell others is not too much. Raises TooLarge."""
    told = [len(one.data) for effect in effects for one in effect.tells]
    if len(effects) > EFFECTS_MAX or max(told, default=0) > TOLD_BYTES or sum(told) > TOLD_BYTES_MAX:
        raise TooLarge(f"one input leads to {len(effects)} events, and tells others {sum(told)} bytes")
    return effects


def own_effect(event: CaseEvent) -> Effect:
    return Effect(type(event).__name__, event.model_dump_json(exclude_none=True).encode(), None)
