"""Goods that left a vehicle that was not to stop, before an officer has decided what that stop means (Art. 37(3))."""

from typing import Literal

from contracts.event import Event
from contracts.values import CheckpointCode, ConsignmentId, Instant, MovementId, Word


class StopUndecided(Event):
    """The goods were unloaded there by a vehicle that was not to stop; what that means is the officer's to decide."""

    type: Literal["StopUndecided"] = "StopUndecided"
    article: Word = "37(3)"
    rule: Word = "A8"
    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
    arrived: Instant


class StopUndecidedWithdrawn(Event):
    """Nothing is to be decided of that any more: it is decided, or was otherwise than stated."""

    type: Literal["StopUndecidedWithdrawn"] = "StopUndecidedWithdrawn"
    article: Word = "37(3)"
    rule: Word = "A8"
    consignment: ConsignmentId
    movement: MovementId
    checkpoint: CheckpointCode
