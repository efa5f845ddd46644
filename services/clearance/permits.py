"""Permits as they are presented (Art. 7(5)); what they meet is in `requirements`."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from contracts.clearance import (
    PermitCorrected,
    PermitRecorded,
    PermitWithdrawn,
)
from contracts.names import OfConsignment
from contracts.spelling import folded
from contracts.statements import standing
from contracts.stating import Amendable, StatementDiffers, Stater, corrected, stated, stater, withdrawn
from contracts.values import Company, Day, Instant, NineDigits, PermitLine, PermitLines, Text, Word
from decider import Input, Matter, in_order, replace
from law import Finding
from law.naming import plain
from law.rule import Fact, Happened, rule

Number: TypeAlias = tuple[str, str]
"""Of a permit: its kind and its number, in one spelling."""
Said: TypeAlias = PermitRecorded | PermitCorrected | PermitWithdrawn


@dataclass(frozen=True, kw_only=True)
class PresentPermit(OfConsignment):
    """The declarant, or the body that issued it, presents a permit that an act requires (Art. 7(1) para 3, 7(5))."""

    permit: Word
    number: Word
    issued_by: Company
    lines: PermitLines = ()
    issued: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None


@dataclass(frozen=True, kw_only=True)
class CorrectPermit(OfConsignment):
    """What was stated of a permit was wrong, or it was mended since; `presented`, where it was at another time."""

    permit: Word
    number: Word
    corrects: Instant
    issued_by: Company
    lines: PermitLines = ()
    issued: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    presented: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawPermit(OfConsignment):
    """No such permit was presented."""

    permit: Word
    number: Word
    withdraws: Instant
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class Permit:
    """A permit, by its kind and number, as it was presented."""

    kind: Word
    number: Word
    issued_by: Company
    lines: PermitLines
    issued: Day | None = None
    valid_from: Day | None = None
    valid_until: Day | None = None
    at: Instant
    known: Instant
    by: Stater | None = None
    struck: bool = False

    @property
    def spelt(self) -> "Permit":
        """As it is compared, however kind, number and issuer are spelt."""
        kind, number = number_of(self.kind, self.number)
        return replace(self, kind=kind, number=number, issued_by=plain(self.issued_by))

    @property
    def fact(self) -> Fact:
        """That it was presented."""
        return Happened(self.at, self.known)


@dataclass(frozen=True, kw_only=True)
class Permits:
    """All that were presented; what they meet stands in `Requirements`."""

    presented: tuple[Permit, ...] = ()

    @property
    def standing(self) -> tuple[Permit, ...]:
        return standing(self.presented)

    def under(self, number: Number) -> Permit | None:
        return next((each for each in self.presented if number_of(each.kind, each.number) == number), None)


PERMIT = Amendable(article="7(5)", rule="K1", states=PresentPermit, amends=(CorrectPermit, WithdrawPermit))


def presented(asked: Input[PresentPermit], permits: Permits) -> list[PermitRecorded | StatementDiffers]:
    """A fact, recorded also where no act on record asks for it."""
    said = asked.content
    permit = Permit(
        kind=said.permit, number=said.number, issued_by=said.issued_by, lines=said.lines,
        issued=said.issued, valid_from=said.valid_from, valid_until=said.valid_until,
        at=asked.occurred, known=asked.recorded,
    )  # fmt: skip
    lacking = incomplete_lines(permit.fact, permit.lines)
    event = PermitRecorded(
        consignment=said.consignment, permit=permit.kind, number=permit.number, issued_by=permit.issued_by,
        lines=permit.lines, issued=permit.issued, valid_from=permit.valid_from, valid_until=permit.valid_until,
        presented=permit.at, findings=(lacking,) if lacking else (),
        stated_by=stater(asked.subject),
    )  # fmt: skip
    stands = permits.under(number_of(permit.kind, permit.number))
    return stated(asked, compared(permit), stands and compared(stands), PERMIT, lambda: event)


def put_right(asked: Input[CorrectPermit], permits: Permits) -> list[PermitCorrected | StatementDiffers]:
    """What the officer decided of it stands, as far as it was presented by then."""
    said = asked.content
    permit = Permit(
        kind=said.permit, number=said.number, issued_by=said.issued_by, lines=said.lines,
        issued=said.issued, valid_from=said.valid_from, valid_until=said.valid_until,
        at=said.presented or said.corrects, known=asked.recorded,
    )  # fmt: skip
    lacking = incomplete_lines(permit.fact, permit.lines)
    event = PermitCorrected(
        consignment=said.consignment, permit=permit.kind, number=permit.number, issued_by=permit.issued_by,
        lines=permit.lines, issued=permit.issued, valid_from=permit.valid_from, valid_until=permit.valid_until,
        presented=permit.at, corrects=said.corrects, findings=(lacking,) if lacking else (),
        reason=said.reason, stated_by=stater(asked.subject),
    )  # fmt: skip
    stands = permits.under(number_of(permit.kind, permit.number))
    return corrected(asked, compared(permit), stands and compared(stands), said.corrects, PERMIT, lambda: event)


def taken_back(asked: Input[WithdrawPermit], permits: Permits) -> list[PermitWithdrawn | StatementDiffers]:
    said = asked.content
    event = PermitWithdrawn(
        consignment=said.consignment,
        permit=said.permit,
        number=said.number,
        withdraws=said.withdraws,
        reason=said.reason,
    )
    return withdrawn(asked, permits.under(number_of(said.permit, said.number)), said.withdraws, PERMIT, lambda: event)


def compared(permit: Permit) -> Permit:
    """A permit says the same in whichever order it names the goods, and however their codes are grouped."""
    lines = (replace(line, code=nine_digits(line) or line.code) for line in permit.lines)
    return replace(permit, lines=in_order(lines))


def number_of(kind: Word, number: Word) -> Number:
    """Acts, bodies and declarants write one permit in their ways."""
    return plain(kind), folded(number)


@rule()
def incomplete_lines(_: Fact, lines: PermitLines) -> Finding | None:
    """Art. 7(5) [K1]: who issues a permit states the nine-digit code of the goods, and their quantity in a unit.

    That duty is the issuing body's, so what is lacking costs the declarant nothing by itself: the officer decides.
    """
    if not lines:
        return Finding(rule="K1", article="7(5)", facts=(("lines", "none"),))
    lacking = {
        "code": [line for line in lines if nine_digits(line) is None],
        "quantity": [line for line in lines if line.quantity is None],
        "unit": [line for line in lines if line.unit is None],
    }
    facts = tuple((what, numbers(lines, of)) for what, of in lacking.items() if of)
    return Finding(rule="K1", article="7(5)", facts=facts) if facts else None


def numbers(lines: PermitLines, of: list[PermitLine]) -> tuple[str, ...]:
    return tuple(str(number) for number, line in enumerate(lines, start=1) if line in of)


def nine_digits(line: PermitLine) -> NineDigits | None:
    """Codes are often printed in groups, such as 0511 99 801."""
    code = (line.code or "").replace(" ", "")
    return code if len(code) == 9 and code.isascii() and code.isdigit() else None


def recorded(permits: Permits, event: Said, known: Instant) -> Permits:
    stood = permits.under(number_of(event.permit, event.number))
    others = tuple(each for each in permits.presented if each is not stood)
    match event:
        case PermitRecorded(presented=at) | PermitCorrected(presented=at):
            permit = Permit(
                kind=event.permit, number=event.number, issued_by=event.issued_by, lines=event.lines,
                issued=event.issued, valid_from=event.valid_from, valid_until=event.valid_until,
                at=at, known=known, by=event.stated_by,
            )  # fmt: skip
            return Permits(presented=in_order((*others, permit)))
        case PermitWithdrawn():
            return Permits(presented=in_order((*others, replace(stood, struck=True)))) if stood else permits
        case _:
            assert_never(event)


MATTER = Matter(commands=(presented, put_right, taken_back), folds=(recorded,))
