"""Terms of storage: of which goods, until when, and what several of them come to together."""

from collections.abc import Sequence
from dataclasses import dataclass

from contracts.values import GoodsCode, Instant, Text, Word
from decider import in_order, replace
from law import Layer


@dataclass(frozen=True, kw_only=True)
class StorageTerm:
    """Until when goods may be stored: those of these codes or, without any, all that have to leave.

    `act` sets the term, and the Code where there is none; with `origin` it does so for goods of that origin.
    """

    until: Instant
    act: Word | None = None
    citation: Text | None = None
    layer: Layer = "code"
    origin: Word | None = None
    codes: tuple[GoodsCode, ...] = ()


def with_term(terms: tuple[StorageTerm, ...], said: StorageTerm) -> tuple[StorageTerm, ...]:
    """One for each act, origin and end, with the goods that it is for by now; one for all goods stands by itself."""
    same = tuple(each for each in terms if _alike(each, said))
    codes = {code for each in (*same, said) for code in each.codes}
    return in_order((*(each for each in terms if each not in same), replace(said, codes=tuple(sorted(codes)))))


def without_term(terms: tuple[StorageTerm, ...], said: StorageTerm) -> tuple[StorageTerm, ...]:
    return in_order(less(terms, (said,)))


def less(terms: Sequence[StorageTerm], others: Sequence[StorageTerm]) -> tuple[StorageTerm, ...]:
    """What is in these and not in the others: of a term, its goods that no other one like it is for."""
    left = []
    for each in terms:
        same = [other for other in others if _alike(each, other)]
        there = {code for other in same for code in other.codes}
        codes = tuple(code for code in each.codes if code not in there)
        if codes or not same:
            left.append(replace(each, codes=codes))
    return tuple(left)


def _alike(one: StorageTerm, other: StorageTerm) -> bool:
    """Whether they are one term but for the goods; one for all goods is like no term for some."""
    return (one.act, one.origin, one.until, not one.codes) == (other.act, other.origin, other.until, not other.codes)
