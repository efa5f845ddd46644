"""What may be said of a vehicle's journey, and by whom."""

from dataclasses import dataclass
from typing import TypeAlias

from arrival.exemption import BY_LINE, THAT_MAY_NOT_STOP
from contracts.values import (
    Company,
    ConsignmentIds,
    Direction,
    Instant,
    KnownCheckpoint,
    KnownJourney,
    Mode,
    MovementId,
    Seals,
    ShippingPapers,
    Vehicle,
    Works,
)


@dataclass(frozen=True, kw_only=True)
class NotifyArrival:
    """The administration of a checkpoint tells customs what arrives, where and when (Art. 37(2-1))."""

    movement: MovementId
    checkpoint: KnownCheckpoint
    mode: Mode
    expected: Instant
    vehicle: Vehicle
    carrier: Company
    journey: KnownJourney = ()
    consignments: ConsignmentIds = ()


@dataclass(frozen=True, kw_only=True)
class ChangeJourney:
    """Administration or carrier tell the whole of a journey that leads, or led, otherwise than was said (Art. 38)."""

    movement: MovementId
    mode: Mode
    journey: KnownJourney


@dataclass(frozen=True, kw_only=True)
class RecordCrossing:
    """A vehicle has crossed the customs border, with these seals and these papers (Art. 5(1)(21)(a)).

    `non_stop`: a ship or an aircraft that crosses the country without a stop (Art. 37(3)).
    """

    movement: MovementId
    direction: Direction
    mode: Mode
    place: KnownCheckpoint | None = None
    non_stop: bool = False
    seals: Seals = ()
    papers: ShippingPapers = ()

    def __post_init__(self) -> None:
        if self.non_stop and self.mode not in THAT_MAY_NOT_STOP:
            raise ValueError("only a ship or an aircraft crosses without a stop: leave `non_stop` out")
        if self.place is None and not self.non_stop and self.mode not in BY_LINE:
            raise ValueError(
                "name the checkpoint where it crossed in `place`; by pipeline or without a stop there is none"
            )


@dataclass(frozen=True, kw_only=True)
class RecordArrival:
    """A vehicle has come to a checkpoint (Art. 37(1)); what was done with goods there, left out, is as planned for it.

    Said again of the same place with other work, it is a correction: when it arrived stands as it was said first.
    """

    movement: MovementId
    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    work: Works | None = None
    unloads: ConsignmentIds | None = None


@dataclass(frozen=True, kw_only=True)
class RecordStop:
    """A vehicle that was not to stop did; the officer decides what that means, and where it is shown (Art. 37(3))."""

    movement: MovementId
    place: KnownCheckpoint
    exemption_lost: bool = False
    present_at: KnownCheckpoint | None = None

    def __post_init__(self) -> None:
        if self.exemption_lost != (self.present_at is not None):
            raise ValueError("`present_at` is named where the exemption is lost, and only there")


Command: TypeAlias = NotifyArrival | ChangeJourney | RecordCrossing | RecordArrival | RecordStop
