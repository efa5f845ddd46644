"""That vehicle and goods are shown to customs (Art. 37(2)): what holds for both, and that a vehicle is shown once."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from contracts.event import Event
from contracts.statements import first, standing
from contracts.stating import Amendable, Stated, StatementDiffers, happened_otherwise, same, stated
from contracts.values import CheckpointCode, Instant, MovementId
from decider import Input, OpenPoint
from law.rule import Fact, rule

E = TypeVar("E", bound=Event)
F = TypeVar("F", bound=Stated)


@rule(by="person")
def still_to_be_shown(
    act: str,
    shown: bool,
    place: CheckpointCode | None,
    since: Instant | None,
    part: MovementId | None = None,
    call: int | None = None,
) -> Iterator[OpenPoint]:
    """Art. 37(2) [P1]: from the crossing on, until it is done, the carrier has to deliver and show; no term is set.

    `part`: the vehicle that brought it, where the goods came with several. `call`: which of its calls there, if not the
    first.
    """
    if place and not shown:
        yield OpenPoint(act=act, who="carrier", article="37(2)", place=place, part=part, call=call, since=since)


@rule(by="person")
def was_shown_before(shown: Fact, recorded: Instant | None) -> bool:
    """Art. 37(2) [P1]: the duty to show is fulfilled when it is done first, whenever that was recorded.

    Where it is not on record when it was shown, nothing was before that.
    """
    return recorded is not None and shown.occurred < recorded


def shown_once(
    asked: Input[Any], shown: F, before: tuple[F, ...], of: Amendable, records: Callable[[], E]
) -> list[E | StatementDiffers]:
    """It is looked at once: what is found later is no longer between crossing and presentation.

    A showing that was before is recorded, and counts. The other one stays on record beside it: where the first is taken
    back, that is the first.
    """
    counts = first(before)
    if counts and was_shown_before(asked, counts.at):
        return [records()]
    if any(same(shown, each) and not happened_otherwise(asked, of, each) for each in standing(before)):
        return []
    return stated(asked, shown, counts, of, records)
