"""What `arrival` writes of notices beside the notice itself, and what their events are made of (Art. 37(2-1))."""

from dataclasses import dataclass
from typing import Literal

from contracts.event import Event
from contracts.stating import Stater
from contracts.values import CheckpointCode, Company, ConsignmentId, Instant, Mode, MovementId, Word
from contracts.vehicle import MeansOfTransport


@dataclass(frozen=True, kw_only=True, slots=True)
class Unannounced:
    """The notice of this checkpoint does not name these consignments, as it did before, or there is none."""

    checkpoint: CheckpointCode
    consignments: tuple[ConsignmentId, ...]


class ArrivalInformed(Event):
    """Somebody who owes no notice said where and when a vehicle arrives: it informs customs, and fulfils no duty."""

    type: Literal["ArrivalInformed"] = "ArrivalInformed"
    article: Word = "37(2-1)"
    rule: Word = "A3"
    movement: MovementId
    checkpoint: CheckpointCode
    mode: Mode | None = None
    expected: Instant
    vehicle: MeansOfTransport | None = None
    carrier: Company | None = None
    consignments: tuple[ConsignmentId, ...] = ()
    informed: Instant
    stated_by: Stater | None = None
