"""Goods that were named in two ways, and are one shipment."""

from dataclasses import dataclass

from arrival import linking
from arrival.consignment.announcement import (
    AnnounceConsignment,
    RecordGoodsJourney,
    WithdrawAnnouncement,
    WithdrawGoodsJourney,
)
from arrival.consignment.arrivals import RecordGoodsArrival, WithdrawGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing, WithdrawGoodsCrossing
from arrival.linking import FOLDS, Joined, answered
from contracts import streams
from contracts.links import FactsPassedOn, LinkAsked, LinkMade, LinkRefused, Links, Why, told_again
from contracts.names import ConsignmentName, OfConsignment
from contracts.stating import StatementDiffers
from contracts.values import ConsignmentId, Text
from decider import Held, Input, Matter, replace


@dataclass(frozen=True, kw_only=True)
class LinkConsignment(OfConsignment):
    """What was stated of the goods `second` is of this consignment: they are one shipment under two names.

    An officer says so, or whoever stated something of both. The second takes nothing more by any door.
    """

    second: ConsignmentName
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


def tell_again(event: FactsPassedOn) -> list[tuple[str, Held]]:
    """With the name by which the vehicle told it, for by that it will be taken back."""
    return [(to, under(event.own, each)) for to, each in told_again(event)]


def under(name: ConsignmentId, told: Held) -> Held:
    if told.type not in UNDER_A_NAME:
        return told
    return replace(told, data={"told_as": name, **told.data})


UNDER_A_NAME = frozenset(
    each.__name__
    for each in (
        AnnounceConsignment,
        WithdrawAnnouncement,
        RecordGoodsJourney,
        WithdrawGoodsJourney,
        RecordGoodsCrossing,
        WithdrawGoodsCrossing,
        RecordGoodsArrival,
        WithdrawGoodsArrival,
    )
)
"""What vehicles tell of themselves to goods by a name of theirs."""
MATTER = Matter(commands=(link, join, note), tells=(tell_the_second, tell_the_first, tell_again))
MATTERS = (FOLDS, MATTER)
JOINING = linking.joining((LinkConsignment, JoinConsignment), AnswerConsignmentLink)
