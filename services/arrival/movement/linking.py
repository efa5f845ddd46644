"""A vehicle on one journey that was named in two ways."""

from dataclasses import dataclass

from arrival import linking
from arrival.consignment.left import ForgetVehicle
from arrival.linking import FOLDS, Joined, answered
from arrival.movement.notice import AmendNotice, CorrectNotice, NotifyArrival
from arrival.movement.noticed import Notice
from arrival.movement.route import Route
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visits
from contracts import streams
from contracts.arrival import GoodsLeft
from contracts.links import LinkAsked, LinkMade, LinkRefused, Links, Why, told_again
from contracts.names import MovementName, OfMovement
from contracts.stating import StatementDiffers
from contracts.values import MovementId, Text
from decider import Held, Input, Matter, replace
from decider.instants import read


@dataclass(frozen=True, kw_only=True)
class LinkMovement(OfMovement):
    """What was stated of the movement `second` is of this one: a vehicle on one journey under two names.

    An officer says so, or whoever stated something of both. The second takes nothing more by any door.
    """

    second: MovementName
    reason: Text | None = None

    def __post_init__(self) -> None:
        if self.second == self.movement:
            raise ValueError("a movement is not linked with itself: name another one in `second`")


@dataclass(frozen=True, kw_only=True)
class JoinMovement:
    """Somebody stated that this is `into` under another name."""

    movement: MovementId
    into: MovementId


@dataclass(frozen=True, kw_only=True)
class LeaveGoods:
    """All that this had on record is on record of `into`, which has told the goods: now they forget this one."""

    movement: MovementId
    into: MovementId


@dataclass(frozen=True, kw_only=True)
class AnswerMovementLink:
    """The second is one with this from now on, with those that were one with it; or is not, and `why`."""

    movement: MovementId
    second: MovementId
    also: tuple[MovementId, ...] = ()
    why: Why | None = None
    joined: MovementId | None = None


def link(asked: Input[LinkMovement], links: Links) -> list[LinkAsked | StatementDiffers]:
    return linking.asked_for(asked, links)


def join(asked: Input[JoinMovement], links: Links, notice: Notice) -> list[Joined]:
    held = tuple(with_receipt(each, notice) for each in asked.held)
    return linking.taken(replace(asked, held=held), links)


def with_receipt(held: Held, notice: Notice) -> Held:
    """A notice that is told again under another name was received when it was, and not when it is told."""
    if held.type not in NOTICES:
        return held
    given = next(filter(None, map(held.data.get, ("submitted", "corrects"))), None)
    stands = notice.meant(read(given) if given else held.occurred, held.data.get("checkpoint"))
    if stands is None or stands.received is None:
        return held
    return replace(held, data={**held.data, "received": stands.received.isoformat()})


def note(asked: Input[AnswerMovementLink], links: Links) -> list[LinkMade | LinkRefused]:
    return linking.noted(asked, links)


def leave(asked: Input[LeaveGoods], route: Route, vehicle: Vehicle, visits: Visits) -> list[GoodsLeft]:
    """Those that were told anything that stands."""
    unloaded = (name for visit in visits.places for name in visit.unloads or ())
    goods = tuple(sorted({*route.named, *vehicle.consignments, *unloaded}))
    return [GoodsLeft(movement=asked.id, into=asked.content.into, consignments=goods)]


def tell_the_second(event: LinkAsked) -> list[tuple[str, JoinMovement]]:
    return [(streams.movement(event.second), JoinMovement(movement=event.second, into=event.own))]


def tell_the_first(event: LinkMade | LinkRefused) -> list[tuple[str, AnswerMovementLink]]:
    if event.own != event.second:
        return []
    return [(streams.movement(event.first), AnswerMovementLink(movement=event.first, **answered(event)))]


def tell_it_to_leave(event: LinkMade) -> list[tuple[str, LeaveGoods]]:
    """Only now: so goods are not for a moment without a vehicle."""
    told = LeaveGoods(movement=event.second, into=event.first)
    return [(streams.movement(event.second), told)] if event.own == event.first else []


def tell_the_goods(event: GoodsLeft) -> list[tuple[str, ForgetVehicle]]:
    return [
        (streams.consignment(each), ForgetVehicle(consignment=each, movement=event.movement, into=event.into))
        for each in event.consignments
    ]


NOTICES = frozenset(each.__name__ for each in (NotifyArrival, AmendNotice, CorrectNotice))
MATTER = Matter(
    commands=(link, join, note, leave),
    tells=(tell_the_second, tell_the_first, tell_it_to_leave, tell_the_goods, told_again),
    unfolded=(GoodsLeft,),
)
MATTERS = (FOLDS, MATTER)
JOINING = linking.joining((LinkMovement, JoinMovement), AnswerMovementLink, LeaveGoods)
