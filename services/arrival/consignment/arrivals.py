"""Where goods came to with their vehicles, and whether they left them there (Arts 5(1)(19), 5(1)(28))."""

from dataclasses import dataclass

from arrival.consignment.crossing import Crossed, WithdrawGoodsCrossing
from arrival.consignment.told import elsewhen, stands_by_its_own_name
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
    instead_of: CheckpointCode | None = None
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsArrival:
    """The vehicle did not come there, or this consignment was not with it."""

    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A checkpoint that a vehicle with these goods came to, and whether they left it there."""

    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode | None = None
    arrived: Instant
    unloaded: bool | None = None
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Sorted; a vehicle comes to each place once."""

    places: tuple[Visit, ...] = ()

    def of(self, movement: MovementId, checkpoint: CheckpointCode | None) -> Visit | None:
        return next((each for each in self.places if place_of(each) == (movement, checkpoint)), None)


@rule()
def arrive(asked: Input[RecordGoodsArrival], visits: Visits) -> list[GoodsArrived]:
    """Art. 5(1)(19), 5(1)(28) [F8]: goods arrive in a stream of their own, with the vehicle in which they crossed."""
    told = asked.content
    visit = visit_of(told)
    there, instead_of = visits.of(told.movement, told.checkpoint), visits.of(told.movement, told.instead_of)
    if there and (visit == there or stays(visit, there)) and not instead_of:
        return []
    before = instead_of or there
    arrived = GoodsArrived(occurred=None if before else elsewhen(told.arrived, asked.occurred), **vars(told))
    corrects = {"corrects": before.arrived if before else None, "instead_of": told.instead_of if instead_of else None}
    return [arrived.model_copy(update=corrects)]


def stays(visit: Visit, there: Visit) -> bool:
    """Goods that left the vehicle under one of their names did not stay aboard under another."""
    if visit.told_as != there.told_as and visit.unloaded is not there.unloaded:
        return there.unloaded is True
    return stands_by_its_own_name(visit.told_as, there.told_as)


def visit_of(told: RecordGoodsArrival | GoodsArrived) -> Visit:
    return Visit(
        movement=told.movement,
        checkpoint=told.checkpoint,
        mode=told.mode,
        arrived=told.arrived,
        unloaded=told.unloaded,
        told_as=told.told_as,
    )


def place_of(visit: Visit) -> tuple[MovementId, CheckpointCode]:
    """A vehicle comes to each place once."""
    return visit.movement, visit.checkpoint


def not_arrive(asked: Input[WithdrawGoodsArrival], visits: Visits) -> list[GoodsArrivalWithdrawn]:
    told = asked.content
    before = visits.of(told.movement, told.checkpoint)
    return [arrival_is_gone(told.consignment, before)] if before and before.told_as == told.told_as else []


def were_not_aboard(
    asked: Input[WithdrawGoodsCrossing], crossed: Crossed, visits: Visits
) -> list[GoodsArrivalWithdrawn]:
    """Goods that did not cross with a vehicle came nowhere with it, but for where they are said to have left it."""
    told = asked.content
    if not crossed.names(told):
        return []
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
    gone = {event.checkpoint, event.instead_of} if isinstance(event, GoodsArrived) else {event.checkpoint}
    others = [each for each in visits.places if each.movement != event.movement or each.checkpoint not in gone]
    now = [visit_of(event)] if isinstance(event, GoodsArrived) else []
    return Visits(places=tuple(sorted((*others, *now), key=place_of)))


MATTER = Matter(commands=(arrive, not_arrive, were_not_aboard), folds=(recorded,))
