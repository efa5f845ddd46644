"""Goods that were named in two ways, and are one shipment."""

from dataclasses import dataclass

from arrival import linking
from arrival.linking import FOLDS, Joined, answered
from contracts import streams
from contracts.links import LinkAsked, LinkMade, LinkRefused, Links, Why
from contracts.stating import StatementDiffers
from contracts.values import ConsignmentId, Text
from decider import Input, Matter


@dataclass(frozen=True, kw_only=True)
class LinkConsignment:
    """What was stated of the goods `second` is of this consignment: they are one shipment under two names.

    An officer says so, or whoever stated something of both. The second takes nothing more by any door.
    """

    consignment: ConsignmentId
    second: ConsignmentId
    reason: Text | None = None

    def __post_init__(self) -> None:
        if self.second == self.consignment:
            raise ValueError("goods are not linked with themselves: name another consignment in `second`")


@dataclass(frozen=True, kw_only=True)
class JoinConsignment:
    """Somebody stated that these goods are those of `into`."""

    consignment: ConsignmentId
    into: ConsignmentId


@dataclass(frozen=True, kw_only=True)
class AnswerConsignmentLink:
    """The second is one with this from now on, with those that were one with it; or is not, and `why`."""

    consignment: ConsignmentId
    second: ConsignmentId
    also: tuple[ConsignmentId, ...] = ()
    why: Why | None = None
    joined: ConsignmentId | None = None


def link(asked: Input[LinkConsignment], links: Links) -> list[LinkAsked | StatementDiffers]:
    return linking.asked_for(asked, links)


def join(asked: Input[JoinConsignment], links: Links) -> list[Joined]:
    return linking.taken(asked, links)


def note(asked: Input[AnswerConsignmentLink], links: Links) -> list[LinkMade | LinkRefused]:
    return linking.noted(asked, links)


def tell_the_second(event: LinkAsked) -> list[tuple[str, JoinConsignment]]:
    return [(streams.consignment(event.second), JoinConsignment(consignment=event.second, into=event.own))]


def tell_the_first(event: LinkMade | LinkRefused) -> list[tuple[str, AnswerConsignmentLink]]:
    if event.own != event.second:
        return []
    return [(streams.consignment(event.first), AnswerConsignmentLink(consignment=event.first, **answered(event)))]


MATTER = Matter(commands=(link, join, note), tells=(tell_the_second, tell_the_first))
MATTERS = (FOLDS, MATTER)
JOINING = linking.joining((LinkConsignment, JoinConsignment), AnswerConsignmentLink)
