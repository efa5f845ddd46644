"""The goods under one transport document: what the vehicles that carry them tell of them."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from arrival.exemption import exemption
from arrival.told import (
    AnnounceConsignment,
    LoseGoodsExemption,
    RecordGoodsArrival,
    RecordGoodsCrossing,
    RecordGoodsJourney,
    RecordGoodsStop,
    Told,
)
from contracts.arrival import (
    Chapter8NotApplicable,
    ConsignmentAnnounced,
    ExemptionLost,
    GoodsArrived,
    GoodsCrossed,
    GoodsJourneyChanged,
    StopRecorded,
)
from contracts.replacing import replace
from contracts.values import CheckpointCode, Instant, MovementId
from law import Input

Own: TypeAlias = (
    ConsignmentAnnounced
    | GoodsJourneyChanged
    | Chapter8NotApplicable
    | GoodsCrossed
    | GoodsArrived
    | StopRecorded
    | ExemptionLost
)
HEARS: tuple[type, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A checkpoint that a vehicle with these goods came to, and whether they left it there."""

    movement: MovementId
    checkpoint: CheckpointCode
    arrived: Instant
    unloaded: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """Which vehicles announced it and crossed with it, and where they came to, each sorted."""

    announced_by: tuple[MovementId, ...] = ()
    crossed_with: tuple[MovementId, ...] = ()
    visits: tuple[Visit, ...] = ()


INITIAL = Consignment()


def decide(given: Input[Told], consignment: Consignment) -> list[Own]:
    """Of each vehicle each thing is recorded once; a consignment may be spread over several."""
    match given.content:
        case AnnounceConsignment() as told:
            return [] if told.movement in consignment.announced_by else [ConsignmentAnnounced(**vars(told))]
        case RecordGoodsJourney() as told:
            return [GoodsJourneyChanged(**vars(told))]
        case RecordGoodsCrossing() as told:
            return [] if told.movement in consignment.crossed_with else import_begins(given.occurred, told)
        case RecordGoodsArrival() as told:
            return arrived(given.occurred, told, consignment)
        case RecordGoodsStop(stopped=stopped) as told:
            return [StopRecorded(occurred=elsewhen(stopped, given.occurred), **vars(told))]
        case LoseGoodsExemption(stopped=stopped) as told:
            return [ExemptionLost(occurred=elsewhen(stopped, given.occurred), **vars(told))]
        case unknown:
            assert_never(unknown)


def import_begins(occurred: Instant, told: RecordGoodsCrossing) -> list[Own]:
    """Art. 5(1)(21)(a) [F4]: the import of goods begins when they actually cross; nothing before that is import."""
    happened = elsewhen(told.crossed, occurred)
    crossed = GoodsCrossed(
        occurred=happened,
        consignment=told.consignment,
        movement=told.movement,
        direction=told.direction,
        mode=told.mode,
        place=told.place,
        crossed=told.crossed,
        non_stop=told.non_stop,
        packages=told.packages,
        goods=told.goods,
    )
    exempt = exemption(told.mode, told.non_stop)
    if exempt is None:
        return [crossed]
    outside = Chapter8NotApplicable(
        occurred=happened, consignment=told.consignment, movement=told.movement, exemption=exempt
    )
    return [outside, crossed]


def arrived(occurred: Instant, told: RecordGoodsArrival, consignment: Consignment) -> list[Own]:
    """Art. 5(1)(19), 5(1)(28) [F8]: goods arrive in a stream of their own, with the vehicle in which they crossed."""
    visit = Visit(movement=told.movement, checkpoint=told.checkpoint, arrived=told.arrived, unloaded=told.unloaded)
    before = [each for each in consignment.visits if place_of(each) == place_of(visit)]
    if before == [visit]:
        return []
    return [
        GoodsArrived(
            occurred=elsewhen(told.arrived, occurred),
            **vars(told),
            corrects=before[0].arrived if before else None,
        )
    ]


def place_of(visit: Visit) -> tuple[MovementId, CheckpointCode]:
    """A vehicle comes to each place once."""
    return visit.movement, visit.checkpoint


def elsewhen(happened: Instant, occurred: Instant) -> Instant | None:
    """When it happened, left out where the input says so already."""
    return None if happened == occurred else happened


def evolve(consignment: Consignment, event: Own) -> Consignment:
    match event:
        case ConsignmentAnnounced(movement=movement):
            return replace(consignment, announced_by=tuple(sorted((*consignment.announced_by, movement))))
        case GoodsCrossed(movement=movement):
            return replace(consignment, crossed_with=tuple(sorted((*consignment.crossed_with, movement))))
        case GoodsArrived():
            return replace(consignment, visits=visits_with(consignment.visits, event))
        case GoodsJourneyChanged() | Chapter8NotApplicable() | StopRecorded() | ExemptionLost():
            return consignment  # Passed on as it was told; nothing here asks for it again.
        case _:
            assert_never(event)


def visits_with(visits: tuple[Visit, ...], event: GoodsArrived) -> tuple[Visit, ...]:
    visit = Visit(movement=event.movement, checkpoint=event.checkpoint, arrived=event.arrived, unloaded=event.unloaded)
    others = (each for each in visits if place_of(each) != place_of(visit))
    return tuple(sorted((*others, visit), key=place_of))
