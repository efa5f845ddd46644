"""Goods that have to be brought to their checkpoint and shown, unchanged and in whole packaging."""

from dataclasses import asdict, dataclass, replace
from typing import assert_never

from contracts.arrival import ConsignmentAnnounced, GoodsCrossed
from contracts.presentation import (
    CheckpointDetermined,
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    GoodsPresented,
)
from contracts.values import ConsignmentId, Instant, KnownCheckpoint, Packages
from law import Finding, Input, OpenPoint
from presentation import parts, rules
from presentation.parts import Arrival, Consignment, Heard, Own, Shown


@dataclass(frozen=True, kw_only=True)
class PresentGoods:
    """The carrier shows the goods to customs; how they were found is the officer's word (Art. 37(2))."""

    consignment: ConsignmentId
    checkpoint: KnownCheckpoint
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False


HEARS: tuple[type, ...] = (ConsignmentAnnounced, GoodsCrossed)


INITIAL = Consignment()


def decide(given: Input[PresentGoods | Heard], consignment: Consignment) -> list[Own]:
    match given.content:
        case PresentGoods(consignment=id_) as command:
            shown = consignment.own.shown
            if shown and not rules.was_shown_before(given.occurred, shown.shown):
                return []  # Shown once: what is found later is no longer between crossing and presentation.
            presented = shown_to_customs(given.occurred, command, consignment.arrival)
            return [presented, *late_findings(id_, evolve(consignment, presented))]
        case ConsignmentAnnounced(consignment=id_) | GoodsCrossed(consignment=id_):
            return [*checkpoint_determined(id_, consignment), *late_findings(id_, consignment)]
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
    return GoodsPresented(consignment=command.consignment, **asdict(shown), findings=findings(shown, arrival))


def checkpoint_determined(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    arrival = consignment.arrival
    found = rules.first_checkpoint_along_the_line(arrival.planned, rules.first_place(arrival.crossings))
    if found is None or found[0] == consignment.own.determined:
        return []
    return [CheckpointDetermined(consignment=id_, checkpoint=found[0], basis=found[1])]


def late_findings(id_: ConsignmentId, consignment: Consignment) -> list[Own]:
    """What the findings are by all that is known, as far as the record says otherwise."""
    if consignment.own.shown is None:
        return []
    now, before = findings(consignment.own.shown, consignment.arrival), consignment.own.findings
    gone, new = rules.further(before, now), rules.further(now, before)
    found: list[Own] = [GoodsFindingsWithdrawn(consignment=id_, findings=gone)] if gone else []
    return [*found, GoodsFindingsRecorded(consignment=id_, findings=new)] if new else found


def findings(shown: Shown, arrival: Arrival) -> tuple[Finding, ...]:
    before = tuple(each for each in arrival.crossings if rules.came_before(each.crossed, shown.shown))
    found = (
        rules.packages_are_those_of_the_papers(shown.packages_found, rules.packages_in_all(before)),
        rules.packaging_is_whole(shown.packaging_breached),
        rules.condition_is_unchanged(shown.condition_changed),
        rules.shown_at_its_checkpoint(shown.checkpoint, rules.first_place(before)),
    )
    return tuple(finding for finding in found if finding)


def evolve(consignment: Consignment, event: Heard | Own) -> Consignment:
    match event:
        case ConsignmentAnnounced() | GoodsCrossed():
            return replace(consignment, arrival=parts.arrival_said(consignment.arrival, event))
        case _:
            return replace(consignment, own=parts.presentation_recorded(consignment.own, event))


def open_points(consignment: Consignment) -> tuple[OpenPoint, ...]:
    place = rules.first_place(consignment.arrival.crossings)
    return rules.still_to_be_shown("PresentGoods", consignment.own.shown is not None, place)
