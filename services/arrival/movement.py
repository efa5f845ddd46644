"""One vehicle on one journey: what was announced of it, and what it did."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from arrival import rules
from contracts.arrival import ArrivalNotified, BorderCrossed, VehicleArrived
from contracts.values import (
    Arrived,
    Company,
    ConsignmentId,
    Direction,
    Instant,
    KnownCheckpoint,
    Mode,
    MovementId,
    Seal,
    ShippingPapers,
    Vehicle,
)
from law import Input


@dataclass(frozen=True, kw_only=True)
class NotifyArrival:
    """The administration of a checkpoint tells customs what arrives, where and when (Art. 37(2-1))."""

    movement: MovementId
    checkpoint: KnownCheckpoint
    mode: Mode
    expected: Instant
    vehicle: Vehicle
    carrier: Company
    route: tuple[KnownCheckpoint, ...] = ()
    consignments: tuple[ConsignmentId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RecordCrossing:
    """A vehicle has crossed the customs border, with these seals and these papers (Art. 5(1)(21)(a))."""

    movement: MovementId
    direction: Direction
    mode: Mode
    place: KnownCheckpoint
    seals: tuple[Seal, ...] = ()
    papers: ShippingPapers = ()


@dataclass(frozen=True, kw_only=True)
class RecordArrival:
    """A vehicle has come to a checkpoint (Art. 37(1))."""

    movement: MovementId
    checkpoint: KnownCheckpoint


Command: TypeAlias = NotifyArrival | RecordCrossing | RecordArrival
HEARS: tuple[type, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Movement:
    """`arrival` hears nobody, so all of it is its own."""

    notified: bool = False
    mode: str | None = None
    crossed: bool = False
    crossed_with: tuple[ConsignmentId, ...] = ()
    arrived: Arrived | None = None


INITIAL = Movement()


def decide(given: Input[Command], movement: Movement) -> list[rules.Own]:
    match given.content:
        case NotifyArrival() as notice:
            # A second notice changes nothing: the Code knows neither its rejection nor, as yet here, its amendment.
            return [] if movement.notified else [notice_is_recorded(notice)]
        case RecordCrossing() as crossing:
            # A vehicle crosses once on a journey; a new import is a new movement.
            return [] if movement.crossed else [crossing_begins_the_import(given.occurred, crossing, movement)]
        case RecordArrival(movement=id_, checkpoint=checkpoint):
            if movement.arrived:
                return []  # It came to its first checkpoint already; driving on to another is no second arrival.
            missing = rules.notice_is_missing(movement.notified, movement.mode, checkpoint)
            return [
                VehicleArrived(
                    movement=id_,
                    checkpoint=checkpoint,
                    arrived=given.occurred,
                    consignments=movement.crossed_with,
                    findings=(missing,) if missing else (),
                )
            ]
        case unknown:
            assert_never(unknown)


def notice_is_recorded(notice: NotifyArrival) -> ArrivalNotified:
    """Art. 37(2-1) [A1]: the checkpoint's administration tells customs beforehand where and when what arrives.

    No article knows a ground to reject a notice, and nothing is compared with the clock: it is recorded as it came.
    """
    return ArrivalNotified(
        movement=notice.movement,
        checkpoint=notice.checkpoint,
        mode=notice.mode,
        expected=notice.expected,
        vehicle=notice.vehicle,
        carrier=notice.carrier,
        route=notice.route,
        consignments=tuple(sorted(set(notice.consignments))),
    )


def crossing_begins_the_import(occurred: Instant, crossing: RecordCrossing, movement: Movement) -> BorderCrossed:
    """Art. 5(1)(21)(a) [A9]: the crossing itself begins the import, whether or not anybody gave notice of it."""
    return BorderCrossed(
        movement=crossing.movement,
        direction=crossing.direction,
        mode=crossing.mode,
        place=crossing.place,
        crossed=occurred,
        seals=tuple(sorted(set(crossing.seals))),
        papers=tuple(sorted(crossing.papers, key=lambda papers: papers.consignment)),
        arrived=movement.arrived,
    )


def evolve(movement: Movement, event: rules.Own) -> Movement:
    match event:
        case ArrivalNotified(mode=mode):
            return replace(movement, notified=True, mode=movement.mode or mode)
        case BorderCrossed(mode=mode, papers=papers):
            crossed_with = tuple(each.consignment for each in papers)
            return replace(movement, crossed=True, mode=mode, crossed_with=crossed_with)
        case VehicleArrived(checkpoint=checkpoint, arrived=arrived):
            return replace(movement, arrived=Arrived(checkpoint=checkpoint, arrived=arrived))
        case _:
            assert_never(event)


def follow(event: rules.Own) -> list[tuple[str, rules.Told]]:
    return rules.told(event)
