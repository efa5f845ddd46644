"""What an officer decides on a finding: its cause, and what follows of it, by which provision (Art. 37(2))."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.examinations import (
    GoodsFindingDecided,
    GoodsFindingDecisionCorrected,
    GoodsFindingDecisionWithdrawn,
)
from contracts.names import OfConsignment
from contracts.statements import put_right_by, said_for, taken_back_by
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import Instant, Text
from decider import Input, Matter
from law import Finding
from presentation.deciding import Decisions, decided_as, of_finding, with_decided, with_gone, words

Said: TypeAlias = GoodsFindingDecided | GoodsFindingDecisionCorrected | GoodsFindingDecisionWithdrawn


@dataclass(frozen=True, kw_only=True)
class DecideOnGoodsFinding(OfConsignment):
    """The officer decides on a finding, which is as it stands in its event. At another time he decides anew."""

    finding: Finding
    cause: Text
    consequence: Text
    provision: Text | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectGoodsFindingDecision(OfConsignment):
    """What was stated of a decision was wrong; `decided`, where it was made at another time."""

    corrects: Instant
    finding: Finding
    cause: Text
    consequence: Text
    provision: Text | None = None
    decided: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsFindingDecision(OfConsignment):
    """Nothing was decided on the finding."""

    withdraws: Instant
    finding: Finding
    reason: Text | None = None


DECISION = Amendable(
    article="37(2)",
    rule="P2",
    states=DecideOnGoodsFinding,
    amends=(CorrectGoodsFindingDecision, WithdrawGoodsFindingDecision),
)


def decide(asked: Input[DecideOnGoodsFinding], decisions: Decisions) -> list[GoodsFindingDecided | StatementDiffers]:
    said, decided = asked.content, decided_as(asked.content, asked.occurred)
    event = GoodsFindingDecided(
        consignment=said.consignment,
        **words(said),
        decided=asked.occurred,
        stated_by=stater(asked.subject),
    )
    stands = said_for(of_finding(decisions.decided, said.finding), asked.occurred)
    return stated(asked, decided, stands, DECISION, lambda: event)


def put_right(
    asked: Input[CorrectGoodsFindingDecision], decisions: Decisions
) -> list[GoodsFindingDecisionCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.decided or asked.content.corrects
    event = GoodsFindingDecisionCorrected(
        consignment=said.consignment,
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
    asked: Input[WithdrawGoodsFindingDecision], decisions: Decisions
) -> list[GoodsFindingDecisionWithdrawn | StatementDiffers]:
    said = asked.content
    event = GoodsFindingDecisionWithdrawn(
        consignment=said.consignment, finding=said.finding, withdraws=said.withdraws, reason=said.reason
    )
    stands = taken_back_by(of_finding(decisions.decided, said.finding), said.withdraws)
    return withdrawn(asked, stands, said.withdraws, DECISION, lambda: event)


def recorded(decisions: Decisions, event: Said) -> Decisions:
    match event:
        case GoodsFindingDecided(decided=at, stated_by=by):
            return with_decided(decisions, decided_as(event, at, by))
        case GoodsFindingDecisionCorrected(decided=at, corrects=corrects, stated_by=by):
            return with_decided(decisions, decided_as(event, at, by), corrects)
        case GoodsFindingDecisionWithdrawn(finding=finding, withdraws=withdraws):
            return with_gone(decisions, finding, withdraws)
        case _:
            assert_never(event)


MATTER = Matter(commands=(decide, put_right, taken_back), folds=(recorded,))
