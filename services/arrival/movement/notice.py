"""The notices in advance: what they say, amend and put right, and who hears of it (Art. 37(2-1))."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from arrival.movement.duty import procedure
from arrival.movement.journey import also_told, further, leads_together, what_follows
from arrival.movement.notice_told import tell_anew, tell_the_goods
from arrival.movement.noticed import SHORT, Notice, Statement, mode_told, recorded, statement
from arrival.movement.route import Route, noticed, unloaded_by
from arrival.movement.route import recorded as said_of_the_route
from arrival.movement.vehicle import Vehicle
from arrival.movement.visits import Visits
from contracts.arrival import ArrivalNotified, JourneyChanged, NoticeAmended, NoticeCorrected, Noticed, NoticeWithdrawn
from contracts.names import ConsignmentNames, MovementName, NamedJourney, NamedPapers, OfMovement
from contracts.notices import Unannounced
from contracts.papers import ControlTotals, Documents
from contracts.parties import Parties
from contracts.statements import last
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
from contracts.values import CheckpointCode, Company, ConsignmentId, Instant, KnownCheckpoint, Mode, Text, Word
from contracts.vehicle import MeansOfTransport
from decider import Input, Matter, OpenPoint, opens
from law.rule import AS_AMENDED_IN_2023, Fact, Happened, rule

Recorded: TypeAlias = ArrivalNotified | JourneyChanged | StatementDiffers


@dataclass(frozen=True, kw_only=True)
class NotifyArrival(OfMovement):
    """The administration of a checkpoint tells customs what arrives there, and when (Art. 37(2-1)).

    The article asks for place and time, of vehicle and goods; whatever else is known by then informs, and may be left
    out. `documents`, `totals`, `departure` and `destination` are of the journey and its manifest. It counts from when
    customs has it on record; that it was received before, at `occurred` or at `received`, only an officer states.
    """

    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    expected: Instant
    received: Instant | None = None
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
    """The administration tells customs that something else arrives, elsewhere or at another time; the whole of it.

    `instead_of` is the checkpoint of the notice that is amended, where it is another one and there are several notices.
    """

    instead_of: KnownCheckpoint | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectNotice(NotifyArrival):
    """What was stated of a notice, or of an amendment, was wrong; `submitted`, where it was not given then, too.

    `instead_of` is the checkpoint that was stated, where that was wrong and several notices were given at that time.
    """

    corrects: Instant
    instead_of: KnownCheckpoint | None = None
    submitted: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawNotice(OfMovement):
    """No notice, or amendment of one, was given then; what was given before it counts again.

    `checkpoint` is that of the notice, to be named where several were given at that time.
    """

    checkpoint: KnownCheckpoint | None = None
    mode: Mode | None = None
    withdraws: Instant
    reason: Text | None = None


NOTICE = Amendable(
    article="37(2-1)",
    rule="A1",
    states=NotifyArrival,
    amends=(AmendNotice, CorrectNotice, WithdrawNotice),
    dated=False,
)


def notify_arrival(asked: Input[NotifyArrival], notice: Notice, route: Route) -> list[Recorded]:
    """One of each checkpoint: what is announced otherwise afterwards is an amendment, and an act of its own."""
    event = notice_is_recorded(asked)
    stands = notice.of(asked.content.checkpoint)
    found = stated(asked, lambda: as_given(asked.content, asked), stands, NOTICE, lambda: event)
    if event not in found:
        return [*found, *([] if found else received_otherwise(asked, stands))]
    if leads := leads_together(route, event):
        return [event.model_copy(update=leads)]
    return [event, *also_told(route, event)]


@rule(AS_AMENDED_IN_2023, by="person")
def notice_is_recorded(asked: Input[NotifyArrival]) -> ArrivalNotified:
    """Art. 37(2-1) [A1]: the checkpoint's administration tells customs beforehand where and when what arrives.

    No article knows a ground to reject a notice, so it is recorded as it came, with when it came.
    """
    received = receipt(asked, asked.content.received, by_customs=by_customs(asked))
    return ArrivalNotified(**contents(asked.content, asked, asked), received=received)


def amend_notice(asked: Input[AmendNotice], notice: Notice, route: Route) -> list[NoticeAmended | StatementDiffers]:
    """A notice, given then: what was given last counts. Said twice for one time, one of it is to be put right."""
    said, content = as_given(asked.content, asked), asked.content
    compared = notice.amended(content.checkpoint, content.instead_of)
    stands = notice.at(asked.occurred, content.checkpoint) or compared
    of_that_time = stands if stands and stands.at == asked.occurred and not stands.struck else None
    compared = of_that_time or compared
    if compared is None or of_that_time or not can_be_amended(asked, compared, compared.at or asked.occurred):
        alike = of_that_time is not None and same(said, of_that_time)
        return [*received_otherwise(asked, of_that_time)] if alike else [differs(asked, NOTICE, said, compared)]
    if same(said, compared):
        return [*received_otherwise(asked, compared)]
    moved = compared.checkpoint if compared.checkpoint != content.checkpoint else None
    event = NoticeAmended(
        **contents(content, asked, asked),
        received=receipt(asked, asked.content.received, by_customs=by_customs(asked)),
        instead_of=moved,
        reason=content.reason,
    )
    return [event.model_copy(update=follow(route, event))]


def received_otherwise(asked: Input[Any], stands: Statement | None) -> list[StatementDiffers]:
    """The same notice, of which an officer states that customs had it at another time than stands."""
    stated = asked.content.received if asked.subject.role == "officer" else None
    if stands is None or stands.received is None or stated in (None, stands.received):
        return []
    told = differs(asked, NOTICE, stands, stands)
    since = (("received", stands.received.isoformat()),)
    return [told.model_copy(update={"differing": ("received",), "stands": since})]


@rule(AS_AMENDED_IN_2023)
def receipt(given: Fact, stated: Instant | None, *, by_customs: bool) -> Instant | None:
    """Art. 37(2-1) [A4]: customs is notified once it has the notice; that it had it before, an officer of it states."""
    return (stated or given.occurred) if by_customs else given.recorded


def by_customs(asked: Input[Any]) -> bool:
    """An officer's word; and what is told again of another name of this journey, which counts as it did there."""
    return asked.told or asked.subject.role == "officer"


