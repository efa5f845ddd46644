"""How an officer finds a vehicle that was shown: its seals, one by one (Art. 37(2))."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.examinations import (
    VehicleExaminationCorrected,
    VehicleExaminationWithdrawn,
    VehicleExamined,
)
from contracts.names import OfMovement
from contracts.seals import Seal, SealFound, SealNumbers, Seals, SealsFound, found_in_order, in_order
from contracts.statements import put_right_by, said_for, standing, taken_back_by, with_said, with_struck
from contracts.stating import Amendable, StatementDiffers, Stater, corrected, stated, stater, withdrawn
from contracts.values import CheckpointCode, Instant, KnownCheckpoint, Mode, Number, Text
from decider import Input, Matter, replace
from law import Finding
from law.rule import Fact, Happened
from presentation.examining import WhenShown, intact_since, noted_at_crossing, opened_by, seals_not_intact
from presentation.movement.upstream import Arrival
from presentation.way import by

Examining: TypeAlias = VehicleExamined | VehicleExaminationCorrected | VehicleExaminationWithdrawn


@dataclass(frozen=True, kw_only=True)
class ExamineVehicle(OfMovement):
    """The officer says how he found each seal that he looked at, and which customs opened and put on (Art. 37(2)).

    By their numbers, however spelt. Of seals that he does not name nothing is said. No article asks for an examination.
    """

    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    seals: SealsFound = ()
    seals_opened: SealNumbers = ()
    seals_put_on: Seals = ()


@dataclass(frozen=True, kw_only=True)
class CorrectVehicleExamination(OfMovement):
    """What was stated of an examination was wrong; `examined`, where it was at another time."""

    corrects: Instant
    checkpoint: KnownCheckpoint
    mode: Mode | None = None
    seals: SealsFound = ()
    seals_opened: SealNumbers = ()
    seals_put_on: Seals = ()
    examined: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawVehicleExamination(OfMovement):
    """The vehicle was not looked at."""

    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Examined:
    """As the officer found it; `known` is when that was recorded."""

    checkpoint: CheckpointCode
    seals: tuple[SealFound, ...] = ()
    seals_opened: tuple[Number, ...] = ()
    seals_put_on: tuple[Seal, ...] = ()
    at: Instant | None = None
    known: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def fact(self) -> Fact:
        """That it was found so."""
        return Happened(self.at or self.known, self.known)


@dataclass(frozen=True, kw_only=True)
class Examinations:
    """Each time that somebody looked."""

    examined: tuple[Examined, ...] = ()


EXAMINATION = Amendable(
    article="37(2)",
    rule="P2",
    states=ExamineVehicle,
    amends=(CorrectVehicleExamination, WithdrawVehicleExamination),
)


def examine(asked: Input[ExamineVehicle], on_record: Examinations) -> list[VehicleExamined | StatementDiffers]:
    said = asked.content
    found = examined_as(said, asked.occurred, asked.recorded)

    def event() -> VehicleExamined:
        return VehicleExamined(
            movement=said.movement,
            checkpoint=found.checkpoint,
            seals=found.seals,
            seals_opened=found.seals_opened,
            seals_put_on=found.seals_put_on,
            examined=asked.occurred,
            stated_by=stater(asked.subject),
        )

    return stated(asked, found, said_for(on_record.examined, asked.occurred), EXAMINATION, event)


def put_right(
    asked: Input[CorrectVehicleExamination], on_record: Examinations
) -> list[VehicleExaminationCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.examined or asked.content.corrects
    found = examined_as(said, at, asked.recorded)
    event = VehicleExaminationCorrected(
        movement=said.movement,
        checkpoint=found.checkpoint,
        seals=found.seals,
        seals_opened=found.seals_opened,
        seals_put_on=found.seals_put_on,
        examined=at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    stands = put_right_by(on_record.examined, found, said.corrects)
    return corrected(asked, found, stands, said.corrects, EXAMINATION, lambda: event)


def taken_back(
    asked: Input[WithdrawVehicleExamination], on_record: Examinations
) -> list[VehicleExaminationWithdrawn | StatementDiffers]:
    said = asked.content
    event = VehicleExaminationWithdrawn(movement=said.movement, withdraws=said.withdraws, reason=said.reason)
    stands = taken_back_by(on_record.examined, said.withdraws)
    return withdrawn(asked, stands, said.withdraws, EXAMINATION, lambda: event)


def examined_as(
    said: ExamineVehicle | CorrectVehicleExamination | VehicleExamined | VehicleExaminationCorrected,
    at: Instant,
    known: Instant,
) -> Examined:
    return Examined(
        checkpoint=said.checkpoint,
        seals=found_in_order(said.seals),
        seals_opened=tuple(sorted({*said.seals_opened})),
        seals_put_on=in_order(said.seals_put_on),
        at=at,
        known=known,
    )


def found_of_seals(on_record: Examinations, arrival: Arrival, shown: WhenShown | None) -> tuple[Finding, ...]:
    """By what had happened when he looked; none of what is outside the chapter on arrival."""
    looks = standing(on_record.examined)
    found = (of_one(each, arrival, looks, shown) for each in looks)
    return tuple(finding for finding in found if finding)


def of_one(
    examined: Examined, arrival: Arrival, looks: tuple[Examined, ...], shown: WhenShown | None
) -> Finding | None:
    way = by(arrival.way, examined.at)
    if not (way.applies and way.crossed):
        return None
    excused = opened_by(looks, examined.at) | intact_since(looks, shown, examined.at)
    return seals_not_intact(examined.fact, arrival.seals, examined.seals, noted_at_crossing(looks), excused)


def recorded(on_record: Examinations, event: Examining, known: Instant) -> Examinations:
    examined = on_record.examined
    match event:
        case VehicleExamined(examined=at, stated_by=whose):
            found = replace(examined_as(event, at, known), by=whose)
            return replace(on_record, examined=with_said(examined, found))
        case VehicleExaminationCorrected(examined=at, corrects=corrects, stated_by=whose):
            found = replace(examined_as(event, at, known), by=whose)
            return replace(on_record, examined=with_said(examined, found, corrects))
        case VehicleExaminationWithdrawn(withdraws=withdraws):
            return replace(on_record, examined=with_struck(examined, withdraws))
        case _:
            assert_never(event)


MATTER = Matter(commands=(examine, put_right, taken_back), folds=(recorded,))
