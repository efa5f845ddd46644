"""Prohibited goods of which an act says what becomes of them in the place of immediate export (Art. 7(1))."""

from collections.abc import Iterator

from clearance.disposal import Disposals
from clearance.goods import here_since, parts_of
from clearance.measures import goods_prohibited_by_origin, has_to_leave, prohibited_goods
from clearance.upstream import Arrival, Goods, Presentation
from contracts.declarations import Declared
from contracts.fates import Fate, Fates, OtherFateApplies, OtherFateWithdrawn, Said, fated
from contracts.measures import Measures
from contracts.values import GoodsCode, Instant
from decider import Matter, OpenPoint, Stream, each_changed, opens
from law.rule import Fact, rule
from law.rulebook import fate_of


@rule()
def other_fate(of: Fact, goods: Goods) -> Fate | None:
    """Art. 7(1) [L2]: prohibited goods leave at once, if no act that prohibits them provides another fate for them.

    Of several acts the highest counts.
    """
    found = fate_of((*prohibited_goods(of, goods), *goods_prohibited_by_origin(of, goods)))
    if found is None:
        return None
    act, fate = found
    return Fate(code=goods.code, act=act.id, citation=act.citation, layer=act.layer, fate=fate)


def fates(asked: Stream, arrival: Arrival, declared: Declared, measures: Measures, on_record: Fates) -> list[Said]:
    """By the day on which the goods came in, as their prohibition is."""
    parts = parts_of(arrival, declared) if arrival.crossed and measures.prohibitions else ()
    barred = ((part, goods) for part in parts for goods in part.goods if has_to_leave(measures, goods))
    found = (other_fate(part.fact(goods), goods) for part, goods in barred)
    now = tuple(dict.fromkeys(each for each in found if each))
    return each_changed(
        now,
        on_record.apply,
        begins=lambda one: OtherFateApplies(
            consignment=asked.id, code=one.code, act=one.act, citation=one.citation, layer=one.layer, fate=one.fate
        ),
        ends=lambda one: OtherFateWithdrawn(
            consignment=asked.id, code=one.code, act=one.act, layer=one.layer, fate=one.fate
        ),
    )


@opens("DecideDisposal")
def still_to_be_seen_to(
    arrival: Arrival, presentation: Presentation, declared: Declared, on_record: Fates, disposals: Disposals
) -> Iterator[OpenPoint]:
    """What the act provides is the officer's to see to, and his word on it closes the point.

    It is on goods that were there when he said it, and on none that came or were declared as such after it.
    """
    fated = {each.code for each in on_record.apply}
    parts = parts_of(arrival, declared) if fated else ()
    here = [(here_since(each, part, arrival), each.code) for part in parts for each in part.goods if each.code in fated]
    waiting = [since for since, code in here if not is_seen_to(code, since, disposals)]
    if waiting:
        place = presentation.checkpoint
        yield OpenPoint(act="DecideDisposal", who="officer", article="7(1)", place=place, since=min(waiting))


def is_seen_to(code: GoodsCode, since: Instant, disposals: Disposals) -> bool:
    return any(each.at >= since and (not each.codes or code in each.codes) for each in disposals.decided)


MATTER = Matter(folds=(fated,), follows=(fates,), open_points=(still_to_be_seen_to,))
