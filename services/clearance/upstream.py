"""What clearance takes of what other services say, and what it leaves aside on purpose."""

from collections.abc import Iterable
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
from contracts.known import Crossed, named_at_the_crossing
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
from contracts.values import CheckpointCode, Country, Exemption, GoodsCode, Instant, MovementId
from decider import Matter, in_order, replace
from law.rule import Fact, Happened, rule

LEAVES_ASIDE: tuple[type, ...] = (
    ArrivalNotified, JourneyChanged, BorderCrossed, VehicleArrived, NoticeFindingsRecorded, NoticeFindingsWithdrawn,
    ConsignmentAnnounced, GoodsJourneyChanged, GoodsArrived, StopRecorded,
    VehiclePresented, VehicleFindingsRecorded, VehicleFindingsWithdrawn, GoodsFindingsRecorded, GoodsFindingsWithdrawn,
)  # fmt: skip
"""Of vehicles, of journeys and of findings: nothing that clearance asks for follows from these."""


@dataclass(frozen=True, kw_only=True)
class Goods:
    """Goods as the measures of an act see them; `known` is since when they are named so.

    A paper may say less than nine digits, and a line without a code says nothing to a measure.
    """

    code: GoodsCode
    origin: Country | None = None
    known: Instant


@dataclass(frozen=True, kw_only=True)
class Exempt:
    """A movement to which the chapter on arrival does not apply, and why; `known` is since when that is on record."""

    movement: MovementId
    exemption: Exemption
    known: Instant


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """What `arrival` said: since when the goods are in the country, with what, and what their papers name.

    `exempt` are the movements to which the chapter on arrival does not apply, `lost` those to which it does after all.
    `known` is when the crossing was recorded; `papers` is how those outside know the goods.
    """

    crossed: Instant | None = None
    known: Instant | None = None
    movements: tuple[MovementId, ...] = ()
    goods: tuple[Goods, ...] = ()
    exempt: tuple[Exempt, ...] = ()
    lost: tuple[MovementId, ...] = ()
    papers: Crossed = Crossed()

    @property
    def fact(self) -> Fact | None:
        """The crossing; of what has none, that it was said to flow in."""
        if self.crossed and self.known:
            return Happened(self.crossed, self.known)
        known = min((each.known for each in self.exempt), default=None)
        return Happened(known, known) if known else None


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """What `presentation` said."""

    checkpoint: CheckpointCode | None = None
    shown: bool = False


def arrival_said(
    arrival: Arrival, event: GoodsCrossed | Chapter8NotApplicable | ExemptionLost, known: Instant
) -> Arrival:
    """Of a consignment on several vehicles the crossing that happened first counts, and the goods of all."""
    match event:
        case GoodsCrossed():
            first = arrival.crossed is None or event.crossed < arrival.crossed
            named = (Goods(code=line.code, origin=line.origin, known=known) for line in event.goods if line.code)
            return replace(
                arrival,
                crossed=event.crossed if first else arrival.crossed,
                known=known if first else arrival.known,
                movements=tuple(sorted({*arrival.movements, event.movement})),
                goods=each_once((*arrival.goods, *named)),
            )
        case Chapter8NotApplicable(movement=movement, exemption=exemption):
            said = Exempt(movement=movement or "", exemption=exemption, known=known)
            before = {(each.movement, each.exemption) for each in arrival.exempt}
            if (said.movement, said.exemption) in before:
                return arrival
            return replace(arrival, exempt=in_order((*arrival.exempt, said)))
        case ExemptionLost(movement=movement):
            return replace(arrival, lost=tuple(sorted({*arrival.lost, movement or ""})))
        case _:
            assert_never(event)


def each_once(goods: Iterable[Goods]) -> tuple[Goods, ...]:
    """In their order by code and origin, one without an origin last; each as it was named first."""
    found: dict[tuple[GoodsCode, Country | None], Goods] = {}
    for each in goods:
        found.setdefault((each.code, each.origin), each)
    return tuple(sorted(found.values(), key=lambda each: (each.code, each.origin is None, each.origin)))


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


MATTER = Matter(folds=(arrival_said, presentation_said, named_at_the_crossing))


def exemptions(arrival: Arrival) -> tuple[Exemption, ...]:
    """Those that no stop has undone; a consignment has one only where each of its vehicles has."""
    still = {each.movement: each.exemption for each in arrival.exempt if each.movement not in arrival.lost}
    return tuple(sorted({*still.values()})) if {*arrival.movements} <= {*still} else ()


@rule()
def arrival_need_not_be_shown(_: Fact, arrival: Arrival) -> bool:
    """Art. 37(3) [A7]: goods by pipeline or power line, or on a vehicle that does not stop, are shown nowhere."""
    return bool(exemptions(arrival))


@rule()
def goods_are_in_the_country(_: Fact, arrival: Arrival) -> bool:
    """Art. 8(1) [F19]: whatever crosses is cleared, also what flows in and has no crossing to be recorded."""
    return arrival.crossed is not None or not {"pipeline", "power_line"}.isdisjoint(exemptions(arrival))
