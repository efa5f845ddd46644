"""Which goods they are: as their papers name them, and as they were declared."""

from dataclasses import dataclass

from clearance.upstream import Arrival, Goods
from contracts.clearance import DeclarationAccepted
from contracts.values import GoodsItem, Instant
from decider import Matter


@dataclass(frozen=True, kw_only=True)
class Declared:
    """When goods were declared, and as which items."""

    accepted: Instant | None = None
    items: tuple[GoodsItem, ...] = ()


def goods_of(arrival: Arrival, declared: Declared) -> tuple[Goods, ...]:
    """As declared; what a declaration leaves open, an origin or further goods, is as the papers name it."""
    named, items = arrival.goods, declared.items
    codes = {item.code for item in items}
    found = {each for each in named if each.code not in codes}
    for item in items:
        as_named = {each for each in named if each.code == item.code}
        said = Goods(code=item.code, origin=item.origin)
        found |= as_named if as_named and item.origin is None else {said}
    return tuple(sorted(found, key=lambda each: (each.code, each.origin is None, each.origin)))


def goods_were_declared(_: Declared, event: DeclarationAccepted) -> Declared:
    return Declared(accepted=event.accepted, items=event.items)


MATTER = Matter(folds=(goods_were_declared,))
