"""Seals: their numbers as they are written, who put them on, and on what."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from contracts.spelling import folded
from contracts.values import Number
from decider import replace

SealedBy: TypeAlias = Literal[
    "customs", "carrier", "shipper", "consolidator", "terminal", "veterinary", "phytosanitary", "quarantine", "other"
]
SealKind: TypeAlias = Literal["bolt", "cable", "strip", "padlock", "lead", "electronic", "other"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Seal:
    """`on` is the number of the container, trailer or wagon that it closes; without one it is on the vehicle."""

    number: Number
    by: SealedBy | None = None
    kind: SealKind | None = None
    on: Number | None = None

    def __str__(self) -> str:
        return self.number


SealState: TypeAlias = Literal["intact", "altered", "removed", "destroyed", "damaged"]


@dataclass(frozen=True, kw_only=True, slots=True)
class SealFound:
    """How an officer found a seal; `noted_at_crossing`: it was so already then, as was noted."""

    number: Number
    state: SealState
    noted_at_crossing: bool = False

    def __str__(self) -> str:
        return f"{self.number}: {self.state}"


SealsFound: TypeAlias = Annotated[tuple[SealFound, ...], Field(max_length=999)]
Seals: TypeAlias = Annotated[tuple[Seal, ...], Field(max_length=999)]
SealNumbers: TypeAlias = Annotated[tuple[Number, ...], Field(max_length=999)]


def in_order(seals: Iterable[Seal]) -> tuple[Seal, ...]:
    """Each once."""
    return tuple(sorted({*seals}, key=lambda each: (each.number, each.on or "", repr(each))))


def found_in_order(seals: Iterable[SealFound]) -> tuple[SealFound, ...]:
    """Each once."""
    return tuple(sorted({*seals}, key=repr))


def in_one_spelling(seals: Iterable[Seal]) -> tuple[Seal, ...]:
    """As they are compared."""
    spelt = (replace(each, number=folded(each.number), on=each.on and folded(each.on)) for each in seals)
    return in_order(spelt)


def missing(imposed: Iterable[Seal], found: Iterable[Number]) -> tuple[Number, ...]:
    """Those of the seals that are not among the numbers found, however either is spelt; sorted, as they were written.

    Of one that was written twice in two ways, one of them.
    """
    there = {folded(number) for number in found}
    gone = {folded(each.number): each.number for each in in_order(imposed)}
    return tuple(sorted(number for spelt, number in gone.items() if spelt not in there))
