"""The carrier shows, the officer finds (Art. 37(2)): what holds of vehicles and of goods alike."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from contracts.seals import Seal, SealFound
from contracts.spelling import folded
from contracts.stating import Stater
from contracts.values import Instant, Number
from decider import replace
from law import Facts, Finding
from law.calendar import EARLIEST
from law.rule import Fact, rule


class Look(Protocol):
    """An examination, as far as it concerns seals."""

    @property
    def at(self) -> Instant | None: ...

    @property
    def seals(self) -> tuple[SealFound, ...]: ...

    @property
    def seals_opened(self) -> tuple[Number, ...]: ...


L = TypeVar("L", bound=Look)


@dataclass(frozen=True, kw_only=True)
class WhenShown:
    """That it was shown, and which seals an officer found intact then, in one spelling."""

    at: Instant
    intact: frozenset[str] = frozenset()


def when_shown(at: Instant | None, intact: Iterable[Number] | None, by: Stater | None) -> WhenShown:
    """What is on record without its time was before all others."""
    certified = () if is_the_carriers(by) else intact or ()
    return WhenShown(at=at or EARLIEST, intact=frozenset(folded(number) for number in certified))


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


def noted_at_crossing(looks: Iterable[Look]) -> tuple[SealFound, ...]:
    """Seals as they were already then, whenever an officer said so, in one spelling."""
    return tuple(
        replace(seal, number=folded(seal.number)) for each in looks for seal in each.seals if seal.noted_at_crossing
    )


def since_shown(looks: Iterable[L], shown: WhenShown | None, before: Instant | None) -> tuple[L, ...]:
    """Those from the showing on that were before that one: what they found was so when it was shown."""
    if shown is None or before is None:
        return ()
    return tuple(each for each in looks if shown.at <= (each.at or EARLIEST) < before)


def intact_since(looks: Iterable[Look], shown: WhenShown | None, before: Instant | None) -> frozenset[str]:
    """Seals that were intact when it was shown, as far as it is on record, in one spelling."""
    if shown is None or before is None or before <= shown.at:
        return frozenset()
    later = since_shown(looks, shown, before)
    return shown.intact.union(folded(seal.number) for each in later for seal in each.seals if seal.state == "intact")


def excused_when_shown(looks: Sequence[Look], shown: Instant | None) -> frozenset[str]:
    """Seals of which it is on record why they were not intact when they were shown, in one spelling."""
    noted = (seal.number for seal in noted_at_crossing(looks) if seal.state != "intact")
    return opened_by(looks, shown).union(noted)


@rule()
def seals_not_intact(
    _: Fact,
    crossed_with: Sequence[Seal],
    found: tuple[SealFound, ...],
    noted: Sequence[SealFound],
    excused: frozenset[str],
) -> Finding | None:
    """Art. 37(2) [P2]: no seal that was on when the border was crossed is changed, removed, destroyed or damaged.

    Found is what an officer looked at: of others nothing is concluded. What was noted at the crossing, what customs
    opened itself, and what was intact when shown, or since, is none. A number is the same in another spelling, and is
    shown as it was written at the crossing.
    """
    so_already = {(each.number, each.state) for each in noted}
    imposed = {folded(each.number): each.number for each in crossed_with}
    broken: dict[str, set[str]] = {}
    for seal in found:
        spelt = folded(seal.number)
        if seal.state == "intact" or (spelt, seal.state) in so_already or spelt in excused:
            continue
        if spelt in imposed:
            broken.setdefault(seal.state, set()).add(imposed[spelt])
    facts: Facts = tuple((state, tuple(sorted(numbers))) for state, numbers in sorted(broken.items()))
    return Finding(rule="P2", article="37(2)", facts=facts) if facts else None
