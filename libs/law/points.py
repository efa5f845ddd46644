"""Two acts on one point: of two layers the higher one counts (Art. 3(2)), of one layer which did would be a guess.

Measures and grounds add up: goods that two acts keep out are kept out by both, and both are cited.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, permutations
from typing import TypeAlias, TypeVar

from law.act import STORAGE, Act, ActGround, ActTerm, Displaced, Measure, Permit, Procedure
from law.naming import same_name
from law.origins import ANY

Row = TypeVar("Row")
OfGoods: TypeAlias = Measure | ActTerm | ActGround | Displaced
Of: TypeAlias = tuple[Act, Row]
"""A row with its act."""


def refuse_two_on_one_point(acts: Sequence[Act]) -> None:
    """A ValueError where acts of one layer, as known at one time, speak twice of one point on one day."""
    said = (
        *(two_procedures(*pair) for pair in pairs(acts, lambda act: act.procedures)),
        *(two_terms(*pair) for pair in pairs(acts, lambda act: act.terms)),
        *(two_fates(*pair) for pair in pairs(acts, lambda act: act.measures)),
        *(two_issuers(*pair) for pair in pairs(acts, lambda act: act.permits)),
        *(lifted_and_set(*pair) for pair in permutations(acts, 2)),
    )
    if wrong := next(filter(None, said), None):
        raise ValueError(wrong)


def pairs(acts: Sequence[Act], rows: Callable[[Act], Sequence[Row]]) -> Iterator[tuple[Of[Row], Of[Row]]]:
    """Rows of one layer that are in force on one day."""
    for one, other in combinations([(act, each) for act in acts for each in rows(act)], 2):
        if one[0].layer == other[0].layer and overlap(one[0], other[0]):
            yield one, other


def overlap(one: Act, other: Act) -> bool:
    """Whether both are in force on some day."""
    return one.covers(other.in_force_from) or other.covers(one.in_force_from)


def same_goods(one: OfGoods, other: OfGoods) -> bool:
    """Whether some goods are of both."""
    prefix, other_prefix = one.prefix or "", other.prefix or ""
    same_codes = prefix.startswith(other_prefix) or other_prefix.startswith(prefix)
    return same_codes and (same_name(one.origin, other.origin) or ANY in (one.origin, other.origin))


def refuse_overlaps(measures: Sequence[Measure]) -> None:
    """Within one act."""
    for one, other in combinations(measures, 2):
        if one.kind == other.kind and same_name(one.requires, other.requires) and same_goods(one, other):
            raise ValueError(
                f"the {one.kind} on {one.prefix} of origin {one.origin} and that on {other.prefix} of origin "
                f"{other.origin} overlap; leave the narrower one out"
            )


def two_procedures(one: Of[Procedure], other: Of[Procedure]) -> str | None:
    (act, row), (other_act, other_row) = one, other
    if row.checkpoint != other_row.checkpoint or not {*row.modes} & {*other_row.modes}:
        return None
    return (
        f"{act.id} and {other_act.id}: {row.version} and {other_row.version} are two procedures for "
        f"{row.checkpoint} at one time; end the first the day before"
    )


def two_terms(one: Of[ActTerm], other: Of[ActTerm]) -> str | None:
    (act, row), (other_act, other_row) = one, other
    if row.name != other_row.name or not same_goods(row, other_row):
        return None
    return (
        f"{act.id} and {other_act.id}: the terms of {row.name} on {row.prefix} of origin {row.origin} and on "
        f"{other_row.prefix} of origin {other_row.origin} overlap; leave one out, or end it the day before"
    )


def two_fates(one: Of[Measure], other: Of[Measure]) -> str | None:
    (act, row), (other_act, other_row) = one, other
    fates = {each.fate for each in (row, other_row)} - {None}
    if len(fates) < 2 or not same_goods(row, other_row):
        return None
    return (
        f"{act.id} and {other_act.id}: {row.fate!r} and {other_row.fate!r} are two fates of goods under "
        f"{row.prefix} and {other_row.prefix}; leave one out, or end it the day before"
    )


def two_issuers(one: Of[Permit], other: Of[Permit]) -> str | None:
    (act, row), (other_act, other_row) = one, other
    if not same_name(row.kind, other_row.kind):
        return None
    return f"{act.id} and {other_act.id}: both say who gives a {row.kind!r}; leave one out, or end it the day before"


def lifts_something(taken: Displaced, act: Act) -> bool:
    """Whether a treaty that takes the place of this takes that of any row of the act."""
    if act.layer == "treaty" or taken.act not in (None, act.id):
        return False
    if taken.point == "procedure":
        return any(row.checkpoint == taken.checkpoint and {*row.modes} & {*taken.modes} for row in act.procedures)
    if taken.point == "ground":
        return any(
            row.on == taken.on
            and same_goods(row, taken)
            and (None in (row.regime, taken.regime) or same_name(row.regime, taken.regime))
            for row in act.grounds
        )
    if taken.point == STORAGE:
        return any(same_goods(row, taken) for row in act.terms)
    return any(
        row.kind == taken.point
        and same_goods(row, taken)
        and (taken.requires is None or same_name(row.requires, taken.requires))
        for row in act.measures
    )


def lifted_and_set(act: Act, other: Act) -> str | None:
    """What a treaty lifts below itself it may set anew; another treaty that sets it says the opposite."""
    if other.layer != "treaty" or not overlap(act, other):
        return None
    for taken in act.displaces:
        if taken.act is None and any(taken.point == each.kind and same_goods(taken, each) for each in other.measures):
            return (
                f"{act.id} and {other.id}: one treaty lifts what the other sets, a {taken.point} on {taken.prefix} of "
                f"origin {taken.origin}; say in `act` which act is meant, or end one the day before"
            )
    return None
