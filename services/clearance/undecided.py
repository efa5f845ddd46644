"""Goods that left a vehicle that was not to stop, and wait for the officer's word on that stop (Art. 37(3))."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.undecided import StopUndecided, StopUndecidedWithdrawn
from contracts.values import CheckpointCode, MovementId
from decider import in_order
from law.rule import Fact, rule

Said: TypeAlias = StopUndecided | StopUndecidedWithdrawn


@dataclass(frozen=True, kw_only=True)
class Landing:
    """A vehicle that was not to stop, and where the goods left it."""

    movement: MovementId
    checkpoint: CheckpointCode


@dataclass(frozen=True, kw_only=True)
class Undecided:
    """What `arrival` said of landings that the officer has to decide on, sorted."""

    landings: tuple[Landing, ...] = ()


@rule(by="officer", otherwise=True)
def every_stop_is_decided(_: Fact, undecided: Undecided) -> bool:
    """Art. 37(3) [A8]: while an officer has to say whether goods are shown, nobody says that all is in hand."""
    return not undecided.landings


def heard(undecided: Undecided, event: Said) -> Undecided:
    landing = Landing(movement=event.movement, checkpoint=event.checkpoint)
    others = (each for each in undecided.landings if each != landing)
    match event:
        case StopUndecided():
            return Undecided(landings=in_order((*others, landing)))
        case StopUndecidedWithdrawn():
            return Undecided(landings=tuple(others))
        case _:
            assert_never(event)