def correct_notice(
    asked: Input[CorrectNotice], notice: Notice, route: Route
) -> list[NoticeCorrected | StatementDiffers]:
    """When customs received it stays as it was, but by an officer's word."""
    said = asked.content
    before, at = notice.meant(said.corrects, said.checkpoint, said.instead_of), said.submitted or said.corrects
    was = before.checkpoint if before else said.instead_of or said.checkpoint
    fact = Happened(at, before.known if before and before.at == at else asked.recorded)
    right = as_given(said, fact)
    there = notice.at(at, said.checkpoint)
    if there and there != before and not there.struck:
        return [differs(asked, NOTICE, right, there)]
    event = NoticeCorrected(
        **contents(said, fact, asked),
        received=receipt_put_right(asked, at, before),
        corrects=said.corrects,
        instead_of=was if was != said.checkpoint else None,
        reason=said.reason,
    )
    event = event.model_copy(update=follow(route, event))
    stands = before or notice.of(said.checkpoint) or last(notice.given)
    if received_otherwise(asked, before) and can_be_amended(asked, before, said.corrects):
        return [event]
    return corrected(asked, right, stands, said.corrects, NOTICE, lambda: event)


def receipt_put_right(asked: Input[CorrectNotice], at: Instant, before: Statement | None) -> Instant | None:
    said = asked.content
    if before and before.received and not (said.received or said.submitted):
        return before.received
    if by_customs(asked):
        return said.received or at
    return before.received if before else asked.recorded


def withdraw_notice(
    asked: Input[WithdrawNotice], notice: Notice, route: Route
) -> list[NoticeWithdrawn | StatementDiffers]:
    said = asked.content
    before = notice.meant(said.withdraws, said.checkpoint)
    of = before.checkpoint if before else said.checkpoint
    gone = NoticeWithdrawn(movement=said.movement, checkpoint=of, withdraws=said.withdraws, reason=said.reason)
    gone = gone.model_copy(update=follow(route, gone))
    stands = before or notice.of(said.checkpoint) or last(notice.given)
    return withdrawn(asked, stands, said.withdraws, NOTICE, lambda: gone)


def as_given(said: NotifyArrival, fact: Fact) -> Statement:
    return statement(said, named_by(said), fact.occurred, fact.recorded)


def named_by(said: NotifyArrival) -> tuple[ConsignmentId, ...]:
    """All consignments that it names, wherever in it."""
    papers = (each.consignment for each in said.papers)
    return tuple(sorted({*said.consignments, *unloaded_by(said.journey), *papers}))


def contents(said: NotifyArrival, fact: Fact, asked: Input[Any]) -> dict[str, Any]:
    """What a notice says that was given then, by the procedure of that day."""
    mode = mode_told(said.checkpoint, said.mode)
    agreed = procedure(fact, said.checkpoint, mode)
    return {
        **{name: getattr(said, name) for name in SHORT},
        "mode": mode,
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
    """Of the journey, and besides whether what is stated counts, which others do now, and whom each names no more."""
    after = said_of_the_route(route, event)
    was, now = ({of: noticed(each) for of, each in one.notices.items()} for one in (route, after))
    own = None if isinstance(event, NoticeWithdrawn) else (event.submitted, event.checkpoint)
    others = tuple(each for of, each in now.items() if each != was.get(of) and (each.submitted, of) != own)
    return {
        **what_follows(route, after),
        "unannounced": tuple(unannounced(was, now)),
        **({"counts": any((each.submitted, of) == own for of, each in now.items())} if own else {}),
        "stands": others,
    }


def unannounced(was: Mapping[CheckpointCode, Noticed], now: Mapping[CheckpointCode, Noticed]) -> Iterator[Unannounced]:
    for of, before in was.items():
        if gone := further(before.consignments, now[of].consignments if of in now else ()):
            yield Unannounced(checkpoint=of, consignments=gone)


@opens("NotifyArrival")
@rule(AS_AMENDED_IN_2023)
def is_not_there_yet(vehicle: Vehicle, visits: Visits, notice: Notice) -> Iterator[OpenPoint]:
    """Art. 37(2-1) [A9]: of what crossed unannounced there is no notice yet; it is missing once it has arrived."""
    if vehicle.crossed and vehicle.notice_due and not (vehicle.exemption or notice.of(vehicle.place) or visits.places):
        yield OpenPoint(
            act="NotifyArrival",
            who="administration",
            article="37(2-1)",
            place=vehicle.place,
            since=vehicle.crossing.at if vehicle.crossing else None,
        )


MATTER = Matter(
    commands=(notify_arrival, amend_notice, correct_notice, withdraw_notice),
    folds=(recorded,),
    tells=(tell_the_goods, tell_anew),
    open_points=(is_not_there_yet,),
)
