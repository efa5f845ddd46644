"""The carrier shows, the officer finds (Art. 37(2)): what holds of vehicles and of goods alike."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from contracts.seals import Seal, SealFound
from contracts.spelling import folded
from contracts.stating import Stater
from contracts.values import Instant, Number
from law import Facts, Finding
from law.rule import Fact, rule


class Look(Protocol):
    """An examination, as far as it concerns seals."""

    @property
    def at(self) -> Instant | None: ...

    @property
    def seals_opened(self) -> tuple[Number, ...]: ...


def is_the_carriers(by: Stater | None) -> bool:
    """His word on how it is found certifies nothing and is held against nobody: that is the officer's."""
    return by is not None and by.role == "carrier"


def opened_by(looks: Iterable[Look], at: Instant | None) -> frozenset[str]:
    """The seals that customs had opened by then, in one spelling."""
    return frozenset(
        folded(number)
        for each in looks
        for number in each.seals_opened
        if at is None or each.at is None or each.at <= at
    )


@rule()
def seals_not_intact(
    _: Fact, crossed_with: Sequence[Seal], found: tuple[SealFound, ...], opened: frozenset[str]
) -> Finding | None:
    """Art. 37(2) [P2]: no seal that was on when the border was crossed is changed, removed, destroyed or damaged.

    Found is what an officer looked at: of others nothing is concluded. What was noted at the crossing, and what customs
    opened itself, is none. A number is the same in another spelling, and is shown as it was written at the crossing.
    """
    imposed = {folded(each.number): each.number for each in crossed_with}
    broken: dict[str, set[str]] = {}
    for seal in found:
        spelt = folded(seal.number)
        if seal.state != "intact" and not seal.noted_at_crossing and spelt in imposed and spelt not in opened:
            broken.setdefault(seal.state, set()).add(imposed[spelt])
    facts: Facts = tuple((state, tuple(sorted(numbers))) for state, numbers in sorted(broken.items()))
    return Finding(rule="P2", article="37(2)", facts=facts) if facts else None
