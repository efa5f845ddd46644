"""What acts make of goods: they may not come in, or only with a permit, or they are under a body's control."""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from clearance.goods import Part, goods_of, parts_of
from clearance.upstream import Arrival, Goods, each_once
from contracts.clearance import (
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    RestrictionOpened,
    RestrictionWithdrawn,
)
from contracts.declarations import Declared
from contracts.goods import GoodsItem
from contracts.measures import Applied, Lifted, Measure, Measures, less, like, measured
from contracts.values import ConsignmentId, Instant, MovementId
from decider import Matter, Stream, replace
from law.origins import ANY, of_origin
from law.rule import Fact, rule
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
        area=goods.area,
        direction="in",
        occurred=of.occurred,
        recorded=of.recorded,
        acts=loaded(),
    )


def touched_by(
    rule: Callable[[Fact, Goods], tuple[Touched, ...]], parts: tuple[Part, ...], accepted: Instant | None = None
) -> tuple[Measure, ...]:
    """The measures that a rule finds, one for each act, what it requires, and the origin it goes by.

    The goods of each vehicle by the day on which they came in, as the law was known when that and they were on record.
    Where goods of one code came in on several days, a measure names the vehicle with which those came that it touches.
    """
    found: dict[tuple[str, ...], Measure] = {}
    for part in parts:
        for each in part.goods:
            for act, row in rule(part.fact(each), each):
                one = measure(act, row, each, part.movement, accepted)
                key = (one.act, one.requires or "", one.origin or "", each.code, part.movement or "")
                found[key] = with_first(found.get(key), one)
    return in_all_parts(tuple(found[key] for key in sorted(found)), parts)


def measure(act: Act, row: Row, goods: Goods, movement: MovementId | None, accepted: Instant | None) -> Measure:
    """Of one of the goods; since when they are named so counts where that is after acceptance (Art. 29(2))."""
    controls = row.kind == "control"  # A body's word is on all of them, of whichever origin.
    return Measure(
        act=act.id,
        citation=act.citation,
        layer=act.layer,
        requires=row.requires,
        origin=None if controls or row.origin == "*" else row.origin,
        codes=(goods.code,),
        since=goods.since if controls and accepted and goods.since > accepted else None,
        movement=movement,
    )


def with_first(before: Measure | None, one: Measure) -> Measure:
    """Of goods of one code those that were named first."""
    return before if before and (before.since is None or (one.since and before.since <= one.since)) else one


def in_all_parts(measures: tuple[Measure, ...], parts: tuple[Part, ...]) -> tuple[Measure, ...]:
    """Those that are alike as one; of no vehicle, where they touch the goods with each that brought such."""
    found: dict[tuple[object, ...], Measure] = {}
    for each in measures:
        brought = {part.movement for part in parts if any(touches(each, goods) for goods in part.goods)}
        touched = {other.movement for other in measures if other == replace(each, movement=other.movement)}
        one = replace(each, movement=None) if brought == touched else each
        codes = {*one.codes, *(found[like(one)].codes if like(one) in found else ())}
        found[like(one)] = replace(one, codes=tuple(sorted(codes)))
    return tuple(found.values())


def touches(measure: Measure, goods: Goods | GoodsItem) -> bool:
    """A measure by origin touches goods of that origin alone, and none of which it is not known (Art. 20(1)-(3))."""
    return goods.code in measure.codes and of_origin(measure.origin or ANY, goods.origin, goods.area)


def may_come_in(measures: Measures, goods: Goods) -> bool:
    """With one vehicle at least, where several brought such goods."""
    return not any(touches(each, goods) for each in measures.prohibitions if each.movement is None)


def has_to_leave(measures: Measures, goods: Goods) -> bool:
    """As far as they came with one of the vehicles at least."""
    return any(touches(each, goods) for each in measures.prohibitions)


def that_may_come_in(arrival: Arrival, declared: Declared, measures: Measures) -> tuple[Goods, ...]:
    return tuple(each for each in goods_of(arrival, declared) if may_come_in(measures, each))


def all_have_to_leave(arrival: Arrival, declared: Declared, measures: Measures) -> bool:
    """Of goods that may not come in nothing is asked but that they leave."""
    return bool(measures.prohibitions) and not that_may_come_in(arrival, declared, measures)


def measures_that_hold(
    asked: Stream, arrival: Arrival, declared: Declared, measures: Measures
) -> list[Applied | Lifted]:
    """The goods of each vehicle by the day of its crossing or, before one is on record, by that of the declaration.

    It does not wait for the crossing, which may be recorded late. What does not hold by the day of a crossing that is
    recorded later, or of the goods as they are declared later, is withdrawn. Goods are looked at as they were lodged:
    Art. 7 speaks of what is brought in, and lets nobody wait until customs has accepted what was said of it. Papers
    alone prohibit nothing (`doubt`); a permit and an approval may be asked for by them while nothing is declared.

    What holds is said before what holds no more: whoever hears these one by one would else see the goods free of a
    measure that has only come to stand otherwise, and clear them to the end.
    """
    now = of_each_kind(by_law(parts_of(arrival, declared), declared.accepted))
    before = of_each_kind(measures)
    return [
        *(BEGINS[kind](asked.id, one) for kind, one in less_of_each_kind(now, before)),
        *(ENDS[kind](asked.id, one) for kind, one in less_of_each_kind(before, now)),
    ]


def by_law(parts: tuple[Part, ...], accepted: Instant | None) -> Measures:
    """What papers alone name is asked a permit and an approval, and prohibited it is not."""
    seen = tuple(replace(each, goods=each_once((*each.goods, *each.named))) for each in parts)
    return Measures(
        prohibitions=prohibitions(parts),
        restrictions=touched_by(restricted_goods, seen),
        controls=touched_by(controlled_goods, seen, accepted),
    )


def prohibitions(parts: tuple[Part, ...]) -> tuple[Measure, ...]:
    return (*touched_by(prohibited_goods, parts), *touched_by(goods_prohibited_by_origin, parts))


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
        movement=of.movement,
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
        movement=of.movement,
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
        movement=of.movement,
    )


def no_more_restricted(id_: ConsignmentId, of: Measure) -> Lifted:
    permit = of.requires or ""
    return RestrictionWithdrawn(
        consignment=id_,
        layer=of.layer,
        codes=of.codes,
        permit=permit,
        act=of.act,
        origin=of.origin,
        movement=of.movement,
    )


def now_controlled(id_: ConsignmentId, of: Measure) -> Applied:
    agency = of.requires or ""
    return AgencyApprovalRequested(
        consignment=id_,
        layer=of.layer,
        agency=agency,
        codes=of.codes,
        act=of.act,
        citation=of.citation,
        since=of.since,
        movement=of.movement,
    )


def no_more_controlled(id_: ConsignmentId, of: Measure) -> Lifted:
    agency = of.requires or ""
    return AgencyApprovalRequestWithdrawn(
        consignment=id_,
        layer=of.layer,
        agency=agency,
        codes=of.codes,
        act=of.act,
        since=of.since,
        movement=of.movement,
    )


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
