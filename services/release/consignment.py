"""Goods that wait to be released: whether they may go, under which regime, and when customs is done with them."""

from dataclasses import dataclass
from functools import reduce
from typing import TypeAlias

from contracts.arrival import GoodsCrossed
from contracts.presentation import CheckpointDetermined, CheckpointWithdrawn
from contracts.release import (
    ClearanceCompleted,
    ClearanceCompletionWithdrawn,
    GoodsReleased,
    GroundAfterRelease,
    GroundAfterReleaseWithdrawn,
    RegimeEnded,
    ReleaseFindingsRecorded,
    ReleaseFindingsWithdrawn,
    ReleaseRefused,
    ReleaseWithheld,
    UseBlocked,
)
from contracts.replacing import replace
from contracts.values import ConsignmentId, Instant, ItemNumbers, Regime, Use
from law import Input, OpenPoint
from release import grounds, heard, items, parts, points, recorded, rules
from release.parts import Consignment, Part
from release.recorded import Own


@dataclass(frozen=True, kw_only=True)
class ReleaseGoods:
    """The officer releases goods under a regime; whether it runs for a term is the officer's word (Art. 5(1)(20)).

    Without `items` all that is not released yet.
    """

    consignment: ConsignmentId
    items: ItemNumbers = ()
    regime: Regime
    runs_for_a_term: bool = False


@dataclass(frozen=True, kw_only=True)
class EndRegime:
    """The officer states that a regime that ran for a term has ended (Art. 29(2)); without `items` for all of them."""

    consignment: ConsignmentId
    items: ItemNumbers = ()


@dataclass(frozen=True, kw_only=True)
class ReportUse:
    """The holder, or an officer, states that goods are to be used, disposed of or moved (Art. 36).

    `under_the_regime`: as the regime for a term, under which they were released, itself allows.
    """

    consignment: ConsignmentId
    items: ItemNumbers = ()
    use: Use
    under_the_regime: bool = False


Command: TypeAlias = ReleaseGoods | EndRegime | ReportUse
Heard: TypeAlias = GoodsCrossed | CheckpointDetermined | CheckpointWithdrawn | heard.Heard
HEARS: tuple[type, ...] = (GoodsCrossed, CheckpointDetermined, CheckpointWithdrawn, *heard.HEARS)

INITIAL = Consignment()


def decide(given: Input[Command | Heard], consignment: Consignment) -> list[Own]:
    found: list[Own] = []
    match given.content:
        case ReleaseGoods() as asked:
            found = release(asked, given.occurred, consignment)
        case EndRegime(consignment=id_, items=of):
            # A fact: recorded also where the release is recorded only later.
            new = rules.end_is_new(of, given.occurred, consignment)
            found = [RegimeEnded(consignment=id_, items=of, ended=given.occurred)] if new else []
        case ReportUse() as reported:
            found = use(reported, given.occurred, consignment)
        case CheckpointDetermined() | CheckpointWithdrawn():
            return []  # It tells where, and nothing follows from that.
        case _:
            pass  # Heard: what follows from it is concluded below.
    return [*found, *concluded(given.content.consignment, reduce(evolve, found, consignment))]


def release(asked: ReleaseGoods, occurred: Instant, consignment: Consignment) -> list[Own]:
    """By the grounds on record when it is asked for, also where the release is said to have been given before.

    What has been released is not released again: to place goods under another regime afterwards is another act.
    """
    of = items.still_to_release(asked.items, consignment)
    if of is None:
        return []
    part = Part(items=of, regime=asked.regime, runs_for_a_term=asked.runs_for_a_term, released=occurred)
    against = grounds.grounds(of, consignment.clearance)
    if against:
        return [grounds.no_release(asked.consignment, part, against, consignment.clearance)]
    return [rules.goods_may_go(asked.consignment, part, rules.findings(part, consignment))]


def use(reported: ReportUse, occurred: Instant, consignment: Consignment) -> list[Own]:
    id_, of = reported.consignment, reported.items
    against = grounds.clearance_comes_before_use(reported.use, of, reported.under_the_regime, consignment)
    if against is None:
        return []
    return [UseBlocked(consignment=id_, items=of, use=reported.use, reported=occurred, grounds=(against,))]


def concluded(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    """What follows from all that is known, asked at every input and recorded once, whatever came first."""
    found: list[Own] = []
    for follows in CONCLUSIONS:
        found += follows(id_, reduce(evolve, found, consignment))
    return found


CONCLUSIONS = (rules.late_findings, grounds.late_grounds, rules.completion)


def evolve(consignment: Consignment, event: Heard | Own) -> Consignment:
    match event:
        case GoodsCrossed():
            return replace(consignment, arrival=parts.arrival_said(consignment.arrival, event))
        case CheckpointDetermined() | CheckpointWithdrawn():
            return replace(consignment, presentation=parts.presentation_said(event))
        case (
            GoodsReleased()
            | ReleaseRefused()
            | ReleaseWithheld()
            | UseBlocked()
            | ReleaseFindingsRecorded()
            | ReleaseFindingsWithdrawn()
            | GroundAfterRelease()
            | GroundAfterReleaseWithdrawn()
            | RegimeEnded()
            | ClearanceCompleted()
            | ClearanceCompletionWithdrawn()
        ):
            return replace(consignment, own=recorded.release_recorded(consignment.own, event))
        case _:
            return replace(consignment, clearance=heard.clearance_said(consignment.clearance, event))


def open_points(consignment: Consignment) -> tuple[OpenPoint, ...]:
    return points.open_points(consignment)
