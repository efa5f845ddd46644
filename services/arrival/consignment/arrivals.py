"""Where goods came to with their vehicles, and whether they left them there (Arts 5(1)(19), 5(1)(28))."""

from dataclasses import dataclass

from arrival.consignment.crossing import Crossed, WithdrawGoodsCrossing
from arrival.consignment.told import elsewhen, stands_by_its_own_name
from contracts.arrival import GoodsArrivalWithdrawn, GoodsArrived
from contracts.values import CallNumber, CheckpointCode, ConsignmentId, Instant, Mode, MovementId
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
    call: CallNumber | None = None
    corrects: Instant | None = None
    instead_of: CheckpointCode | None = None
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsArrival:
    """The vehicle did not come there then, or this consignment was not with it."""

    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    withdraws: Instant
    told_as: ConsignmentId | None = None


@dataclass(frozen=True, kw_only=True)
class Visit:
    """A checkpoint that a vehicle with these goods came to, and whether they left it there."""

    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode | None = None
    arrived: Instant
    unloaded: bool | None = None
    call: CallNumber | None = None
    told_as: ConsignmentId | None = None

    @property
    def at(self) -> Instant:
        return self.arrived


@dataclass(frozen=True, kw_only=True)
class Visits:
    """Sorted; a vehicle calls at a place several times."""

    places: tuple[Visit, ...] = ()

    def of(self, movement: MovementId, checkpoint: CheckpointCode, arrived: Instant) -> Visit | None:
        return next((each for each in self.places if call_of(each) == (movement, checkpoint, arrived)), None)


@rule()
def arrive(asked: Input[RecordGoodsArrival], visits: Visits) -> list[GoodsArrived]:
    """Art. 5(1)(19), 5(1)(28) [F8]: goods arrive in a stream of their own, with the vehicle in which they crossed."""
    told = asked.content
    visit = visit_of(told)
    there, wrong = visits.of(*call_of(visit)), replaced_by(told, visits)
    if there and (visit == there or stays(visit, there)) and not wrong:
        return []
    before = wrong or there
    arrived = GoodsArrived(occurred=None if before else elsewhen(told.arrived, asked.occurred), **vars(told))
    corrects = {"corrects": before.arrived if before else None, "instead_of": told.instead_of if wrong else None}
    return [arrived.model_copy(update=corrects)]


def replaced_by(told: RecordGoodsArrival | GoodsArrived, visits: Visits) -> Visit | None:
    """What was said of another place or time, in the place of which this stands."""
    if told.corrects is None:
        return None
    wrong = visits.of(told.movement, told.instead_of or told.checkpoint, told.corrects)
    return wrong if wrong and call_of(wrong) != call_of(visit_of(told)) else None


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
        call=told.call,
        told_as=told.told_as,
    )


def call_of(visit: Visit) -> tuple[MovementId, CheckpointCode, Instant]:
    """What tells it from others."""
    return visit.movement, visit.checkpoint, visit.arrived


def not_arrive(asked: Input[WithdrawGoodsArrival], visits: Visits) -> list[GoodsArrivalWithdrawn]:
    told = asked.content
    before = visits.of(told.movement, told.checkpoint, told.withdraws)
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
    if isinstance(event, GoodsArrivalWithdrawn):
        gone, now = [visits.of(event.movement, event.checkpoint, event.withdraws)], []
    else:
        now = [visit_of(event)]
        gone = [visits.of(*call_of(now[0])), replaced_by(event, visits)]
    others = (each for each in visits.places if each not in gone)
    return Visits(places=tuple(sorted((*others, *now), key=call_of)))


MATTER = Matter(commands=(arrive, not_arrive, were_not_aboard), folds=(recorded,))
