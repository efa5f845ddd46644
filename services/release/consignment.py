"""Goods that wait to be released: whether they may go, under which regime, and when customs is done with them."""

from dataclasses import dataclass, replace
from functools import reduce
from typing import TypeAlias

from contracts.arrival import GoodsCrossed
from contracts.clearance import (
    DeclarationAccepted,
    ImmediateExportDone,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    PaymentAssessed,
    PaymentReceived,
    ReadyForRelease,
)
from contracts.presentation import CheckpointDetermined
from contracts.release import RegimeEnded, ReleaseRefused
from contracts.values import ConsignmentId, Instant, Regime
from law import Input, OpenPoint
from release import parts, rules
from release.parts import Consignment, Own, Told


@dataclass(frozen=True, kw_only=True)
class ReleaseGoods:
    """The officer releases goods under a regime; whether it runs for a term is the officer's word (Art. 5(1)(20))."""

    consignment: ConsignmentId
    regime: Regime
    runs_for_a_term: bool = False


@dataclass(frozen=True, kw_only=True)
class EndRegime:
    """The officer states that a regime that ran for a term has ended (Art. 29(2))."""

    consignment: ConsignmentId


Command: TypeAlias = ReleaseGoods | EndRegime
Heard: TypeAlias = GoodsCrossed | CheckpointDetermined | Told
HEARS: tuple[type, ...] = (
    GoodsCrossed,
    CheckpointDetermined,
    DeclarationAccepted,
    ImportProhibited,
    ImportProhibitionWithdrawn,
    ImmediateExportDone,
    PaymentAssessed,
    PaymentReceived,
    ReadyForRelease,
)

INITIAL = Consignment()


def decide(given: Input[Command | Heard], consignment: Consignment) -> list[Own]:
    own, found = consignment.own, list[Own]()
    match given.content:
        case ReleaseGoods() as asked:
            # Released once: to place goods under another regime afterwards is another act.
            found = [] if own.released else release(asked, given.occurred, consignment)
        case EndRegime(consignment=id_):
            # A fact: recorded also where the release is recorded only later.
            new = rules.end_is_new(given.occurred, own)
            found = [RegimeEnded(consignment=id_, ended=given.occurred)] if new else []
        case CheckpointDetermined():
            return []  # It tells where, and nothing follows from that.
        case _:
            pass  # Heard: what follows from it is concluded below.
    return [*found, *concluded(given.content.consignment, reduce(evolve, found, consignment))]


def release(asked: ReleaseGoods, occurred: Instant, consignment: Consignment) -> list[Own]:
    """By the grounds on record when it is asked for, also where the release is said to have been given before."""
    grounds = rules.grounds_to_refuse(consignment.clearance.prohibitions)
    if grounds:
        return [ReleaseRefused(consignment=asked.consignment, regime=asked.regime, grounds=grounds)]
    findings = rules.findings(asked.regime, occurred, consignment)
    return [rules.goods_may_go(asked.consignment, asked.regime, asked.runs_for_a_term, occurred, findings)]


def concluded(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    """What follows from all that is known, asked at every input and recorded once, whatever came first."""
    found: list[Own] = []
    for follows in CONCLUSIONS:
        found += follows(id_, reduce(evolve, found, consignment))
    return found


CONCLUSIONS = (rules.late_findings, rules.late_grounds, rules.completion)


def evolve(consignment: Consignment, event: Heard | Own) -> Consignment:
    match event:
        case GoodsCrossed():
            return replace(consignment, arrival=parts.arrival_said(consignment.arrival, event))
        case CheckpointDetermined(checkpoint=checkpoint):
            return replace(consignment, presentation=parts.Presentation(checkpoint=checkpoint))
        case (
            DeclarationAccepted()
            | ImportProhibited()
            | ImportProhibitionWithdrawn()
            | ImmediateExportDone()
            | PaymentAssessed()
            | PaymentReceived()
            | ReadyForRelease()
        ):
            return replace(consignment, clearance=parts.clearance_said(consignment.clearance, event))
        case _:
            return replace(consignment, own=parts.release_recorded(consignment.own, event))


def open_points(consignment: Consignment) -> tuple[OpenPoint, ...]:
    own, clearance, place = consignment.own, consignment.clearance, consignment.presentation.checkpoint
    if not own.released:
        asked = clearance.ready and not clearance.prohibitions
        return (OpenPoint(act="ReleaseGoods", who="officer", article="5(1)(20)", place=place),) if asked else ()
    points: list[OpenPoint] = []
    if own.grounds_after and not clearance.exported:
        points.append(OpenPoint(act="GroundAfterRelease", who="officer", article="7(1)", place=place))
    if not rules.regime_has_run(own):
        points.append(OpenPoint(act="EndRegime", who="officer", article="29(2)", place=place))
    return tuple(points)
