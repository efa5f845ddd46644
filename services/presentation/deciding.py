"""What is decided on findings, of vehicles and of goods alike: each time that one was decided on stands by itself."""

from dataclasses import dataclass
from typing import Any, Protocol

from contracts.statements import with_said, with_struck
from contracts.stating import Stater
from contracts.values import Instant
from decider import in_order, without
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


@dataclass(frozen=True, kw_only=True)
class Decisions:
    """On findings, each time that one was decided on: the last one stands."""

    decided: tuple[Decision, ...] = ()


class Words(Protocol):
    """What a command or an event says that is decided."""

    @property
    def finding(self) -> Finding: ...

    @property
    def cause(self) -> str: ...

    @property
    def consequence(self) -> str: ...

    @property
    def provision(self) -> str | None: ...


def words(said: Words) -> dict[str, Any]:
    return {name: getattr(said, name) for name in ("finding", "cause", "consequence", "provision")}


def decided_as(said: Words, at: Instant, by: Stater | None = None) -> Decision:
    return Decision(**words(said), at=at, by=by)


def of_finding(decided: tuple[Decision, ...], finding: Finding) -> tuple[Decision, ...]:
    return tuple(each for each in decided if each.finding == finding)


def with_decided(before: Decisions, decided: Decision, instead_of: Instant | None = None) -> Decisions:
    same = of_finding(before.decided, decided.finding)
    return Decisions(decided=in_order((*without(before.decided, same), *with_said(same, decided, instead_of))))


def with_gone(before: Decisions, finding: Finding, at: Instant) -> Decisions:
    same = of_finding(before.decided, finding)
    return Decisions(decided=in_order((*without(before.decided, same), *with_struck(same, at))))
