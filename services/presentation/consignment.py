"""Goods that have to be brought to their checkpoint and shown, unchanged and in whole packaging."""

from dataclasses import dataclass
from typing import assert_never

from contracts.arrival import (
    Chapter8NotApplicable,
    ConsignmentAnnounced,
    ExemptionLost,
    GoodsArrived,
    GoodsCrossed,
    GoodsJourneyChanged,
)
from contracts.presentation import GoodsFindingsRecorded, GoodsFindingsWithdrawn, GoodsPresented
from contracts.replacing import replace
from contracts.values import ConsignmentId, Instant, KnownCheckpoint, Packages
from law import Finding, Input, OpenPoint
from presentation import carriage, parts, rules
from presentation.parts import Arrival, Consignment, Heard, Own, Shown


@dataclass(frozen=True, kw_only=True)
class PresentGoods:
    """The carrier shows the goods to customs; how they were found is the officer's word (Art. 37(2))."""

    consignment: ConsignmentId
    checkpoint: KnownCheckpoint
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False


HEARS: tuple[type, ...] = (
    ConsignmentAnnounced,
    GoodsJourneyChanged,
    GoodsCrossed,
    GoodsArrived,
    Chapter8NotApplicable,
    ExemptionLost,
)


INITIAL = Consignment()


def decide(given: Input[PresentGoods | Heard], consignment: Consignment) -> list[Own]:
    match given.content:
        case PresentGoods(consignment=id_) as command:
            before = consignment.own.shown
            if before and not rules.was_shown_before(given.occurred, before.shown):
                return []  # Shown once: what is found later is no longer between crossing and presentation.
            presented = shown_to_customs(given.occurred, command, consignment.arrival)
            return [presented, *late_findings(id_, evolve(consignment, presented))]
        case Chapter8NotApplicable() | ExemptionLost() as heard:
            return concluded(heard.consignment, consignment) if heard.consignment else []
        case ConsignmentAnnounced() | GoodsJourneyChanged() | GoodsCrossed() | GoodsArrived() as heard:
            return concluded(heard.consignment, consignment)
        case unknown:
            assert_never(unknown)


def shown_to_customs(occurred: Instant, command: PresentGoods, arrival: Arrival) -> GoodsPresented:
    shown = Shown(
        checkpoint=command.checkpoint,
        packages_found=command.packages_found,
        packaging_breached=command.packaging_breached,
        condition_changed=command.condition_changed,
        shown=occurred,
    )
    return GoodsPresented(consignment=command.consignment, **vars(shown), findings=findings(shown, arrival))


def concluded(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    """Where they are to be shown, and what the findings are, by all that is known."""
    found = carriage.checkpoint(consignment.arrival.carriages)
    determined = rules.checkpoint_is(found, consignment.own.determined, consignment=id_)
    return [*determined, *late_findings(id_, consignment)]


def late_findings(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    """What the findings are by all that is known, as far as the record says otherwise."""
    if consignment.own.shown is None:
        return []
    now, before = findings(consignment.own.shown, consignment.arrival), consignment.own.findings
    gone, new = rules.further(before, now), rules.further(now, before)
    found: list[Own] = [GoodsFindingsWithdrawn(consignment=id_, findings=gone)] if gone else []
    return [*found, GoodsFindingsRecorded(consignment=id_, findings=new)] if new else found


def findings(shown: Shown, arrival: Arrival) -> tuple[Finding, ...]:
    """By what had happened when they were shown; none of what is outside the chapter on arrival."""
    if carriage.all_outside(arrival.carriages, shown.shown):
        return ()
    crossed = carriage.crossed_by(arrival.carriages, shown.shown)
    found = (
        rules.packages_are_those_of_the_papers(
            shown.packages_found, rules.packages_in_all([each.packages for each in crossed])
        ),
        rules.packaging_is_whole(shown.packaging_breached),
        rules.condition_is_unchanged(shown.condition_changed),
        rules.shown_at_its_checkpoint(shown.checkpoint, carriage.settled_for(crossed)),
    )
    return tuple(finding for finding in found if finding)


def evolve(consignment: Consignment, event: Heard | Own) -> Consignment:
    match event:
        case ConsignmentAnnounced() | GoodsJourneyChanged() | GoodsCrossed() | GoodsArrived():
            return replace(consignment, arrival=parts.arrival_said(consignment.arrival, event))
        case Chapter8NotApplicable() | ExemptionLost():
            return replace(consignment, arrival=parts.arrival_said(consignment.arrival, event))
        case _:
            return replace(consignment, own=parts.presentation_recorded(consignment.own, event))


def open_points(consignment: Consignment) -> tuple[OpenPoint, ...]:
    crossed = carriage.crossed_by(consignment.arrival.carriages, None)
    return rules.still_to_be_shown("PresentGoods", consignment.own.shown is not None, carriage.checkpoint(crossed))
