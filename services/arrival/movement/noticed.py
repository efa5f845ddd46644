"""The notices as they were given, amended and put right, one for each checkpoint, and what is found of them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias, assert_never, get_args

from arrival.movement.route import in_sets
from contracts import called
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
from law.checkpoints import find

Found: TypeAlias = NoticeFindingsRecorded | NoticeFindingsWithdrawn
Given: TypeAlias = ArrivalNotified | NoticeAmended | NoticeCorrected


@dataclass(frozen=True, kw_only=True)
class Statement:
    """A notice, or an amendment, as it was given; `known` is since when it is on record that it was given then.

    `received` is when it counts from, and `instead_of`, of an amendment, the checkpoint of the notice that it amended.
    """

    checkpoint: CheckpointCode
    mode: Mode | None = None
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
    received: Instant | None = None
    instead_of: CheckpointCode | None = None
    by: Stater | None = None
    known: Instant
    struck: bool = False

    @property
    def spelt(self) -> "Statement":
        """As it is compared."""
        return replace(self, vehicle=in_one_spelling(self.vehicle), totals=totals_as_meant(self.totals))


@dataclass(frozen=True, kw_only=True)
class Notice:
    """The notices and their amendments, in the order in which they were given, and what is found of them."""

    given: tuple[Statement, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def standing(self) -> tuple[Statement, ...]:
        return standing(self.given)

    @property
    def counting(self) -> tuple[Statement, ...]:
        """Of each checkpoint what was given last, unless that was moved to another one."""
        last: dict[CheckpointCode, Statement] = {}
        for each in self.standing:
            last.pop(each.instead_of or "", None)
            last[each.checkpoint] = each
        return tuple(last.values())

    def of(self, checkpoint: CheckpointCode | None) -> Statement | None:
        """The notice of that checkpoint that counts."""
        return next((each for each in self.counting if each.checkpoint == checkpoint), None)

    def told(self, checkpoint: CheckpointCode, by: Instant) -> Statement | None:
        """By what customs was told first of that checkpoint; what was moved elsewhere by then did not tell it."""
        moved = (
            each.received for each in self.standing if each.instead_of == checkpoint and each.checkpoint != checkpoint
        )
        gone = max((at for at in moved if at and at < by), default=EARLIEST)
        named = (each for each in self.standing if each.checkpoint == checkpoint)
        stand = (each for each in named if each.received is None or each.received > gone)
        return min(stand, key=lambda each: each.received or EARLIEST, default=None)

    def at(self, at: Instant, checkpoint: CheckpointCode) -> Statement | None:
        return next((each for each in self.given if (each.at, each.checkpoint) == (at, checkpoint)), None)

    def meant(
        self, at: Instant, checkpoint: CheckpointCode | None, was: CheckpointCode | None = None
    ) -> Statement | None:
        """What was given then of that checkpoint; the only one of that time, where nobody says of which it `was`."""
        of_then = [each for each in self.given if each.at == at]
        named = [each for each in of_then if each.checkpoint == (was or checkpoint)]
        return (named or of_then)[0] if named or (len(of_then) == 1 and was is None) else None

    def amended(self, checkpoint: CheckpointCode, was: CheckpointCode | None) -> Statement | None:
        """The notice that an amendment speaks of: that of its checkpoint or, where there is but one, that one."""
        if was is not None:
            return self.of(was)
        every = self.counting
        return self.of(checkpoint) or (every[0] if len(every) == 1 else None)


SHORT = (
    "checkpoint", "mode", "expected", "vehicle", "carrier", "carried_by", "departure", "departed", "destination",
    "totals",
)  # fmt: skip
"""What stands here as it was said."""


def statement(said: Any, consignments: tuple[ConsignmentId, ...], at: Instant | None, known: Instant) -> Statement:
    """Of a command or an event that says the whole of it; what may be long only tells others from it."""
    papers = sorted(said.papers, key=lambda each: each.consignment)
    return Statement(
        **{name: getattr(said, name) for name in SHORT} | {"mode": mode_told(said.checkpoint, said.mode)},
        documents=digest(in_order({*(documents_as_meant(said.documents) or ())})),
        parties=digest(in_order({*map(called.in_one_spelling, said.parties)})),
        papers=digest(map(as_meant, papers)),
        journey=digest(in_sets(said.journey)),
        consignments=digest(consignments),
        at=at,
        known=known,
    )


def mode_told(checkpoint: CheckpointCode, mode: Mode | None) -> Mode | None:
    """Where it was left out, that of the checkpoint, if whatever comes there comes by it."""
    post = None if mode else find(checkpoint)
    return mode or next((each for each in get_args(Mode) if post and each == post.only_mode), None)


def recorded(notice: Notice, event: Given | NoticeWithdrawn | Found, known: Instant) -> Notice:
    match event:
        case ArrivalNotified() | NoticeAmended():
            gone = event.submitted, event.checkpoint
            others = (each for each in notice.given if (each.at, each.checkpoint) != gone)
            return replace(notice, given=in_order_of_time((*others, statement_of(event, known))))
        case NoticeCorrected():
            return replace(notice, given=in_order_of_time(put_right(notice, event, known)))
        case NoticeWithdrawn(withdraws=at, checkpoint=of):
            given = (replace(each, struck=True) if given_then(each, at, of) else each for each in notice.given)
            return replace(notice, given=tuple(given))
        case NoticeFindingsRecorded(findings=found):
            return replace(notice, findings=in_order({*notice.findings, *found}))
        case NoticeFindingsWithdrawn(findings=gone):
            return replace(notice, findings=without(notice.findings, gone))
        case _:
            assert_never(event)


def given_then(each: Statement, at: Instant, checkpoint: CheckpointCode | None) -> bool:
    return each.at == at and checkpoint in (None, each.checkpoint)


def put_right(notice: Notice, event: NoticeCorrected, known: Instant) -> Iterator[Statement]:
    """In the place of what it was, and from where an amendment moved it."""
    was = event.instead_of or event.checkpoint
    before = notice.at(event.corrects, was)
    since = before.known if before and before.at == event.submitted else known
    gone = ((event.corrects, was), (event.submitted, event.checkpoint))
    yield from (each for each in notice.given if (each.at, each.checkpoint) not in gone)
    yield replace(statement_of(event, since), instead_of=before.instead_of if before else None)


def statement_of(event: Given, known: Instant) -> Statement:
    """What was recorded without its receipt counts from when it was given."""
    return replace(
        statement(event, event.consignments, event.submitted, known),
        received=event.received or event.submitted,
        instead_of=(event.instead_of or event.checkpoint) if isinstance(event, NoticeAmended) else None,
        by=event.stated_by,
    )


def in_order_of_time(given: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(given, key=lambda each: (each.at or EARLIEST, each.checkpoint)))
