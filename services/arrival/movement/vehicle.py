"""The vehicle as it crossed: how, where, with which goods by their papers, and whether Chapter 8 applies to it."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.arrival import (
    BorderCrossed,
    Chapter8NotApplicable,
    CrossingCorrected,
    CrossingWithdrawn,
    ExemptionWithdrawn,
)
from contracts.digest import Digest, digest
from contracts.elsewhere import Border, Elsewhere
from contracts.papers import Papers, as_meant
from contracts.seals import Seal, in_one_spelling
from contracts.stating import Stater
from contracts.values import CheckpointCode, ConsignmentId, Direction, Exemption, Instant, Mode, MovementId
from contracts.vehicle import MeansOfTransport
from contracts.vehicle import in_one_spelling as vehicle_in_one_spelling
from decider import Matter, replace

Said: TypeAlias = BorderCrossed | CrossingCorrected | CrossingWithdrawn | Chapter8NotApplicable | ExemptionWithdrawn


@dataclass(frozen=True, kw_only=True)
class Crossing:
    """The crossing as it was stated, and of its papers as much as tells others from them.

    `known` is since when it is on record that it crossed at that time.
    """

    direction: Direction
    mode: Mode
    place: CheckpointCode | None = None
    elsewhere: Elsewhere | None = None
    border: Border = "state"
    non_stop: bool = False
    vehicle: MeansOfTransport | None = None
    carried_by: MovementId | None = None
    seals: tuple[Seal, ...] = ()
    papers: Digest
    at: Instant
    by: Stater | None = None
    known: Instant
    struck: bool = False

    @property
    def spelt(self) -> "Crossing":
        """As it is compared."""
        vehicle = vehicle_in_one_spelling(self.vehicle)
        return replace(self, vehicle=vehicle, seals=in_one_spelling(self.seals))


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """Nothing is known of a vehicle that has not crossed, but for what was taken back."""

    crossing: Crossing | None = None
    notice_due: bool = False
    consignments: tuple[ConsignmentId, ...] = ()
    exemption: Exemption | None = None

    @property
    def crossed(self) -> bool:
        return self.crossing is not None and not self.crossing.struck

    @property
    def mode(self) -> Mode | None:
        return self.crossing.mode if self.crossing and self.crossed else None

    @property
    def place(self) -> CheckpointCode | None:
        return self.crossing.place if self.crossing and self.crossed else None


def known_since(vehicle: Vehicle, at: Instant, known: Instant) -> Instant:
    """What is put right of a crossing leaves its time on record since it was, where that stays."""
    before = vehicle.crossing if vehicle.crossed else None
    return before.known if before and before.at == at else known


def as_on_paper(papers: tuple[Papers, ...]) -> Digest:
    """Neither the order of papers nor that of what they list says anything."""
    return digest(as_meant(each) for each in sorted(papers, key=lambda each: each.consignment))


def recorded(vehicle: Vehicle, event: Said, known: Instant) -> Vehicle:
    match event:
        case BorderCrossed() | CrossingCorrected():
            return replace(
                vehicle,
                crossing=crossing_of(event, known_since(vehicle, event.crossed, known)),
                notice_due=event.notice_due,
                consignments=tuple(papers.consignment for papers in event.papers),
            )
        case CrossingWithdrawn():
            gone = vehicle.crossing and replace(vehicle.crossing, struck=True)
            return replace(vehicle, crossing=gone, notice_due=False, consignments=())
        case Chapter8NotApplicable(exemption=exemption):
            return replace(vehicle, exemption=exemption)
        case ExemptionWithdrawn():
            return replace(vehicle, exemption=None)
        case _:
            assert_never(event)


def crossing_of(event: BorderCrossed | CrossingCorrected, known: Instant) -> Crossing:
    return Crossing(
        direction=event.direction,
        mode=event.mode,
        place=event.place,
        elsewhere=event.elsewhere,
        border=event.border,
        non_stop=event.non_stop,
        vehicle=event.vehicle,
        carried_by=event.carried_by,
        seals=event.seals,
        papers=as_on_paper(event.papers),
        at=event.crossed,
        by=event.stated_by,
        known=known,
    )


MATTER = Matter(folds=(recorded,))
