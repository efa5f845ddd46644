"""The notice in advance: what it says, and when it is missing, late, or short of what is usual (Art. 37(2-1))."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TypeAlias, assert_never

from arrival.consignment.announcement import AnnounceConsignment
from arrival.movement.arrivals import Visit, Visits, mode_of
from arrival.movement.duty import is_due, procedure
from arrival.movement.journey import Route, also_told, journey_of, of_the_way, unloaded_by
from arrival.movement.vehicle import Vehicle
from contracts import streams
from contracts.arrival import ArrivalNotified, JourneyChanged, NoticeFindingsRecorded, NoticeFindingsWithdrawn
from contracts.papers import ControlTotals, Documents, ShippingPapers
from contracts.parties import Parties
from contracts.values import (
    CheckpointCode,
    Company,
    ConsignmentIds,
    Instant,
    KnownCheckpoint,
    KnownJourney,
    Mode,
    MovementId,
    Word,
)
from contracts.vehicle import MeansOfTransport
from decider import Input, Matter, OpenPoint, all_changed, in_order, opens, replace, without
from law import Finding, defaults
from law.rule import AS_AMENDED_IN_2023, Fact, Happened, both, rule
from law.rulebook import FindingLayer

Found: TypeAlias = NoticeFindingsRecorded | NoticeFindingsWithdrawn


@dataclass(frozen=True, kw_only=True)
class NotifyArrival:
    """The administration of a checkpoint tells customs what arrives, where and when (Art. 37(2-1)).

    The article asks for place and time, of vehicle and goods; whatever else is known by then informs, and may be left
    out. `documents`, `totals`, `departure` and `destination` are of the journey and its manifest.
    """

    movement: MovementId
    checkpoint: KnownCheckpoint
    mode: Mode
    expected: Instant
    vehicle: MeansOfTransport | None = None
    carrier: Company | None = None
    journey: KnownJourney = ()
    consignments: ConsignmentIds = ()
    carried_by: MovementId | None = None
    departure: Word | None = None
    departed: Instant | None = None
    destination: Word | None = None
    totals: ControlTotals | None = None
    documents: Documents = ()
    parties: Parties = ()
    papers: ShippingPapers = ()


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Whose checkpoint's notice it was, when it was given, and what is found of it; None where there is none.

    When it was given was not always recorded; `known` is when it was.
    """

    checkpoint: CheckpointCode | None = None
    submitted: Instant | None = None
    known: Instant | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def fact(self) -> Fact | None:
        """That it was given then."""
        return Happened(self.submitted, self.known) if self.submitted and self.known else None


def notify_arrival(asked: Input[NotifyArrival], notice: Notice, route: Route) -> list[ArrivalNotified | JourneyChanged]:
    """A second notice changes nothing: how the journey leads otherwise is an act of its own."""
    if notice.checkpoint:
        return []
    event = notice_is_recorded(asked)
    return [event, *also_told(route, event)]


@rule(AS_AMENDED_IN_2023, by="person")
def notice_is_recorded(asked: Input[NotifyArrival]) -> ArrivalNotified:
    """Art. 37(2-1) [A1]: the checkpoint's administration tells customs beforehand where and when what arrives.

    No article knows a ground to reject a notice, so it is recorded as it came, with when it came.
    """
    notice = asked.content
    agreed = procedure(asked, notice.checkpoint, notice.mode)
    return ArrivalNotified(
        movement=notice.movement,
        checkpoint=notice.checkpoint,
        mode=notice.mode,
        expected=notice.expected,
        submitted=asked.occurred,
        procedure=agreed.version if agreed else None,
        vehicle=notice.vehicle,
        carrier=notice.carrier,
        journey=notice.journey,
        consignments=named_by(notice),
        carried_by=notice.carried_by,
        departure=notice.departure,
        departed=notice.departed,
        destination=notice.destination,
        totals=notice.totals,
        documents=notice.documents,
        parties=notice.parties,
        papers=tuple(sorted(notice.papers, key=lambda papers: papers.consignment)),
    )


def named_by(notice: NotifyArrival) -> ConsignmentIds:
    """All consignments that it names, wherever in it."""
    papers = (each.consignment for each in notice.papers)
    return tuple(sorted({*notice.consignments, *unloaded_by(notice.journey), *papers}))


@opens("NotifyArrival")
@rule(AS_AMENDED_IN_2023)
def is_not_there_yet(vehicle: Vehicle, visits: Visits, notice: Notice) -> Iterator[OpenPoint]:
    """Art. 37(2-1) [A9]: of what crossed unannounced there is no notice yet; it is missing once it has arrived."""
    if vehicle.crossed and vehicle.notice_due and not (vehicle.exemption or notice.checkpoint or visits.places):
        yield OpenPoint(act="NotifyArrival", who="administration", article="37(2-1)", place=vehicle.place)


