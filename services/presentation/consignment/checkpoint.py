"""The goods' checkpoint (Arts 37(3), 38(1))."""

from collections.abc import Iterable

from contracts.values import CheckpointCode
from decider import Input, Matter, replace
from presentation.checkpoint import Checkpoint, Determined, Said, checkpoint_is, checkpoint_of_goods, recorded, settled
from presentation.consignment.upstream import Arrival, Carriage, Heard


def determined(asked: Input[Heard], arrival: Arrival, checkpoint: Checkpoint) -> list[Said]:
    return checkpoint_is(of_all(arrival.carriages), checkpoint, consignment=asked.id)


def of_all(carriages: tuple[Carriage, ...]) -> Determined | None:
    """That of the vehicle which crossed first, of those by which the goods come in, and where those of others are."""
    found = [(each, by_its_way) for each in carriages if (by_its_way := checkpoint_of_goods(each.way))]
    if not found:
        return None
    (_, first), *others = found
    further = (place for each, it in others if each.way.crossed for place in it.calls)
    return replace(first, calls=tuple(dict.fromkeys((*first.calls, *further))))


def settled_for(crossed: Iterable[Carriage]) -> tuple[CheckpointCode, ...]:
    """The places to show the goods, as far as facts have settled them: each vehicle's own."""
    return tuple(dict.fromkeys(place for each in crossed for place in settled(each.way, checkpoint_of_goods(each.way))))


MATTER = Matter(folds=(recorded,), follows=(determined,))
