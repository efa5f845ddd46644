"""What acts make of goods: they may not come in, or only with a permit, or they are under a body's control."""

from clearance.parts import Clearance, Consignment, Goods
from clearance.recorded import Own
from contracts.clearance import (
    AgencyApprovalRequested,
    AgencyApprovalRequestWithdrawn,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    RestrictionOpened,
    RestrictionWithdrawn,
)
from contracts.measures import Applied, Lifted, Measure
from contracts.replacing import replace
from contracts.values import ConsignmentId, Country, Instant, NineDigits
from law.rulebook import Act, MeasureKind, applied, loaded
from law.rulebook import Measure as Row


def prohibited_goods(goods: tuple[Goods, ...], occurred: Instant, recorded: Instant) -> tuple[Measure, ...]:
    """Art. 7(1) [L2]: goods are prohibited where an act forbids their import on the day on which they came in."""
    return tuple(each for each in touching("prohibition", goods, occurred, recorded) if each.origin is None)


def goods_prohibited_by_origin(goods: tuple[Goods, ...], occurred: Instant, recorded: Instant) -> tuple[Measure, ...]:
    """Art. 20(1) [L7]: where an act lets in no goods of an origin, the origin decides, and no flag, route or seller."""
    return tuple(each for each in touching("prohibition", goods, occurred, recorded) if each.origin is not None)


def restricted_goods(goods: tuple[Goods, ...], occurred: Instant, recorded: Instant) -> tuple[Measure, ...]:
    """Art. 7(1) para 3 [L5]: goods are restricted where an act lets them in only with a permit, by that same day."""
    return touching("restriction", goods, occurred, recorded)


def controlled_goods(goods: tuple[Goods, ...], occurred: Instant, recorded: Instant) -> tuple[Measure, ...]:
    """Art. 29(2) para 2 [C5]: the body whose control an act puts the goods under is asked for its approval."""
    return touching("control", goods, occurred, recorded)


def touching(kind: MeasureKind, goods: tuple[Goods, ...], occurred: Instant, recorded: Instant) -> tuple[Measure, ...]:
    """The measures of this kind on these goods, one for each act, what it requires, and the origin it goes by."""
    found: dict[tuple[str, str, str], tuple[Act, Row, Country | None, set[NineDigits]]] = {}
    for each in goods:
        rows = applied(
            kind, each.code, origin=each.origin, direction="in", occurred=occurred, recorded=recorded, acts=loaded()
        )
        for act, row in rows:
            origin = None if row.origin == "*" or kind == "control" else each.origin  # A body's word is on all of them.
            key = (act.id, row.requires or "", origin or "")
            found.setdefault(key, (act, row, origin, set()))[3].add(each.code)
    return tuple(measure(*found[key]) for key in sorted(found))


def measure(act: Act, row: Row, origin: Country | None, codes: set[NineDigits]) -> Measure:
    return Measure(
        act=act.id,
        citation=act.citation,
        layer=act.layer,
        requires=row.requires,
        origin=origin,
        codes=tuple(sorted(codes)),
    )


def goods_of(consignment: Consignment) -> tuple[Goods, ...]:
    """As declared; what a declaration leaves open, an origin or further goods, is as the papers name it."""
    named, items = consignment.arrival.goods, consignment.own.items
    declared = {item.code for item in items}
    found = {each for each in named if each.code not in declared}
    for item in items:
        as_named = {each for each in named if each.code == item.code}
        said = Goods(code=item.code, origin=item.origin)
        found |= as_named if as_named and item.origin is None else {said}
    return tuple(sorted(found, key=lambda each: (each.code, each.origin is None, each.origin)))


def touches(measure: Measure, goods: Goods) -> bool:
    """Goods whose origin nobody has named may be of any."""
    return goods.code in measure.codes and (measure.origin is None or goods.origin in (None, measure.origin))


def may_come_in(own: Clearance, goods: Goods) -> bool:
    return not any(touches(each, goods) for each in own.prohibitions)


def measures_that_hold(id_: ConsignmentId, consignment: Consignment, recorded: Instant) -> list[Own]:
    """By the day of the first crossing on record or, before there is one, by that of the declaration.

    It does not wait for the crossing, which may be recorded late. What does not hold by the day of a crossing that is
    recorded later, or of the goods as they are declared later, is withdrawn.
    """
    own, goods = consignment.own, goods_of(consignment)
    when = consignment.arrival.crossed or own.accepted
    if when is None:
        return []
    prohibited = (*prohibited_goods(goods, when, recorded), *goods_prohibited_by_origin(goods, when, recorded))
    restricted, controlled = restricted_goods(goods, when, recorded), controlled_goods(goods, when, recorded)
    gone = (
        *(no_more_prohibited(id_, each) for each in less(own.prohibitions, prohibited)),
        *(no_more_restricted(id_, each) for each in less(own.restrictions, restricted)),
        *(no_more_controlled(id_, each) for each in less(own.controls, controlled)),
    )
    new = (
        *(now_prohibited(id_, each) for each in less(prohibited, own.prohibitions)),
        *(now_restricted(id_, each) for each in less(restricted, own.restrictions)),
        *(now_controlled(id_, each) for each in less(controlled, own.controls)),
    )
    return [*gone, *new]


def less(measures: tuple[Measure, ...], others: tuple[Measure, ...]) -> list[Measure]:
    """What is in these and not in the others."""
    left = []
    for each in measures:
        key = (each.act, each.requires, each.origin)
        there = {code for other in others if (other.act, other.requires, other.origin) == key for code in other.codes}
        if codes := tuple(code for code in each.codes if code not in there):
            left.append(replace(each, codes=codes))
    return left


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
