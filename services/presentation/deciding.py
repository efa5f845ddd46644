"""What is decided on findings, of vehicles and of goods alike: each time that one was decided on stands by itself."""

from dataclasses import dataclass

from contracts.statements import with_said, with_struck
from contracts.stating import Stater
from contracts.values import Instant
from decider import in_order, replace, without
from law import Finding


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What an officer decided on a finding."""

    finding: Finding
    cause: str
    consequence: str
    provision: str | None = None
    at: Instant
    by: Stater | None = None
    struck: bool = False


def of_finding(decided: tuple[Decision, ...], finding: Finding) -> tuple[Decision, ...]:
    return tuple(each for each in decided if each.finding == finding)


def with_decided(
    before: tuple[Decision, ...], decided: Decision, by: Stater | None, instead_of: Instant | None = None
) -> tuple[Decision, ...]:
    same = of_finding(before, decided.finding)
    return in_order((*without(before, same), *with_said(same, replace(decided, by=by), instead_of)))


def with_gone(before: tuple[Decision, ...], finding: Finding, at: Instant) -> tuple[Decision, ...]:
    same = of_finding(before, finding)
    return in_order((*without(before, same), *with_struck(same, at)))
