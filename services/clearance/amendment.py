"""A declaration that is to be another, or that was another, or that is taken back (Art. 31(1))."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from clearance.declaration import (
    DECLARATION,
    SPOKEN,
    AmendDeclaration,
    CorrectDeclaration,
    WithdrawDeclaration,
    findings,
    goods_are_declared,
    version,
)
from clearance.upstream import Presentation
from contracts.amendments import DeclarationAmendmentWithdrawn
from contracts.clearance import (
    Asked,
    DeclarationAmended,
    DeclarationAmendmentDecided,
    DeclarationAmendmentRequested,
    DeclarationCorrected,
    DeclarationWithdrawn,
)
from contracts.declarations import AmendmentDecision, AmendmentRequest, Declared, Version, contents
from contracts.names import OfConsignment
from contracts.stating import (
    Amendable,
    StatementDiffers,
    corrected,
    differs,
    may_amend,
    same,
    stated,
    stater,
    withdrawn,
)
from contracts.values import Instant, Text
from decider import Input, Matter, OpenPoint, opens
from law.rule import rule

Becomes: TypeAlias = DeclarationAmended | DeclarationCorrected | DeclarationWithdrawn | DeclarationAmendmentWithdrawn
Amended: TypeAlias = Becomes | DeclarationAmendmentRequested | StatementDiffers


@dataclass(frozen=True, kw_only=True)
class DecideAmendment(OfConsignment):
    """The officer grants what was requested then of a declaration that customs has accepted, or does not."""

    asks: Asked = "amendment"
    requested: Instant
    granted: bool
    reason: Text | None = None


def of_a_request() -> Amendable:
    """An officer's word is an act of customs: another one differs, and nothing amends it."""
    return Amendable(article="31(1)", rule="C8", states=AmendDeclaration, amends=())


def amended(asked: Input[AmendDeclaration], declared: Declared) -> list[Amended]:
    """Of what it is to be from then on; what came in late is amended as of its own time."""
    stands = declared.stands
    if stands is None or not may_amend(asked.subject, stands.by):
        return [differs(asked, DECLARATION, None, stands)]
    to = version(asked, stands.form)
    of_then = declared.request("amendment", to.at)
    taken = of_then.version if of_then else next((each for each in declared.versions[1:] if each.at == to.at), None)
    if same(to, taken or declared.as_of(to.at) or stands) or is_requested("amendment", to, declared):
        return []
    if taken:
        return [differs(asked, DECLARATION, to, taken)]
    replaces = (declared.as_of(to.at) or stands).at
    if has_been_accepted(asked, declared):
        return [request(asked, "amendment", replaces, to, declared)]
    return [becomes_another(asked, declared, to, replaces, asked.content.reason)]


def put_right(asked: Input[CorrectDeclaration], declared: Declared) -> list[Amended]:
    """Of what was lodged, or of an amendment, by its time; what else stands for the right time is in its way."""
    said, at = asked.content, asked.content.lodged or asked.content.corrects
    stands = declared.of_then(said.corrects) or declared.of_then(at) or declared.stands
    form = stands.form if stands and stands.form in SPOKEN else said.form  # What was spoken becomes no paper by that.
    right = version(asked, form, at)
    if declared.stands is None:
        return [differs(asked, DECLARATION, right, None)]
    if there := in_the_way(declared, said.corrects, at):
        return [differs(asked, DECLARATION, right, there)]
    if not goods_are_declared(asked, form, said.items):
        return [differs(asked, DECLARATION, right, stands)]
    if is_requested("correction", right, declared, said.corrects):
        return []
    of_then = declared.request("correction", asked.occurred)
    if of_then and of_then.version:
        return [] if same(right, of_then.version) else [differs(asked, DECLARATION, right, of_then.version)]

    def records() -> Amended:
        if is_for_customs_to_decide(asked, declared):
            return request(asked, "correction", said.corrects, right, declared)
        return was_another(asked, declared, right, said.corrects, said.reason)

    return corrected(asked, right, stands, said.corrects, DECLARATION, records)


def in_the_way(declared: Declared, corrects: Instant, right: Instant) -> Version | None:
    """Something else that is declared as from the right time on."""
    there = declared.of_then(right)
    return there if declared.of_then(corrects) not in (None, there) else None


def taken_back(asked: Input[WithdrawDeclaration], declared: Declared) -> list[Amended]:
    """What was lodged, and that clearance began with it stays so (Art. 29(1)(1)); or an amendment, by its time."""
    said = asked.content
    of_now = declared.request("withdrawal", asked.occurred)
    if of_now and of_now.replaces != said.withdraws:
        return [differs(asked, DECLARATION, None, declared.stands)]
    if of_now or is_requested("withdrawal", None, declared, said.withdraws):
        return []
    amendment = amended_then(declared, said.withdraws)

    def records() -> Amended:
        only_asked = isinstance(amendment, AmendmentRequest)
        if is_for_customs_to_decide(asked, declared) and not only_asked:
            return request(asked, "withdrawal", said.withdraws, None, declared)
        return is_taken_back(asked, declared, said.withdraws, said.reason)

    return withdrawn(asked, amendment or declared.lodged, said.withdraws, DECLARATION, records)


def amended_then(declared: Declared, at: Instant) -> Version | AmendmentRequest | None:
    """An amendment of then, or what is asked for, or what was either and was taken back."""
    asked_for = (each for each in declared.open_requests if (each.asks, each.at) == ("amendment", at))
    known: tuple[Version | AmendmentRequest, ...] = (*declared.taken_back, *declared.requests)
    gone = (each for each in known if each.struck and each.at == at)
    return declared.amended_at(at) or next(asked_for, None) or next(gone, None)


