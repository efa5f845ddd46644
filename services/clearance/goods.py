"""Which goods they are: as their papers name them, and as they are declared."""

from collections.abc import Set

from clearance.upstream import Arrival, Goods, each_once
from contracts.declarations import Declared
from contracts.goods import GoodsItem
from contracts.values import GoodsCode, NineDigits


def goods_of(arrival: Arrival, declared: Declared) -> tuple[Goods, ...]:
    """As lodged; what a declaration leaves open, an origin or further goods, is as the papers name it.

    Goods that the papers name by less than nine digits are those declared under what they say.
    """
    named, items = arrival.goods, declared.items
    codes = {item.code[:digits] for item in items for digits in {len(each.code) for each in named}}
    found = [each for each in named if each.code not in codes]
    for item in items:
        as_named = [each for each in named if item.code.startswith(each.code)]
        said = [as_papers_say(each, item, declared) for each in as_named if item.origin in (None, each.origin)]
        found += said or [as_declared(item, declared)]
    return each_once(found)


def as_papers_say(named: Goods, item: GoodsItem, declared: Declared) -> Goods:
    """Under its nine digits, which are known since it was declared, where the papers have less."""
    if named.code == item.code:
        return named
    return Goods(code=item.code, origin=named.origin, known=max(named.known, declared.known))


def as_declared(item: GoodsItem, declared: Declared) -> Goods:
    return Goods(code=item.code, origin=item.origin, known=declared.known)


def may_be(code: GoodsCode, named: Set[NineDigits | None]) -> bool:
    """Whether a permit names these goods, or may: of goods that papers say less than nine digits of, those under it."""
    return code in named or any(each.startswith(code) for each in named if each)
