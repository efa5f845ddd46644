"""That vehicle and goods are shown to customs, once, in their condition (Art. 37(2)): what holds for both alike."""

from collections.abc import Iterator

from contracts.values import Instant
from decider import OpenPoint
from law.rule import Fact, rule
from presentation.checkpoint import Determined


@rule(by="person")
def still_to_be_shown(act: str, shown: bool, found: Determined | None) -> Iterator[OpenPoint]:
    """Art. 37(2) [P1]: from the crossing on, until it is done, the carrier has to deliver and show; no term is set."""
    if found and not shown:
        yield OpenPoint(act=act, who="carrier", article="37(2)", place=found.checkpoint)


@rule(by="person")
def was_shown_before(shown: Fact, recorded: Instant | None) -> bool:
    """Art. 37(2) [P1]: the duty to show is fulfilled when it is done first, whenever that was recorded.

    Where it is not on record when it was shown, nothing was before that.
    """
    return recorded is not None and shown.occurred < recorded
