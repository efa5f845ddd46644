"""Showing the vehicle, with its seals as they were (Art. 37(2))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.names import OfMovement
from contracts.presentation import (
    VehicleFindingsRecorded,
    VehicleFindingsWithdrawn,
    VehiclePresentationCorrected,
    VehiclePresentationWithdrawn,
    VehiclePresented,
)
from contracts.seals import Seal, SealNumbers, Seals, in_one_spelling, missing
from contracts.seals import in_order as sorted_once
from contracts.spelling import folded
from contracts.statements import first, put_right_by, standing, taken_back_by, with_said, with_struck
from contracts.stating import Amendable, StatementDiffers, Stater, corrected, stater, withdrawn
from contracts.values import CheckpointCode, Instant, KnownCheckpoint, Mode, Number, Text
from decider import Input, Matter, OpenPoint, Stream, all_changed, in_order, opens, replace, without
from law import Finding
from law.rule import Fact, Happened, rule
from presentation.checkpoint import settled, shown_elsewhere
from presentation.examining import excused_when_shown, is_the_carriers, when_shown
from presentation.movement.determination import Decisions, checkpoint_of
from presentation.movement.examination import Examinations, found_of_seals
from presentation.movement.upstream import Arrival
from presentation.showing import shown_once, still_to_be_shown
from presentation.way import by

Found: TypeAlias = VehicleFindingsRecorded | VehicleFindingsWithdrawn
Said: TypeAlias = VehiclePresented | VehiclePresentationCorrected | VehiclePresentationWithdrawn


@dataclass(frozen=True, kw_only=True)
class PresentVehicle(OfMovement):
    """The carrier shows the vehicle to customs (Art. 37(2)).

    Which seals are intact is the officer's word: from a carrier it is kept and certifies nothing, and where it is left
    out nobody looked. By their numbers, however spelt; `seals_put_on` are new ones. `mode` tells places of one name
    apart, and is
    no part of what is stated.
    """

    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    seals_found_intact: SealNumbers | None = None
    seals_put_on: Seals = ()


@dataclass(frozen=True, kw_only=True)
class CorrectVehiclePresentation(OfMovement):
    """What was stated of how the vehicle was shown was wrong; `shown`, where it was at another time."""

    corrects: Instant
    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    seals_found_intact: SealNumbers | None = None
    seals_put_on: Seals = ()
    shown: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawVehiclePresentation(OfMovement):
    """The vehicle was not shown."""

    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Shown:
    """The vehicle as the officer found it; `known` is when that was recorded."""

    checkpoint: CheckpointCode
    seals_found_intact: tuple[Number, ...] | None = None
    seals_put_on: tuple[Seal, ...] = ()
    at: Instant | None = None
    known: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def fact(self) -> Fact:
        """That it was shown so."""
        return Happened(self.at or self.known, self.known)

    @property
    def spelt(self) -> "Shown":
        """As it is compared."""
        intact = self.seals_found_intact
        spelt = intact and tuple(sorted({folded(each) for each in intact}))
        return replace(self, seals_found_intact=spelt, seals_put_on=in_one_spelling(self.seals_put_on))


@dataclass(frozen=True, kw_only=True)
class Presentation:
    """How the vehicle was shown, each time that was stated, and what is found of it as it was shown first."""

    showings: tuple[Shown, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def shown(self) -> Shown | None:
        """The showing that counts, None while there is none."""
        return first(self.showings)


SHOWING = Amendable(
    article="37(2)",
    rule="P1",
    states=PresentVehicle,
    amends=(CorrectVehiclePresentation, WithdrawVehiclePresentation),
)


def present(
    asked: Input[PresentVehicle],
    arrival: Arrival,
    decisions: Decisions,
    presentation: Presentation,
    examinations: Examinations,
) -> list[VehiclePresented | StatementDiffers]:
    said = asked.content
    shown = replace(shown_as(said, asked.occurred, asked.recorded), by=stater(asked.subject))

    def event() -> VehiclePresented:
        return VehiclePresented(
            movement=said.movement,
            checkpoint=shown.checkpoint,
            seals_found_intact=shown.seals_found_intact,
            seals_put_on=shown.seals_put_on,
            shown=shown.at,
            findings=findings(shown, arrival, decisions, examinations),
            stated_by=stater(asked.subject),
        )

    return shown_once(asked, shown, presentation.showings, SHOWING, event)


def put_right(
    asked: Input[CorrectVehiclePresentation], presentation: Presentation
) -> list[VehiclePresentationCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.shown or asked.content.corrects
    shown = shown_as(said, at, asked.recorded)
    event = VehiclePresentationCorrected(
        movement=said.movement,
        checkpoint=said.checkpoint,
        seals_found_intact=shown.seals_found_intact,
        seals_put_on=shown.seals_put_on,
        shown=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = put_right_by(presentation.showings, shown, said.corrects)
    return corrected(asked, shown, stands, said.corrects, SHOWING, lambda: event)


def taken_back(
    asked: Input[WithdrawVehiclePresentation], presentation: Presentation
) -> list[VehiclePresentationWithdrawn | StatementDiffers]:
    said = asked.content
    event = VehiclePresentationWithdrawn(movement=said.movement, withdraws=said.withdraws, reason=said.reason)
    stands = taken_back_by(presentation.showings, said.withdraws)
    return withdrawn(asked, stands, said.withdraws, SHOWING, lambda: event)


def shown_as(
    said: PresentVehicle | CorrectVehiclePresentation | VehiclePresented | VehiclePresentationCorrected,
    at: Instant | None,
    known: Instant,
) -> Shown:
    intact = said.seals_found_intact
    return Shown(
        checkpoint=said.checkpoint,
        seals_found_intact=intact and tuple(sorted({*intact})),
        seals_put_on=sorted_once(said.seals_put_on),
        at=at,
        known=known,
    )


def findings_follow(
    asked: Stream,
    arrival: Arrival,
    decisions: Decisions,
    presentation: Presentation,
    examinations: Examinations,
) -> list[Found]:
    """What the findings are by all that is known, as far as the record says otherwise."""
    shown = presentation.shown
    then = findings(shown, arrival, decisions, examinations) if shown else ()
    certified = when_shown(shown.at, shown.seals_found_intact, shown.by) if shown else None
    return all_changed(
        tuple(dict.fromkeys((*then, *found_of_seals(examinations, arrival, certified)))),
        presentation.findings,
        begin=lambda new: VehicleFindingsRecorded(movement=asked.id, findings=new),
        end=lambda gone: VehicleFindingsWithdrawn(movement=asked.id, findings=gone),
    )


def findings(shown: Shown, arrival: Arrival, decisions: Decisions, examinations: Examinations) -> tuple[Finding, ...]:
    """By what had happened when it was shown; none of what is outside the chapter on arrival."""
    way = by(arrival.way, shown.at)
    if not way.applies:
        return ()
    intact = None if is_the_carriers(shown.by) else shown.seals_found_intact
    excused = excused_when_shown(standing(examinations.examined), shown.at)
    found = (
        broken_seals(shown.fact, arrival.seals if way.crossed else (), intact, excused),
        shown_elsewhere(shown.fact, shown.checkpoint, settled(way, checkpoint_of(way, decisions, shown.at))),
    )
    return tuple(finding for finding in found if finding)


@rule()
def broken_seals(
    _: Fact, crossed_with: tuple[Seal, ...], found_intact: tuple[Number, ...] | None, excused: frozenset[str]
) -> Finding | None:
    """Art. 37(2) [P2]: every seal that was on the vehicle when it crossed is intact when it is shown.

    The article forbids the damage and names no refusal, so this is a finding; cause and consequence are the officer's.
    What was noted at the crossing, and what customs had opened by then, is none. A number is the same in another
    spelling, and is shown as it was written at the crossing.
    """
    broken = missing(crossed_with, (*found_intact, *excused)) if found_intact is not None else ()
    return Finding(rule="P2", article="37(2)", facts=(("broken", broken),)) if broken else None


def recorded(presentation: Presentation, event: Said | Found, known: Instant) -> Presentation:
    showings, found = presentation.showings, presentation.findings
    match event:
        case VehiclePresented(findings=new):
            return Presentation(showings=with_said(showings, shown_by(event, known)), findings=in_order({*found, *new}))
        case VehiclePresentationCorrected(corrects=corrects):
            return replace(presentation, showings=with_said(showings, shown_by(event, known), corrects))
        case VehiclePresentationWithdrawn(withdraws=withdraws):
            return replace(presentation, showings=with_struck(showings, withdraws))
        case VehicleFindingsRecorded(findings=new):
            return replace(presentation, findings=in_order({*found, *new}))
        case VehicleFindingsWithdrawn(findings=gone):
            return replace(presentation, findings=without(found, gone))
        case _:
            assert_never(event)


def shown_by(event: VehiclePresented | VehiclePresentationCorrected, known: Instant) -> Shown:
    return replace(shown_as(event, event.shown, known), by=event.stated_by)


@opens("PresentVehicle")
def still_to_be_done(arrival: Arrival, decisions: Decisions, presentation: Presentation) -> Iterator[OpenPoint]:
    way = arrival.way
    found = checkpoint_of(way, decisions) if way.crossed or way.lost else None
    place = found.calls[0].checkpoint if found else None
    yield from still_to_be_shown("PresentVehicle", presentation.shown is not None, place, way.to_be_shown_since)


MATTER = Matter(
    commands=(present, put_right, taken_back),
    folds=(recorded,),
    follows=(findings_follow,),
    open_points=(still_to_be_done,),
)
