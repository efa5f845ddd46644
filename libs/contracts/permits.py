"""For which goods a permit meets what an act requires, and which permits wait for the officer, as `clearance` says."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.clearance import (
    PermitDecided,
    PermitReferralWithdrawn,
    PermitReferred,
    RestrictionSatisfactionWithdrawn,
    RestrictionSatisfied,
)
from contracts.measures import Measure
from contracts.spelling import alike
from contracts.values import GoodsCode, Instant, Word
from decider import in_order, replace
from law import Finding, Layer
from law.naming import same_name

Said: TypeAlias = (
    RestrictionSatisfied | RestrictionSatisfactionWithdrawn | PermitReferred | PermitReferralWithdrawn | PermitDecided
)


@dataclass(frozen=True, kw_only=True)
class Met:
    """Goods for which the requirement of an act is met, and by which permit; `at` is since when."""

    act: Word
    layer: Layer
    kind: Word
    number: Word
    code: GoodsCode
    at: Instant | None = None


@dataclass(frozen=True, kw_only=True)
class Referral:
    """A permit that waits for the officer, and its defects."""

    kind: Word
    number: Word
    findings: tuple[Finding, ...]


@dataclass(frozen=True, kw_only=True)
class Requirements:
    """What is met, and what waits for the officer's word."""

    met: tuple[Met, ...] = ()
    referred: tuple[Referral, ...] = ()


def permitted(requirements: Requirements, event: Said) -> Requirements:
    """What the officer has decided on waits for him no longer."""
    kind, number = event.permit, event.number
    others = tuple(each for each in requirements.referred if not is_permit(each, kind, number))
    match event:
        case RestrictionSatisfied():
            return replace(requirements, met=in_order({*requirements.met, *goods_of(event)}))
        case RestrictionSatisfactionWithdrawn():
            gone = {(each.act, each.kind, each.number, each.code) for each in goods_of(event)}
            left = (each for each in requirements.met if (each.act, each.kind, each.number, each.code) not in gone)
            return replace(requirements, met=in_order(left))
        case PermitReferred(findings=findings):
            waiting = Referral(kind=kind, number=number, findings=findings)
            return replace(requirements, referred=in_order((*others, waiting)))
        case PermitReferralWithdrawn() | PermitDecided():
            return replace(requirements, referred=others)
        case _:
            assert_never(event)


def is_permit(of: Met | Referral, kind: Word, number: Word) -> bool:
    return same_name(of.kind, kind) and alike(of.number, number)


def goods_of(event: RestrictionSatisfied | RestrictionSatisfactionWithdrawn) -> tuple[Met, ...]:
    kind, number, at = event.permit, event.number, event.met if isinstance(event, RestrictionSatisfied) else None
    return tuple(
        Met(act=event.act, layer=event.layer, kind=kind, number=number, code=code, at=at) for code in event.codes
    )


def unmet(
    restriction: Measure,
    requirements: Requirements,
    codes: tuple[GoodsCode, ...] | None = None,
    *,
    by: Instant | None = None,
) -> tuple[GoodsCode, ...]:
    """The goods that a restriction still keeps out, or did by then: of these codes or, without any, of all of its own.

    What is not known to be met since a certain time was met at any.
    """
    of_it = (each for each in requirements.met if each.act == restriction.act)
    met = {
        each.code
        for each in of_it
        if same_name(each.kind, restriction.requires) and (by is None or each.at is None or each.at <= by)
    }
    return tuple(code for code in (restriction.codes if codes is None else codes) if code not in met)
