"""Showing the goods, unchanged and in whole packaging (Art. 37(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.calls import unless_first
from contracts.names import MovementName, OfConsignment
from contracts.papers import Location
from contracts.presentation import (
    GoodsFindingsRecorded,
    GoodsFindingsWithdrawn,
    GoodsPresentationCorrected,
    GoodsPresentationWithdrawn,
    GoodsPresented,
    PartsStillToBePresented,
    ToBeShown,
)
from contracts.seals import SealNumbers
from contracts.statements import first, put_right_by, said_for, taken_back_by
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import CallNumber, Instant, KnownCheckpoint, Mode, Packages, Text
from decider import Input, Matter, OpenPoint, Stream, all_changed, in_order, opens, replace, without
from law import Finding
from presentation.consignment.container_seals import seals_compared
from presentation.consignment.examination import Examinations
from presentation.consignment.found import as_found, found_by_looking, looks_of
from presentation.consignment.packages import packages_compared
from presentation.consignment.parts import parts_of, to_be_shown
from presentation.consignment.showings import (
    Shown,
    but_for,
    meant,
    of_vehicle,
    that_count,
    with_one_struck,
    with_shown,
)
from presentation.consignment.shown import of_one
from presentation.consignment.upstream import Arrival, as_named
from presentation.showing import still_to_be_shown

Found: TypeAlias = GoodsFindingsRecorded | GoodsFindingsWithdrawn
Said: TypeAlias = GoodsPresented | GoodsPresentationCorrected | GoodsPresentationWithdrawn | PartsStillToBePresented


@dataclass(frozen=True, kw_only=True)
class PresentGoods(OfConsignment):
    """The carrier shows the goods, or a part, to customs (Art. 37(2)).

    How they were found is the officer's word: from a carrier it is kept and certifies nothing, and nothing follows.

    `movement` is the vehicle that brought what is shown, `call` which of its calls there unloaded it; where they are
    left out, it is what had come to be shown there.
    `location` is where they lie; `container_seals_intact` are seals of their containers, however spelt, and say nothing
    where they are left out. `mode` tells places of one name apart, and is no part of what is stated.
    """

    checkpoint: KnownCheckpoint
    movement: MovementName | None = None
    mode: Mode | None = None
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    location: Location | None = None
    container_seals_intact: SealNumbers | None = None
    call: CallNumber | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectGoodsPresentation(OfConsignment):
    """What was stated of how the goods were shown was wrong; `shown`, where it was at another time.

    `movement` is the vehicle that it was stated of; where it was stated of none, that which brought them.
    """

    corrects: Instant
    checkpoint: KnownCheckpoint
    movement: MovementName | None = None
    mode: Mode | None = None
    packages_found: Packages | None = None
    packaging_breached: bool = False
    condition_changed: bool = False
    location: Location | None = None
    container_seals_intact: SealNumbers | None = None
    call: CallNumber | None = None
    shown: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsPresentation(OfConsignment):
    """The goods were not shown, or not those of this vehicle."""

    withdraws: Instant
    movement: MovementName | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """How the goods were shown, each time that was stated, what is found of them, and what is still to be shown.

    Of each part as it was shown first; `waiting` are the places of those that came in and were not, of goods of which
    others were.
    """

    showings: tuple[Shown, ...] = ()
    findings: tuple[Finding, ...] = ()
    waiting: tuple[ToBeShown, ...] = ()

    @property
    def shown(self) -> Shown | None:
        """The first showing, None while there is none."""
        return first(self.showings)


SHOWING = Amendable(
    article="37(2)", rule="P1", states=PresentGoods, amends=(CorrectGoodsPresentation, WithdrawGoodsPresentation)
)


def present(
    asked: Input[PresentGoods], arrival: Arrival, presentation: Presentation, examinations: Examinations
) -> list[GoodsPresented | StatementDiffers]:
    """Shown at another time it is another showing: of which part it is may come on record later."""
    said = asked.content
    shown = replace(shown_as(said, asked.occurred, asked.recorded), by=stater(asked.subject))

    def event() -> GoodsPresented:
        now = findings(with_shown(presentation.showings, shown), arrival, examinations)
        return GoodsPresented(
            consignment=said.consignment,
            checkpoint=shown.checkpoint,
            movement=shown.movement,
            packages_found=shown.packages_found,
            packaging_breached=shown.packaging_breached,
            condition_changed=shown.condition_changed,
            location=said.location,
            container_seals_intact=shown.container_seals_intact,
            call=shown.call,
            shown=shown.at,
            findings=without(now, presentation.findings),
            stated_by=stater(asked.subject),
        )

    stands = said_for(of_vehicle(presentation.showings, shown.movement), shown.at)
    return stated(asked, shown, stands, SHOWING, event)


def put_right(
    asked: Input[CorrectGoodsPresentation], presentation: Presentation
) -> list[GoodsPresentationCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.shown or asked.content.corrects
    shown = shown_as(said, at, asked.recorded)
    stands = put_right_by(meant(presentation.showings, said.movement, said.corrects), shown, said.corrects)
    if stands and shown.movement is None:
        shown = replace(shown, movement=stands.movement)
    event = GoodsPresentationCorrected(
        consignment=said.consignment,
        checkpoint=said.checkpoint,
        movement=shown.movement,
        packages_found=said.packages_found,
        packaging_breached=said.packaging_breached,
        condition_changed=said.condition_changed,
        location=said.location,
        container_seals_intact=shown.container_seals_intact,
        call=shown.call,
        shown=at,
        corrects=said.corrects,
        stated_of=stands and stands.movement,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    return corrected(asked, shown, stands, said.corrects, SHOWING, lambda: event)


def taken_back(
    asked: Input[WithdrawGoodsPresentation], presentation: Presentation
) -> list[GoodsPresentationWithdrawn | StatementDiffers]:
    said = asked.content
    stands = taken_back_by(meant(presentation.showings, said.movement, said.withdraws), said.withdraws)
    event = GoodsPresentationWithdrawn(
        consignment=said.consignment,
        withdraws=said.withdraws,
        stated_of=stands and stands.movement,
        reason=said.reason,
    )
    return withdrawn(asked, stands, said.withdraws, SHOWING, lambda: event)


def shown_as(
    said: PresentGoods | CorrectGoodsPresentation | GoodsPresented | GoodsPresentationCorrected,
    at: Instant | None,
    known: Instant,
) -> Shown:
    intact = said.container_seals_intact
    return Shown(
        checkpoint=said.checkpoint,
        movement=said.movement,
        packages_found=said.packages_found,
        packaging_breached=said.packaging_breached,
        condition_changed=said.condition_changed,
        location=said.location,
        container_seals_intact=intact and tuple(sorted({*intact})),
        call=said.call,
        at=at,
        known=known,
    )


def findings_follow(
    asked: Stream, arrival: Arrival, presentation: Presentation, examinations: Examinations
) -> list[Found]:
    """What the findings are by all that is known, as far as the record says otherwise."""
    return all_changed(
        findings(presentation.showings, arrival, examinations),
        presentation.findings,
        begin=lambda new: GoodsFindingsRecorded(consignment=asked.id, findings=new),
        end=lambda gone: GoodsFindingsWithdrawn(consignment=asked.id, findings=gone),
    )


def findings(stated: tuple[Shown, ...], arrival: Arrival, examinations: Examinations) -> tuple[Finding, ...]:
    """Of each part as it was shown first, by what had happened by then; none of what is outside the chapter.

    And what an officer found who looked.
    """
    parts, looks = parts_of(arrival.carriages), looks_of(examinations, arrival)
    showings = tuple(as_found(each, looks, parts) for each in as_named(stated, arrival))
    counted = that_count(showings, parts)
    looked = found_by_looking(looks, arrival, counted, parts)
    earliest = first(showings)
    if earliest is None:
        return looked
    judged = dict.fromkeys(counted.values()) or (earliest,)
    of_each = (each for shown in judged for each in of_one(shown, arrival))
    compared = packages_compared(counted, parts, arrival.carriages)
    sealed = seals_compared(counted, parts, arrival.carriages, looks)
    return tuple(dict.fromkeys((*compared, *sealed, *of_each, *looked)))


def recorded(presentation: Presentation, event: Said | Found, known: Instant) -> Presentation:
    showings, found = presentation.showings, presentation.findings
    match event:
        case GoodsPresented(findings=new):
            more = with_shown(showings, shown_by(event, known))
            return replace(presentation, showings=more, findings=in_order({*found, *new}))
        case GoodsPresentationCorrected(corrects=corrects, stated_of=vehicle):
            others = but_for(showings, vehicle, corrects)
            return replace(presentation, showings=with_shown(others, shown_by(event, known)))
        case GoodsPresentationWithdrawn(withdraws=withdraws, stated_of=vehicle):
            return replace(presentation, showings=with_one_struck(showings, vehicle, withdraws))
        case GoodsFindingsRecorded(findings=new):
            return replace(presentation, findings=in_order({*found, *new}))
        case GoodsFindingsWithdrawn(findings=gone):
            return replace(presentation, findings=without(found, gone))
        case PartsStillToBePresented(parts=parts):
            return replace(presentation, waiting=parts)
        case _:
            assert_never(event)


def shown_by(event: GoodsPresented | GoodsPresentationCorrected, known: Instant) -> Shown:
    return replace(shown_as(event, event.shown, known), by=event.stated_by)


def parts_follow(asked: Stream, arrival: Arrival, presentation: Presentation) -> list[PartsStillToBePresented]:
    """Said where a part was shown and others were not: of goods in one part, that they were shown says it."""
    parts = parts_of(arrival.carriages) if presentation.shown else ()
    counted = that_count(as_named(presentation.showings, arrival), parts)
    left = (to_be_shown(part) for part in parts if part not in counted)
    now = tuple(each for each in left if each) if counted else ()
    return [] if now == presentation.waiting else [PartsStillToBePresented(consignment=asked.id, parts=now)]


@opens("PresentGoods")
def still_to_be_done(arrival: Arrival, presentation: Presentation) -> Iterator[OpenPoint]:
    parts = parts_of(arrival.carriages)
    counted = that_count(as_named(presentation.showings, arrival), parts)
    several = len({part.movement for part in parts}) > 1
    for part in parts:
        vehicle = part.movement if several else None
        call = unless_first(part.call)
        yield from still_to_be_shown("PresentGoods", part in counted, part.place, part.due, vehicle, call)


MATTER = Matter(
    commands=(present, put_right, taken_back),
    folds=(recorded,),
    follows=(findings_follow, parts_follow),
    open_points=(still_to_be_done,),
)
