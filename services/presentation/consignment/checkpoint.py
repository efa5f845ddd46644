"""The goods' checkpoint (Arts 37(3), 38(1))."""

from contracts.values import CheckpointCode
from decider import Input, Matter
from presentation.checkpoint import Checkpoint, Determined, Said, checkpoint_is, checkpoint_of_goods, recorded, settled
from presentation.consignment.upstream import Arrival, Carriage, Heard


def determined(asked: Input[Heard], arrival: Arrival, checkpoint: Checkpoint) -> list[Said]:
    return checkpoint_is(of_all(arrival.carriages), checkpoint.places, consignment=asked.id)


def of_all(carriages: tuple[Carriage, ...]) -> Determined | None:
    """Of goods on several vehicles the one that crossed first settles it, of those by which they come in at all."""
    found = (checkpoint_of_goods(each.way) for each in carriages)
    return next((each for each in found if each), None)


def settled_for(crossed: tuple[Carriage, ...]) -> tuple[CheckpointCode, ...]:
    """The places to show the goods, by the first of these that settles any."""
    found = (settled(each.way, checkpoint_of_goods(each.way)) for each in crossed)
    return next((places for places in found if places), ())


MATTER = Matter(folds=(recorded,), follows=(determined,))
