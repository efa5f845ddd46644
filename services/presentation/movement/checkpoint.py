"""The vehicle's checkpoint (Arts 37(3), 38(1))."""

from decider import Input, Matter
from presentation.checkpoint import Checkpoint, Said, checkpoint_is, checkpoint_of_vehicle, recorded
from presentation.movement.upstream import Arrival, Heard


def determined(asked: Input[Heard], arrival: Arrival, checkpoint: Checkpoint) -> list[Said]:
    return checkpoint_is(checkpoint_of_vehicle(arrival.way), checkpoint.places, movement=asked.id)


MATTER = Matter(folds=(recorded,), follows=(determined,))
