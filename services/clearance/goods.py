"""Which goods they are: as they are declared or customs has decided, and before that as their papers name them."""

from collections.abc import Iterator, Set

from clearance.upstream import Arrival, Goods, each_once
from contracts.declarations import Declared
from contracts.values import GoodsCode, Instant, NineDigits
from law.rule import Happened


def goods_of(arrival: Arrival, declared: Declared) -> tuple[Goods, ...]:
    """Those that are established and, while no items are declared, those that papers name besides.

    What papers name beside declared items is in doubt, and no measure follows from it until an officer decides.
    """
    return each_once((*goods_established(declared), *named_by_papers_alone(arrival, declared)))


def goods_established(declared: Declared) -> tuple[Goods, ...]:
    """As declared, and as the officer has decided. An origin that neither names is not known, whatever papers say."""
    beside = (
        Goods(code=word.code, origin=word.origin, known=word.known) for word in declared.decided_beside if word.code
    )
    return each_once((*items_established(declared), *beside))


def items_established(declared: Declared) -> tuple[Goods, ...]:
    """Each item, in their order, and since when it is known to be such."""
    known, words = declared.known, declared.last_words
    since = (max(known, words[n].known) if n in words else known for n in range(1, len(declared.items) + 1))
    items = zip(declared.established, since, strict=True)
    return tuple(Goods(code=item.code, origin=item.origin, known=at) for item, at in items)


def named_by_papers_alone(arrival: Arrival, declared: Declared) -> Iterator[Goods]:
    """None once items are declared. Of others, what an officer has decided on is as he did."""
    if declared.items:
        return
    for crossing in sorted(arrival.crossings, key=lambda each: each.known):
        for each in crossing.goods:
            if not any(decides_on(word.code, each.code) and crossing.at <= word.at for word in declared.decided):
                yield each


def decides_on(decided: NineDigits | None, named: GoodsCode) -> bool:
    """A word without a code is on all that papers name."""
    return decided is None or decided.startswith(named)


def may_be(code: GoodsCode, named: Set[NineDigits | None]) -> bool:
    """Whether a permit names these goods, or may: of goods that papers say less than nine digits of, those under it."""
    return code in named or any(each.startswith(code) for each in named if each)


def since_when(arrival: Arrival, declared: Happened | None) -> Instant | None:
    """Since what happened there is something to do about goods: their crossing or, before that, their declaration."""
    came_in = arrival.fact or declared
    return came_in.occurred if came_in else None
