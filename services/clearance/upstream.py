"""What clearance takes of what other services say, and what it leaves aside on purpose."""

from dataclasses import dataclass
from typing import assert_never

from contracts.arrival import (
    ArrivalNotified,
    BorderCrossed,
    Chapter8NotApplicable,
    ConsignmentAnnounced,
    ExemptionLost,
    GoodsArrived,
    GoodsCrossed,
    GoodsJourneyChanged,
    JourneyChanged,
    NoticeFindingsRecorded,
    NoticeFindingsWithdrawn,
    StopRecorded,
    VehicleArrived,
)
from contracts.presentation import (
    CheckpointDetermined,
    CheckpointWithdrawn,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    GoodsPresented,
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    VehiclePresented,
)
from contracts.values import CheckpointCode, Country, Exemption, Instant, MovementId, NineDigits
from decider import Matter, replace

LEAVES_ASIDE: tuple[type, ...] = (
    ArrivalNotified, JourneyChanged, BorderCrossed, VehicleArrived, NoticeFindingsRecorded, NoticeFindingsWithdrawn,
    ConsignmentAnnounced, GoodsJourneyChanged, GoodsArrived, StopRecorded,
    VehiclePresented, VehicleFindingsRecorded, VehicleFindingsWithdrawn, GoodsFindingsRecorded, GoodsFindingsWithdrawn,
)  # fmt: skip
"""Of vehicles, of journeys and of findings: nothing that clearance asks for follows from these."""


@dataclass(frozen=True, kw_only=True)
class Goods:
    """Goods as the measures of an act see them."""

    code: NineDigits
    origin: Country | None = None


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: since when the goods are in the country, with what, and what their papers name.

    `exempt` are the movements to which the chapter on arrival does not apply, `lost` those to which it does after all.
    """

    crossed: Instant | None = None
    movements: tuple[MovementId, ...] = ()
    goods: tuple[Goods, ...] = ()
    exempt: tuple[tuple[MovementId, Exemption], ...] = ()
    lost: tuple[MovementId, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What `presentation` said."""

    checkpoint: CheckpointCode | None = None
    shown: bool = False


def arrival_said(arrival: Arrival, event: GoodsCrossed | Chapter8NotApplicable | ExemptionLost) -> Arrival:
    """Of a consignment on several vehicles the crossing that happened first counts, and the goods of all."""
    match event:
        case GoodsCrossed():
            crossed = min(arrival.crossed, event.crossed) if arrival.crossed else event.crossed
            goods = {*arrival.goods, *(Goods(code=line.code, origin=line.origin) for line in event.goods)}
            movements = tuple(sorted({*arrival.movements, event.movement}))
            return replace(arrival, crossed=crossed, movements=movements, goods=tuple(sorted(goods, key=repr)))
        case Chapter8NotApplicable(movement=movement, exemption=exemption):
            return replace(arrival, exempt=tuple(sorted({*arrival.exempt, (movement or "", exemption)})))
        case ExemptionLost(movement=movement):
            return replace(arrival, lost=tuple(sorted({*arrival.lost, movement or ""})))
        case _:
            assert_never(event)


def presentation_said(
    presentation: Presentation, event: CheckpointDetermined | CheckpointWithdrawn | GoodsPresented
) -> Presentation:
    match event:
        case CheckpointDetermined(checkpoint=checkpoint):
            return replace(presentation, checkpoint=checkpoint)
        case CheckpointWithdrawn():
            return replace(presentation, checkpoint=None)
        case GoodsPresented():
            return replace(presentation, shown=True)
        case _:
            assert_never(event)


MATTER = Matter(folds=(arrival_said, presentation_said))


def exemptions(arrival: Arrival) -> tuple[Exemption, ...]:
    """Those that no stop has undone; a consignment has one only where each of its vehicles has."""
    still = {movement: exemption for movement, exemption in arrival.exempt if movement not in arrival.lost}
    return tuple(sorted({*still.values()})) if {*arrival.movements} <= {*still} else ()


def arrival_need_not_be_shown(arrival: Arrival) -> bool:
    """Art. 37(3) [A7]: goods by pipeline or power line, or on a vehicle that does not stop, are shown nowhere."""
    return bool(exemptions(arrival))


def goods_are_in_the_country(arrival: Arrival) -> bool:
    """Art. 8(1) [F19]: whatever crosses is cleared, also what flows in and has no crossing to be recorded."""
    return arrival.crossed is not None or not {"pipeline", "power_line"}.isdisjoint(exemptions(arrival))
