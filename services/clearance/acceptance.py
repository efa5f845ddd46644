"""What customs does with a declaration: it gets a number, and is accepted (Arts 15(2)(4), 20(4))."""

from collections.abc import Iterator
from dataclasses import dataclass

from clearance.measures import all_have_to_leave
from clearance.upstream import Arrival, Presentation
from contracts.clearance import (
    AcceptanceCorrected,
    AcceptanceWithdrawn,
    DeclarationAccepted,
    DeclarationAmendmentRequested,
    DeclarationRegistered,
    RegistrationCorrected,
    RegistrationWithdrawn,
)
from contracts.declarations import (
    Acceptance,
    Correction,
    Declared,
    Registration,
    Version,
    before_it_was_put_right,
    contents,
    customs_said,
    next_one,
    numbered,
    put_right_since,
)
from contracts.measures import Measures
from contracts.names import OfConsignment
from contracts.stating import Amendable, StatementDiffers, corrected, stated, stater, withdrawn
from contracts.values import ConsignmentId, Instant, Text, Word
from decider import Input, Matter, OpenPoint, opens
from law.calendar import LATEST
from law.rule import rule


@dataclass(frozen=True, kw_only=True)
class RegisterDeclaration(OfConsignment):
    """The declaration gets its number, from an officer or from the system that registers."""

    number: Word


@dataclass(frozen=True, kw_only=True)
class AcceptDeclaration(OfConsignment):
    """The officer accepts the declaration, by which the terms begin that count from that (Arts 15(2)(4), 20(4))."""


@dataclass(frozen=True, kw_only=True)
class CorrectAcceptance(OfConsignment):
    """The officer did not accept the declaration then, as was stated, but at `accepted`."""

    corrects: Instant
    accepted: Instant | None = None
    reason: Text | None = None


@dataclass(frozen=True, kw_only=True)
class WithdrawAcceptance(OfConsignment):
    """The officer did not accept the declaration, as was stated."""

    withdraws: Instant
    reason: Text | None = None


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
    article="31(1)", rule="C8", states=RegisterDeclaration, amends=(CorrectRegistration, WithdrawRegistration)
)
ACCEPTANCE = Amendable(
    article="20(4)", rule="O18", states=AcceptDeclaration, amends=(CorrectAcceptance, WithdrawAcceptance)
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
) -> list[DeclarationAccepted | DeclarationAmendmentRequested | StatementDiffers]:
    """Done once, and recorded also where the declaration is recorded only later.

    An act by which lodging is acceptance would stand here as another way to this event; acts have no such row yet.
    """
    of = next_one(declared, asked.occurred)
    fact = Acceptance(at=asked.occurred, by=stater(asked.subject))
    event = declaration_is_accepted(asked, of)
    found = stated(asked, fact, of.acceptance, ACCEPTANCE, lambda: event)
    return [*found, *(only_requested(asked.id, of, asked.occurred) if event in found else ())]


@rule(by="officer")
def declaration_is_accepted(asked: Input[AcceptDeclaration], of: Declared) -> DeclarationAccepted:
    """Art. 20(4) [O18]: customs accepts a declaration, and the year in which a treatment is restored counts from that.

    So does the time for further lots (Art. 15(2)(4)). Nothing else waits for it but the computing of what is due: no
    article lets customs hold goods because it has not accepted yet what was declared.
    """
    then = declared_then(of, asked.occurred)
    return DeclarationAccepted(
        **contents(then, but="payments"),
        consignment=asked.content.consignment,
        number=of.number,
        accepted=asked.occurred,
        stated_by=stater(asked.subject),
    )


def declared_then(of: Declared, at: Instant, until: Instant = LATEST) -> Version | None:
    """As the goods were declared then, before what was put right since without leave."""
    then = before_it_was_put_right(of, at, until)
    return then.as_of(at) or then.lodged


