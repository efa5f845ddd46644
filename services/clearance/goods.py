"""Which goods they are: as their papers name them, and as they were declared."""

from dataclasses import dataclass

from clearance.upstream import Arrival, Goods, each_once
from contracts.clearance import DeclarationAccepted
from contracts.values import GoodsItem, Instant
from decider import Matter
from law.calendar import EARLIEST
from law.rule import Fact, Happened


@dataclass(frozen=True, kw_only=True)
class Declared:
    """When goods were declared, and as which items."""

    accepted: Instant | None = None
    items: tuple[GoodsItem, ...] = ()
    known: Instant | None = None

    @property
    def fact(self) -> Fact | None:
        """That they were declared."""
        return Happened(self.accepted, self.known) if self.accepted and self.known else None


def goods_of(arrival: Arrival, declared: Declared) -> tuple[Goods, ...]:
    """As declared; what a declaration leaves open, an origin or further goods, is as the papers name it."""
    named, items = arrival.goods, declared.items
    codes = {item.code for item in items}
    found = [each for each in named if each.code not in codes]
    for item in items:
        as_named = [each for each in named if each.code == item.code]
        said = [each for each in as_named if item.origin in (None, each.origin)]
        found += said or [as_declared(item, declared)]
    return each_once(found)


def as_declared(item: GoodsItem, declared: Declared) -> Goods:
    return Goods(code=item.code, origin=item.origin, known=declared.known or EARLIEST)


def goods_were_declared(_: Declared, event: DeclarationAccepted, known: Instant) -> Declared:
    return Declared(accepted=event.accepted, items=event.items, known=known)


MATTER = Matter(folds=(goods_were_declared,))
