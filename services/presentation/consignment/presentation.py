"""Showing the goods, unchanged and in whole packaging (Art. 37(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.papers import Location
from contracts.presentation import GoodsFindingsRecorded, GoodsFindingsWithdrawn, GoodsPresented
from contracts.values import CheckpointCode, ConsignmentId, Instant, KnownCheckpoint, Packages
from decider import Input, Matter, OpenPoint, all_changed, in_order, opens, replace, without
from law import Finding
from law.rule import Fact, Happened, rule
from presentation.checkpoint import shown_elsewhere
from presentation.consignment.checkpoint import of_all, settled_for
from presentation.consignment.upstream import Arrival, all_outside, crossed_by
from presentation.showing import still_to_be_shown, was_shown_before

Found: TypeAlias = GoodsFindingsRecorded | GoodsFindingsWithdrawn


@dataclass(frozen=True, kw_only=True)
class PresentGoods:
    """The carrier shows the goods to customs; how they were found is the officer's word (Art. 37(2)).

    `location` is where they lie.
    """

    consignment: ConsignmentId
    checkpoint: KnownCheckpoint
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    location: Location | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The goods as the officer found them."""

    checkpoint: CheckpointCode
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    shown: Instant | None = None
    known: Instant

    @property
    def fact(self) -> Fact:
        """That they were shown so."""
        return Happened(self.shown or self.known, self.known)


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """The goods as they were shown, None while they were not, and what is found of them."""

    shown: Shown | None = None
    findings: tuple[Finding, ...] = ()


def present(asked: Input[PresentGoods], arrival: Arrival, presentation: Presentation) -> list[GoodsPresented]:
    """Once: what is found later is no longer between crossing and presentation."""
    said, before = asked.content, presentation.shown
    if before and not was_shown_before(asked, before.shown):
        return []
    shown = Shown(
        checkpoint=said.checkpoint,
        packages_found=said.packages_found,
        packaging_breached=said.packaging_breached,
        condition_changed=said.condition_changed,
        shown=asked.occurred,
        known=asked.recorded,
    )
    found = findings(shown, arrival)
    return [
        GoodsPresented(
            consignment=said.consignment,
            checkpoint=shown.checkpoint,
            packages_found=shown.packages_found,
            packaging_breached=shown.packaging_breached,
            condition_changed=shown.condition_changed,
            location=said.location,
            shown=shown.shown,
            findings=found,
        )
    ]


def findings_follow(asked: Input[object], arrival: Arrival, presentation: Presentation) -> list[Found]:
    """What the findings are by all that is known, as far as the record says otherwise."""
    if presentation.shown is None:
        return []
    return all_changed(
        findings(presentation.shown, arrival),
        presentation.findings,
        begin=lambda new: GoodsFindingsRecorded(consignment=asked.id, findings=new),
        end=lambda gone: GoodsFindingsWithdrawn(consignment=asked.id, findings=gone),
    )


def findings(shown: Shown, arrival: Arrival) -> tuple[Finding, ...]:
    """By what had happened when they were shown; none of what is outside the chapter on arrival."""
    if all_outside(arrival.carriages, shown.shown):
        return ()
    crossed, fact = crossed_by(arrival.carriages, shown.shown), shown.fact
    stated = packages_in_all([each.packages for each in crossed])
    found = (
        other_packages_than_the_papers(fact, shown.packages_found, stated),
        breached_packaging(fact, shown.packaging_breached),
        changed_condition(fact, shown.condition_changed),
        shown_elsewhere(fact, shown.checkpoint, settled_for(crossed)),
    )
    return tuple(finding for finding in found if finding)


def packages_in_all(stated: list[Packages | None]) -> Packages | None:
    """Not known while any of the papers is silent."""
    known = [each for each in stated if each is not None]
    return sum(known) if known and len(known) == len(stated) else None


@rule()
def other_packages_than_the_papers(_: Fact, found: Packages | None, stated: Packages | None) -> Finding | None:
    """Art. 37(2) [P2]: between crossing and presentation nothing is added to the goods or taken from them.

    Measured by the papers as recorded at the crossing; where either number is not stated, nothing is concluded.
    """
    if found is None or stated is None or found == stated:
        return None
    return Finding(rule="P2", article="37(2)", facts=(("packages_found", str(found)), ("packages_stated", str(stated))))


@rule()
def breached_packaging(_: Fact, breached: bool) -> Finding | None:
    """Art. 37(2) [P2]: the packaging is not opened or damaged between crossing and presentation."""
    return Finding(rule="P2", article="37(2)", facts=(("packaging", "breached"),)) if breached else None


@rule()
def changed_condition(_: Fact, changed: bool) -> Finding | None:
    """Art. 37(2) [P2]: the goods are shown in the condition in which they crossed."""
    return Finding(rule="P2", article="37(2)", facts=(("condition", "changed"),)) if changed else None


def recorded(presentation: Presentation, event: GoodsPresented | Found, known: Instant) -> Presentation:
    match event:
        case GoodsPresented(findings=found):
            shown = Shown(
                checkpoint=event.checkpoint,
                packages_found=event.packages_found,
                packaging_breached=event.packaging_breached,
                condition_changed=event.condition_changed,
                shown=event.shown,
                known=known,
            )
            return Presentation(shown=shown, findings=in_order({*presentation.findings, *found}))
        case GoodsFindingsRecorded(findings=found):
            return replace(presentation, findings=in_order({*presentation.findings, *found}))
        case GoodsFindingsWithdrawn(findings=gone):
            return replace(presentation, findings=without(presentation.findings, gone))
        case _:
            assert_never(event)


@opens("PresentGoods")
def still_to_be_done(arrival: Arrival, presentation: Presentation) -> Iterator[OpenPoint]:
    found = of_all(crossed_by(arrival.carriages, None))
    yield from still_to_be_shown("PresentGoods", presentation.shown is not None, found)


MATTER = Matter(commands=(present,), folds=(recorded,), follows=(findings_follow,), open_points=(still_to_be_done,))
