"""Which goods they are: as declared or decided, and as their papers name them; and with which vehicle they came."""

from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass

from clearance.upstream import Arrival, Crossing, Goods, each_once
from contracts.declarations import Declared, GoodsDecision
from contracts.goods import GoodsItem
from contracts.values import GoodsCode, Instant, MovementId, NineDigits
from law.rule import Fact, Happened


@dataclass(frozen=True, kw_only=True)
class Part:
    """What came with one vehicle, that it crossed, and what goods these are; without one, that they were declared.

    `goods` are declared or decided, `named` those that papers alone name while nothing is declared.
    """

    movement: MovementId | None = None
    came_in: Fact
    goods: tuple[Goods, ...]
    named: tuple[Goods, ...] = ()

    def fact(self, goods: Goods) -> Happened:
        """That these of its goods came in: it is on record since both are, the crossing and which goods they are."""
        return Happened(self.came_in.occurred, max(self.came_in.recorded, goods.known))


def parts_of(arrival: Arrival, declared: Declared) -> tuple[Part, ...]:
    """Each with its own crossing; before any is on record the goods as they were declared.

    Goods came with each vehicle whose papers name them; such as no papers name may have come with any.
    """
    if len(arrival.crossings) > 1:
        return tuple(several(arrival, declared))
    came_in = arrival.fact if arrival.crossed else declared.fact
    if came_in is None:
        return ()
    movement = arrival.first.movement if arrival.first else None
    goods, named = goods_established(declared, arrival.goods), named_by_papers_alone(arrival.crossings, declared)
    return (Part(movement=movement, came_in=came_in, goods=goods, named=named),)


def several(arrival: Arrival, declared: Declared) -> Iterator[Part]:
    for each in arrival.crossings:
        goods = goods_established(declared, each.goods)
        yield Part(
            movement=each.movement,
            came_in=Happened(each.at, each.known),
            goods=tuple(one for one in goods if names(each.goods, one.code) or not names(arrival.goods, one.code)),
            named=named_by_papers_alone((each,), declared),
        )


def names(goods: Iterable[Goods], code: GoodsCode) -> bool:
    return any(code.startswith(each.code) for each in goods)


def here_since(goods: Goods, part: Part, arrival: Arrival) -> Instant:
    """When goods came in and, where no papers name them, were named as such."""
    came_in = part.came_in.occurred
    return came_in if names(arrival.goods, goods.code) else max(came_in, goods.since)


def goods_of(arrival: Arrival, declared: Declared) -> tuple[Goods, ...]:
    """Those that are established and, while no items are declared, those that papers name besides.

    What papers name beside declared items is in doubt, and no measure follows from it until an officer decides.
    """
    alone = named_by_papers_alone(arrival.crossings, declared)
    return each_once((*goods_established(declared, arrival.goods), *alone))


def goods_established(declared: Declared, named: tuple[Goods, ...] = ()) -> tuple[Goods, ...]:
    """As declared, and as the officer has decided. An origin that neither names is not known, whatever papers say.

    What papers `named` alike was on record since they did.
    """
    beside = (decided(word, as_found(word)) for word in declared.decided_beside if word.code)
    sure = each_once((*items_established(declared), *beside))
    alike = {(each.code, each.origin) for each in sure if each.area is None}
    return each_once((*sure, *(each for each in named if (each.code, each.origin) in alike)))


def items_established(declared: Declared) -> tuple[Goods, ...]:
    """Each item, in their order, and since when it is named and known to be such."""
    words = declared.last_words
    items = zip(declared.items, declared.established, strict=True)
    return tuple(
        decided(words[n], item) if n in words else as_declared(was, declared)
        for n, (was, item) in enumerate(items, start=1)
    )


def as_found(word: GoodsDecision) -> GoodsItem:
    """Goods that no item declares."""
    return GoodsItem(code=word.code or "", origin=word.origin, origin_area=word.origin_area)


def decided(word: GoodsDecision, goods: GoodsItem) -> Goods:
    return Goods(code=goods.code, origin=goods.origin, area=goods.area, since=word.at, known=word.known)


def as_declared(item: GoodsItem, declared: Declared) -> Goods:
    said = declared.naming(item)
    return Goods(code=item.code, origin=item.origin, area=item.area, since=said.at, known=said.known)


def named_by_papers_alone(crossings: tuple[Crossing, ...], declared: Declared) -> tuple[Goods, ...]:
    """None once items are declared. Of others, what an officer has decided on is as he did."""
    if declared.items:
        return ()
    return each_once(
        each
        for crossing in crossings
        for each in crossing.goods
        if not any(decides_on(word.code, each.code) and crossing.at <= word.at for word in declared.decided)
    )


def decides_on(decided: NineDigits | None, named: GoodsCode) -> bool:
    """A word without a code is on all that papers name."""
    return decided is None or decided.startswith(named)


def since_when(arrival: Arrival, declared: Happened | None) -> Instant | None:
    """Since what happened there is something to do about goods: their crossing or, before that, their declaration."""
    came_in = arrival.fact or declared
    return came_in.occurred if came_in else None


def may_be(code: GoodsCode, named: Set[NineDigits | None]) -> bool:
    """Whether a permit names these goods, or may: of goods that papers say less than nine digits of, those under it."""
    return code in named or any(each.startswith(code) for each in named if each)
