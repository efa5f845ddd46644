"""The checkpoint of a vehicle where the text leaves it open: the officer determines it (Art. 38(1))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.examinations import CheckpointDecided, CheckpointDecisionCorrected, CheckpointDecisionWithdrawn
from contracts.names import OfMovement
from contracts.statements import by_then, last, put_right_by, said_for, taken_back_by, with_said, with_struck
from contracts.stating import Amendable, StatementDiffers, Stater, corrected, stated, stater, withdrawn
from contracts.values import CallNumber, CheckpointCode, Instant, KnownCheckpoint, Mode, Text
from decider import Input, Matter, OpenPoint, opens, replace
from law.rule import Fact, Happened, rule
from presentation.checkpoint import Determined, Place, as_it_came_out, checkpoint_of_vehicle
from presentation.movement.upstream import Arrival
from presentation.way import ON_LAND, Way

Said: TypeAlias = CheckpointDecided | CheckpointDecisionCorrected | CheckpointDecisionWithdrawn


@dataclass(frozen=True, kw_only=True)
class DetermineCheckpoint(OfMovement):
    """The officer says where the checkpoint of a vehicle is, where the text leaves that open (Art. 38(1)).

    No goods work at any landing, baggage as goods, a second entry. What he said last stands, until it is put right or
    taken back. `call`: which call at that place, where it was there more than once.
    """

    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    call: CallNumber | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectCheckpointDecision(OfMovement):
    """What was stated of such a decision was wrong; `decided`, where it was made at another time."""

    corrects: Instant
    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    call: CallNumber | None = None
    decided: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawCheckpointDecision(OfMovement):
    """The officer decided nothing, or what he decided holds no more."""

    withdraws: Instant
    reason: Text | None = None


DECISION = Amendable(
    article="38(1)",
    rule="P8",
    states=DetermineCheckpoint,
    amends=(CorrectCheckpointDecision, WithdrawCheckpointDecision),
)


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What an officer said then; `known` is since when that is on record."""

    checkpoint: CheckpointCode
    call: int | None = None
    at: Instant
    by: Stater | None = None
    known: Instant
    struck: bool = False

    @property
    def fact(self) -> Fact:
        """That he said so."""
        return Happened(self.at, self.known)


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """Each time that an officer determined where it is."""

    of_checkpoint: tuple[Decided, ...] = ()


def determine(asked: Input[DetermineCheckpoint], decisions: Decisions) -> list[CheckpointDecided | StatementDiffers]:
    said = asked.content
    event = CheckpointDecided(
        movement=said.movement,
        checkpoint=said.checkpoint,
        call=said.call,
        decided=asked.occurred,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = said_for(decisions.of_checkpoint, asked.occurred)
    return stated(asked, decided_as(event, asked.recorded), stands, DECISION, lambda: event)


def put_right(
    asked: Input[CorrectCheckpointDecision], decisions: Decisions
) -> list[CheckpointDecisionCorrected | StatementDiffers]:
    said = asked.content
    event = CheckpointDecisionCorrected(
        movement=said.movement,
        checkpoint=said.checkpoint,
        call=said.call,
        decided=said.decided or said.corrects,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    right = decided_as(event, asked.recorded)
    stands = put_right_by(decisions.of_checkpoint, right, said.corrects)
    return corrected(asked, right, stands, said.corrects, DECISION, lambda: event)


def taken_back(
    asked: Input[WithdrawCheckpointDecision], decisions: Decisions
) -> list[CheckpointDecisionWithdrawn | StatementDiffers]:
    said = asked.content
    event = CheckpointDecisionWithdrawn(movement=said.movement, withdraws=said.withdraws, reason=said.reason)
    stands = taken_back_by(decisions.of_checkpoint, said.withdraws)
    return withdrawn(asked, stands, said.withdraws, DECISION, lambda: event)


def decided_as(event: CheckpointDecided | CheckpointDecisionCorrected, known: Instant) -> Decided:
    return Decided(checkpoint=event.checkpoint, call=event.call, at=event.decided, by=event.stated_by, known=known)


def checkpoint_of(way: Way, decisions: Decisions, at: Instant | None = None) -> Determined | None:
    """As the officer determined it last by then; else as the text has it. None of what is outside the chapter."""
    of_it = decisions.of_checkpoint
    decided = last(by_then(of_it, at) if at else of_it) if way.applies else None
    found = as_the_officer_determines(decided.fact, decided) if decided else None
    return found or checkpoint_of_vehicle(way)


@rule(by="officer")
def as_the_officer_determines(_: Fact, decided: Decided) -> Determined | None:
    """Art. 38(1) [P8]: where the text leaves open which checkpoint is a vehicle's, it is the one that an officer names.

    A landing without goods work is nobody's in the text, and it has no word of baggage, or of a second entry.
    """
    place = Place(checkpoint=decided.checkpoint, call=decided.call or 1)
    return Determined(article="38(1)", rule="P8", basis="officer", calls=(place,))


@opens("DetermineCheckpoint")
@rule(by="officer")
def checkpoint_is_to_be_determined(arrival: Arrival, decisions: Decisions) -> Iterator[OpenPoint]:
    """Art. 38(1) [P8]: where no landing or stop has any goods work, the officer is asked which checkpoint it is.

    And once more, where goods work is done elsewhere after he has said so: he says that anew, or that it stays.
    """
    way = arrival.way
    if not (way.visits and way.crossed and way.applies) or way.by_mode in (None, *ON_LAND):
        return
    decided = last(decisions.of_checkpoint)
    if decided is None:
        asked = way.visits[:1] if checkpoint_of_vehicle(way) is None else ()
    else:
        worked = zip(way.visits, as_it_came_out(way), strict=False)
        later = (visit for visit, stop in worked if stop.here and visit.arrived > decided.at)
        asked = tuple(visit for visit in later if visit.place != decided.checkpoint)[:1]
    for visit in asked:
        yield OpenPoint(
            act="DetermineCheckpoint", who="officer", article="38(1)", place=visit.place, since=visit.arrived
        )


def recorded(decisions: Decisions, event: Said, known: Instant) -> Decisions:
    of_it = decisions.of_checkpoint
    match event:
        case CheckpointDecided():
            return replace(decisions, of_checkpoint=with_said(of_it, decided_as(event, known)))
        case CheckpointDecisionCorrected(corrects=corrects):
            return replace(decisions, of_checkpoint=with_said(of_it, decided_as(event, known), corrects))
        case CheckpointDecisionWithdrawn(withdraws=withdraws):
            return replace(decisions, of_checkpoint=with_struck(of_it, withdraws))
        case _:
            assert_never(event)


MATTER = Matter(
    commands=(determine, put_right, taken_back), folds=(recorded,), open_points=(checkpoint_is_to_be_determined,)
)
