"""Which goods they are: as their papers name them, and as they are declared."""

from clearance.upstream import Arrival, Goods, each_once
from contracts.declarations import Declared
from contracts.values import GoodsItem


def goods_of(arrival: Arrival, declared: Declared) -> tuple[Goods, ...]:
    """As lodged; what a declaration leaves open, an origin or further goods, is as the papers name it."""
    named, items = arrival.goods, declared.items
    codes = {item.code for item in items}
    found = [each for each in named if each.code not in codes]
    for item in items:
        as_named = [each for each in named if each.code == item.code]
        said = [each for each in as_named if item.origin in (None, each.origin)]
        found += said or [as_declared(item, declared)]
    return each_once(found)


def as_declared(item: GoodsItem, declared: Declared) -> Goods:
    return Goods(code=item.code, origin=item.origin, known=declared.known)
