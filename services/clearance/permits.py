"""Permits: what they name, whether they meet what an act requires of the goods, and which of them the officer sees."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from clearance.parts import Clearance, Consignment, Decision, Permit, Referral, Satisfied
from clearance.recorded import Own
from contracts.clearance import (
    PermitDecided,
    PermitRecorded,
    PermitReferralWithdrawn,
    PermitReferred,
    RestrictionSatisfactionWithdrawn,
    RestrictionSatisfied,
)
from contracts.measures import Measure
from contracts.replacing import replace
from contracts.values import ConsignmentId, Instant, NineDigits, PermitLine, PermitLines, Word
from law import Finding


def lines_are_complete(lines: PermitLines) -> Finding | None:
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


def goods_are_named(kind: Word, own: Clearance) -> Finding | None:
    """Art. 7(5) [K1]: goods that need a permit of this kind are named by their code in one of those presented."""
    named = {nine_digits(line) for permit in own.permits if permit.kind == kind for line in permit.lines}
    needed = {code for each in own.restrictions if each.requires == kind for code in each.codes}
    codes = tuple(sorted(needed - named))
    return Finding(rule="K1", article="7(5)", facts=(("goods not named", codes),)) if codes else None


def requirement_is_met(restriction: Measure, permit: Permit, own: Clearance) -> tuple[NineDigits, ...]:
    """Art. 7(1) para 3 [L5]: restricted goods come in by the permit that names them, or that the officer accepts."""
    if (word := decision_on(permit, own)) and word.accepted:
        return restriction.codes
    if lines_are_complete(permit.lines):
        return ()
    named = {nine_digits(line) for line in permit.lines}
    return tuple(code for code in restriction.codes if code in named)


def decision_on(permit: Permit, own: Clearance) -> Decision | None:
    """A permit that is presented anew is decided on anew."""
    of_it = (each for each in own.decisions if (each.kind, each.number) == (permit.kind, permit.number))
    return next((each for each in of_it if each.at >= permit.at), None)


def unmet(restriction: Measure, own: Clearance) -> tuple[NineDigits, ...]:
    key = (restriction.act, restriction.requires)
    met = {each.code for each in own.satisfied if (each.act, each.kind) == key}
    return tuple(code for code in restriction.codes if code not in met)


def requirements_met(id_: ConsignmentId, consignment: Consignment, _: Instant) -> list[Own]:
    """Asked anew at every input, so that permit, decision and restriction may be recorded in any order."""
    own = consignment.own
    now = {
        Satisfied(act=each.act, layer=each.layer, kind=permit.kind, number=permit.number, code=code)
        for each in own.restrictions
        for permit in own.permits
        if permit.kind == each.requires
        for code in requirement_is_met(each, permit, own)
    }
    return [
        *(no_more_met(id_, each, codes) for each, codes in by_permit({*own.satisfied} - now)),
        *(now_met(id_, each, codes) for each, codes in by_permit(now - {*own.satisfied})),
    ]


def by_permit(satisfied: Iterable[Satisfied]) -> Iterator[tuple[Satisfied, tuple[NineDigits, ...]]]:
    """One of each act and permit, with the codes of all."""
    for _, group in groupby(sorted(satisfied, key=repr), key=lambda each: (each.act, each.kind, each.number)):
        alike = tuple(group)
        yield alike[0], tuple(each.code for each in alike)


def now_met(id_: ConsignmentId, of: Satisfied, codes: tuple[NineDigits, ...]) -> Own:
    return RestrictionSatisfied(
        consignment=id_, layer=of.layer, codes=codes, permit=of.kind, number=of.number, act=of.act
    )


def no_more_met(id_: ConsignmentId, of: Satisfied, codes: tuple[NineDigits, ...]) -> Own:
    return RestrictionSatisfactionWithdrawn(
        consignment=id_, layer=of.layer, codes=codes, permit=of.kind, number=of.number, act=of.act
    )


def defects(permit: Permit, own: Clearance) -> tuple[Finding, ...]:
    """None where nothing waits for this permit, or where the officer has said his word on it."""
    waits = any(each.requires == permit.kind and unmet(each, own) for each in own.restrictions)
    if not waits or decision_on(permit, own):
        return ()
    return tuple(each for each in (lines_are_complete(permit.lines), goods_are_named(permit.kind, own)) if each)


def referrals(id_: ConsignmentId, consignment: Consignment, _: Instant) -> list[Own]:
    own = consignment.own
    found = ((permit, defects(permit, own)) for permit in own.permits)
    now = {Referral(kind=permit.kind, number=permit.number, findings=each) for permit, each in found if each}
    gone, new = (sorted(each, key=repr) for each in ({*own.referrals} - now, now - {*own.referrals}))
    return [
        *(
            PermitReferralWithdrawn(consignment=id_, permit=each.kind, number=each.number, findings=each.findings)
            for each in gone
        ),
        *(
            PermitReferred(consignment=id_, permit=each.kind, number=each.number, findings=each.findings)
            for each in new
        ),
    ]


def permit_is_presented(id_: ConsignmentId, permit: Permit, own: Clearance) -> list[Own]:
    """A fact, recorded also where no act on record asks for it; the same one again only where it came later."""
    known = (each for each in own.permits if (each.kind, each.number) == (permit.kind, permit.number))
    if any(replace(each, at=permit.at) == permit and each.at >= permit.at for each in known):
        return []
    lacking = lines_are_complete(permit.lines)
    return [
        PermitRecorded(
            consignment=id_,
            permit=permit.kind,
            number=permit.number,
            issued_by=permit.issued_by,
            lines=permit.lines,
            presented=permit.at,
            findings=(lacking,) if lacking else (),
        )
    ]


def permit_is_decided(id_: ConsignmentId, word: Decision, own: Clearance) -> list[Own]:
    """The officer's word, recorded also where the permit is recorded only later."""
    known = (each for each in own.decisions if (each.kind, each.number) == (word.kind, word.number))
    if any(each.accepted == word.accepted and each.at >= word.at for each in known):
        return []
    decided = PermitDecided(
        consignment=id_, permit=word.kind, number=word.number, accepted=word.accepted, decided=word.at
    )
    return [decided]
