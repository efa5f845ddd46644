"""Showing the goods, unchanged and in whole packaging (Art. 37(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.names import OfConsignment
from contracts.papers import Location
from contracts.presentation import (
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    GoodsPresentationCorrected,
    GoodsPresentationWithdrawn,
    GoodsPresented,
)
from contracts.seals import SealNumbers
from contracts.spelling import folded
from contracts.statements import first, put_right_by, taken_back_by, with_said, with_struck
from contracts.stating import Amendable, StatementDiffers, Stater, corrected, stater, withdrawn
from contracts.values import CheckpointCode, Instant, KnownCheckpoint, Mode, Number, Packages, Text
from decider import Input, Matter, OpenPoint, all_changed, in_order, opens, replace, without
from law import Finding
from law.rule import Fact, Happened, rule
from presentation.checkpoint import shown_elsewhere
from presentation.consignment.checkpoint import of_all, settled_for
from presentation.consignment.container_seals import broken_seals_of_containers
from presentation.consignment.upstream import Arrival, all_outside, container_seals, crossed_by
from presentation.showing import shown_once, still_to_be_shown

Found: TypeAlias = GoodsFindingsRecorded | GoodsFindingsWithdrawn
Said: TypeAlias = GoodsPresented | GoodsPresentationCorrected | GoodsPresentationWithdrawn


@dataclass(frozen=True, kw_only=True)
class PresentGoods(OfConsignment):
    """The carrier shows the goods to customs; how they were found is the officer's word (Art. 37(2)).

    `location` is where they lie; `container_seals_intact` are seals of their containers, however spelt, and say nothing
    where they are left out. `mode` tells places of one name apart, and is no part of what is stated.
    """

    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    location: Location | None = None
    container_seals_intact: SealNumbers | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectGoodsPresentation(OfConsignment):
    """What was stated of how the goods were shown was wrong; `shown`, where it was at another time."""

    corrects: Instant
    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    location: Location | None = None
    container_seals_intact: SealNumbers | None = None
    shown: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsPresentation(OfConsignment):
    """The goods were not shown."""

    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The goods as the officer found them; `known` is when that was recorded."""

    checkpoint: CheckpointCode
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    location: Location | None = None
    container_seals_intact: tuple[Number, ...] | None = None
    at: Instant | None = None
    known: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def fact(self) -> Fact:
        """That they were shown so."""
        return Happened(self.at or self.known, self.known)

    @property
    def spelt(self) -> "Shown":
        """As it is compared."""
        intact = self.container_seals_intact
        return replace(self, container_seals_intact=intact and tuple(sorted({folded(each) for each in intact})))


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """How the goods were shown, each time that was stated, and what is found of them as they were shown first."""

    showings: tuple[Shown, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def shown(self) -> Shown | None:
        """The showing that counts, None while there is none."""
        return first(self.showings)


SHOWING = Amendable(
    article="37(2)", rule="P1", states=PresentGoods, amends=(CorrectGoodsPresentation, WithdrawGoodsPresentation)
)


def present(
    asked: Input[PresentGoods], arrival: Arrival, presentation: Presentation
) -> list[GoodsPresented | StatementDiffers]:
    said = asked.content
    shown = shown_as(said, asked.occurred, asked.recorded)

    def event() -> GoodsPresented:
        return GoodsPresented(
            consignment=said.consignment,
            checkpoint=shown.checkpoint,
            packages_found=shown.packages_found,
            packaging_breached=shown.packaging_breached,
            condition_changed=shown.condition_changed,
            location=said.location,
            container_seals_intact=shown.container_seals_intact,
            shown=shown.at,
            findings=findings(shown, arrival),
            stated_by=stater(asked.subject),
        )

    return shown_once(asked, shown, presentation.showings, SHOWING, event)


def put_right(
    asked: Input[CorrectGoodsPresentation], presentation: Presentation
) -> list[GoodsPresentationCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.shown or asked.content.corrects
    shown = shown_as(said, at, asked.recorded)
    event = GoodsPresentationCorrected(
        consignment=said.consignment,
        checkpoint=said.checkpoint,
        packages_found=said.packages_found,
        packaging_breached=said.packaging_breached,
        condition_changed=said.condition_changed,
        location=said.location,
        container_seals_intact=shown.container_seals_intact,
        shown=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = put_right_by(presentation.showings, shown, said.corrects)
    return corrected(asked, shown, stands, said.corrects, SHOWING, lambda: event)


def taken_back(
    asked: Input[WithdrawGoodsPresentation], presentation: Presentation
) -> list[GoodsPresentationWithdrawn | StatementDiffers]:
    said = asked.content
    event = GoodsPresentationWithdrawn(consignment=said.consignment, withdraws=said.withdraws, reason=said.reason)
    stands = taken_back_by(presentation.showings, said.withdraws)
    return withdrawn(asked, stands, said.withdraws, SHOWING, lambda: event)


def shown_as(
    said: PresentGoods | CorrectGoodsPresentation | GoodsPresented | GoodsPresentationCorrected,
    at: Instant | None,
    known: Instant,
) -> Shown:
    intact = said.container_seals_intact
    return Shown(
        checkpoint=said.checkpoint,
        packages_found=said.packages_found,
        packaging_breached=said.packaging_breached,
        condition_changed=said.condition_changed,
        location=said.location,
        container_seals_intact=intact and tuple(sorted({*intact})),
        at=at,
        known=known,
    )


def findings_follow(asked: Input[object], arrival: Arrival, presentation: Presentation) -> list[Found]:
    """What the findings are by all that is known, as far as the record says otherwise."""
    return all_changed(
        findings(presentation.shown, arrival) if presentation.shown else (),
        presentation.findings,
        begin=lambda new: GoodsFindingsRecorded(consignment=asked.id, findings=new),
        end=lambda gone: GoodsFindingsWithdrawn(consignment=asked.id, findings=gone),
    )


def findings(shown: Shown, arrival: Arrival) -> tuple[Finding, ...]:
    """By what had happened when they were shown; none of what is outside the chapter on arrival."""
    if all_outside(arrival.carriages, shown.at):
        return ()
    crossed, fact = crossed_by(arrival.carriages, shown.at), shown.fact
    stated = packages_in_all([each.packages for each in crossed])
    found = (
        other_packages_than_the_papers(fact, shown.packages_found, stated),
        breached_packaging(fact, shown.packaging_breached),
        changed_condition(fact, shown.condition_changed),
        broken_seals_of_containers(fact, container_seals(crossed), shown.container_seals_intact),
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


def recorded(presentation: Presentation, event: Said | Found, known: Instant) -> Presentation:
    showings, found = presentation.showings, presentation.findings
    match event:
        case GoodsPresented(findings=new):
            return Presentation(showings=with_said(showings, shown_by(event, known)), findings=in_order({*found, *new}))
        case GoodsPresentationCorrected(corrects=corrects):
            return replace(presentation, showings=with_said(showings, shown_by(event, known), corrects))
        case GoodsPresentationWithdrawn(withdraws=withdraws):
            return replace(presentation, showings=with_struck(showings, withdraws))
        case GoodsFindingsRecorded(findings=new):
            return replace(presentation, findings=in_order({*found, *new}))
        case GoodsFindingsWithdrawn(findings=gone):
            return replace(presentation, findings=without(found, gone))
        case _:
            assert_never(event)


def shown_by(event: GoodsPresented | GoodsPresentationCorrected, known: Instant) -> Shown:
    return replace(shown_as(event, event.shown, known), by=event.stated_by)


@opens("PresentGoods")
def still_to_be_done(arrival: Arrival, presentation: Presentation) -> Iterator[OpenPoint]:
    found = of_all(crossed_by(arrival.carriages, None))
    yield from still_to_be_shown("PresentGoods", presentation.shown is not None, found)


MATTER = Matter(
    commands=(present, put_right, taken_back),
    folds=(recorded,),
    follows=(findings_follow,),
    open_points=(still_to_be_done,),
)
