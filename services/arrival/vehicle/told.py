"""What a vehicle tells its journeys."""

from dataclasses import dataclass

from contracts.values import MovementId
from contracts.whereabouts import VehicleId
from law import Finding


@dataclass(frozen=True, kw_only=True)
class RecordElsewhere:
    """By another journey the vehicle was elsewhere at a time at which it was where this one says."""

    movement: MovementId
    vehicle: VehicleId
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class WithdrawElsewhere:
    """It was not, as another journey says by now, or this one."""

    movement: MovementId
    vehicle: VehicleId
    findings: tuple[Finding, ...]
