"""When a release can be decided on (Arts 5(1)(20), 8(1), 37(3))."""

from clearance.export import Export
from clearance.goods import goods_of, items_established
from clearance.measures import has_to_leave, may_come_in, touches
from clearance.undecided import every_stop_is_decided
from clearance.upstream import Arrival, Goods, Presentation, arrival_need_not_be_shown, goods_are_in_the_country
from contracts.declarations import Declared
from contracts.doubts import concerns
from contracts.exports import still_here
from contracts.measures import Measures
from contracts.permits import Requirements, unmet
from contracts.readiness import Readiness, ReadyForRelease, ReadyForReleaseWithdrawn, Said, said
from contracts.values import ItemNumber
from decider import Matter, Stream, all_changed, changed
from law.rule import Fact, rule


def readiness(  # noqa: PLR0917 - each is a part of the state that it follows from.
    asked: Stream,
    arrival: Arrival,
    presentation: Presentation,
    declared: Declared,
    measures: Measures,
    requirements: Requirements,
    export: Export,
    ready: Readiness,
) -> list[Said]:
    """Said of each item as it is declared, or of the whole where none were, as long as it is so.

    Of goods in doubt it is said once that is decided. Another vehicle that crosses with a part of them, a presentation,
    a permit or a declaration that is put right or taken back: each may take it back. It tells the officer that he can
    decide, nothing follows from it, and a release waits for grounds alone, which are found anew. So of goods of which
    some may not come in, with one of several vehicles, it is said once those have left.
    """
    items: tuple[ItemNumber, ...] = ()
    as_a_whole = False
    if can_be_decided_on(arrival, presentation, declared):
        here = still_here(measures, export.exports)
        items = items_ready(declared, measures, here, requirements)
        as_a_whole = goods_are_ready_as_one(arrival, declared, measures, here, requirements)

    def begins(of: tuple[ItemNumber, ...] = ()) -> Said:
        return ReadyForRelease(consignment=asked.id, items=of)

    def ends(of: tuple[ItemNumber, ...] = ()) -> Said:
        return ReadyForReleaseWithdrawn(consignment=asked.id, items=of)

    return [
        *changed(as_a_whole, ready.as_a_whole, begins=begins, ends=ends),
        *all_changed(items, ready.items, begin=begins, end=ends),
    ]


def can_be_decided_on(arrival: Arrival, presentation: Presentation, declared: Declared) -> bool:
    if declared.fact is None or not all_is_in_hand(declared.fact, arrival, presentation):
        return False
    return every_stop_is_decided(declared.fact, arrival.undecided)


def items_ready(
    declared: Declared, measures: Measures, here: Measures, requirements: Requirements
) -> tuple[ItemNumber, ...]:
    return tuple(
        number
        for number, item in enumerate(items_established(declared), start=1)
        if not any(concerns(each, number) for each in declared.doubts)
        and nothing_is_missing((item,), measures, here, requirements)
    )


def goods_are_ready_as_one(
    arrival: Arrival, declared: Declared, measures: Measures, here: Measures, requirements: Requirements
) -> bool:
    if declared.items or declared.doubts:
        return False
    return nothing_is_missing(goods_of(arrival, declared), measures, here, requirements)


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


def nothing_is_missing(
    goods: tuple[Goods, ...], measures: Measures, here: Measures, requirements: Requirements
) -> bool:
    """They may come in, none of them has still to leave, and what is required of them is met."""
    required = any(
        touches(each, one) and one.code in unmet(each, requirements) for each in measures.restrictions for one in goods
    )
    return not required and all(may_come_in(measures, one) and not has_to_leave(here, one) for one in goods)


MATTER = Matter(folds=(said,), follows=(readiness,))
