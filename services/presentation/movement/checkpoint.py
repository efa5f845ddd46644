"""The vehicle's checkpoint (Arts 37(3), 38(1))."""

from typing import TypeAlias

from decider import Input, Matter
from presentation.checkpoint import Checkpoint, Said, checkpoint_is, recorded
from presentation.movement.determination import (
    CorrectCheckpointDecision,
    Decisions,
    DetermineCheckpoint,
    WithdrawCheckpointDecision,
    checkpoint_of,
)
from presentation.movement.upstream import Arrival, Heard

Determines: TypeAlias = DetermineCheckpoint | CorrectCheckpointDecision | WithdrawCheckpointDecision


def determined(
    asked: Input[Heard | Determines], arrival: Arrival, decisions: Decisions, checkpoint: Checkpoint
) -> list[Said]:
    return checkpoint_is(checkpoint_of(arrival.way, decisions), checkpoint, movement=asked.id)


MATTER = Matter(folds=(recorded,), follows=(determined,))
