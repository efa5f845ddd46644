"""When a release can be decided on (Arts 5(1)(20), 8(1), 37(3))."""

from dataclasses import dataclass
from typing import assert_never

from clearance.goods import goods_of, items_established
from clearance.measures import may_come_in, touches
from clearance.undecided import every_stop_is_decided
from clearance.upstream import Arrival, Goods, Presentation, arrival_need_not_be_shown, goods_are_in_the_country
from contracts.amendments import DeclarationAmendmentWithdrawn
from contracts.clearance import (
    DeclarationAmended,
    DeclarationAmendmentRequested,
    DeclarationCorrected,
    DeclarationWithdrawn,
    ReadyForRelease,
)
from contracts.declarations import Declared
from contracts.doubts import GoodsInDoubt, concerns, not_in_doubt
from contracts.measures import Measures
from contracts.permits import Requirements, unmet
from contracts.values import ItemNumber
from decider import Input, Matter
from law.rule import Fact, rule


@dataclass(frozen=True, kw_only=True)
class Readiness:
    """Of which items it was said; `as_a_whole` of goods that were declared without any."""

    items: tuple[ItemNumber, ...] = ()
    as_a_whole: bool = False


def readiness(
    asked: Input[object],
    arrival: Arrival,
    presentation: Presentation,
    declared: Declared,
    measures: Measures,
    requirements: Requirements,
    ready: Readiness,
) -> list[ReadyForRelease]:
    """Said once of each item as it is declared, or of the whole where none were.

    Of goods in doubt it is said once that is decided. It stays said where a presentation, a permit or a declaration is
    put right or taken back after it: it tells the officer that he can decide, nothing follows from it, and a release
    waits for grounds alone, which are found anew.
    """
    if declared.fact is None or not all_is_in_hand(declared.fact, arrival, presentation):
        return []
    if not every_stop_is_decided(declared.fact, arrival.undecided):
        return []
    if not declared.items:
        goods = goods_of(arrival, declared)
        new = not (ready.as_a_whole or declared.doubts) and nothing_is_missing(goods, measures, requirements)
        return [ReadyForRelease(consignment=asked.id, items=())] if new else []
    items = tuple(
        number
        for number, item in enumerate(items_established(declared), start=1)
        if number not in ready.items
        and not any(concerns(each, number) for each in declared.doubts)
        and nothing_is_missing((item,), measures, requirements)
    )
    return [ReadyForRelease(consignment=asked.id, items=items)] if items else []


@rule()
def all_is_in_hand(_: Fact, arrival: Arrival, presentation: Presentation) -> bool:
    """Art. 5(1)(20) [L1]: goods that came in, were declared and were shown can be released, paid for or not.

    This tells the officer that a release can now be decided on, so it rests on the article that says what a release
    is; Art. 29(2) speaks of the end of clearance. It binds nobody: only a ground refuses a release. No article lets it
    wait until customs has accepted the declaration. Of goods in several parts all that came in are to be shown first.
    """
    came_in = arrival.fact
    if came_in is None or not goods_are_in_the_country(came_in, arrival):
        return False
    shown = bool(presentation.showings.shown) and not presentation.waiting
    return shown or arrival_need_not_be_shown(came_in, arrival)


def nothing_is_missing(goods: tuple[Goods, ...], measures: Measures, requirements: Requirements) -> bool:
    """They may come in, and what is required of them is met."""
    required = any(
        touches(each, one) and one.code in unmet(each, requirements) for each in measures.restrictions for one in goods
    )
    return not required and all(may_come_in(measures, one) for one in goods)


def said(
    ready: Readiness,
    event: ReadyForRelease
    | DeclarationAmended
    | DeclarationCorrected
    | DeclarationWithdrawn
    | DeclarationAmendmentWithdrawn
    | DeclarationAmendmentRequested
    | GoodsInDoubt,
) -> Readiness:
    """Of goods that are declared otherwise now, or are in doubt, it is said anew."""
    match event:
        case GoodsInDoubt(findings=found):
            return Readiness(items=not_in_doubt(ready.items, found))
        case ReadyForRelease():
            items = tuple(sorted({*ready.items, *event.items}))
            return Readiness(items=items, as_a_whole=ready.as_a_whole or not event.items)
        case DeclarationAmendmentWithdrawn(only_requested=True):
            return ready
        case DeclarationAmendmentRequested(undone=undone):
            return Readiness() if undone else ready
        case DeclarationAmended() | DeclarationCorrected() | DeclarationWithdrawn() | DeclarationAmendmentWithdrawn():
            return Readiness()
        case _:
            assert_never(event)


MATTER = Matter(folds=(said,), follows=(readiness,))
