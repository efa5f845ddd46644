"""That two streams of one kind are one shipment, or one vehicle on one journey, under two names.

The second is joined into the first: what it has on record is told to the first again, under its own times, and from
then on the second takes nothing by a door.
"""

from dataclasses import dataclass
from typing import Any, ClassVar, Literal, TypeAlias, assert_never

from contracts.event import Event
from contracts.stating import Stater
from contracts.values import ConsignmentId, MovementId, StreamId, Text, Word
from decider import Held, Input, Joining, Matter, replace, without

Kind: TypeAlias = Literal["movement", "consignment"]
Why: TypeAlias = Literal["asks", "joined", "of_others"]
"""Why a stream is not joined: it has itself asked another one, is one with another, or nothing there is the asker's."""


class _OfAStream(Event):
    """On the stream that it names; the other field is left out."""

    article: Word = "8(1)"
    rule: Word = "F19"
    movement: MovementId | None = None
    consignment: ConsignmentId | None = None

    @property
    def own(self) -> StreamId:
        return self.movement or self.consignment or ""

    @property
    def kind(self) -> Kind:
        return "movement" if self.movement else "consignment"


class LinkAsked(_OfAStream):
    """Somebody stated that `second` is one with this; that one is asked now."""

    type: Literal["LinkAsked"] = "LinkAsked"
    second: StreamId
    reason: Text | None = None
    stated_by: Stater | None = None


class LinkMade(_OfAStream):
    """`second` is one with `first` from now on; it stands on both. `also` are those that were one with it before."""

    type: Literal["LinkMade"] = "LinkMade"
    first: StreamId
    second: StreamId
    also: tuple[StreamId, ...] = ()


class LinkRefused(_OfAStream):
    """`second` was not joined into `first`, which stands on both; `joined` is another with which it is one already."""

    outcome: ClassVar[str] = "differs"

    type: Literal["LinkRefused"] = "LinkRefused"
    first: StreamId
    second: StreamId
    why: Why
    joined: StreamId | None = None


class FactsPassedOn(_OfAStream):
    """What stands on this is told again to the stream that it was joined into, in this order, under its own times."""

    type: Literal["FactsPassedOn"] = "FactsPassedOn"
    into: StreamId
    holds: tuple[Held, ...]


Said: TypeAlias = LinkAsked | LinkMade | LinkRefused


@dataclass(frozen=True, kw_only=True)
class Links:
    """Into which stream this one was joined; else which were joined into it, and of which it has no answer yet."""

    joined_into: StreamId | None = None
    joined: tuple[StreamId, ...] = ()
    asked: tuple[StreamId, ...] = ()


def linked(links: Links, event: LinkMade) -> Links:
    """By its own stream it is told what the event says of this one."""
    if event.own == event.second:
        return replace(links, joined_into=event.first)
    joined = {*links.joined, event.second, *event.also}
    return replace(links, joined=tuple(sorted(joined)), asked=without(links.asked, (event.second,)))


def asked_and_answered(links: Links, event: LinkAsked | LinkRefused) -> Links:
    match event:
        case LinkAsked(second=second):
            return replace(links, asked=tuple(sorted({*links.asked, second})))
        case LinkRefused(second=second):
            return replace(links, asked=without(links.asked, (second,)))
        case _:
            assert_never(event)


def joined_into(links: Links) -> StreamId | None:
    return links.joined_into


def named(asked: Input[Any]) -> dict[Any, StreamId]:
    """The field by which an event names its stream."""
    return {asked.stream.partition("/")[0]: asked.id}


def passed_on(asked: Input[Any], links: Links) -> list[FactsPassedOn]:
    """What is told to a stream that is one with another is that one's to decide."""
    assert links.joined_into is not None
    return [FactsPassedOn(**named(asked), into=links.joined_into, holds=asked.held)]


def followed(asked: Input[LinkMade]) -> list[FactsPassedOn]:
    """Another service said so: what this one holds under the second name is told to its own first."""
    said = asked.content
    if said.own != said.second or not asked.held:
        return []
    return [FactsPassedOn(**named(asked), into=said.first, holds=asked.held)]


def told_again(event: FactsPassedOn) -> list[tuple[str, Held]]:
    """Of the first now, and else as it was stated."""
    return [
        (f"{event.kind}/{event.into}", replace(each, data={**each.data, event.kind: event.into}))
        for each in event.holds
    ]


MATTER = Matter(commands=(followed,), tells=(told_again,), unfolded=(FactsPassedOn,))
"""For whoever hears that streams were joined, beside the fold `linked` among what it hears."""
JOINING = Joining(into=joined_into, reads=(LinkMade,), answers=(LinkMade,), passes_on=passed_on)
