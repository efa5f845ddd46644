"""Which goods they are: as their papers name them, and as they are declared; and with which vehicle they came."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from clearance.upstream import Arrival, Goods, each_once
from contracts.declarations import Declared
from contracts.goods import GoodsItem
from contracts.values import GoodsCode, MovementId, NineDigits
from law.rule import Fact, Happened


@dataclass(frozen=True, kw_only=True)
class Part:
    """What came with one vehicle, that it crossed, and what goods these are; without one, that they were declared."""

    movement: MovementId | None = None
    came_in: Fact
    goods: tuple[Goods, ...]

    def fact(self, goods: Goods) -> Happened:
        """That these of its goods came in: it is on record since both are, the crossing and which goods they are."""
        return Happened(self.came_in.occurred, max(self.came_in.recorded, goods.known))


def parts_of(arrival: Arrival, declared: Declared) -> tuple[Part, ...]:
    """Each with its own crossing; before any is on record the goods as they were declared.

    An item came with each vehicle whose papers name it; one that no papers name may have come with any.
    """
    if len(arrival.crossings) > 1:
        return tuple(several(arrival, declared))
    came_in = arrival.fact if arrival.crossed else declared.fact
    movement = arrival.first.movement if arrival.first else None
    return (Part(movement=movement, came_in=came_in, goods=goods_of(arrival, declared)),) if came_in else ()


def several(arrival: Arrival, declared: Declared) -> Iterator[Part]:
    unnamed = tuple(each for each in declared.items if not names(arrival.goods, each))
    for each in arrival.crossings:
        items = (*(item for item in declared.items if names(each.goods, item)), *unnamed)
        goods = as_named(each.goods, items, declared)
        yield Part(movement=each.movement, came_in=Happened(each.at, each.known), goods=goods)


def names(goods: Iterable[Goods], item: GoodsItem) -> bool:
    return any(item.code.startswith(each.code) for each in goods)


def goods_of(arrival: Arrival, declared: Declared) -> tuple[Goods, ...]:
    """As lodged; what a declaration leaves open, an origin or further goods, is as the papers name it.

    Goods that the papers name by less than nine digits are those declared under what they say.
    """
    return as_named(arrival.goods, declared.items, declared)


def as_named(named: tuple[Goods, ...], items: tuple[GoodsItem, ...], declared: Declared) -> tuple[Goods, ...]:
    codes = {item.code[:digits] for item in items for digits in {len(each.code) for each in named}}
    found = [each for each in named if each.code not in codes]
    for item in items:
        alike = [each for each in named if item.code.startswith(each.code)]
        said = [as_papers_say(each, item, declared) for each in alike if item.origin in (None, each.origin)]
        found += said or [as_declared(item, declared)]
    return each_once(found)


def as_papers_say(named: Goods, item: GoodsItem, declared: Declared) -> Goods:
    """Under its nine digits, which are known since it was declared, where the papers have less."""
    said = as_declared(item, declared)
    if item.origin == named.origin:
        return each_once((said, named))[0] if item.code == named.code else said
    if item.code == named.code:
        return named
    return Goods(code=item.code, origin=named.origin, since=said.since, known=max(named.known, said.known))


def as_declared(item: GoodsItem, declared: Declared) -> Goods:
    said = declared.naming(item)
    return Goods(code=item.code, origin=item.origin, since=said.at, known=said.known)


def may_be(code: GoodsCode, named: Set[NineDigits | None]) -> bool:
    """Whether a permit names these goods, or may: of goods that papers say less than nine digits of, those under it."""
    return code in named or any(each.startswith(code) for each in named if each)
