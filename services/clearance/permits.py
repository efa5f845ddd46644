"""Permits: what they name, whether they meet what an act requires of the goods, and which of them the officer sees."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TypeAlias, TypeVar, assert_never

from clearance.goods import Declared, may_be
from clearance.measures import all_have_to_leave, that_may_come_in, touches
from clearance.upstream import Arrival, Goods, Presentation
from contracts.clearance import (
    PermitDecided,
    PermitRecorded,
    PermitReferralWithdrawn,
    PermitReferred,
    RestrictionSatisfactionWithdrawn,
    RestrictionSatisfied,
)
from contracts.measures import Measure, Measures
from contracts.permits import Met, Referral, Requirements, permitted, unmet
from contracts.values import Company, ConsignmentId, GoodsCode, Instant, NineDigits, PermitLine, PermitLines, Word
from decider import Input, Matter, OpenPoint, each_changed, in_order, opens, replace
from law import Finding
from law.calendar import EARLIEST
from law.rule import Fact, Happened, rule


@dataclass(frozen=True, kw_only=True)
class PresentPermit:
    """The declarant, or the body that issued it, presents a permit that an act requires (Art. 7(1) para 3, 7(5))."""

    consignment: ConsignmentId
    permit: Word
    number: Word
    issued_by: Company
    lines: PermitLines = ()


@dataclass(frozen=True, kw_only=True)
class DecideOnPermit:
    """The officer decides whether a permit with a defect meets what is required (Art. 7(5))."""

    consignment: ConsignmentId
    permit: Word
    number: Word
    accepted: bool


@dataclass(frozen=True, kw_only=True)
class Permit:
    """A permit as it was presented last."""

    kind: Word
    number: Word
    issued_by: Company
    lines: PermitLines
    at: Instant
    known: Instant

    @property
    def fact(self) -> Fact:
        """That it was presented."""
        return Happened(self.at, self.known)


@dataclass(frozen=True, kw_only=True)
class Decision:
    """The officer's last word on a permit."""

    kind: Word
    number: Word
    accepted: bool
    at: Instant


@dataclass(frozen=True, kw_only=True)
class Permits:
    """Those presented, and what the officer decided; what they meet stands in `Requirements`."""

    presented: tuple[Permit, ...] = ()
    decided: tuple[Decision, ...] = ()


Kept = TypeVar("Kept", bound=Permit | Decision)


def presented(asked: Input[PresentPermit], permits: Permits) -> list[PermitRecorded]:
    """A fact, recorded also where no act on record asks for it; the same one again only where it came later."""
    said = asked.content
    permit = Permit(
        kind=said.permit, number=said.number, issued_by=said.issued_by, lines=said.lines,
        at=asked.occurred, known=asked.recorded,
    )  # fmt: skip
    known = (each for each in permits.presented if number_of(each) == number_of(permit))
    if any(replace(permit, at=each.at, known=each.known) == each and each.at >= permit.at for each in known):
        return []
    lacking = incomplete_lines(asked, permit.lines)
    return [
        PermitRecorded(
            consignment=said.consignment, permit=permit.kind, number=permit.number, issued_by=permit.issued_by,
            lines=permit.lines, presented=permit.at, findings=(lacking,) if lacking else (),
        )
    ]  # fmt: skip


def decided(asked: Input[DecideOnPermit], permits: Permits) -> list[PermitDecided]:
    """The officer's word, recorded also where the permit is recorded only later."""
    said = asked.content
    known = (each for each in permits.decided if number_of(each) == (said.permit, said.number))
    if any(each.accepted == said.accepted and each.at >= asked.occurred for each in known):
        return []
    return [
        PermitDecided(
            consignment=said.consignment,
            permit=said.permit,
            number=said.number,
            accepted=said.accepted,
            decided=asked.occurred,
        )
    ]


def number_of(of: Permit | Decision) -> tuple[Word, Word]:
    return of.kind, of.number


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


@rule()
def goods_not_named(_: Fact, kind: Word, permits: Permits, measures: Measures) -> Finding | None:
    """Art. 7(5) [K1]: goods that need a permit of this kind are named by their code in one of those presented."""
    named = {nine_digits(line) for permit in permits.presented if permit.kind == kind for line in permit.lines}
    needed = {code for each in measures.restrictions if each.requires == kind for code in each.codes}
    codes = tuple(sorted(code for code in needed if not may_be(code, named)))
    return Finding(rule="K1", article="7(5)", facts=(("goods not named", codes),)) if codes else None


@rule()
def requirement_is_met(of: Fact, restriction: Measure, permit: Permit, permits: Permits) -> tuple[GoodsCode, ...]:
    """Art. 7(1) para 3 [L5]: restricted goods come in by the permit that names them, or that the officer accepts."""
    if (word := decision_on(permit, permits)) and word.accepted:
        return restriction.codes
    if incomplete_lines(of, permit.lines):
        return ()
    named = {nine_digits(line) for line in permit.lines}
    return tuple(code for code in restriction.codes if may_be(code, named))


def decision_on(permit: Permit, permits: Permits) -> Decision | None:
    """A permit that is presented anew is decided on anew."""
    of_it = (each for each in permits.decided if number_of(each) == number_of(permit))
    return next((each for each in of_it if each.at >= permit.at), None)


Satisfaction: TypeAlias = tuple[Met, tuple[GoodsCode, ...]]
"""Of one act and permit, with the codes of all."""


