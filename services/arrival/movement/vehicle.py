"""The vehicle as it crossed: how, where, with which goods by their papers, and whether Chapter 8 applies to it."""

from dataclasses import dataclass
from typing import assert_never

from contracts.arrival import BorderCrossed, Chapter8NotApplicable
from contracts.values import CheckpointCode, ConsignmentId, Exemption, Mode
from decider import Matter, replace


@dataclass(frozen=True, kw_only=True)
class Vehicle:
    """Nothing is known of a vehicle that has not crossed."""

    crossed: bool = False
    mode: Mode | None = None
    place: CheckpointCode | None = None
    notice_due: bool = False
    consignments: tuple[ConsignmentId, ...] = ()
    exemption: Exemption | None = None


def recorded(vehicle: Vehicle, event: BorderCrossed | Chapter8NotApplicable) -> Vehicle:
    match event:
        case BorderCrossed():
            return replace(
                vehicle,
                crossed=True,
                mode=event.mode,
                place=event.place,
                notice_due=event.notice_due,
                consignments=tuple(papers.consignment for papers in event.papers),
            )
        case Chapter8NotApplicable(exemption=exemption):
            return replace(vehicle, exemption=exemption)
        case _:
            assert_never(event)


MATTER = Matter(folds=(recorded,))
