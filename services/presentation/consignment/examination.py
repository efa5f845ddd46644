"""How an officer finds goods that were shown: packages, packaging, condition, seals of containers (Art. 37(2))."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.examinations import (
    Condition,
    GoodsExaminationCorrected,
    GoodsExaminationWithdrawn,
    GoodsExamined,
    Packaging,
)
from contracts.names import MovementName, OfConsignment
from contracts.seals import Seal, SealFound, SealNumbers, Seals, SealsFound, found_in_order, in_order
from contracts.statements import put_right_by, said_for, taken_back_by, with_said, with_struck
from contracts.stating import Amendable, StatementDiffers, Stater, corrected, stated, stater, withdrawn
from contracts.values import (
    CallNumber,
    CheckpointCode,
    Instant,
    KnownCheckpoint,
    Mode,
    MovementId,
    Number,
    Packages,
    Text,
)
from decider import Input, Matter, replace
from law.rule import Fact, Happened

Examining: TypeAlias = GoodsExamined | GoodsExaminationCorrected | GoodsExaminationWithdrawn


@dataclass(frozen=True, kw_only=True)
class ExamineGoods(OfConsignment):
    """The officer says how he found the goods, or those of one vehicle (Art. 37(2)); no article asks for that.

    Of what he does not name nothing is said. `seals` are those of their containers; `seals_opened` and `seals_put_on`
    are customs' own doing. What is breached or changed `..._at_crossing` was noted so then.
    """

    checkpoint: KnownCheckpoint
    movement: MovementName | None = None
    mode: Mode | None = None
    packages_found: Packages | None = None
    packaging: Packaging | None = None
    condition: Condition | None = None
    seals: SealsFound = ()
    seals_opened: SealNumbers = ()
    seals_put_on: Seals = ()


@dataclass(frozen=True, kw_only=True)
class CorrectGoodsExamination(OfConsignment):
    """What was stated of an examination was wrong; `examined`, where it was at another time."""

    corrects: Instant
    checkpoint: KnownCheckpoint
    movement: MovementName | None = None
    mode: Mode | None = None
    packages_found: Packages | None = None
    packaging: Packaging | None = None
    condition: Condition | None = None
    seals: SealsFound = ()
    seals_opened: SealNumbers = ()
    seals_put_on: Seals = ()
    examined: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawGoodsExamination(OfConsignment):
    """The goods were not looked at."""

    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Examined:
    """As the officer found them; `known` is when that was recorded."""

    checkpoint: CheckpointCode
    movement: MovementId | None = None
    packages_found: Packages | None = None
    packaging: Packaging | None = None
    condition: Condition | None = None
    seals: tuple[SealFound, ...] = ()
    seals_opened: tuple[Number, ...] = ()
    seals_put_on: tuple[Seal, ...] = ()
    at: Instant | None = None
    known: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def call(self) -> CallNumber | None:
        """Of which call the goods are nobody says who looks at them."""
        return None

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
    states=ExamineGoods,
    amends=(CorrectGoodsExamination, WithdrawGoodsExamination),
)


def examine(asked: Input[ExamineGoods], on_record: Examinations) -> list[GoodsExamined | StatementDiffers]:
    said = asked.content
    found = examined_as(said, asked.occurred, asked.recorded)

    def event() -> GoodsExamined:
        return GoodsExamined(
            consignment=said.consignment,
            checkpoint=found.checkpoint,
            movement=found.movement,
            packages_found=found.packages_found,
            packaging=found.packaging,
            condition=found.condition,
            seals=found.seals,
            seals_opened=found.seals_opened,
            seals_put_on=found.seals_put_on,
            examined=asked.occurred,
            stated_by=stater(asked.subject),
        )

    return stated(asked, found, said_for(on_record.examined, asked.occurred), EXAMINATION, event)


def put_right(
    asked: Input[CorrectGoodsExamination], on_record: Examinations
) -> list[GoodsExaminationCorrected | StatementDiffers]:
    said, at = asked.content, asked.content.examined or asked.content.corrects
    found = examined_as(said, at, asked.recorded)
    event = GoodsExaminationCorrected(
        consignment=said.consignment,
        checkpoint=found.checkpoint,
        movement=found.movement,
        packages_found=found.packages_found,
        packaging=found.packaging,
        condition=found.condition,
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
    asked: Input[WithdrawGoodsExamination], on_record: Examinations
) -> list[GoodsExaminationWithdrawn | StatementDiffers]:
    said = asked.content
    event = GoodsExaminationWithdrawn(consignment=said.consignment, withdraws=said.withdraws, reason=said.reason)
    stands = taken_back_by(on_record.examined, said.withdraws)
    return withdrawn(asked, stands, said.withdraws, EXAMINATION, lambda: event)


def examined_as(
    said: ExamineGoods | CorrectGoodsExamination | GoodsExamined | GoodsExaminationCorrected,
    at: Instant,
    known: Instant,
) -> Examined:
    return Examined(
        checkpoint=said.checkpoint,
        movement=said.movement,
        packages_found=said.packages_found,
        packaging=said.packaging,
        condition=said.condition,
        seals=found_in_order(said.seals),
        seals_opened=tuple(sorted({*said.seals_opened})),
        seals_put_on=in_order(said.seals_put_on),
        at=at,
        known=known,
    )


def recorded(on_record: Examinations, event: Examining, known: Instant) -> Examinations:
    examined = on_record.examined
    match event:
        case GoodsExamined(examined=at, stated_by=whose):
            found = replace(examined_as(event, at, known), by=whose)
            return replace(on_record, examined=with_said(examined, found))
        case GoodsExaminationCorrected(examined=at, corrects=corrects, stated_by=whose):
            found = replace(examined_as(event, at, known), by=whose)
            return replace(on_record, examined=with_said(examined, found, corrects))
        case GoodsExaminationWithdrawn(withdraws=withdraws):
            return replace(on_record, examined=with_struck(examined, withdraws))
        case _:
            assert_never(event)


MATTER = Matter(commands=(examine, put_right, taken_back), folds=(recorded,))
