"""The officer's words on permits with a defect (Art. 7(5)); what follows from them is in `requirements`."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from clearance.permits import Number, Permit, Permits, number_of
from contracts.clearance import PermitDecided, PermitDecisionCorrected, PermitDecisionWithdrawn
from contracts.names import OfConsignment
from contracts.statements import last, put_right_by, said_for, taken_back_by, with_said, with_struck
from contracts.stating import (
    Amendable,
    StatementDiffers,
    Stater,
    corrected,
    same,
    stated,
    stater,
    time_is_stated,
    withdrawn,
)
from contracts.values import Instant, Text, Word
from decider import Input, Matter, in_order, replace
from law.calendar import EARLIEST

Said: TypeAlias = PermitDecided | PermitDecisionCorrected | PermitDecisionWithdrawn


@dataclass(frozen=True, kw_only=True)
class DecideOnPermit(OfConsignment):
    """The officer decides whether a permit with a defect meets what is required (Art. 7(5))."""

    permit: Word
    number: Word
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class CorrectPermitDecision(OfConsignment):
    """What was recorded of the officer's decision was wrong; `decided`, where he made it at another time.

    A decision that he makes later is a decision, and no correction.
    """

    permit: Word
    number: Word
    corrects: Instant
    accepted: bool
    decided: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawPermitDecision(OfConsignment):
    """The officer made no such decision."""

    permit: Word
    number: Word
    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Decision:
    """A word of the officer on a permit."""

    kind: Word
    number: Word
    accepted: bool
    at: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def spelt(self) -> "Decision":
        """As it is compared, however kind and number of the permit are spelt."""
        kind, number = number_of(self.kind, self.number)
        return replace(self, kind=kind, number=number)


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """All that the officer decided on permits."""

    words: tuple[Decision, ...] = ()

    def on(self, number: Number) -> tuple[Decision, ...]:
        return tuple(each for each in self.words if number_of(each.kind, each.number) == number)


DECISION = Amendable(
    article="7(5)", rule="K1", states=DecideOnPermit, amends=(CorrectPermitDecision, WithdrawPermitDecision)
)


def decided(
    asked: Input[DecideOnPermit], permits: Permits, decisions: Decisions
) -> list[PermitDecided | StatementDiffers]:
    """The officer's word, recorded also where the permit is recorded only later; one of another time is another one."""
    said, number = asked.content, number_of(asked.content.permit, asked.content.number)
    word = Decision(kind=said.permit, number=said.number, accepted=said.accepted, at=asked.occurred)
    if not time_is_stated(asked) and has_said_so(word, permits, decisions):
        return []
    event = PermitDecided(
        consignment=said.consignment,
        permit=said.permit,
        number=said.number,
        accepted=said.accepted,
        decided=asked.occurred,
        stated_by=stater(asked.subject),
    )
    return stated(asked, word, said_for(decisions.on(number), word.at), DECISION, lambda: event)


def has_said_so(word: Decision, permits: Permits, decisions: Decisions) -> bool:
    """His last word by then is the same, and on the permit as it stands."""
    before = last(each for each in decisions.on(number_of(word.kind, word.number)) if each.at <= word.at)
    permit = permits.under(number_of(word.kind, word.number))
    anew = permit is not None and not permit.struck and before is not None and before.at < permit.at <= word.at
    return before is not None and same(word, before) and not anew


def word_put_right(
    asked: Input[CorrectPermitDecision], decisions: Decisions
) -> list[PermitDecisionCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.decided or asked.content.corrects
    word = Decision(kind=said.permit, number=said.number, accepted=said.accepted, at=at)
    event = PermitDecisionCorrected(
        consignment=said.consignment,
        permit=said.permit,
        number=said.number,
        accepted=said.accepted,
        decided=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = put_right_by(decisions.on(number_of(word.kind, word.number)), word, said.corrects)
    return corrected(asked, word, stands, said.corrects, DECISION, lambda: event)


def word_taken_back(
    asked: Input[WithdrawPermitDecision], decisions: Decisions
) -> list[PermitDecisionWithdrawn | StatementDiffers]:
    said = asked.content
    event = PermitDecisionWithdrawn(
        consignment=said.consignment,
        permit=said.permit,
        number=said.number,
        withdraws=said.withdraws,
        reason=said.reason,
    )
    stands = taken_back_by(decisions.on(number_of(said.permit, said.number)), said.withdraws)
    return withdrawn(asked, stands, said.withdraws, DECISION, lambda: event)


def decision_on(permit: Permit, decisions: Decisions) -> Decision | None:
    """His last word on it; a permit that is presented anew is decided on anew."""
    return last(each for each in decisions.on(number_of(permit.kind, permit.number)) if each.at >= permit.at)


def recorded(decisions: Decisions, event: Said) -> Decisions:
    of_it = decisions.on(number_of(event.permit, event.number))
    others = tuple(each for each in decisions.words if each not in of_it)
    match event:
        case PermitDecided() | PermitDecisionCorrected():
            word = Decision(
                kind=event.permit, number=event.number, accepted=event.accepted, at=event.decided or EARLIEST,
                by=event.stated_by,
            )  # fmt: skip
            corrects = event.corrects if isinstance(event, PermitDecisionCorrected) else None
            return Decisions(words=in_order((*others, *with_said(of_it, word, corrects))))
        case PermitDecisionWithdrawn(withdraws=at):
            return Decisions(words=in_order((*others, *with_struck(of_it, at))))
        case _:
            assert_never(event)


MATTER = Matter(commands=(decided, word_put_right, word_taken_back), folds=(recorded,))
