"""The notice as it was given, amended and put right, and what is found of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never

from arrival.movement.route import in_sets
from contracts.arrival import (
    ArrivalNotified,
    NoticeAmended,
    NoticeCorrected,
    NoticeFindingsRecorded,
    NoticeFindingsWithdrawn,
    NoticeWithdrawn,
)
from contracts.digest import Digest, digest
from contracts.papers import ControlTotals, as_meant, documents_as_meant, totals_as_meant
from contracts.statements import standing
from contracts.stating import Stater
from contracts.values import CheckpointCode, Company, ConsignmentId, Instant, Mode, MovementId, Word
from contracts.vehicle import MeansOfTransport, in_one_spelling
from decider import in_order, replace, without
from law import Finding
from law.calendar import EARLIEST
from law.rule import Fact, Happened

Found: TypeAlias = NoticeFindingsRecorded | NoticeFindingsWithdrawn
Given: TypeAlias = ArrivalNotified | NoticeAmended | NoticeCorrected


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A notice, or an amendment, as it was given; `known` is since when it is on record that it was given then."""

    checkpoint: CheckpointCode
    mode: Mode
    expected: Instant
    vehicle: MeansOfTransport | None = None
    carrier: Company | None = None
    carried_by: MovementId | None = None
    departure: Word | None = None
    departed: Instant | None = None
    destination: Word | None = None
    totals: ControlTotals | None = None
    documents: Digest
    parties: Digest
    papers: Digest
    journey: Digest
    consignments: Digest
    at: Instant | None = None
    by: Stater | None = None
    known: Instant
    struck: bool = False

    @property
    def spelt(self) -> "Statement":
        """As it is compared."""
        return replace(self, vehicle=in_one_spelling(self.vehicle), totals=totals_as_meant(self.totals))


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The notice and its amendments, in the order in which they were given, and what is found of it."""

    given: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def standing(self) -> tuple[Statement, ...]:
        return standing(self.given)

    @property
    def last(self) -> Statement | None:
        """What was given last counts."""
        return self.standing[-1] if self.standing else None

    @property
    def checkpoint(self) -> CheckpointCode | None:
        return self.last.checkpoint if self.last else None

    @property
    def fact(self) -> Fact | None:
        """That customs was told of that checkpoint, by the first that named it; when was not always recorded."""
        first = next((each for each in self.standing if each.checkpoint == self.checkpoint), None)
        return Happened(first.at, first.known) if first and first.at else None

    def at(self, at: Instant) -> Statement | None:
        return next((each for each in self.given if each.at == at), None)


SHORT = (
    "checkpoint", "mode", "expected", "vehicle", "carrier", "carried_by", "departure", "departed", "destination",
    "totals",
)  # fmt: skip
"""What stands here as it was said."""


def statement(
    said: Any, consignments: tuple[ConsignmentId, ...], at: Instant | None, known: Instant, by: Stater | None = None
) -> Statement:
    """Of a command or an event that says the whole of it; what may be long only tells others from it."""
    papers = sorted(said.papers, key=lambda each: each.consignment)
    return Statement(
        **{name: getattr(said, name) for name in SHORT},
        documents=digest(in_order({*(documents_as_meant(said.documents) or ())})),
        parties=digest(in_order({*said.parties})),
        papers=digest(map(as_meant, papers)),
        journey=digest(in_sets(said.journey)),
        consignments=digest(consignments),
        at=at,
        by=by,
        known=known,
    )


def recorded(notice: Notice, event: Given | NoticeWithdrawn | Found, known: Instant) -> Notice:
    match event:
        case ArrivalNotified() | NoticeAmended():
            others = (each for each in notice.given if each.at != event.submitted)
            return replace(notice, given=in_order_of_time((*others, statement_of(event, known))))
        case NoticeCorrected(submitted=at, corrects=was):
            before = notice.at(was)
            since = before.known if before and before.at == at else known
            others = (each for each in notice.given if each.at not in (at, was))
            return replace(notice, given=in_order_of_time((*others, statement_of(event, since))))
        case NoticeWithdrawn(withdraws=at):
            given = (replace(each, struck=True) if each.at == at else each for each in notice.given)
            return replace(notice, given=tuple(given))
        case NoticeFindingsRecorded(findings=found):
            return replace(notice, findings=in_order({*notice.findings, *found}))
        case NoticeFindingsWithdrawn(findings=gone):
            return replace(notice, findings=without(notice.findings, gone))
        case _:
            assert_never(event)


def statement_of(event: Given, known: Instant) -> Statement:
    return statement(event, event.consignments, event.submitted, known, event.stated_by)


def in_order_of_time(given: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(given, key=lambda each: each.at or EARLIEST))
