"""What may be wrong with a permit by what an act asks of it, and by the goods that it is for (Art. 7)."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from clearance.measures import touches
from clearance.permits import Number, Permit, Permits, incomplete_lines, nine_digits, number_of
from clearance.upstream import Arrival
from contracts.declarations import Declared
from contracts.goods import GoodsItem
from contracts.measures import Measure, Measures
from contracts.values import GoodsCode, Word
from law import Finding, Layer
from law.act import Permit as Row
from law.calendar import ASHGABAT, LATEST, day, term_ends
from law.naming import plain, same_name
from law.rule import Fact, rule
from law.rulebook import Act, loaded, permit_of

AMOUNT = re.compile(r"\d{1,20}(\.\d{1,10})?", re.A)
LAST = day(LATEST)
KG = "kg"
KILOGRAMS = (KG, "kgm", "кг")
"""Ways to write it; KGM is its code in UN/ECE Recommendation 20."""


@dataclass(frozen=True, kw_only=True)
class Defects:
    """What is wrong with a permit itself, and which goods permits of its kind are for too little of."""

    of_it: tuple[Finding, ...] = ()
    beyond: tuple[GoodsCode, ...] = ()

    @property
    def findings(self) -> tuple[Finding, ...]:
        return (*self.of_it, *((too_little(self.beyond),) if self.beyond else ()))


def judged(arrival: Arrival, declared: Declared, measures: Measures, permits: Permits) -> dict[Number, Defects]:
    """Every permit that stands and is of a kind that something requires, together with the others of its kind."""
    needed: dict[str, list[Measure]] = {}
    for each in measures.restrictions if permits.standing else ():
        needed.setdefault(plain(each.requires or ""), []).append(each)
    found: dict[Number, Defects] = {}
    for kind, restrictions in needed.items():
        came_in = days_of({code for each in restrictions for code in each.codes}, arrival, declared)
        items = [item for item in declared.established if any(touches(each, item) for each in restrictions)]
        of_kind = [(permit, defects_of(permit, came_in)) for permit in permits.standing if plain(permit.kind) == kind]
        sound = [permit for permit, of_it in of_kind if not of_it]
        beyond = {*goods_beyond_quantity(sound[-1].fact, kind, sound, items)} if sound else set()
        for permit, of_it in of_kind:
            named = {nine_digits(line) for line in permit.lines}
            here = tuple(sorted(each for each in beyond if each in named and not of_it))
            found[number_of(permit.kind, permit.number)] = Defects(of_it=of_it, beyond=here)
    return found


def defects_of(permit: Permit, came_in: tuple[date, ...]) -> tuple[Finding, ...]:
    found = (
        incomplete_lines(permit.fact, permit.lines),
        another_issuer(permit.fact, permit),
        outside_its_validity(permit.fact, permit, came_in),
    )
    return tuple(each for each in found if each)


def asked_of(of: Fact, kind: Word) -> tuple[Act, Row] | None:
    """What an act asks of permits of a kind, by the day on which one is presented."""
    return permit_of(kind, occurred=of.occurred, recorded=of.recorded, acts=loaded())


@rule()
def another_issuer(of: Fact, permit: Permit) -> Finding | None:
    """Art. 7(1) para 3 [L5]: the permit that an act requires is given by a body that the act names, and by nobody else.

    Where no act names one, whoever gave it is taken as the one who gives it.
    """
    found = asked_of(of, permit.kind)
    if found is None or any(same_name(permit.issued_by, each) for each in found[1].issued_by):
        return None
    act, row = found
    facts = (("act", act.id), ("issued_by", permit.issued_by), ("issuers", row.issued_by))
    return Finding(rule="L5", article="7(1) para 3", layer=act.layer, facts=facts)


@rule()
def outside_its_validity(of: Fact, permit: Permit, came_in: tuple[date, ...]) -> Finding | None:
    """Art. 7(1) para 3 [L5]: a permit is for goods that come in while it is valid, by its own words and by the act's.

    What it does not say of itself is lacking only where an act sets how long such permits are valid.
    """
    found = asked_of(of, permit.kind)
    layer: Layer = found[0].layer if found else "code"
    row = found[1] if found else None
    begins, ends = permit.valid_from, last_day(permit, row)
    if row and row.valid_for and ends is None:
        return Finding(rule="L5", article="7(1) para 3", layer=layer, facts=(("issued", "not stated"),))
    outside = tuple(each for each in came_in if (begins and each < begins) or (ends and each > ends))
    if not outside:
        return None
    valid = (("valid_from", begins), ("valid_until", ends))
    stated = tuple((name, each.isoformat()) for name, each in valid if each)
    return Finding(
        rule="L5", article="7(1) para 3", layer=layer, facts=(("came_in", tuple(map(str, outside))), *stated)
    )


def last_day(permit: Permit, row: Row | None) -> date | None:
    """The last one on which it is valid: the earlier of what it says, and of what the act allows since it was given."""
    ends = [permit.valid_until] if permit.valid_until else []
    if row and row.valid_for and permit.issued:
        start = datetime.combine(min(permit.issued, LAST), time(), ASHGABAT)
        ends.append(day(term_ends(start, row.valid_for, row.valid_unit) - timedelta(microseconds=1)))
    return min(ends, default=None)


def days_of(codes: Set[GoodsCode], arrival: Arrival, declared: Declared) -> tuple[date, ...]:
    """Those on which these goods came in or, while no crossing is on record, that of the declaration.

    Where the papers of no vehicle name them, they may have come with each.
    """
    with_them = [each for each in arrival.crossings if any(goods.code in codes for goods in each.goods)]
    facts = [each.at for each in with_them or arrival.crossings]
    if not facts and declared.fact:
        facts = [declared.fact.occurred]
    return tuple(sorted({day(each) for each in facts}))


@rule()
def goods_beyond_quantity(
    of: Fact, kind: str, permits: Sequence[Permit], items: Sequence[GoodsItem]
) -> tuple[GoodsCode, ...]:
    """Art. 7(5) [K1]: permits state a quantity, so they are for so much of the goods as they state, in one unit.

    Those of one kind count together, and so do the goods for which it is required; with kilograms their net mass is
    compared, too. What is declared without a quantity is compared with nothing; what is declared in another unit than a
    permit has, or than the act counts in, is the officer's to compare.
    """
    found = asked_of(of, kind)
    unit = found[1].unit if found else None
    lines = [(nine_digits(line), line.unit, line.quantity) for permit in permits for line in permit.lines]
    main = [(each.code, each.unit, each.quantity) for each in items]
    more = [(each.code, each.additional_unit, each.additional_quantity) for each in items]
    permitted = summed(lines)
    weighed = [each for each in items if KG in permitted.get(each.code, {}) and KG not in units_of(each)]
    declared = summed([*main, *more, *((each.code, KG, each.net_mass) for each in weighed)])
    named = {code for code, *_ in lines if code}
    return tuple(code for code in sorted(named) if is_beyond(declared.get(code, {}), permitted.get(code, {}), unit))


def is_beyond(declared: Mapping[str, Decimal], permitted: Mapping[str, Decimal], unit: str | None) -> bool:
    shared = [each for each in declared if each in permitted and (unit is None or each == unit_of(unit))]
    return bool(declared) and (not shared or any(declared[each] > permitted[each] for each in shared))


def too_little(codes: tuple[GoodsCode, ...]) -> Finding:
    return Finding(rule="K1", article="7(5)", facts=(("goods beyond quantity", codes),))


def summed(quantities: Iterable[tuple[str | None, str | None, str | None]]) -> dict[str, dict[str, Decimal]]:
    """Of each code, in each unit."""
    found: dict[str, dict[str, Decimal]] = {}
    for code, unit, quantity in quantities:
        if code and unit and (amount := read(quantity)) is not None:
            of_it = found.setdefault(code, {})
            of_it[unit_of(unit)] = of_it.get(unit_of(unit), Decimal(0)) + amount
    return found


def unit_of(written: str) -> str:
    unit = plain(written)
    return KG if unit in KILOGRAMS else unit


def units_of(item: GoodsItem) -> set[str]:
    return {unit_of(each) for each in (item.unit, item.additional_unit) if each}


def read(quantity: str | None) -> Decimal | None:
    """Permits are written with blanks and commas, too; None where it is no number."""
    written = "".join((quantity or "").split()).replace(",", ".")
    return Decimal(written) if AMOUNT.fullmatch(written) else None
