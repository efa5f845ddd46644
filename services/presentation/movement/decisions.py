"""What an officer decides on a finding: its cause, and what follows of it, by which provision (Art. 37(2))."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.examinations import (
    VehicleFindingDecided,
    VehicleFindingDecisionCorrected,
    VehicleFindingDecisionWithdrawn,
)
from contracts.names import OfMovement
from contracts.statements import put_right_by, said_for, taken_back_by
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import Instant, Text
from decider import Input, Matter
from law import Finding
from presentation.deciding import Decisions, decided_as, of_finding, with_decided, with_gone, words

Said: TypeAlias = VehicleFindingDecided | VehicleFindingDecisionCorrected | VehicleFindingDecisionWithdrawn


@dataclass(frozen=True, kw_only=True)
class DecideOnVehicleFinding(OfMovement):
    """The officer decides on a finding, which is as it stands in its event. At another time he decides anew."""

    finding: Finding
    cause: Text
    consequence: Text
    provision: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectVehicleFindingDecision(OfMovement):
    """What was stated of a decision was wrong; `decided`, where it was made at another time."""

    corrects: Instant
    finding: Finding
    cause: Text
    consequence: Text
    provision: Text | None = None
    decided: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawVehicleFindingDecision(OfMovement):
    """Nothing was decided on the finding."""

    withdraws: Instant
    finding: Finding
    reason: Text | None = None


DECISION = Amendable(
    article="37(2)",
    rule="P2",
    states=DecideOnVehicleFinding,
    amends=(CorrectVehicleFindingDecision, WithdrawVehicleFindingDecision),
)


def decide(
    asked: Input[DecideOnVehicleFinding], decisions: Decisions
) -> list[VehicleFindingDecided | StatementDiffers]:
    said, decided = asked.content, decided_as(asked.content, asked.occurred)
    event = VehicleFindingDecided(
        movement=said.movement,
        **words(said),
        decided=asked.occurred,
        stated_by=stater(asked.subject),
    )
    stands = said_for(of_finding(decisions.decided, said.finding), asked.occurred)
    return stated(asked, decided, stands, DECISION, lambda: event)


def put_right(
    asked: Input[CorrectVehicleFindingDecision], decisions: Decisions
) -> list[VehicleFindingDecisionCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.decided or asked.content.corrects
    event = VehicleFindingDecisionCorrected(
        movement=said.movement,
        **words(said),
        decided=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    decided = decided_as(said, at)
    stands = put_right_by(of_finding(decisions.decided, said.finding), decided, said.corrects)
    return corrected(asked, decided, stands, said.corrects, DECISION, lambda: event)


def taken_back(
    asked: Input[WithdrawVehicleFindingDecision], decisions: Decisions
) -> list[VehicleFindingDecisionWithdrawn | StatementDiffers]:
    said = asked.content
    event = VehicleFindingDecisionWithdrawn(
        movement=said.movement, finding=said.finding, withdraws=said.withdraws, reason=said.reason
    )
    stands = taken_back_by(of_finding(decisions.decided, said.finding), said.withdraws)
    return withdrawn(asked, stands, said.withdraws, DECISION, lambda: event)


def recorded(decisions: Decisions, event: Said) -> Decisions:
    match event:
        case VehicleFindingDecided(decided=at, stated_by=by):
            return with_decided(decisions, decided_as(event, at, by))
        case VehicleFindingDecisionCorrected(decided=at, corrects=corrects, stated_by=by):
            return with_decided(decisions, decided_as(event, at, by), corrects)
        case VehicleFindingDecisionWithdrawn(finding=finding, withdraws=withdraws):
            return with_gone(decisions, finding, withdraws)
        case _:
            assert_never(event)


MATTER = Matter(commands=(decide, put_right, taken_back), folds=(recorded,))
