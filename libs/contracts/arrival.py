"""What `arrival` writes: who announced what, where and when, and what crossed."""

from typing import Literal

from contracts.event import Event
from contracts.values import (
    Arrived,
    CheckpointCode,
    Company,
    ConsignmentId,
    Direction,
    GoodsLine,
    Instant,
    Mode,
    MovementId,
    Packages,
    Papers,
    Seal,
    Vehicle,
    Word,
)
from law import Finding

TOPIC = "customs.arrival.v1"


class ArrivalNotified(Event):
    """Customs was told in advance where and when a vehicle arrives, and with which consignments."""

    type: Literal["ArrivalNotified"] = "ArrivalNotified"
    article: Word = "37(2-1)"
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode
    expected: Instant
    vehicle: Vehicle
    carrier: Company
    route: tuple[CheckpointCode, ...] = ()
    consignments: tuple[ConsignmentId, ...] = ()


class BorderCrossed(Event):
    """A vehicle crossed the customs border; `arrived` stands in it only where its arrival was recorded before."""

    type: Literal["BorderCrossed"] = "BorderCrossed"
    article: Word = "5(1)(21)(a)"
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode
    crossed: Instant
    seals: tuple[Seal, ...] = ()
    papers: tuple[Papers, ...] = ()
    arrived: Arrived | None = None


class VehicleArrived(Event):
    """A vehicle came to a checkpoint; the consignments are those that crossed with it, as far as recorded by then."""

    type: Literal["VehicleArrived"] = "VehicleArrived"
    article: Word = "37(1)"
    movement: MovementId
    checkpoint: CheckpointCode
    arrived: Instant
    consignments: tuple[ConsignmentId, ...] = ()
    findings: tuple[Finding, ...] = ()


class ConsignmentAnnounced(Event):
    """A notice named this consignment."""

    type: Literal["ConsignmentAnnounced"] = "ConsignmentAnnounced"
    article: Word = "37(2-1)"
    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode
    expected: Instant
    route: tuple[CheckpointCode, ...] = ()


class GoodsCrossed(Event):
    """The goods of this consignment crossed the customs border: their import begins."""

    type: Literal["GoodsCrossed"] = "GoodsCrossed"
    article: Word = "5(1)(21)(a)"
    consignment: ConsignmentId
    movement: MovementId
    direction: Direction
    mode: Mode
    place: CheckpointCode
    crossed: Instant
    packages: Packages | None = None
    goods: tuple[GoodsLine, ...] = ()


class GoodsArrived(Event):
    """The vehicle with which the goods crossed came to a checkpoint."""

    type: Literal["GoodsArrived"] = "GoodsArrived"
    article: Word = "37(1)"
    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    arrived: Instant


EVENTS: tuple[type[Event], ...] = (
    ArrivalNotified,
    BorderCrossed,
    VehicleArrived,
    ConsignmentAnnounced,
    GoodsCrossed,
    GoodsArrived,
)
