"""The crossing of the border, with which an import begins (Arts 5(1)(21)(a), 37(3))."""

from dataclasses import dataclass
from typing import TypeAlias

from arrival.consignment.arrivals import RecordGoodsArrival
from arrival.consignment.crossing import RecordGoodsCrossing, WithdrawGoodsCrossing
from arrival.consignment.stops import LoseGoodsExemption, RecordGoodsStop
from arrival.consignment.told import elsewhen
from arrival.exemption import BY_LINE, THAT_MAY_NOT_STOP, exemption
from arrival.movement.arrivals import of_arrivals
from arrival.movement.duty import is_due
from arrival.movement.stops import Stops
from arrival.movement.stops_told import of_loss, of_stop
from arrival.movement.vehicle import Crossing, Vehicle, as_on_paper, known_since
from arrival.movement.visits import Visits, came_to
from contracts import seals, streams
from contracts.arrival import (
    BorderCrossed,
    Chapter8NotApplicable,
    CrossingCorrected,
    CrossingWithdrawn,
    ExemptionWithdrawn,
)
from contracts.elsewhere import Border, Elsewhere
from contracts.names import MovementName, NamedPapers, OfMovement
from contracts.seals import Seals
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import (
    Arrived,
    Direction,
    Exemption,
    Instant,
    KnownCheckpoint,
    Mode,
    MovementId,
    Text,
)
from contracts.vehicle import MeansOfTransport
from decider import Input, Matter
from law.rule import Happened, rule

Told: TypeAlias = RecordGoodsCrossing | RecordGoodsArrival | RecordGoodsStop | LoseGoodsExemption
Recorded: TypeAlias = Chapter8NotApplicable | BorderCrossed | StatementDiffers
PutRight: TypeAlias = Chapter8NotApplicable | CrossingCorrected | ExemptionWithdrawn | StatementDiffers
TakenBack: TypeAlias = CrossingWithdrawn | ExemptionWithdrawn | StatementDiffers


@dataclass(frozen=True, kw_only=True)
class RecordCrossing(OfMovement):
    """A vehicle has crossed the customs border, with these seals and these papers (Art. 5(1)(21)(a)).

    `place` is the checkpoint; where there is none, `elsewhere` says where it was (Art. 37(1)). `border` is which border
    it crossed (Art. 4(4)). `non_stop`: a ship or an aircraft that crosses the country without a stop (Art. 37(3)).
    """

    direction: Direction
    mode: Mode
    place: KnownCheckpoint | None = None
    elsewhere: Elsewhere | None = None
    border: Border = "state"
    non_stop: bool = False
    vehicle: MeansOfTransport | None = None
    carried_by: MovementName | None = None
    seals: Seals = ()
    papers: NamedPapers = ()

    def __post_init__(self) -> None:
        if self.non_stop and self.mode not in THAT_MAY_NOT_STOP:
            raise ValueError("only a ship or an aircraft crosses without a stop: leave `non_stop` out")
        if self.place and self.elsewhere:
            raise ValueError("it crossed at one place: name the checkpoint in `place`, or another place in `elsewhere`")
        if not (self.place or self.elsewhere or self.non_stop or self.mode in BY_LINE):
            raise ValueError(
                "name the checkpoint where it crossed in `place`, or in `elsewhere` where that was, if it is none; by "
                "pipeline or without a stop there is none"
            )


@dataclass(frozen=True, kw_only=True)
class CorrectCrossing(RecordCrossing):
    """What was stated of a crossing was wrong; the whole of it stands here, and `crossed`, where its time was, too."""

    corrects: Instant
    crossed: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawCrossing(OfMovement):
    """The vehicle did not cross, as was stated."""

    withdraws: Instant
    reason: Text | None = None


CROSSING = Amendable(
    article="5(1)(21)(a)", rule="A9", states=RecordCrossing, amends=(CorrectCrossing, WithdrawCrossing)
)


def record_crossing(asked: Input[RecordCrossing], vehicle: Vehicle, visits: Visits, stops: Stops) -> list[Recorded]:
    """A vehicle crosses once on a journey; a new import is a new movement.

    The exemption is said before the crossing, so that nobody takes the chapter to apply in between.
    """
    found = stated(
        asked,
        lambda: as_stated(asked.content, asked.occurred, asked.recorded),
        vehicle.crossing,
        CROSSING,
        lambda: crossing_begins_the_import(asked, visits, stops),
    )
    recorded = any(isinstance(each, BorderCrossed) for each in found)
    return [*(chapter_8_does_not_apply(asked) if recorded else ()), *found]


def as_stated(said: RecordCrossing, at: Instant, known: Instant) -> Crossing:
    return Crossing(
        direction=said.direction,
        mode=said.mode,
        place=said.place,
        elsewhere=said.elsewhere,
        border=said.border,
        non_stop=said.non_stop,
        vehicle=said.vehicle,
        carried_by=said.carried_by,
        seals=seals.in_order(said.seals),
        papers=as_on_paper(said.papers),
        at=at,
        known=known,
    )


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
        elsewhere=crossing.elsewhere,
        border=crossing.border,
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
        stated_by=stater(asked.subject),
    )


