"""What customs does with a declaration: it gets a number, and is accepted (Arts 15(2)(4), 20(4))."""

from collections.abc import Iterator
from dataclasses import dataclass

from clearance.measures import all_have_to_leave
from clearance.upstream import Arrival, Presentation
from contracts.clearance import (
    DeclarationAccepted,
    DeclarationAmendmentRequested,
    DeclarationRegistered,
    RegistrationCorrected,
    RegistrationWithdrawn,
)
from contracts.declarations import Declared, Registration, Version, contents, customs_said, next_one, numbered
from contracts.measures import Measures
from contracts.names import OfConsignment
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import ConsignmentId, Instant, Text, Word
from decider import Input, Matter, OpenPoint, opens
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class RegisterDeclaration(OfConsignment):
    """The declaration gets its number, from an officer or from the system that registers."""

    number: Word


@dataclass(frozen=True, kw_only=True)
class AcceptDeclaration(OfConsignment):
    """The officer accepts the declaration, by which the terms begin that count from that (Arts 15(2)(4), 20(4))."""


@dataclass(frozen=True, kw_only=True)
class CorrectRegistration(OfConsignment):
    """The number that was stated then was wrong; `registered`, where its time was, too."""

    corrects: Instant
    number: Word
    registered: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawRegistration(OfConsignment):
    """The declaration did not get the number that was stated then."""

    withdraws: Instant
    reason: Text | None = None


REGISTRATION = Amendable(
    article="31(1)", rule="C3", states=RegisterDeclaration, amends=(CorrectRegistration, WithdrawRegistration)
)


def registered(asked: Input[RegisterDeclaration], declared: Declared) -> list[DeclarationRegistered | StatementDiffers]:
    """A fact, recorded also where the declaration is recorded only later."""
    said, by = asked.content, stater(asked.subject)
    fact = Registration(number=said.number, at=asked.occurred, by=by)
    stands = next_one(declared, asked.occurred).registered
    event = DeclarationRegistered(
        consignment=said.consignment, number=said.number, registered=asked.occurred, stated_by=by
    )
    return stated(asked, fact, stands, REGISTRATION, lambda: event)


def put_right(asked: Input[CorrectRegistration], declared: Declared) -> list[RegistrationCorrected | StatementDiffers]:
    said, by = asked.content, stater(asked.subject)
    fact = Registration(number=said.number, at=said.registered or said.corrects, by=by)
    event = RegistrationCorrected(
        consignment=said.consignment,
        number=said.number,
        registered=fact.at,
        corrects=said.corrects,
        reason=said.reason,
        stated_by=by,
    )
    return corrected(asked, fact, declared.registered, said.corrects, REGISTRATION, lambda: event)


def taken_back(
    asked: Input[WithdrawRegistration], declared: Declared
) -> list[RegistrationWithdrawn | StatementDiffers]:
    said, stands = asked.content, declared.registered
    return withdrawn(
        asked,
        stands,
        said.withdraws,
        REGISTRATION,
        lambda: RegistrationWithdrawn(
            consignment=said.consignment,
            number=stands.number if stands else "",
            withdraws=said.withdraws,
            reason=said.reason,
            stated_by=stater(asked.subject),
        ),
    )


def accepted(
    asked: Input[AcceptDeclaration], declared: Declared
) -> list[DeclarationAccepted | DeclarationAmendmentRequested]:
    """Done once, and recorded also where the declaration is recorded only later.

    An act by which lodging is acceptance would stand here as another way to this event; acts have no such row yet.
    """
    of = next_one(declared, asked.occurred)
    if of.acceptance:
        return []
    return [declaration_is_accepted(asked, of), *only_requested(asked, of)]


@rule(by="officer")
def declaration_is_accepted(asked: Input[AcceptDeclaration], of: Declared) -> DeclarationAccepted:
    """Art. 20(4) [O18]: customs accepts a declaration, and the year in which a treatment is restored counts from that.

    So does the time for further lots (Art. 15(2)(4)). Nothing else waits for it but the computing of what is due: no
    article lets customs hold goods because it has not accepted yet what was declared.
    """
    then = of.as_of(asked.occurred) or of.lodged
    return DeclarationAccepted(
        **contents(then, but="payments"),
        consignment=asked.content.consignment,
        number=of.number,
        accepted=asked.occurred,
        stated_by=stater(asked.subject),
    )


def only_requested(asked: Input[AcceptDeclaration], of: Declared) -> list[DeclarationAmendmentRequested]:
    """What was recorded as amended or withdrawn, and happened after the acceptance, which was recorded late."""
    id_, at = asked.content.consignment, asked.occurred
    late = [each for each in of.versions[1:] if each.at >= at]
    if of.withdrawn and of.lodged:
        gone = withdrawal_requested(id_, of, of.lodged, of.withdrawn)
        return [*(amendment_requested(id_, of, each) for each in late), gone]
    return [amendment_requested(id_, of, each) for each in late]


def amendment_requested(id_: ConsignmentId, of: Declared, late: Version) -> DeclarationAmendmentRequested:
    before = [each.at for each in of.versions if each.at < late.at]
    return DeclarationAmendmentRequested(
        **contents(late),
        consignment=id_,
        number=of.number,
        asks="amendment",
        requested=late.at,
        replaces=before[-1] if before else late.at,
        undone=True,
        stated_by=late.by,
    )


def withdrawal_requested(
    id_: ConsignmentId, of: Declared, lodged: Version, withdrawn: Instant
) -> DeclarationAmendmentRequested:
    return DeclarationAmendmentRequested(
        consignment=id_,
        number=of.number,
        asks="withdrawal",
        requested=withdrawn,
        replaces=lodged.at,
        undone=True,
        stated_by=lodged.by,
    )


@opens("AcceptDeclaration")
def still_to_be_accepted(
    arrival: Arrival, presentation: Presentation, declared: Declared, measures: Measures
) -> Iterator[OpenPoint]:
    """Customs' own act, that nobody is obliged to bring about; no article asks for a number, so none is open."""
    if declared.stands and declared.acceptance is None and not all_have_to_leave(arrival, declared, measures):
        yield OpenPoint(act="AcceptDeclaration", who="officer", article="20(4)", place=presentation.checkpoint)


MATTER = Matter(
    commands=(registered, put_right, taken_back, accepted),
    folds=(customs_said, numbered),
    open_points=(still_to_be_accepted,),
)
