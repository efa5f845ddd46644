"""What acts make of goods: they may not come in, or only with a permit, or they are under a body's control."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from clearance.goods import goods_established, goods_of
from clearance.upstream import Arrival, Goods
from contracts.clearance import (
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    RestrictionOpened,
    RestrictionWithdrawn,
)
from contracts.declarations import Declared
from contracts.measures import Applied, Lifted, Measure, Measures, less, measured
from contracts.values import ConsignmentId, Country, GoodsCode
from decider import Input, Matter, each_changed
from law.rule import Fact, Happened, rule
from law.rulebook import Act, MeasureKind, applied, loaded
from law.rulebook import Measure as Row

OfKind: TypeAlias = tuple[MeasureKind, Measure]
Touched: TypeAlias = tuple[Act, Row]
"""A row of an act that touches goods."""


@rule()
def prohibited_goods(of: Fact, goods: Goods) -> tuple[Touched, ...]:
    """Art. 7(1) [L2]: goods are prohibited where an act forbids their import on the day on which they came in."""
    return tuple(each for each in touching("prohibition", of, goods) if each[1].origin == "*")


@rule()
def goods_prohibited_by_origin(of: Fact, goods: Goods) -> tuple[Touched, ...]:
    """Art. 20(1) [L7]: where an act lets in no goods of an origin, the origin decides, and no flag, route or seller."""
    return tuple(each for each in touching("prohibition", of, goods) if each[1].origin != "*")


@rule()
def restricted_goods(of: Fact, goods: Goods) -> tuple[Touched, ...]:
    """Art. 7(1) para 3 [L5]: goods are restricted where an act lets them in only with a permit, by that same day."""
    return tuple(touching("restriction", of, goods))


@rule()
def controlled_goods(of: Fact, goods: Goods) -> tuple[Touched, ...]:
    """Art. 29(2) para 2 [C5]: the body whose control an act puts the goods under is asked for its approval."""
    return tuple(touching("control", of, goods))


def touching(kind: MeasureKind, of: Fact, goods: Goods) -> list[Touched]:
    """The rows of this kind that touch these goods, each with its act."""
    return applied(
        kind,
        goods.code,
        origin=goods.origin,
        direction="in",
        occurred=of.occurred,
        recorded=of.recorded,
        acts=loaded(),
    )


def touched_by(
    rule: Callable[[Fact, Goods], tuple[Touched, ...]], came_in: Fact, goods: tuple[Goods, ...]
) -> tuple[Measure, ...]:
    """The measures that a rule finds, one for each act, what it requires, and the origin it goes by.

    Each of the goods by the day on which they came in, as the law was known when that and they were on record.
    """
    found: dict[tuple[str, str, str], tuple[Act, Row, Country | None, set[GoodsCode]]] = {}
    for each in goods:
        for act, row in rule(Happened(came_in.occurred, max(came_in.recorded, each.known)), each):
            by_origin = row.origin != "*" and row.kind != "control"  # A body's word is on all of them.
            origin = each.origin if by_origin else None
            key = (act.id, row.requires or "", origin or "")
            found.setdefault(key, (act, row, origin, set()))[3].add(each.code)
    return tuple(measure(*found[key]) for key in sorted(found))


def measure(act: Act, row: Row, origin: Country | None, codes: set[GoodsCode]) -> Measure:
    return Measure(
        act=act.id,
        citation=act.citation,
        layer=act.layer,
        requires=row.requires,
        origin=origin,
        codes=tuple(sorted(codes)),
    )


def touches(measure: Measure, goods: Goods) -> bool:
    """A measure by origin touches goods of that origin alone, and none of which it is not known (Art. 20(1)-(3))."""
    return goods.code in measure.codes and measure.origin in (None, goods.origin)


def may_come_in(measures: Measures, goods: Goods) -> bool:
    return not any(touches(each, goods) for each in measures.prohibitions)


def that_may_come_in(arrival: Arrival, declared: Declared, measures: Measures) -> tuple[Goods, ...]:
    return tuple(each for each in goods_of(arrival, declared) if may_come_in(measures, each))


def all_have_to_leave(arrival: Arrival, declared: Declared, measures: Measures) -> bool:
    """Of goods that may not come in nothing is asked but that they leave."""
    return bool(measures.prohibitions) and not that_may_come_in(arrival, declared, measures)


def measures_that_hold(
    asked: Input[object], arrival: Arrival, declared: Declared, measures: Measures
) -> list[Applied | Lifted]:
    """By the day of the first crossing on record or, before there is one, by that of the declaration.

    It does not wait for the crossing, which may be recorded late. What does not hold by the day of a crossing that is
    recorded later, or of the goods as they are declared later, is withdrawn. Goods are looked at as they were lodged:
    Art. 7 speaks of what is brought in, and lets nobody wait until customs has accepted what was said of it. Papers
    alone prohibit nothing (`doubt`); a permit and an approval may be asked for by them while nothing is declared.
    """
    came_in = arrival.fact if arrival.crossed else declared.fact
    established, named = goods_established(declared), goods_of(arrival, declared)
    now = by_law(came_in, established, named) if came_in else Measures()
    return each_changed(
        of_each_kind(now),
        of_each_kind(measures),
        begins=lambda one: BEGINS[one[0]](asked.id, one[1]),
        ends=lambda one: ENDS[one[0]](asked.id, one[1]),
        less=less_of_each_kind,
    )


def by_law(came_in: Fact, established: tuple[Goods, ...], goods: tuple[Goods, ...]) -> Measures:
    return Measures(
        prohibitions=prohibitions(came_in, established),
        restrictions=touched_by(restricted_goods, came_in, goods),
        controls=touched_by(controlled_goods, came_in, goods),
    )


def prohibitions(came_in: Fact, goods: tuple[Goods, ...]) -> tuple[Measure, ...]:
    return (
        *touched_by(prohibited_goods, came_in, goods),
        *touched_by(goods_prohibited_by_origin, came_in, goods),
    )


def now_prohibited(id_: ConsignmentId, of: Measure) -> Applied:
    return ImportProhibited(
        consignment=id_,
        article="20(1)" if of.origin else "7(1)",
        rule="L7" if of.origin else "L2",
        layer=of.layer,
        codes=of.codes,
        act=of.act,
        citation=of.citation,
        origin=of.origin,
    )


def no_more_prohibited(id_: ConsignmentId, of: Measure) -> Lifted:
    return ImportProhibitionWithdrawn(
        consignment=id_,
        article="20(1)" if of.origin else "7(1)",
        rule="L7" if of.origin else "L2",
        layer=of.layer,
        codes=of.codes,
        act=of.act,
        origin=of.origin,
    )


def now_restricted(id_: ConsignmentId, of: Measure) -> Applied:
    return RestrictionOpened(
        consignment=id_,
        layer=of.layer,
        codes=of.codes,
        permit=of.requires or "",
        act=of.act,
        citation=of.citation,
        origin=of.origin,
    )


def no_more_restricted(id_: ConsignmentId, of: Measure) -> Lifted:
    permit = of.requires or ""
    return RestrictionWithdrawn(
        consignment=id_, layer=of.layer, codes=of.codes, permit=permit, act=of.act, origin=of.origin
    )


def now_controlled(id_: ConsignmentId, of: Measure) -> Applied:
    agency = of.requires or ""
    return AgencyApprovalRequested(
        consignment=id_, layer=of.layer, agency=agency, codes=of.codes, act=of.act, citation=of.citation
    )


def no_more_controlled(id_: ConsignmentId, of: Measure) -> Lifted:
    agency = of.requires or ""
    return AgencyApprovalRequestWithdrawn(consignment=id_, layer=of.layer, agency=agency, codes=of.codes, act=of.act)


KINDS: tuple[MeasureKind, ...] = ("prohibition", "restriction", "control")
BEGINS = {"prohibition": now_prohibited, "restriction": now_restricted, "control": now_controlled}
ENDS = {"prohibition": no_more_prohibited, "restriction": no_more_restricted, "control": no_more_controlled}


def of_each_kind(measures: Measures) -> list[OfKind]:
    return [
        *(("prohibition", each) for each in measures.prohibitions),
        *(("restriction", each) for each in measures.restrictions),
        *(("control", each) for each in measures.controls),
    ]


def less_of_each_kind(these: Sequence[OfKind], those: Sequence[OfKind]) -> list[OfKind]:
    return [
        (kind, each)
        for kind in KINDS
        for each in less([one for of, one in these if of == kind], [one for of, one in those if of == kind])
    ]


MATTER = Matter(folds=(measured,), follows=(measures_that_hold,))
