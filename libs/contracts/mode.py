"""By which mode a vehicle comes, where crossing, arrivals and notice say different things.

How it crossed goes before everything. Behind that the services differ, each as it has decided since it began: with a
notice by rail and an arrival by road one says road and the other rail.
"""

from collections.abc import Iterable

from contracts.values import Mode


def for_notices(crossed: Mode | None, arrived: Iterable[Mode | None], announced: Mode | None) -> Mode | None:
    """`arrival`: what is said of its arrivals goes before what was announced."""
    return crossed or next(filter(None, arrived), None) or announced


def for_checkpoints(crossed: Mode | None, arrived: Iterable[Mode | None], announced: Mode | None) -> Mode | None:
    """`presentation`: what was announced goes before what is said of its arrivals."""
    return crossed or announced or next(filter(None, arrived), None)