def is_for_customs_to_decide(asked: Input[Any], declared: Declared) -> bool:
    """What it has accepted is put right by an officer, or by his leave."""
    return has_been_accepted(asked, declared) and asked.subject.role != "officer"


def decided(
    asked: Input[DecideAmendment], declared: Declared
) -> list[Becomes | DeclarationAmendmentDecided | StatementDiffers]:
    """An officer's word on a request; one that is granted becomes what was asked for when he says it."""
    said, by = asked.content, stater(asked.subject)
    of = declared.request(said.asks, said.requested)
    if of is None:
        return [differs(asked, of_a_request(), None, None)]
    word = AmendmentDecision(asks=of.asks, requested=of.at, granted=said.granted, at=asked.occurred, by=by)
    stands = next((each for each in declared.decisions if (each.asks, each.requested) == (of.asks, of.at)), None)
    event = DeclarationAmendmentDecided(
        consignment=said.consignment, number=declared.number, asks=of.asks, requested=of.at, granted=said.granted,
        reason=said.reason, decided=asked.occurred, stated_by=by,
    )  # fmt: skip
    found = stated(asked, word, stands, of_a_request(), lambda: event)
    return [*found, *granted(asked, of, declared)] if event in found and said.granted else [*found]


def granted(asked: Input[DecideAmendment], of: AmendmentRequest, declared: Declared) -> list[Becomes]:
    """Nothing comes of it where there is nothing left to be amended."""
    if declared.stands is None:
        return []
    replaces = of.replaces or declared.stands.at
    if of.version is None:
        gone = amended_then(declared, replaces)
        return [] if gone and gone.struck else [is_taken_back(asked, declared, replaces, None)]
    if declared.of_then(replaces) is None:
        return []
    becomes = becomes_another if of.asks == "amendment" else was_another
    return [becomes(asked, declared, of.version, replaces, None)]


def has_been_accepted(asked: Input[Any], declared: Declared) -> bool:
    return declared.accepted is not None and declared.accepted <= asked.occurred


def is_requested(asks: Asked, version: Version | None, declared: Declared, of: Instant | None = None) -> bool:
    """The same is asked for and not decided yet; `of` what is to be corrected or withdrawn, by its time."""
    return any(
        each.asks == asks
        and of in (None, each.replaces)
        and (version is None or (each.version is not None and same(version, each.version)))
        for each in declared.open_requests
    )


def request(
    asked: Input[Any], asks: Asked, replaces: Instant, to: Version | None, declared: Declared
) -> DeclarationAmendmentRequested:
    return DeclarationAmendmentRequested(
        **contents(to),
        consignment=asked.id,
        number=declared.number,
        asks=asks,
        requested=asked.occurred,
        replaces=replaces,
        lodged=to.at if to and asks == "correction" else None,
        reason=asked.content.reason,
        stated_by=stater(asked.subject),
    )


def becomes_another(
    asked: Input[Any], declared: Declared, to: Version, replaces: Instant, reason: Text | None
) -> DeclarationAmended:
    return DeclarationAmended(
        **contents(to),
        consignment=asked.id,
        number=declared.number,
        amended=asked.occurred,
        replaces=replaces,
        reason=reason,
        findings=findings(asked, to),
        stated_by=to.by,
    )


def was_another(
    asked: Input[Any], declared: Declared, right: Version, corrects: Instant, reason: Text | None
) -> DeclarationCorrected:
    return DeclarationCorrected(
        **contents(right),
        consignment=asked.id,
        number=declared.number,
        lodged=right.at,
        corrects=corrects,
        corrected=asked.occurred if by_himself(asked) else None,
        reason=reason,
        findings=findings(asked, right),
        stated_by=right.by,
    )


def by_himself(asked: Input[Any]) -> bool:
    """Not by an officer, who needs no leave, nor by the word that gave it."""
    return isinstance(asked.content, CorrectDeclaration) and asked.subject.role != "officer"


def is_taken_back(
    asked: Input[Any], declared: Declared, withdraws: Instant, reason: Text | None
) -> DeclarationWithdrawn | DeclarationAmendmentWithdrawn:
    """An amendment, where there is one of then; what was lodged, where there is none."""
    if amended_then(declared, withdraws) is None:
        return is_no_more(asked, declared, withdraws, reason)
    return DeclarationAmendmentWithdrawn(
        consignment=asked.id,
        number=declared.number,
        withdraws=withdraws,
        withdrawn=asked.occurred,
        only_requested=declared.amended_at(withdraws) is None,
        reason=reason,
        stated_by=stater(asked.subject),
    )


def is_no_more(asked: Input[Any], declared: Declared, withdraws: Instant, reason: Text | None) -> DeclarationWithdrawn:
    return DeclarationWithdrawn(
        consignment=asked.id,
        number=declared.number,
        withdraws=withdraws,
        withdrawn=asked.occurred,
        reason=reason,
        stated_by=stater(asked.subject),
    )


@opens("DecideAmendment")
@rule(by="officer")
def request_is_to_be_decided(presentation: Presentation, declared: Declared) -> Iterator[OpenPoint]:
    """Art. 31(1) [C8]: what is asked of a declaration that customs has accepted waits for the officer's word.

    It is the person's to say what clearance needs, and no text on file says when that becomes another afterwards.
    """
    if declared.stands and declared.open_requests:
        since, place = min(each.at for each in declared.open_requests), presentation.checkpoint
        yield OpenPoint(act="DecideAmendment", who="officer", article="31(1)", place=place, since=since)


MATTER = Matter(commands=(amended, put_right, taken_back, decided), open_points=(request_is_to_be_decided,))
