"""What the vehicles that carry a consignment tell it."""

from dataclasses import dataclass
from typing import TypeAlias

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


@dataclass(frozen=True, kw_only=True)
class AnnounceConsignment:
    """A notice names this consignment."""

    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode
    expected: Instant
    submitted: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordGoodsJourney:
    """The journey of the vehicle with this consignment leads otherwise than was said."""

    consignment: ConsignmentId
    movement: MovementId
    mode: Mode
    stated: Instant | None = None
    route: tuple[CheckpointCode, ...] = ()
    unloaded_at: tuple[CheckpointCode, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordGoodsCrossing:
    """The papers of a vehicle that has crossed name this consignment."""

    consignment: ConsignmentId
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    crossed: Instant
    non_stop: bool = False
    packages: Packages | None = None
    goods: tuple[GoodsLine, ...] = ()


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
class RecordGoodsStop:
    """The vehicle with this consignment was not to stop, and did."""

    consignment: ConsignmentId
    movement: MovementId
    place: CheckpointCode
    stopped: Instant
    exemption_lost: bool


@dataclass(frozen=True, kw_only=True)
class LoseGoodsExemption:
    """By the officer's decision the vehicle with this consignment lost its exemption (Art. 37(3))."""

    consignment: ConsignmentId
    movement: MovementId
    present_at: CheckpointCode
    stopped: Instant


Told: TypeAlias = (
    AnnounceConsignment
    | RecordGoodsJourney
    | RecordGoodsCrossing
    | RecordGoodsArrival
    | RecordGoodsStop
    | LoseGoodsExemption
)