def requirements_met(
    asked: Input[object], measures: Measures, permits: Permits, requirements: Requirements
) -> list[RestrictionSatisfied | RestrictionSatisfactionWithdrawn]:
    """Asked anew at every input, so that permit, decision and restriction may be recorded in any order."""
    now = [
        Met(act=each.act, layer=each.layer, kind=permit.kind, number=permit.number, code=code)
        for each in measures.restrictions
        for permit in permits.presented
        if permit.kind == each.requires
        for code in requirement_is_met(permit.fact, each, permit, permits)
    ]
    return each_changed(
        by_permit(now),
        by_permit(requirements.met),
        begins=lambda one: now_met(asked.id, *one),
        ends=lambda one: no_more_met(asked.id, *one),
        less=lambda these, those: by_permit({*of_all(these)} - {*of_all(those)}),
    )


def by_permit(met: Iterable[Met]) -> list[Satisfaction]:
    found = []
    for _, group in groupby(sorted({*met}, key=repr), key=lambda each: (each.act, each.kind, each.number)):
        alike = tuple(group)
        found.append((alike[0], tuple(each.code for each in alike)))
    return found


def of_all(satisfactions: Iterable[Satisfaction]) -> Iterator[Met]:
    for one, codes in satisfactions:
        yield from (replace(one, code=code) for code in codes)


def now_met(id_: ConsignmentId, of: Met, codes: tuple[GoodsCode, ...]) -> RestrictionSatisfied:
    return RestrictionSatisfied(
        consignment=id_, layer=of.layer, codes=codes, permit=of.kind, number=of.number, act=of.act
    )


def no_more_met(id_: ConsignmentId, of: Met, codes: tuple[GoodsCode, ...]) -> RestrictionSatisfactionWithdrawn:
    return RestrictionSatisfactionWithdrawn(
        consignment=id_, layer=of.layer, codes=codes, permit=of.kind, number=of.number, act=of.act
    )


def defects(permit: Permit, permits: Permits, measures: Measures, requirements: Requirements) -> tuple[Finding, ...]:
    """None where nothing waits for this permit, or where the officer has said his word on it."""
    waits = any(each.requires == permit.kind and unmet(each, requirements) for each in measures.restrictions)
    if not waits or decision_on(permit, permits):
        return ()
    of, kind = permit.fact, permit.kind
    found = (incomplete_lines(of, permit.lines), goods_not_named(of, kind, permits, measures))
    return tuple(each for each in found if each)


def referrals(
    asked: Input[object], measures: Measures, permits: Permits, requirements: Requirements
) -> list[PermitReferred | PermitReferralWithdrawn]:
    id_ = asked.id
    found = ((permit, defects(permit, permits, measures, requirements)) for permit in permits.presented)
    now = [Referral(kind=permit.kind, number=permit.number, findings=each) for permit, each in found if each]
    return each_changed(
        sorted({*now}, key=repr),
        sorted({*requirements.referred}, key=repr),
        begins=lambda of: PermitReferred(consignment=id_, permit=of.kind, number=of.number, findings=of.findings),
        ends=lambda of: PermitReferralWithdrawn(
            consignment=id_, permit=of.kind, number=of.number, findings=of.findings
        ),
    )


def recorded(permits: Permits, event: PermitRecorded | PermitDecided, known: Instant) -> Permits:
    kind, number = event.permit, event.number
    match event:
        case PermitRecorded(issued_by=issued_by, lines=lines, presented=at):
            permit = Permit(kind=kind, number=number, issued_by=issued_by, lines=lines, at=at, known=known)
            return replace(permits, presented=last_of(permits.presented, permit))
        case PermitDecided(accepted=accepted, decided=at):
            word = Decision(kind=kind, number=number, accepted=accepted, at=at or EARLIEST)
            return replace(permits, decided=last_of(permits.decided, word))
        case _:
            assert_never(event)


def last_of(known: tuple[Kept, ...], said: Kept) -> tuple[Kept, ...]:
    """Of what was said of the same permit, what happened last stands, whichever was recorded first."""
    others = tuple(each for each in known if number_of(each) != number_of(said))
    same = (each for each in known if number_of(each) == number_of(said))
    return in_order((*others, max((said, *same), key=lambda each: (each.at, repr(each)))))


@opens("PresentPermit", "DecideOnPermit")
def still_to_be_permitted(
    arrival: Arrival, declared: Declared, presentation: Presentation, measures: Measures, requirements: Requirements
) -> Iterator[OpenPoint]:
    """A permit is the declarant's to bring; one that was referred waits for the officer."""
    if not measures.restrictions or all_have_to_leave(arrival, declared, measures):
        return
    goods, place = that_may_come_in(arrival, declared, measures), presentation.checkpoint
    needed = {each.requires for each in measures.restrictions if concerns(each, unmet(each, requirements), goods)}
    waiting = {each.kind for each in requirements.referred}
    if needed - waiting:
        yield OpenPoint(act="PresentPermit", who="declarant", article="7(1) para 3", place=place)
    if needed & waiting:
        yield OpenPoint(act="DecideOnPermit", who="officer", article="7(5)", place=place)


def concerns(measure: Measure, codes: tuple[GoodsCode, ...], goods: tuple[Goods, ...]) -> bool:
    return any(each.code in codes and touches(measure, each) for each in goods)


MATTER = Matter(
    commands=(presented, decided),
    folds=(recorded, permitted),
    follows=(requirements_met, referrals),
    open_points=(still_to_be_permitted,),
)
