"""Goods that left a vehicle that was not to stop, or may have, before an officer decided on its stop (Art. 37(3))."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from contracts.event import Event
from contracts.values import CheckpointCode, ConsignmentId, Instant, MovementId, Word
from decider import in_order


class StopUndecided(Event):
    """The goods left a vehicle there that was not to stop, or may have; what that means is the officer's to decide."""

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
    arrived: Instant


Said: TypeAlias = StopUndecided | StopUndecidedWithdrawn


@dataclass(frozen=True, kw_only=True)
class Landing:
    """A vehicle that was not to stop, where the goods left it, and when it came there: at one place several times."""

    movement: MovementId
    checkpoint: CheckpointCode
    arrived: Instant


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """Landings of which it was said that the officer has to decide on them, sorted."""

    landings: tuple[Landing, ...] = ()


def landed(undecided: Undecided, event: Said) -> Undecided:
    """Folded from what `arrival` says: there, and wherever it is heard."""
    landing = Landing(movement=event.movement, checkpoint=event.checkpoint, arrived=event.arrived)
    others = (each for each in undecided.landings if each != landing)
    match event:
        case StopUndecided():
            return Undecided(landings=in_order((*others, landing)))
        case StopUndecidedWithdrawn():
            return Undecided(landings=tuple(others))
        case _:
            assert_never(event)
