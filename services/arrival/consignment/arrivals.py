"""Where goods came to with their vehicles, and whether they left them there (Arts 5(1)(19), 5(1)(28))."""

from dataclasses import dataclass

from arrival.consignment.crossing import WithdrawGoodsCrossing
from arrival.consignment.told import elsewhen
from contracts.arrival import GoodsArrivalWithdrawn, GoodsArrived
from contracts.values import CheckpointCode, ConsignmentId, Instant, Mode, MovementId
from decider import Input, Matter
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class RecordGoodsArrival:
    """The vehicle with which this consignment crossed has come to a checkpoint, and the goods left it there or not."""

    consignment: ConsignmentId
    movement: MovementId
    mode: Mode | None = None
    checkpoint: CheckpointCode
    arrived: Instant
    unloaded: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A checkpoint that a vehicle with these goods came to, and whether they left it there."""

    movement: MovementId
    checkpoint: CheckpointCode
    arrived: Instant
    unloaded: bool | None = None


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Sorted; a vehicle comes to each place once."""

    places: tuple[Visit, ...] = ()


@rule()
def arrive(asked: Input[RecordGoodsArrival], visits: Visits) -> list[GoodsArrived]:
    """Art. 5(1)(19), 5(1)(28) [F8]: goods arrive in a stream of their own, with the vehicle in which they crossed."""
    told = asked.content
    visit = Visit(movement=told.movement, checkpoint=told.checkpoint, arrived=told.arrived, unloaded=told.unloaded)
    before = [each for each in visits.places if place_of(each) == place_of(visit)]
    if before == [visit]:
        return []
    return [
        GoodsArrived(
            occurred=elsewhen(told.arrived, asked.occurred),
            **vars(told),
            corrects=before[0].arrived if before else None,
        )
    ]


def place_of(visit: Visit) -> tuple[MovementId, CheckpointCode]:
    """A vehicle comes to each place once."""
    return visit.movement, visit.checkpoint


def were_not_aboard(asked: Input[WithdrawGoodsCrossing], visits: Visits) -> list[GoodsArrivalWithdrawn]:
    """Goods that did not cross with a vehicle came nowhere with it, but for where they are said to have left it."""
    told = asked.content
    return [
        arrival_is_gone(told.consignment, each)
        for each in visits.places
        if each.movement == told.movement and not each.unloaded
    ]


def arrival_is_gone(consignment: ConsignmentId, of: Visit) -> GoodsArrivalWithdrawn:
    return GoodsArrivalWithdrawn(
        consignment=consignment, movement=of.movement, checkpoint=of.checkpoint, withdraws=of.arrived
    )


def recorded(visits: Visits, event: GoodsArrived | GoodsArrivalWithdrawn) -> Visits:
    others = [each for each in visits.places if place_of(each) != (event.movement, event.checkpoint)]
    if isinstance(event, GoodsArrivalWithdrawn):
        return Visits(places=tuple(others))
    visit = Visit(movement=event.movement, checkpoint=event.checkpoint, arrived=event.arrived, unloaded=event.unloaded)
    return Visits(places=tuple(sorted((*others, visit), key=place_of)))


MATTER = Matter(commands=(arrive, were_not_aboard), folds=(recorded,))