def findings_follow(
    asked: Input[object], route: Route, vehicle: Vehicle, visits: Visits, notice: Notice
) -> list[Found]:
    """What the findings on the notice are by all that is known, as far as the record says otherwise."""
    return all_changed(
        findings(mode_of(vehicle, visits, route), vehicle, visits, notice),
        notice.findings,
        begin=lambda new: NoticeFindingsRecorded(movement=asked.id, findings=new),
        end=lambda gone: NoticeFindingsWithdrawn(movement=asked.id, findings=gone),
    )


def findings(mode: Mode | None, vehicle: Vehicle, visits: Visits, notice: Notice) -> tuple[Finding, ...]:
    """None of a vehicle that has not arrived, or to which the chapter did not apply when it crossed (Art. 37(3))."""
    if not visits.places or vehicle.exemption:
        return ()
    due, first, given = where_due(mode, visits), visits.places[0], notice.fact
    found: list[Finding | None] = []
    if due and notice.checkpoint is None:
        found.append(missing_notice(due[0].fact, *due))
    if due and given:
        found.append(late_notice(both(due[0].fact, given), given.occurred, *due))
    if notice.checkpoint and given:
        found.append(short_lead(both(given, first.fact), notice.checkpoint, mode, first))
    return tuple(finding for finding in found if finding)


Due: TypeAlias = tuple[Visit, FindingLayer]
"""A place that owed a notice, and the layer of what made it due."""


def where_due(mode: Mode | None, visits: Visits) -> Due | None:
    """The first place that it came to and that owed a notice."""
    for visit in visits.places:
        layer = is_due(visit.fact, mode, visit.checkpoint)
        if layer:
            return visit, layer
    return None


@rule(AS_AMENDED_IN_2023)
def missing_notice(_: Fact, visit: Visit, layer: FindingLayer) -> Finding | None:
    """Art. 37(2-1) [A9]: only of a vehicle that is there, where one was due, is it noted that no notice came."""
    return Finding(rule="A9", article="37(2-1)", layer=layer, facts=(("checkpoint", visit.checkpoint),))


@rule(AS_AMENDED_IN_2023)
def late_notice(_: Fact, submitted: Instant, visit: Visit, layer: FindingLayer) -> Finding | None:
    """Art. 37(2-1) [A4]: a notice that is due comes before the vehicle does; with it or after it is late."""
    if submitted < visit.arrived:
        return None
    facts = (
        ("arrived", visit.arrived.isoformat()),
        ("checkpoint", visit.checkpoint),
        ("submitted", submitted.isoformat()),
    )
    return Finding(rule="A4", article="37(2-1)", layer=layer, facts=facts)


@rule(AS_AMENDED_IN_2023)
def short_lead(notice: Fact, checkpoint: CheckpointCode, mode: Mode | None, first: Visit) -> Finding | None:
    """Art. 37(2-1) [A4]: the law sets no time between notice and arrival, so less than is usual is shown and not late.

    What the procedure agreed for the checkpoint wants goes before what is usual.
    """
    if mode is None or notice.occurred >= first.arrived:
        return None
    agreed = procedure(notice, checkpoint, mode)
    by_agreement = agreed and agreed.lead
    wanted = by_agreement or defaults.lead(mode, occurred=notice.occurred, recorded=notice.recorded)
    if wanted is None or first.arrived - notice.occurred >= timedelta(minutes=wanted):
        return None
    given = (first.arrived - notice.occurred) // timedelta(minutes=1)
    facts = (("checkpoint", first.checkpoint), ("minutes", str(given)), ("minutes_wanted", str(wanted)))
    if by_agreement:
        return Finding(rule="A2", article="37(2-1)", layer="by-law", facts=facts)
    return Finding(rule="A4", article=f"default:arrival.notice.lead.{mode}", layer="default", facts=facts)


def recorded(notice: Notice, event: ArrivalNotified | Found, known: Instant) -> Notice:
    match event:
        case ArrivalNotified(checkpoint=checkpoint, submitted=submitted):
            return replace(notice, checkpoint=checkpoint, submitted=submitted, known=known)
        case NoticeFindingsRecorded(findings=found):
            return replace(notice, findings=in_order({*notice.findings, *found}))
        case NoticeFindingsWithdrawn(findings=gone):
            return replace(notice, findings=without(notice.findings, gone))
        case _:
            assert_never(event)


@rule(AS_AMENDED_IN_2023, by="person")
def tell_the_goods(notice: ArrivalNotified) -> list[tuple[str, AnnounceConsignment]]:
    """Art. 37(2-1) [A1]: the notice is of goods as well as of vehicles, so each consignment in it hears of it."""
    way, papers = of_the_way(notice.mode, journey_of(notice)), {each.consignment: each for each in notice.papers}
    return [
        (
            streams.consignment(each),
            AnnounceConsignment(
                consignment=each,
                movement=notice.movement,
                checkpoint=notice.checkpoint,
                mode=notice.mode,
                expected=notice.expected,
                submitted=notice.submitted,
                papers=papers.get(each),
                **way(each),
            ),
        )
        for each in notice.consignments
    ]


MATTER = Matter(
    commands=(notify_arrival,),
    folds=(recorded,),
    follows=(findings_follow,),
    tells=(tell_the_goods,),
    open_points=(is_not_there_yet,),
)
