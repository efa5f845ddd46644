"""Tables of rates, as acts set them: no two for the same goods on a day and, where a table is total, none missing.

They are kept and published; what is to be paid is still lodged with the declaration, and no rule computes it from here.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations
from typing import Any

from law.act import Heading, Rate, RatedPayment, Rates
from law.rows import dates_in_order, row

CODE_DIGITS = 9


@dataclass(frozen=True, kw_only=True, slots=True)
class _StatedRate:
    prefix: str
    percent: Decimal
    in_force_from: date | None = None
    in_force_to: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class _StatedRates:
    payment: RatedPayment
    total: bool = False
    prefixes: tuple[str, ...] = ()


def rates(heading: Heading, stated: Mapping[str, Any], where: str) -> Rates:
    """A table as it stands in an act; a ValueError says what overlaps or is missing."""
    head = row(_StatedRates, {name: value for name, value in stated.items() if name != "rows"}, where)
    rows = tuple(_rate(heading, each, f"{where}, row {n}") for n, each in enumerate(stated.get("rows", ()), start=1))
    for one, other in combinations(rows, 2):
        if _same_goods(one.prefix, other.prefix) and _same_day(one, other):
            raise ValueError(
                f"{where}: the rates for {one.prefix} and {other.prefix} overlap; end or narrow one of them"
            )
    if head.total and not head.prefixes:
        raise ValueError(f"{where}: a total table states in `prefixes` the goods for which it has all rates")
    table = Rates(payment=head.payment, total=head.total, prefixes=head.prefixes, rows=rows)
    if head.total and (gap := first_gap(table, heading.in_force_from, heading.in_force_to)):
        raise ValueError(f"{where}: it is to be total, and {gap[0]} has no rate on {gap[1]}; add a row")
    return table


def _rate(heading: Heading, stated: Mapping[str, Any], where: str) -> Rate:
    said = row(_StatedRate, stated, where)
    if not re.fullmatch(r"[0-9]{2,9}", said.prefix):
        raise ValueError(f"{where}: the prefix {said.prefix!r} is not two to nine digits")
    if said.percent < 0:
        raise ValueError(f"{where}: a rate is not negative, as {said.percent} is")
    begins, ends = said.in_force_from or heading.in_force_from, said.in_force_to or heading.in_force_to
    dates_in_order(begins, ends)
    return Rate(prefix=said.prefix, percent=said.percent, in_force_from=begins, in_force_to=ends)


def first_gap(table: Rates, begins: date, ends: date | None) -> tuple[str, date] | None:
    """The first goods without a rate, and the day; only where a rate begins or has ended can there be a new one."""
    changes = {begins, *(each.in_force_from for each in table.rows)}
    changes |= {each.in_force_to + timedelta(days=1) for each in table.rows if each.in_force_to}
    for when in sorted(each for each in changes if begins <= each and (ends is None or each <= ends)):
        rated = [each.prefix for each in table.rows if _covers(each, when)]
        for prefix in table.prefixes:
            if missing := _without(prefix, rated):
                return missing, when
    return None


def _without(prefix: str, rated: Sequence[str]) -> str | None:
    """The first codes under the prefix that none of the rated ones reaches."""
    if any(prefix.startswith(each) for each in rated):
        return None
    if len(prefix) == CODE_DIGITS or not any(each.startswith(prefix) for each in rated):
        return prefix
    return next((gap for digit in "0123456789" if (gap := _without(prefix + digit, rated))), None)


def _same_goods(one: str, other: str) -> bool:
    return one.startswith(other) or other.startswith(one)


def _same_day(one: Rate, other: Rate) -> bool:
    return _covers(one, other.in_force_from) or _covers(other, one.in_force_from)


def _covers(rate: Rate, when: date) -> bool:
    return rate.in_force_from <= when and (rate.in_force_to is None or when <= rate.in_force_to)
