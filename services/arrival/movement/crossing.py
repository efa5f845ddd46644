"""The crossing of the border, with which an import begins (Arts 5(1)(21)(a), 37(3))."""

from dataclasses import dataclass
from typing import TypeAlias

from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing
from arrival.consignment.stops import LoseGoodsExemption, RecordGoodsStop
from arrival.exemption import BY_LINE, THAT_MAY_NOT_STOP, exemption
from arrival.movement.arrivals import Visits, came_to, of_arrivals
from arrival.movement.duty import is_due
from arrival.movement.stops import Stops, of_loss, of_stop
from arrival.movement.vehicle import Vehicle
from contracts import seals, streams
from contracts.arrival import BorderCrossed, Chapter8NotApplicable
from contracts.papers import ShippingPapers
from contracts.seals import Seals
from contracts.values import Direction, KnownCheckpoint, Mode, MovementId
from contracts.vehicle import MeansOfTransport
from decider import Input, Matter
from law.rule import rule

Told: TypeAlias = RecordGoodsCrossing | RecordGoodsArrival | RecordGoodsStop | LoseGoodsExemption


@dataclass(frozen=True, kw_only=True)
class RecordCrossing:
    """A vehicle has crossed the customs border, with these seals and these papers (Art. 5(1)(21)(a)).

    `non_stop`: a ship or an aircraft that crosses the country without a stop (Art. 37(3)).
    """

    movement: MovementId
    direction: Direction
    mode: Mode
    place: KnownCheckpoint | None = None
    non_stop: bool = False
    vehicle: MeansOfTransport | None = None
    carried_by: MovementId | None = None
    seals: Seals = ()
    papers: ShippingPapers = ()

    def __post_init__(self) -> None:
        if self.non_stop and self.mode not in THAT_MAY_NOT_STOP:
            raise ValueError("only a ship or an aircraft crosses without a stop: leave `non_stop` out")
        if self.place is None and not self.non_stop and self.mode not in BY_LINE:
            raise ValueError(
                "name the checkpoint where it crossed in `place`; by pipeline or without a stop there is none"
            )


def record_crossing(
    asked: Input[RecordCrossing], vehicle: Vehicle, visits: Visits, stops: Stops
) -> list[Chapter8NotApplicable | BorderCrossed]:
    """A vehicle crosses once on a journey; a new import is a new movement.

    The exemption is said before the crossing, so that nobody takes the chapter to apply in between.
    """
    if vehicle.crossed:
        return []
    return [*chapter_8_does_not_apply(asked), crossing_begins_the_import(asked, visits, stops)]


@rule()
def crossing_begins_the_import(asked: Input[RecordCrossing], visits: Visits, stops: Stops) -> BorderCrossed:
    """Art. 5(1)(21)(a) [A9]: the crossing itself begins the import, whether or not anybody gave notice of it."""
    crossing = asked.content
    arrived = tuple(came_to(visit) for visit in visits.places)
    return BorderCrossed(
        movement=crossing.movement,
        direction=crossing.direction,
        mode=crossing.mode,
        place=crossing.place,
        crossed=asked.occurred,
        non_stop=crossing.non_stop,
        vehicle=crossing.vehicle,
        carried_by=crossing.carried_by,
        seals=seals.in_order(crossing.seals),
        papers=tuple(sorted(crossing.papers, key=lambda papers: papers.consignment)),
        notice_due=is_due(asked, crossing.mode, crossing.place) is not None,
        arrived=arrived[0] if arrived else None,
        further=arrived[1:],
        stopped=stops.made,
    )


def chapter_8_does_not_apply(asked: Input[RecordCrossing]) -> list[Chapter8NotApplicable]:
    crossing = asked.content
    exempt = exemption(asked, crossing.mode, crossing.non_stop)
    return [Chapter8NotApplicable(movement=crossing.movement, exemption=exempt)] if exempt else []


@rule()
def tell_the_goods(crossing: BorderCrossed) -> list[tuple[str, Told]]:
    """Art. 5(1)(19), 5(1)(28) [F8]: the goods that the papers name have crossed, whatever the notice says.

    They also hear of the arrivals and stops that were recorded before.
    """
    found: list[tuple[str, Told]] = [
        (
            streams.consignment(papers.consignment),
            RecordGoodsCrossing(
                consignment=papers.consignment,
                movement=crossing.movement,
                direction=crossing.direction,
                mode=crossing.mode,
                place=crossing.place,
                crossed=crossing.crossed,
                non_stop=crossing.non_stop,
                papers=papers,
            ),
        )
        for papers in crossing.papers
    ]
    consignments = tuple(papers.consignment for papers in crossing.papers)
    arrived = (*((crossing.arrived,) if crossing.arrived else ()), *crossing.further)
    found += of_arrivals(crossing.movement, consignments, arrived)
    for stop in crossing.stopped:
        lost = stop.present_at
        found += of_stop(crossing.movement, consignments, stop.place, stop.stopped, lost is not None)
        found += of_loss(crossing.movement, consignments, stop.stopped, lost) if lost else ()
    return found


MATTER = Matter(commands=(record_crossing,), tells=(tell_the_goods,))
