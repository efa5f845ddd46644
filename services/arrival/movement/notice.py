"""The notice in advance: what it says, amends and puts right, and who hears of it (Art. 37(2-1))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from arrival.consignment.announcement import AnnounceConsignment, WithdrawAnnouncement
from arrival.movement.duty import procedure
from arrival.movement.journey import also_told, further, of_the_way, what_follows
from arrival.movement.noticed import SHORT, Notice, Statement, recorded, statement
from arrival.movement.route import Route, journey_of, noticed, unloaded_by
from arrival.movement.route import recorded as said_of_the_route
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visits
from contracts import streams
from contracts.arrival import ArrivalNotified, JourneyChanged, NoticeAmended, NoticeCorrected, Noticed, NoticeWithdrawn
from contracts.names import ConsignmentNames, MovementName, NamedJourney, NamedPapers, OfMovement
from contracts.papers import ControlTotals, Documents
from contracts.parties import Parties
from contracts.stating import (
    Amendable,
    StatementDiffers,
    can_be_amended,
    corrected,
    differs,
    same,
    stated,
    stater,
    withdrawn,
)
from contracts.values import (
    Company,
    ConsignmentId,
    Instant,
    KnownCheckpoint,
    Mode,
    MovementId,
    Text,
    Word,
)
from contracts.vehicle import MeansOfTransport
from decider import Input, Matter, OpenPoint, opens
from law.rule import AS_AMENDED_IN_2023, Fact, Happened, rule

Recorded: TypeAlias = ArrivalNotified | JourneyChanged | StatementDiffers
Told: TypeAlias = AnnounceConsignment | WithdrawAnnouncement
Announced: TypeAlias = ArrivalNotified | NoticeAmended | NoticeCorrected | Noticed


@dataclass(frozen=True, kw_only=True)
class NotifyArrival(OfMovement):
    """The administration of a checkpoint tells customs what arrives, where and when (Art. 37(2-1)).

    The article asks for place and time, of vehicle and goods; whatever else is known by then informs, and may be left
    out. `documents`, `totals`, `departure` and `destination` are of the journey and its manifest.
    """

    checkpoint: KnownCheckpoint
    mode: Mode
    expected: Instant
    vehicle: MeansOfTransport | None = None
    carrier: Company | None = None
    journey: NamedJourney = ()
    consignments: ConsignmentNames = ()
    carried_by: MovementName | None = None
    departure: Word | None = None
    departed: Instant | None = None
    destination: Word | None = None
    totals: ControlTotals | None = None
    documents: Documents = ()
    parties: Parties = ()
    papers: NamedPapers = ()


@dataclass(frozen=True, kw_only=True)
class AmendNotice(NotifyArrival):
    """The administration tells customs that something else arrives, elsewhere or at another time; the whole of it."""

    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectNotice(NotifyArrival):
    """What was stated of a notice, or of an amendment, was wrong; `submitted`, where it was not given then, too."""

    corrects: Instant
    submitted: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawNotice(OfMovement):
    """No notice, or amendment of one, was given then; what was given before it counts again."""

    withdraws: Instant
    reason: Text | None = None


NOTICE = Amendable(
    article="37(2-1)", rule="A1", states=NotifyArrival, amends=(AmendNotice, CorrectNotice, WithdrawNotice)
)


def notify_arrival(asked: Input[NotifyArrival], notice: Notice, route: Route) -> list[Recorded]:
    """One of a movement: what is announced otherwise afterwards is an amendment, and an act of its own."""
    event = notice_is_recorded(asked)
    found = stated(asked, lambda: as_given(asked.content, asked), notice.last, NOTICE, lambda: event)
    return [*found, *(also_told(route, event) if event in found else ())]


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
        stated_by=stater(asked.subject),
    )


def amend_notice(asked: Input[AmendNotice], notice: Notice, route: Route) -> list[NoticeAmended | StatementDiffers]:
    """A notice, given then: what was given last counts. Said twice for one time, one of it is to be put right."""
    said = as_given(asked.content, asked)
    stands = notice.at(asked.occurred)
    of_that_time = stands if stands and not stands.struck else None
    compared = of_that_time or notice.last
    if compared is None or of_that_time or not can_be_amended(asked, compared, compared.at or asked.occurred):
        return [] if of_that_time and same(said, of_that_time) else [differs(asked, NOTICE, said, compared)]
    if same(said, compared):
        return []
    event = NoticeAmended(**contents(asked.content, asked, asked), reason=asked.content.reason)
    return [event.model_copy(update=follow(route, event))]


def correct_notice(
    asked: Input[CorrectNotice], notice: Notice, route: Route
) -> list[NoticeCorrected | StatementDiffers]:
    said = asked.content
    before, at = notice.at(said.corrects), said.submitted or said.corrects
    fact = Happened(at, before.known if before and before.at == at else asked.recorded)
    right = as_given(said, fact)
    there = notice.at(at)
    if there and there != before and not there.struck:
        return [differs(asked, NOTICE, right, there)]
    event = NoticeCorrected(**contents(said, fact, asked), corrects=said.corrects, reason=said.reason)
    event = event.model_copy(update=follow(route, event))
    return corrected(asked, right, before or notice.last, said.corrects, NOTICE, lambda: event)


def withdraw_notice(
    asked: Input[WithdrawNotice], notice: Notice, route: Route
) -> list[NoticeWithdrawn | StatementDiffers]:
    said = asked.content
    gone = NoticeWithdrawn(movement=said.movement, withdraws=said.withdraws, reason=said.reason)
    gone = gone.model_copy(update=follow(route, gone))
    return withdrawn(asked, notice.at(said.withdraws) or notice.last, said.withdraws, NOTICE, lambda: gone)


def as_given(said: NotifyArrival, fact: Fact) -> Statement:
    return statement(said, named_by(said), fact.occurred, fact.recorded)


def named_by(said: NotifyArrival) -> tuple[ConsignmentId, ...]:
    """All consignments that it names, wherever in it."""
    papers = (each.consignment for each in said.papers)
    return tuple(sorted({*said.consignments, *unloaded_by(said.journey), *papers}))


def contents(said: NotifyArrival, fact: Fact, asked: Input[Any]) -> dict[str, Any]:
    """What a notice says that was given then, by the procedure of that day."""
    agreed = procedure(fact, said.checkpoint, said.mode)
    return {
        **{name: getattr(said, name) for name in SHORT},
        "movement": said.movement,
        "submitted": fact.occurred,
        "procedure": agreed.version if agreed else None,
        "journey": said.journey,
        "consignments": named_by(said),
        "documents": said.documents,
        "parties": said.parties,
        "papers": tuple(sorted(said.papers, key=lambda papers: papers.consignment)),
        "stated_by": stater(asked.subject),
    }


def follow(route: Route, event: NoticeAmended | NoticeCorrected | NoticeWithdrawn) -> dict[str, Any]:
    """Of the journey, and besides whether what is stated counts, which other notice does now, and whom none names."""
    after = said_of_the_route(route, event)
    was, now = noticed(route.notice), noticed(after.notice)
    own = None if isinstance(event, NoticeWithdrawn) else event.submitted
    return {
        **what_follows(route, after),
        "unannounced": further(was.consignments if was else (), now.consignments if now else ()),
        **({"counts": now is not None and now.submitted == own} if own else {}),
        "stands": now if now and now.submitted != own and now != was else None,
    }


@opens("NotifyArrival")
@rule(AS_AMENDED_IN_2023)
def is_not_there_yet(vehicle: Vehicle, visits: Visits, notice: Notice) -> Iterator[OpenPoint]:
    """Art. 37(2-1) [A9]: of what crossed unannounced there is no notice yet; it is missing once it has arrived."""
    if vehicle.crossed and vehicle.notice_due and not (vehicle.exemption or notice.checkpoint or visits.places):
        yield OpenPoint(
            act="NotifyArrival",
            who="administration",
            article="37(2-1)",
            place=vehicle.place,
            since=vehicle.crossing.at if vehicle.crossing else None,
        )


@rule(AS_AMENDED_IN_2023, by="person")
def tell_the_goods(notice: ArrivalNotified) -> list[tuple[str, AnnounceConsignment]]:
    """Art. 37(2-1) [A1]: the notice is of goods as well as of vehicles, so each consignment in it hears of it."""
    return announced(notice.movement, notice)


def tell_anew(event: NoticeAmended | NoticeCorrected | NoticeWithdrawn) -> list[tuple[str, Told]]:
    """What is announced now, and to whom nothing is any more."""
    found: list[tuple[str, Told]] = [
        (streams.consignment(each), WithdrawAnnouncement(consignment=each, movement=event.movement))
        for each in event.unannounced
    ]
    if event.stands:
        found += announced(event.movement, event.stands)
    elif not isinstance(event, NoticeWithdrawn) and event.counts:
        found += announced(event.movement, event)
    return found


def announced(movement: MovementId, notice: Announced) -> list[tuple[str, AnnounceConsignment]]:
    way, papers = of_the_way(notice.mode, journey_of(notice)), {each.consignment: each for each in notice.papers}
    return [
        (
            streams.consignment(each),
            AnnounceConsignment(
                consignment=each,
                movement=movement,
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
    commands=(notify_arrival, amend_notice, correct_notice, withdraw_notice),
    folds=(recorded,),
    tells=(tell_the_goods, tell_anew),
    open_points=(is_not_there_yet,),
)
