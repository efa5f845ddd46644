"""The goods under one transport document: what the vehicles that carry them tell of them."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from contracts.arrival import ConsignmentAnnounced, GoodsArrived, GoodsCrossed
from contracts.values import (
    CheckpointCode,
    ConsignmentId,
    Direction,
    GoodsLine,
    Instant,
    Mode,
    MovementId,
    Packages,
)
from law import Input


@dataclass(frozen=True, kw_only=True)
class AnnounceConsignment:
    """A notice names this consignment."""

    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode
    expected: Instant
    route: tuple[CheckpointCode, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordGoodsCrossing:
    """The papers of a vehicle that has crossed name this consignment."""

    consignment: ConsignmentId
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode
    crossed: Instant
    packages: Packages | None = None
    goods: tuple[GoodsLine, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordGoodsArrival:
    """The vehicle with which this consignment crossed has come to a checkpoint."""

    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    arrived: Instant


Command: TypeAlias = AnnounceConsignment | RecordGoodsCrossing | RecordGoodsArrival
Own: TypeAlias = ConsignmentAnnounced | GoodsCrossed | GoodsArrived
HEARS: tuple[type, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Consignment:
    """Which vehicles announced it, crossed with it and arrived with it, each sorted."""

    announced_by: tuple[MovementId, ...] = ()
    crossed_with: tuple[MovementId, ...] = ()
    arrived_with: tuple[MovementId, ...] = ()


INITIAL = Consignment()


def decide(given: Input[Command], consignment: Consignment) -> list[Own]:
    """Of each vehicle each thing is recorded once; a consignment may be spread over several."""
    match given.content:
        case AnnounceConsignment() as told:
            return [] if told.movement in consignment.announced_by else [announced(told)]
        case RecordGoodsCrossing() as told:
            return [] if told.movement in consignment.crossed_with else [import_begins(given.occurred, told)]
        case RecordGoodsArrival() as told:
            return [] if told.movement in consignment.arrived_with else [arrived(given.occurred, told)]
        case unknown:
            assert_never(unknown)


def announced(told: AnnounceConsignment) -> ConsignmentAnnounced:
    """Art. 37(2-1) [A1]: the notice speaks of goods as well as of vehicles, so each consignment in it hears of it."""
    return ConsignmentAnnounced(
        consignment=told.consignment,
        movement=told.movement,
        checkpoint=told.checkpoint,
        mode=told.mode,
        expected=told.expected,
        route=told.route,
    )


def import_begins(occurred: Instant, told: RecordGoodsCrossing) -> GoodsCrossed:
    """Art. 5(1)(21)(a) [F4]: the import of goods begins when they actually cross; nothing before that is import."""
    return GoodsCrossed(
        occurred=elsewhen(told.crossed, occurred),
        consignment=told.consignment,
        movement=told.movement,
        direction=told.direction,
        mode=told.mode,
        place=told.place,
        crossed=told.crossed,
        packages=told.packages,
        goods=told.goods,
    )


def arrived(occurred: Instant, told: RecordGoodsArrival) -> GoodsArrived:
    """Art. 5(1)(19), 5(1)(28) [F8]: goods arrive in a stream of their own, with the vehicle in which they crossed."""
    return GoodsArrived(
        occurred=elsewhen(told.arrived, occurred),
        consignment=told.consignment,
        movement=told.movement,
        checkpoint=told.checkpoint,
        arrived=told.arrived,
    )


def elsewhen(happened: Instant, occurred: Instant) -> Instant | None:
    """When it happened, left out where the input says so already."""
    return None if happened == occurred else happened


def evolve(consignment: Consignment, event: Own) -> Consignment:
    match event:
        case ConsignmentAnnounced(movement=movement):
            return replace(consignment, announced_by=tuple(sorted((*consignment.announced_by, movement))))
        case GoodsCrossed(movement=movement):
            return replace(consignment, crossed_with=tuple(sorted((*consignment.crossed_with, movement))))
        case GoodsArrived(movement=movement):
            return replace(consignment, arrived_with=tuple(sorted((*consignment.arrived_with, movement))))
        case _:
            assert_never(event)