def chapter_8_does_not_apply(asked: Input[RecordCrossing]) -> list[Chapter8NotApplicable]:
    crossing = asked.content
    exempt = exemption(asked, crossing.mode, crossing.non_stop)
    return [Chapter8NotApplicable(movement=crossing.movement, exemption=exempt)] if exempt else []


def correct_crossing(asked: Input[CorrectCrossing], vehicle: Vehicle, visits: Visits, stops: Stops) -> list[PutRight]:
    """The chapter applies or not as it does to the right crossing; a decision on a stop is the officer's, and stays."""
    said = asked.content
    at = said.crossed or said.corrects
    crossing = as_stated(said, at, known_since(vehicle, at, asked.recorded))
    right = crossing_as_it_was(asked, crossing, vehicle, visits, stops)
    found = corrected(asked, crossing, vehicle.crossing, said.corrects, CROSSING, lambda: right)
    if right not in found:
        return [*found]
    exempt = exemption(Happened(at, crossing.known), said.mode, said.non_stop)
    return [*newly_outside(asked, at, vehicle, exempt), right, *inside(asked.id, vehicle, exempt)]


def crossing_as_it_was(
    asked: Input[CorrectCrossing], crossing: Crossing, vehicle: Vehicle, visits: Visits, stops: Stops
) -> CrossingCorrected:
    said, named = asked.content, {papers.consignment for papers in asked.content.papers}
    return CrossingCorrected(
        movement=said.movement,
        direction=crossing.direction,
        mode=crossing.mode,
        place=crossing.place,
        elsewhere=crossing.elsewhere,
        border=crossing.border,
        crossed=crossing.at,
        corrects=said.corrects,
        non_stop=crossing.non_stop,
        vehicle=crossing.vehicle,
        carried_by=crossing.carried_by,
        seals=crossing.seals,
        papers=tuple(sorted(said.papers, key=lambda papers: papers.consignment)),
        notice_due=is_due(Happened(crossing.at, crossing.known), crossing.mode, crossing.place) is not None,
        arrived=tuple(came_to(visit) for visit in visits.places),
        stopped=stops.made,
        left=tuple(each for each in vehicle.consignments if each not in named),
        reason=said.reason,
        stated_by=stater(asked.subject),
    )


def newly_outside(
    asked: Input[CorrectCrossing], at: Instant, vehicle: Vehicle, exempt: Exemption | None
) -> list[Chapter8NotApplicable]:
    if exempt is None or exempt == vehicle.exemption:
        return []
    happened = elsewhen(at, asked.occurred)
    return [Chapter8NotApplicable(occurred=happened, movement=asked.content.movement, exemption=exempt)]


def inside(movement: MovementId, vehicle: Vehicle, exempt: Exemption | None) -> list[ExemptionWithdrawn]:
    """What was recorded of an exemption, where there is none any more."""
    gone = vehicle.exemption
    return [ExemptionWithdrawn(movement=movement, exemption=gone)] if gone and not exempt else []


def withdraw_crossing(asked: Input[WithdrawCrossing], vehicle: Vehicle) -> list[TakenBack]:
    said = asked.content
    gone = CrossingWithdrawn(
        movement=said.movement, withdraws=said.withdraws, consignments=vehicle.consignments, reason=said.reason
    )
    found = withdrawn(asked, vehicle.crossing, said.withdraws, CROSSING, lambda: gone)
    return [*found, *(inside(asked.id, vehicle, None) if gone in found else ())]


@rule()
def tell_the_goods(crossing: BorderCrossed | CrossingCorrected) -> list[tuple[str, Told]]:
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
                border=crossing.border,
                crossed=crossing.crossed,
                non_stop=crossing.non_stop,
                papers=papers,
            ),
        )
        for papers in crossing.papers
    ]
    consignments = tuple(papers.consignment for papers in crossing.papers)
    found += of_arrivals(crossing.movement, consignments, arrived_before(crossing))
    for stop in crossing.stopped:
        lost = stop.present_at
        found += of_stop(crossing.movement, consignments, stop.place, stop.stopped, lost is not None)
        found += of_loss(crossing.movement, consignments, stop.stopped, lost) if lost else ()
    return found


def arrived_before(crossing: BorderCrossed | CrossingCorrected) -> tuple[Arrived, ...]:
    if isinstance(crossing, CrossingCorrected):
        return crossing.arrived
    return (*((crossing.arrived,) if crossing.arrived else ()), *crossing.further)


def tell_those_that_did_not_cross(
    event: CrossingCorrected | CrossingWithdrawn,
) -> list[tuple[str, WithdrawGoodsCrossing]]:
    left, was = (
        (event.left, event.corrects) if isinstance(event, CrossingCorrected) else (event.consignments, event.withdraws)
    )
    return [
        (
            streams.consignment(each),
            WithdrawGoodsCrossing(consignment=each, movement=event.movement, withdraws=was),
        )
        for each in left
    ]


MATTER = Matter(
    commands=(record_crossing, correct_crossing, withdraw_crossing),
    tells=(tell_the_goods, tell_those_that_did_not_cross),
)