def acceptance_put_right(
    asked: Input[CorrectAcceptance], declared: Declared
) -> list[AcceptanceCorrected | DeclarationAmendmentRequested | StatementDiffers]:
    """What was amended as it liked between the right time and the wrong one, only asks for it.

    What was asked of customs stays asked, also where it had not accepted yet: an officer decides.
    """
    said = asked.content
    fact = Acceptance(at=said.accepted or said.corrects, by=stater(asked.subject))
    event = acceptance_was_then(asked, declared, fact.at)
    found = corrected(asked, fact, declared.acceptance, said.corrects, ACCEPTANCE, lambda: event)
    return [*found, *(only_requested(asked.id, declared, fact.at, said.corrects) if event in found else ())]


def acceptance_was_then(asked: Input[CorrectAcceptance], of: Declared, at: Instant) -> AcceptanceCorrected:
    return AcceptanceCorrected(
        **contents(declared_then(of, at, asked.content.corrects), but="payments"),
        consignment=asked.content.consignment,
        number=of.number,
        accepted=at,
        corrects=asked.content.corrects,
        reason=asked.content.reason,
        stated_by=stater(asked.subject),
    )


def acceptance_taken_back(
    asked: Input[WithdrawAcceptance], declared: Declared
) -> list[AcceptanceWithdrawn | StatementDiffers]:
    """Nothing is computed of it any more; what was asked of customs since stays asked."""
    said = asked.content
    gone = AcceptanceWithdrawn(
        consignment=said.consignment,
        number=declared.number,
        withdraws=said.withdraws,
        reason=said.reason,
        stated_by=stater(asked.subject),
    )
    return withdrawn(asked, declared.acceptance, said.withdraws, ACCEPTANCE, lambda: gone)


def only_requested(
    id_: ConsignmentId, of: Declared, at: Instant, until: Instant = LATEST
) -> list[DeclarationAmendmentRequested]:
    """What was recorded as amended, corrected or withdrawn, and happened after the acceptance, which was recorded late.

    What an officer has granted is done.
    """
    undone = [correction_requested(id_, of, each) for each in put_right_since(of, at, until)]
    of = before_it_was_put_right(of, at, until)
    granted = {(each.asks, each.requested) for each in of.decisions if each.granted}
    late = [each for each in of.versions[1:] if at <= each.at < until and ("amendment", each.at) not in granted]
    by_itself = "withdrawal" not in {asks for asks, _ in granted}
    if of.withdrawn and of.lodged and of.withdrawn < until and by_itself:
        gone = withdrawal_requested(id_, of, of.lodged, of.withdrawn)
        return [*undone, *(amendment_requested(id_, of, each) for each in late), gone]
    back = [each for each in of.taken_back if each.at < at and was_taken_back(each, at, until)]
    done = (each for each in back if ("withdrawal", each.withdrawn) not in granted)
    gone_late = [withdrawal_requested(id_, of, each, each.withdrawn) for each in done if each.withdrawn]
    return [*undone, *(amendment_requested(id_, of, each) for each in late), *gone_late]


def was_taken_back(amended: Version, at: Instant, until: Instant) -> bool:
    """An amendment that stood when customs accepted; one from after that was only asked for."""
    return amended.withdrawn is not None and at <= amended.withdrawn < until


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


def correction_requested(id_: ConsignmentId, of: Declared, late: Correction) -> DeclarationAmendmentRequested:
    return DeclarationAmendmentRequested(
        **contents(late.right),
        consignment=id_,
        number=of.number,
        asks="correction",
        requested=late.at,
        replaces=late.wrong.at,
        lodged=late.right.at,
        undone=True,
        stated_by=late.right.by,
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
    if declared.stands and declared.accepted is None and not all_have_to_leave(arrival, declared, measures):
        since, place = declared.stands.at, presentation.checkpoint
        yield OpenPoint(act="AcceptDeclaration", who="officer", article="20(4)", place=place, since=since)


MATTER = Matter(
    commands=(registered, put_right, taken_back, accepted, acceptance_put_right, acceptance_taken_back),
    folds=(customs_said, numbered),
    open_points=(still_to_be_accepted,),
)
