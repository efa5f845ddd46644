"""By which mode a vehicle comes, where crossing, arrivals and what was announced say different things."""

from collections.abc import Iterable

from contracts.values import Mode


def as_it_came(crossed: Mode | None, arrived: Iterable[Mode | None], announced: Mode | None) -> Mode | None:
    """What happened goes before what was said (Art. 38): how it crossed, then its arrivals, then the notice.

    Every service asks here, so that one vehicle never comes by two modes.
    """
    return crossed or next(filter(None, arrived), None) or announced
