"""Which of several acts counts: a treaty before the Code and that before what rests on it, each for its point alone."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, TypeVar

from law.act import RANKS, Act, ActFact, Displaced, Point
from law.naming import same_name
from law.rule import rule

Row = TypeVar("Row")


class Asked(NamedTuple):
    """The point that is asked about, as far as it has such: of which goods, at which post, on which fact."""

    point: Point
    code: str | None = None
    origin: str | None = None
    requires: str | None = None
    checkpoint: str | None = None
    mode: str | None = None
    on: ActFact | None = None
    regime: str | None = None


@rule()
def highest(found: Iterable[tuple[Act, Row]]) -> tuple[Act, Row] | None:
    """Art. 3(2) [F1]: of acts that speak of one point a treaty goes before the Code, and the Code before a by-law."""
    return min(found, key=lambda one: RANKS.index(one[0].layer), default=None)


@rule()
def displaced(act: Act, asked: Asked, in_force: Sequence[Act]) -> bool:
    """Art. 3(2) [F23]: a treaty's rule comes in the place of the very point that it names, and all else stays."""
    if act.layer == "treaty":
        return False
    return any(names(each, act, asked) for treaty in in_force for each in treaty.displaces)


def names(of: Displaced, act: Act, asked: Asked) -> bool:
    """What it does not say tells no two points apart; goods of an unknown origin are of none that it names."""
    return (
        of.point == asked.point
        and of.act in (None, act.id)
        and (of.prefix is None or (asked.code or "").startswith(of.prefix))
        and of.origin in ("*", asked.origin)
        and (of.requires is None or same_name(of.requires, asked.requires))
        and of.checkpoint in (None, asked.checkpoint)
        and (not of.modes or asked.mode in of.modes)
        and of.on in (None, asked.on)
        and (of.regime is None or same_name(of.regime, asked.regime))
    )
